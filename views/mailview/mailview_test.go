package mailview

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

var states = []data.MailState{
	data.MailQueued, data.MailSending, data.MailSent, data.MailFailed, data.MailUncertain, data.MailSuppressed, data.MailCancelled,
}

// ML-2: each state has a word of its own, and only what failed is red.
func TestStates(t *testing.T) {
	words := map[string]bool{}
	for _, s := range states {
		word, tone := State(s)
		if word == "" || word == string(s) || words[word] {
			t.Errorf("%s is called %q", s, word)
		}
		words[word] = true
		if (tone == theme.Danger) != (s == data.MailFailed) {
			t.Errorf("%s has the tone %d", s, tone)
		}
	}
}

// What has gone or goes just now can be neither sent again nor cancelled.
func TestWhatCanBeDone(t *testing.T) {
	for _, s := range states {
		retry := slices.Contains([]data.MailState{data.MailQueued, data.MailFailed, data.MailUncertain, data.MailCancelled}, s)
		if CanRetry(s) != retry || CanCancel(s) != (retry && s != data.MailCancelled) {
			t.Errorf("%s: retry %v, cancel %v", s, CanRetry(s), CanCancel(s))
		}
	}
}

// A row has a cell for each column, and the day as the locale writes it.
func TestRow(t *testing.T) {
	defer i18n.SetLocale(i18n.CurrentLocale())
	defer func(l *time.Location) { time.Local = l }(time.Local)
	time.Local = time.UTC
	i18n.SetLocale(i18n.LocaleFor("en-GB"))
	at := time.Date(2026, 11, 20, 9, 5, 0, 0, time.UTC)
	r := Row(data.Mail{CreatedAt: at.UnixMilli(), Subject: "Welcome", ToLine: "ada@example.com", State: data.MailFailed, Answer: "550 no such user"})
	want := []string{"20/11/2026 09:05", "Welcome", "ada@example.com", "Failed", "550 no such user"}
	if !slices.Equal(r.Cells, want) || len(Columns()) != len(want) || len(r.Tones) != len(want) {
		t.Errorf("cells %q", r.Cells)
	}
	if When(0) != "" {
		t.Errorf("no time is %q", When(0))
	}
}

// ML-5: a mail is shown with its recipients and state; its password is asterisks; what can be done leads on.
func TestShow(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(func(s *app.Settings) {
		s.SMTPHost, s.MailFrom, s.BusinessName = "smtp.example.com", "office@example.com", "Northwind Studio"
		s.ClientAreaURL = "https://clients.example.com" // so that the mail brings a password
	})
	id, err := b.App.Clients.Add(t.Context(), app.NewClient{SendWelcome: true, Password: "a few words in a row", Profile: app.Profile{
		FirstName: "Grace", LastName: "Hopper", Email: "grace@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
	}})
	if err != nil {
		t.Fatal(err)
	}
	ms, err := b.App.Mails.List(t.Context(), app.MailFilter{ClientID: id}, 0, 1)
	if err != nil || len(ms) != 1 {
		t.Fatalf("%d mails, %v", len(ms), err)
	}
	b.Window.SetContent(b.Bar)
	Show(b.Desk, ms[0].ID)
	var said strings.Builder
	var open *kit.Button
	text := ""
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		switch w := o.(type) {
		case *kit.Para:
			said.WriteString(w.Text() + "\n")
		case *kit.Button:
			if w.Text == "Open Client" {
				open = w
			}
		case *widget.Label:
			text = w.Text
		}
	}
	if strings.Contains(text, "a few words") || !strings.Contains(text, "********") {
		t.Errorf("the text is %q", text)
	}
	for _, want := range []string{"Grace Hopper <grace@example.com>", ms[0].MessageID, "Message-ID"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("%q is not shown", want)
		}
	}
	test.Tap(open)
	if kit.DialogOpen() || b.Went.Last() != "client 1" {
		t.Errorf("dialog open %v, went %q", kit.DialogOpen(), b.Went.Last())
	}
	Show(b.Desk, 4711)
	if kit.DialogOpen() || b.Bar.Text() == "" {
		t.Error("a mail that is gone is not told in the bar")
	}
}
