package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	ftheme "fyne.io/fyne/v2/theme"

	"clientele/views/theme"
)

// gridSlot draws one row: a ground, a line below it, and for each column a text
// and perhaps a pill. It remembers what it drew and touches only what differs.
type gridSlot struct {
	b       *gridBody
	index   int // the row that it draws; -1 is none
	ground  *canvas.Rectangle
	line    *canvas.Rectangle
	cells   []gridCell
	objects []fyne.CanvasObject
	on      fyne.ThemeColorName
	stale   bool
}

type gridCell struct {
	text  *canvas.Text
	pill  *canvas.Rectangle // nil unless the column is one of pills
	full  string            // what was given
	tone  theme.Tone
	width float32
	cut   bool
}

func newGridSlot(b *gridBody) *gridSlot {
	s := &gridSlot{
		b: b, index: -1, stale: true,
		ground: canvas.NewRectangle(color.Transparent),
		line:   canvas.NewRectangle(color.Transparent),
		cells:  make([]gridCell, len(b.g.cols.cols)),
	}
	s.objects = []fyne.CanvasObject{s.ground, s.line}
	for i, col := range b.g.cols.cols {
		c := &s.cells[i]
		c.text = canvas.NewText("", color.Transparent)
		switch col.Kind {
		case NumberColumn:
			c.text.Alignment = fyne.TextAlignTrailing
		case PillColumn:
			c.text.Alignment = fyne.TextAlignCenter
			c.pill = canvas.NewRectangle(color.Transparent)
			s.objects = append(s.objects, c.pill)
		}
		s.objects = append(s.objects, c.text)
	}
	return s
}

// forget makes the next show draw everything, as when the theme changed.
func (s *gridSlot) forget() { s.stale = true }

func (s *gridSlot) hide() {
	if s.index == -1 && !s.ground.Visible() {
		return
	}
	s.index = -1
	for _, o := range s.objects {
		setVisible(o, false)
	}
}

// show draws row i at height y.
func (s *gridSlot) show(i int, y float32, on fyne.ThemeColorName) {
	s.index = i
	h, total := theme.RowHeight(), max(s.b.total, s.b.Size().Width)
	setVisible(s.ground, on != "")
	if on != s.on || s.stale {
		s.on = on
		if on != "" {
			s.ground.FillColor = ftheme.Color(on)
			s.ground.Refresh()
		}
	}
	place(s.ground, 0, y, total, h-1)
	setVisible(s.line, true)
	if s.stale {
		s.line.FillColor = ftheme.Color(ftheme.ColorNameSeparator)
		s.line.Refresh()
	}
	place(s.line, 0, y+h-1, total, 1)

	row := s.b.g.src.Row(i)
	x := -s.b.left
	for c := range s.cells {
		w := s.b.g.cols.shown[c]
		s.cell(c, row.cell(c), row.tone(c), w)
		cell := &s.cells[c]
		if cell.text.Visible() {
			place(cell.text, x+cellInset, y, max(w-2*cellInset, 0), h)
			if cell.pill != nil {
				s.placePill(cell, x, y, w, h)
			}
		}
		x += w
	}
	s.stale = false
}

// cell gives one cell its text, if that is not what it shows.
func (s *gridSlot) cell(c int, full string, tone theme.Tone, width float32) {
	cell := &s.cells[c]
	if full == cell.full && tone == cell.tone && width == cell.width && !s.stale {
		show := full != ""
		setVisible(cell.text, show)
		if cell.pill != nil {
			setVisible(cell.pill, show)
		}
		return
	}
	cell.full, cell.tone, cell.width = full, tone, width
	setVisible(cell.text, full != "")
	if cell.pill != nil {
		setVisible(cell.pill, full != "")
	}
	if full == "" {
		return
	}
	room := width - 2*cellInset
	if cell.pill != nil {
		room -= 2 * cellInset
	}
	text, cut := s.b.text.fit(full, room)
	text, cell.cut = visual(text), cut
	col := ftheme.Color(tone.Text())
	if text != cell.text.Text || col != cell.text.Color || s.stale {
		cell.text.Text, cell.text.Color, cell.text.TextSize = text, col, s.b.text.size
		cell.text.Refresh()
	}
	if cell.pill != nil {
		cell.pill.FillColor = ftheme.Color(tone.Fill())
		cell.pill.Refresh()
	}
}

// placePill puts the pill around its word, at the left of the column.
func (s *gridSlot) placePill(cell *gridCell, x, y, w, h float32) {
	ph := min(s.b.text.size+2*theme.Unit, h-theme.Unit)
	pw := min(s.b.text.width(cell.text.Text)+2*cellInset, w-2*cellInset)
	cell.pill.CornerRadius = ph / 2
	place(cell.pill, x+cellInset, y+(h-1-ph)/2, pw, ph)
	place(cell.text, x+cellInset, y, pw, h-1)
}

// place moves and sizes an object, if it is not so already.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	if p := fyne.NewPos(x, y); o.Position() != p {
		o.Move(p)
	}
	if size := fyne.NewSize(w, h); o.Size() != size {
		o.Resize(size)
	}
}
