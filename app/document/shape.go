package document

import (
	"io"
	"log"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"
)

// em is the size that text is shaped at: large enough that rounding to 1/64 does not show.
const em = 100

// shaper sets the text that widths alone cannot: scripts that join, stack, reorder or run from right to left, and all
// that the program's own font lacks. Fonts and shaper are not made for several users at once, so it has a lock.
type shaper struct {
	sync.Mutex
	segmenter shaping.Segmenter
	harfbuzz  shaping.HarfbuzzShaper
	wrapper   shaping.LineWrapper
	own       [weights]*font.Face
	// system finds the fonts of the system; nil where there are none.
	system *fontscan.FontMap
	weight weight
	drawn  map[glyphKey]*shape
}

var theShaper = sync.OnceValue(func() *shaper {
	s := &shaper{drawn: map[glyphKey]*shape{}}
	s.harfbuzz.SetFontCacheSize(64)
	for w := range weights {
		s.own[w] = ownFace(w)
	}
	s.system = systemFonts()
	return s
})

// systemFonts reads the index of the system's fonts, which the windows use as well. A service without a home to keep
// it in makes it anew.
func systemFonts() *fontscan.FontMap {
	fonts := fontscan.NewFontMap(log.New(io.Discard, "", 0))
	folder := "" // the toolkit's own place
	if cache, err := os.UserCacheDir(); err != nil || os.MkdirAll(filepath.Clean(cache), 0o700) != nil {
		if folder, err = os.MkdirTemp("", "clientele-fonts-"); err != nil {
			return nil
		}
		defer func() { _ = os.RemoveAll(folder) }()
	}
	if fonts.UseSystemFonts(folder) != nil {
		return nil
	}
	return fonts
}

// ResolveFace is the face for a character: the program's own where it has it, and where nothing has it, so that a box
// is drawn.
func (s *shaper) ResolveFace(r rune) *font.Face {
	mine := s.own[s.weight]
	if _, ok := mine.NominalGlyph(r); ok || s.system == nil {
		return mine
	}
	if found := s.system.ResolveFace(r); found != nil {
		if _, ok := found.NominalGlyph(r); ok {
			return found
		}
	}
	return mine
}

// SetScript tells the script of the characters asked for next.
func (s *shaper) SetScript(script language.Script) {
	if s.system != nil {
		s.system.SetScript(script)
	}
}

// wrapShaped is wrap for one paragraph of any script.
func wrapShaped(paragraph string, face typeface, width float64) []textLine {
	s := theShaper()
	s.Lock()
	defer s.Unlock()
	s.weight = face.weight
	if s.system != nil {
		aspect := font.Aspect{Weight: font.WeightNormal}
		if face.weight == semibold {
			aspect.Weight = font.WeightSemibold
		}
		s.system.SetQuery(fontscan.Query{Families: families, Aspect: aspect})
	}
	text := []rune(paragraph)
	direction := directionOf(text)
	inputs := s.segmenter.Split(shaping.Input{
		Text: text, RunEnd: len(text), Direction: direction, Size: fixed.I(em), Language: language.DefaultLanguage(),
	}, s)
	outputs := make([]shaping.Output, 0, len(inputs))
	for _, in := range inputs {
		if in.Face == s.own[face.weight] {
			// As in plain text, so that the embedded font can be used for these words too.
			in.FontFeatures = plainFeatures
		}
		outputs = append(outputs, s.harfbuzz.Shape(in))
	}
	limit := fixed.Int26_6(math.MaxInt32 / 2)
	scale := face.size * point / em // mm for each unit of shaping
	if width > 0 {
		limit = fixed.Int26_6(width / scale * 64)
	}
	wrapped, _ := s.wrapper.WrapParagraphF(shaping.WrapConfig{Direction: direction}, limit, text, shaping.NewSliceIterator(outputs))
	lines := make([]textLine, 0, len(wrapped))
	for _, line := range wrapped {
		runs := slices.Clone(line)
		slices.SortStableFunc(runs, func(a, b shaping.Output) int { return int(a.VisualIndex - b.VisualIndex) })
		l := textLine{face: face, backwards: direction == di.DirectionRTL}
		for _, run := range runs {
			l.add(s.pieceOf(run, text, face, scale))
		}
		lines = append(lines, l)
	}
	if len(lines) == 0 {
		lines = append(lines, textLine{face: face})
	}
	return lines
}

// families are asked first for what the program's own font lacks: fonts like it, among those of a script the one whose marks
// stand right, then those that have pictures.
var families = []string{"Noto Sans", "Noto Sans Thai", fontscan.SansSerif, "Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji"}

var plainFeatures = func() (out []shaping.FontFeature) {
	for _, tag := range []string{"kern", "liga", "clig", "calt"} {
		out = append(out, shaping.FontFeature{Tag: opentype.MustNewTag(tag)})
	}
	return out
}()

func (l *textLine) add(p piece) {
	p.x = l.width
	l.width += p.width
	l.pieces = append(l.pieces, p)
}

// directionOf is the direction of the first letter that has one, as the Unicode rules have it.
func directionOf(text []rune) di.Direction {
	for _, r := range text {
		switch properties, _ := bidi.LookupRune(r); properties.Class() {
		case bidi.L:
			return di.DirectionLTR
		case bidi.R, bidi.AL:
			return di.DirectionRTL
		}
	}
	return di.DirectionLTR
}

// pieceOf makes a run of one font and direction ready to be drawn.
func (s *shaper) pieceOf(run shaping.Output, text []rune, face typeface, scale float64) piece {
	p := piece{width: millimetres(run.Advance, scale)}
	forwards := run.Direction == di.DirectionLTR
	if forwards && s.isPlain(run, text, face.weight) {
		p.text = string(text[run.Runes.Offset : run.Runes.Offset+run.Runes.Count])
		return p
	}
	// Readers find text in the order in which it stands on the page and turn that of right-to-left scripts around.
	var found strings.Builder
	x, last := 0.0, -1
	for _, g := range run.Glyphs {
		if start := g.TextIndex(); start != last {
			last = start
			cluster := slices.Clone(text[start : start+g.RunesCount()])
			if !forwards {
				slices.Reverse(cluster)
			}
			found.WriteString(string(cluster))
		}
		if drawing := s.shapeOf(run.Face, g, text); drawing != nil {
			p.glyphs = append(p.glyphs, glyph{
				shape: drawing,
				x:     x + millimetres(g.XOffset, scale), y: millimetres(g.YOffset, scale),
				scale: scale * em,
			})
		}
		x += millimetres(g.Advance, scale)
	}
	p.text = found.String()
	if p.glyphs == nil {
		p.glyphs = []glyph{} // spaces alone: nothing to draw, something to find
	}
	return p
}

// isPlain tells whether a run comes out the same as text in the embedded font.
func (s *shaper) isPlain(run shaping.Output, text []rune, w weight) bool {
	o := &ownFonts()[w]
	return run.Face == s.own[w] && o.plain(string(text[run.Runes.Offset:run.Runes.Offset+run.Runes.Count]))
}

func millimetres(f fixed.Int26_6, scale float64) float64 { return float64(f) / 64 * scale }
