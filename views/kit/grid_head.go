package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/assets/icons"
	"clientele/views/theme"
)

// gridHead draws the headings of a grid. A click sorts, dragging an edge gives
// the column before it another width.
type gridHead struct {
	widget.BaseWidget
	g      *Grid
	titles []*canvas.Text
	edges  []*canvas.Rectangle
	line   *canvas.Rectangle
	arrow  *canvas.Image
	hot    *canvas.Rectangle
	ring   *canvas.Rectangle
	layer  []fyne.CanvasObject

	grip    int // the column whose edge is being dragged, or -1
	gripped bool
	pointer float32

	focused bool
	col     int // the heading with the keyboard, while one has it
}

var (
	_ fyne.Tappable      = (*gridHead)(nil)
	_ fyne.Draggable     = (*gridHead)(nil)
	_ desktop.Cursorable = (*gridHead)(nil)
	_ desktop.Hoverable  = (*gridHead)(nil)
	_ desktop.Mouseable  = (*gridHead)(nil)
)

func newGridHead(g *Grid) *gridHead {
	h := &gridHead{
		g: g, grip: -1,
		line: canvas.NewRectangle(color.Transparent), hot: canvas.NewRectangle(color.Transparent),
		ring:  canvas.NewRectangle(color.Transparent),
		arrow: canvas.NewImageFromResource(icons.Ascending),
	}
	h.arrow.FillMode = canvas.ImageFillContain
	h.hot.Hide()
	h.ring.Hide()
	h.arrow.Hide()
	h.layer = []fyne.CanvasObject{h.hot}
	for range g.cols.cols {
		t := canvas.NewText("", color.Transparent)
		e := canvas.NewRectangle(color.Transparent)
		h.titles, h.edges = append(h.titles, t), append(h.edges, e)
		h.layer = append(h.layer, t, e)
	}
	h.layer = append(h.layer, h.arrow, h.line, h.ring)
	h.ExtendBaseWidget(h)
	return h
}

// place puts the headings over their columns.
func (h *gridHead) place() {
	strong := h.g.body.strong
	if strong == nil {
		return
	}
	const arrowSize = 16
	size := h.Size()
	x := -h.g.body.left
	setVisible(h.arrow, false)
	for i, col := range h.g.cols.cols {
		w := h.g.cols.shown[i]
		room := w - 2*cellInset
		sorted := col.Key == h.g.sortKey && col.Sortable
		if sorted {
			room -= arrowSize + theme.Unit
		}
		t := h.titles[i]
		text, _ := strong.fit(col.Title, room)
		if t.Text != text {
			t.Text = text
			t.Refresh()
		}
		tx := x + cellInset
		if col.Kind == NumberColumn {
			t.Alignment = fyne.TextAlignTrailing
			if sorted {
				tx += arrowSize + theme.Unit
			}
		}
		place(t, tx, 0, max(room, 0), size.Height-1)
		place(h.edges[i], x+w-1, 8, 1, max(size.Height-16, 0))
		if sorted {
			ax := tx + strong.width(text) + theme.Unit
			if col.Kind == NumberColumn {
				ax = x + w - cellInset - strong.width(text) - theme.Unit - arrowSize
			}
			place(h.arrow, ax, (size.Height-1-arrowSize)/2, arrowSize, arrowSize)
			setVisible(h.arrow, true)
		}
		x += w
	}
	place(h.line, 0, size.Height-1, max(x, size.Width), 1)
	h.ringed()
}

func (h *gridHead) Tapped(ev *fyne.PointEvent) {
	if h.gripped {
		h.gripped = false
		return
	}
	focus(h.g.body) // a click on what takes no keys took the keyboard away
	if i := h.g.cols.at(ev.Position.X + h.g.body.left); i >= 0 && h.g.cols.cols[i].Sortable {
		h.g.SortBy(h.g.cols.cols[i].Key)
	}
}

func (h *gridHead) MouseDown(ev *desktop.MouseEvent) {
	h.grip = h.g.cols.edge(ev.Position.X + h.g.body.left)
	h.gripped = h.grip >= 0
}

func (h *gridHead) MouseUp(*desktop.MouseEvent) {}

func (h *gridHead) Dragged(ev *fyne.DragEvent) {
	if h.grip < 0 {
		return
	}
	left := h.g.cols.left(h.grip) - h.g.body.left
	h.g.cols.resize(h.grip, ev.Position.X-left)
	h.g.body.arrange()
}

func (h *gridHead) DragEnd() {
	if h.grip < 0 {
		return
	}
	h.grip, h.gripped = -1, false
	if h.g.OnWidths != nil {
		h.g.OnWidths(h.g.cols.chosen())
	}
}

func (h *gridHead) Cursor() desktop.Cursor {
	if h.grip >= 0 || h.g.cols.edge(h.pointer+h.g.body.left) >= 0 {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

func (h *gridHead) MouseIn(ev *desktop.MouseEvent) { h.MouseMoved(ev) }

func (h *gridHead) MouseMoved(ev *desktop.MouseEvent) {
	h.pointer = ev.Position.X
	i := h.g.cols.at(h.pointer + h.g.body.left)
	on := i >= 0 && h.g.cols.cols[i].Sortable
	if on {
		place(h.hot, h.g.cols.left(i)-h.g.body.left, 0, h.g.cols.shown[i], h.Size().Height-1)
	}
	setVisible(h.hot, on)
}

func (h *gridHead) MouseOut() { setVisible(h.hot, false) }

func (h *gridHead) CreateRenderer() fyne.WidgetRenderer {
	r := &gridHeadRenderer{h}
	r.paint()
	return r
}

type gridHeadRenderer struct{ h *gridHead }

func (r *gridHeadRenderer) Destroy()                     {}
func (r *gridHeadRenderer) MinSize() fyne.Size           { return fyne.NewSize(1, headHeight()) }
func (r *gridHeadRenderer) Objects() []fyne.CanvasObject { return r.h.layer }
func (r *gridHeadRenderer) Layout(fyne.Size)             { r.h.place() }

func (r *gridHeadRenderer) paint() {
	h := r.h
	h.hot.FillColor = ftheme.Color(ftheme.ColorNameHover)
	h.line.FillColor = ftheme.Color(ftheme.ColorNameSeparator)
	h.arrow.Resource = icons.Ascending
	if h.g.sortDsc {
		h.arrow.Resource = icons.Descending
	}
	for i, t := range h.titles {
		t.TextSize, t.TextStyle = ftheme.TextSize(), fyne.TextStyle{Bold: true}
		t.Color = ftheme.Color(theme.ColorNameMuted)
		h.edges[i].FillColor = ftheme.Color(ftheme.ColorNameSeparator)
	}
}

func (r *gridHeadRenderer) Refresh() {
	r.paint()
	r.h.place()
	for _, o := range r.h.layer {
		canvas.Refresh(o)
	}
}
