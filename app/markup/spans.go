package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// reader goes through the text of one block.
type reader struct {
	text         string
	at           int
	bold, italic bool
	// hopeless: no such mark further on ends anything, so that it is not looked for again and again.
	hopeless map[string]bool
	spans    []Span
	plain    strings.Builder
}

func spansOf(text string) []Span {
	r := &reader{text: text, hopeless: map[string]bool{}}
	for r.at < len(text) {
		if !r.escape() && !r.emphasis() && !r.link() && !r.address() {
			r.take()
		}
	}
	r.flush()
	return r.spans
}

// take takes one character as it is.
func (r *reader) take() {
	_, n := utf8.DecodeRuneInString(r.text[r.at:])
	r.plain.WriteString(r.text[r.at : r.at+n])
	r.at += n
}

// flush ends the span that is being read.
func (r *reader) flush() {
	if r.plain.Len() > 0 {
		r.spans = append(r.spans, Span{Text: r.plain.String(), Bold: r.bold, Italic: r.italic})
		r.plain.Reset()
	}
}

// escape takes a character that a backslash makes an ordinary one.
func (r *reader) escape() bool {
	rest := r.text[r.at:]
	if len(rest) < 2 || rest[0] != '\\' || !strings.ContainsRune("\\`*_{}[]()#+-.!<>|~", rune(rest[1])) {
		return false
	}
	r.plain.WriteByte(rest[1])
	r.at += 2
	return true
}

// emphasis takes a mark that begins or ends bold or italic.
func (r *reader) emphasis() bool {
	for _, e := range []struct {
		mark string
		on   *bool
	}{{"**", &r.bold}, {"__", &r.bold}, {"*", &r.italic}, {"_", &r.italic}} {
		if !strings.HasPrefix(r.text[r.at:], e.mark) {
			continue
		}
		switch {
		case *e.on && r.closes(r.at, e.mark):
		case !*e.on && r.opens(e.mark):
		case len(e.mark) > 1: // two that stand together are never taken for two marks of one
			r.plain.WriteString(e.mark)
			r.at += len(e.mark)
			return true
		default:
			continue
		}
		r.flush()
		*e.on = !*e.on
		r.at += len(e.mark)
		return true
	}
	return false
}

// opens tells whether the mark here begins something: what follows it is no blank, it stands at the beginning of a word, and further on is
// one that ends it.
func (r *reader) opens(mark string) bool {
	after := r.at + len(mark)
	if next, _ := utf8.DecodeRuneInString(r.text[after:]); after >= len(r.text) || unicode.IsSpace(next) {
		return false
	}
	if before, n := utf8.DecodeLastRuneInString(r.text[:r.at]); mark[0] == '_' && n > 0 && letter(before) {
		return false // snake_case
	}
	if r.hopeless[mark] {
		return false
	}
	for i := after; ; {
		j := strings.Index(r.text[i:], mark)
		if j < 0 {
			r.hopeless[mark] = true
			return false
		}
		if i += j; i > after && r.closes(i, mark) {
			return true
		}
		i += len(mark)
	}
}

// closes tells whether a mark at a place can end something: no blank is before it, and no letter after it where letters bind.
func (r *reader) closes(at int, mark string) bool {
	before, n := utf8.DecodeLastRuneInString(r.text[:at])
	if n == 0 || unicode.IsSpace(before) || before == '\\' {
		return false
	}
	after, n := utf8.DecodeRuneInString(r.text[at+len(mark):])
	return mark[0] != '_' || n == 0 || !letter(after)
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
