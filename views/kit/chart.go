package kit

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// ChartBar is one column of a [Chart].
type ChartBar struct {
	Label string // below it
	Under string // a second line below that; may be empty
	Value int64  // how high it is; below zero it is not drawn
	// Tip is the whole of it in words, shown while the pointer or the keyboard is on it.
	Tip  string
	Tone theme.Tone
	Open func() // shows what the bar is of; nil has nothing to show
}

// Chart compares values by columns on one scale. A click on a column, or Enter while the keyboard is on it, opens what it is of.
type Chart struct {
	widget.BaseWidget
	// Amount writes a value at the scale, such as £2,000.
	Amount func(v int64) string

	bars    []ChartBar
	at      int // the bar under the pointer or the keyboard, or -1
	focused bool
	height  float32

	columns []*canvas.Rectangle
	grounds []*canvas.Rectangle // behind each column, as high as the chart
	labels  []*canvas.Text
	unders  []*canvas.Text
	lines   []*canvas.Line
	ticks   []*canvas.Text
	base    *canvas.Line
	tip     *tip
}

var (
	_ fyne.Tappable      = (*Chart)(nil)
	_ fyne.Focusable     = (*Chart)(nil)
	_ desktop.Hoverable  = (*Chart)(nil)
	_ desktop.Cursorable = (*Chart)(nil)
	_ fyne.Accessible    = (*Chart)(nil)
)

// The most lines of the scale above its base, the most of its room that a column takes, and how wide one gets at most.
const (
	chartLines          = 4
	chartShare  float32 = 0.64
	chartWidest float32 = 56
)

// NewChart returns a chart without columns, which is as high as that.
func NewChart(height float32, amount func(v int64) string) *Chart {
	c := &Chart{Amount: amount, at: -1, height: height, base: canvas.NewLine(color.Transparent)}
	c.tip = newTip(c.MouseOut)
	for range chartLines {
		c.lines = append(c.lines, canvas.NewLine(color.Transparent))
		c.ticks = append(c.ticks, canvas.NewText("", color.Transparent))
	}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows other columns.
func (c *Chart) Set(bars ...ChartBar) {
	c.bars = bars
	if c.at >= len(bars) {
		c.at = -1
	}
	for len(c.columns) < len(bars) {
		c.columns = append(c.columns, canvas.NewRectangle(color.Transparent))
		c.grounds = append(c.grounds, canvas.NewRectangle(color.Transparent))
		c.labels = append(c.labels, canvas.NewText("", color.Transparent))
		c.unders = append(c.unders, canvas.NewText("", color.Transparent))
	}
	c.columns, c.grounds, c.labels, c.unders = c.columns[:len(bars)], c.grounds[:len(bars)], c.labels[:len(bars)], c.unders[:len(bars)]
	c.Refresh()
}

// Bars answers what is shown.
func (c *Chart) Bars() []ChartBar { return c.bars }

// Step is the distance of a scale's lines for values up to most: 1, 2 or 5 with noughts behind, such that there are few lines.
func chartStep(most int64) int64 {
	step := int64(1)
	for {
		for _, by := range []int64{1, 2, 5} {
			if most/(by*step) < chartLines || most/(by*step) == chartLines && most%(by*step) == 0 {
				return by * step
			}
		}
		step *= 10
	}
}

// Tapped is for the toolkit.
func (c *Chart) Tapped(ev *fyne.PointEvent) { c.open(c.barAt(ev.Position.X)) }

func (c *Chart) open(i int) {
	if i >= 0 && i < len(c.bars) && c.bars[i].Open != nil {
		c.bars[i].Open()
	}
}

// MouseIn is for the toolkit.
func (c *Chart) MouseIn(ev *desktop.MouseEvent) { c.point(c.barAt(ev.Position.X)) }

// MouseMoved is for the toolkit.
func (c *Chart) MouseMoved(ev *desktop.MouseEvent) { c.point(c.barAt(ev.Position.X)) }

// MouseOut is for the toolkit.
func (c *Chart) MouseOut() { c.point(-1) }

// Cursor is for the toolkit.
func (c *Chart) Cursor() desktop.Cursor {
	if c.at >= 0 && c.at < len(c.bars) && c.bars[c.at].Open != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// FocusGained is for the toolkit.
func (c *Chart) FocusGained() { c.focused = true; c.step(0); Reveal(c) }

// FocusLost is for the toolkit.
func (c *Chart) FocusLost() { c.focused = false; c.at = -1; c.Refresh() }

// TypedRune is for the toolkit.
func (c *Chart) TypedRune(rune) {}

// TypedKey is for the toolkit.
func (c *Chart) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyLeft:
		c.step(-1)
	case fyne.KeyRight:
		c.step(1)
	case fyne.KeyHome:
		c.step(-len(c.bars))
	case fyne.KeyEnd:
		c.step(len(c.bars))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.open(c.at)
	}
}

func (c *Chart) step(by int) {
	c.at = max(min(c.at+by, len(c.bars)-1), 0)
	if len(c.bars) == 0 {
		c.at = -1
	}
	c.Refresh()
}

func (c *Chart) point(i int) {
	if i != c.at {
		c.at = i
		c.Refresh()
	}
}

// AccessibilityLabel is for screen readers.
func (c *Chart) AccessibilityLabel() string {
	if c.at >= 0 && c.at < len(c.bars) {
		return c.bars[c.at].Tip
	}
	return ""
}

// AccessibilityRole is for screen readers.
func (c *Chart) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for the toolkit.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	r := &chartRenderer{c}
	r.paint()
	return r
}

// frame is where the columns stand: right of the scale, above the labels.
func (c *Chart) frame() (left, top, width, height float32) {
	step, lines := c.scale()
	for i := range lines {
		left = max(left, fyne.MeasureText(c.Amount(step*int64(i+1)), ftheme.TextSize(), fyne.TextStyle{}).Width)
	}
	if left > 0 {
		left += 2 * theme.Unit
	}
	text := fyne.MeasureText("0", ftheme.TextSize(), fyne.TextStyle{}).Height
	top = text / 2
	size := c.Size()
	below := text
	if slices.ContainsFunc(c.bars, func(b ChartBar) bool { return b.Under != "" }) {
		below += text
	}
	return left, top, max(size.Width-left, 0), max(size.Height-top-below-2*theme.Unit, 0)
}

// scale is how far its lines are apart, and how many there are above the base: enough for the highest column.
func (c *Chart) scale() (step int64, lines int) {
	most := int64(0)
	for _, b := range c.bars {
		most = max(most, b.Value)
	}
	if most == 0 {
		return 0, 0
	}
	step = chartStep(most)
	return step, int((most-1)/step) + 1
}

// tickEvery tells that each line of the scale, so far apart, says its amount, or every second one, and so on, the highest always.
func (c *Chart) tickEvery(apart float32) int {
	high := fyne.MeasureText("0", ftheme.TextSize(), fyne.TextStyle{}).Height
	n := 1
	for n < chartLines && apart*float32(n) < high {
		n++
	}
	return n
}

// labelEvery tells that each label is written, or where they are wider than their columns every second one, and so on, the last one always: a
// label that is cut to a letter says less than none.
func (c *Chart) labelEvery(room float32) int {
	widest, n := float32(0), 1
	for _, b := range c.bars {
		for _, line := range []string{b.Label, b.Under} {
			widest = max(widest, fyne.MeasureText(line, ftheme.TextSize(), fyne.TextStyle{}).Width)
		}
	}
	for n < len(c.bars) && widest > room*float32(n) {
		n++
	}
	return n
}

func (c *Chart) barAt(x float32) int {
	left, _, width, _ := c.frame()
	if len(c.bars) == 0 || width <= 0 || x < left || x >= left+width {
		return -1
	}
	return min(int((x-left)/(width/float32(len(c.bars)))), len(c.bars)-1)
}

type chartRenderer struct{ c *Chart }

func (r *chartRenderer) Destroy() {}

func (r *chartRenderer) MinSize() fyne.Size { return fyne.NewSize(260, r.c.height) }

func (r *chartRenderer) Objects() []fyne.CanvasObject {
	c := r.c
	var all []fyne.CanvasObject
	for _, g := range c.grounds {
		all = append(all, g)
	}
	for i := range c.lines {
		all = append(all, c.lines[i], c.ticks[i])
	}
	for i := range c.columns {
		all = append(all, c.columns[i], c.labels[i], c.unders[i])
	}
	return append(append(all, c.base), c.tip.objects()...)
}

func (r *chartRenderer) Layout(size fyne.Size) {
	c := r.c
	left, top, width, height := c.frame()
	step, lines := c.scale()
	every := c.tickEvery(height / float32(max(lines, 1)))
	for i := range chartLines {
		setVisible(c.lines[i], i < lines)
		setVisible(c.ticks[i], i < lines && (lines-1-i)%every == 0)
		if i >= lines {
			continue
		}
		y := top + height - height*float32(i+1)/float32(lines)
		c.lines[i].Position1, c.lines[i].Position2 = fyne.NewPos(left, y), fyne.NewPos(left+width, y)
		tick := c.ticks[i]
		tick.Text, tick.Alignment = c.Amount(step*int64(i+1)), fyne.TextAlignTrailing
		h := tick.MinSize().Height
		place(tick, 0, y-h/2, max(left-2*theme.Unit, 0), h)
	}
	c.base.Position1, c.base.Position2 = fyne.NewPos(left, top+height), fyne.NewPos(left+width, top+height)
	each := width / float32(max(len(c.bars), 1))
	wide := min(each*chartShare, chartWidest)
	every = c.labelEvery(each - theme.Unit)
	for i, b := range c.bars {
		x := left + each*float32(i)
		h := float32(0)
		if full := step * int64(lines); full > 0 && b.Value > 0 {
			h = max(height*float32(float64(b.Value)/float64(full)), 2) // what is there is seen, however little
		}
		place(c.grounds[i], x, 0, each, top+height)
		place(c.columns[i], x+(each-wide)/2, top+height-h, wide, h)
		y, spread := top+height+theme.Unit, each*float32(every-1)
		for line, label := range []*canvas.Text{c.labels[i], c.unders[i]} {
			label.Text = ""
			if (len(c.bars)-1-i)%every == 0 {
				label.Text, _ = newCutter(label.TextSize, fyne.TextStyle{}).fit([]string{b.Label, b.Under}[line], each*float32(every)-theme.Unit)
			}
			label.Alignment = fyne.TextAlignCenter
			h := label.MinSize().Height
			place(label, x-spread/2, y, each+spread, h)
			y += h
		}
	}
	if c.at < 0 || c.at >= len(c.bars) {
		c.tip.hide()
		return
	}
	over := c.columns[c.at].Position()
	text := fyne.MeasureText(c.bars[c.at].Tip, ftheme.TextSize(), fyne.TextStyle{}).Width + 4*theme.Unit
	// Above the column, where there is room for it; the tip itself stays within the chart.
	c.tip.show(c.bars[c.at].Tip, fyne.NewPos(left+each*(float32(c.at)+0.5)-text/2, max(over.Y-13*theme.Unit, -5*theme.Unit)), size)
}

func (r *chartRenderer) paint() {
	c := r.c
	for i := range c.lines {
		c.lines[i].StrokeColor, c.lines[i].StrokeWidth = ftheme.Color(ftheme.ColorNameSeparator), 1
		c.ticks[i].Color, c.ticks[i].TextSize = ftheme.Color(theme.ColorNameMuted), ftheme.TextSize()
	}
	c.base.StrokeColor, c.base.StrokeWidth = ftheme.Color(ftheme.ColorNameInputBorder), 1
	for i, b := range c.bars {
		c.columns[i].FillColor = ftheme.Color(b.Tone.Bar())
		c.columns[i].TopLeftCornerRadius, c.columns[i].TopRightCornerRadius = theme.Unit, theme.Unit
		for _, label := range []*canvas.Text{c.labels[i], c.unders[i]} {
			label.Color, label.TextSize = ftheme.Color(theme.ColorNameMuted), ftheme.TextSize()
		}
		g := c.grounds[i]
		g.FillColor, g.StrokeWidth, g.CornerRadius = color.Transparent, 0, theme.Unit
		if i != c.at {
			continue
		}
		g.FillColor = ftheme.Color(ftheme.ColorNameHover)
		c.labels[i].Color, c.unders[i].Color = ftheme.Color(ftheme.ColorNameForeground), ftheme.Color(ftheme.ColorNameForeground)
		if c.focused {
			g.StrokeColor, g.StrokeWidth = ftheme.Color(ftheme.ColorNamePrimary), 2
		}
	}
}

func (r *chartRenderer) Refresh() {
	r.paint()
	r.Layout(r.c.Size())
	for _, o := range r.Objects() {
		canvas.Refresh(o)
	}
}
