package exporting

import (
	"context"
	"fmt"
	"io"
	"iter"

	"clientele/app/atomicfile"
)

// Format is the form of an exported file.
type Format string

// The formats.
const (
	FormatCSV       Format = "csv"
	FormatJSON      Format = "json"
	FormatJSONLines Format = "jsonl"
)

// Rows are the rows of a list, one after the other; each row may be overwritten by the next. The first error ends the export.
type Rows = iter.Seq2[[]string, error]

// table is what every format can do.
type table interface {
	Row(cells []string) error
	Close() error
}

// Write writes a header and all rows, and gives the number of rows written. It stops with ctx.Err() when the context
// ends, and with the error of the rows or the writer.
func Write(ctx context.Context, w io.Writer, format Format, header []string, rows Rows) (int, error) {
	t, err := newTable(w, format, header)
	if err != nil {
		return 0, err
	}
	n := 0
	for cells, err := range rows {
		if err != nil {
			return n, err
		}
		if n%256 == 0 {
			if err := ctx.Err(); err != nil {
				return n, err
			}
		}
		if err := t.Row(cells); err != nil {
			return n, err
		}
		n++
	}
	// The rows of a query that was cancelled may end early without an error of their own.
	if err := ctx.Err(); err != nil {
		return n, err
	}
	return n, t.Close()
}

func newTable(w io.Writer, format Format, header []string) (table, error) {
	switch format {
	case FormatCSV:
		return NewCSV(w, header)
	case FormatJSON:
		return NewJSON(w, header)
	case FormatJSONLines:
		return NewJSONLines(w, header)
	}
	return nil, fmt.Errorf("unknown export format %q", format)
}

// File is Write into a file that only the present user may read. An older file of that name is replaced once everything is
// written; after an error or a cancel it is as it was.
func File(ctx context.Context, path string, format Format, header []string, rows Rows) (n int, err error) {
	err = atomicfile.Write(ctx, path, func(w io.Writer) error {
		n, err = Write(ctx, w, format, header, rows)
		return err
	})
	return n, err
}
