package document

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"math"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
	"github.com/go-text/typesetting/shaping"
)

// glyph is a letter to be drawn, x and y mm from the start of its piece on the base line, y upwards.
type glyph struct {
	*shape
	x, y float64
	// scale is the size of the em in mm.
	scale float64
}

// shape is what a glyph looks like: an outline, or a picture as colour fonts have it.
type shape struct {
	// path is PDF's path operators in units of the font, of which there are perEm to the em.
	path  string
	perEm int
	// picture is drawn in place of a path, and box is where it lies, in ems: left, bottom, width, height.
	picture *image.NRGBA
	box     [4]float64
}

type glyphKey struct {
	font *font.Font
	id   font.GID
}

// mostDrawn limits how many shapes are kept; a document in Chinese uses some hundreds.
const mostDrawn = 20_000

// shapeOf is the shape of a shaped glyph, nil where it leaves the paper white.
func (s *shaper) shapeOf(face *font.Face, g shaping.Glyph, text []rune) *shape {
	key := glyphKey{face.Font, g.GlyphID}
	if known, ok := s.drawn[key]; ok {
		return known
	}
	found := drawShape(face, g)
	if found == nil && (g.GlyphID == 0 || g.Advance > 0 && visible(text[g.TextIndex()])) {
		found = missing // a font may have a character and no form of it that can be drawn
	}
	if len(s.drawn) >= mostDrawn {
		clear(s.drawn)
	}
	s.drawn[key] = found
	return found
}

func visible(r rune) bool { return !unicode.IsSpace(r) && unicode.IsGraphic(r) }

// missing is the box in place of a character that no font has.
var missing = &shape{perEm: 1000, path: "60 0 m 540 0 l 540 700 l 60 700 l h 110 50 m 110 650 l 490 650 l 490 50 l h"}

func drawShape(face *font.Face, g shaping.Glyph) *shape {
	if g.GlyphID == 0 {
		return missing
	}
	if bitmap, ok := face.GlyphDataBitmap(tables.GlyphID(g.GlyphID)); ok && bitmap.Format == font.PNG {
		if picture := wholeColours(bitmap.Data); picture != nil {
			unit := 1.0 / 64 / em
			width, height := float64(g.Width)*unit, -float64(g.Height)*unit
			return &shape{picture: picture, box: [4]float64{float64(g.XBearing) * unit, float64(g.YBearing)*unit - height, width, height}}
		}
	}
	outline, ok := face.GlyphDataOutline(tables.GlyphID(g.GlyphID))
	if !ok || len(outline.Segments) == 0 {
		return nil
	}
	return &shape{path: pathOf(outline.Segments), perEm: int(face.Upem())}
}

// wholeColours is the picture in a PNG file in eight bits a colour, which the PDF writer reads for certain; nil where
// it is broken.
func wholeColours(file []byte) *image.NRGBA {
	size, err := png.DecodeConfig(bytes.NewReader(file))
	if err != nil || size.Width > 1024 || size.Height > 1024 {
		return nil
	}
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		return nil
	}
	whole := image.NewNRGBA(image.Rect(0, 0, size.Width, size.Height))
	draw.Draw(whole, whole.Rect, picture, picture.Bounds().Min, draw.Src)
	return whole
}

// pathOf writes an outline as PDF's operators. Quadratic curves become cubic ones, which PDF has.
func pathOf(segments []opentype.Segment) string {
	var b strings.Builder
	var at opentype.SegmentPoint
	open := false
	number := func(values ...float32) {
		for _, v := range values {
			fmt.Fprintf(&b, "%d ", int(math.Round(float64(v))))
		}
	}
	for _, s := range segments {
		a := s.Args
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if open {
				b.WriteString("h ")
			}
			open = true
			number(a[0].X, a[0].Y)
			b.WriteString("m ")
			at = a[0]
		case opentype.SegmentOpLineTo:
			number(a[0].X, a[0].Y)
			b.WriteString("l ")
			at = a[0]
		case opentype.SegmentOpQuadTo:
			c, to := a[0], a[1]
			number(at.X+(c.X-at.X)*2/3, at.Y+(c.Y-at.Y)*2/3, to.X+(c.X-to.X)*2/3, to.Y+(c.Y-to.Y)*2/3, to.X, to.Y)
			b.WriteString("c ")
			at = to
		case opentype.SegmentOpCubeTo:
			number(a[0].X, a[0].Y, a[1].X, a[1].Y, a[2].X, a[2].Y)
			b.WriteString("c ")
			at = a[2]
		}
	}
	if open {
		b.WriteString("h")
	}
	return b.String()
}
