package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// scrollBar shows and moves a view over something longer. Lengths are of double
// precision: a million rows are more than the toolkit's units can tell apart.
type scrollBar struct {
	widget.BaseWidget
	upright bool
	move    func(fraction float64) // where the view should begin, as a part of the whole

	at, view, whole float64
	track, thumb    *canvas.Rectangle
	hot             bool
}

var (
	_ fyne.Draggable    = (*scrollBar)(nil)
	_ fyne.Tappable     = (*scrollBar)(nil)
	_ desktop.Hoverable = (*scrollBar)(nil)
)

const minThumb float32 = 28

func newScrollBar(upright bool, move func(float64)) *scrollBar {
	s := &scrollBar{upright: upright, move: move, track: canvas.NewRectangle(color.Transparent), thumb: canvas.NewRectangle(color.Transparent)}
	s.ExtendBaseWidget(s)
	s.Hide()
	return s
}

// set tells where the view begins, how long it is, and how long the whole is.
func (s *scrollBar) set(at, view, whole float64) {
	s.at, s.view, s.whole = at, view, whole
	setVisible(s, whole > view && view > 0)
	s.place()
}

func (s *scrollBar) length() float32 {
	if s.upright {
		return s.Size().Height
	}
	return s.Size().Width
}

func (s *scrollBar) thumbLength() float32 {
	if s.whole <= 0 {
		return s.length()
	}
	return min(max(float32(float64(s.length())*s.view/s.whole), minThumb), s.length())
}

func (s *scrollBar) thumbStart() float32 {
	free := s.whole - s.view
	if free <= 0 {
		return 0
	}
	return float32(s.at / free * float64(s.length()-s.thumbLength()))
}

func (s *scrollBar) place() {
	thick := 2 * theme.Unit
	if !s.hot {
		thick = theme.Unit + 2
	}
	across := s.Size().Width
	if !s.upright {
		across = s.Size().Height
	}
	off := (across - thick) / 2
	s.thumb.CornerRadius = thick / 2
	place(s.track, 0, 0, s.Size().Width, s.Size().Height)
	if s.upright {
		place(s.thumb, off, s.thumbStart(), thick, s.thumbLength())
	} else {
		place(s.thumb, s.thumbStart(), off, s.thumbLength(), thick)
	}
}

func (s *scrollBar) Dragged(ev *fyne.DragEvent) {
	d := ev.Dragged.DY
	if !s.upright {
		d = ev.Dragged.DX
	}
	run := s.length() - s.thumbLength()
	if run <= 0 || s.whole <= 0 {
		return
	}
	s.move((s.at + float64(d/run)*(s.whole-s.view)) / s.whole)
}

func (s *scrollBar) DragEnd() {}

// Tapped moves by a page towards where the click was.
func (s *scrollBar) Tapped(ev *fyne.PointEvent) {
	p := ev.Position.Y
	if !s.upright {
		p = ev.Position.X
	}
	switch start := s.thumbStart(); {
	case p < start:
		s.move((s.at - s.view) / s.whole)
	case p > start+s.thumbLength():
		s.move((s.at + s.view) / s.whole)
	}
}

func (s *scrollBar) MouseIn(*desktop.MouseEvent) {
	s.hot = true
	s.place()
}

func (s *scrollBar) MouseMoved(*desktop.MouseEvent) {}

func (s *scrollBar) MouseOut() {
	s.hot = false
	s.place()
}

func (s *scrollBar) CreateRenderer() fyne.WidgetRenderer {
	r := &scrollBarRenderer{s}
	r.paint()
	return r
}

type scrollBarRenderer struct{ s *scrollBar }

func (r *scrollBarRenderer) Destroy()           {}
func (r *scrollBarRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(theme.Unit) }
func (r *scrollBarRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.track, r.s.thumb}
}
func (r *scrollBarRenderer) Layout(fyne.Size) { r.s.place() }

// paint gives a bar along the bottom a ground, as it lies over a row.
func (r *scrollBarRenderer) paint() {
	r.s.thumb.FillColor = ftheme.Color(ftheme.ColorNameScrollBar)
	if !r.s.upright {
		r.s.track.FillColor = ftheme.Color(theme.ColorNameSurface)
	}
}

func (r *scrollBarRenderer) Refresh() {
	r.paint()
	r.s.track.Refresh()
	r.s.thumb.Refresh()
}
