package importing

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"

	"clientele/app"
	"clientele/app/i18n"
	csvfile "clientele/app/importing"
)

const (
	// examples is how many rows of the file are shown with its columns.
	examples = 3
	// exampleColumns is of how many columns they are shown; each thirty of them cost another look at the beginning of the file.
	exampleColumns = 300
)

// found is what is known of a file, as it is shown. It is a copy: the form itself is used off the UI thread, by one work at a time.
type found struct {
	name      string
	size      int64
	encoding  csvfile.Encoding
	delimiter byte
	hasHeader bool
	header    []string
	warnings  []string
	mapping   csvfile.Mapping
	habits    csvfile.Habits
	examples  [][]string // by column
	trouble   string     // why the last change could not be made
}

// look notes what a form is like.
func look(ctx context.Context, form *app.ImportForm) (*found, error) {
	f := form.File
	got := &found{
		name: filepath.Base(form.Path), size: f.Size, encoding: f.Encoding, delimiter: f.Delimiter, hasHeader: f.HasHeader,
		header: slices.Clone(f.Header), warnings: slices.Clone(f.Warnings), mapping: slices.Clone(form.Mapping), habits: form.Habits,
	}
	var err error
	got.examples, err = exampleCells(ctx, f)
	return got, err
}

// exampleCells reads the first rows of the file, of columns that are mapped and of those that are not: what is in a column tells what it is.
func exampleCells(ctx context.Context, f *csvfile.File) ([][]string, error) {
	cells := make([][]string, min(len(f.Header), exampleColumns))
	fields := csvfile.Fields()
	for from := 0; from < len(cells); from += len(fields) {
		m := make(csvfile.Mapping, len(f.Header))
		to := min(from+len(fields), len(cells))
		for i := from; i < to; i++ {
			m[i] = fields[i-from]
		}
		r, err := f.Read(ctx, m)
		if err != nil {
			return nil, err
		}
		for range examples {
			var row csvfile.Row
			if err := r.Next(&row); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, err
			}
			for i := from; i < to; i++ {
				cells[i] = append(cells[i], row.Value(m[i]))
			}
		}
	}
	return cells, nil
}

// missing are the fields that a client cannot be without and that no column holds.
func (f *found) missing() (names []string) {
	for _, field := range f.mapping.Missing(csvfile.AlwaysRequired...) {
		names = append(names, fieldName(field))
	}
	return names
}

// fieldName is what a field is called, in the person's language.
func fieldName(f csvfile.Field) string {
	if f == csvfile.None {
		return i18n.T("Not imported")
	}
	return i18n.Text(f.Key())
}

// change is something that is done to the form off the UI thread.
type change func(ctx context.Context, form *app.ImportForm) error
