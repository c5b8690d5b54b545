package sqldump

import (
	"bytes"
	"io"

	"clientele/app/i18n"
)

// Fault says where a dump cannot be read, and why, in words for people.
type Fault struct {
	Line  int64  // of the file, from 1
	Table string // "" where it is in none
	kind  faultKind
}

type faultKind uint8

const (
	faultCut faultKind = iota + 1
	faultSyntax
	faultCount
	faultColumns
	faultTwice
)

// Error is a whole sentence or two.
func (f *Fault) Error() string {
	line := i18n.FormatInt(f.Line)
	switch f.kind {
	case faultCut:
		return i18n.T("The dump is cut off: it ends in the middle of the table %s, which begins there on line %s. Make it anew, or copy it again.", f.Table, line)
	case faultCount:
		return i18n.T("A row of the table %s on line %s has another number of values than the table has columns.", f.Table, line)
	case faultColumns:
		return i18n.T("The dump does not say which columns the table %s has. Make it with the structure of the tables, not with the data alone.", f.Table)
	case faultTwice:
		return i18n.T("The dump holds the table %s twice, the second time on line %s: perhaps it is of several databases. Make a dump of one.", f.Table, line)
	}
	return i18n.T("The table %s cannot be read on line %s: something stands there that no dump has. Perhaps the file was changed by hand.", f.Table, line)
}

// fault makes a Fault of a place in the file, unless reading itself failed.
func (s *source) fault(kind faultKind, table string, offset int64) error {
	if s.failure != nil {
		return s.failure
	}
	return &Fault{lineAt(s.r, offset), table, kind}
}

// lineAt counts the lines before a place. It is done only where something is wrong.
func lineAt(r io.ReaderAt, offset int64) int64 {
	line := int64(1)
	room := make([]byte, window)
	for at := int64(0); at < offset; {
		n, err := r.ReadAt(room[:min(int64(len(room)), offset-at)], at)
		line += int64(bytes.Count(room[:n], []byte{'\n'}))
		if at += int64(n); err != nil {
			break
		}
	}
	return line
}
