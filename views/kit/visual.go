package kit

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// visual puts the parts of a line into the order in which they are seen. The toolkit draws each part that is written from right to left as it should be, but
// lets the parts follow each other from left to right: the number of a house stood on the wrong side of an Arabic street. A line is read in the direction of its
// first word.
func visual(line string) string {
	if !strings.ContainsFunc(line, func(r rune) bool { return r >= firstRightToLeft }) {
		return line
	}
	letters := []rune(line)
	levels, base := levelsOf(letters)
	if levels == nil {
		return line
	}
	var parts []part
	from := 0
	for i := 1; i <= len(letters); i++ {
		if i == len(letters) || levels[i] != levels[from] {
			parts = append(parts, part{level: levels[from], text: string(letters[from:i])})
			from = i
		}
	}
	parts = splitParts(parts)
	for level := 2; level > base && level > 0; level-- { // rule L2 of Unicode's algorithm, for the parts
		for i := 0; i < len(parts); i++ {
			end := i
			for end < len(parts) && parts[end].level >= level {
				end++
			}
			for a, b := i, end-1; a < b; a, b = a+1, b-1 {
				parts[a], parts[b] = parts[b], parts[a]
			}
			i = max(end, i)
		}
	}
	if base == 1 { // the line itself is from right to left
		slices.Reverse(parts)
	}
	var out strings.Builder
	for i, p := range parts {
		switch {
		case p.level != 1:
			out.WriteString(p.text)
		case !p.letters:
			out.WriteString(mirrored(p.text))
		default:
			if i > 0 {
				out.WriteString(leftToRight)
			}
			out.WriteString(p.text)
			if i < len(parts)-1 {
				out.WriteString(leftToRight)
			}
		}
	}
	return out.String()
}

// leftToRight is a mark that is not seen. What is between two of them is taken for left to right by the toolkit, which would else turn it around once more.
const leftToRight = "\u200e"

// part is a piece of a line, all of it at one level; letters tells whether it has some.
type part struct {
	level   int
	text    string
	letters bool
}

// splitParts has the signs and the spaces at the ends of what is written from right to left be parts of their own: the toolkit takes signs from another font than
// the letters, and draws what is of different fonts from left to right.
func splitParts(parts []part) (out []part) {
	for _, p := range parts {
		if p.level != 1 {
			p.letters = true
			out = append(out, p)
			continue
		}
		var word []rune // letters, and the spaces between them
		end := func() {
			if len(word) == 0 {
				return
			}
			text := strings.TrimRight(string(word), " ")
			out = append(out, part{1, text, true})
			for range len(string(word)) - len(text) {
				out = append(out, part{1, " ", false})
			}
			word = nil
		}
		for _, r := range p.text {
			if r >= firstRightToLeft && !unicode.IsPunct(r) || r == ' ' && len(word) > 0 {
				word = append(word, r)
				continue
			}
			end()
			out = append(out, part{1, string(r), false})
		}
		end()
	}
	return out
}

// mirrored is a sign as it looks in what is written from right to left, where brackets open to the left.
func mirrored(sign string) string {
	const open, shut = "([{<«‹", ")]}>»›"
	if i := strings.Index(open, sign); i >= 0 {
		return shut[i : i+len(sign)]
	}
	if i := strings.Index(shut, sign); i >= 0 {
		return open[i : i+len(sign)]
	}
	return sign
}

// firstRightToLeft is the first letter that is written from right to left.
const firstRightToLeft = 0x590

// levelsOf is how deep each letter lies: 0 from left to right, 1 from right to left, 2 from left to right within that. Nil is for a line without anything from
// right to left; base is the level of the line.
func levelsOf(letters []rune) (levels []int, base int) {
	const neutral = -1
	levels = make([]int, len(letters))
	base, strong, right := neutral, neutral, false
	for i := range letters {
		switch class := classOf(letters, i); class {
		case bidi.L:
			strong, levels[i] = 0, 0
		case bidi.R, bidi.AL:
			strong, levels[i], right = 1, 1, true
		case bidi.EN, bidi.AN:
			levels[i] = 2
			if strong == 0 && class == bidi.EN {
				levels[i] = 0
			}
		case bidi.NSM:
			levels[i] = neutral
			if i > 0 {
				levels[i] = levels[i-1]
			}
		default:
			levels[i] = neutral
		}
		if base == neutral && strong != neutral {
			base = strong
		}
	}
	if !right {
		return nil, 0
	}
	for i := range levels { // what is between two of one direction has theirs, numbers counting as from right to left; else the line's
		if levels[i] != neutral {
			if base == 1 && levels[i] == 0 {
				levels[i] = 2
			}
			continue
		}
		end := i
		for end < len(levels) && levels[end] == neutral {
			end++
		}
		before, after := side(levels, i-1, base, letters), side(levels, end, base, letters)
		level := base
		if before == after {
			level = before
		}
		if base == 1 && level == 0 {
			level = 2
		}
		for ; i < end; i++ {
			levels[i] = level
		}
	}
	return levels, base
}

// classOf is the class of a letter. A sign of a number, such as # or %, is of the number that it stands at, and so is what separates the digits of one.
func classOf(letters []rune, i int) bidi.Class {
	class := func(i int) bidi.Class {
		if i < 0 || i >= len(letters) {
			return bidi.ON
		}
		p, _ := bidi.LookupRune(letters[i])
		return p.Class()
	}
	of, before, after := class(i), class(i-1), class(i+1)
	if of == bidi.ET && (before == bidi.EN || after == bidi.EN) || (of == bidi.ES || of == bidi.CS) && before == bidi.EN && after == bidi.EN {
		return bidi.EN
	}
	return of
}

// side is the direction that a letter has for what is beside it: 0 from left to right or 1; beyond the ends it is the line's.
func side(levels []int, i, base int, letters []rune) int {
	if i < 0 || i >= len(levels) {
		return base
	}
	if p, _ := bidi.LookupRune(letters[i]); p.Class() == bidi.L || levels[i] == 0 {
		return 0
	}
	return 1
}
