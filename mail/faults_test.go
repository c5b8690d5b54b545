package mail_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"clientele/app"
	"clientele/mail"
	"clientele/mail/mailtest"
)

// TestFaults goes through the seventeen ways in which sending fails (R12, ML-1): what the outbox is told, and
// whether the server has the message.
func TestFaults(t *testing.T) {
	const once, none = 1, 0
	tests := []struct {
		behaviour mailtest.Behaviour
		delivery  app.Delivery
		code      int
		accepted  int
		answer    string
		usable    bool // whether the connection takes another message
	}{
		{mailtest.Refuse, app.Deferred, 0, none, "refused the connection", false},
		{mailtest.NoBanner, app.Deferred, 0, none, "did not answer in time", false},
		{mailtest.Garbage, app.Deferred, 0, none, "127.0.0.1", false},
		{mailtest.EOF, app.Deferred, 0, none, "closed the connection", false},
		{mailtest.Banner421, app.Deferred, 421, none, "421 4.3.2 Service not available, try later", false},
		{mailtest.NoStartTLS, app.Blocked, 0, none, "does not offer STARTTLS", false},
		{mailtest.Login535, app.Blocked, 535, none, "535 5.7.8 User or password is wrong", false},
		{mailtest.HangAtMail, app.Deferred, 0, none, "did not answer in time", false},
		{mailtest.Greylist450, app.Deferred, 450, none, "ada@example.org: 450 4.2.0 Greylisted, try again in five minutes", true},
		{mailtest.Full452, app.Deferred, 452, none, "452 4.3.1 Insufficient system storage", true},
		{mailtest.Recipient550, app.Refused, 550, none, "ada@example.org: 550 5.1.1 No such user", true},
		{mailtest.Data554, app.Refused, 554, none, "554 5.7.1 Refused as spam", true},
		{mailtest.Content451, app.Deferred, 451, none, "451 4.3.0 Try again later", true},
		{mailtest.CutInData, app.Uncertain, 0, none, "may or may not have arrived", false},
		{mailtest.CutAfterDot, app.Uncertain, 0, once, "may or may not have arrived", false},
		{mailtest.HangAfterDot, app.Uncertain, 0, once, "may or may not have arrived", false},
		{mailtest.CutAtQuit, app.Delivered, 250, once, "250 2.0.0 Accepted", true},
	}
	if len(tests) != 17 || len(mailtest.Faults()) != 17 {
		t.Fatalf("%d rows for %d behaviours", len(tests), len(mailtest.Faults()))
	}
	for _, security := range []app.Security{app.SecurityNone, app.SecurityStartTLS, app.SecurityTLS} {
		for _, tt := range tests {
			if tt.behaviour == mailtest.NoStartTLS && security != app.SecurityStartTLS {
				continue
			}
			t.Run(fmt.Sprintf("%s/%s", security, tt.behaviour), func(t *testing.T) {
				t.Parallel()
				script := mailtest.Script{Security: security, User: "office", Password: "correct horse", Always: tt.behaviour}
				server := mailtest.Start(t, script)
				hangs := strings.Contains(string(tt.behaviour), "hang") || tt.behaviour == mailtest.NoBanner
				// What hangs must run into the limit; everything else must not, however slow the machine is.
				options := mail.Options{Now: clock, RootCAs: server.RootCAs(), CloseTimeout: time.Second}
				switch {
				case tt.behaviour == mailtest.NoBanner:
					options.ConnectTimeout = 200 * time.Millisecond
				case hangs:
					options.ReplyTimeout = 200 * time.Millisecond
				}
				session, attempt := mail.New(options).Connect(context.Background(), server.MailServer())
				if session == nil && attempt.Delivery == app.Delivered {
					t.Fatal("no session, and no fault either")
				}
				if session != nil {
					attempt = session.Send(context.Background(), message("fault@example.com"))
				}
				if attempt.Delivery != tt.delivery || attempt.Code != tt.code || !strings.Contains(attempt.Answer, tt.answer) {
					t.Errorf("got %+v; want %s, %d, %q", attempt, tt.delivery, tt.code, tt.answer)
				}
				checkOneLine(t, attempt.Answer)
				if session != nil {
					next := session.Send(context.Background(), message("next@example.com"))
					// On a connection that can still be used the next message meets the same fault, not one of the last.
					want := app.Attempt{Delivery: app.Deferred}
					if tt.usable {
						want = attempt
					}
					if next.Delivery != want.Delivery || next.Code != want.Code {
						t.Errorf("next message on the connection: %+v; want usable %t", next, tt.usable)
					}
					if err := session.Close(); err != nil {
						t.Errorf("Close: %v", err)
					}
				}
				if got := len(server.ByID("fault@example.com")); got != tt.accepted {
					t.Errorf("accepted %d times; want %d", got, tt.accepted)
				}
				if tt.behaviour == mailtest.Login535 && server.Logins() != 1 {
					t.Errorf("%d log-ins; each one after the first risks a lock-out", server.Logins())
				}
			})
		}
	}
}

// TestCutInLongContent: a connection that breaks while content is still being written cannot have delivered it, so
// it is tried again without a mark.
func TestCutInLongContent(t *testing.T) {
	server := mailtest.Start(t, mailtest.Script{Always: mailtest.CutInData})
	session := connect(t, newMailer(server), server.MailServer())
	m := message("long@example.com")
	m.Attachments = attach(file{Name: "long.bin", Content: make([]byte, 16<<20)})
	if a := session.Send(context.Background(), m); a.Delivery != app.Deferred || a.Code != 0 {
		t.Errorf("got %+v; want deferred", a)
	}
	if n := len(server.Messages()); n != 0 {
		t.Errorf("%d messages accepted; want none", n)
	}
}

// TestSeveralRecipients: all or nothing, each refused address is named, and a refusal for good wins.
func TestSeveralRecipients(t *testing.T) {
	script := mailtest.Script{Recipients: map[string]string{
		"gone@example.org": "550 5.1.1 No such user", "full@example.org": "452 4.2.2 Mailbox full",
		"out@example.org": "421 4.3.2 Shutting down", "relay@example.org": "530 5.7.0 Log in first",
	}}
	tests := []struct {
		name     string
		to       []string
		delivery app.Delivery
		code     int
		answer   string
		accepted int
	}{
		{"all good, each once", []string{"a@example.org", "b@example.org", "A@Example.org"}, app.Delivered, 250, "250 2.0.0 Accepted", 1},
		{"one gone", []string{"a@example.org", "gone@example.org", "b@example.org"}, app.Refused, 550, "gone@example.org: 550 5.1.1 No such user", 0},
		{"one full", []string{"full@example.org", "b@example.org"}, app.Deferred, 452, "full@example.org: 452 4.2.2 Mailbox full", 0},
		{
			"full and gone",
			[]string{"full@example.org", "gone@example.org"},
			app.Refused, 550,
			"full@example.org: 452 4.2.2 Mailbox full; gone@example.org: 550 5.1.1 No such user", 0,
		},
		{"log-in wanted", []string{"relay@example.org"}, app.Blocked, 530, "relay@example.org: 530 5.7.0 Log in first", 0},
		{"server leaves", []string{"a@example.org", "out@example.org"}, app.Deferred, 421, "421 4.3.2 Shutting down", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			server := mailtest.Start(t, script)
			session := connect(t, newMailer(server), server.MailServer())
			m := message("several@example.com")
			m.To = nil
			for _, to := range tt.to {
				m.To = append(m.To, app.Address{Email: to})
			}
			a := session.Send(context.Background(), m)
			if a.Delivery != tt.delivery || a.Code != tt.code || a.Answer != tt.answer {
				t.Errorf("got %+v; want %s, %d, %q", a, tt.delivery, tt.code, tt.answer)
			}
			if next := session.Send(context.Background(), message("next@example.com")); tt.code == 421 && (next.Delivery != app.Deferred || next.Code != 0) ||
				tt.code != 421 && next.Delivery != app.Delivered {
				t.Errorf("next message after %d: %+v", tt.code, next)
			}
			got := server.ByID("several@example.com")
			if len(got) != tt.accepted {
				t.Fatalf("accepted %d times; want %d", len(got), tt.accepted)
			}
			if tt.accepted == 1 && strings.Join(got[0].To, " ") != "a@example.org b@example.org" {
				t.Errorf("envelope %q", got[0].To)
			}
		})
	}
}

// TestCancel: a cancelled context ends the waiting at once and says the right thing about the message.
func TestCancel(t *testing.T) {
	patient := func(server *mailtest.Server) *mail.SMTP {
		return mail.New(mail.Options{
			Now: clock, ConnectTimeout: time.Hour, ReplyTimeout: time.Hour, CloseTimeout: time.Hour, RootCAs: server.RootCAs(),
		})
	}
	for _, security := range []app.Security{app.SecurityNone, app.SecurityStartTLS, app.SecurityTLS} {
		tests := []struct {
			behaviour mailtest.Behaviour
			ready     func(*mailtest.Server) bool
			want      app.Delivery
		}{
			{mailtest.HangAtMail, func(s *mailtest.Server) bool { return s.Mails() == 1 }, app.Deferred},
			{mailtest.HangAfterDot, func(s *mailtest.Server) bool { return len(s.Messages()) == 1 }, app.Uncertain},
		}
		for _, tt := range tests {
			t.Run(fmt.Sprintf("%s/%s", security, tt.behaviour), func(t *testing.T) {
				server := mailtest.Start(t, mailtest.Script{Security: security, Always: tt.behaviour})
				session := connect(t, patient(server), server.MailServer())
				ctx, cancel := context.WithCancel(context.Background())
				done := make(chan app.Attempt)
				go func() { done <- session.Send(ctx, message("cancelled@example.com")) }()
				if err := server.WaitUntil("the hang", func() bool { return tt.ready(server) }); err != nil {
					t.Fatal(err)
				}
				cancel()
				a := <-done
				if a.Delivery != tt.want || a.Code != 0 {
					t.Errorf("got %+v; want %s", a, tt.want)
				}
				checkOneLine(t, a.Answer)
				if again := session.Send(context.Background(), message("again@example.com")); again.Delivery != app.Deferred || again.Code != 0 {
					t.Errorf("a cut session said %+v", again)
				}
			})
		}
		t.Run(fmt.Sprintf("%s/connect", security), func(t *testing.T) {
			server := mailtest.Start(t, mailtest.Script{Security: security, Always: mailtest.NoBanner})
			ctx, cancel := context.WithCancel(context.Background())
			done := make(chan app.Attempt)
			go func() {
				_, a := patient(server).Connect(ctx, server.MailServer())
				done <- a
			}()
			if err := server.WaitUntil("the connection", func() bool { return server.Connections() == 1 }); err != nil {
				t.Fatal(err)
			}
			cancel()
			if a := <-done; a.Delivery != app.Deferred || a.Code != 0 || !strings.Contains(a.Answer, "stopped") {
				t.Errorf("got %+v; want deferred, stopped", a)
			}
		})
	}
	t.Run("inside the content", func(t *testing.T) {
		settings, reading := stalledInContent(t)
		session := connect(t, mail.New(mail.Options{Now: clock, ReplyTimeout: time.Hour, CloseTimeout: time.Hour}), settings)
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			<-reading
			cancel()
		}()
		m := message("half@example.com")
		m.Attachments = attach(file{Name: "long.bin", Content: make([]byte, 16<<20)})
		if a := session.Send(ctx, m); a.Delivery != app.Deferred || a.Code != 0 || !strings.Contains(a.Answer, "stopped") {
			t.Errorf("got %+v; want deferred, because the end of the message cannot have left", a)
		}
	})
	t.Run("before sending", func(t *testing.T) {
		server := mailtest.Start(t, mailtest.Script{})
		session := connect(t, patient(server), server.MailServer())
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if a := session.Send(ctx, message("never@example.com")); a.Delivery != app.Deferred || len(server.Messages()) != 0 {
			t.Errorf("got %+v and %d messages; want deferred and none", a, len(server.Messages()))
		}
	})
}

// stalledInContent is a server that stops reading as soon as content comes; reading is closed then.
func stalledInContent(t *testing.T) (settings app.MailServer, reading chan struct{}) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	reading = make(chan struct{})
	var running sync.WaitGroup
	end := make(chan struct{})
	running.Go(func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		lines := bufio.NewReader(conn)
		for _, reply := range []string{"220", "250", "250", "250", "354"} {
			if _, err := fmt.Fprintf(conn, "%s mail.test\r\n", reply); err != nil {
				return
			}
			if _, err := lines.ReadString('\n'); err != nil {
				return
			}
		}
		close(reading)
		<-end
	})
	t.Cleanup(func() {
		close(end)
		_ = listener.Close()
		running.Wait()
	})
	port := listener.Addr().(*net.TCPAddr).Port
	return app.MailServer{Host: "127.0.0.1", Port: port, Security: app.SecurityNone}, reading
}

// TestServerRestarts: a session whose server went away is dead, and a new one works on the same port.
func TestServerRestarts(t *testing.T) {
	server := mailtest.Start(t, mailtest.Script{})
	mailer := newMailer(server)
	session := connect(t, mailer, server.MailServer())
	mustDeliver(t, session, message("before@example.com"))
	server.Stop()
	if a := session.Send(context.Background(), message("lost@example.com")); a.Delivery != app.Deferred || a.Code != 0 {
		t.Errorf("without a server: %+v; want deferred", a)
	}
	if _, a := mailer.Connect(context.Background(), server.MailServer()); a.Delivery != app.Deferred {
		t.Errorf("Connect without a server: %+v; want deferred", a)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	mustDeliver(t, connect(t, mailer, server.MailServer()), message("after@example.com"))
	if err := server.WaitFor(2); err != nil {
		t.Error(err)
	}
}

// TestRandomFaults sends the way an outbox does, in fast motion (R13): everything is delivered, repeats happen
// only where the table allows them and always carry the same Message-ID, and nothing refused for good is repeated.
func TestRandomFaults(t *testing.T) {
	const seed, mails = 7, 500
	server := mailtest.Start(t, mailtest.Script{FaultRate: 0.05, Seed: seed})
	mailer := newMailer(server)
	var session app.MailSession
	refused, uncertain := 0, map[string]int{}
	for i := range mails {
		id := fmt.Sprintf("%d@example.com", i)
		for sent := false; !sent; {
			if session == nil {
				session, _ = mailer.Connect(context.Background(), server.MailServer())
			}
			switch a := session.Send(context.Background(), message(id)); a.Delivery {
			case app.Delivered:
				sent = true
			case app.Refused:
				refused++
				sent = true
			case app.Uncertain:
				uncertain[id]++
				_ = session.Close()
				session = nil
			case app.Deferred:
				if a.Code == 0 {
					t.Fatalf("mail %d with seed %d: %+v", i, seed, a)
				}
			default:
				t.Fatalf("mail %d with seed %d: %+v", i, seed, a)
			}
		}
	}
	_ = session.Close()
	counts := server.Counts()
	if len(counts) != mails-refused {
		t.Errorf("seed %d: %d different mails arrived, %d were refused; want %d together", seed, len(counts), refused, mails)
	}
	if refused == 0 || len(uncertain) == 0 {
		t.Errorf("seed %d met too little: %d refused, %d uncertain", seed, refused, len(uncertain))
	}
	for id, n := range counts {
		if n > 1+uncertain[id] {
			t.Errorf("seed %d: %s arrived %d times after %d uncertain attempts", seed, id, n, uncertain[id])
		}
	}
}
