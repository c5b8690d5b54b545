package importing

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"clientele/app/i18n"
)

// Encoding is how the bytes of a file stand for characters.
type Encoding uint8

// The encodings that are read.
const (
	UTF8 Encoding = iota
	UTF16LE
	UTF16BE
	Windows1252 // the Western European code page of Windows, which holds Latin-1
)

// String is the usual name of the encoding.
func (e Encoding) String() string {
	switch e {
	case UTF16LE:
		return "UTF-16LE"
	case UTF16BE:
		return "UTF-16BE"
	case Windows1252:
		return "Windows-1252"
	}
	return "UTF-8"
}

func (e Encoding) decoder() *encoding.Decoder {
	switch e {
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	case Windows1252:
		return charmap.Windows1252.NewDecoder()
	}
	return nil
}

// byteOrderMark tells the encoding by the mark at the beginning of a file, how many bytes the mark takes and whether there is one.
func byteOrderMark(beginning []byte) (e Encoding, length int64, found bool) {
	switch {
	case bytes.HasPrefix(beginning, []byte{0xEF, 0xBB, 0xBF}):
		return UTF8, 3, true
	case bytes.HasPrefix(beginning, []byte{0xFF, 0xFE}):
		return UTF16LE, 2, true
	case bytes.HasPrefix(beginning, []byte{0xFE, 0xFF}):
		return UTF16BE, 2, true
	}
	return UTF8, 0, false
}

// refuseBinary gives the error for a file that is no text, judged by its beginning. A stray NUL in one cell is not
// enough: that row is rejected by itself later.
func refuseBinary(beginning []byte) error {
	for _, kind := range []struct{ magic, text string }{
		{"PK\x03\x04", "This is an Excel or OpenDocument file or a ZIP archive, not a CSV file. Open it in a spreadsheet and save it as “CSV UTF-8”."},
		{"\xD0\xCF\x11\xE0", "This is an old Excel file, not a CSV file. Open it in a spreadsheet and save it as “CSV UTF-8”."},
		{"%PDF", "This is a PDF file, not a CSV file."},
		{"\x1F\x8B", "This file is compressed. Unpack it first."},
		{"SQLite format 3\x00", "This is a database file, not a CSV file."},
		{"\xFF\xFE\x00\x00", "This file is encoded as UTF-32, which is not read. Save it as “CSV UTF-8”."},
		{"\x00\x00\xFE\xFF", "This file is encoded as UTF-32, which is not read. Save it as “CSV UTF-8”."},
	} {
		if bytes.HasPrefix(beginning, []byte(kind.magic)) {
			return errors.New(i18n.Text(kind.text))
		}
	}
	if _, _, marked := byteOrderMark(beginning); marked {
		return nil
	}
	if nuls := bytes.Count(beginning, []byte{0}); nuls > 8 && nuls > len(beginning)/100 {
		return errors.New(i18n.T("This is not a text file, or one in UTF-16 without a mark that says so. Save it as “CSV UTF-8”."))
	}
	return nil
}

// census counts what tells UTF-8 from a code page of one byte a character.
type census struct {
	multi   int64 // whole characters of several bytes
	invalid int64 // bytes that are no part of any
}

// take counts a piece and gives the number of bytes at its end that may be the beginning of a character.
func (c *census) take(b []byte, last bool) (left int) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		if !last && !utf8.FullRune(b) {
			return len(b)
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			c.invalid++
		} else {
			c.multi++
		}
		b = b[n:]
	}
	return 0
}

// encoding judges by the count. In a file of Windows-1252 nearly every letter beyond ASCII is invalid as UTF-8; in a UTF-8 file with
// damaged places most are whole.
func (c census) encoding() Encoding {
	if c.invalid > c.multi {
		return Windows1252
	}
	return UTF8
}

// takeCensus reads the file from its beginning to its end.
func takeCensus(r io.Reader) (census, error) {
	var c census
	buffer := make([]byte, 256<<10)
	kept := 0
	for {
		n, err := r.Read(buffer[kept:])
		n += kept
		kept = c.take(buffer[:n], err == io.EOF)
		copy(buffer, buffer[n-kept:n])
		if err == io.EOF {
			return c, nil
		}
		if err != nil {
			return c, err
		}
	}
}
