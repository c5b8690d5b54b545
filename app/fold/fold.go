// Package fold brings text into the form in which Clientele compares it: without case, without accents,
// with single blanks. The same form is written to the sort columns and the search index and made of what
// is typed into the search field, so that "jurgen" finds "Jürgen" and "strasse" finds "Straße" on every
// engine alike.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters that Unicode does not decompose but that people type without their stroke or as two letters.
var letters = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ø': "o", 'Ø': "o",
	'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d", 'ł': "l", 'Ł': "l", 'þ': "th", 'Þ': "th",
	'ı': "i", 'İ': "i", 'ħ': "h", 'Ħ': "h", 'ŧ': "t", 'Ŧ': "t", 'ŋ': "n", 'Ŋ': "n", 'ς': "σ",
}

// Text returns s folded: compatibility-decomposed, marks removed, lower case, every run of white space and
// control characters as one blank, none at the ends. Text is idempotent.
func Text(s string) string {
	if folded, ok := ascii(s); ok {
		return folded
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	put := func(r rune) {
		if blank && b.Len() > 0 {
			b.WriteByte(' ')
		}
		blank = false
		b.WriteRune(r)
	}
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError:
			blank = true
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
			// an accent, a joiner or a direction mark: nobody types it to find a name
		default:
			if as, ok := letters[r]; ok {
				for _, x := range as {
					put(x)
				}
				continue
			}
			put(unicode.ToLower(r))
		}
	}
	return b.String()
}

// ascii is the short way for what nearly all text is. It reports false where s holds anything else.
func ascii(s string) (string, bool) {
	clean := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		if c <= ' ' || c == 0x7f || ('A' <= c && c <= 'Z') {
			clean = false
		}
	}
	if clean {
		return s, true
	}
	b := make([]byte, 0, len(s))
	blank := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c <= ' ' || c == 0x7f {
			blank = true
			continue
		}
		if blank && len(b) > 0 {
			b = append(b, ' ')
		}
		blank = false
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return string(b), true
}

// maxKey is the length of a sort key in bytes: enough to tell names apart, short enough for an index page.
const maxKey = 120

// Key joins parts with a blank, folds them and cuts the result at a whole character, for columns that are
// compared and sorted as bytes.
func Key(parts ...string) string {
	s := Text(strings.Join(parts, " "))
	if len(s) <= maxKey {
		return s
	}
	cut := maxKey
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut]
}
