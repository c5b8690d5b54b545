package sqldump

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"clientele/app/i18n"
)

// Dump is a dump of which it is known where the rows of each table are.
type Dump struct {
	Tables []Table // in the order of the file
	Size   int64   // of the file, in bytes

	r      io.ReaderAt
	byName map[string]int
}

// Table is a table of a dump.
type Table struct {
	Name    string
	Columns []string // nil where the dump does not say
	Rows    int64

	created bool
	parts   []part
	lists   [][]string // the lists of columns that its INSERTs have, where they have any
}

// part is where the rows of one INSERT begin, and which of the table's lists of columns it has, from 1; 0 is that of the table.
type part struct {
	offset int64
	list   int32
}

// The most that is noted of a dump, so that no file can fill the memory.
const (
	maxTables  = 20_000
	maxColumns = 4096
	maxLists   = 1000
)

// ErrNoDump says that a file holds no table at all.
var ErrNoDump = errors.New("no SQL dump")

// Open goes through a dump of size bytes and finds its tables. step is told how many bytes more were read. A file that is cut off or damaged is a *Fault; one that
// holds no table is ErrNoDump.
func Open(ctx context.Context, r io.ReaderAt, size int64, step func(int64)) (*Dump, error) {
	d := &Dump{r: r, Size: size, byName: map[string]int{}}
	s := newSource(ctx, r, size)
	for told := int64(0); ; told = s.offset {
		more, err := d.statement(s)
		if err != nil {
			return nil, err
		}
		step(s.offset - told)
		if !more {
			break
		}
	}
	if s.failure != nil {
		return nil, s.failure
	}
	if len(d.Tables) == 0 {
		return nil, ErrNoDump
	}
	return d, nil
}

// Table finds a table by its name; nil where the dump has none of that name.
func (d *Dump) Table(name string) *Table {
	if i, ok := d.byName[strings.ToLower(name)]; ok {
		return &d.Tables[i]
	}
	return nil
}

// statement goes through one statement. more is false at the end of the file.
func (d *Dump) statement(s *source) (more bool, err error) {
	s.blanks()
	if s.ended() {
		return false, nil
	}
	begin := s.offset
	switch strings.ToUpper(s.word()) {
	case "CREATE":
		return true, d.create(s, begin)
	case "INSERT", "REPLACE":
		return true, d.insert(s, begin)
	case "DELIMITER":
		// What follows is programs, in which statements end with something else.
		s.until("\nDELIMITER")
		s.until("\n")
		return true, nil
	}
	s.finish(nil)
	return true, nil
}

// finish passes over the rest of a statement. It counts the pairs of outermost brackets into rows, and tells whether the statement ends.
func (s *source) finish(rows *int64) bool {
	depth := 0
	for !s.ended() {
		i := 0
		for i < len(s.buf) && !telling[s.buf[i]] {
			i++
		}
		if s.skip(i); len(s.buf) == 0 {
			continue
		}
		switch s.buf[0] {
		case '\'', '"', '`':
			if !s.quoted() {
				return false
			}
			continue
		case ';':
			s.skip(1)
			return depth == 0
		case '(':
			if depth++; depth == 1 && rows != nil {
				*rows++
			}
		case ')':
			depth--
		default:
			if s.comment() {
				continue
			}
		}
		s.skip(1)
	}
	return false
}

// telling are the bytes that mean something where only the end of a statement is looked for.
var telling = func() (t [256]bool) {
	for _, c := range []byte("'\"`;()#-/") {
		t[c] = true
	}
	return t
}()

// add finds a table or begins it. nil: there are too many.
func (d *Dump) add(name string) *Table {
	if t := d.Table(name); t != nil {
		return t
	}
	if len(d.Tables) >= maxTables {
		return nil
	}
	d.byName[strings.ToLower(name)] = len(d.Tables)
	d.Tables = append(d.Tables, Table{Name: name})
	return &d.Tables[len(d.Tables)-1]
}

// table takes the name of a table, without that of its database.
func (s *source) table() string {
	s.blanks()
	name := s.name()
	if s.blanks(); s.take('.') {
		s.blanks()
		name = s.name()
	}
	return name
}

// create notes the columns of CREATE TABLE, and passes over what else is created.
func (d *Dump) create(s *source, begin int64) error {
	s.blanks()
	kind := strings.ToUpper(s.word())
	if kind == "TEMPORARY" {
		s.blanks()
		kind = strings.ToUpper(s.word())
	}
	if kind != "TABLE" {
		s.finish(nil)
		return nil
	}
	for _, w := range []string{"IF", "NOT", "EXISTS"} {
		s.blanks()
		if !s.takeWord(w) {
			break
		}
	}
	name := s.table()
	s.blanks()
	if name == "" || !s.take('(') {
		s.finish(nil) // as CREATE TABLE … LIKE
		return nil
	}
	t := d.add(name)
	if t == nil {
		return s.fault(faultSyntax, name, begin)
	}
	if t.created {
		return s.fault(faultTwice, name, begin)
	}
	t.created = true
	t.Columns = t.Columns[:0]
	for len(t.Columns) < maxColumns {
		s.blanks()
		quoted := s.peek() == '`' || s.peek() == '"'
		column := s.name()
		if column == "" {
			return s.fault(faultOf(s), name, begin)
		}
		if quoted || !isKey[strings.ToUpper(column)] {
			t.Columns = append(t.Columns, column)
		}
		last, ok := s.definition()
		if !ok {
			return s.fault(faultOf(s), name, begin)
		}
		if last {
			break
		}
	}
	s.finish(nil)
	return nil
}

// isKey are the words with which a line of CREATE TABLE begins that is no column.
var isKey = map[string]bool{
	"PRIMARY": true, "KEY": true, "UNIQUE": true, "INDEX": true, "CONSTRAINT": true, "FULLTEXT": true, "SPATIAL": true, "FOREIGN": true, "CHECK": true, "PERIOD": true,
}

// takeWord takes a word if it is this one, in any case.
func (s *source) takeWord(w string) bool {
	if !s.need(len(w)) || !strings.EqualFold(string(s.buf[:len(w)]), w) || s.need(len(w)+1) && inWord(s.buf[len(w)]) {
		return false
	}
	s.skip(len(w))
	return true
}

// definition passes over the rest of one line of CREATE TABLE and what ends it. last tells that it was a bracket; ok is false where the statement breaks off.
func (s *source) definition() (last, ok bool) {
	for depth := 0; !s.ended(); {
		switch c := s.buf[0]; c {
		case '\'', '"', '`':
			if !s.quoted() {
				return false, false
			}
			continue
		case '(':
			depth++
		case ')':
			if depth == 0 {
				s.skip(1)
				return true, true
			}
			depth--
		case ',':
			if depth == 0 {
				s.skip(1)
				return false, true
			}
		case ';':
			return false, false
		default:
			if s.comment() {
				continue
			}
		}
		s.skip(1)
	}
	return false, false
}

// insert notes where the rows of an INSERT are.
func (d *Dump) insert(s *source, begin int64) error {
	for _, w := range []string{"LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO"} {
		s.blanks()
		s.takeWord(w)
	}
	name := s.table()
	s.blanks()
	var list []string
	if name != "" && s.take('(') {
		var ok bool
		if list, ok = s.list(); !ok {
			return s.fault(faultOf(s), name, begin)
		}
		s.blanks()
	}
	if name == "" || !s.takeWord("VALUES") && !s.takeWord("VALUE") {
		s.finish(nil) // as INSERT … SELECT
		return nil
	}
	s.blanks()
	t := d.add(name)
	if t == nil {
		return s.fault(faultSyntax, name, begin)
	}
	p := part{offset: s.offset}
	if list != nil {
		if p.list = t.listed(list); p.list == 0 {
			return s.fault(faultSyntax, name, begin)
		}
		if t.Columns == nil {
			t.Columns = list
		}
	}
	if t.parts = append(t.parts, p); !s.finish(&t.Rows) {
		return s.fault(faultOf(s), name, begin)
	}
	return nil
}

// faultOf is what is wrong where a statement cannot be read on: the file ends, or something stands there that does not belong.
func faultOf(s *source) faultKind {
	if s.ended() {
		return faultCut
	}
	return faultSyntax
}

// list takes names up to the closing bracket.
func (s *source) list() (names []string, ok bool) {
	for len(names) < maxColumns {
		s.blanks()
		name := s.name()
		if name == "" {
			return nil, false
		}
		names = append(names, name)
		if s.blanks(); s.take(')') {
			return names, true
		}
		if !s.take(',') {
			return nil, false
		}
	}
	return nil, false
}

// listed is the number, from 1, of a list of columns; nearly always it is that of the INSERT before. 0: there are too many different ones.
func (t *Table) listed(list []string) int32 {
	for i := len(t.lists) - 1; i >= 0; i-- {
		if slices.Equal(t.lists[i], list) {
			return int32(i + 1)
		}
	}
	if len(t.lists) >= maxLists {
		return 0
	}
	t.lists = append(t.lists, list)
	return int32(len(t.lists))
}

// Describe is the tables with their numbers of rows, as one line, for logs.
func (d *Dump) Describe() string {
	words := make([]string, len(d.Tables))
	for i, t := range d.Tables {
		words[i] = t.Name + " " + i18n.FormatInt(t.Rows)
	}
	return strings.Join(words, ", ")
}
