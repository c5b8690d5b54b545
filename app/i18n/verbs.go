package i18n

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"
)

// verb is one formatting verb of a text.
type verb struct {
	start, end int  // where it stands in the text
	arg        int  // the argument that it takes, from 1; 0 for a verb that cannot be understood
	indexed    bool // the argument is named: %[2]s
	letter     rune
}

// verbs lists the formatting verbs of a text; %% is not one. Width and precision given as an argument (*) are
// not understood, texts for people have no use for them.
func verbs(format string) []verb {
	var out []verb
	next := 1
	for i := 0; i < len(format); {
		if format[i] != '%' {
			i++
			continue
		}
		start := i
		i += 1 + len(format[i+1:]) - len(strings.TrimLeft(format[i+1:], "#+- 0123456789."))
		v := verb{start: start, arg: next}
		if end := strings.IndexByte(format[i:], ']'); i < len(format) && format[i] == '[' && end > 0 {
			v.arg, _ = strconv.Atoi(format[i+1 : i+end])
			v.indexed = true
			i += end + 1
		}
		letter, size := utf8.DecodeRuneInString(format[i:])
		i += size
		if letter == '%' && i == start+2 {
			continue
		}
		if size == 0 || letter == '*' {
			v.arg = 0
		}
		v.letter, v.end = letter, i
		next = v.arg + 1
		out = append(out, v)
	}
	return out
}

// countVerb finds the verb that stands for the count: the first %d that does not name its argument.
func countVerb(format string) (verb, bool) {
	for _, v := range verbs(format) {
		if v.letter == 'd' && !v.indexed {
			return v, true
		}
	}
	return verb{}, false
}

// withoutCount cuts the count out of a plural form; "%[1]s has %d clients" and "%[1]s has one client" then
// take the same arguments.
func withoutCount(format string) string {
	if v, ok := countVerb(format); ok {
		return format[:v.start] + format[v.end:]
	}
	return format
}

// sameVerbs reports an error unless the translation takes the arguments of its English text, each with the
// same verb. Their order may differ.
func sameVerbs(english, translation string) error {
	want, have := signature(english), signature(translation)
	if _, broken := have[0]; broken || !maps.Equal(want, have) {
		return fmt.Errorf("the verbs of %q are not those of the English text", translation)
	}
	return nil
}

func signature(format string) map[int]rune {
	out := map[int]rune{}
	for _, v := range verbs(format) {
		out[v.arg] = v.letter
	}
	return out
}
