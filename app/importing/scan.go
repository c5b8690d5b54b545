package importing

import (
	"bytes"
	"io"
)

// fault is what can be wrong with the form of one record, before anything is known about its meaning.
type fault uint8

const (
	faultNone     fault = iota
	faultUnclosed       // a quotation mark is opened and never closed
	faultQuote          // text follows a closing quotation mark
	faultTooLong        // a cell is longer than MaxCellBytes
)

// windowSize is how much of the file is in memory at a time. It is larger than any record that is fine in practice, so that
// going back to the second line of a broken record seldom needs the disk.
const windowSize = 256 << 10

// scanner cuts a stream of bytes in any encoding that contains ASCII into records of cells, by RFC 4180 with any of
// the line ends in use. It never holds more than one record of bounded size, however the file looks.
//
// A broken quotation mark must not swallow the good rows after it. So where the quoting of a cell turns out to
// be wrong only after some lines, just the first line of the record is given up and reading goes on with its second. The lines
// between hold no other odd mark, therefore no line is read more than twice on that account.
type scanner struct {
	source  source
	comma   byte
	special [256]bool // delimiter and line ends: what may end an unquoted cell

	window   []byte // what is read of the source and not dropped yet
	at       int    // position in window of the next byte
	start    int64  // place in the decoded stream of window[0]
	ended    bool   // the source has no more
	line     int    // line of the next byte, from 1
	failure  error  // of reading
	recordAt int64  // place where the current record begins; window may have moved beyond it

	text []byte // the cells of the record, one after the other, unquoted
	ends []int  // where in text each cell ends
	// The fault of the record, the line and the number of the cell in which it is. Only the first is kept.
	fault     fault
	faultLine int
	faultCell int
	swallowed bool // lines after that of the mark are in a cell of wrong quoting
	first     int  // the line the record begins on
}

// source is a stream that can go back.
type source interface {
	io.Reader
	// rewindTo makes the next Read deliver from that place of the stream.
	rewindTo(place int64) error
}

func newScanner(s source, comma byte) *scanner {
	sc := &scanner{source: s, comma: comma, line: 1, window: make([]byte, 0, windowSize)}
	sc.special[comma], sc.special['\n'], sc.special['\r'] = true, true, true
	return sc
}

// more reads on. What lies before position at is dropped, so the caller must have taken it. It is false at the end of
// the source and on a failure.
func (s *scanner) more() bool {
	if s.ended {
		return false
	}
	if s.at < len(s.window) {
		n := copy(s.window, s.window[s.at:])
		s.window = s.window[:n]
	} else {
		s.window = s.window[:0]
	}
	s.start += int64(s.at)
	s.at = 0
	n, err := io.ReadAtLeast(s.source, s.window[len(s.window):cap(s.window)], 1)
	s.window = s.window[:len(s.window)+n]
	if err != nil {
		s.ended = true
		if err != io.EOF {
			s.failure = err
		}
	}
	return n > 0
}

// peek gives the next byte, or false at the end.
func (s *scanner) peek() (byte, bool) {
	if s.at >= len(s.window) && !s.more() {
		return 0, false
	}
	return s.window[s.at], true
}

// next reads one record; blank lines are passed over. It is false at the end of the file or on a failure of reading (s.failure).
// What it found is in text, ends, fault and first until the next call.
func (s *scanner) next() bool {
	for {
		c, ok := s.peek()
		if !ok {
			return false
		}
		if c != '\n' && c != '\r' {
			break
		}
		s.lineEnd()
	}
	s.text, s.ends = s.text[:0], s.ends[:0]
	s.fault, s.swallowed, s.first = faultNone, false, s.line
	s.recordAt = s.start + int64(s.at)
	for {
		begin := len(s.text)
		if c, ok := s.peek(); ok && c == '"' {
			s.quoted(begin)
		}
		s.bare(begin)
		s.ends = append(s.ends, len(s.text))
		c, ok := s.peek()
		if ok && c == s.comma {
			s.at++
			continue
		}
		if ok {
			s.lineEnd()
		}
		break
	}
	if s.swallowed {
		s.backToSecondLine()
	}
	return s.failure == nil
}

// lineEnd passes over LF, CR LF or CR.
func (s *scanner) lineEnd() {
	c := s.window[s.at]
	s.at++
	s.line++
	if c == '\r' {
		if c, ok := s.peek(); ok && c == '\n' {
			s.at++
		}
	}
}

// bare takes the text up to the next delimiter, line end or the end of the file.
func (s *scanner) bare(begin int) {
	for {
		rest := s.window[s.at:]
		n := 0
		for n < len(rest) && !s.special[rest[n]] {
			n++
		}
		s.keep(rest[:n], begin)
		s.at += n
		if n < len(rest) || !s.more() {
			return
		}
	}
}

// quoted takes a cell in quotation marks; the next byte is the opening one. It ends after the closing one.
func (s *scanner) quoted(begin int) {
	opened := s.line
	s.at++
	for {
		if s.at >= len(s.window) && !s.more() {
			s.blame(faultUnclosed, opened)
			s.swallowed = s.swallowed || s.line > opened
			return
		}
		rest := s.window[s.at:]
		n := bytes.IndexByte(rest, '"')
		piece := rest
		if n >= 0 {
			piece = rest[:n]
		}
		s.keep(piece, begin)
		s.countLines(piece)
		s.at += len(piece)
		if n < 0 {
			continue
		}
		s.at++ // the quotation mark
		c, ok := s.peek()
		switch {
		case ok && c == '"':
			s.keep([]byte{'"'}, begin)
			s.at++
		case ok && !s.special[c]:
			s.blame(faultQuote, opened)
			s.swallowed = s.swallowed || s.line > opened
			return
		default:
			return
		}
	}
}

// countLines counts the line ends within a quoted piece: LF and CR LF as one each, and a CR alone.
func (s *scanner) countLines(piece []byte) {
	s.line += bytes.Count(piece, []byte{'\n'})
	for i := bytes.IndexByte(piece, '\r'); i >= 0; {
		following, ok := byte(0), false
		if i+1 < len(piece) {
			following, ok = piece[i+1], true
		} else if s.at+i+1 < len(s.window) {
			following, ok = s.window[s.at+i+1], true
		}
		// At the very edge of the window a CR is taken as the first half of CR LF, which it nearly always is.
		if ok && following != '\n' {
			s.line++
		}
		n := bytes.IndexByte(piece[i+1:], '\r')
		if n < 0 {
			break
		}
		i += 1 + n
	}
}

// keep adds a piece to the cell that began at begin in text, up to the limit.
func (s *scanner) keep(piece []byte, begin int) {
	if room := MaxCellBytes - (len(s.text) - begin); len(piece) > room {
		s.blame(faultTooLong, s.first)
		piece = piece[:room]
	}
	if len(s.text)+len(piece) > maxRecordBytes {
		s.blame(faultTooLong, s.first)
		return
	}
	s.text = append(s.text, piece...)
}

// blame notes the first fault of the record. An unclosed or wrong quotation mark is the cause of a cell that is too long, so
// it goes before.
func (s *scanner) blame(f fault, line int) {
	if s.fault == faultNone || s.fault == faultTooLong && f != faultTooLong && s.faultCell == len(s.ends) {
		s.fault, s.faultLine, s.faultCell = f, line, len(s.ends)
	}
}

// backToSecondLine makes the line after the first of the present record the next to be read.
func (s *scanner) backToSecondLine() {
	if s.recordAt >= s.start {
		s.at = int(s.recordAt - s.start)
	} else {
		if err := s.source.rewindTo(s.recordAt); err != nil {
			s.failure = err
			return
		}
		s.start, s.at, s.window, s.ended = s.recordAt, 0, s.window[:0], false
	}
	s.line = s.first
	for {
		rest := s.window[s.at:]
		if n := bytes.IndexAny(rest, "\r\n"); n >= 0 {
			s.at += n
			s.lineEnd()
			return
		}
		s.at = len(s.window)
		if !s.more() {
			return
		}
	}
}
