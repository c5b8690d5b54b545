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

// Item is one of a short list on a card, such as a mail: what it is and more about it, perhaps a mark, and a click or Enter opens it.
type Item struct {
	widget.BaseWidget
	open         func()
	hot, focused bool
	ground       *canvas.Rectangle
	object       fyne.CanvasObject
	spoken       string
}

var (
	_ fyne.Tappable     = (*Item)(nil)
	_ fyne.Focusable    = (*Item)(nil)
	_ desktop.Hoverable = (*Item)(nil)
	_ fyne.Accessible   = (*Item)(nil)
)

// NewItem makes an item. mark stands at the right and may be nil; spoken is what a screen reader says.
func NewItem(title, detail string, mark fyne.CanvasObject, spoken string, open func()) *Item {
	l := &Item{open: open, ground: canvas.NewRectangle(color.Transparent), spoken: spoken}
	words := container.New(layout.NewCustomPaddedVBoxLayout(0), NewLine(title, theme.Plain), NewLine(detail, theme.Muted))
	pad := layout.NewCustomPaddedLayout(theme.Unit, theme.Unit, theme.Unit, theme.Unit)
	l.object = container.NewStack(l.ground, container.New(pad, Border(nil, nil, nil, mark, words)))
	l.ExtendBaseWidget(l)
	return l
}

// Tapped is for the toolkit.
func (l *Item) Tapped(*fyne.PointEvent) { l.open() }

// TypedKey is for the toolkit.
func (l *Item) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.open()
	case fyne.KeyEscape:
		escape(l, nil)
	}
}

// TypedRune is for the toolkit.
func (l *Item) TypedRune(rune) {}

// FocusGained is for the toolkit.
func (l *Item) FocusGained() { l.focused = true; l.paint(); Reveal(l) }

// FocusLost is for the toolkit.
func (l *Item) FocusLost() { l.focused = false; l.paint() }

// MouseIn is for the toolkit.
func (l *Item) MouseIn(*desktop.MouseEvent) { l.hot = true; l.paint() }

// MouseMoved is for the toolkit.
func (l *Item) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for the toolkit.
func (l *Item) MouseOut() { l.hot = false; l.paint() }

func (l *Item) paint() { paintGround(l.ground, l.hot, l.focused) }

// paintGround draws what lies below a line that can be clicked: whether the pointer is on it, and the keyboard.
func paintGround(ground *canvas.Rectangle, hot, focused bool) {
	ground.CornerRadius = ftheme.Size(ftheme.SizeNameInputRadius)
	ground.FillColor, ground.StrokeWidth = color.Transparent, 0
	if hot {
		ground.FillColor = ftheme.Color(theme.ColorNameRowHot)
	}
	if focused {
		ground.StrokeWidth, ground.StrokeColor = 2, ftheme.Color(ftheme.ColorNamePrimary)
	}
	ground.Refresh()
}

// AccessibilityLabel is for screen readers.
func (l *Item) AccessibilityLabel() string { return l.spoken }

// AccessibilityRole is for screen readers.
func (l *Item) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for the toolkit.
func (l *Item) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.object) }
