package app

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"clientele/app/i18n"
	"clientele/app/importing"
)

// ImportForm is what is known of a file before it is imported: what the admin is shown and may change.
type ImportForm struct {
	Path    string
	File    *importing.File
	Mapping importing.Mapping
	Habits  importing.Habits
	Samples []importing.Row // the first rows

	file  *os.File
	at    os.FileInfo // of the file when it was opened
	found fileForm
}

// fileForm is how a file is read, as it was found or as a person chose.
type fileForm struct {
	encoding  importing.Encoding
	delimiter byte
	header    bool
}

func formOf(f *importing.File) fileForm { return fileForm{f.Encoding, f.Delimiter, f.HasHeader} }

// Close lets go of the file.
func (f *ImportForm) Close() error { return f.file.Close() }

// sampleRows is how many rows of a file are shown with its mapping.
const sampleRows = 5

// Inspect opens a CSV file and finds its form. The caller closes it.
func (s *Imports) Inspect(ctx context.Context, path string) (*ImportForm, error) {
	return inspect(ctx, path, func(*ImportForm) error { return nil })
}

// Again opens the file of a form anew where another one lies in its place by now, or it was written since: most programs save a file beside the old one and give it
// the old name then, so that whoever holds the old one open never sees what was mended. What a person chose stays, and so does the mapping where the columns are the
// same. Where nothing changed it answers the form itself, otherwise a new one, and the caller closes both.
func (s *Imports) Again(ctx context.Context, form *ImportForm) (*ImportForm, error) {
	if now, err := os.Stat(form.Path); err == nil && os.SameFile(now, form.at) && now.Size() == form.at.Size() && now.ModTime().Equal(form.at.ModTime()) {
		return form, nil
	}
	return inspect(ctx, form.Path, form.carry)
}

// carry has another form read its file as a person chose for this one.
func (f *ImportForm) carry(to *ImportForm) error {
	chosen := formOf(f.File)
	if chosen.encoding != f.found.encoding {
		if err := to.File.Decode(chosen.encoding); err != nil {
			return err
		}
	}
	if chosen.delimiter != f.found.delimiter {
		if err := to.File.Split(chosen.delimiter); err != nil {
			return err
		}
	}
	if chosen.header != f.found.header {
		if err := to.File.TakeHeader(chosen.header); err != nil {
			return err
		}
	}
	if slices.Equal(to.File.Header, f.File.Header) {
		to.Mapping = slices.Clone(f.Mapping)
	} else {
		to.Mapping = importing.Guess(to.File.Header)
	}
	return nil
}

// inspect opens a file, finds its form, and has it changed before its first rows are read.
func inspect(ctx context.Context, path string, change func(*ImportForm) error) (_ *ImportForm, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &Error{Code: Unavailable, Message: i18n.T("“%s” cannot be opened. Check that it is there and that you may read it.", filepath.Base(path)), Err: err}
	}
	defer func() {
		if err != nil {
			_ = f.Close()
		}
	}()
	form := &ImportForm{Path: path, file: f}
	if form.at, err = f.Stat(); err != nil {
		return nil, readError(path, err)
	}
	if form.File, err = importing.Open(f); err != nil {
		return nil, readError(path, err)
	}
	form.found, form.Mapping = formOf(form.File), importing.Guess(form.File.Header)
	if err = change(form); err != nil {
		return nil, readError(path, err)
	}
	if err = form.Look(ctx); err != nil {
		return nil, err
	}
	return form, nil
}

// Look reads the first rows by the present mapping.
func (f *ImportForm) Look(ctx context.Context) error {
	habits, err := f.File.Habits(ctx, f.Mapping)
	if err != nil {
		return readError(f.Path, err)
	}
	f.Habits, f.Samples = habits, nil
	r, err := f.File.Read(ctx, f.Mapping)
	if err != nil {
		return readError(f.Path, err)
	}
	for range sampleRows {
		var row importing.Row
		if err := r.Next(&row); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return readError(f.Path, err)
		}
		f.Samples = append(f.Samples, row)
	}
	return nil
}

func readError(path string, err error) error {
	var sys *os.PathError
	if errors.As(err, &sys) {
		return &Error{Code: Unavailable, Message: i18n.T("“%s” could not be read to its end. Nothing was imported.", filepath.Base(path)), Err: err}
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &Error{Code: Invalid, Message: err.Error(), Err: err}
}
