package app_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"mime"
	"mime/multipart"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/mail/mailtest"
)

// search lists the files under a folder that hold a text.
func search(t testing.TB, folder, text string) (hits []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte(text)) {
			hits = append(hits, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

const canary = "canary-Wq7 zebra lantern"

// R19, PW-1: a password that goes by mail is in the mail alone: not in the data, its write-ahead log or the program's log, neither while the
// mail waits nor after it went; and what was sealed is gone then too.
func TestMailedPasswordLeavesNoTrace(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{Security: app.SecurityStartTLS, User: "office", Password: "canary-smtp-password"})
	o.Serve(t, server, long)
	o.Change(t, func(s *app.Settings) { s.ClientAreaURL = "https://clients.example.com" })
	var log bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(old)
	clean := func(when string) {
		t.Helper()
		for _, secret := range []string{canary, "canary-smtp-password", base64.StdEncoding.EncodeToString([]byte(canary)), "Y2FuYXJ5"} {
			if hits := search(t, o.Folder, secret); len(hits) > 0 || strings.Contains(log.String(), secret) {
				t.Errorf("%s: %q is in %v or the log", when, secret, hits)
			}
		}
	}
	id := o.Add(t, "ada@example.com", func(n *app.NewClient) { n.Password, n.SendWelcome, n.FirstName = canary, true, "Canary-name" })
	if hits := search(t, o.Folder, "Canary-name"); len(hits) == 0 {
		t.Fatal("the search finds nothing that is there")
	}
	clean("queued")
	m := mails(t, o)[0]
	sealed := sealedPart(t, o, m.ID)
	if len(sealed) == 0 || m.SealedBy != o.Configuration.Installation {
		t.Fatalf("sealed: %d bytes by %q", len(sealed), m.SealedBy)
	}
	view, err := o.Mails.View(ctx, m.ID)
	if err != nil || !strings.Contains(view.BodyText, "********") || !strings.Contains(view.BodyHTML, "********") || view.Secrets != nil ||
		strings.ContainsRune(view.BodyText+view.BodyHTML, '\uE0C1') {
		t.Errorf("shown: %s, %v", view.BodyText, err)
	}

	if sent := send(t, o); sent.Sent != 1 {
		t.Fatalf("%+v", sent)
	}
	clean("sent")
	if got := sealedPart(t, o, m.ID); len(got) != 0 {
		t.Errorf("%d bytes are still sealed", len(got))
	}
	if parts := readParts(t, server.Messages()[0]); len(parts) != 2 || !strings.Contains(parts[0], canary) || !strings.Contains(parts[1], canary) {
		t.Errorf("the mail does not hold the password: %q", parts)
	}
	if view, _ := o.Mails.View(ctx, m.ID); !strings.Contains(view.BodyText, "********") {
		t.Errorf("shown after sending: %s", view.BodyText)
	}
	for _, line := range o.Activity(t, id) {
		if strings.Contains(line.Details+line.Subject, canary) {
			t.Errorf("the activity log: %+v", line)
		}
	}

	// The same for a password that is typed on the profile, and for a mail that is cancelled or refused.
	c := o.Get(t, id)
	if err := o.Clients.Update(ctx, id, c.Version, app.ProfileOf(c), canary); err != nil {
		t.Fatal(err)
	}
	if after := o.Get(t, id); after.PasswordHash == c.PasswordHash {
		t.Error("the password was not changed")
	}
	o.Add(t, "b@example.com", func(n *app.NewClient) { n.Password, n.SendWelcome = canary, true })
	cancelled := mails(t, o)[1].ID
	if err := o.Mails.Cancel(ctx, cancelled); err != nil {
		t.Fatal(err)
	}
	if got := sealedPart(t, o, cancelled); len(got) != 0 {
		t.Errorf("cancelled, but %d bytes are sealed", len(got))
	}
	clean("at last")
	if err := o.Store.Close(); err != nil {
		t.Fatal(err)
	}
	clean("closed")
	if hits := search(t, o.Folder, string(sealed)); len(hits) > 0 {
		t.Errorf("the sealed password is still in %v", hits)
	}
}

func sealedPart(t *testing.T, o *apptest.Office, id int64) []byte {
	t.Helper()
	var m data.Mail
	if err := o.Store.Read(ctx, func(tx *data.Tx) (err error) { m, err = tx.Mail(id); return err }); err != nil {
		t.Fatal(err)
	}
	return m.Secrets
}

// readParts decodes the text and the HTML of a mail.
func readParts(t *testing.T, m mailtest.Message) (parts []string) {
	t.Helper()
	parsed, err := m.Parse()
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(parsed.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	r := multipart.NewReader(parsed.Body, params["boundary"])
	for {
		part, err := r.NextPart() // it decodes quoted-printable by itself
		if errors.Is(err, io.EOF) {
			return parts
		}
		if err != nil {
			t.Fatal(err)
		}
		var body io.Reader = part
		if part.Header.Get("Content-Transfer-Encoding") == "base64" {
			body = base64.NewDecoder(base64.StdEncoding, part)
		}
		b, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, string(b))
	}
}

// A mail with a password does not go over a line that others can read, unless that is allowed or the server is this machine.
func TestPlainLine(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{})
	o.Serve(t, server, long)
	o.Use(&elsewhere{o.Mailer(server, long), server})
	o.Change(t, func(s *app.Settings) { s.SMTPHost = "mail.example.com" })
	welcome(t, o, "a@example.com")
	sent := send(t, o)
	m := mails(t, o)[0]
	if sent.Failed != 1 || m.State != data.MailFailed || !strings.Contains(m.Answer, "not encrypted") || len(server.Messages()) != 0 {
		t.Errorf("%+v, %s, %q, %d arrived", sent, m.State, m.Answer, len(server.Messages()))
	}
	if len(sealedPart(t, o, m.ID)) == 0 {
		t.Error("the password was wiped, so it cannot be tried again")
	}
	o.Change(t, func(s *app.Settings) { s.PlainPasswordsAllow = true })
	if err := o.Mails.Retry(ctx, m.ID); err != nil {
		t.Fatal(err)
	}
	if sent := send(t, o); sent.Sent != 1 || len(server.Messages()) != 1 {
		t.Errorf("allowed: %+v", sent)
	}
}

// elsewhere reaches the test's server under any name.
type elsewhere struct {
	app.Mailer
	server *mailtest.Server
}

func (e *elsewhere) Connect(ctx context.Context, m app.MailServer) (app.MailSession, app.Attempt) {
	m.Host = e.server.MailServer().Host
	return e.Mailer.Connect(ctx, m)
}

// A password that another installation sealed, or a mail whose key is gone, is never sent with a gap.
func TestKeyGone(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{})
	o.Serve(t, server, long)
	welcome(t, o, "a@example.com")
	o.Configuration.MailKey = strings.Repeat("ab", 32)
	if sent := send(t, o); sent.Failed != 1 || len(server.Messages()) != 0 || !strings.Contains(mails(t, o)[0].Answer, "cannot be opened") {
		t.Errorf("%+v, %q", sent, mails(t, o)[0].Answer)
	}
}
