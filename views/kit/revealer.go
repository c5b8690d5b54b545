package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/app/i18n"
	"clientele/assets/icons"
)

// revealer shows and conceals the text of a secret field. Tab comes to it after the field, and Space or Enter do what a click does.
type revealer struct {
	widget.BaseWidget
	e    *Entry
	icon *widget.Icon
	ring *canvas.Rectangle // seen while the eye has the keyboard
}

var (
	_ fyne.Tappable      = (*revealer)(nil)
	_ fyne.Focusable     = (*revealer)(nil)
	_ fyne.Accessible    = (*revealer)(nil)
	_ desktop.Cursorable = (*revealer)(nil)
)

func newRevealer(e *Entry) *revealer {
	r := &revealer{e: e, icon: widget.NewIcon(icons.Reveal), ring: canvas.NewRectangle(color.Transparent)}
	r.ring.StrokeWidth = 2
	r.ring.Hide()
	r.ExtendBaseWidget(r)
	return r
}

// Tapped is for the toolkit.
func (r *revealer) Tapped(*fyne.PointEvent) { r.turn() }

func (r *revealer) turn() {
	r.e.Password = !r.e.Password
	if r.e.Password {
		r.icon.SetResource(icons.Reveal)
	} else {
		r.icon.SetResource(icons.Conceal)
	}
	r.e.Refresh()
}

// TypedKey is for the toolkit.
func (r *revealer) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		r.turn()
	case fyne.KeyEscape:
		escape(r, r.e.OnEscape)
	}
}

// TypedRune is for the toolkit.
func (r *revealer) TypedRune(rune) {}

// FocusGained is for the toolkit.
func (r *revealer) FocusGained() {
	r.ring.StrokeColor, r.ring.CornerRadius = ftheme.Color(ftheme.ColorNamePrimary), ftheme.Size(ftheme.SizeNameSelectionRadius)
	r.ring.Show()
	Reveal(r.e)
}

// FocusLost is for the toolkit.
func (r *revealer) FocusLost() { r.ring.Hide() }

// Cursor is for the toolkit.
func (r *revealer) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel is for screen readers.
func (r *revealer) AccessibilityLabel() string {
	if r.e.Password {
		return i18n.T("Show what is typed")
	}
	return i18n.T("Conceal what is typed")
}

// AccessibilityRole is for screen readers.
func (r *revealer) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for the toolkit.
func (r *revealer) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(r.icon, r.ring))
}
