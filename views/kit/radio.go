package kit

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// Radio is one of a few choices, all of them in sight, one of which always holds. A click or Space takes one, the arrow keys the one before or after; Escape leaves
// the dialog that it is in. A long choice wraps.
type Radio struct {
	widget.BaseWidget
	choices []Choice
	lines   []*radioLine
	chosen  int
	changed func(key string)
	object  *fyne.Container
}

// NewRadio returns the choices below one another, of which the first one holds. changed is called when a person takes another one.
func NewRadio(changed func(key string), choices ...Choice) *Radio {
	r := &Radio{choices: choices, changed: changed, object: container.New(layout.NewCustomPaddedVBoxLayout(0))}
	for i, c := range choices {
		l := newRadioLine(r, i, c.Label)
		r.lines = append(r.lines, l)
		r.object.Add(l)
	}
	r.paint()
	r.ExtendBaseWidget(r)
	return r
}

// Value answers the key of the choice that holds.
func (r *Radio) Value() string {
	if len(r.choices) == 0 {
		return ""
	}
	return r.choices[r.chosen].Key
}

// SetValue has another choice hold, without calling anything.
func (r *Radio) SetValue(key string) {
	if i := slices.IndexFunc(r.choices, func(c Choice) bool { return c.Key == key }); i >= 0 {
		r.chosen = i
		r.paint()
	}
}

// Focus answers what takes the keyboard: the choice that holds.
func (r *Radio) Focus() fyne.Focusable {
	if len(r.lines) == 0 {
		return nil
	}
	return r.lines[r.chosen]
}

// CreateRenderer is for the toolkit.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.object) }

// take has the i-th choice hold, and brings the keyboard to it. Beyond the ends nothing happens.
func (r *Radio) take(i int) {
	if i < 0 || i >= len(r.lines) {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.lines[i]); c != nil {
		c.Focus(r.lines[i])
	}
	if i == r.chosen {
		return
	}
	r.chosen = i
	r.paint()
	if r.changed != nil {
		r.changed(r.choices[i].Key)
	}
}

func (r *Radio) paint() {
	for _, l := range r.lines {
		l.paint()
	}
}

// radioLine is one choice.
type radioLine struct {
	widget.BaseWidget
	of           *Radio
	index        int
	hot, focused bool
	ground       *canvas.Rectangle
	ring, dot    *widget.Icon
	object       fyne.CanvasObject
}

var (
	_ fyne.Tappable     = (*radioLine)(nil)
	_ fyne.Focusable    = (*radioLine)(nil)
	_ desktop.Hoverable = (*radioLine)(nil)
	_ fyne.Accessible   = (*radioLine)(nil)
)

func newRadioLine(of *Radio, index int, label string) *radioLine {
	l := &radioLine{of: of, index: index, ground: canvas.NewRectangle(color.Transparent), ring: widget.NewIcon(nil), dot: widget.NewIcon(nil)}
	mark := container.NewVBox(container.NewStack(l.dot, l.ring)) // at the first line of words that wrap
	gap := layout.NewCustomPaddedLayout(0, 0, 2*theme.Unit, 0)
	words := Border(nil, nil, mark, nil, container.New(gap, NewPara(label, theme.Plain)))
	l.object = container.NewStack(l.ground, container.New(layout.NewCustomPaddedLayout(theme.Unit, theme.Unit, theme.Unit, theme.Unit), words))
	l.ExtendBaseWidget(l)
	return l
}

// Tapped is for the toolkit.
func (l *radioLine) Tapped(*fyne.PointEvent) { l.of.take(l.index) }

// TypedKey is for the toolkit.
func (l *radioLine) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		l.of.take(l.index)
	case fyne.KeyUp, fyne.KeyLeft:
		l.of.take(l.index - 1)
	case fyne.KeyDown, fyne.KeyRight:
		l.of.take(l.index + 1)
	case fyne.KeyEscape:
		escape(l, nil)
	}
}

// TypedRune is for the toolkit.
func (l *radioLine) TypedRune(rune) {}

// FocusGained is for the toolkit.
func (l *radioLine) FocusGained() { l.focused = true; l.paint(); Reveal(l) }

// FocusLost is for the toolkit.
func (l *radioLine) FocusLost() { l.focused = false; l.paint() }

// MouseIn is for the toolkit.
func (l *radioLine) MouseIn(*desktop.MouseEvent) { l.hot = true; l.paint() }

// MouseMoved is for the toolkit.
func (l *radioLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for the toolkit.
func (l *radioLine) MouseOut() { l.hot = false; l.paint() }

func (l *radioLine) paint() {
	paintGround(l.ground, l.hot, l.focused)
	ring, dot := ftheme.NewThemedResource(ftheme.RadioButtonIcon()), ftheme.NewThemedResource(ftheme.RadioButtonFillIcon())
	ring.ColorName, dot.ColorName = ftheme.ColorNameInputBorder, ftheme.ColorNameInputBackground
	if l.index == l.of.chosen {
		ring.ColorName, dot.ColorName = ftheme.ColorNameForeground, ftheme.ColorNamePrimary
	}
	l.ring.SetResource(ring)
	l.dot.SetResource(dot)
}

// AccessibilityLabel is for screen readers.
func (l *radioLine) AccessibilityLabel() string { return l.of.choices[l.index].Label }

// AccessibilityRole is for screen readers.
func (l *radioLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for the toolkit.
func (l *radioLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.object) }
