package client

import (
	"fyne.io/fyne/v2"
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

// pane is what scrolls up and down on a page.
type pane struct {
	object  fyne.CanvasObject
	content fyne.CanvasObject
}

func newPane(content fyne.CanvasObject) *pane {
	return &pane{object: kit.Scrolled(content), content: content}
}

// relayout is called after the content may have become higher or lower.
func (p *pane) relayout() {
	p.content.Refresh()
	p.object.Refresh()
}
