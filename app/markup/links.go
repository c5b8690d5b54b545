package markup

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The longest words of a link, and the longest address, in bytes. What is longer stays as it was typed.
const (
	longestWords   = 500
	longestAddress = 2000
)

// link takes "[words](address)".
func (r *reader) link() bool {
	rest := r.text[r.at:]
	if rest[0] != '[' {
		return false
	}
	words, _, ok := strings.Cut(cut(rest[1:], longestWords), "](")
	if !ok || words == "" || strings.ContainsAny(words, "[]\n") {
		return false
	}
	begin := r.at + 1 + len(words) + len("](")
	address, _, ok := strings.Cut(cut(r.text[begin:], longestAddress), ")")
	if !ok {
		return false
	}
	target := Address(address)
	if target == "" || misleading(words, target) {
		return false
	}
	r.flush()
	r.spans = append(r.spans, Span{Text: words, Bold: r.bold, Italic: r.italic, Link: target})
	r.at = begin + len(address) + 1
	return true
}

// address takes an address of the web that stands in the text by itself.
func (r *reader) address() bool {
	rest := r.text[r.at:]
	if rest[0] != 'h' && rest[0] != 'H' {
		return false
	}
	if before, n := utf8.DecodeLastRuneInString(r.text[:r.at]); n > 0 && letter(before) {
		return false
	}
	rest = cut(rest, longestAddress)
	lower := strings.ToLower(rest[:min(len(rest), len("https://"))])
	if !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://") {
		return false
	}
	if end := strings.IndexFunc(rest, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune("<>\"`*[]()", c) }); end >= 0 {
		rest = rest[:end]
	}
	rest = strings.TrimRight(rest, ".,;:!?'_")
	target := Address(rest)
	if target == "" {
		return false
	}
	r.flush()
	r.spans = append(r.spans, Span{Text: rest, Bold: r.bold, Italic: r.italic, Link: target})
	r.at += len(rest)
	return true
}

// cut is the beginning of a text, of at most so many bytes, and within one line.
func cut(s string, most int) string {
	if i := strings.IndexByte(s[:min(len(s), most)], '\n'); i >= 0 {
		return s[:i]
	}
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}

// Address is an address as it may be opened: of the web, or a mailto: one. For anything else it is empty.
func Address(s string) string {
	if len(s) > longestAddress || strings.ContainsFunc(s, func(c rune) bool { return unicode.IsSpace(c) || hidden(c) }) {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host == "" || u.User != nil {
			return "" // before an @ stands what looks like a host and is none
		}
	case "mailto":
		if !strings.Contains(u.Opaque, "@") {
			return ""
		}
	default:
		return ""
	}
	return u.String()
}

// misleading tells whether the words of a link look like an address that is not the one behind them.
func misleading(words, target string) bool {
	if strings.ContainsFunc(words, hidden) {
		return true
	}
	lower := strings.ToLower(words)
	if !strings.Contains(lower, "://") && !strings.Contains(lower, "www.") && !strings.Contains(lower, "mailto:") {
		return false
	}
	return words != target && Address(words) != target
}

// hidden tells whether a character is not seen but changes what is: a control, a mark of direction, a joiner.
func hidden(c rune) bool { return unicode.IsControl(c) || unicode.Is(unicode.Cf, c) }
