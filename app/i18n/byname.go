package i18n

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"clientele/app/fold"
)

// lastLetters are the letters that an alphabet has after z, in its order. Elsewhere they are letters with accents, among the others.
var lastLetters = map[string]string{"sv": "åäö", "fi": "åäö", "da": "æøå", "nb": "æøå", "no": "æøå"}

// byName compares two names as lists of a language are ordered: without regard to case and accents, å after z where the alphabet has it
// there. The library's tables of all alphabets would be a thirtieth of the program.
func byName(t language.Tag) func(a, b string) int {
	base, _ := t.Base()
	last := []rune(lastLetters[base.String()])
	key := func(s string) string {
		if len(last) == 0 {
			return fold.Text(s)
		}
		return fold.Text(strings.Map(func(r rune) rune {
			for i, letter := range last {
				if unicode.ToLower(r) == letter {
					return '{' + rune(i) // the characters that follow z
				}
			}
			return r
		}, s))
	}
	return func(a, b string) int { return strings.Compare(key(a), key(b)) }
}
