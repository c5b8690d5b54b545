package app_test

import (
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
)

// note adds a note of the office's client and returns it as it is stored.
func note(t *testing.T, o *apptest.Office, client int64, body string) data.Note {
	t.Helper()
	id, err := o.Notes.Add(ctx, app.NewNote{ClientID: client, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	n, err := o.Notes.Get(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// SU-1: a note says who wrote it and when, and who changed it and when; each act is in the log with what was before and after.
func TestNotesAndTheirLog(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "grace@example.com", nil)
		added := o.Clock.Now()
		n := note(t, o, client, "\n  Pays **late**; call first.  \n\n")
		if n.Body != "  Pays **late**; call first." || n.CreatedBy != "Alex Admin" || n.CreatedAt != added.UnixMilli() || n.Edited() {
			t.Errorf("added %+v", n)
		}
		o.Clock.Advance(time.Hour)
		if err := o.Notes.Edit(ctx, n.ID, n.Version, "Pays on time"); err != nil {
			t.Fatal(err)
		}
		if err := o.Notes.SetSticky(ctx, n.ID, true); err != nil {
			t.Fatal(err)
		}
		if err := o.Notes.SetSticky(ctx, n.ID, true); err != nil { // nothing changes
			t.Fatal(err)
		}
		sticky, err := o.Notes.Sticky(ctx, client)
		if err != nil || len(sticky) != 1 || sticky[0].Body != "Pays on time" || sticky[0].CreatedAt != added.UnixMilli() || sticky[0].UpdatedAt != o.Clock.Now().UnixMilli() || !sticky[0].Edited() {
			t.Errorf("sticky %+v, %v", sticky, err)
		}
		var got []string
		for _, a := range o.Activity(t, client) {
			got = append(got, a.Action+" | "+a.Subject+" | "+a.Details)
		}
		want := []string{
			"note.sticky | Pays on time | Sticky: no → yes",
			"note.changed | Pays on time | Text: Pays **late**; call first. → Pays on time",
			"note.added | Pays late; call first. | ",
		}
		if len(got) != 4 || strings.Join(got[:3], "\n") != strings.Join(want, "\n") {
			t.Errorf("the log says\n%s", strings.Join(got, "\n"))
		}
		if err := o.Notes.SetSticky(ctx, n.ID, false); err != nil {
			t.Fatal(err)
		}
		if sticky, err = o.Notes.Sticky(ctx, client); len(sticky) != 0 || err != nil {
			t.Errorf("still sticky: %+v, %v", sticky, err)
		}
		o.Sound(t)
	})
}

// 2.12: the second of two admins is told, nothing of the first one's is overwritten; making it sticky meanwhile is in nobody's way.
func TestNoteConflict(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		n := note(t, o, o.Add(t, "grace@example.com", nil), "first")
		other := o.Colleague(t)
		if err := other.Notes.SetSticky(ctx, n.ID, true); err != nil {
			t.Fatal(err)
		}
		if err := other.Notes.Edit(ctx, n.ID, n.Version, "theirs"); err != nil {
			t.Fatal(err)
		}
		if err := o.Notes.Edit(ctx, n.ID, n.Version, "mine"); app.CodeOf(err) != app.Conflict {
			t.Errorf("an edit over another's: %v", err)
		}
		if got, err := o.Notes.Get(ctx, n.ID); err != nil || got.Body != "theirs" {
			t.Errorf("stored %q, %v", got.Body, err)
		}
		if _, err := other.Notes.Delete(ctx, n.ID); err != nil {
			t.Fatal(err)
		}
		for what, err := range map[string]error{
			"edit": o.Notes.Edit(ctx, n.ID, 2, "mine"), "sticky": o.Notes.SetSticky(ctx, n.ID, false), "of no client": add(o, app.NewNote{ClientID: 4711, Body: "x"}),
		} {
			if app.CodeOf(err) != app.NotFound {
				t.Errorf("%s after it was deleted: %v", what, err)
			}
		}
	})
}

func add(o *apptest.Office, n app.NewNote) error {
	_, err := o.Notes.Add(ctx, n)
	return err
}

// AP-6: an undo puts a note back under its number, with its author, its times and its stickiness, findable as before, and is itself in the log.
func TestNoteUndo(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "grace@example.com", nil)
		n := note(t, o, client, "Calls the bookkeeper")
		if err := o.Notes.SetSticky(ctx, n.ID, true); err != nil {
			t.Fatal(err)
		}
		n.Sticky = true
		o.Clock.Advance(time.Hour)
		found := func() int {
			t.Helper()
			f, err := o.Clients.Search(ctx, "bookkeeper", 10)
			if err != nil {
				t.Fatal(err)
			}
			return len(f.Rows)
		}
		undo, err := o.Notes.Delete(ctx, n.ID)
		if err != nil {
			t.Fatal(err)
		}
		if list, err := o.Notes.List(ctx, client, 0, 10); len(list) != 0 || err != nil || found() != 0 {
			t.Errorf("after deleting: %+v, %v; found by %d", list, err, found())
		}
		o.Sound(t)
		subject, err := o.Undos.Undo(ctx, undo)
		if err != nil || subject != "Calls the bookkeeper" {
			t.Errorf("undo of %q: %v", subject, err)
		}
		if back, err := o.Notes.Get(ctx, n.ID); err != nil || back != n || found() != 1 {
			t.Errorf("came back as %+v, %v; found by %d; want %+v", back, err, found(), n)
		}
		if _, err := o.Undos.Undo(ctx, undo); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("a second undo: %v", err)
		}
		if next := note(t, o, client, "another"); next.ID <= n.ID {
			t.Errorf("a number was given twice: %d", next.ID)
		}
		log := o.Activity(t, client)
		if log[1].Action != "undone.note" || log[2].Action != "note.deleted" || log[1].Subject != subject {
			t.Errorf("the log says %q, then %q", log[2].Action, log[1].Action)
		}
		o.Sound(t)
	})
}

// What cannot be a note is refused with words, and nothing is stored; a second press of the button adds nothing.
func TestNoteRules(t *testing.T) {
	o := apptest.Open(t)
	client := o.Add(t, "grace@example.com", nil)
	for body, part := range map[string]string{
		"":                                     "empty note",
		" \n\t\n ":                             "empty note",
		strings.Repeat("ü", app.NoteLimit/2+1): "at most 64 KB",
		"a\x00b":                               "no text",
		"a\xffb":                               "no text",
	} {
		err := add(o, app.NewNote{ClientID: client, Body: body})
		if ps := app.ProblemsOf(err); len(ps) != 1 || ps[0].Field != app.FieldNote || !strings.Contains(ps[0].Message, part) {
			t.Errorf("%.20q: %v", body, err)
		}
	}
	whole := strings.Repeat("x", app.NoteLimit)
	if n := note(t, o, client, whole); n.Body != whole {
		t.Error("the longest note is not kept whole")
	}
	first, err := o.Notes.Add(ctx, app.NewNote{ClientID: client, Body: "once", Key: "press"})
	if err != nil {
		t.Fatal(err)
	}
	if second, err := o.Notes.Add(ctx, app.NewNote{ClientID: client, Body: "once", Key: "press"}); second != first || err != nil {
		t.Errorf("a second press: note %d, %v", second, err)
	}
	if list, err := o.Notes.List(ctx, client, 0, 10); len(list) != 2 || err != nil {
		t.Errorf("%d notes, %v", len(list), err)
	}
}
