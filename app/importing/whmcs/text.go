package whmcs

import (
	"html"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// decode makes text of bytes: UTF-8, or else the Windows code page that older databases hold.
func decode(b []byte, asStored bool) string {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return decodeBeyond(b, asStored)
		}
	}
	return string(b)
}

func decodeBeyond(b []byte, asStored bool) string {
	if !utf8.Valid(b) {
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(b)
		if err != nil {
			return strings.ToValidUTF8(string(b), "\uFFFD")
		}
		return string(decoded)
	}
	s := string(b)
	if asStored {
		return s
	}
	if once, ok := Mend(s); ok {
		return once
	}
	return s
}

// Mend takes back that UTF-8 was once read as Windows-1252 and encoded again, as in “Ã¼” for “ü”. ok is false where a text was not encoded twice: that is so where
// any of its characters is none of that code page, or its bytes in it are no UTF-8.
func Mend(s string) (mended string, ok bool) {
	b := make([]byte, 0, len(s))
	beyond := false
	for _, r := range s {
		if r < utf8.RuneSelf {
			b = append(b, byte(r))
			continue
		}
		c, known := charmap.Windows1252.EncodeRune(r)
		switch {
		case known:
		case r < 0x100: // the five places that the code page leaves empty, and MySQL does not
			c = byte(r)
		default:
			return s, false
		}
		b, beyond = append(b, c), true
	}
	if !beyond || !utf8.Valid(b) {
		return s, false
	}
	return string(b), true
}

// Plain decodes HTML entities, and drops NULs and carriage returns.
func Plain(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	if strings.ContainsAny(s, "\x00\r") {
		s = strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(s)
	}
	return s
}
