package client

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	ftheme "fyne.io/fyne/v2/theme"

	"clientele/views/kit"
	"clientele/views/theme"
)

// wish is how large something would like to be: a line of text as wide as its words.
func wish(o fyne.CanvasObject) fyne.Size {
	m := o.MinSize()
	if p, ok := o.(*kit.Para); ok {
		m.Width = fyne.MeasureText(p.Text(), ftheme.TextSize(), fyne.TextStyle{}).Width + 1
	}
	return m
}

// sideLayout puts things beside one another at their natural widths, in the middle of the height.
type sideLayout struct{}

func (*sideLayout) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	for _, o := range objects {
		s := o.MinSize()
		m.Width += s.Width + theme.Gap
		m.Height = max(m.Height, s.Height)
	}
	return m
}

func (*sideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var x float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		s := wish(o)
		s.Width = min(s.Width, max(size.Width-x, 0))
		o.Move(fyne.NewPos(x, (size.Height-s.Height)/2))
		o.Resize(s)
		x += s.Width + theme.Gap
	}
}

// pane is what scrolls up and down on a page, and follows the keyboard.
type pane struct {
	object  fyne.CanvasObject
	scroll  *container.Scroll
	content fyne.CanvasObject
}

func newPane(content fyne.CanvasObject) *pane {
	p := &pane{object: kit.Scrolled(content), content: content}
	if c, ok := p.object.(*fyne.Container); ok && len(c.Objects) == 1 {
		p.scroll, _ = c.Objects[0].(*container.Scroll)
	}
	return p
}

// reveal brings something of the content into sight.
func (p *pane) reveal(o fyne.CanvasObject) {
	if p.scroll == nil || o == nil {
		return
	}
	driver := fyne.CurrentApp().Driver()
	const label, help = 28, 28 // what stands above and below a field
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(p.content).Y
	bottom := top + o.Size().Height + help
	top -= label
	at, room := p.scroll.Offset.Y, p.scroll.Size().Height
	switch {
	case top < at:
		p.scroll.ScrollToOffset(fyne.NewPos(0, max(top, 0)))
	case bottom > at+room:
		p.scroll.ScrollToOffset(fyne.NewPos(0, bottom-room))
	}
}

// relayout is called after the content may have become higher or lower.
func (p *pane) relayout() {
	p.content.Refresh()
	p.object.Refresh()
}
