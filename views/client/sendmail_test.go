package client

import (
	"crypto/sha256"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

// mailTab is the tab with the mails of a client.
func mailTab(t *testing.T, p *Page) *emails {
	t.Helper()
	for _, part := range p.parts {
		if e, ok := part.(*emails); ok {
			return e
		}
	}
	t.Fatal("there is no such tab")
	return nil
}

// writeMail begins a mail from the Summary.
func writeMail(t *testing.T, b *viewtest.Bench, id int64) (*Page, *writer) {
	t.Helper()
	p := open(t, b, id)
	press(t, b, "Write Email…")
	e := mailTab(t, p)
	if e.writer == nil || p.current() != e || b.Canvas().Focused() != e.writer.subject.Focus() {
		t.Fatal("no mail was begun, or its subject has not the keyboard")
	}
	return p, e.writer
}

// keepFile stores a file of a client.
func keepFile(t *testing.T, b *viewtest.Bench, client int64, name string, size int, adminOnly bool) {
	t.Helper()
	err := b.Store.Write(t.Context(), func(tx *data.Tx) error {
		content := make([]byte, size)
		blob, err := tx.NewBlob()
		if err != nil {
			return err
		}
		if err := tx.AppendBlob(blob, 0, content); err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		if err := tx.FinishBlob(blob, int64(size), sum[:]); err != nil {
			return err
		}
		return tx.InsertFile(&data.File{ClientID: client, BlobID: blob, Title: name, Name: name, Size: int64(size), AdminOnly: adminOnly})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func withContact(t *testing.T, b *viewtest.Bench, client int64, email string) {
	t.Helper()
	err := b.Store.Write(t.Context(), func(tx *data.Tx) error {
		return tx.InsertContact(&data.Contact{ClientID: client, FirstName: "Con", LastName: "Tact", Email: email, MailGeneral: true})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// SU-4, CO-5: a mail is begun from the Summary, says who receives it, is previewed with the client's values, and goes into the outbox with its file.
func TestWriteMail(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(mailReady)
	id := add(t, b, "grace@example.com", nil)
	withContact(t, b, id, "books@example.com")
	keepFile(t, b, id, "Offer.pdf", 2048, false)
	p, w := writeMail(t, b, id)
	mustSay(t, b, "Grace Hopper <grace@example.com>", "Con Tact <books@example.com>")
	if w.unsent() {
		t.Error("unsent before anything was typed")
	}
	test.Type(w.subject.Entry, "Your offer")
	w.subject.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(mails(t, b, id)) != 0 || b.Canvas().Focused() != w.body.Focus() {
		t.Fatal("Enter in the subject does not go on to the message")
	}
	test.Type(w.body.Entry, "thank you, ") // goes between the greeting and the signature
	w.body.Insert(app.MergeFields()[1].Token)
	w.files.SetValue("1")
	mustSay(t, b, "One file is attached: 2 KB of at most 20 MB.")
	press(t, b, "Preview")
	if !kit.DialogOpen() {
		t.Fatalf("no preview: %s", w.message.Text())
	}
	mustSay(t, b, "Your offer", "Offer.pdf  (2 KB)", "Con Tact <books@example.com> (copy)")
	press(t, b, "Send")
	ms := mails(t, b, id)
	if len(ms) != 1 || ms[0].Subject != "Your offer" || ms[0].ToLine != "grace@example.com, books@example.com" || kit.DialogOpen() {
		t.Fatalf("%+v, dialog open: %v", ms, kit.DialogOpen())
	}
	view, err := b.App.Mails.View(t.Context(), ms[0].ID)
	if err != nil || !strings.HasPrefix(view.BodyText, "Dear Grace Hopper,\n\nthank you, Grace\n\nNorthwind Studio") || len(view.Files) != 1 {
		t.Errorf("%+v, %v", view, err)
	}
	e := mailTab(t, p)
	if e.writer != nil || len(e.rows) != 1 || b.Bar.Text() != "The mail went to the outbox." {
		t.Errorf("the list has %d mails; the bar says %q", len(e.rows), b.Bar.Text())
	}
	press(t, b, "Show")
	if !kit.DialogOpen() {
		t.Fatal("the mail is not shown")
	}
	press(t, b, "Close")
}

// The subject may be typed on the Summary already; Enter leads on to the message, and the mail counts as begun.
func TestSubjectFromSummary(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	for _, o := range test.LaidOutObjects(top(b)) {
		if e, ok := o.(*kit.Entry); ok && e.PlaceHolder == "Subject" {
			test.Type(e, "Your offer")
			e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			break
		}
	}
	w := mailTab(t, p).writer
	if w == nil || w.subject.Value() != "Your offer" || b.Canvas().Focused() != w.body.Focus() || !w.unsent() {
		t.Fatalf("%+v", w)
	}
}

// What is wrong is said beside its field, and nothing that was typed is lost.
func TestWrongMailKeepsText(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(mailReady)
	id := add(t, b, "grace@example.com", func(n *app.NewClient) { n.Wants = map[app.Category]bool{app.General: true} })
	_, w := writeMail(t, b, id)
	w.body.SetValue("Dear {$clientname}")
	w.form.SetValues(map[string]string{app.FieldMailCategory: string(app.Invoice)})
	w.show()
	mustSay(t, b, "does not want emails of the category Invoice, and no contact gets copies of them. Choose another category.")
	for _, button := range []string{"Preview", "Send"} {
		press(t, b, button)
		mustSay(t, b, "Enter a subject.", "There is no field {$clientname} in this mail.", "Choose another category.")
		if kit.DialogOpen() || w.body.Value() != "Dear {$clientname}" || len(mails(t, b, id)) != 0 {
			t.Fatalf("%s: dialog open %v, text %q", button, kit.DialogOpen(), w.body.Value())
		}
	}
	w.subject.SetValue("Hello")
	w.body.SetValue("Dear {$client_name}")
	w.form.SetValues(map[string]string{app.FieldMailCategory: string(app.General)})
	press(t, b, "Send")
	if len(mails(t, b, id)) != 1 {
		t.Errorf("not sent: %s", w.message.Text())
	}
}

// Leaving asks once something was typed, by Escape as by closing the tab; going on keeps the text, discarding goes back to the list.
func TestLeaveUnsentMail(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(mailReady)
	id := add(t, b, "grace@example.com", nil)
	p, w := writeMail(t, b, id)
	left := 0
	p.Leave(func() { left++ })
	if left != 1 {
		t.Fatal("asks although nothing was typed")
	}
	test.Type(w.subject.Entry, "Half a")
	p.Leave(func() { left++ })
	if !kit.DialogOpen() || left != 1 {
		t.Fatal("does not ask")
	}
	press(t, b, "Go On Writing")
	p.Tab(1)
	p.WriteMail()
	if w != mailTab(t, p).writer || w.subject.Value() != "Half a" {
		t.Fatal("another mail was begun, or the text is lost")
	}
	p.Save() // Ctrl+S sends nothing
	if len(mails(t, b, id)) != 0 {
		t.Fatal("Ctrl+S sent half a mail")
	}
	w.subject.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	mustSay(t, b, "It was not sent, and what was written is not kept.")
	press(t, b, "Discard")
	mustSay(t, b, "No mail yet")
	if mailTab(t, p).writer != nil || len(mails(t, b, id)) != 0 {
		t.Error("not discarded")
	}
	press(t, b, "Write Email")
	if again := mailTab(t, p).writer; again == nil || again.subject.Value() != "" {
		t.Error("a new mail does not begin empty")
	}
}

// While a mail is written, changes elsewhere come in: who receives it, which files there are, whether a server is set up. The text stays.
func TestWrittenMailFollowsChanges(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	keepFile(t, b, id, "a.txt", 10, false)
	_, w := writeMail(t, b, id)
	mustSay(t, b, "No mail server is set up yet. The mail waits in the outbox until one is.")
	w.subject.SetValue("Hello")
	w.files.SetValue("1")
	w.began = map[string]string{}
	keepFile(t, b, id, "b.txt", 20, true)
	change(t, b.App, id, func(p *app.Profile) { p.FirstName = "Amazing" })
	if w.subject.Value() != "Hello" || len(w.files.all) != 2 || len(w.files.chosen()) != 1 {
		t.Fatalf("subject %q, %d files, %v chosen", w.subject.Value(), len(w.files.all), w.files.chosen())
	}
	mustSay(t, b, "Amazing Hopper <grace@example.com>")
	b.Settings(mailReady)
	if says(b, "No mail server") {
		t.Error("the server that was set up is not noticed")
	}
}

// A file that the client does not see is marked, and choosing it warns before the mail can go.
func TestAdminOnlyFileWarns(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(mailReady)
	id := add(t, b, "grace@example.com", nil)
	keepFile(t, b, id, "margin.xlsx", 10, true)
	_, w := writeMail(t, b, id)
	w.subject.SetValue("Hello")
	if says(b, "Admin Only files are among them") {
		t.Error("warns of a file that is not chosen")
	}
	w.files.SetValue("1")
	mustSay(t, b, "Admin Only files are among them, which everybody who receives this mail will see: “margin.xlsx”.")
	press(t, b, "Send")
	if len(mails(t, b, id)) != 1 {
		t.Errorf("not sent: %s", w.message.Text())
	}
}

// Without a mail server the mail is stored and waits (CL-7).
func TestMailWaitsForServer(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	_, w := writeMail(t, b, id)
	press(t, b, "Set Up Mail")
	if b.Went.Last() != "settings mail" {
		t.Errorf("went %q", b.Went.Last())
	}
	w.subject.SetValue("Hello")
	press(t, b, "Send")
	if ms := mails(t, b, id); len(ms) != 1 || ms[0].State != data.MailQueued || !strings.Contains(b.Bar.Text(), "until a mail server is set up") {
		t.Errorf("%+v; says %q", ms, b.Bar.Text())
	}
}

// The looks of a mail that is being written: an ordinary one, and one with all that can be said of it in a narrow window.
func TestWriteMailPictures(t *testing.T) {
	for name, tt := range map[string]struct {
		mode  theme.Mode
		size  fyne.Size
		wrong bool
	}{
		"write-light":  {theme.Light, fyne.NewSize(1100, 760), false},
		"write-dark":   {theme.Dark, fyne.NewSize(1100, 760), false},
		"write-narrow": {theme.Light, fyne.NewSize(760, 960), true},
	} {
		t.Run(name, func(t *testing.T) {
			b := viewtest.New(t)
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: tt.mode}))
			office(t, b)
			withContact(t, b, 1, "bookkeeping@featherstone.example")
			keepFile(t, b, 1, "Framework agreement 2026.pdf", 1_340_000, false)
			keepFile(t, b, 1, "Margins.xlsx", 48_000, true)
			b.Window.SetPadded(false)
			b.Window.Resize(tt.size)
			w := newWriter(b.Desk, 1, func() string { return "" }, func() {})
			w.read()
			b.Window.SetContent(w.object)
			t.Cleanup(b.App.Events.Subscribe(w.changed))
			w.subject.SetValue("Your framework agreement")
			w.files.SetValue("1")
			if tt.wrong {
				b.Settings(func(s *app.Settings) { s.SMTPHost = "" })
				w.subject.SetValue("")
				w.body.SetValue("Dear {$clientname}")
				w.files.SetValue("1,2")
				press(t, b, "Send")
			}
			b.Canvas().Focus(w.send)
			b.Canvas().Unfocus() // a caret blinks
			viewtest.Looks(t, name+".png", b.Canvas())
		})
	}
}
