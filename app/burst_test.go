package app_test

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/mail/mailtest"
)

// burstVariable names the environment variable with the number of mails of the long run.
const burstVariable = "CLIENTELE_BURST"

// R13: very many mails over a server that fails one time in twenty all arrive; repeats come only where the server may have had the mail,
// under the same Message-ID.
func TestBurst(t *testing.T) {
	n := 500
	if v, err := strconv.Atoi(os.Getenv(burstVariable)); err == nil {
		n = v
	}
	const seed = 13
	o := apptest.Open(t)
	faults := []mailtest.Behaviour{mailtest.Greylist450, mailtest.Full452, mailtest.Content451, mailtest.CutInData, mailtest.CutAfterDot}
	server := mailtest.Start(t, mailtest.Script{FaultRate: 0.05, Seed: seed, RandomFaults: faults, Forget: true})
	o.Serve(t, server, long)
	began := time.Now()
	for i := range n {
		welcome(t, o, fmt.Sprintf("c%d@example.com", i))
	}
	queued := time.Now()
	rounds := 0
	for ; rounds < 100; rounds++ {
		send(t, o)
		counts, err := o.Mails.Counts(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if counts[data.MailSent]+counts[data.MailFailed] == int64(n) {
			break
		}
		o.Clock.Advance(5 * time.Minute)
	}
	t.Logf("seed %d: %d mails queued in %s, delivered in %s over %d runs and %d connections", seed, n, queued.Sub(began).Round(time.Millisecond),
		time.Since(queued).Round(time.Millisecond), rounds+1, server.Connections())
	arrived := server.Counts()
	failed := 0
	for _, m := range mails(t, o) {
		switch copies := arrived[m.MessageID]; {
		case m.State == data.MailFailed: // uncertain twice, which the server has
			failed++
			if copies == 0 && m.Attempts < 2 {
				t.Errorf("mail %d failed after %d attempts: %s", m.ID, m.Attempts, m.Answer)
			}
		case m.State != data.MailSent || copies == 0 || copies > int(m.Attempts):
			t.Errorf("mail %d is %s, %d copies after %d attempts", m.ID, m.State, copies, m.Attempts)
		}
	}
	if failed > n/50 {
		t.Errorf("%d mails failed", failed)
	}
	if len(arrived) > n || len(arrived) < n-failed {
		t.Errorf("%d different mails arrived of %d", len(arrived), n)
	}
	o.Sound(t)
}

// Two installations on one database send each mail once between them, while each sends only the passwords that it can open.
func TestTwoInstallations(t *testing.T) {
	o := apptest.OpenIn(t, t.TempDir(), data.Options{URL: datatest.PostgresURL(t)})
	server := mailtest.Start(t, mailtest.Script{})
	o.Serve(t, server, long)
	other := o.Colleague(t)
	other.Use(other.Mailer(server, long))
	const secret, plain = 30, 120
	for i := range secret {
		welcome(t, o, fmt.Sprintf("a%d@example.com", i))
		welcome(t, other, fmt.Sprintf("b%d@example.com", i))
	}
	err := o.Store.Write(ctx, func(tx *data.Tx) error {
		for i := range plain {
			m := data.Mail{MessageID: fmt.Sprintf("plain%d@example.com", i), Kind: "notice", Category: "general", Recipients: `[{"email":"x@example.com"}]`, Subject: "s", BodyText: "b", State: data.MailQueued}
			if err := tx.QueueMail(&m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var sent [2]app.Sent
	for i, desk := range []*apptest.Office{o, other} {
		wg.Go(func() { sent[i] = send(t, desk) })
	}
	wg.Wait()
	t.Logf("%d and %d sent", sent[0].Sent, sent[1].Sent)
	if sum := sent[0].Sent + sent[1].Sent; sum != 2*secret+plain || sent[0].Sent < secret || sent[1].Sent < secret {
		t.Errorf("%+v and %+v", sent[0], sent[1])
	}
	for id, n := range server.Counts() {
		if n != 1 {
			t.Errorf("%s arrived %d times", id, n)
		}
	}
	if got := len(server.Messages()); got != 2*secret+plain {
		t.Errorf("%d mails arrived", got)
	}
	o.Sound(t)
}
