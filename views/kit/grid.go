package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/views/task"
	"clientele/views/theme"
)

// Grid is the table of the product: a heading that sorts, columns that can be
// dragged wider, and rows of uniform height that are chosen, opened and deleted
// from the keyboard as well as with the pointer. The chosen row is the cursor.
//
// Only the rows in sight are drawn, and of those only what changed since the
// last picture, so the number of rows does not matter: positions are counted
// in rows, not in the toolkit's single-precision units.
//
// Set the functions before the grid is shown.
type Grid struct {
	widget.BaseWidget

	// OnOpen is called when a row is opened, by Enter or a double click.
	OnOpen func(row int)
	// OnSelect is called when the cursor moves to another row; -1 is none.
	OnSelect func(row int)
	// OnMarks is called when the set of selected rows changed.
	OnMarks func()
	// OnSort is called when a person asks for another order. The grid shows
	// the arrow; the rows are the caller's to sort.
	OnSort func(key string, descending bool)
	// OnWidths is called when a person has changed the width of a column.
	OnWidths func(widths map[string]float32)
	// OnDelete is called for the Delete key.
	OnDelete func()
	// OnType is called when a letter is typed, for jumping to the search.
	OnType func(r rune)
	// Menu answers the menu for the row under the cursor, or nil for none.
	Menu func(row int) *fyne.Menu
	// Multi allows more than one row to be selected.
	Multi bool
	// OnSpace is what Space does in a list of things that are ticked; nil selects the row, or no longer.
	OnSpace func()

	run     *task.Runner
	src     Source
	cols    *columns
	sortKey string
	sortDsc bool

	cursor int   // the row that keys act on; -1 is none
	anchor int   // where an extended selection began
	marks  spans // the selected rows

	head *gridHead
	body *gridBody
	vbar *scrollBar
	hbar *scrollBar
	tip  *tip
}

// NewGrid returns a grid without rows. The runner's clock tells double clicks
// and when to show the whole of a name that was cut.
func NewGrid(run *task.Runner, cols ...Column) *Grid {
	g := &Grid{run: run, src: Rows(nil), cols: newColumns(cols), cursor: -1, anchor: -1}
	g.head = newGridHead(g)
	g.body = newGridBody(g)
	g.vbar = newScrollBar(true, func(f float64) { g.body.scrollTo(f*g.body.span(), g.body.left) })
	g.hbar = newScrollBar(false, func(f float64) {
		g.body.scrollTo(g.body.top, float32(f*float64(g.body.total)))
	})
	g.tip = newTip(func() { g.body.MouseOut() })
	g.ExtendBaseWidget(g)
	return g
}

// SetSource shows other rows from their beginning, with nothing selected.
func (g *Grid) SetSource(src Source) {
	g.src = src
	g.Reset()
}

// Reset shows the source from its beginning, with nothing selected, as after
// another search.
func (g *Grid) Reset() {
	g.body.top = 0
	g.setCursor(-1)
	g.setMarks(nil)
	g.Update()
}

// Update draws the rows anew after the source changed or has loaded more. The
// cursor, the selection and the position stay where rows are left for them.
// Cells whose text is what it was cost nothing.
func (g *Grid) Update() {
	n := g.src.Len()
	if g.cursor >= n {
		g.setCursor(n - 1)
	}
	g.anchor = min(g.anchor, n-1)
	g.setMarks(g.marks.clip(n))
	g.body.arrange()
}

// Cursor answers the row that keys act on, or -1.
func (g *Grid) Cursor() int { return g.cursor }

// Select moves the cursor to a row, selects it alone and brings it into sight;
// -1 selects nothing.
func (g *Grid) Select(row int) {
	g.moveTo(row, false)
}

// Selected answers the selected rows as sorted runs.
func (g *Grid) Selected() []Span { return append([]Span(nil), g.marks...) }

// SelectedCount answers how many rows are selected.
func (g *Grid) SelectedCount() int { return g.marks.count() }

// SelectAll selects all rows, if more than one may be.
func (g *Grid) SelectAll() {
	if n := g.src.Len(); g.Multi && n > 0 {
		g.setMarks(spans{{0, n - 1}})
		g.body.sync()
	}
}

// SetSort shows by which column the rows are sorted, without asking for it.
func (g *Grid) SetSort(key string, descending bool) {
	g.sortKey, g.sortDsc = key, descending
	g.head.Refresh()
}

// SortBy does what a click on a heading does: sorts by that column, and the
// other way round if it was the one already.
func (g *Grid) SortBy(key string) {
	g.SetSort(key, g.sortKey == key && !g.sortDsc)
	if g.OnSort != nil {
		g.OnSort(key, g.sortDsc)
	}
}

// SetWidths restores widths that OnWidths told earlier, by the columns' keys.
func (g *Grid) SetWidths(widths map[string]float32) {
	g.cols.restore(widths)
	g.body.arrange()
	g.head.Refresh()
}

// FocusTarget answers what takes the keyboard. Give it to the canvas of the window: the toolkit knows the canvas of a widget only once it has
// been drawn.
func (g *Grid) FocusTarget() fyne.Focusable { return g.body }

// Focused tells whether the grid has the keyboard.
func (g *Grid) Focused() bool { return g.body.focused }

func (g *Grid) setCursor(row int) {
	if row == g.cursor {
		return
	}
	g.cursor = row
	if g.OnSelect != nil {
		g.OnSelect(row)
	}
}

func (g *Grid) setMarks(m spans) {
	same := len(m) == len(g.marks)
	for i := 0; same && i < len(m); i++ {
		same = m[i] == g.marks[i]
	}
	if same {
		return
	}
	g.marks = m
	if g.OnMarks != nil {
		g.OnMarks()
	}
}

// moveTo moves the cursor; extend selects from where the selection began.
func (g *Grid) moveTo(row int, extend bool) {
	n := g.src.Len()
	row = min(row, n-1)
	if row < 0 {
		g.setCursor(-1)
		g.anchor = -1
		g.setMarks(nil)
		g.body.sync()
		return
	}
	g.setCursor(row)
	if extend && g.Multi && g.anchor >= 0 {
		g.setMarks(spans(nil).with(g.anchor, row))
	} else {
		g.anchor = row
		g.setMarks(spans{{row, row}})
	}
	g.body.reveal(row)
}

// toggle adds a row to the selection or takes it out.
func (g *Grid) toggle(row int) {
	g.setCursor(row)
	g.anchor = row
	if g.marks.has(row) {
		g.setMarks(g.marks.without(row, row))
	} else {
		g.setMarks(g.marks.with(row, row))
	}
	g.body.reveal(row)
}

// CreateRenderer is for the toolkit.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(ftheme.Color(theme.ColorNameSurface))
	ground.CornerRadius = ftheme.Size(ftheme.SizeNameInputRadius)
	ring := canvas.NewRectangle(color.Transparent)
	ring.CornerRadius = ground.CornerRadius
	r := &gridRenderer{
		g: g, ground: ground, ring: ring,
		head: clipped(g.head), body: clipped(g.body),
	}
	r.objects = append([]fyne.CanvasObject{ground, r.head, r.body, g.vbar, g.hbar, ring}, g.tip.objects()...)
	r.paint()
	return r
}

type gridRenderer struct {
	g            *Grid
	ground, ring *canvas.Rectangle
	head, body   *container.Clip
	objects      []fyne.CanvasObject
}

func (r *gridRenderer) Destroy() {}

// MinSize has room for one row, as where large text leaves no more.
func (r *gridRenderer) MinSize() fyne.Size {
	return fyne.NewSize(160, headHeight()+theme.RowHeight()+ftheme.Size(ftheme.SizeNameScrollBar))
}

func (r *gridRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *gridRenderer) Layout(size fyne.Size) {
	bar := ftheme.Size(ftheme.SizeNameScrollBar)
	r.ground.Resize(size)
	r.ring.Resize(size)
	r.head.Move(fyne.NewPos(1, 1))
	r.head.Resize(fyne.NewSize(size.Width-2, headHeight()))
	r.body.Move(fyne.NewPos(1, headHeight()+1))
	r.body.Resize(fyne.NewSize(size.Width-2, max(size.Height-headHeight()-2, 0)))
	r.g.vbar.Move(fyne.NewPos(size.Width-bar-1, headHeight()+1))
	r.g.vbar.Resize(fyne.NewSize(bar, max(size.Height-headHeight()-2, 0)))
	r.g.hbar.Move(fyne.NewPos(1, size.Height-bar-1))
	r.g.hbar.Resize(fyne.NewSize(max(size.Width-bar-2, 0), bar))
}

// paint gives the grid its edge, and with the keyboard a ring over the rows. A rounded rectangle costs the processor each pixel within it with each
// frame where there is no graphics card, so there is no more than one while somebody types into the search.
func (r *gridRenderer) paint() {
	r.ground.FillColor = ftheme.Color(theme.ColorNameSurface)
	r.ground.StrokeWidth = 1
	r.ground.StrokeColor = ftheme.Color(ftheme.ColorNameSeparator)
	r.ring.StrokeWidth = 2
	r.ring.StrokeColor = ftheme.Color(ftheme.ColorNamePrimary)
	setVisible(r.ring, r.g.body.focused)
}

func (r *gridRenderer) Refresh() {
	r.paint()
	r.ground.Refresh()
	r.ring.Refresh()
	r.g.head.Refresh()
	r.g.body.Refresh()
	r.g.vbar.Refresh()
	r.g.hbar.Refresh()
}

// drawFocus draws whether the keyboard is here, and nothing else.
func (g *Grid) drawFocus() {
	g.tip.hide()
	g.body.sync()
	g.BaseWidget.Refresh()
}

// clipped answers a clip around an object that lays it out from the first
// resize on; a fresh one of the toolkit's does so only after it was measured.
func clipped(o fyne.CanvasObject) *container.Clip {
	c := container.NewClip(o)
	c.ExtendBaseWidget(c)
	return c
}
