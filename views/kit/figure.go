package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// Figure is a number that stands for a list: what it is, how much, and more about it. A click or Enter opens the list.
type Figure struct {
	widget.BaseWidget
	open               func()
	label, value, more *Para
	hot, focused       bool
	edge               *canvas.Rectangle
	object             fyne.CanvasObject
}

var (
	_ fyne.Tappable     = (*Figure)(nil)
	_ fyne.Focusable    = (*Figure)(nil)
	_ desktop.Hoverable = (*Figure)(nil)
	_ fyne.Accessible   = (*Figure)(nil)
)

// NewFigure returns a figure without a number yet.
func NewFigure(label string, open func()) *Figure {
	f := &Figure{open: open, label: NewLine(label, theme.Muted), value: NewHeading("–"), more: NewLine("", theme.Muted), edge: canvas.NewRectangle(color.Transparent)}
	words := container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit), f.label, f.value, f.more)
	f.object = container.NewStack(newPanel(theme.ColorNameSurface, ftheme.ColorNameSeparator), f.edge, padded(theme.Gap, words))
	f.ExtendBaseWidget(f)
	return f
}

// Set shows a number, and more about it below.
func (f *Figure) Set(value string, tone theme.Tone, more string) {
	f.value.Set(value, tone)
	f.more.Set(more, theme.Muted)
}

// Value answers what it shows.
func (f *Figure) Value() string { return f.value.Text() }

// Tapped is for the toolkit.
func (f *Figure) Tapped(*fyne.PointEvent) { f.open() }

// TypedKey is for the toolkit.
func (f *Figure) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		f.open()
	}
}

// TypedRune is for the toolkit.
func (f *Figure) TypedRune(rune) {}

// FocusGained is for the toolkit.
func (f *Figure) FocusGained() { f.focused = true; f.paint(); Reveal(f) }

// FocusLost is for the toolkit.
func (f *Figure) FocusLost() { f.focused = false; f.paint() }

// MouseIn is for the toolkit.
func (f *Figure) MouseIn(*desktop.MouseEvent) { f.hot = true; f.paint() }

// MouseMoved is for the toolkit.
func (f *Figure) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for the toolkit.
func (f *Figure) MouseOut() { f.hot = false; f.paint() }

// Cursor is for the toolkit.
func (f *Figure) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (f *Figure) paint() {
	f.edge.CornerRadius = ftheme.Size(ftheme.SizeNameCardRadius)
	f.edge.FillColor, f.edge.StrokeWidth = color.Transparent, 0
	if f.hot {
		f.edge.FillColor = ftheme.Color(ftheme.ColorNameHover)
	}
	if f.focused {
		f.edge.StrokeWidth, f.edge.StrokeColor = 2, ftheme.Color(ftheme.ColorNamePrimary)
	}
	f.edge.Refresh()
}

// AccessibilityLabel is for screen readers.
func (f *Figure) AccessibilityLabel() string {
	return f.label.Text() + ": " + f.value.Text() + ", " + f.more.Text()
}

// AccessibilityRole is for screen readers.
func (f *Figure) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for the toolkit.
func (f *Figure) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.object) }
