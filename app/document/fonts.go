package document

import (
	"bytes"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/font"

	"clientele/assets/fonts"
)

// weight is one of the faces of the program's own font.
type weight int

const (
	regular weight = iota
	semibold
	weights
)

func (w weight) file() []byte {
	if w == semibold {
		return fonts.SemiBold()
	}
	return fonts.Regular()
}

// own is what must be known of a face of the program's own font to set plain text by adding up widths.
type own struct {
	// advance holds the width of each character in thousandths of the size, notPlain where a shaper is needed.
	advance [1 << 16]uint16
	// missing is the width that a reader takes for characters that the font lacks.
	missing uint16
}

const notPlain = 0xFFFF

// plain tells whether every character can be set from left to right by its width alone, in the embedded font.
func (o *own) plain(s string) bool {
	for _, r := range s {
		if r > 0xFFFF || o.advance[r] == notPlain {
			return false
		}
	}
	return true
}

// width is the width of plain text in mm.
func (o *own) width(s string, size float64) float64 {
	sum := 0
	for _, r := range s {
		sum += int(o.advance[r])
	}
	return float64(sum) / 1000 * size * point
}

// reader is the width that a reader gives to text of which the font may lack characters, in mm.
func (o *own) reader(s string, size float64) float64 {
	sum := 0
	for _, r := range s {
		if r <= 0xFFFF && o.advance[r] != notPlain {
			sum += int(o.advance[r])
		} else {
			sum += int(o.missing)
		}
	}
	return float64(sum) / 1000 * size * point
}

var ownFonts = sync.OnceValue(func() *[weights]own {
	var all [weights]own
	for w := range weights {
		face := ownFace(w)
		scale := 1000 / float32(face.Upem())
		o := &all[w]
		for r := range rune(len(o.advance)) {
			o.advance[r] = notPlain
			if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc) {
				continue
			}
			if gid, ok := face.NominalGlyph(r); ok {
				o.advance[r] = uint16(face.HorizontalAdvance(gid) * scale)
			}
		}
		o.missing = uint16(face.HorizontalAdvance(0) * scale)
	}
	return &all
})

// ownFace reads a face of the program's own font. It is part of the program, so a broken one is a programming error.
func ownFace(w weight) *font.Face {
	face, err := font.ParseTTF(bytes.NewReader(w.file()))
	if err != nil {
		panic(err)
	}
	return face
}
