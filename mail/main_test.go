package mail_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"clientele/app"
	"clientele/mail"
	"clientele/mail/mailtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sentAt is the clock of all tests here.
var sentAt = time.Date(2031, time.March, 4, 5, 6, 7, 0, time.FixedZone("", 2*60*60))

func clock() time.Time { return sentAt }

// newMailer trusts the server and is quick to give up.
func newMailer(server *mailtest.Server) *mail.SMTP {
	return mail.New(mail.Options{
		Now: clock, ConnectTimeout: 10 * time.Second, ReplyTimeout: 10 * time.Second, CloseTimeout: time.Second,
		RootCAs: server.RootCAs(),
	})
}

func message(id string) app.Message {
	return app.Message{
		MessageID: id,
		From:      app.Address{Name: "Office", Email: "office@example.com"},
		To:        []app.Address{{Name: "Ada", Email: "ada@example.org"}},
		Subject:   "Invoice 7", Text: "Dear Ada,\n\nhere is your invoice.\n",
	}
}

func connect(t *testing.T, mailer *mail.SMTP, server app.MailServer) app.MailSession {
	t.Helper()
	session, attempt := mailer.Connect(context.Background(), server)
	if attempt.Delivery != app.Delivered || session == nil {
		t.Fatalf("Connect: %+v", attempt)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
		if err := session.Close(); err != nil {
			t.Errorf("second Close: %v", err)
		}
	})
	return session
}

func mustDeliver(t *testing.T, session app.MailSession, m app.Message) {
	t.Helper()
	if a := session.Send(context.Background(), m); a.Delivery != app.Delivered || a.Code != 250 {
		t.Fatalf("Send: %+v", a)
	}
}

func checkOneLine(t *testing.T, answer string) {
	t.Helper()
	if answer == "" || strings.ContainsAny(answer, "\r\n\t\x00") {
		t.Errorf("answer %q is not one line", answer)
	}
}
