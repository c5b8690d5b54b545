package invoice

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// linesBody draws the lines that are in sight, and a few around them for the Tab key to go on to. A line has its box from when it was first in sight.
type linesBody struct {
	widget.BaseWidget
	l *lines
}

// around is how many lines are drawn above and below those in sight.
const around = 2

// boxOf is the box of a line.
func (b *linesBody) boxOf(row *line) *lineBox {
	if row.box != nil {
		return row.box
	}
	row.box = newLineBox()
	row.box.show(row)
	for i, c := range row.box.cells {
		c.OnChanged = func(s string) {
			row.Text[i] = s
			if row.wrong[i] != "" {
				row.wrong[i] = ""
				b.grown()
			}
			b.l.tell()
		}
		c.OnReturn = func() { b.l.enter(row) }
		c.OnKey = func(k fyne.KeyName) bool { return b.l.key(row, i, k) }
		c.onAlt = func(k fyne.KeyName) bool { return b.l.alt(row, i, k) }
		c.OnFocus = func(on bool) {
			if on {
				b.revealRow(row)
			}
		}
		c.OnRefused = func(why string) {
			row.wrong[i] = why
			b.grown()
		}
	}
	row.box.taxed.OnChanged = func(on bool) {
		row.Taxed = on
		b.l.tell()
	}
	row.box.more.OnTapped = func() { b.l.menu(row) }
	return row.box
}

// height is how high a line is. One that was never in sight has nothing wrong that would make it higher.
func (b *linesBody) height(row *line) float32 {
	if row.box == nil && row.faults() == "" {
		return b.plain()
	}
	return b.boxOf(row).height(b.Size().Width)
}

func (b *linesBody) plain() float32 {
	return rowsIn(b.Size().Width) * (b.boxOf(b.l.all[0]).cells[0].MinSize().Height + theme.Unit)
}

// grown is called after lines came, went or changed their height.
func (b *linesBody) grown() {
	for _, row := range b.l.all {
		if row.box != nil {
			row.box.show(row)
		} else if row.faults() != "" {
			b.boxOf(row)
		}
	}
	b.l.scroll.Refresh()
	b.Refresh()
}

// top is where a line begins.
func (b *linesBody) top(i int) (y float32) {
	for _, row := range b.l.all[:i] {
		y += b.height(row)
	}
	return y
}

func (b *linesBody) revealRow(row *line) {
	for i, r := range b.l.all {
		if r == row {
			b.reveal(i)
		}
	}
}

// reveal scrolls so that a line is in sight.
func (b *linesBody) reveal(i int) {
	s := b.l.scroll
	top := b.top(i)
	bottom := top + b.height(b.l.all[i])
	switch {
	case s.Size().Height <= 0:
	case top < s.Offset.Y:
		s.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > s.Offset.Y+s.Size().Height:
		s.ScrollToOffset(fyne.NewPos(0, bottom-s.Size().Height))
	}
	b.Refresh()
}

// CreateRenderer is for the toolkit.
func (b *linesBody) CreateRenderer() fyne.WidgetRenderer {
	r := &linesRenderer{b: b}
	return r
}

type linesRenderer struct {
	b     *linesBody
	shown []fyne.CanvasObject
}

func (r *linesRenderer) Destroy()                     {}
func (r *linesRenderer) Objects() []fyne.CanvasObject { return r.shown }

func (r *linesRenderer) MinSize() fyne.Size {
	return fyne.NewSize(columnsLeast, r.b.top(len(r.b.l.all)))
}

// Layout places the lines that are in sight and drops the others.
func (r *linesRenderer) Layout(size fyne.Size) {
	b := r.b
	from, to := b.l.scroll.Offset.Y, b.l.scroll.Offset.Y+b.l.scroll.Size().Height
	r.shown = nil
	y := float32(0)
	margin := around * b.plain()
	for _, row := range b.l.all {
		h := b.height(row)
		if y+h >= from-margin && y <= to+margin {
			box := b.boxOf(row)
			box.Move(fyne.NewPos(0, y))
			box.Resize(fyne.NewSize(size.Width, h))
			r.shown = append(r.shown, box)
		}
		y += h
	}
}

func (r *linesRenderer) Refresh() {
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}
