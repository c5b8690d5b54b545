package exporting

import (
	"bufio"
	"encoding/json"
	"io"
)

// JSON writes rows as objects, with the names of the header in its order and all values as text.
type JSON struct {
	w      *bufio.Writer
	names  [][]byte // each as JSON with the colon after it
	array  bool
	closed bool
	rows   int
	line   []byte
}

// NewJSON begins one array of all rows, with a row on each line.
func NewJSON(w io.Writer, header []string) (*JSON, error) { return newJSON(w, header, true) }

// NewJSONLines begins a file in which each line is an object of its own.
func NewJSONLines(w io.Writer, header []string) (*JSON, error) { return newJSON(w, header, false) }

func newJSON(w io.Writer, header []string, array bool) (*JSON, error) {
	j := &JSON{w: bufio.NewWriterSize(w, 64<<10), array: array}
	for _, name := range header {
		b, err := quote(name)
		if err != nil {
			return nil, err
		}
		j.names = append(j.names, append(b, ':'))
	}
	if array {
		return j, j.w.WriteByte('[')
	}
	return j, nil
}

// Row writes one row. Bytes that are no UTF-8 text become U+FFFD.
func (j *JSON) Row(cells []string) error {
	if len(cells) != len(j.names) {
		return ErrRowLength
	}
	j.line = j.line[:0]
	if j.array {
		if j.rows > 0 {
			j.line = append(j.line, ',')
		}
		j.line = append(j.line, '\n')
	}
	j.line = append(j.line, '{')
	for i, cell := range cells {
		if i > 0 {
			j.line = append(j.line, ',')
		}
		value, err := quote(cell)
		if err != nil {
			return err
		}
		j.line = append(append(j.line, j.names[i]...), value...)
	}
	j.line = append(j.line, '}')
	if !j.array {
		j.line = append(j.line, '\n')
	}
	j.rows++
	_, err := j.w.Write(j.line)
	return err
}

// Close ends the array and writes what is still held back. It does not close the writer below. Closing twice is fine.
func (j *JSON) Close() error {
	if j.array && !j.closed {
		if _, err := j.w.WriteString("\n]\n"); err != nil {
			return err
		}
	}
	j.closed = true
	return j.w.Flush()
}

func quote(s string) ([]byte, error) { return json.Marshal(s) }
