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

// mailLine is one mail on the Summary: what and when, its state, and a click or Enter opens it.
type mailLine struct {
	widget.BaseWidget
	open           func()
	hot, focused   bool
	ground         *canvas.Rectangle
	object         fyne.CanvasObject
	subject, state string
}

var (
	_ fyne.Tappable     = (*mailLine)(nil)
	_ fyne.Focusable    = (*mailLine)(nil)
	_ desktop.Hoverable = (*mailLine)(nil)
)

func newMailLine(d *desk.Desk, m data.Mail) *mailLine {
	word, tone := mailview.State(m.State)
	l := &mailLine{
		open: func() { mailview.Show(d, m.ID) }, ground: canvas.NewRectangle(color.Transparent), subject: m.Subject, state: word,
	}
	words := container.New(layout.NewCustomPaddedVBoxLayout(0), kit.NewLine(m.Subject, theme.Plain), kit.NewLine(mailview.When(m.CreatedAt), theme.Muted))
	row := container.NewBorder(nil, nil, nil, container.NewCenter(kit.NewPill(word, tone)), words)
	pad := layout.NewCustomPaddedLayout(theme.Unit, theme.Unit, theme.Unit, theme.Unit)
	l.object = container.NewStack(l.ground, container.New(pad, row))
	l.ExtendBaseWidget(l)
	return l
}

// Tapped is for the toolkit.
func (l *mailLine) Tapped(*fyne.PointEvent) { l.open() }

// TypedKey is for the toolkit.
func (l *mailLine) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.open()
	}
}

// TypedRune is for the toolkit.
func (l *mailLine) TypedRune(rune) {}

// FocusGained is for the toolkit.
func (l *mailLine) FocusGained() { l.focused = true; l.paint() }

// FocusLost is for the toolkit.
func (l *mailLine) FocusLost() { l.focused = false; l.paint() }

// MouseIn is for the toolkit.
func (l *mailLine) MouseIn(*desktop.MouseEvent) { l.hot = true; l.paint() }

// MouseMoved is for the toolkit.
func (l *mailLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for the toolkit.
func (l *mailLine) MouseOut() { l.hot = false; l.paint() }

func (l *mailLine) paint() {
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
func (l *mailLine) AccessibilityLabel() string { return l.subject + ", " + l.state }

// AccessibilityRole is for screen readers.
func (l *mailLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for the toolkit.
func (l *mailLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.object) }
