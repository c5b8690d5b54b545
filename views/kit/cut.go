package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

const (
	ellipsis = "…"
	// measureLimit bounds what is remembered: about what a person sees in some
	// minutes of scrolling.
	measureLimit = 8192
)

// cutter fits texts into widths. The toolkit's own ellipsis shapes a text again
// and again to find where to cut; this measures it once, cuts by proportion and
// looks whether that was right. What was measured is remembered.
type cutter struct {
	size   float32
	style  fyne.TextStyle
	widths map[string]float32
	glyphs map[rune]float32
}

func newCutter(size float32, style fyne.TextStyle) *cutter {
	return &cutter{size: size, style: style, widths: map[string]float32{}, glyphs: map[rune]float32{}}
}

// width answers how wide a text is drawn. Latin, Greek and Cyrillic are added up
// letter by letter, which leaves out no more than a little kerning; anything
// else has to be shaped.
func (c *cutter) width(s string) float32 {
	var sum float32
	for _, r := range s {
		if r != '…' && (r < ' ' || r >= 0x530 || unicode.Is(unicode.Mn, r)) {
			return c.shaped(s)
		}
		w, ok := c.glyphs[r]
		if !ok {
			// Ten of it, as the answer for one may be rounded up.
			w = fyne.MeasureText(strings.Repeat(string(r), 10), c.size, c.style).Width / 10
			c.glyphs[r] = w
		}
		sum += w
	}
	return sum
}

// shaped measures a text as it is drawn, and remembers it.
func (c *cutter) shaped(s string) float32 {
	if w, ok := c.widths[s]; ok {
		return w
	}
	if len(c.widths) >= measureLimit {
		clear(c.widths)
	}
	w := fyne.MeasureText(s, c.size, c.style).Width
	c.widths[s] = w
	return w
}

// fit answers s, or as much of its beginning as fits into avail with an
// ellipsis after it, and whether it had to cut.
func (c *cutter) fit(s string, avail float32) (text string, cut bool) {
	if s == "" || avail <= 0 {
		return "", s != ""
	}
	s = oneLine(s)
	// No glyph is wider than the text is high for each of its bytes, so short
	// texts need no measuring.
	if float32(len(s))*c.size <= avail {
		return s, false
	}
	// A text of megabytes must not be measured: its beginning tells enough.
	// Half of what is kept here is still far wider than any column.
	most := int(avail/c.size*8) + 16
	long := len(s) > most*utf8.UTFMax
	if long {
		s = firstRunes(s, most)
	}
	w := c.width(s)
	if w <= avail && !long {
		return s, false
	}
	room := avail - c.width(ellipsis)
	keep := int(float32(utf8.RuneCountInString(s)) * max(room, 0) / max(w, 1))
	for keep > 0 {
		head := trimPart(firstRunes(s, keep)) + ellipsis
		if c.width(head) <= avail {
			return head, true
		}
		keep -= max(1, keep/16)
	}
	if c.width(ellipsis) <= avail {
		return ellipsis, true
	}
	return "", true
}

// oneLine makes control characters, among them line ends and tabs, spaces.
func oneLine(s string) string {
	if strings.IndexFunc(s, unicode.IsControl) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// trimPart takes off what cannot stand at a cut: spaces, and joiners that would
// bind the ellipsis to the letter before.
func trimPart(s string) string {
	return strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\u200d' })
}
