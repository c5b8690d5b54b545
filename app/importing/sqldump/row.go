package sqldump

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
)

// maxValue is how much of one value is kept, in bytes; the rest is dropped, and the value says so.
const maxValue = 4 << 20

// Row is one row of a table. It is overwritten by the next one.
type Row struct {
	places map[string]int // of the columns, by their names in small letters
	text   []byte         // all values, one after the other
	values []value
}

type value struct {
	from, to int
	null     bool
	cut      bool
}

// Value is what the row has in a column, by its name in small letters: the bytes as they were stored, which are only good until the next row is read.
// ok is false where the table has no such column or the value is NULL.
func (r *Row) Value(column string) (b []byte, ok bool) {
	i, ok := r.places[column]
	if !ok || i >= len(r.values) || r.values[i].null {
		return nil, false
	}
	v := r.values[i]
	return r.text[v.from:v.to:v.to], true
}

// Has tells whether the table has such a column.
func (r *Row) Has(column string) bool {
	_, ok := r.places[column]
	return ok
}

// Cut tells whether a value was longer than is kept.
func (r *Row) Cut(column string) bool {
	i, ok := r.places[column]
	return ok && i < len(r.values) && r.values[i].cut
}

// Reader reads the rows of a table.
type Reader struct {
	s      *source
	table  *Table
	next   int // part
	within bool
	places []map[string]int // of the table, and of each of its lists
	now    map[string]int
}

// Read begins to read the rows of a table. A table that the dump does not have, has no rows.
func (d *Dump) Read(ctx context.Context, table string) *Reader {
	t := d.Table(table)
	if t == nil {
		t = &Table{Name: table}
	}
	r := &Reader{s: newSource(ctx, d.r, d.Size), table: t, places: []map[string]int{placesOf(t.Columns)}}
	for _, list := range t.lists {
		r.places = append(r.places, placesOf(list))
	}
	return r
}

func placesOf(columns []string) map[string]int {
	places := make(map[string]int, len(columns))
	for i, c := range columns {
		places[strings.ToLower(c)] = i
	}
	return places
}

// Offset is how far in the file the reader is, in bytes; for showing progress.
func (r *Reader) Offset() int64 { return r.s.offset }

// Next reads a row. It gives io.EOF after the last; a *Fault where the dump is damaged; else an error of reading or of the context alone.
func (r *Reader) Next(row *Row) error {
	if !r.within {
		if r.next >= len(r.table.parts) {
			return io.EOF
		}
		p := r.table.parts[r.next]
		r.next++
		r.s.seek(p.offset)
		r.now, r.within = r.places[p.list], true
		if len(r.now) == 0 {
			return r.s.fault(faultColumns, r.table.Name, p.offset)
		}
	}
	begin := r.s.offset
	err := r.row(row)
	if err == nil && len(row.values) != len(r.now) {
		return r.s.fault(faultCount, r.table.Name, begin)
	}
	if err != nil {
		if r.s.failure != nil {
			return r.s.failure
		}
		return r.s.fault(faultOf(r.s), r.table.Name, r.s.offset)
	}
	// After the last row something else may follow, as ON DUPLICATE KEY UPDATE.
	r.s.blanks()
	if r.within = r.s.take(','); r.within {
		r.s.blanks()
	}
	return nil
}

// errSyntax says that no value stands where one must.
var errSyntax = errors.New("no value")

func (r *Reader) row(row *Row) error {
	row.places, row.text, row.values = r.now, row.text[:0], row.values[:0]
	if !r.s.take('(') {
		return errSyntax
	}
	for {
		r.s.blanks()
		if err := r.value(row); err != nil {
			return err
		}
		r.s.blanks()
		switch {
		case r.s.take(','):
		case r.s.take(')'):
			return nil
		default:
			return errSyntax
		}
		if len(row.values) > maxColumns {
			return errSyntax
		}
	}
}

// value reads one constant.
func (r *Reader) value(row *Row) error {
	v := value{from: len(row.text)}
	switch c := r.s.peek(); {
	case c == '\'' || c == '"':
		if !r.text(row, &v) {
			return errSyntax
		}
	case c == '-' || c == '+' || c == '.' || c >= '0' && c <= '9':
		if c == '0' && r.s.need(2) && r.s.buf[1]|0x20 == 'x' {
			r.s.skip(2)
			if !r.digits(row, &v, 16, 0) {
				return errSyntax
			}
			break
		}
		for !r.s.ended() && (inWord(r.s.buf[0]) || strings.IndexByte("+-.", r.s.buf[0]) >= 0) && len(row.text)-v.from < maxWord {
			row.text = append(row.text, r.s.buf[0])
			r.s.skip(1)
		}
	default:
		if err := r.named(row, &v); err != nil {
			return err
		}
	}
	v.to = len(row.text)
	row.values = append(row.values, v)
	return nil
}

// named reads NULL, TRUE, FALSE, x'4D', b'101' and texts with their character set in front of them, as _binary 'x'.
func (r *Reader) named(row *Row, v *value) error {
	w := r.s.word()
	quote := r.s.peek()
	switch upper := strings.ToUpper(w); {
	case upper == "NULL" || upper == "DEFAULT":
		v.null = true
	case upper == "TRUE":
		row.text = append(row.text, '1')
	case upper == "FALSE":
		row.text = append(row.text, '0')
	case (upper == "X" || upper == "B") && quote == '\'':
		r.s.skip(1)
		base := 16
		if upper == "B" {
			base = 2
		}
		if !r.digits(row, v, base, '\'') {
			return errSyntax
		}
	case upper == "N" && quote == '\'' && r.text(row, v):
	case strings.HasPrefix(w, "_"):
		r.s.blanks()
		switch r.s.peek() {
		case '\'', '"':
			if !r.text(row, v) {
				return errSyntax
			}
		case '0', 'x', 'X':
			return r.constant(row, v)
		default:
			return errSyntax
		}
	default:
		return errSyntax
	}
	return nil
}

// constant reads the number behind _binary, as in _binary 0x4D.
func (r *Reader) constant(row *Row, v *value) error {
	if err := r.value(row); err != nil {
		return err
	}
	last := row.values[len(row.values)-1]
	row.values = row.values[:len(row.values)-1]
	v.null, v.cut = last.null, last.cut
	return nil
}

// text reads a text in quotes.
func (r *Reader) text(row *Row, v *value) bool {
	s := r.s
	quote := s.buf[0]
	s.skip(1)
	for !s.ended() {
		i := bytes.IndexByte(s.buf, quote)
		if i < 0 {
			i = len(s.buf)
		}
		if j := bytes.IndexByte(s.buf[:i], '\\'); j >= 0 {
			r.keep(row, v, s.buf[:j])
			s.skip(j)
			if !s.need(2) {
				s.skip(1)
				return false
			}
			r.keep(row, v, unescape[s.buf[1]])
			s.skip(2)
			continue
		}
		r.keep(row, v, s.buf[:i])
		if s.skip(i); len(s.buf) == 0 {
			continue
		}
		if s.skip(1); !s.take(quote) {
			return true
		}
		r.keep(row, v, []byte{quote})
	}
	return false
}

// keep adds bytes to a value as long as there is room for them.
func (r *Reader) keep(row *Row, v *value, b []byte) {
	if room := maxValue - (len(row.text) - v.from); len(b) > room {
		b, v.cut = b[:max(room, 0)], true
	}
	row.text = append(row.text, b...)
}

// unescape is what stands for each byte behind a backslash. % and _ keep it, as MySQL has it.
var unescape = func() (t [256][]byte) {
	for i := range t {
		t[i] = []byte{byte(i)}
	}
	for c, is := range map[byte]string{'0': "\x00", 'b': "\b", 'n': "\n", 'r': "\r", 't': "\t", 'Z': "\x1a", '%': `\%`, '_': `\_`} {
		t[c] = []byte(is)
	}
	return t
}()

// digits reads bytes that are written as digits to the base 16 or 2, up to the quote that ends them, or to the end of the digits where that is 0. An odd number of
// them has a nought before the first.
func (r *Reader) digits(row *Row, v *value, base int, end byte) bool {
	perByte := 2
	if base == 2 {
		perByte = 8
	}
	n := 0
	var all []byte
	for !r.s.ended() {
		d := strings.IndexByte("0123456789abcdef", lower(r.s.buf[0]))
		if d < 0 || d >= base {
			break
		}
		if n++; len(all) < 2*maxValue {
			all = append(all, byte(d))
		} else {
			v.cut = true
		}
		r.s.skip(1)
	}
	if end != 0 && !r.s.take(end) || end == 0 && n == 0 {
		return false
	}
	if odd := len(all) % perByte; odd != 0 {
		all = append(make([]byte, perByte-odd), all...)
	}
	for len(all) > 0 {
		b := 0
		for _, d := range all[:perByte] {
			b = b*base + int(d)
		}
		r.keep(row, v, []byte{byte(b)})
		all = all[perByte:]
	}
	return true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}
