package app

import (
	"context"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"clientele/app/filename"
	"clientele/app/i18n"
	"clientele/data"
)

// Files keeps the files of clients (FI-1, FI-2). Their contents lie in the database in pieces, so that one backup holds all, and pass through memory a few pieces
// at a time.
type Files struct {
	core
	settings *SettingsService
	scratch  string

	mu        sync.Mutex
	abandoned []int64 // contents of failed uploads that could not be removed at once
}

// Acts on files as the activity log names them.
const (
	actFileAdded   = "file.added"
	actFileChanged = "file.changed"
	actFileDeleted = "file.deleted"
)

// undoFile is a deleted file in the journal.
const undoFile undoKind = "file"

// The fields of a file, for the errors that name them.
const (
	FieldTitle     = "title"
	FieldFileName  = "name"
	FieldAdminOnly = "admin_only"
)

// longestTitle is how long a title may be, in characters.
const longestTitle = 200

// FileDetails are what can be changed about a file.
type FileDetails struct {
	Title     string // empty means the name
	Name      string
	AdminOnly bool // the client does not see it in the client area
}

// apply cleans the details and puts them into a file.
func (d FileDetails) apply(f *data.File) error {
	if strings.TrimSpace(d.Name) == "" {
		return Problems{{Code: Invalid, Field: FieldFileName, Message: i18n.T("Enter a name for the file.")}}
	}
	f.Name, f.AdminOnly = filename.Clean(d.Name), d.AdminOnly
	f.Title = strings.TrimSpace(norm.NFC.String(strings.ToValidUTF8(d.Title, "")))
	switch {
	case f.Title == "":
		f.Title = f.Name
	case utf8.RuneCountInString(f.Title) > longestTitle:
		return Problems{{Code: Invalid, Field: FieldTitle, Message: i18n.T("This is longer than %d characters.", longestTitle)}}
	case strings.ContainsFunc(f.Title, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }):
		return Problems{{Code: Invalid, Field: FieldTitle, Message: i18n.T("This holds characters that cannot be seen.")}}
	}
	return nil
}

// List reads up to n files of a client, newest first: those that are older than the file with the number before, or the newest where that is 0.
func (s *Files) List(ctx context.Context, clientID, before int64, n int) (fs []data.File, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		fs, err = tx.Files(clientID, before, n)
		return err
	})
	return fs, err
}

// Totals tells how many files a client has and how many bytes they hold.
func (s *Files) Totals(ctx context.Context, clientID int64) (count, size int64, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		count, size, err = tx.FileTotals(clientID)
		return err
	})
	return count, size, err
}

// Get reads what is known of one file.
func (s *Files) Get(ctx context.Context, id int64) (f data.File, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		f, err = tx.File(id)
		return err
	})
	return f, err
}

// Twin finds another file of the same client with the same contents; ok is false where there is none.
func (s *Files) Twin(ctx context.Context, id int64) (f data.File, ok bool, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		f, err = tx.FileTwin(id)
		return err
	})
	if CodeOf(err) == NotFound {
		return data.File{}, false, nil
	}
	return f, err == nil, err
}

// Change writes title, name and Admin Only of a file. version is that of the file as it was read: Conflict says that somebody else changed it meanwhile, and
// nothing was written.
func (s *Files) Change(ctx context.Context, id, version int64, d FileDetails) error {
	var wanted data.File
	if err := d.apply(&wanted); err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		before, err := tx.FileToChange(id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return data.ErrChanged
		}
		return s.change(tx, changes, before, wanted)
	})
}

// SetAdminOnly sets or takes away Admin Only on files and tells on how many it was not so before.
func (s *Files) SetAdminOnly(ctx context.Context, ids []int64, on bool) (changed int, err error) {
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		changed = 0
		for _, id := range ids {
			before, err := tx.FileToChange(id)
			if err != nil {
				return err
			}
			after := before
			if after.AdminOnly = on; before.AdminOnly != on {
				changed++
			}
			if err := s.change(tx, changes, before, after); err != nil {
				return err
			}
		}
		return nil
	})
	return changed, err
}

// change writes what differs, with its line in the log.
func (s *Files) change(tx *data.Tx, changes *[]Change, before, after data.File) error {
	var d difference
	d.text(i18n.T("Title"), before.Title, after.Title)
	d.text(i18n.T("Name"), before.Name, after.Name)
	d.flag(i18n.T("Admin Only"), before.AdminOnly, after.AdminOnly)
	if len(d.lines) == 0 {
		return nil
	}
	if err := tx.UpdateFile(before, &after); err != nil {
		return err
	}
	*changes = append(*changes, Change{TopicFiles, before.ClientID})
	return tx.AddActivity(s.entry(actFileChanged, before.ClientID, after.Title, d.String()))
}

// Delete removes files, all or none, and returns the numbers under which each can be undone, in the same order. Their contents go when they no longer can be.
func (s *Files) Delete(ctx context.Context, ids ...int64) (undos []int64, err error) {
	if err := s.may(Deleting); err != nil {
		return nil, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		undos = undos[:0]
		for _, id := range ids {
			f, err := tx.FileToChange(id)
			if err != nil {
				return err
			}
			if err := tx.DeleteFile(id); err != nil {
				return err
			}
			undo, err := s.journal(tx, undoFile, f.ClientID, f.Title, f, f.BlobID)
			if err != nil {
				return err
			}
			if err := tx.AddActivity(s.entry(actFileDeleted, f.ClientID, f.Title, describeFile(f))); err != nil {
				return err
			}
			undos = append(undos, undo)
			*changes = append(*changes, Change{TopicFiles, f.ClientID})
		}
		return nil
	})
	return undos, err
}

// restoreFile puts a deleted file back under the number that it had. The limits are not asked: it was there already.
func restoreFile(_ *core, tx *data.Tx, u data.Undo, changes *[]Change) error {
	f, err := restored[data.File](u)
	if err != nil {
		return err
	}
	f.Version++ // whoever read it before the deletion has not seen this
	if err := tx.InsertFile(&f); err != nil {
		return err
	}
	*changes = append(*changes, Change{TopicFiles, f.ClientID})
	return nil
}

// describeFile is a file that came or went as the log has it.
func describeFile(f data.File) string {
	lines := []string{i18n.T("Name") + ": " + f.Name, i18n.T("Size") + ": " + i18n.FormatBytes(f.Size), i18n.T("Admin Only") + ": " + yesNo(f.AdminOnly)}
	return strings.Join(lines, "\n")
}
