package sqldump

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// window is how much of the file is in memory at a time. It is more than maxWord.
var window = 256 << 10

// source is a file read forward through a window, with the place of each byte.
type source struct {
	ctx     context.Context
	r       io.ReaderAt
	size    int64
	buf     []byte // what is read and not yet taken
	room    []byte // which buf lies in
	offset  int64  // of the first byte of buf in the file
	failure error  // of reading; the end of the file is none
}

func newSource(ctx context.Context, r io.ReaderAt, size int64) *source {
	return &source{ctx: ctx, r: r, size: size, room: make([]byte, window)}
}

// seek goes on at a place, which may lie before this one.
func (s *source) seek(offset int64) {
	if ahead := offset - s.offset; ahead >= 0 && ahead <= int64(len(s.buf)) {
		s.skip(int(ahead))
		return
	}
	s.buf, s.offset = nil, offset
}

func (s *source) skip(n int) {
	s.buf = s.buf[n:]
	s.offset += int64(n)
}

// need reads until n bytes are in buf, or the file ends. It tells whether they are.
func (s *source) need(n int) bool {
	for len(s.buf) < n {
		if s.failure != nil {
			return false
		}
		if s.failure = s.ctx.Err(); s.failure != nil {
			return false
		}
		have := copy(s.room, s.buf)
		at := s.offset + int64(have)
		if at >= s.size {
			s.buf = s.room[:have]
			return false
		}
		got, err := s.r.ReadAt(s.room[have:min(int64(len(s.room)), int64(have)+s.size-at)], at)
		s.buf = s.room[:have+got]
		if got == 0 && err == nil {
			err = io.ErrNoProgress
		}
		if err != nil && !errors.Is(err, io.EOF) {
			s.failure = err
		} else if got == 0 {
			s.size = at // the file is shorter than it was
		}
	}
	return true
}

// peek is the next byte, or 0 at the end.
func (s *source) peek() byte {
	if len(s.buf) == 0 && !s.need(1) {
		return 0
	}
	return s.buf[0]
}

// ended tells whether nothing follows.
func (s *source) ended() bool { return len(s.buf) == 0 && !s.need(1) }

// take takes the next byte if it is c.
func (s *source) take(c byte) bool {
	if s.ended() || s.buf[0] != c {
		return false
	}
	s.skip(1)
	return true
}

// blanks passes over white space and comments.
func (s *source) blanks() {
	for !s.ended() {
		switch c := s.buf[0]; {
		case c == ' ' || c >= '\t' && c <= '\r':
			s.skip(1)
		case !s.comment():
			return
		}
	}
}

// comment passes over a comment, if one begins here. What MySQL alone is to run, as in /*!40101 SET … */, is a comment like any other: it is never a
// row.
func (s *source) comment() bool {
	switch s.buf[0] {
	case '#':
		s.until("\n")
	case '-':
		if !s.need(2) || s.buf[1] != '-' || s.need(3) && s.buf[2] > ' ' {
			return false
		}
		s.until("\n")
	case '/':
		if !s.need(2) || s.buf[1] != '*' {
			return false
		}
		s.skip(2)
		s.until("*/")
	default:
		return false
	}
	return true
}

// until passes over everything up to a short text and the text itself, or to the end of the file.
func (s *source) until(text string) {
	for s.need(len(text)) {
		if i := bytes.Index(s.buf, []byte(text)); i >= 0 {
			s.skip(i + len(text))
			return
		}
		s.skip(len(s.buf) - len(text) + 1)
	}
	s.skip(len(s.buf))
}

// maxWord is how long a word or a name may be, in bytes. MySQL has 64 characters.
const maxWord = 256

// word takes a word: letters, digits, _ and $, and whatever is beyond ASCII. It is "" where none begins here.
func (s *source) word() string {
	n := 0
	for n < maxWord && s.need(n+1) && inWord(s.buf[n]) {
		n++
	}
	w := string(s.buf[:n])
	s.skip(n)
	return w
}

func inWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= 0x80
}

// quoted passes over a text in quotes. It tells whether the text ends.
func (s *source) quoted() bool {
	quote := s.buf[0]
	s.skip(1)
	for !s.ended() {
		i := bytes.IndexByte(s.buf, quote)
		if i < 0 {
			i = len(s.buf)
		}
		if quote != '`' {
			if j := bytes.IndexByte(s.buf[:i], '\\'); j >= 0 {
				s.skip(j)
				s.need(2)
				s.skip(min(2, len(s.buf)))
				continue
			}
		}
		s.skip(i)
		if len(s.buf) == 0 {
			continue
		}
		// Two of them stand for one; then the text goes on.
		if s.skip(1); !s.take(quote) {
			return true
		}
	}
	return false
}

// name takes a name of a table or column, in quotes or not.
func (s *source) name() string {
	quote := s.peek()
	if quote != '`' && quote != '"' {
		return s.word()
	}
	s.skip(1)
	var name []byte
	for !s.ended() && len(name) < maxWord {
		c := s.buf[0]
		s.skip(1)
		if c == quote && !s.take(quote) {
			return string(name)
		}
		name = append(name, c)
	}
	return ""
}
