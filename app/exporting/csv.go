// Package exporting writes lists as CSV and JSON, row by row as they come, so that a list of any length takes no more memory than one
// row. It knows nothing of what the rows mean.
package exporting

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"clientele/app/importing/formula"
)

// ErrRowLength says that a row has not as many cells as the header.
var ErrRowLength = errors.New("the row has not as many cells as the header")

// CSV writes rows as a spreadsheet and our own import read them: UTF-8 with a mark, commas, CR LF, quotation marks by
// RFC 4180, and the guard of package formula on cells that would be run. Reading it back gives the same cells.
type CSV struct {
	w       *bufio.Writer
	columns int
}

// NewCSV begins a file with its header.
func NewCSV(w io.Writer, header []string) (*CSV, error) {
	c := &CSV{w: bufio.NewWriterSize(w, 64<<10), columns: len(header)}
	if _, err := c.w.WriteString("\uFEFF"); err != nil {
		return nil, err
	}
	return c, c.Row(header)
}

// Row writes one row. Bytes that are no UTF-8 text become U+FFFD.
func (c *CSV) Row(cells []string) error {
	if len(cells) != c.columns {
		return ErrRowLength
	}
	for i, cell := range cells {
		if i > 0 {
			_ = c.w.WriteByte(',') // a bufio.Writer keeps its first error; the last write of the row gives it
		}
		// A row of one empty cell would be a blank line, which readers pass over.
		c.cell(cell, len(cells) == 1)
	}
	_, err := c.w.WriteString("\r\n")
	return err
}

func (c *CSV) cell(cell string, quoteEmpty bool) {
	if !utf8.ValidString(cell) {
		cell = strings.ToValidUTF8(cell, "\uFFFD")
	}
	cell = formula.Guard(cell)
	// Semicolon, tab and bar are quoted as well, so that no reader takes one of them for the delimiter.
	if cell == "" && !quoteEmpty || cell != "" && !strings.ContainsAny(cell, ",;\t|\"\r\n") && cell[0] != ' ' && cell[len(cell)-1] != ' ' {
		_, _ = c.w.WriteString(cell)
		return
	}
	_ = c.w.WriteByte('"')
	for {
		before, after, found := strings.Cut(cell, `"`)
		_, _ = c.w.WriteString(before)
		if !found {
			break
		}
		_, _ = c.w.WriteString(`""`)
		cell = after
	}
	_ = c.w.WriteByte('"')
}

// Close writes what is still held back. It does not close the writer below.
func (c *CSV) Close() error { return c.w.Flush() }
