package importing

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/transform"

	"clientele/app/i18n"
)

// sampleSize is how much of the beginning of a file is looked at to find the delimiter and the header.
const sampleSize = 64 << 10

// File is a CSV file whose form is known: its encoding, delimiter and header. The form found by Open may be
// changed before the rows are read: by Decode, Split and TakeHeader.
//
// The file is read from disk each time, never kept. A File is for one goroutine, as is every Reader it gives.
type File struct {
	Encoding  Encoding
	Delimiter byte
	// HasHeader tells whether the first row has the names of the columns.
	HasHeader bool
	// Header has the names of the columns as the file writes them, or "#1", "#2" … where it has none.
	Header []string
	// Size is the length of the file in bytes.
	Size int64
	// Warnings are whole sentences on what was assumed and should be looked at.
	Warnings []string

	r        io.ReadSeeker
	mark     int64 // length of the byte order mark
	sepLine  bool  // the first line only names the delimiter ("sep=;", as Excel writes it)
	headless []string
}

// Open finds the form of a CSV file. It reads the file once to its end, to be sure of the encoding.
//
// The error is a whole sentence for people where the file is empty or no text; otherwise it is that of r.
func Open(r io.ReadSeeker) (*File, error) {
	f := &File{r: r}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	beginning := make([]byte, sampleSize)
	n, err := io.ReadFull(r, beginning)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	beginning = beginning[:n]
	if n == 0 {
		return nil, errors.New(i18n.T("The file is empty."))
	}
	if err := refuseBinary(beginning); err != nil {
		return nil, err
	}
	encoding, mark, marked := byteOrderMark(beginning)
	f.mark = mark
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	counted, err := takeCensus(r)
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	if f.Size, err = r.Seek(0, io.SeekCurrent); err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	if !marked {
		encoding = counted.encoding()
	}
	switch {
	case encoding == Windows1252:
		f.Warnings = append(f.Warnings, i18n.T("The file is not in UTF-8. It is read as Windows-1252 (Western European). "+
			"Look at the accents in the preview; if they are wrong, save the file as “CSV UTF-8” and choose it again."))
	case encoding == UTF8 && counted.invalid > 0:
		f.Warnings = append(f.Warnings, i18n.N(counted.invalid,
			"The file has one damaged character. The row that holds it is rejected.",
			"The file has %d damaged characters. The rows that hold them are rejected."))
	}
	if err := f.Decode(encoding); err != nil {
		return nil, err
	}
	return f, nil
}

// Decode reads the file in another encoding, and finds delimiter and header anew.
func (f *File) Decode(e Encoding) error {
	f.Encoding = e
	sample, err := f.sample()
	if err != nil {
		return err
	}
	f.sepLine = false
	if comma, ok := namedDelimiter(sample); ok {
		f.sepLine = true
		return f.Split(comma)
	}
	return f.Split(findDelimiter(sample))
}

// Split cuts the rows at another delimiter, and finds the header anew.
func (f *File) Split(delimiter byte) error {
	f.Delimiter = delimiter
	first, err := f.firstRow()
	if err != nil {
		return err
	}
	f.headless = make([]string, len(first))
	for i := range first {
		f.headless[i] = "#" + strconv.Itoa(i+1)
	}
	return f.setHeader(looksLikeHeader(first), first)
}

// TakeHeader says whether the first row has the names of the columns or is a row like all others.
func (f *File) TakeHeader(has bool) error {
	first, err := f.firstRow()
	if err != nil {
		return err
	}
	return f.setHeader(has, first)
}

func (f *File) setHeader(has bool, first []string) error {
	f.HasHeader, f.Header = has, f.headless
	if has {
		f.Header = first
	}
	if len(f.Header) > maxColumns {
		return errors.New(i18n.T("The first row has %d columns; at most %d are read. Is this the right file?", len(f.Header), maxColumns))
	}
	return nil
}

func (f *File) firstRow() ([]string, error) {
	s, _, err := f.scan()
	if err != nil {
		return nil, err
	}
	if !s.next() {
		if s.failure != nil {
			return nil, fmt.Errorf("read the file: %w", s.failure)
		}
		return nil, errors.New(i18n.T("The file has no rows."))
	}
	if s.fault != faultNone {
		return nil, errors.New(i18n.T("The first row cannot be read. %s", faultText(s.fault, s.faultLine)))
	}
	cells := s.cells(nil)
	for i, cell := range cells {
		cells[i] = strings.TrimSpace(cell)
		if limit := 1000; len(cell) > limit {
			return nil, errors.New(i18n.T("Column %d of the first row is too long for the name of a column. Is this the right file?", i+1))
		}
		if p := hiddenCharacter(cells[i], true); p != "" {
			return nil, errors.New(i18n.T("Column %d of the first row cannot be read. %s", i+1, p))
		}
	}
	return cells, nil
}

// scan begins at the first row after a line that only names the delimiter.
func (f *File) scan() (*scanner, *decoded, error) {
	src := &decoded{r: f.r, from: f.mark, encoding: f.Encoding}
	if err := src.rewindTo(0); err != nil {
		return nil, nil, fmt.Errorf("read the file: %w", err)
	}
	s := newScanner(src, f.Delimiter)
	if f.sepLine {
		s.next()
	}
	return s, src, nil
}

func (f *File) sample() ([]byte, error) {
	src := &decoded{r: f.r, from: f.mark, encoding: f.Encoding}
	if err := src.rewindTo(0); err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	b := make([]byte, sampleSize)
	n, err := io.ReadFull(src, b)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	return b[:n], nil
}

// decoded gives the file as UTF-8, from after its mark.
type decoded struct {
	r        io.ReadSeeker
	from     int64
	encoding Encoding
	io.Reader
	done int64 // bytes taken from r
}

// take counts what it takes, for the progress of reading.
func (d *decoded) take(b []byte) (int, error) {
	n, err := d.r.Read(b)
	d.done += int64(n)
	return n, err
}

// taker lets a decoder read through the count.
type taker struct{ *decoded }

func (t taker) Read(b []byte) (int, error) { return t.take(b) }

// rewindTo goes straight to a place in UTF-8. In the other encodings only decoding again from the beginning
// tells where it is; that is slow, and happens for broken rows of more than windowSize only.
func (d *decoded) rewindTo(place int64) error {
	decoder := d.encoding.decoder()
	if decoder == nil {
		d.Reader, d.done = taker{d}, d.from+place
		_, err := d.r.Seek(d.from+place, io.SeekStart)
		return err
	}
	if _, err := d.r.Seek(d.from, io.SeekStart); err != nil {
		return err
	}
	d.Reader, d.done = transform.NewReader(taker{d}, decoder), d.from
	_, err := io.CopyN(io.Discard, d.Reader, place)
	return err
}
