package app

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"clientele/app/i18n"
	"clientele/app/markup"
	"clientele/data"
)

// Notes are what admins write down about clients (SU-1). Their text is the little Markdown of package markup, stored as it was typed.
type Notes struct{ core }

const (
	// NoteLimit is how long the text of a note may be, in bytes.
	NoteLimit = 64 << 10
	// StickyLimit is how many sticky notes of a client are shown on every tab; there may be more.
	StickyLimit = 20
	// FieldNote is the key of a note's text in errors.
	FieldNote = "note"
)

// NewNote is a note that is to be added.
type NewNote struct {
	ClientID int64
	Body     string
	Sticky   bool
	// Key tells two presses of the same button from two notes: the second does nothing and returns the first one's note.
	Key string
}

// List reads up to n of a client's notes that are older than the note before, newest first, or the newest where before is 0.
func (s *Notes) List(ctx context.Context, clientID, before int64, n int) (notes []data.Note, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		notes, err = tx.Notes(clientID, before, n)
		return err
	})
	return notes, err
}

// Sticky reads a client's newest sticky notes.
func (s *Notes) Sticky(ctx context.Context, clientID int64) (notes []data.Note, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		notes, err = tx.StickyNotes(clientID, StickyLimit)
		return err
	})
	return notes, err
}

// Get reads a note.
func (s *Notes) Get(ctx context.Context, id int64) (n data.Note, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		n, err = tx.Note(id)
		return err
	})
	return n, err
}

// Add writes a note down and returns its number.
func (s *Notes) Add(ctx context.Context, n NewNote) (id int64, err error) {
	body, err := noteText(n.Body)
	if err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if _, err := tx.ClientToChange(n.ClientID); err != nil {
			return err
		}
		if n.Key != "" { // after the client was locked, so that the same press cannot come twice at once
			var done bool
			if id, done, err = tx.Act(n.Key); done || err != nil {
				return err
			}
		}
		note := data.Note{ClientID: n.ClientID, Body: body, Sticky: n.Sticky, CreatedBy: s.who()}
		if err := tx.AddNote(&note); err != nil {
			return err
		}
		id = note.ID
		var d difference
		d.flag(i18n.T("Sticky"), false, note.Sticky)
		if err := s.noted(tx, changes, actNoteAdded, note, d.String()); err != nil {
			return err
		}
		if n.Key != "" {
			return tx.RecordAct(n.Key, id)
		}
		return nil
	})
	return id, err
}

// Edit gives a note another text. version is that of the note as it was read: Conflict says that somebody else changed the text meanwhile, and
// nothing was written.
func (s *Notes) Edit(ctx context.Context, id, version int64, body string) error {
	body, err := noteText(body)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		before, err := s.toChange(tx, id)
		switch {
		case err != nil:
			return err
		case before.Version != version:
			return data.ErrChanged
		case before.Body == body:
			return nil
		}
		if err := tx.SetNoteText(before, body, s.who()); err != nil {
			return err
		}
		after := before
		after.Body = body
		var d difference
		d.text(i18n.T("Text"), before.Body, body)
		return s.noted(tx, changes, actNoteChanged, after, d.String())
	})
}

// SetSticky has a note shown on every tab of its client, or no longer.
func (s *Notes) SetSticky(ctx context.Context, id int64, sticky bool) error {
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		n, err := s.toChange(tx, id)
		if err != nil || n.Sticky == sticky {
			return err
		}
		if err := tx.SetNoteSticky(id, sticky); err != nil {
			return err
		}
		var d difference
		d.flag(i18n.T("Sticky"), n.Sticky, sticky)
		return s.noted(tx, changes, actNoteSticky, n, d.String())
	})
}

// Delete removes a note and returns the number under which that can be undone.
func (s *Notes) Delete(ctx context.Context, id int64) (undo int64, err error) {
	if err := s.may(Deleting); err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		n, err := s.toChange(tx, id)
		if err != nil {
			return err
		}
		if undo, err = s.journal(tx, undoNote, n.ClientID, noteName(n), n, 0); err != nil {
			return err
		}
		if err := tx.DeleteNote(n); err != nil {
			return err
		}
		return s.noted(tx, changes, actNoteDeleted, n, "")
	})
	return undo, err
}

// undoNote is a deleted note in the journal.
const undoNote undoKind = "note"

// restoreNote puts a note back under its number, with its author and its times.
func restoreNote(_ *core, tx *data.Tx, u data.Undo, changes *[]Change) error {
	n, err := restored[data.Note](u)
	if err != nil {
		return err
	}
	if err := tx.RestoreNote(&n); err != nil {
		return err
	}
	*changes = append(*changes, Change{TopicNotes, n.ClientID})
	return nil
}

// toChange reads a note and keeps others from changing it or its client until the transaction ends. The client comes first, as in all acts, so that no
// two wait for each other.
func (s *Notes) toChange(tx *data.Tx, id int64) (data.Note, error) {
	n, err := tx.Note(id)
	if err != nil {
		return n, err
	}
	if _, err := tx.ClientToChange(n.ClientID); err != nil {
		return n, err
	}
	return tx.Note(id) // as it is now that nobody changes it any more
}

// noted writes the line of the log and tells of the change.
func (s *Notes) noted(tx *data.Tx, changes *[]Change, act string, n data.Note, details string) error {
	*changes = append(*changes, Change{TopicNotes, n.ClientID})
	return tx.AddActivity(s.entry(act, n.ClientID, noteName(n), details))
}

// noteName is how a note is called in a sentence: by how it begins.
func noteName(n data.Note) string {
	const most = 60
	if name := markup.Beginning(n.Body, most); name != "" {
		return name
	}
	return i18n.T("a note without words")
}

// noteText checks the text of a note. The blanks at its end and empty lines around it are taken off; nothing else is changed.
func noteText(body string) (string, error) {
	body = strings.TrimRightFunc(strings.TrimLeft(strings.ReplaceAll(body, "\r\n", "\n"), "\n"), unicode.IsSpace)
	words := ""
	switch {
	case strings.TrimSpace(body) == "":
		words = i18n.T("Write something first: an empty note is not kept.")
	case len(body) > NoteLimit:
		words = i18n.T("This note is too long: it has %s, and a note has at most %s. Nothing was saved, and what you typed is still here. Shorten it, or make two notes of it.",
			i18n.FormatBytes(int64(len(body))), i18n.FormatBytes(NoteLimit))
	case !utf8.ValidString(body) || strings.ContainsFunc(body, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
		words = i18n.T("This note holds characters that are no text. Type it again, or paste it without them.")
	default:
		return body, nil
	}
	return "", Problems{{Code: Invalid, Field: FieldNote, Message: words}}
}
