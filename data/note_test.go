package data_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clientele/data"
	"clientele/data/datatest"
)

// addNote stores a note.
func addNote(t *testing.T, s *data.Store, client int64, body string, sticky bool) data.Note {
	t.Helper()
	n := data.Note{ClientID: client, Body: body, Sticky: sticky, CreatedBy: "Ann"}
	write(t, s, func(tx *data.Tx) error { return tx.AddNote(&n) })
	return n
}

// SU-1, SU-3: notes come newest first, a page at a time; the sticky ones alone; an edit of an older text changes nothing (2.12).
func TestNotes(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		client, other := datatest.Add(t, s, datatest.Client(1))[0].ID, datatest.Add(t, s, datatest.Client(2))[0].ID
		first := addNote(t, s, client, "first", true)
		second := addNote(t, s, client, "second", false)
		addNote(t, s, other, "of another client", true)
		third := addNote(t, s, client, "third", true)
		read := func() (all, page, sticky []data.Note) {
			err := s.Read(ctx, func(tx *data.Tx) (err error) {
				if all, err = tx.Notes(client, 0, 10); err != nil {
					return err
				}
				if page, err = tx.Notes(client, third.ID, 1); err != nil {
					return err
				}
				sticky, err = tx.StickyNotes(client, 10)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return all, page, sticky
		}
		all, page, sticky := read()
		if diff := cmp.Diff([]data.Note{third, second, first}, all); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]data.Note{second}, page); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]data.Note{third, first}, sticky); diff != "" {
			t.Error(diff)
		}
		write(t, s, func(tx *data.Tx) error { return tx.SetNoteText(second, "changed", "Bob") })
		write(t, s, func(tx *data.Tx) error { return tx.SetNoteSticky(first.ID, false) })
		err := s.Write(ctx, func(tx *data.Tx) error { return tx.SetNoteText(second, "changed by an old form", "Cid") })
		if !errors.Is(err, data.ErrChanged) {
			t.Errorf("an old form: %v", err)
		}
		all, _, sticky = read()
		if n := all[1]; n.Body != "changed" || n.UpdatedBy != "Bob" || n.CreatedBy != "Ann" || !n.Edited() || all[2].Edited() {
			t.Errorf("edited: %+v", n)
		}
		if diff := cmp.Diff([]data.Note{third}, sticky); diff != "" {
			t.Error(diff)
		}
	})
}

// CL-2: a client is found by their notes, in step with each act, to the letter (the check compares).
func TestNotesAreFound(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		client := datatest.Add(t, s, datatest.Client(1), datatest.Client(2))[0].ID
		is := func(text string, want bool) {
			t.Helper()
			if got := len(found(t, s, text)) == 1; got != want {
				t.Errorf("found by %q: %v, want %v", text, got, want)
			}
			checkSearch(t, s)
		}
		n := addNote(t, s, client, "Calls the **Bücherei**\nat noon", false)
		is("bucherei", true)
		is("at noon", true)
		write(t, s, func(tx *data.Tx) error { return tx.SetNoteText(n, "Prefers letters", "Bob") })
		is("bucherei", false)
		is("prefers letters", true)
		n, err := readNote(s, n.ID)
		if err != nil {
			t.Fatal(err)
		}
		write(t, s, func(tx *data.Tx) error { return tx.DeleteNote(n) })
		is("prefers", false)
		write(t, s, func(tx *data.Tx) error { return tx.RestoreNote(&n) })
		is("prefers", true)
		if back, err := readNote(s, n.ID); err != nil || back != n {
			t.Errorf("restored %+v, %v; want %+v", back, err, n)
		}
		// What is found by has an end: the newest notes come first.
		for range 80 {
			addNote(t, s, client, strings.Repeat("filling words ", 1000), false)
		}
		is("prefers", false)
		is("filling", true)
		addNote(t, s, client, strings.Repeat("x", 5000)+" toolate", false)
		is("toolate", false)
	})
}

func readNote(s *data.Store, id int64) (n data.Note, err error) {
	err = s.Read(ctx, func(tx *data.Tx) (err error) {
		n, err = tx.Note(id)
		return err
	})
	return n, err
}

// A check does not call an index broken that was changed since the last one, which the engine's connections would do if they were asked again.
func TestChecksDoNotRemember(t *testing.T) {
	s := datatest.Open(t)
	client := datatest.Add(t, s, datatest.Client(1))[0].ID
	for i := range 40 {
		addNote(t, s, client, strings.Repeat("filling words ", 300*(i%5+1)), false)
		if i%3 == 0 {
			sound(t, s)
		}
	}
}
