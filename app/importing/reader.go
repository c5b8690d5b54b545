package importing

import (
	"context"
	"fmt"
	"io"
	"strings"

	"clientele/app/i18n"
	"clientele/app/importing/formula"
)

// Problem is one thing wrong with one row, to be shown as it is.
type Problem struct {
	Line   int    // of the file, from 1
	Column string // name of the column as the file has it, or "#" and its number; "" where the row as a whole is wrong
	Field  Field  // None where the row as a whole is wrong
	Who    string // whom the row is about, as far as it says; see Row.Who
	Reason string // a whole sentence on the cell, or on the row where Column is ""
}

// String is the problem as one line of a report.
func (p Problem) String() string {
	if p.Column == "" {
		return i18n.T("Line %s: %s", fmt.Sprint(p.Line), p.Reason)
	}
	return i18n.T("Line %s, column “%s”: %s", fmt.Sprint(p.Line), p.Column, p.Reason)
}

// Row is one row of the file with its values by field, trimmed and whole. It may be kept: the next row does not
// change it, unless it is read into the same Row.
type Row struct {
	// Line is the line of the file on which the row begins, from 1. A row with line breaks in quotation marks takes several.
	Line   int
	values [fieldCount]string
	form   []Problem // what is wrong with its form; then the values are not to be trusted
}

// Value is what the row has for f, "" for nothing.
func (r *Row) Value(f Field) string { return r.values[f] }

// Who says whom the row is about: the company, or else the person, or else the address.
func (r *Row) Who() string {
	if len(r.form) > 0 {
		return ""
	}
	person := strings.TrimSpace(r.values[FirstName] + " " + r.values[LastName])
	for _, name := range []string{r.values[CompanyName], person, r.values[FullName], r.values[Email]} {
		if name != "" {
			return cut(name, 200)
		}
	}
	return ""
}

// Reader reads the rows of a file by a mapping.
type Reader struct {
	ctx     context.Context
	file    *File
	mapping Mapping
	scan    *scanner
	src     *decoded
	rows    int
}

// ErrTooManyRows ends the reading of a file with more than MaxRows rows.
var ErrTooManyRows = tooManyRows{}

type tooManyRows struct{}

func (tooManyRows) Error() string {
	return i18n.T("The file has more than %d rows. Split it into several files.", MaxRows)
}

// Read begins to read the rows from the first. The mapping is to be in order (see Mapping.Check). Only one Reader of a File may
// be in use at a time.
func (f *File) Read(ctx context.Context, m Mapping) (*Reader, error) {
	s, src, err := f.scan()
	if err != nil {
		return nil, err
	}
	if f.HasHeader {
		s.next()
	}
	return &Reader{ctx: ctx, file: f, mapping: m, scan: s, src: src}, nil
}

// Next reads one row. It gives io.EOF after the last, ErrTooManyRows after MaxRows, ctx.Err() once the context has ended,
// and otherwise an error of reading only. A row of bad form is no error: Convert has its problem.
func (r *Reader) Next(row *Row) error {
	if r.rows%256 == 0 {
		if err := r.ctx.Err(); err != nil {
			return err
		}
	}
	if !r.scan.next() {
		if r.scan.failure != nil {
			return fmt.Errorf("read the file: %w", r.scan.failure)
		}
		return io.EOF
	}
	if r.rows++; r.rows > MaxRows {
		return ErrTooManyRows
	}
	r.fill(row)
	return nil
}

// Done is how many bytes of the file have been read so far; for showing progress against File.Size.
func (r *Reader) Done() int64 { return r.src.done }

func (r *Reader) fill(row *Row) {
	s := r.scan
	*row = Row{Line: s.first}
	if s.fault != faultNone {
		row.form = []Problem{r.formProblem(s.fault, s.faultLine, s.faultCell)}
		return
	}
	// One copy for the whole row; the values are parts of it.
	text := string(s.text)
	begin := 0
	for i, end := range s.ends {
		cell := text[begin:end]
		begin = end
		if i >= len(r.file.Header) {
			if strings.TrimSpace(cell) != "" {
				row.form = []Problem{{Line: s.first, Reason: i18n.T(
					"The row has %d cells, the file has %d columns. Perhaps a text with a delimiter in it is not in quotation marks.",
					len(s.ends), len(r.file.Header))}}
				return
			}
			continue
		}
		if i < len(r.mapping) && r.mapping[i] != None {
			row.values[r.mapping[i]] = strings.TrimSpace(formula.Unguard(cell))
		}
	}
}

// formProblem puts a fault of form into words, with the column in which it is.
func (r *Reader) formProblem(f fault, line, cell int) Problem {
	p := Problem{Line: line, Column: columnName(r.file.Header, cell), Reason: faultText(f, line)}
	if cell < len(r.mapping) {
		p.Field = r.mapping[cell]
	}
	return p
}

func faultText(f fault, line int) string {
	switch f {
	case faultUnclosed:
		return i18n.T("The quotation mark opened on line %s is never closed.", fmt.Sprint(line))
	case faultQuote:
		return i18n.T("The quotation mark opened on line %s is closed in the middle of a text. "+
			"A quotation mark within a text is written twice.", fmt.Sprint(line))
	case faultTooLong:
		return i18n.T("The text is longer than %d bytes.", MaxCellBytes)
	}
	return ""
}

// cells gives the cells of the record as strings, into the given slice.
func (s *scanner) cells(into []string) []string {
	text := string(s.text)
	begin := 0
	for _, end := range s.ends {
		into = append(into, text[begin:end])
		begin = end
	}
	return into
}
