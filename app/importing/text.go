package importing

import (
	"unicode/utf8"

	"clientele/app/i18n"
)

// hiddenCharacter names the first character of a text that cannot be seen and can do harm, as the reason of a problem;
// "" where there is none. Line ends and tabs are fine in texts of several lines.
func hiddenCharacter(s string, singleLine bool) string {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c < 0x7F {
			continue
		}
		if c < utf8.RuneSelf {
			if !singleLine && (c == '\n' || c == '\t' || c == '\r') {
				continue
			}
			return controlName(rune(c))
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return i18n.T("It holds bytes that are no UTF-8 text.")
		case r < 0xA0:
			return controlName(r)
		case singleLine && isDirectionMark(r):
			return i18n.T("It holds hidden text-direction marks.")
		case singleLine && (r == 0x2028 || r == 0x2029):
			return i18n.T("It holds a line break.")
		}
		i += n - 1
	}
	return ""
}

// isDirectionMark tells the marks that reorder the text after them. The plain left-to-right and right-to-left marks, which
// Arabic and Hebrew text needs, are none of them.
func isDirectionMark(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

func controlName(r rune) string {
	switch r {
	case 0:
		return i18n.T("It holds a NUL character.")
	case '\n', '\r':
		return i18n.T("It holds a line break.")
	case '\t':
		return i18n.T("It holds a tab.")
	}
	return i18n.T("It holds the control character U+%s.", hex4(r))
}

func hex4(r rune) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15]})
}

// tooLong gives the reason where a value is longer than its field may be, otherwise "".
func tooLong(s string, limit Limit) string {
	if limit.Bytes > 0 && len(s) > limit.Bytes {
		return i18n.T("It is %d bytes long; at most %d are possible.", len(s), limit.Bytes)
	}
	if limit.Chars > 0 && len(s) > limit.Chars {
		if n := utf8.RuneCountInString(s); n > limit.Chars {
			return i18n.T("It is %d characters long; at most %d are possible.", n, limit.Chars)
		}
	}
	return ""
}
