package mailtest_test

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/smtp"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"clientele/app"
	"clientele/mail/mailtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func address(s *mailtest.Server) string {
	settings := s.MailServer()
	return net.JoinHostPort(settings.Host, fmt.Sprint(settings.Port))
}

// send uses the client of the standard library, so that the server is not judged by our own.
func send(s *mailtest.Server, id string) error {
	text := "Message-ID: <" + id + ">\r\nSubject: x\r\n\r\n.dot\r\nend\r\n"
	return smtp.SendMail(address(s), nil, "a@example.com", []string{"b@example.com"}, []byte(text))
}

func TestMailbox(t *testing.T) {
	server := mailtest.Start(t, mailtest.Script{})
	for _, id := range []string{"1@x", "2@x", "1@x"} {
		if err := send(server, id); err != nil {
			t.Fatal(err)
		}
	}
	if err := server.WaitFor(3); err != nil {
		t.Fatal(err)
	}
	if len(server.Messages()) != 3 || len(server.ByID("1@x")) != 2 || len(server.ByID("3@x")) != 0 {
		t.Errorf("messages: %+v", server.Messages())
	}
	if counts := server.Counts(); counts["1@x"] != 2 || counts["2@x"] != 1 || len(counts) != 2 {
		t.Errorf("counts: %v", counts)
	}
	got := server.Messages()[2]
	if got.From != "a@example.com" || len(got.To) != 1 || got.To[0] != "b@example.com" || got.Connection != 3 ||
		!strings.HasSuffix(string(got.Data), "\r\n.dot\r\nend\r\n") {
		t.Errorf("message: %+v", got)
	}
	// Greeting, EHLO, MAIL, RCPT, DATA, dot and QUIT.
	if server.Replies() != 3*7 || server.Connections() != 3 || server.Mails() != 3 || server.Logins() != 0 {
		t.Errorf("%d replies, %d connections, %d mails, %d log-ins",
			server.Replies(), server.Connections(), server.Mails(), server.Logins())
	}
}

func TestFirstThenAlways(t *testing.T) {
	server := mailtest.Start(t, mailtest.Script{
		First:  []mailtest.Behaviour{mailtest.Greylist450, mailtest.Accept, mailtest.Banner421, mailtest.CutAfterDot},
		Always: mailtest.Data554,
	})
	for i, want := range []string{"450", "", "421", "EOF", "554", "554"} {
		err := send(server, "a@x")
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("mail %d: %v; want %q", i, err, want)
		}
	}
	if n := len(server.Messages()); n != 2 {
		t.Errorf("%d messages; want the accepted one and the one cut after the dot", n)
	}
}

func TestFaultsAreRepeatable(t *testing.T) {
	run := func(seed uint64) (outcome string) {
		server := mailtest.Start(t, mailtest.Script{FaultRate: 0.5, Seed: seed})
		for range 40 {
			if err := send(server, "a@x"); err != nil {
				outcome += "x"
				continue
			}
			outcome += "."
		}
		return outcome
	}
	first := run(3)
	if again := run(3); again != first {
		t.Errorf("seed 3 gave %s, then %s", first, again)
	}
	if faults := strings.Count(first, "x"); faults < 10 || faults > 30 {
		t.Errorf("half of 40 should fail: %s", first)
	}
	if other := run(4); other == first {
		t.Errorf("seeds 3 and 4 both gave %s", first)
	}
}

func TestStopAndStart(t *testing.T) {
	server, err := mailtest.New(mailtest.Script{Patience: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	before := address(server)
	if err := server.Start(); err == nil {
		t.Error("a running server started again")
	}
	idle, err := net.Dial("tcp", before)
	if err != nil {
		t.Fatal(err)
	}
	defer idle.Close()
	reader := bufio.NewReader(idle)
	if _, err := reader.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	server.Stop()
	server.Stop()
	if _, err := reader.ReadString('\n'); err == nil {
		t.Error("Stop left a connection open")
	}
	if send(server, "a@x") == nil {
		t.Error("a stopped server took a mail")
	}
	if err := server.Start(); err != nil || address(server) != before {
		t.Fatalf("started at %s, was at %s: %v", address(server), before, err)
	}
	if err := send(server, "a@x"); err != nil {
		t.Error(err)
	}
	if err := server.WaitFor(2); err == nil {
		t.Error("WaitFor(2) was content with one")
	}
}

func TestStrictness(t *testing.T) {
	server := mailtest.Start(t, mailtest.Script{})
	for name, text := range map[string]string{
		"long line": "Subject: x\r\n\r\n" + strings.Repeat("x", 999) + "\r\n",
		"bare CR":   "Subject: x\r\n\r\na\rb\r\n",
	} {
		err := smtp.SendMail(address(server), nil, "a@example.com", []string{"b@example.com"}, []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), "550") {
			t.Errorf("%s: %v; want 550", name, err)
		}
	}
}

func TestStorageFault(t *testing.T) {
	server := mailtest.Start(t, mailtest.Script{OnMessage: func(mailtest.Message) error { return errors.New("disk full") }})
	if err := send(server, "a@x"); err == nil || !strings.HasPrefix(err.Error(), "451") || len(server.Messages()) != 0 {
		t.Errorf("got %v and %d messages; want 451 and none", err, len(server.Messages()))
	}
}

func TestScriptsThatMakeNoSense(t *testing.T) {
	for name, script := range map[string]mailtest.Script{
		"refuse once":      {First: []mailtest.Behaviour{mailtest.Refuse}},
		"unknown":          {Always: "sing"},
		"not of a message": {RandomFaults: []mailtest.Behaviour{mailtest.EOF}},
		"rate":             {FaultRate: 2},
		"security":         {Security: app.Security("rot13")},
		"open to all":      {Listen: "0.0.0.0:0"},
	} {
		if server, err := mailtest.New(script); err == nil {
			server.Stop()
			t.Errorf("%s: no error", name)
		}
	}
}
