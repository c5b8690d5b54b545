package client

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/data"
	"clientele/views/viewtest"
)

// jot stores a note.
func jot(t *testing.T, b *viewtest.Bench, client int64, body string, sticky bool) int64 {
	t.Helper()
	id, err := b.App.Notes.Add(t.Context(), app.NewNote{ClientID: client, Body: body, Sticky: sticky})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// written are the notes of a client, newest first.
func written(t *testing.T, b *viewtest.Bench, client int64) []data.Note {
	t.Helper()
	all, err := b.App.Notes.List(t.Context(), client, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// SU-1: a note is typed, formatted by buttons, looked at beforehand and added; the list has it with who and when.
func TestWriteANote(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	n := front[*notes](t, p)
	mustSay(t, b, "No notes yet")
	entry := n.composer.editor.entry
	if b.Canvas().Focused() != fyne.Focusable(entry) {
		t.Error("the field does not have the keyboard")
	}
	test.Type(entry, "Call ")
	press(t, b, "Bold")
	if entry.Text != "Call **bold**" {
		t.Errorf("the button made %q", entry.Text)
	}
	test.Type(entry, "now")
	if entry.Text != "Call **now**" {
		t.Errorf("typing after the button made %q", entry.Text)
	}
	entry.SetText("Call **first**\n- one")
	press(t, b, "Preview")
	mustSay(t, b, "one", "•")
	if shown := n.composer.editor.shown; !shown.Visible() || button(b, "Hide Preview") == nil {
		t.Error("the preview is out of sight")
	}
	mustSay(t, b, "Notes (not saved)")
	n.composer.sticky.SetChecked(true)
	press(t, b, "Add Note")
	if b.Bar.Text() != "Note added." || entry.Text != "" || n.composer.sticky.Checked || n.unsaved() {
		t.Errorf("the bar says %q, the field %q", b.Bar.Text(), entry.Text)
	}
	if all := written(t, b, id); len(all) != 1 || all[0].Body != "Call **first**\n- one" || !all[0].Sticky {
		t.Errorf("stored %+v", all)
	}
	mustSay(t, b, "Ann, 20/11/2026 09:30", "Call first • one") // the card, and the strip in the header
	p.Save()
	if b.Bar.Text() != "Everything is saved already." {
		t.Errorf("the bar says %q", b.Bar.Text())
	}
	press(t, b, "Add Note")
	mustSay(t, b, "Write something first: an empty note is not kept.")
}

// The buttons for looks work on what is selected.
func TestFormattingButtons(t *testing.T) {
	b := viewtest.New(t)
	e := newNoteEditor(b.Desk, 4, false)
	b.Window.SetContent(e.object)
	for _, c := range []struct{ text, press, want string }{
		{"words", "Bold", "**words**"},
		{"words", "Italic", "*words*"},
		{"a\nb", "List", "- a\n- b"},
		{"words", "Link", "[words](https://)"},
		{"https://example.com", "Link", "[words](https://example.com)"},
		{"", "Italic", "*italic*"},
		{"", "List", "- "},
		{"", "Link", "[words](https://)"},
	} {
		e.set(c.text)
		e.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
		press(t, b, c.press)
		if e.text() != c.want {
			t.Errorf("%s of %q made %q", c.press, c.text, e.text())
		}
	}
}

// What is typed after a button of a link goes where it is missing: in the place of the words, or of the address.
func TestTypingIntoALink(t *testing.T) {
	b := viewtest.New(t)
	e := newNoteEditor(b.Desk, 4, false)
	b.Window.SetContent(e.object)
	for _, c := range []struct{ selected, typed, want string }{
		{"", "site", "[site](https://)"},
		{"https://example.com", "site", "[site](https://example.com)"},
		{"site", "example.com", "[site](https://example.com)"},
	} {
		e.set(c.selected)
		e.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
		press(t, b, "Link")
		test.Type(e.entry, c.typed)
		if e.text() != c.want {
			t.Errorf("%q and typing %q made %q", c.selected, c.typed, e.text())
		}
	}
}

// A note is edited in its place, made sticky, deleted with a way back; what was typed is asked about.
func TestEditANote(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	jot(t, b, id, "first", false)
	p := open(t, b, id)
	n := front[*notes](t, p)
	card := n.cards[0]
	press(t, b, "Edit")
	card.editor.entry.SetText("changed")
	mustSay(t, b, "Notes (not saved)")
	p.Save()
	if got := written(t, b, id)[0]; got.Body != "changed" || b.Bar.Text() != "The note was saved." || card.editor != nil {
		t.Errorf("stored %q, the bar says %q", got.Body, b.Bar.Text())
	}
	mustSay(t, b, "edited by Ann")
	press(t, b, "Make Sticky")
	mustSay(t, b, "changed") // in the header as well
	if !p.header.sticky.Visible() || n.cards[0] != card {
		t.Error("no strip, or the card was made anew")
	}
	press(t, b, "Delete")
	if len(written(t, b, id)) != 0 || b.Bar.Text() != "Note deleted." || p.header.sticky.Visible() {
		t.Errorf("the bar says %q", b.Bar.Text())
	}
	press(t, b, "Undo")
	if all := written(t, b, id); len(all) != 1 || !all[0].Sticky || len(n.cards) != 1 {
		t.Errorf("after the undo: %+v", all)
	}
	n.cards[0].edit()
	n.cards[0].editor.entry.SetText("dropped")
	n.cards[0].cancel()
	press(t, b, "Discard")
	if n.cards[0].unsaved() || written(t, b, id)[0].Body != "changed" {
		t.Error("discarded, but not")
	}
}

// CL-8 holds for notes: leaving asks, in whichever field something was typed; a text survives other tabs and other people's notes.
func TestNotesAskBeforeLeaving(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	left := 0
	leave := func() { p.Leave(func() { left++ }) }
	if leave(); left != 1 {
		t.Fatal("asks although nothing was typed")
	}
	p.notes.quick.editor.entry.SetText("on the Summary")
	n := front[*notes](t, p)
	n.composer.editor.entry.SetText("on the tab")
	p.Tab(1)
	jot(t, b, id, "somebody else's", false)
	front[*notes](t, p)
	if n.composer.editor.text() != "on the tab" || len(n.cards) != 1 {
		t.Errorf("the field has %q, the list %d notes", n.composer.editor.text(), len(n.cards))
	}
	leave()
	if left != 1 {
		t.Fatal("did not ask")
	}
	press(t, b, "Stay Here")
	leave()
	press(t, b, "Save Changes")
	if all := written(t, b, id); left != 2 || len(all) != 3 || n.unsaved() {
		t.Errorf("left %d times with %d notes", left, len(all))
	}
	n.composer.editor.entry.SetText("unwanted")
	leave()
	press(t, b, "Discard")
	if left != 3 || n.unsaved() || len(written(t, b, id)) != 3 {
		t.Error("discarding did not")
	}
	n.composer.editor.entry.SetText(strings.Repeat("ü", app.NoteLimit-1))
	leave()
	press(t, b, "Save Changes")
	mustSay(t, b, "This note is too long")
	if left != 3 || !n.unsaved() {
		t.Error("left although it could not be saved")
	}
}

// 2.12: the second of two admins is shown what the note says now, and chooses.
func TestNoteConflict(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	note := jot(t, b, id, "first", false)
	n := front[*notes](t, open(t, b, id))
	edit := func(mine string) *noteCard {
		t.Helper()
		c := n.cards[0]
		c.edit()
		c.editor.entry.SetText(mine)
		now := written(t, b, id)[0]
		if err := colleague(t, b).Notes.Edit(t.Context(), note, now.Version, "theirs before "+mine); err != nil {
			t.Fatal(err)
		}
		press(t, b, "Save Note")
		return c
	}
	c := edit("mine")
	mustSay(t, b, "Somebody else changed this note", "theirs before mine")
	press(t, b, "Go On Editing")
	if c.editor.text() != "mine" || written(t, b, id)[0].Body != "theirs before mine" {
		t.Fatal("what was typed is lost, or was stored")
	}
	press(t, b, "Save Note")
	press(t, b, "Save Over It")
	if got := written(t, b, id)[0].Body; got != "mine" {
		t.Errorf("stored %q", got)
	}
	c = edit("mine again")
	press(t, b, "Reload")
	if c.editor != nil || c.note.Body != "theirs before mine again" {
		t.Errorf("shows %q", c.note.Body)
	}
	c.edit()
	c.editor.entry.SetText("too late")
	if _, err := colleague(t, b).Notes.Delete(t.Context(), note); err != nil {
		t.Fatal(err)
	}
	n.read()
	mustSay(t, b, "Somebody else deleted this note.")
	if n.cards[0].editor.text() != "too late" {
		t.Error("what was typed went with the note")
	}
}

// SU-1: sticky notes are a strip on every tab: a line of the newest ones, and all of them in full once opened.
func TestStickyStrip(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	if p.header.sticky.Visible() {
		t.Error("a strip without notes")
	}
	high := p.header.object.MinSize().Height
	for i := range 4 {
		jot(t, b, id, fmt.Sprintf("sticky %d %s", i+1, strings.Repeat("long words ", 60)), true)
	}
	for tab := range p.parts {
		p.Tab(tab + 1)
		mustSay(t, b, "sticky 4", "sticky 3")
	}
	if says(b, "sticky 2 long") {
		t.Error("more than two lines")
	}
	p.Tab(2)
	closed := p.header.object.MinSize().Height
	press(t, b, "Show All 4 Sticky Notes")
	mustSay(t, b, "sticky 1")
	if opened := p.header.object.MinSize().Height; closed <= high || opened <= closed || opened > closed+stickyHeight {
		t.Errorf("the header is %v high, with the strip %v, opened %v", high, closed, opened)
	}
	press(t, b, "Show Less")
	press(t, b, "Show All 4 Sticky Notes")
	press(t, b, "All Notes")
	if p.current() != part(p.notes) {
		t.Error("the strip does not lead to the notes")
	}
}

// Goal 26: with 500 notes no more are read and drawn than a page, and the next ones on demand; a long one is shown in part.
func TestManyNotes(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	for i := range 60 {
		jot(t, b, id, fmt.Sprintf("number %d", i+1), false)
	}
	jot(t, b, id, "long "+strings.Repeat("words ", 2000)+"end", false)
	n := front[*notes](t, open(t, b, id))
	if len(n.cards) != notePage || n.cards[1].note.Body != "number 60" {
		t.Fatalf("%d cards", len(n.cards))
	}
	press(t, b, "Show the Whole Note")
	if !n.cards[0].whole {
		t.Error("still cut")
	}
	for range 3 {
		n.readOlder()
	}
	if len(n.cards) != 61 || n.cards[60].note.Body != "number 1" || n.more {
		t.Errorf("%d cards, more: %v", len(n.cards), n.more)
	}
}

// A text draws its looks, and its links lead where they say; a hostile one is drawn as what was typed.
func TestFormatted(t *testing.T) {
	b := viewtest.New(t)
	b.Window.SetContent(formatted("# Head\nplain\n\n1. *slanted* [site](https://example.com/)\n\n[x](javascript:alert(1)) ![p](file:///etc/passwd)"))
	mustSay(t, b, "Head", "plain", "1.", "[x](javascript:alert(1)) ![p](file:///etc/passwd)")
	var links []string
	for _, o := range test.LaidOutObjects(b.Canvas().Content()) {
		if l, ok := o.(*widget.Hyperlink); ok {
			links = append(links, l.Text+" "+l.URL.String())
		}
	}
	if fmt.Sprint(links) != "[site https://example.com/]" {
		t.Errorf("links: %q", links)
	}
}

// The Summary has the newest notes and a field for one more.
func TestNotesOnTheSummary(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	mustSay(t, b, "No notes yet.")
	p.notes.quick.editor.entry.SetText("quickly")
	test.Tap(p.notes.quick.add)
	mustSay(t, b, "quickly", "Ann, 20/11/2026 09:30")
	for i := range 3 {
		jot(t, b, id, fmt.Sprintf("more %d", i), false)
	}
	mustSay(t, b, "more 2")
	press(t, b, "All Notes")
	if p.current() != part(p.notes) {
		t.Error("does not lead to the notes")
	}
}

// The keyboard stays where a note is: on what was pressed, on Edit once the text is stored or left, and with the next note, or the field for a new one, after a note
// was deleted.
func TestNotesKeepTheKeyboard(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	jot(t, b, id, "older", false)
	jot(t, b, id, "newer", false)
	p := open(t, b, id)
	n := front[*notes](t, p)
	c := b.Canvas()
	key := func(name fyne.KeyName) { c.Focused().TypedKey(&fyne.KeyEvent{Name: name}) }
	on := func(when string, want fyne.Focusable) {
		t.Helper()
		if c.Focused() != want {
			t.Errorf("%s the keyboard is on %T", when, c.Focused())
		}
	}
	newer := n.cards[0]
	c.Focus(newer.change)
	for name, leave := range map[string]func(){
		"saved":   func() { c.Focused().TypedRune('x'); p.Save() },
		"left":    func() { key(fyne.KeyEscape) },
		"pressed": func() { c.Focused().TypedRune('y'); c.Focus(newer.save); key(fyne.KeyReturn) },
	} {
		key(fyne.KeyReturn)
		on("while it is edited,", newer.editor.entry)
		leave()
		on(name, newer.change)
	}
	c.Focus(newer.pin)
	key(fyne.KeySpace)
	on("made sticky,", newer.pin)
	if newer.pin.Text != "Not Sticky" {
		t.Errorf("the button says %q", newer.pin.Text)
	}
	older := n.cards[1]
	for _, want := range []fyne.Focusable{older.change, n.composer.editor.entry} {
		c.Focus(n.cards[0].bin)
		key(fyne.KeyReturn)
		on("deleted,", want)
	}
}
