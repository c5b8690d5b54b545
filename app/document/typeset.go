package document

import (
	"math"
	"strings"
	"unicode"
)

// point is a typographic point in mm.
const point = 25.4 / 72

// leading is the height of a line of text by its size.
const leading = 1.34

// typeface is how a text is set: size is in points.
type typeface struct {
	weight weight
	size   float64
}

// height is the height of a line in mm.
func (f typeface) height() float64 { return f.size * point * leading }

// textLine is one line of set text.
type textLine struct {
	face   typeface
	pieces []piece
	// width is in mm.
	width float64
	// backwards says that the paragraph runs from right to left.
	backwards bool
}

// piece is a part of a line that is drawn at once, x mm from the line's left end.
type piece struct {
	x, width float64
	// text is in the embedded font; or, where glyphs are drawn, what a reader finds there.
	text   string
	glyphs []glyph
}

// wrap sets a cleaned text in lines not wider than width mm; with a width of nought only its own line ends break it.
// There is always at least one line.
func wrap(s string, face typeface, width float64) []textLine {
	var lines []textLine
	for paragraph := range strings.SplitSeq(s, "\n") {
		paragraph = strings.TrimRight(paragraph, " ")
		if o := &ownFonts()[face.weight]; o.plain(paragraph) {
			lines = append(lines, wrapPlain(paragraph, face, o, width)...)
		} else {
			lines = append(lines, wrapShaped(paragraph, face, width)...)
		}
	}
	return lines
}

// single sets a text in one line, however long.
func single(s string, face typeface) textLine {
	return wrap(oneLine(s), face, 0)[0]
}

func wrapPlain(s string, face typeface, o *own, width float64) []textLine {
	limit := int(math.Round(width / (face.size * point) * 1000))
	if width == 0 {
		limit = 1<<62 - 1
	}
	var lines []textLine
	for {
		end, next := breakPlain(s, o, limit)
		part := s[:end]
		w := o.width(part, face.size)
		lines = append(lines, textLine{face: face, width: w, pieces: []piece{{width: w, text: part}}})
		if s = s[next:]; s == "" {
			return lines
		}
	}
}

// breakPlain finds where the first line ends and where the next begins. It breaks at spaces and behind hyphens and
// slashes inside words; a word longer than the line is broken anywhere.
func breakPlain(s string, o *own, limit int) (end, next int) {
	sum := 0
	before := ' '
	for i, r := range s {
		switch {
		case r == ' ':
			if before != ' ' {
				end = i
			}
			next = i + 1
		case i > 0 && strings.ContainsRune("-/–—", before) && unicode.IsLetter(r):
			end, next = i, i
		}
		sum += int(o.advance[r])
		if sum > limit && r != ' ' {
			if end > 0 {
				return end, next
			}
			if i > 0 {
				return i, i
			}
		}
		before = r
	}
	return len(s), len(s)
}
