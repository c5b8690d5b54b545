package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// Place is one entry of a [Rail].
type Place struct {
	Key  string
	Word string
	Icon fyne.Resource
}

// Rail is the navigation at the left: an icon and a word for each page, and at
// its foot small marks for what runs in the background. In a narrow window only
// the icons are left, and the word is shown while the pointer is on one.
type Rail struct {
	widget.BaseWidget
	// OnGo is called when a person chooses a page or a mark.
	OnGo func(key string)

	pages  []*railButton
	marks  []*railButton
	narrow bool
	object fyne.CanvasObject
}

const railWide float32 = 176

// railNarrow is how wide the rail is with icons alone.
func railNarrow() float32 { return ftheme.IconInlineSize() + 9*theme.Unit }

// NewRail returns a rail with these pages, and these marks at its foot.
func NewRail(pages, marks []Place) *Rail {
	r := &Rail{}
	col := container.New(&railLayout{len(pages)})
	for _, p := range pages {
		b := newRailButton(r, p)
		r.pages = append(r.pages, b)
		col.Add(b)
	}
	for _, p := range marks {
		b := newRailButton(r, p)
		b.mark = true
		r.marks = append(r.marks, b)
		col.Add(b)
	}
	ground := newPanel(theme.ColorNameRail, "")
	ground.square = true
	r.object = container.NewStack(ground, padded(2*theme.Unit, col))
	r.ExtendBaseWidget(r)
	return r
}

// SetPage marks the page of that key as the one that is shown.
func (r *Rail) SetPage(key string) {
	for _, b := range r.pages {
		if on := b.place.Key == key; on != b.on {
			b.on = on
			b.Refresh()
		}
	}
}

// SetNarrow leaves only the icons, or brings the words back.
func (r *Rail) SetNarrow(narrow bool) {
	if r.narrow == narrow {
		return
	}
	r.narrow = narrow
	r.Refresh()
}

// SetMark shows a state at the foot: Muted when all is well, Waiting, or Danger;
// the word says the same.
func (r *Rail) SetMark(key, word string, tone theme.Tone) {
	for _, b := range r.marks {
		if b.place.Key == key {
			b.place.Word, b.tone = word, tone
			b.Refresh()
		}
	}
}

// MinSize is for the toolkit.
func (r *Rail) MinSize() fyne.Size {
	m := r.BaseWidget.MinSize()
	if r.narrow {
		return fyne.NewSize(railNarrow(), m.Height)
	}
	return fyne.NewSize(railWide*max(ftheme.TextSize()/14, 1), m.Height)
}

// CreateRenderer is for the toolkit.
func (r *Rail) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.object) }

// railButton is one entry of a rail.
type railButton struct {
	widget.BaseWidget
	rail             *Rail
	place            Place
	mark, on         bool
	hovered, focused bool
	tone             theme.Tone
	ground           *canvas.Rectangle
	icon             *canvas.Image
	dot              *canvas.Circle
	text             *canvas.Text
	tip              *tip
}

var (
	_ fyne.Tappable     = (*railButton)(nil)
	_ fyne.Focusable    = (*railButton)(nil)
	_ desktop.Hoverable = (*railButton)(nil)
	_ fyne.Accessible   = (*railButton)(nil)
)

func newRailButton(r *Rail, p Place) *railButton {
	b := &railButton{
		rail: r, place: p, ground: canvas.NewRectangle(color.Transparent), icon: canvas.NewImageFromResource(p.Icon),
		dot: canvas.NewCircle(color.Transparent), text: canvas.NewText("", color.Transparent), tone: theme.Muted,
	}
	b.tip = newTip(b.MouseOut)
	b.icon.FillMode = canvas.ImageFillContain
	b.ExtendBaseWidget(b)
	return b
}

func (b *railButton) open() {
	if b.rail.OnGo != nil {
		b.rail.OnGo(b.place.Key)
	}
}

func (b *railButton) Tapped(*fyne.PointEvent) { b.open() }
func (b *railButton) TypedRune(rune)          {}

func (b *railButton) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	step := 0
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.open()
	case fyne.KeyDown:
		step = 1
	case fyne.KeyUp:
		step = -1
	}
	if step == 0 {
		return
	}
	all := append(append([]*railButton(nil), b.rail.pages...), b.rail.marks...)
	for i, o := range all {
		if o == b && i+step >= 0 && i+step < len(all) {
			focus(all[i+step])
			return
		}
	}
}

func (b *railButton) FocusGained() { b.focused = true; b.Refresh() }
func (b *railButton) FocusLost()   { b.focused = false; b.Refresh() }

func (b *railButton) MouseIn(*desktop.MouseEvent) {
	b.hovered = true
	b.Refresh()
	if b.rail.narrow {
		b.tip.show(b.place.Word, fyne.NewPos(railNarrow(), -4*theme.Unit), fyne.NewSize(400, 400))
	}
}

func (b *railButton) MouseMoved(*desktop.MouseEvent) {}

func (b *railButton) MouseOut() {
	b.hovered = false
	b.tip.hide()
	b.Refresh()
}

// AccessibilityLabel is for screen readers.
func (b *railButton) AccessibilityLabel() string { return b.place.Word }

// AccessibilityRole is for screen readers.
func (b *railButton) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (b *railButton) CreateRenderer() fyne.WidgetRenderer {
	r := &railButtonRenderer{b}
	r.paint()
	return r
}

type railButtonRenderer struct{ b *railButton }

func (r *railButtonRenderer) Destroy() {}

func (r *railButtonRenderer) MinSize() fyne.Size {
	return fyne.NewSize(railNarrow()-4*theme.Unit, theme.RowHeight()+theme.Unit)
}

func (r *railButtonRenderer) Objects() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{r.b.ground, r.b.icon, r.b.text, r.b.dot}, r.b.tip.objects()...)
}

func (r *railButtonRenderer) Layout(s fyne.Size) {
	b, icon := r.b, ftheme.IconInlineSize()
	place(b.ground, 0, 0, s.Width, s.Height)
	left := 2*theme.Unit + 2
	place(b.icon, left, (s.Height-icon)/2, icon, icon)
	dot := 2 * theme.Unit
	place(b.dot, left+icon-dot/2, (s.Height-icon)/2-dot/4, dot, dot)
	textX := left + icon + theme.Gap
	room := s.Width - textX - theme.Unit
	setVisible(b.text, !b.rail.narrow && room > 0)
	cut, _ := newCutter(b.text.TextSize, b.text.TextStyle).fit(b.place.Word, room)
	b.text.Text = cut
	place(b.text, textX, 0, max(room, 0), s.Height)
}

func (r *railButtonRenderer) paint() {
	b := r.b
	ink := ftheme.ColorNameForeground
	if b.mark {
		ink = b.tone.Text()
	}
	b.ground.CornerRadius = theme.Unit
	b.ground.FillColor, b.ground.StrokeWidth = color.Transparent, 0
	switch {
	case b.on:
		b.ground.FillColor = ftheme.Color(theme.ColorNameRowOn)
	case b.hovered:
		b.ground.FillColor = ftheme.Color(ftheme.ColorNameHover)
	}
	if b.focused {
		b.ground.StrokeColor, b.ground.StrokeWidth = ftheme.Color(ftheme.ColorNamePrimary), 2
	}
	b.icon.Resource = ftheme.NewColoredResource(b.place.Icon, ink)
	b.text.Color, b.text.TextSize = ftheme.Color(ink), ftheme.TextSize()
	b.text.TextStyle = fyne.TextStyle{Bold: b.on}
	alarm := b.mark && (b.tone == theme.Waiting || b.tone == theme.Danger)
	setVisible(b.dot, alarm)
	if alarm {
		b.dot.FillColor = ftheme.Color(ink)
	}
}

func (r *railButtonRenderer) Refresh() {
	r.paint()
	r.Layout(r.b.Size())
	for _, o := range r.Objects() {
		canvas.Refresh(o)
	}
}

// Mark answers what the mark of that key says.
func (r *Rail) Mark(key string) string {
	for _, b := range r.marks {
		if b.place.Key == key {
			return b.place.Word
		}
	}
	return ""
}
