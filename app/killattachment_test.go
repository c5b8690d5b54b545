package app_test

import (
	"crypto/sha256"
	"slices"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/mail/mailtest"
)

// R12: a child that sends mails with a file and a copy is killed at random moments, in the middle of the file too. Every mail arrives, whole, for all its
// recipients; one that arrives twice has its first Message-ID; none is there by half.
func TestKillWhileSendingAFile(t *testing.T) {
	const (
		count = 30
		kills = 8
		size  = 3_000_000
	)
	k, _ := apptest.NewKiller(t, kills) // more kills would find all mails sent
	server := mailtest.Start(t, mailtest.Script{ReplyDelay: 2 * time.Millisecond})
	o := k.Open()
	o.Serve(t, server, long)
	id := o.Add(t, "ada@example.com", nil)
	contact(t, o, id, "books@example.com")
	file, content := put(t, o, id, "plan.bin", size, false)
	for range count {
		m := byHand(id)
		m.Files = []int64{file}
		if _, err := o.Mails.Send(ctx, m); err != nil {
			t.Fatal(err)
		}
	}
	o.Store.Close()

	caught := 0 // mails that were being sent when the program was killed
	for ; k.Round < kills || (caught == 0 && k.Round < 6*kills); k.Round++ {
		for range k.Child(k.Folder, sendJob, "ready", k.Moment(200*time.Millisecond)) {
		}
		o := k.Open()
		o.Sound(t)
		err := o.Store.Read(ctx, func(tx *data.Tx) error {
			ms, err := tx.Unsettled(o.Configuration.Installation)
			caught += len(ms)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		o.Store.Close()
	}

	o = k.Open()
	o.Use(o.Mailer(server, long))
	for range 3 {
		o.Clock.Advance(app.MaxWait)
		send(t, o)
	}
	names := map[string]bool{}
	for _, m := range mails(t, o) {
		names[m.MessageID] = true
		if n := len(server.ByID(m.MessageID)); m.State != data.MailSent || n == 0 || n > int(m.Attempts) {
			t.Errorf("mail %d is %s after %d attempts and arrived %d times: %s", m.ID, m.State, m.Attempts, n, m.Answer)
		}
	}
	want := sha256.Sum256(content)
	for _, m := range server.Messages() {
		if !names[m.ID] || !slices.Equal(m.To, []string{"ada@example.com", "books@example.com"}) {
			t.Errorf("%s arrived for %q", m.ID, m.To)
		}
		if _, parts := arrived(t, m); sha256.Sum256(parts["plan.bin"]) != want {
			t.Errorf("%s arrived with a file of %d bytes", m.ID, len(parts["plan.bin"]))
		}
	}
	t.Logf("%d kills caught %d mails on their way; %d mails arrived %d times", k.Round, caught, len(names), len(server.Messages()))
	if caught == 0 {
		t.Error("no kill met a mail on its way, so the test means nothing")
	}
}
