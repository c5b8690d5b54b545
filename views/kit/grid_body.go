package kit

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// gridBody draws the rows of a grid and takes its keys and clicks. It has a
// fixed number of row slots, one more than fit; the row i is drawn by the slot
// i modulo their number, so that scrolling by one row gives one slot new texts
// and only moves the others.
type gridBody struct {
	widget.BaseWidget
	g *Grid

	top   float64 // how far the rows are scrolled, from the top of row 0
	left  float32 // how far the columns are scrolled
	total float32 // the width of all columns

	slots  []*gridSlot
	bar    *canvas.Rectangle // beside the row of the cursor
	text   *cutter
	strong *cutter
	layer  []fyne.CanvasObject

	focused bool
	shift   bool
	hover   int
	click   clickState
	tipStop func()
}

func newGridBody(g *Grid) *gridBody {
	b := &gridBody{g: g, hover: -1, bar: canvas.NewRectangle(color.Transparent)}
	b.ExtendBaseWidget(b)
	return b
}

func (b *gridBody) rowHeight() float64 { return float64(theme.RowHeight()) }

// span is the height of all rows.
func (b *gridBody) span() float64 { return float64(b.g.src.Len()) * b.rowHeight() }

// page is how many whole rows are in sight, at least one.
func (b *gridBody) page() int {
	return max(int(float64(b.viewHeight())/b.rowHeight()), 1)
}

// viewHeight is the height in which rows can be seen.
func (b *gridBody) viewHeight() float32 {
	h := b.Size().Height
	if b.total > b.Size().Width {
		h -= ftheme.Size(ftheme.SizeNameScrollBar)
	}
	return max(h, 0)
}

// rowAt answers the row at a height of the body, or -1.
func (b *gridBody) rowAt(y float32) int {
	if y < 0 {
		return -1
	}
	i := int((b.top + float64(y)) / b.rowHeight())
	if i >= b.g.src.Len() {
		return -1
	}
	return i
}

// scrollTo moves the view, as far as there are rows and columns.
func (b *gridBody) scrollTo(top float64, left float32) {
	top = math.Max(math.Min(top, b.span()-float64(b.viewHeight())), 0)
	left = max(min(left, b.total-b.Size().Width), 0)
	if left != b.left {
		b.left = left
		b.g.head.place()
	}
	b.top = top
	b.g.tip.hide()
	b.sync()
}

// reveal brings a row into sight and draws.
func (b *gridBody) reveal(row int) {
	y := float64(row) * b.rowHeight()
	top := b.top
	if y < top || float64(b.viewHeight()) < b.rowHeight() { // above, or there is no room for a row yet
		top = y
	} else if end := y + b.rowHeight() - float64(b.viewHeight()); end > top {
		top = end
	}
	b.scrollTo(top, b.left)
}

// arrange lays out columns and slots for the present size, then draws.
func (b *gridBody) arrange() {
	size := b.Size()
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	avail := size.Width
	if b.span() > float64(size.Height) {
		avail -= ftheme.Size(ftheme.SizeNameScrollBar)
	}
	if b.strong != nil {
		b.g.cols.measure(b.strong)
	}
	b.total = b.g.cols.arrange(avail)
	want := int(math.Ceil(float64(size.Height)/b.rowHeight())) + 1
	if want != len(b.slots) {
		b.makeSlots(want)
	}
	b.g.head.place()
	b.scrollTo(b.top, b.left)
}

func (b *gridBody) makeSlots(n int) {
	for len(b.slots) < n {
		b.slots = append(b.slots, newGridSlot(b))
	}
	b.slots = b.slots[:n]
	b.layer = b.layer[:0]
	for _, s := range b.slots {
		s.index = -1
		b.layer = append(b.layer, s.objects...)
	}
	b.layer = append(b.layer, b.bar)
}

// sync draws what is in sight. Slots and cells that show what they should are
// not touched.
func (b *gridBody) sync() {
	if len(b.slots) == 0 || b.text == nil {
		return
	}
	n, h := b.g.src.Len(), b.rowHeight()
	first := int(b.top / h)
	barShown := false
	for i := first; i < first+len(b.slots); i++ {
		s := b.slots[i%len(b.slots)]
		if i >= n {
			s.hide()
			continue
		}
		y := float32(float64(i)*h - b.top)
		s.show(i, y, b.ground(i))
		if i == b.g.cursor && b.focused {
			b.bar.Move(fyne.NewPos(0, y))
			b.bar.Resize(fyne.NewSize(3, float32(h)-1))
			barShown = true
		}
	}
	setVisible(b.bar, barShown)
	b.g.vbar.set(b.top, float64(b.viewHeight()), b.span())
	b.g.hbar.set(float64(b.left), float64(b.Size().Width), float64(b.total))
	if n > 0 {
		page := len(b.slots)
		want := Span{max(first-page, 0), min(first+2*page, n) - 1}
		if want.First <= want.Last {
			b.g.src.Want(want.First, want.Last)
		}
	}
}

// ground is the colour behind a row; nil is none.
func (b *gridBody) ground(i int) fyne.ThemeColorName {
	switch {
	case b.g.marks.has(i) && b.focused:
		return theme.ColorNameRowOn
	case b.g.marks.has(i):
		return theme.ColorNameRowIdle
	case i == b.hover:
		return theme.ColorNameRowHot
	}
	return ""
}

func (b *gridBody) CreateRenderer() fyne.WidgetRenderer {
	r := &gridBodyRenderer{b: b}
	r.paint()
	return r
}

type gridBodyRenderer struct{ b *gridBody }

func (r *gridBodyRenderer) Destroy()                     {}
func (r *gridBodyRenderer) MinSize() fyne.Size           { return fyne.NewSize(1, 1) }
func (r *gridBodyRenderer) Objects() []fyne.CanvasObject { return r.b.layer }
func (r *gridBodyRenderer) Layout(fyne.Size)             { r.b.arrange() }

// paint takes the theme's fonts, sizes and colours.
func (r *gridBodyRenderer) paint() {
	size := ftheme.TextSize()
	r.b.text = newCutter(size, fyne.TextStyle{})
	r.b.strong = newCutter(size, fyne.TextStyle{Bold: true})
	r.b.bar.FillColor = ftheme.Color(ftheme.ColorNamePrimary)
	for _, s := range r.b.slots {
		s.forget()
	}
}

// Refresh is called when the theme changed; new rows come by Grid.Update.
func (r *gridBodyRenderer) Refresh() {
	if r.b.text.size != ftheme.TextSize() || r.b.bar.FillColor != ftheme.Color(ftheme.ColorNamePrimary) {
		r.paint()
	}
	r.b.arrange()
	canvas.Refresh(r.b)
}

func setVisible(o fyne.CanvasObject, on bool) {
	if on && !o.Visible() {
		o.Show()
	} else if !on && o.Visible() {
		o.Hide()
	}
}
