package client

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/theme"
)

// line is one mail or contact on the Summary: what it is and more about it, perhaps a mark, and a click or Enter opens it.
type line struct {
	widget.BaseWidget
	open         func()
	hot, focused bool
	ground       *canvas.Rectangle
	object       fyne.CanvasObject
	spoken       string
}

var (
	_ fyne.Tappable     = (*line)(nil)
	_ fyne.Focusable    = (*line)(nil)
	_ desktop.Hoverable = (*line)(nil)
)

// newLine makes a line. mark stands at the right and may be nil; spoken is what a screen reader says.
func newLine(title, detail string, mark fyne.CanvasObject, spoken string, open func()) *line {
	l := &line{open: open, ground: canvas.NewRectangle(color.Transparent), spoken: spoken}
	words := container.New(layout.NewCustomPaddedVBoxLayout(0), kit.NewLine(title, theme.Plain), kit.NewLine(detail, theme.Muted))
	pad := layout.NewCustomPaddedLayout(theme.Unit, theme.Unit, theme.Unit, theme.Unit)
	l.object = container.NewStack(l.ground, container.New(pad, container.NewBorder(nil, nil, nil, mark, words)))
	l.ExtendBaseWidget(l)
	return l
}

// newMailLine is the line of a mail.
func newMailLine(d *desk.Desk, m data.Mail) *line {
	word, tone := mailview.State(m.State)
	return newLine(m.Subject, mailview.When(m.CreatedAt), container.NewCenter(kit.NewPill(word, tone)), m.Subject+", "+word, func() { mailview.Show(d, m.ID) })
}

// Tapped is for the toolkit.
func (l *line) Tapped(*fyne.PointEvent) { l.open() }

// TypedKey is for the toolkit.
func (l *line) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.open()
	}
}

// TypedRune is for the toolkit.
func (l *line) TypedRune(rune) {}

// FocusGained is for the toolkit.
func (l *line) FocusGained() { l.focused = true; l.paint() }

// FocusLost is for the toolkit.
func (l *line) FocusLost() { l.focused = false; l.paint() }

// MouseIn is for the toolkit.
func (l *line) MouseIn(*desktop.MouseEvent) { l.hot = true; l.paint() }

// MouseMoved is for the toolkit.
func (l *line) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for the toolkit.
func (l *line) MouseOut() { l.hot = false; l.paint() }

func (l *line) paint() {
	l.ground.CornerRadius = ftheme.Size(ftheme.SizeNameInputRadius)
	l.ground.FillColor, l.ground.StrokeWidth = color.Transparent, 0
	if l.hot {
		l.ground.FillColor = ftheme.Color(theme.ColorNameRowHot)
	}
	if l.focused {
		l.ground.StrokeWidth, l.ground.StrokeColor = 2, ftheme.Color(ftheme.ColorNamePrimary)
	}
	l.ground.Refresh()
}

// AccessibilityLabel is for screen readers.
func (l *line) AccessibilityLabel() string { return l.spoken }

// AccessibilityRole is for screen readers.
func (l *line) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for the toolkit.
func (l *line) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.object) }
