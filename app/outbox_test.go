package app_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/mail/mailtest"
)

// long is longer than any answer of a server on this machine takes, however busy it is.
const long = 30 * time.Second

// welcome adds a client with a welcome mail.
func welcome(t testing.TB, o *apptest.Office, email string) int64 {
	t.Helper()
	return o.Add(t, email, func(n *app.NewClient) { n.SendWelcome = true })
}

// mails reads all mails, oldest first.
func mails(t testing.TB, o *apptest.Office) []data.Mail {
	t.Helper()
	ms, err := o.Mails.List(ctx, app.MailFilter{}, 0, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(ms)
	return ms
}

func send(t testing.TB, o *apptest.Office) app.Sent {
	t.Helper()
	sent, err := o.Outbox.SendDue(ctx, app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

// ML-2, R12: each of the seventeen ways in which sending fails leaves the mail in the state that it should, and what comes after
// is what should.
func TestOutboxFaults(t *testing.T) {
	type row struct {
		state   data.MailState
		wait    time.Duration // until the next try, within the spread
		blocked bool
		waiting bool
		copies  int // in the server's box after the first run
		// last is the state after the second run, at a good server, once the wait is over.
		last data.MailState
	}
	rows := map[mailtest.Behaviour]row{
		mailtest.Refuse:       {state: data.MailQueued, waiting: true, last: data.MailSent},
		mailtest.NoBanner:     {state: data.MailQueued, waiting: true, last: data.MailSent},
		mailtest.Garbage:      {state: data.MailQueued, waiting: true, last: data.MailSent},
		mailtest.EOF:          {state: data.MailQueued, waiting: true, last: data.MailSent},
		mailtest.Banner421:    {state: data.MailQueued, waiting: true, last: data.MailSent},
		mailtest.NoStartTLS:   {state: data.MailQueued, blocked: true, last: data.MailSent},
		mailtest.Login535:     {state: data.MailQueued, blocked: true, last: data.MailSent},
		mailtest.CutAtQuit:    {state: data.MailSent, copies: 1, last: data.MailSent},
		mailtest.HangAtMail:   {state: data.MailQueued, wait: time.Minute, last: data.MailSent},
		mailtest.Greylist450:  {state: data.MailQueued, wait: 5 * time.Minute, last: data.MailSent},
		mailtest.Full452:      {state: data.MailQueued, wait: time.Minute, last: data.MailSent},
		mailtest.Recipient550: {state: data.MailFailed, last: data.MailFailed},
		mailtest.Data554:      {state: data.MailFailed, last: data.MailFailed},
		mailtest.Content451:   {state: data.MailQueued, wait: time.Minute, last: data.MailSent},
		mailtest.CutInData:    {state: data.MailUncertain, wait: 15 * time.Minute, last: data.MailSent},
		mailtest.CutAfterDot:  {state: data.MailUncertain, wait: 15 * time.Minute, copies: 1, last: data.MailSent},
		mailtest.HangAfterDot: {state: data.MailUncertain, wait: 15 * time.Minute, copies: 1, last: data.MailSent},
	}
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		for _, b := range mailtest.Faults() {
			want, ok := rows[b]
			if !ok {
				t.Fatalf("no row for %s", b)
			}
			t.Run(string(b), func(t *testing.T) {
				server := mailtest.Start(t, mailtest.Script{Security: app.SecurityStartTLS, User: "office", Password: "correct horse", Always: b})
				patience := long
				if b == mailtest.NoBanner || strings.HasPrefix(string(b), "hang") {
					patience = 300 * time.Millisecond
				}
				o.Serve(t, server, patience)
				client := welcome(t, o, string(b)+"@example.com")
				sent := send(t, o)
				m := mails(t, o)[len(mails(t, o))-1]
				if m.State != want.state || (sent.Blocked != "") != want.blocked || (sent.Waiting != "") != want.waiting {
					t.Errorf("%s, %+v; want %+v", m.State, sent, want)
				}
				if status := o.Outbox.Status(); (status.Blocked != "") != want.blocked || (status.Waiting != "") != want.waiting || status.Sending {
					t.Errorf("status %+v", status)
				} else if want.waiting && !status.NextTry.Equal(o.Clock.Now().Add(time.Minute)) {
					t.Errorf("tries again at %s", status.NextTry)
				}
				if !want.waiting && !want.blocked && m.Answer == "" {
					t.Error("no answer is kept")
				}
				wait := data.Instant(m.NextAt).Sub(o.Clock.Now())
				if wait < want.wait*8/10 || wait > want.wait*12/10 && want.wait > 0 {
					t.Errorf("waits %s, want %s", wait, want.wait)
				}
				if n := len(server.ByID(m.MessageID)); n != want.copies {
					t.Errorf("%d copies arrived, want %d", n, want.copies)
				}
				if b == mailtest.Login535 && server.Logins() != 1 {
					t.Errorf("%d log-ins", server.Logins())
				}

				// Before the wait is over nothing goes; after it the mail does.
				good := mailtest.Start(t, mailtest.Script{Security: app.SecurityStartTLS, User: "office", Password: "correct horse"})
				o.Serve(t, good, long)
				if want.wait > 0 {
					o.Clock.Advance(wait - time.Second)
					if send(t, o); good.Connections() != 0 {
						t.Error("tried again before its time")
					}
				}
				o.Clock.Advance(2 * time.Second)
				send(t, o)
				view, err := o.Mails.View(ctx, m.ID)
				if err != nil || view.State != want.last {
					t.Errorf("at last %s, %v; want %s", view.State, err, want.last)
				}
				copies := append(server.ByID(m.MessageID), good.ByID(m.MessageID)...)
				if n := len(copies); want.last == data.MailSent && n != want.copies+1 && (want.state != data.MailSent || n != 1) {
					t.Errorf("%d copies arrived in all", n)
				}
				if len(server.Messages()) != len(server.ByID(m.MessageID)) {
					t.Error("a copy has another Message-ID")
				}
				if acts := o.Activity(t, client); (want.last == data.MailSent) != (acts[0].Action == "mail.sent") || (want.last == data.MailFailed) != (acts[0].Action == "mail.failed") {
					t.Errorf("the log ends with %s", acts[0].Action)
				}
				if counts, err := o.Mails.Counts(ctx); err != nil || counts[data.MailSending] != 0 {
					t.Errorf("counts %v, %v", counts, err)
				}
				o.Outbox.SendNow()
			})
		}
		o.Sound(t)
	})
}

// A log-in that is refused is tried once, however many mails wait, and the mails wait unharmed.
func TestBlockedQueueTriesOnce(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{Security: app.SecurityStartTLS, User: "office", Password: "x", Always: mailtest.Login535})
	o.Serve(t, server, long)
	for i := range 30 {
		welcome(t, o, fmt.Sprintf("c%d@example.com", i))
	}
	if sent := send(t, o); !strings.Contains(sent.Blocked, "535") || server.Logins() != 1 {
		t.Errorf("%+v after %d log-ins", sent, server.Logins())
	}
	for _, m := range mails(t, o) {
		if m.State != data.MailQueued || m.Attempts != 0 {
			t.Errorf("mail %d: %s after %d attempts", m.ID, m.State, m.Attempts)
		}
	}
}

// A small outbox goes over one connection, used again for each mail, and a large one over four: no server is asked for more.
func TestConnections(t *testing.T) {
	for mails, want := range map[int]int{20: 1, 21: 4} {
		o := apptest.Open(t)
		server := mailtest.Start(t, mailtest.Script{})
		o.Serve(t, server, long)
		for i := range mails {
			welcome(t, o, fmt.Sprintf("c%d@example.com", i))
		}
		if sent := send(t, o); sent.Sent != mails || server.Connections() != want {
			t.Errorf("%+v over %d connections, want %d", sent, server.Connections(), want)
		}
	}
}

// A server that takes one connection at a time gets all mails over that one: being refused a second one stops nothing.
func TestFewConnections(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{First: []mailtest.Behaviour{mailtest.Accept}})
	o.Serve(t, server, long)
	for i := range 40 {
		welcome(t, o, fmt.Sprintf("c%d@example.com", i))
	}
	o.Use(&oneAtATime{Mailer: o.Mailer(server, long)})
	if sent := send(t, o); sent.Sent != 40 || sent.Waiting != "" || sent.Blocked != "" {
		t.Errorf("%+v", sent)
	}
}

// oneAtATime refuses every connection but the first.
type oneAtATime struct {
	app.Mailer
	taken chan struct{}
}

func (m *oneAtATime) Connect(ctx context.Context, s app.MailServer) (app.MailSession, app.Attempt) {
	if m.taken == nil { // the outbox opens the first connection alone
		m.taken = make(chan struct{})
		return m.Mailer.Connect(ctx, s)
	}
	return nil, app.Attempt{Delivery: app.Deferred, Code: 421, Answer: "421 4.7.0 Too many connections"}
}

// A goodbye with 421 in the middle of a run harms the mail that met it alone; the next one goes over a new connection.
func TestGoodbyeInTheMiddle(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{First: []mailtest.Behaviour{mailtest.Full452}, Answers: map[mailtest.Behaviour]string{mailtest.Full452: "421 4.3.2 Shutting down"}})
	o.Serve(t, server, long)
	welcome(t, o, "a@example.com")
	welcome(t, o, "b@example.com")
	if sent := send(t, o); sent.Sent != 1 || sent.Deferred != 1 {
		t.Errorf("%+v", sent)
	}
	for i, want := range []data.MailState{data.MailQueued, data.MailSent} {
		if m := mails(t, o)[i]; m.State != want || m.Attempts != 1 {
			t.Errorf("mail %d is %s after %d attempts", i, m.State, m.Attempts)
		}
	}
}

// A mail that the server may have is repeated once; where that is uncertain too, a person has to look.
func TestUncertainTwice(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{Always: mailtest.CutAfterDot})
	o.Serve(t, server, long)
	client := welcome(t, o, "a@example.com")
	for range 5 {
		send(t, o)
		o.Clock.Advance(app.UncertainWait)
	}
	m := mails(t, o)[0]
	if m.State != data.MailFailed || len(server.ByID(m.MessageID)) != 2 || len(server.Messages()) != 2 {
		t.Errorf("%s, %d copies", m.State, len(server.Messages()))
	}
	if !slices.ContainsFunc(o.Activity(t, client), func(a data.Activity) bool { return a.Action == "mail.failed" }) {
		t.Error("the log does not say that it failed")
	}
}

// The program dies between taking a mail and settling it: at the next start the mail is uncertain, rests, and goes with its old name.
func TestCrashWhileSending(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		server := mailtest.Start(t, mailtest.Script{})
		o.Serve(t, server, long)
		welcome(t, o, "a@example.com")
		err := o.Store.Write(ctx, func(tx *data.Tx) error {
			ms, err := tx.ClaimDue(o.Configuration.Installation, 1)
			if err == nil && len(ms) != 1 {
				err = fmt.Errorf("%d mails claimed", len(ms))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		o.Use(o.Mailer(server, long))
		if sent := send(t, o); sent.Sent != 0 || len(server.Messages()) != 0 {
			t.Errorf("sent at once: %+v", sent)
		}
		m := mails(t, o)[0]
		if m.State != data.MailUncertain || m.Answer == "" {
			t.Errorf("%s, %q", m.State, m.Answer)
		}
		o.Clock.Advance(app.UncertainWait)
		if send(t, o); len(server.ByID(m.MessageID)) != 1 || mails(t, o)[0].State != data.MailSent {
			t.Errorf("%d arrived, %s", len(server.Messages()), mails(t, o)[0].State)
		}
	})
}

// ML-2: while the server is down the mail waits, visible, with pauses that grow; it goes when the server is back, without a hand.
func TestServerDown(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{})
	o.Serve(t, server, long)
	server.Stop()
	welcome(t, o, "a@example.com")
	for i, want := range []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, time.Hour, time.Hour} {
		if sent := send(t, o); sent.Waiting == "" {
			t.Fatalf("try %d: %+v", i, sent)
		}
		status := o.Outbox.Status()
		if got := status.NextTry.Sub(o.Clock.Now()); got != want || status.Waiting == "" {
			t.Errorf("try %d: waits %s, want %s", i, got, want)
		}
		if counts, _ := o.Mails.Counts(ctx); counts[data.MailQueued] != 1 {
			t.Errorf("try %d: %v", i, counts)
		}
		o.Clock.Advance(want)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	if sent := send(t, o); sent.Sent != 1 || o.Outbox.Status() != (app.OutboxStatus{}) {
		t.Errorf("%+v, %+v", sent, o.Outbox.Status())
	}
}

// The worker by itself: it sends what is queued, waits while the server is down, and goes on when told.
func TestWorker(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{})
	o.Serve(t, server, long)
	running, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	changes := make(chan struct{}, 1)
	o.Events.Subscribe(func(app.Change) {
		select {
		case changes <- struct{}{}:
		default:
		}
	})
	until := func(what string, done func() bool) {
		t.Helper()
		limit := time.After(long)
		for !done() {
			select {
			case <-changes:
			case <-limit:
				t.Fatalf("waited in vain for %s: %+v", what, o.Outbox.Status())
			}
		}
	}
	states := func(want ...data.MailState) func() bool {
		return func() bool {
			var got []data.MailState
			for _, m := range mails(t, o) {
				got = append(got, m.State)
			}
			return slices.Equal(got, want)
		}
	}
	go func() {
		defer close(ended)
		o.Outbox.Run(running)
	}()
	welcome(t, o, "a@example.com")
	until("the first mail", states(data.MailSent))
	until("the end of the run", func() bool { return o.Outbox.Status() == app.OutboxStatus{} }) // else the second mail may go over its connection
	server.Stop()
	welcome(t, o, "b@example.com")
	until("the worker to wait", func() bool { return o.Outbox.Status().Waiting != "" })
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	o.Outbox.SendNow()
	until("the second mail", states(data.MailSent, data.MailSent))
	stop()
	<-ended
	if n := len(server.Messages()); n != 2 {
		t.Errorf("%d mails arrived", n)
	}
}

// A mail counts as failed after four days of trying. Four days for which the computer was off, or its clock ran ahead, are not tries.
func TestPatience(t *testing.T) {
	t.Run("deferred", func(t *testing.T) {
		o := apptest.Open(t)
		o.Serve(t, mailtest.Start(t, mailtest.Script{Always: mailtest.Greylist450}), long)
		welcome(t, o, "a@example.com")
		o.Clock.Advance(app.Patience + time.Hour)
		for try := range 5 {
			if send(t, o); mails(t, o)[0].State != data.MailQueued {
				t.Fatalf("try %d: %s", try, mails(t, o)[0].State)
			}
			o.Clock.Advance(app.MaxWait)
		}
		if sent := send(t, o); sent.Failed != 1 || mails(t, o)[0].State != data.MailFailed {
			t.Errorf("%+v, %s", sent, mails(t, o)[0].State)
		}
	})
	t.Run("server down", func(t *testing.T) {
		o := apptest.Open(t)
		o.Serve(t, mailtest.Start(t, mailtest.Script{Always: mailtest.Refuse}), long)
		client := welcome(t, o, "a@example.com")
		o.Clock.Advance(app.Patience + time.Hour)
		for try := range 5 {
			if send(t, o); mails(t, o)[0].State != data.MailQueued {
				t.Fatalf("try %d: %s", try, mails(t, o)[0].State)
			}
			o.Clock.Advance(app.MaxWait)
		}
		welcome(t, o, "young@example.com")
		sent := send(t, o)
		if sent.Failed != 1 || mails(t, o)[0].State != data.MailFailed || mails(t, o)[1].State != data.MailQueued {
			t.Errorf("%+v, %s and %s", sent, mails(t, o)[0].State, mails(t, o)[1].State)
		}
		if acts := o.Activity(t, client); acts[0].Action != "mail.failed" {
			t.Errorf("the log ends with %s", acts[0].Action)
		}
	})
}

// R14: a clock that jumps ahead or back never parks a mail for longer than the longest pause, and loses none.
func TestClockJumps(t *testing.T) {
	const year = 365 * 24 * time.Hour
	for name, jump := range map[string][]time.Duration{
		"a day back": {-24 * time.Hour}, "ten years on and back": {10 * year, -10 * year}, "an hour on": {time.Hour}, "an hour back": {-time.Hour},
	} {
		for _, fault := range []mailtest.Behaviour{mailtest.Greylist450, mailtest.CutInData} {
			t.Run(name+"/"+string(fault), func(t *testing.T) {
				o := apptest.Open(t)
				server := mailtest.Start(t, mailtest.Script{First: []mailtest.Behaviour{fault}})
				o.Serve(t, server, long)
				welcome(t, o, "a@example.com")
				for i, by := range jump {
					if i == len(jump)-1 && len(jump) > 1 {
						send(t, o) // its next try is by the wrong clock
					}
					o.Clock.Advance(by)
				}
				send(t, o)
				if wait := data.Instant(mails(t, o)[0].NextAt).Sub(o.Clock.Now()); wait > app.MaxWait {
					t.Errorf("parked for %s", wait)
				}
				for range 3 {
					o.Clock.Advance(app.MaxWait)
					send(t, o)
				}
				if m := mails(t, o)[0]; m.State != data.MailSent || len(server.Messages()) != 1 {
					t.Errorf("%s after %d attempts", m.State, m.Attempts)
				}
			})
		}
	}
	t.Run("while the server is down", func(t *testing.T) {
		o := apptest.Open(t)
		server := mailtest.Start(t, mailtest.Script{})
		o.Serve(t, server, long)
		server.Stop()
		welcome(t, o, "a@example.com")
		o.Clock.Advance(10 * year)
		send(t, o)
		o.Clock.Advance(-10 * year)
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		// The worker, not a hand, must find out that the time of its next try is nonsense.
		running, stop := context.WithCancel(ctx)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			o.Outbox.Run(running)
		}()
		if err := server.WaitFor(1); err != nil {
			t.Error(err)
		}
		stop()
		<-ended
	})
}

// Two programs of one installation never send at once.
func TestSendingElsewhere(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		server := mailtest.Start(t, mailtest.Script{})
		o.Serve(t, server, long)
		welcome(t, o, "a@example.com")
		release, ok, err := o.Store.Lease(ctx, "outbox-"+o.Configuration.Installation)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		if _, err := o.Outbox.SendDue(ctx, app.Quiet{}); !errors.Is(err, app.ErrSendingElsewhere) {
			t.Errorf("%v", err)
		}
		release()
		if sent := send(t, o); sent.Sent != 1 {
			t.Errorf("%+v", sent)
		}
	})
}

// A server that is not set up, or a keyring that is locked, stops the queue and says so; nothing is lost.
func TestNothingToSendWith(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{User: "office", Password: "correct horse"})
	o.Serve(t, server, long)
	welcome(t, o, "a@example.com")
	host, _ := o.Settings.Value(ctx, "smtp_host")
	o.Change(t, func(s *app.Settings) { s.SMTPHost = "" })
	if sent := send(t, o); sent.Blocked == "" {
		t.Errorf("no server: %+v", sent)
	}
	o.Change(t, func(s *app.Settings) { s.SMTPHost = host })
	o.Keyring.Err = errors.New("locked")
	if sent := send(t, o); !strings.Contains(sent.Blocked, "keyring") || server.Logins() != 0 {
		t.Errorf("locked: %+v, %d log-ins", sent, server.Logins())
	}
	o.Keyring.Err = nil
	if sent := send(t, o); sent.Sent != 1 {
		t.Errorf("%+v", sent)
	}
}

// ML-1: testing the connection and sending a test mail give the server's own words, and no password.
func TestTryingTheSettings(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{Security: app.SecurityStartTLS, User: "office", Password: "correct horse"})
	o.Serve(t, server, long)
	set, _ := o.Settings.Get(ctx)
	if a, err := o.Mails.TestConnection(ctx, set, ""); err != nil || a.Delivery != app.Delivered {
		t.Errorf("%+v, %v", a, err)
	}
	if a, err := o.Mails.TestConnection(ctx, set, "wrong-canary"); err != nil || a.Delivery != app.Blocked || a.Code != 535 || strings.Contains(a.Answer, "wrong-canary") {
		t.Errorf("%+v, %v", a, err)
	}
	if a, err := o.Mails.SendTest(ctx, set, "", "boss@example.com"); err != nil || a.Delivery != app.Delivered || !strings.Contains(a.Answer, "250") {
		t.Errorf("%+v, %v", a, err)
	}
	if ms := server.Messages(); len(ms) != 1 || ms[0].To[0] != "boss@example.com" || len(mails(t, o)) != 0 {
		t.Errorf("%d messages", len(ms))
	}
	if _, err := o.Mails.SendTest(ctx, set, "", "nobody"); !slices.Equal(fields(err), []string{"to"}) {
		t.Errorf("%v", err)
	}
	set.SMTPHost, set.MailFrom, set.SMTPPort = "", "", -1
	if _, err := o.Mails.TestConnection(ctx, set, ""); !slices.Equal(fields(err), []string{"smtp_port", "smtp_host", "mail_from"}) {
		t.Errorf("%v", fields(err))
	}
}

// What may be cancelled and tried again, and what not.
func TestCancelAndRetry(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		server := mailtest.Start(t, mailtest.Script{Recipients: map[string]string{"gone@example.com": "550 5.1.1 No such user"}})
		o.Serve(t, server, long)
		o.Change(t, func(s *app.Settings) { s.ClientAreaURL = "https://clients.example.com" })
		refused := func(what string, err error) {
			t.Helper()
			if app.CodeOf(err) != app.NotAllowed {
				t.Errorf("%s: %v", what, err)
			}
		}
		client := welcome(t, o, "a@example.com")
		first := mails(t, o)[0].ID
		if err := o.Mails.Cancel(ctx, first); err != nil {
			t.Fatal(err)
		}
		if sent := send(t, o); sent != (app.Sent{}) || len(server.Messages()) != 0 {
			t.Errorf("a cancelled mail went: %+v", sent)
		}
		refused("cancelling twice", o.Mails.Cancel(ctx, first))
		refused("a retry without the password", o.Mails.Retry(ctx, first))
		if acts := o.Activity(t, client); acts[0].Action != "mail.cancelled" {
			t.Errorf("the log ends with %s", acts[0].Action)
		}

		welcome(t, o, "gone@example.com")
		send(t, o)
		failed := mails(t, o)[1]
		if failed.State != data.MailFailed || failed.Answer != "gone@example.com: 550 5.1.1 No such user" {
			t.Errorf("%s, %q", failed.State, failed.Answer)
		}
		other := mailtest.Start(t, mailtest.Script{})
		o.Serve(t, other, long)
		if err := o.Mails.Retry(ctx, failed.ID); err != nil {
			t.Fatal(err)
		}
		if send(t, o); len(other.ByID(failed.MessageID)) != 1 {
			t.Error("the second try did not arrive")
		}
		refused("a retry of what was sent", o.Mails.Retry(ctx, failed.ID))
		refused("cancelling what was sent", o.Mails.Cancel(ctx, failed.ID))
		if err := o.Mails.Retry(ctx, 999); app.CodeOf(err) != app.NotFound {
			t.Errorf("%v", err)
		}
	})
}

// CO-5 and the last look before sending: who wants no mail gets none, nor a client who is closed while the mail waits, and the outbox says why.
func TestSuppressed(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{})
	o.Serve(t, server, long)
	o.Add(t, "unwanted@example.com", func(n *app.NewClient) {
		n.SendWelcome, n.Wants = true, map[app.Category]bool{app.Invoice: true}
	})
	closed := welcome(t, o, "closed@example.com")
	if _, err := o.Clients.SetStatus(ctx, []int64{closed}, data.Closed); err != nil {
		t.Fatal(err)
	}
	sent := send(t, o)
	for _, m := range mails(t, o) {
		if m.State != data.MailSuppressed || m.Answer == "" {
			t.Errorf("%s: %s, %q", m.ToLine, m.State, m.Answer)
		}
	}
	if len(server.Messages()) != 0 || sent != (app.Sent{}) {
		t.Errorf("%+v", sent)
	}
}

// CL-7: the client is stored even where no mail can go, and a mail is queued with its client or not at all.
func TestMailIsQueuedWithItsClient(t *testing.T) {
	o := apptest.Open(t)
	_, err := o.Clients.Add(ctx, app.NewClient{Profile: apptest.Profile("a@example.com"), SendWelcome: true})
	if !slices.Equal(fields(err), []string{app.FieldWelcome}) {
		t.Errorf("without a server: %v", err)
	}
	o.Serve(t, mailtest.Start(t, mailtest.Script{Always: mailtest.Refuse}), long)
	id := welcome(t, o, "a@example.com")
	if _, err := o.Clients.Add(ctx, app.NewClient{Profile: apptest.Profile("A@example.com"), SendWelcome: true}); err == nil {
		t.Fatal("a duplicate was added")
	}
	send(t, o)
	ms := mails(t, o)
	if len(ms) != 1 || *ms[0].ClientID != id || ms[0].State != data.MailQueued {
		t.Errorf("%+v", ms)
	}
	c := o.Get(t, id)
	if !c.PasswordMustChange || c.PasswordExpiresAt == nil || *c.PasswordExpiresAt != o.Clock.Now().Add(7*24*time.Hour).UnixMilli() || c.PasswordHash == "" {
		t.Errorf("a mailed password is for seven days and one log-in: %+v", c)
	}
}
