package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Button is the toolkit's button that also answers Enter, and hands Escape on to
// the form or dialog around it.
type Button struct {
	widget.Button
	// OnEscape is called for the Escape key; nil leaves the dialog that the button is in, if it is in one.
	OnEscape func()

	focused bool
}

// NewButton returns an ordinary button.
func NewButton(label string, icon fyne.Resource, tapped func()) *Button {
	b := &Button{}
	b.Text, b.Icon, b.OnTapped = label, icon, tapped
	b.ExtendBaseWidget(b)
	return b
}

// NewPrimary returns the one button of a page or dialog that does what it is for.
func NewPrimary(label string, icon fyne.Resource, tapped func()) *Button {
	b := NewButton(label, icon, tapped)
	b.Importance = widget.HighImportance
	return b
}

// NewDanger returns a red button, for what destroys something.
func NewDanger(label string, icon fyne.Resource, tapped func()) *Button {
	b := NewButton(label, icon, tapped)
	b.Importance = widget.DangerImportance
	return b
}

// NewQuiet returns a button without a ground, for what lies beside the point.
func NewQuiet(label string, icon fyne.Resource, tapped func()) *Button {
	b := NewButton(label, icon, tapped)
	b.Importance = widget.LowImportance
	return b
}

// TypedKey is for the toolkit.
func (b *Button) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace: // for Space the toolkit would take the keyboard away
		if !b.Disabled() && b.OnTapped != nil {
			b.OnTapped()
		}
	case fyne.KeyEscape:
		escape(b, b.OnEscape)
	}
}

// FocusGained is for the toolkit.
func (b *Button) FocusGained() {
	b.focused = true
	b.Button.FocusGained()
	Reveal(b)
}

// FocusLost is for the toolkit.
func (b *Button) FocusLost() {
	b.focused = false
	b.Button.FocusLost()
}

// CreateRenderer is for the toolkit.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{WidgetRenderer: b.Button.CreateRenderer(), b: b, ring: canvas.NewRectangle(color.Transparent)}
	r.paint()
	return r
}

// buttonRenderer adds a ring to a coloured button that has the keyboard: the toolkit tints such a button with the accent, which is not to be
// seen on one that has the colour of the accent.
type buttonRenderer struct {
	fyne.WidgetRenderer
	b       *Button
	ring    *canvas.Rectangle
	objects []fyne.CanvasObject
}

// ringInset is how far inside the button's edge the ring is.
const ringInset = 2

// Layout is for the toolkit.
func (r *buttonRenderer) Layout(s fyne.Size) {
	r.WidgetRenderer.Layout(s)
	place(r.ring, ringInset, ringInset, s.Width-2*ringInset, s.Height-2*ringInset)
}

// Refresh is for the toolkit.
func (r *buttonRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.paint()
}

// Objects is for the toolkit.
func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	r.objects = append(append(r.objects[:0], r.WidgetRenderer.Objects()...), r.ring)
	return r.objects
}

func (r *buttonRenderer) paint() {
	name := ftheme.ColorNameForegroundOnPrimary
	if r.b.Importance == widget.DangerImportance {
		name = ftheme.ColorNameForegroundOnError
	}
	r.ring.StrokeWidth, r.ring.StrokeColor = 2, ftheme.Color(name)
	r.ring.CornerRadius = max(ftheme.Size(ftheme.SizeNameButtonRadius)-ringInset/2, 0)
	coloured := r.b.Importance == widget.DangerImportance || r.b.Importance == widget.HighImportance
	setVisible(r.ring, r.b.focused && !r.b.Disabled() && coloured)
	r.ring.Refresh()
}
