package mail_test

import (
	"context"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/mail"
	"clientele/mail/mailtest"
)

const (
	user     = "office@example.com"
	password = "s3cret pässword, with=signs"
)

// TestLogin: each way to log in works, with and without encryption as far as it is allowed (ML-1).
func TestLogin(t *testing.T) {
	for _, security := range []app.Security{app.SecurityNone, app.SecurityStartTLS, app.SecurityTLS} {
		for _, mechanism := range []string{"PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"} {
			t.Run(fmt.Sprintf("%s/%s", security, mechanism), func(t *testing.T) {
				server := mailtest.Start(t, mailtest.Script{
					Security: security, User: user, Password: password, Mechanisms: []string{mechanism},
				})
				mustDeliver(t, connect(t, newMailer(server), server.MailServer()), message("a@example.com"))
				got := server.Messages()[0]
				if got.User != user || got.Secure != (security != app.SecurityNone) || server.Logins() != 1 {
					t.Errorf("user %q, secure %t, %d log-ins", got.User, got.Secure, server.Logins())
				}
				wrong := server.MailServer()
				wrong.Password = "guess"
				if _, a := newMailer(server).Connect(context.Background(), wrong); a.Delivery != app.Blocked || a.Code != 535 {
					t.Errorf("wrong password: %+v; want blocked, 535", a)
				}
			})
		}
	}
}

// TestLoginThatCannotWork: settings at fault block the queue and show no password to anyone.
func TestLoginThatCannotWork(t *testing.T) {
	t.Run("server takes no log-in", func(t *testing.T) {
		server := mailtest.Start(t, mailtest.Script{})
		settings := server.MailServer()
		settings.User, settings.Password = user, password
		_, a := newMailer(server).Connect(context.Background(), settings)
		if a.Delivery != app.Blocked || !strings.Contains(a.Answer, "takes no log-in") {
			t.Errorf("got %+v; want blocked", a)
		}
	})
	t.Run("unknown mechanism", func(t *testing.T) {
		server := mailtest.Start(t, mailtest.Script{User: user, Password: password, Mechanisms: []string{"GSSAPI"}})
		_, a := newMailer(server).Connect(context.Background(), server.MailServer())
		if a.Delivery != app.Blocked || server.Logins() != 0 {
			t.Errorf("got %+v after %d log-ins; want blocked after none", a, server.Logins())
		}
	})
	t.Run("log-in forgotten", func(t *testing.T) {
		server := mailtest.Start(t, mailtest.Script{User: user, Password: password})
		settings := server.MailServer()
		settings.User = ""
		a := connect(t, newMailer(server), settings).Send(context.Background(), message("a@example.com"))
		if a.Delivery != app.Blocked || a.Code != 530 {
			t.Errorf("got %+v; want blocked, 530", a)
		}
	})
	t.Run("busy for now", func(t *testing.T) {
		server := mailtest.Start(t, mailtest.Script{
			User: user, Password: password, Always: mailtest.Login535,
			Answers: map[mailtest.Behaviour]string{mailtest.Login535: "454 4.7.0 Temporary authentication failure"},
		})
		if _, a := newMailer(server).Connect(context.Background(), server.MailServer()); a.Delivery != app.Deferred || a.Code != 454 {
			t.Errorf("got %+v; want deferred, 454", a)
		}
	})
}

// TestPasswordStaysSecret: a server that quotes what it was given cannot bring the password into an answer (R19).
func TestPasswordStaysSecret(t *testing.T) {
	encoded := base64.StdEncoding.EncodeToString([]byte(password))
	both := base64.StdEncoding.EncodeToString([]byte("\x00" + user + "\x00" + password))
	halves := strings.SplitN(password, " ", 2)
	answer := fmt.Sprintf("535 5.7.8 %s is wrong\nso is %s\nand %s\nand %s\n%s", password, encoded, both, halves[0], halves[1])
	for _, mechanism := range []string{"PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"} {
		for _, behaviour := range []mailtest.Behaviour{mailtest.Login535, mailtest.Recipient550, mailtest.Content451} {
			t.Run(mechanism+"/"+string(behaviour), func(t *testing.T) {
				server := mailtest.Start(t, mailtest.Script{
					User: user, Password: password, Mechanisms: []string{mechanism}, Always: behaviour,
					Answers: map[mailtest.Behaviour]string{behaviour: answer},
				})
				session, a := newMailer(server).Connect(context.Background(), server.MailServer())
				if session != nil {
					defer session.Close()
					a = session.Send(context.Background(), message("a@example.com"))
				}
				checkOneLine(t, a.Answer)
				for _, secret := range []string{password, encoded, both} {
					if strings.Contains(a.Answer, secret) {
						t.Errorf("answer %q holds %q", a.Answer, secret)
					}
				}
				if !strings.Contains(a.Answer, "is wrong so is") {
					t.Errorf("answer %q lost the server's words", a.Answer)
				}
			})
		}
	}
}

// TestCertificate: a certificate that is not trusted stops the queue before anything is said.
func TestCertificate(t *testing.T) {
	for _, security := range []app.Security{app.SecurityStartTLS, app.SecurityTLS} {
		server := mailtest.Start(t, mailtest.Script{Security: security, User: user, Password: password})
		stranger := mail.New(mail.Options{Now: clock, RootCAs: x509.NewCertPool()})
		_, a := stranger.Connect(context.Background(), server.MailServer())
		if a.Delivery != app.Blocked || !strings.Contains(a.Answer, "not trusted") || server.Logins() != 0 {
			t.Errorf("%s, unknown authority: %+v after %d log-ins; want blocked after none", security, a, server.Logins())
		}
		// The right certificate under the wrong name is as bad: 127.0.0.2 is the same machine, but not named in it.
		other := mailtest.Start(t, mailtest.Script{Security: security, Listen: "127.0.0.2:0"})
		_, a = newMailer(other).Connect(context.Background(), other.MailServer())
		if a.Delivery != app.Blocked || !strings.Contains(a.Answer, "not trusted") {
			t.Errorf("%s, other name: %+v; want blocked", security, a)
		}
	}
}

// TestWrongSecurity: a port that speaks TLS is taken for one that does not, and the other way round.
func TestWrongSecurity(t *testing.T) {
	server := mailtest.Start(t, mailtest.Script{})
	settings := server.MailServer()
	settings.Security = app.SecurityTLS
	if _, a := newMailer(server).Connect(context.Background(), settings); a.Delivery != app.Deferred {
		t.Errorf("TLS on a plain port: %+v; want deferred", a)
	}
	server = mailtest.Start(t, mailtest.Script{Security: app.SecurityTLS})
	settings = server.MailServer()
	settings.Security = app.SecurityNone
	quick := mail.New(mail.Options{Now: clock, ConnectTimeout: 200 * time.Millisecond})
	if _, a := quick.Connect(context.Background(), settings); a.Delivery != app.Deferred {
		t.Errorf("plain on a TLS port: %+v; want deferred", a)
	}
}

// TestSettings: what cannot work is said before anything leaves the machine.
func TestSettings(t *testing.T) {
	good := app.MailServer{Host: "127.0.0.1", Port: 1, Security: app.SecurityNone}
	tests := []struct {
		name   string
		change func(*app.MailServer)
		want   string
	}{
		{"no host", func(s *app.MailServer) { s.Host = " " }, "No mail server is set"},
		{"socket", func(s *app.MailServer) { s.Host = "unix:///tmp/socket" }, "not the name"},
		{"address", func(s *app.MailServer) { s.Host = "http://mail.example.com" }, "not the name"},
		{"two lines", func(s *app.MailServer) { s.Host = "a.example\nb" }, "not the name"},
		{"port", func(s *app.MailServer) { s.Port = 65536 }, "between 1 and 65535"},
		{"negative port", func(s *app.MailServer) { s.Port = -1 }, "between 1 and 65535"},
		{"security", func(s *app.MailServer) { s.Security = "" }, "Choose none, STARTTLS or TLS"},
		{"hello", func(s *app.MailServer) { s.HelloName = "a\r\nMAIL FROM:<x@example.com>" }, "name given to the mail server"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			settings := good
			tt.change(&settings)
			session, a := mail.New(mail.Options{Now: clock}).Connect(context.Background(), settings)
			if session != nil || a.Delivery != app.Blocked || !strings.Contains(a.Answer, tt.want) {
				t.Errorf("got %+v; want blocked, %q", a, tt.want)
			}
			checkOneLine(t, a.Answer)
		})
	}
}

// TestHello: the name of the machine does not leave it unless the office wants a name to.
func TestHello(t *testing.T) {
	for given, want := range map[string]string{"": "localhost", "Example.com": "example.com", "192.0.2.1": "[192.0.2.1]", "2001:db8::1": "[IPv6:2001:db8::1]"} {
		server := mailtest.Start(t, mailtest.Script{})
		settings := server.MailServer()
		settings.HelloName = given
		mustDeliver(t, connect(t, newMailer(server), settings), message("a@example.com"))
		if got := server.Messages()[0].Hello; got != want {
			t.Errorf("HelloName %q: EHLO %q; want %q", given, got, want)
		}
	}
}
