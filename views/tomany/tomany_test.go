package tomany

import (
	"fmt"
	"strings"
	"testing"

	"clientele/app"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/viewtest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func press(t *testing.T, w fyne.Window, label string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		if b, ok := o.(*kit.Button); ok && b.Text == label && !b.Disabled() {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("there is no button %q", label)
}

// The dialog is as high as what it holds, which is read after it was opened.
func TestOverviewIsAllInSight(t *testing.T) {
	b := viewtest.New(t)
	Show(b.Desk)
	found := false
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		if s, ok := o.(*container.Scroll); ok {
			found = true
			if s.Content.MinSize().Height > s.Size().Height {
				t.Errorf("%v of text have %v of room", s.Content.MinSize().Height, s.Size().Height)
			}
		}
	}
	if !found {
		t.Fatal("the dialog holds nothing")
	}
	press(t, b.Window, "Close")
}

// ML-6: it is said how many it goes to, the preview goes through real clients, what is wrong stands beside its field, and one that was begun can be paused, resumed
// and stopped.
func TestToMany(t *testing.T) {
	b := viewtest.New(t)
	b.Window.SetContent(b.Bar)
	for i := range 3 {
		_, err := b.App.Clients.Add(t.Context(), app.NewClient{Profile: app.Profile{
			FirstName: "Grace", LastName: fmt.Sprintf("Hopper %d", i), Email: fmt.Sprintf("g%d@example.com", i), Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
			MarketingOptIn: i > 0,
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	k := known{reach: app.Reach{Clients: 3, Agreed: 2}, ready: true}
	w := show(b.Desk, data.ClientFilter{}, k)
	if !strings.Contains(w.reach.Text(), "2 clients at most: one more did not agree") {
		t.Errorf("said %q", w.reach.Text())
	}
	if m := w.mail(); m.Body != "Dear {$client_name},\n\n\n\n{$signature}\n" || m.Subject != "" {
		t.Errorf("it begins with %q, %q", m.Subject, m.Body)
	}
	w.known.reach.Agreed = 0
	w.say()
	if !strings.Contains(w.reach.Text(), "nobody: none of the 3 clients chosen agreed") {
		t.Errorf("of nobody it says %q", w.reach.Text())
	}
	w.known.reach.Agreed = 2
	w.say()
	w.form.SetValues(map[string]string{app.FieldSubject: "News", app.FieldBody: "Dear {$client_nmae}"})
	press(t, b.Window, "Send")
	if !kit.DialogOpen() {
		t.Fatal("a field that is not there was sent")
	}
	w.form.SetValues(map[string]string{app.FieldBody: "Dear {$client_name}"})
	press(t, b.Window, "Preview")
	if !strings.Contains(w.shown.Text, "Dear Grace Hopper 1") {
		t.Errorf("the preview is %q", w.shown.Text)
	}
	press(t, b.Window, "Next Client")
	if !strings.Contains(w.shown.Text, "Dear Grace Hopper 2") {
		t.Errorf("the next preview is %q", w.shown.Text)
	}
	press(t, b.Window, "Send")
	if kit.DialogOpen() {
		t.Fatalf("not begun: %s", w.wrong.Text())
	}
	Show(b.Desk)
	b.Canvas().FocusNext()
	for _, label := range []string{"Pause", "Resume", "Pause"} { // the keyboard stays, also as the list is read anew
		b.Run.Advance(2 * readEvery)
		if had, ok := b.Canvas().Focused().(*kit.Button); !ok || had.Text != label {
			t.Fatalf("the keyboard is on %T, want %s", b.Canvas().Focused(), label)
		}
		b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	press(t, b.Window, "Stop")
	all, err := b.App.Campaigns.List(t.Context())
	if err != nil || len(all) != 1 || all[0].State != data.CampaignStopped || all[0].Total != 2 {
		t.Errorf("%+v, %v", all, err)
	}
}

// A subject can be read whole beside the mark of what became of the mail, which is not called done while some of it waits.
func TestOverviewShowsTheSubject(t *testing.T) {
	b := viewtest.New(t)
	o := &overview{d: b.Desk}
	c := app.Campaign{Campaign: data.Campaign{Subject: "News of Willow & Wren", State: data.CampaignDone, Total: 4, Queued: 3}, Mails: map[data.MailState]int64{data.MailQueued: 1, data.MailSent: 2}}
	row := o.row(c)
	w := test.NewTempWindow(t, row)
	w.Resize(fyne.NewSize(600, 140))
	text := ""
	for _, x := range test.LaidOutObjects(row) {
		if t, ok := x.(*canvas.Text); ok {
			text += t.Text + "\n"
		}
	}
	for _, want := range []string{"News of Willow & Wren\n", "Sending the last ones\n", "3 of 4 clients written to, 2 sent"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
	c.Mails[data.MailQueued] = 0
	if word, _ := stateOf(c); word != "Done" {
		t.Errorf("with all sent it is %q", word)
	}
}

// ML-6: those who did not agree to marketing get what everyone must know, and only where that is said; a template brings its text; whether there is a server is said before
// anything is written.
func TestToEveryone(t *testing.T) {
	b := viewtest.New(t)
	b.Window.SetContent(b.Bar)
	for i := range 3 {
		_, err := b.App.Clients.Add(t.Context(), app.NewClient{Profile: app.Profile{
			FirstName: "Grace", LastName: fmt.Sprintf("Hopper %d", i), Email: fmt.Sprintf("g%d@example.com", i), Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
			MarketingOptIn: i > 0,
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	templates, err := b.App.Templates.ByHand(t.Context())
	if err != nil || len(templates) == 0 {
		t.Fatal(err)
	}
	Write(b.Desk, data.ClientFilter{})
	if !kit.DialogOpen() {
		t.Fatal("it does not open")
	}
	kit.CloseDialogs()
	w := show(b.Desk, data.ClientFilter{}, known{reach: app.Reach{Clients: 3, Agreed: 2}, templates: templates})
	if said := w.reach.Text(); !strings.Contains(said, "It goes to 2 clients at most") || !strings.Contains(said, "No mail server is set up yet") {
		t.Errorf("said %q", said)
	}
	w.form.SetValues(map[string]string{keyTemplate: templates[0].Kind})
	w.follow()
	if v := w.form.Values(); v[app.FieldSubject] == "" || v[app.FieldBody] == "" {
		t.Errorf("the template brought %v", v)
	}
	w.form.SetValues(map[string]string{keyTemplate: "", app.FieldSubject: "Our new bank account", app.FieldBody: "It is this.", keyEveryone: keyEveryone})
	w.follow()
	if said := w.reach.Text(); !strings.Contains(said, "It goes to 3 clients at most") || strings.Contains(said, "did not agree") {
		t.Errorf("to everyone it said %q", said)
	}
	if len(w.sample) != 3 {
		t.Errorf("%d clients are in the preview", len(w.sample))
	}
	press(t, b.Window, "Send")
	all, err := b.App.Campaigns.List(t.Context())
	if err != nil || len(all) != 1 || all[0].Agreed || all[0].Total != 3 {
		t.Errorf("%+v, %v", all, err)
	}
}

// ML-6: while the list is open it follows what is written, and says what failed and who does not want it; the failed ones are one press away.
func TestOverviewFollows(t *testing.T) {
	b := viewtest.New(t)
	b.Window.SetContent(b.Bar)
	Show(b.Desk)
	_, err := b.App.Clients.Add(t.Context(), app.NewClient{Profile: app.Profile{
		FirstName: "Grace", LastName: "Hopper", Email: "g@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: data.Active, MarketingOptIn: true,
	}})
	if err == nil {
		_, err = b.App.Campaigns.Begin(t.Context(), app.ToMany{Category: app.General, Subject: "News", Body: "We have news."})
	}
	if err != nil {
		t.Fatal(err)
	}
	b.Run.Advance(readEvery)
	press(t, b.Window, "Pause")
	press(t, b.Window, "Close")

	o := &overview{d: b.Desk}
	o.dialog = kit.ShowDialog(b.Canvas(), kit.Dialog{Title: "x", Body: container.NewStack(), Close: "Close"})
	row := o.row(app.Campaign{
		Campaign: data.Campaign{Subject: "News", State: data.CampaignDone, Total: 9, Queued: 7, Skipped: 2}, Mails: map[data.MailState]int64{data.MailFailed: 3, data.MailSent: 4},
	})
	test.NewTempWindow(t, row)
	if text := progress(app.Campaign{Campaign: data.Campaign{Skipped: 2}, Mails: map[data.MailState]int64{data.MailFailed: 3}}); !strings.Contains(text, "3 failed") || !strings.Contains(text, "2 do not want it") {
		t.Errorf("said %q", text)
	}
	for _, x := range test.LaidOutObjects(row) {
		if button, ok := x.(*kit.Button); ok && button.Text == "Show Failed" {
			test.Tap(button)
		}
	}
	if kit.DialogOpen() || !strings.Contains(b.Went.Last(), "failed") {
		t.Errorf("went %q", b.Went.Last())
	}
}
