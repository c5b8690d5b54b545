package mail_test

import (
	"context"
	"io"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"clientele/app"
	"clientele/mail"
)

// inbox is a backend for a server that others wrote.
type inbox struct {
	mu     sync.Mutex
	mails  [][]byte
	logins []string
	utf8   []bool
}

func (b *inbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &visit{inbox: b}, nil }

type visit struct{ inbox *inbox }

func (v *visit) AuthMechanisms() []string { return []string{sasl.Plain} }

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, name, secret string) error {
		if secret != "right" {
			return smtp.ErrAuthFailed
		}
		v.inbox.mu.Lock()
		defer v.inbox.mu.Unlock()
		v.inbox.logins = append(v.inbox.logins, name)
		return nil
	}), nil
}

func (v *visit) Mail(_ string, o *smtp.MailOptions) error {
	v.inbox.mu.Lock()
	defer v.inbox.mu.Unlock()
	v.inbox.utf8 = append(v.inbox.utf8, o.UTF8)
	return nil
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to == "gone@example.org" {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user"}
	}
	return nil
}

func (v *visit) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	v.inbox.mu.Lock()
	defer v.inbox.mu.Unlock()
	v.inbox.mails = append(v.inbox.mails, content)
	return err
}

func (v *visit) Reset() {}

func (v *visit) Logout() error { return nil }

// TestAnotherServer holds the conversation with a server that shares no code with the scripted one.
func TestAnotherServer(t *testing.T) {
	backend := &inbox{}
	server := smtp.NewServer(backend)
	server.Domain, server.AllowInsecureAuth, server.MaxMessageBytes = "mail.test", true, 1<<20
	server.EnableSMTPUTF8 = true
	server.ReadTimeout, server.WriteTimeout = 10*time.Second, 10*time.Second
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(func() { _ = server.Serve(listener) })
	t.Cleanup(func() {
		_ = server.Close()
		running.Wait()
	})
	port := listener.Addr().(*net.TCPAddr).Port
	settings := app.MailServer{Host: "127.0.0.1", Port: port, Security: app.SecurityNone, User: "office", Password: "right"}
	mailer := mail.New(mail.Options{Now: clock})

	session := connect(t, mailer, settings)
	mustDeliver(t, session, message("one@example.com"))
	gone := message("gone@example.com")
	gone.To[0].Email = "gone@example.org"
	if a := session.Send(context.Background(), gone); a.Delivery != app.Refused || a.Answer != "gone@example.org: 550 5.1.1 No such user" {
		t.Errorf("got %+v; want refused", a)
	}
	international := message("two@example.com")
	international.To[0].Email = "ädä@example.org"
	mustDeliver(t, session, international)
	settings.Password = "wrong"
	if _, a := mailer.Connect(context.Background(), settings); a.Delivery != app.Blocked || a.Code != 535 {
		t.Errorf("wrong password: %+v; want blocked", a)
	}
	backend.mu.Lock()
	defer backend.mu.Unlock()
	// The flag on a mail that does not need it would make servers further on reject it.
	if !slices.Equal(backend.utf8, []bool{false, false, true}) {
		t.Errorf("SMTPUTF8 for each mail: %v; want it for the last alone", backend.utf8)
	}
	if len(backend.mails) != 2 || len(backend.logins) != 1 {
		t.Errorf("%d mails after %d log-ins; want 2 after 1", len(backend.mails), len(backend.logins))
	}
}
