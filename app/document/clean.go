package document

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// clean makes typed text fit to be set: whole UTF-8, composed, with line ends that are all \n and no other control
// characters. The marks that turn the writing direction around are taken out, as with them an amount could be made to
// read backwards; the direction that the letters themselves have is kept.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
			return '\n'
		case '\t':
			return ' '
		case '\u202F': // the narrow space between digits, which fonts often lack
			return '\u00A0'
		case '\u00AD', '\u200B', '\u2060', '\uFEFF':
			return -1
		}
		if unicode.IsControl(r) || '\u202A' <= r && r <= '\u202E' || '\u2066' <= r && r <= '\u2069' {
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(s)
}

// oneLine is clean for what must not break, such as a number or a name in the file's description.
func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// cleanLines is the lines that say something.
func cleanLines(lines []string) []string {
	var out []string
	for _, l := range lines {
		for part := range strings.SplitSeq(clean(l), "\n") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}
