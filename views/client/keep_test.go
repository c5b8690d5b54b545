package client

import (
	"os"
	"strings"
	"testing"

	"clientele/app"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// onlyLeft is what the run that was killed left, which is one thing.
func onlyLeft(t *testing.T, b *viewtest.Bench) app.Typed {
	t.Helper()
	left := b.App.Unsaved.Left()
	if len(left) != 1 {
		t.Fatalf("left is %+v", left)
	}
	return left[0]
}

// nothingKept fails where something is still kept for the next run.
func nothingKept(t *testing.T, b *viewtest.Bench) {
	t.Helper()
	b.Run.Advance(desk.KeepAfter)
	if left := b.Ended().App.Unsaved.Left(); len(left) != 0 {
		t.Errorf("kept is %+v", left)
	}
}

// What was typed in Add New Client is offered after a crash and comes back, without the password; once it is saved nothing of it is kept.
func TestNewClientComesBack(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk)
	b.Show(p)
	ada(t, p.form, "ada@example.com")
	fill(t, p.form, app.FieldPassword, "marker-of-a-secret")
	if len(b.Ended().App.Unsaved.Left()) != 0 {
		t.Error("it was written at once, in the way of whoever types")
	}
	b.Run.Advance(desk.KeepAfter)
	raw, err := os.ReadFile(b.Unsaved)
	if err != nil || !strings.Contains(string(raw), "Lovelace") || strings.Contains(string(raw), "marker") {
		t.Fatalf("kept is %s, %v", raw, err)
	}

	b = b.Ended()
	if title := onlyLeft(t, b).Title(); title != "A new client (Ada Lovelace)" {
		t.Errorf("it is called %q", title)
	}
	p = New(b.Desk)
	b.Show(p)
	mustSay(t, b, "The program ended while you were writing here")
	if p.form.unsaved() {
		t.Error("it came back unasked")
	}
	press(t, b, "Bring Back What You Typed")
	if p.form.Value(app.FieldFirstName) != "Ada" || p.form.Value(app.FieldEmail) != "ada@example.com" || !p.form.unsaved() {
		t.Fatalf("back are %v", p.form.Values())
	}
	if says(b, "The program ended while you were writing here") {
		t.Error("it is still offered")
	}
	if left := b.Ended().App.Unsaved.Left(); len(left) != 1 {
		t.Errorf("a second kill would leave %+v", left)
	}
	fill(t, p.form, app.FieldCity, "London")
	p.Save()
	if c := get(t, b, 1); c.LastName != "Lovelace" || c.City != "London" {
		t.Errorf("stored is %+v", c)
	}
	nothingKept(t, b)
}

// A client that was added in the moment of the crash is not added again.
func TestNewClientThatWasAdded(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk)
	b.Show(p)
	ada(t, p.form, "ada@example.com")
	b.Run.Advance(desk.KeepAfter)
	killed := b.Ended()
	p.Save()
	again := New(killed.Desk)
	killed.Show(again)
	again.Reopen(onlyLeft(t, killed))
	again.Save()
	if n, _, err := b.App.Clients.Count(t.Context(), data.ClientFilter{}); n != 1 || err != nil {
		t.Errorf("there are %d clients, %v", n, err)
	}
}

// What is discarded is not kept: neither where the form asks, nor in the offer, where it can be undone.
func TestDiscardedIsNotKept(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk)
	b.Show(p)
	ada(t, p.form, "ada@example.com")
	b.Run.Advance(desk.KeepAfter)
	p.Leave(func() {})
	killed := b.Ended()
	press(t, b, "Discard")
	nothingKept(t, b)

	p = New(killed.Desk)
	killed.Show(p)
	press(t, killed, "Discard")
	if says(killed, "The program ended while you were writing here") {
		t.Error("it is offered still")
	}
	press(t, killed, "Undo")
	mustSay(t, killed, "The program ended while you were writing here")
}

// Bringing something back over what is typed now asks first.
func TestBringBackAsks(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk)
	b.Show(p)
	ada(t, p.form, "ada@example.com")
	b.Run.Advance(desk.KeepAfter)
	b = b.Ended()
	p = New(b.Desk)
	b.Show(p)
	fill(t, p.form, app.FieldFirstName, "Grace")
	b.Run.Advance(desk.KeepAfter)
	if n := len(b.Ended().App.Unsaved.Left()); n != 2 {
		t.Errorf("kept are %d: what was left may not be lost by typing anew", n)
	}
	press(t, b, "Bring Back What You Typed")
	if p.form.Value(app.FieldFirstName) != "Grace" {
		t.Fatal("what was typed is replaced unasked")
	}
	press(t, b, "Bring Back")
	if p.form.Value(app.FieldFirstName) != "Ada" || kit.DialogOpen() {
		t.Errorf("back are %v", p.form.Values())
	}
}

// A new note comes back in its field, on the client's Notes.
func TestNewNoteComesBack(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := Open(b.Desk, id)
	b.Show(p)
	p.bring(p.notes)
	p.notes.composer.editor.entry.SetText("a long talk with them")
	p.notes.composer.sticky.SetChecked(true)
	b.Run.Advance(desk.KeepAfter)

	b = b.Ended()
	left := onlyLeft(t, b)
	if left.Title() != "A note on Grace Hopper" {
		t.Errorf("it is called %q", left.Title())
	}
	p = Open(b.Desk, id)
	b.Show(p)
	p.Reopen(left)
	if c := p.notes.composer; c.editor.text() != "a long talk with them" || !c.sticky.Checked || p.Part() != "notes" {
		t.Fatalf("back is %q on %s", c.editor.text(), p.Part())
	}
	press(t, b, "Add Note")
	nothingKept(t, b)
}

// The edit of a note comes back in the note; saving finds what somebody else stored since. Where the note is gone the text comes back as a new one.
func TestEditedNoteComesBack(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	note, err := b.App.Notes.Add(t.Context(), app.NewNote{ClientID: id, Body: "first", Key: "k"})
	if err != nil {
		t.Fatal(err)
	}
	p := Open(b.Desk, id)
	b.Show(p)
	p.bring(p.notes)
	p.notes.cards[0].edit()
	p.notes.cards[0].editor.entry.SetText("first, and second")
	b.Run.Advance(desk.KeepAfter)

	killed := b.Ended()
	stored, err := killed.App.Notes.Get(t.Context(), note)
	if err != nil {
		t.Fatal(err)
	}
	if err := killed.App.Notes.Edit(t.Context(), note, stored.Version, "theirs"); err != nil {
		t.Fatal(err)
	}
	p = Open(killed.Desk, id)
	killed.Show(p)
	p.Reopen(onlyLeft(t, killed))
	if c := p.notes.cards[0]; c.editor == nil || c.editor.text() != "first, and second" || !c.unsaved() {
		t.Fatal("the edit did not come back")
	}
	press(t, killed, "Save Note")
	mustSay(t, killed, "Somebody else changed this note")
	kit.CloseDialogs()

	gone := b.Ended()
	if _, err := gone.App.Notes.Delete(t.Context(), note); err != nil {
		t.Fatal(err)
	}
	p = Open(gone.Desk, id)
	gone.Show(p)
	p.Reopen(onlyLeft(t, gone))
	if got := p.notes.composer.editor.text(); got != "first, and second" {
		t.Errorf("the text is %q", got)
	}
	mustSay(t, gone, "The text is here as a new note.")
}
