package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"clientele/app/i18n"
	"clientele/data"
)

// UndoLife is how long a deletion can be undone. After that what was deleted is really gone.
const UndoLife = 30 * 24 * time.Hour

// Undos takes deletions back (AP-6). There is one journal: each deletion writes into it, in its own transaction, what it deletes.
type Undos struct{ core }

// undoKind names what was deleted in the journal. Kinds are stored, so they are never renamed.
type undoKind string

// restorer puts back what a row of the journal holds. It checks the rules anew, since the world went on: an error of a kind that people can act on
// says why it can no longer be put back, and nothing is changed.
type restorer func(c *core, tx *data.Tx, u data.Undo, changes *[]Change) error

// restorers are the kinds of deletions that can be undone.
var restorers = map[undoKind]restorer{
	undoCredit:  restoreCredit,
	undoDraft:   restoreDraft,
	undoService: restoreService,
	undoContact: restoreContact,
	undoNote:    restoreNote,
	undoFile:    restoreFile,
}

// journal writes into the journal what is being deleted, and returns the number under which it can be undone. It must be called in the transaction
// of the deletion. blob is the contents of a file, or 0.
func (c *core) journal(tx *data.Tx, kind undoKind, clientID int64, subject string, content any, blob int64) (int64, error) {
	b, err := json.Marshal(content)
	if err != nil {
		return 0, err
	}
	u := data.Undo{Kind: string(kind), Subject: subject, Content: string(b), Who: c.who()}
	if clientID != 0 {
		u.ClientID = &clientID
	}
	if blob != 0 {
		u.BlobID = &blob
	}
	if err := tx.AddUndo(&u); err != nil {
		return 0, err
	}
	return u.ID, nil
}

// Undo puts back what the deletion with this number in the journal deleted, and returns how people call it. Where that is not possible any more,
// NotAllowed says why, and nothing is changed.
func (s *Undos) Undo(ctx context.Context, id int64) (subject string, err error) {
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		u, err := tx.UndoToChange(id)
		switch {
		case errors.Is(err, data.ErrNotFound), err == nil && s.now().UnixMilli()-u.At > UndoLife.Milliseconds():
			return s.cannot(i18n.T("This can no longer be undone: deletions are kept for %d days only, and go with their client.", int(UndoLife.Hours()/24)))
		case err != nil:
			return err
		case u.UndoneAt != nil:
			return s.cannot(i18n.T("This was undone already: “%s” is back in its place.", u.Subject))
		}
		restore, ok := restorers[undoKind(u.Kind)]
		if !ok {
			return fmt.Errorf("app: no way to undo %q", u.Kind)
		}
		if u.ClientID != nil {
			if _, err := tx.Client(*u.ClientID); errors.Is(err, data.ErrNotFound) {
				return s.cannot(i18n.T("“%s” cannot be put back, because its client is no longer there.", u.Subject))
			} else if err != nil {
				return err
			}
		}
		if err := restore(&s.core, tx, u, changes); err != nil {
			return err
		}
		subject = u.Subject
		a := s.entry(undone(undoKind(u.Kind)), 0, u.Subject, "")
		a.ClientID = u.ClientID
		if err := tx.AddActivity(a); err != nil {
			return err
		}
		return tx.SettleUndo(id)
	})
	return subject, err
}

// Last is the newest deletion by the admin at this desktop that was not undone yet; ok is false where there is none that still can be.
func (s *Undos) Last(ctx context.Context) (u data.Undo, ok bool, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		u, err = tx.LastUndo(s.who())
		return err
	})
	if CodeOf(err) == NotFound {
		return data.Undo{}, false, nil
	}
	return u, err == nil && s.now().UnixMilli()-u.At <= UndoLife.Milliseconds(), err
}

// Forget removes what can no longer be undone from the journal. It is run now and then in the background; stopping it leaves nothing half done.
func (s *Undos) Forget(ctx context.Context) error {
	const some = 200
	before := s.now().Add(-UndoLife).UnixMilli()
	for {
		var n int64
		err := s.write(ctx, func(tx *data.Tx, _ *[]Change) (err error) {
			n, err = tx.ForgetUndos(before, some)
			return err
		})
		if err != nil || n < some {
			return err
		}
	}
}

func (*Undos) cannot(words string) error { return &Error{Code: NotAllowed, Message: words} }

// restored decodes what a row of the journal holds.
func restored[T any](u data.Undo) (T, error) {
	var v T
	if err := json.Unmarshal([]byte(u.Content), &v); err != nil {
		return v, fmt.Errorf("app: the journal's row %d cannot be read: %w", u.ID, err)
	}
	return v, nil
}
