package settings

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"clientele/app"
	"clientele/mail/mailtest"
)

// fill enters what is needed to reach the server.
func (b *bench) fill(t *testing.T, m *mailSection, change map[string]string) {
	t.Helper()
	server := b.server.MailServer()
	values := map[string]string{
		"smtp_host": server.Host, "smtp_port": strconv.Itoa(server.Port), "smtp_security": string(server.Security), "smtp_user": server.User,
		"mail_from": "office@example.com",
	}
	for k, v := range change {
		values[k] = v
	}
	m.form.SetValues(values)
}

func (t *trial) says() string { return t.doing.Text() + " " + t.words.Text }

// ML-1: the connection is tried with what is typed, not with what is saved, and the server's own words are shown.
func TestTestConnection(t *testing.T) {
	b := newBench(t, mailtest.Script{Security: app.SecurityStartTLS, User: "office", Password: "secret 1"})
	_, s := b.open(Mail)
	m := s.(*mailSection)
	b.fill(t, m, map[string]string{"smtp_password": "secret 1"})
	m.trial.connect.OnTapped()
	if got := m.trial.says(); !strings.Contains(got, "The server says:") || !strings.Contains(got, "mail.test at your service") {
		t.Errorf("said %q", got)
	}
	if b.server.Logins() != 1 || m.trial.connect.Disabled() || m.trial.stop.Visible() {
		t.Errorf("%d log-ins, the buttons are still off: %v", b.server.Logins(), m.trial.connect.Disabled())
	}
	if b.saved(t).SMTPHost != "" || b.ring.secret != "" {
		t.Error("a trial saved something")
	}
}

func TestTrialsThatFail(t *testing.T) {
	for name, c := range map[string]struct {
		script mailtest.Script
		change map[string]string
		want   string
	}{
		"wrong password":   {mailtest.Script{User: "office", Password: "secret 1", Security: app.SecurityTLS}, map[string]string{"smtp_password": "wrong"}, "535"},
		"no TLS":           {mailtest.Script{}, map[string]string{"smtp_security": "starttls"}, "STARTTLS"},
		"nobody listens":   {mailtest.Script{Always: mailtest.Refuse}, nil, "could not be reached"},
		"a wrong port":     {mailtest.Script{}, map[string]string{"smtp_port": "99999"}, "see beside the fields"},
		"a port of words":  {mailtest.Script{}, map[string]string{"smtp_port": "smtp"}, "see beside the fields"},
		"without a server": {mailtest.Script{}, map[string]string{"smtp_host": ""}, "see beside the fields"},
		"without a sender": {mailtest.Script{}, map[string]string{"mail_from": ""}, "see beside the fields"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, c.script)
			_, s := b.open(Mail)
			m := s.(*mailSection)
			b.fill(t, m, c.change)
			m.trial.connect.OnTapped()
			if got := m.trial.says(); !strings.Contains(got, c.want) {
				t.Errorf("said %q, want %q in it", got, c.want)
			}
		})
	}
}

// ML-1: a test mail really arrives, and an address that is none is said beside its field.
func TestSendTestMail(t *testing.T) {
	b := newBench(t, mailtest.Script{Recipients: map[string]string{"gone@example.com": "550 5.1.1 No such user"}})
	_, s := b.open(Mail)
	m := s.(*mailSection)
	b.fill(t, m, nil)
	try := func(to string) string {
		m.trial.send.OnTapped()
		form := formOf(t, b.Window)
		if form.Value("to") != "office@example.com" {
			t.Errorf("%q is proposed", form.Value("to"))
		}
		form.SetValues(map[string]string{"to": to})
		form.Submit()
		return m.trial.says()
	}
	if got := try("nobody"); !strings.Contains(got, "cannot be right") || len(b.server.Messages()) != 0 {
		t.Errorf("said %q", got)
	}
	if got := try("gone@example.com"); !strings.Contains(got, "550 5.1.1 No such user") {
		t.Errorf("said %q", got)
	}
	if got := try("ann@example.com"); !strings.Contains(got, "The server says:") || len(b.server.Messages()) != 1 {
		t.Errorf("said %q, %d mails arrived", got, len(b.server.Messages()))
	}
}

// A trial that was stopped says so and blames nobody.
func TestTrialStopped(t *testing.T) {
	var b *bench
	b = newBench(t, mailtest.Script{OnMessage: func(mailtest.Message) error {
		b.Run.CancelAll() // as the button does, while the server takes the mail
		return nil
	}})
	_, s := b.open(Mail)
	m := s.(*mailSection)
	b.fill(t, m, nil)
	m.trial.send.OnTapped()
	formOf(t, b.Window).Submit()
	if got := m.trial.says(); !strings.Contains(got, "The trial was stopped.") || m.trial.send.Disabled() {
		t.Errorf("said %q", got)
	}
}

// ML-1: the password goes into the keyring, an empty field leaves it, and a keyring that refuses is said beside the field.
func TestMailPassword(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	p, s := b.open(Mail)
	m := s.(*mailSection)
	if m.password.Entry.PlaceHolder != "" || m.forget.Visible() {
		t.Error("a password is said to be kept")
	}
	enter(t, b.Window, m.form, map[string]string{"smtp_host": "smtp.example.co", "smtp_user": "office", "mail_from": "office@example.com", "smtp_password": "secret 1"})
	p.Save()
	if b.ring.secret != "secret 1" || m.password.Value() != "" || b.saved(t).SMTPHost != "smtp.example.cox" {
		t.Fatalf("kept %q, in the field %q, server %q", b.ring.secret, m.password.Value(), b.saved(t).SMTPHost)
	}
	if m.password.Entry.PlaceHolder == "" || !m.forget.Visible() || !strings.Contains(m.where.Text(), "keyring of this computer") {
		t.Errorf("%q, %v, %q", m.password.Entry.PlaceHolder, m.forget.Visible(), m.where.Text())
	}
	enter(t, b.Window, m.form, map[string]string{"smtp_host": "mx"})
	p.Save()
	if b.ring.secret != "secret 1" {
		t.Error("an empty field removed the password")
	}
	b.ring.err = errors.New("locked")
	enter(t, b.Window, m.form, map[string]string{"smtp_host": "mx2", "smtp_password": "secret 2"})
	p.Save()
	if b.ring.secret != "secret 1" || b.saved(t).SMTPHost != "mx2x" || m.password.Value() != "secret 2" {
		t.Errorf("kept %q, server %q, typed %q", b.ring.secret, b.saved(t).SMTPHost, m.password.Value())
	}
	b.ring.err = nil
	m.forget.OnTapped()
	press(t, b.Window, "Remove the Password")
	if b.ring.secret != "" || m.forget.Visible() {
		t.Error("the password was not removed")
	}
}

// Where there is no keyring it is said where the password lies.
func TestNoKeyring(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	b.ring.safe = false
	_, s := b.open(Mail)
	if got := s.(*mailSection).where.Text(); !strings.Contains(got, "configuration file") {
		t.Errorf("said %q", got)
	}
}

func TestOutcomeOfEachDelivery(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range []app.Delivery{app.Delivered, app.Refused, app.Deferred, app.Uncertain, app.Blocked} {
		_, _, says := outcome(d)
		if says == "" || seen[says] {
			t.Errorf("%s says %q", d, says)
		}
		seen[says] = true
	}
}

// SU-4: how large the files of a mail may be is set here, and what is no size is said beside the field.
func TestAttachmentsLimit(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	_, s := b.open(Mail)
	m := s.(*mailSection)
	if v := m.form.Value("mail_attachments_mb"); v != "20" {
		t.Errorf("begins with %q", v)
	}
	for v, want := range map[string]int{"lots": 20, "0": 20, "35": 35} {
		b.fill(t, m, map[string]string{"mail_attachments_mb": v})
		var failed error
		m.save(func(err error) { failed = err })
		if got := b.saved(t).MailAttachmentsMB; got != want || (failed == nil) != (want == 35) {
			t.Errorf("%q is stored as %d: %v", v, got, failed)
		}
		b.Settings(func(s *app.Settings) { s.MailAttachmentsMB = 20 })
	}
}

// A known provider's server is filled in, as if it had been typed, and what it wants besides is said; all else stays, and nothing is saved by itself.
func TestFillInForAProvider(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	_, s := b.open(Mail)
	m := s.(*mailSection)
	m.form.Fill(map[string]string{"smtp_host": "old.example.com", "smtp_port": "2525", "smtp_security": string(app.SecurityNone), "mail_from": "office@example.com"})
	items := m.known.Menu().Items
	if len(items) != len(app.MailProviders()) {
		t.Fatalf("%d are offered", len(items))
	}
	for i, p := range app.MailProviders() {
		items[i].Action()
		v := m.form.Values()
		if v["smtp_host"] != p.Host || v["smtp_port"] != "" || v["smtp_security"] != string(p.Security) || v["mail_from"] != "office@example.com" {
			t.Errorf("%s fills in %v", p.Name, v)
		}
		if words := m.advice.Text(); !m.advice.Visible() || !strings.HasSuffix(words, p.Password) || !strings.Contains(words, "whole email address") {
			t.Errorf("%s: said %q", p.Name, words)
		}
	}
	if m.button.Disabled() || b.saved(t).SMTPHost != "" {
		t.Errorf("the button is off: %v, saved is %q", m.button.Disabled(), b.saved(t).SMTPHost)
	}
}
