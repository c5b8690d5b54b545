package document

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"codeberg.org/go-pdf/fpdf"

	"clientele/app/date"
	"clientele/app/i18n"
)

// The sizes of type, in points.
var (
	heading   = typeface{semibold, 18}
	body      = typeface{regular, 9.5}
	strong    = typeface{semibold, 9.5}
	small     = typeface{regular, 8}
	smallBold = typeface{semibold, 8}
	tiny      = typeface{regular, 7}
)

// Ink, from black to what is just seen on white.
const (
	black = 0
	grey  = 95
	rule  = 190
	pale  = 240
)

// sheet is the document while it is written: a page, a place on it, and what is needed to set text there. All
// lengths are in mm from the top left corner.
type sheet struct {
	pdf      *fpdf.Fpdf
	words    *i18n.Printer
	locale   i18n.Locale
	form     form
	y        float64
	pictures map[*shape]registered
	// widths are those of the pictures, in pixels.
	widths map[int]bool
	// begin draws what stands on each page before anything else, and leaves y where the text begins.
	begin func(page int)
}

// newSheet begins a document. The date of making is written, or else fallback's, so that nothing depends on a clock.
func newSheet(paper Paper, style Style, title, author string, fallback date.Date) *sheet {
	form := forms[A4]
	if paper == Letter {
		form = forms[Letter]
	}
	s := &sheet{
		words: i18n.For(style.Language), locale: style.locale(), form: form, pictures: map[*shape]registered{}, widths: map[int]bool{},
		pdf: fpdf.NewCustom(&fpdf.InitType{
			OrientationStr: "P", UnitStr: "mm", Size: fpdf.SizeType{Wd: form.width, Ht: form.height},
		}),
	}
	written := style.Written
	if written.IsZero() {
		written = time.Unix(0, 0)
		if !fallback.IsZero() {
			written = written.AddDate(0, 0, fallback.Days())
		}
	}
	s.pdf.SetCreationDate(written.UTC())
	s.pdf.SetModificationDate(written.UTC())
	s.pdf.SetCatalogSort(true)
	s.pdf.SetProducer("Clientele", false)
	s.pdf.SetTitle(describe(title), false)
	s.pdf.SetAuthor(describe(author), false)
	s.pdf.SetLang(s.words.Language())
	s.pdf.SetAutoPageBreak(false, 0)
	s.pdf.SetMargins(0, 0, 0)
	s.pdf.SetCellMargin(0)
	for w := range weights {
		// A copy, as the PDF writer writes into the file while it takes letters out of it.
		s.pdf.AddUTF8FontFromBytes("plex", w.name(), bytes.Clone(w.file()))
	}
	return s
}

func (w weight) name() string {
	if w == semibold {
		return "B"
	}
	return ""
}

// describe is a text as the description of a PDF file has it.
func describe(s string) string {
	out := []byte{0xFE, 0xFF}
	for _, unit := range utf16.Encode([]rune(oneLine(s))) {
		out = append(out, byte(unit>>8), byte(unit))
	}
	return string(out)
}

// newPage begins a page.
func (s *sheet) newPage() {
	s.pdf.AddPage()
	s.pdf.SetLineWidth(0.2)
	s.ink(black)
	s.begin(s.pdf.PageNo())
}

// finish draws the foot of every page, now that their number is known, and writes the file.
func (s *sheet) finish(w io.Writer, foot func(page, pages int)) error {
	pages := s.pdf.PageCount()
	for page := 1; page <= pages; page++ {
		s.pdf.SetPage(page)
		foot(page, pages)
	}
	s.pdf.SetPage(pages)
	if err := s.pdf.Output(w); err != nil {
		return fmt.Errorf("document: %w", err)
	}
	return nil
}

// room is the height that is left on the page above its foot.
func (s *sheet) room() float64 { return s.form.bottom - s.y }

// ink is how dark text is from now on.
func (s *sheet) ink(level int) {
	s.pdf.SetTextColor(level, level, level)
	s.pdf.SetFillColor(level, level, level)
}

// hair draws a fine horizontal line.
func (s *sheet) hair(x, y, width float64, level int) {
	s.pdf.SetDrawColor(level, level, level)
	s.pdf.Line(x, y, x+width, y)
}

// shade fills a rectangle.
func (s *sheet) shade(x, y, width, height float64, level int) {
	s.pdf.SetFillColor(level, level, level)
	s.pdf.Rect(x, y, width, height, "F")
	s.ink(black)
}

// put draws a line of text whose top is at y.
func (s *sheet) put(x, y float64, l textLine) {
	size := l.face.size
	base := y + l.face.height()/2 + 0.35*size*point // the middle of the capitals in the middle of the line
	for _, p := range l.pieces {
		if p.glyphs == nil {
			if p.text != "" {
				s.pdf.SetFont("plex", l.face.weight.name(), size)
				s.pdf.Text(x+p.x, base, p.text)
			}
			continue
		}
		for _, g := range p.glyphs {
			s.draw(x+p.x, base, g)
		}
		s.hide(x+p.x, base, l.face, p)
	}
}

// putRight is put with x at the right end of the line.
func (s *sheet) putRight(x, y float64, l textLine) { s.put(x-l.width, y, l) }

// draw draws one shape. x is where its piece begins.
func (s *sheet) draw(x, base float64, g glyph) {
	if g.picture != nil {
		s.drawPicture(x, base, g)
		return
	}
	scale := g.scale / float64(g.perEm) / point
	s.pdf.RawWriteStr(fmt.Sprintf("q %.6f 0 0 %.6f %.3f %.3f cm %s f Q",
		scale, scale, (x+g.x)/point, (s.form.height-base+g.y)/point, g.path))
}

func (s *sheet) drawPicture(x, base float64, g glyph) {
	known, ok := s.pictures[g.shape]
	if !ok {
		// The PDF writer orders pictures by their width, and those of one width differently each time. So each has
		// another width, by empty columns at its right.
		size := g.picture.Rect.Size()
		width := size.X
		for s.widths[width] {
			width++
		}
		padded := image.NewNRGBA(image.Rect(0, 0, width, size.Y))
		draw.Draw(padded, padded.Rect, g.picture, image.Point{}, draw.Src)
		known = registered{"glyph" + strconv.Itoa(len(s.pictures)), float64(width) / float64(size.X)}
		s.pictures[g.shape] = known
		var file bytes.Buffer
		if err := png.Encode(&file, padded); err != nil {
			s.pdf.SetError(err)
			return
		}
		s.register(known.name, width, file.Bytes())
	}
	left, bottom, width, height := g.box[0]*g.scale, g.box[1]*g.scale, g.box[2]*g.scale, g.box[3]*g.scale
	s.pdf.ImageOptions(known.name, x+g.x+left, base-g.y-bottom-height, width*known.wider, height, false, pngOptions, 0, "")
}

// registered is a picture that the file has: its name, and how much wider it is than what is seen of it.
type registered struct {
	name  string
	wider float64
}

// register puts a PNG file into the document.
func (s *sheet) register(name string, width int, file []byte) {
	s.widths[width] = true
	s.pdf.RegisterImageOptionsReader(name, pngOptions, bytes.NewReader(file))
}

var pngOptions = fpdf.ImageOptions{ImageType: "PNG", AllowNegativePosition: true}

// hide writes, without ink, the text that shapes were drawn for, so that it can be searched and copied.
func (s *sheet) hide(x, base float64, face typeface, p piece) {
	found := p.text
	if strings.TrimSpace(found) == "" {
		return
	}
	// The PDF writer knows only characters of two bytes; the others are told beside the text.
	short := strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return '\uFFFD'
		}
		return r
	}, found)
	natural := ownFonts()[face.weight].reader(short, face.size)
	if natural <= 0 || p.width <= 0 {
		return
	}
	if short != found {
		s.pdf.RawWriteStr(fmt.Sprintf("/Span <</ActualText <%X>>> BDC", describe(found)))
	}
	s.pdf.SetFont("plex", face.weight.name(), face.size)
	s.pdf.RawWriteStr(fmt.Sprintf("3 Tr %.2f Tz", 100*p.width/natural))
	s.pdf.Text(x, base, short)
	s.pdf.RawWriteStr("0 Tr 100 Tz")
	if short != found {
		s.pdf.RawWriteStr("EMC")
	}
}
