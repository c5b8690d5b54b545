package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// panel is a ground with rounded corners that follows the theme.
type panel struct {
	widget.BaseWidget
	fill, edge fyne.ThemeColorName // an empty name draws nothing
	square     bool
	rect       *canvas.Rectangle
}

func newPanel(fill, edge fyne.ThemeColorName) *panel {
	p := &panel{fill: fill, edge: edge, rect: canvas.NewRectangle(color.Transparent)}
	p.ExtendBaseWidget(p)
	return p
}

func (p *panel) CreateRenderer() fyne.WidgetRenderer {
	r := &panelRenderer{p}
	r.paint()
	return r
}

type panelRenderer struct{ p *panel }

func (r *panelRenderer) Destroy()                     {}
func (r *panelRenderer) MinSize() fyne.Size           { return fyne.NewSize(1, 1) }
func (r *panelRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.p.rect} }
func (r *panelRenderer) Layout(s fyne.Size)           { r.p.rect.Resize(s) }

func (r *panelRenderer) paint() {
	rect := r.p.rect
	rect.FillColor, rect.StrokeColor, rect.StrokeWidth = color.Transparent, color.Transparent, 0
	if r.p.fill != "" {
		rect.FillColor = ftheme.Color(r.p.fill)
	}
	if r.p.edge != "" {
		rect.StrokeColor, rect.StrokeWidth = ftheme.Color(r.p.edge), 1
	}
	if !r.p.square {
		rect.CornerRadius = ftheme.Size(ftheme.SizeNameCardRadius)
	}
}

func (r *panelRenderer) Refresh() {
	r.paint()
	r.p.rect.Refresh()
}

// centred puts something in the middle of the height there is, at full width.
func centred(o fyne.CanvasObject) fyne.CanvasObject { return centredHeight(o, 0) }

// centredHeight is centred with a height of its own; 0 means its smallest.
func centredHeight(o fyne.CanvasObject, h float32) fyne.CanvasObject {
	return container.New(&middleLayout{h}, o)
}

type middleLayout struct{ height float32 }

func (l *middleLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := objects[0].MinSize()
	if l.height > 0 {
		m.Height = l.height
	}
	return m
}

func (l *middleLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	o.Resize(fyne.NewSize(size.Width, o.Size().Height))
	h := o.MinSize().Height
	if l.height > 0 {
		h = l.height
	}
	place(o, 0, (size.Height-h)/2, size.Width, h)
}

// Card is a surface with a heading, the content, and actions in the heading's
// line, at the right.
type Card struct {
	widget.BaseWidget
	object fyne.CanvasObject
}

// NewCard returns a card; without a title and actions it is only the surface.
func NewCard(title string, content fyne.CanvasObject, actions ...fyne.CanvasObject) *Card {
	c := &Card{}
	inner := content
	if title != "" || len(actions) > 0 {
		row := NewButtons(actions...)
		head := Border(nil, nil, nil, row, centred(NewStrong(title)))
		inner = container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), head, content)
	}
	c.object = container.NewStack(newPanel(theme.ColorNameSurface, ftheme.ColorNameSeparator), padded(theme.Gap, inner))
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is for the toolkit.
func (c *Card) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.object) }

// NewCards arranges cards in three columns, two or one, as the width allows.
// Each column is filled from its top; cards keep their order across.
func NewCards(cards ...fyne.CanvasObject) *fyne.Container {
	return container.New(&cardsLayout{}, cards...)
}

// The least width that a column of cards has with text of the usual size, and the most columns.
const (
	cardColumn float32 = 300
	cardsMost  int     = 3
)

type cardsLayout struct{ width float32 }

func (l *cardsLayout) columns(width float32) int {
	return min(max(int((width+theme.Gap)/(theme.Wider(cardColumn)+theme.Gap)), 1), cardsMost)
}

func (l *cardsLayout) flow(objects []fyne.CanvasObject, width float32) float32 {
	width = min(width, theme.Wider(widestCards))
	n := l.columns(width)
	colW := (width - float32(n-1)*theme.Gap) / float32(n)
	ends := make([]float32, n)
	i := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		c := i % n
		i++
		o.Resize(fyne.NewSize(colW, o.Size().Height))
		h := o.MinSize().Height
		place(o, float32(c)*(colW+theme.Gap), ends[c], colW, h)
		ends[c] += h + theme.Gap
	}
	var high float32
	for _, e := range ends {
		high = max(high, e-theme.Gap)
	}
	return max(high, 0)
}

func (l *cardsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(cardColumn, l.flow(objects, max(l.width, cardColumn)))
}

func (l *cardsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.flow(objects, size.Width)
}
