package client

import (
	"testing"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/views/viewtest"
)

// SU-4, PW-4: the Send email panel offers a new message, Client Area Details Reminder and the templates that can be sent by hand. The button says what it does with
// the choice: a password goes once that is confirmed, a template can be edited first.
func TestSendPanel(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(mailReady)
	e := app.TemplateEdit{Name: "Our hours", Category: app.Support, Language: "en", Subject: "When we are open", Body: "Dear {$client_name}, from nine to five."}
	if _, err := b.App.Templates.Save(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	panel := p.parts[0].(*summary).send
	next := func() {
		panel.form.FocusFirst(b.Canvas())
		b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	if button(b, "Write Email…") == nil {
		t.Error("it does not begin with a new message")
	}
	next()
	press(t, b, "Send…")
	mustSay(t, b, "A new random password is made and mailed to grace@example.com alone.")
	if len(mails(t, b, id)) != 0 {
		t.Fatal("sent before it was confirmed")
	}
	press(t, b, "Send New Password")
	if ms := mails(t, b, id); len(ms) != 1 || ms[0].Kind != "access_reminder" {
		t.Fatalf("%+v", ms)
	}
	next() // Welcome
	next()
	press(t, b, "Edit and Send…")
	w := mailTab(t, p).writer
	if w == nil || w.subject.Value() != e.Subject || w.form.Value(app.FieldMailCategory) != string(app.Support) {
		t.Fatal("the template does not begin the mail")
	}
	w.body.SetValue(w.body.Value() + "Come in.")
	press(t, b, "Send")
	ms := mails(t, b, id)
	if len(ms) != 2 {
		t.Fatalf("%d mails; %s", len(ms), w.message.Text())
	}
	if v, err := b.App.Mails.View(t.Context(), ms[0].ID); err != nil || v.BodyText != "Dear Grace Hopper, from nine to five.\nCome in.\n" {
		t.Errorf("sent %q, %v", v.BodyText, err)
	}
}
