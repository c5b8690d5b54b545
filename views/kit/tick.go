package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// Tick is one box to tick. Space ticks it; Escape leaves the form or the dialog that it is in.
type Tick struct {
	widget.Check
	h hooks
}

// NewTick returns a box that is not ticked. changed may be nil.
func NewTick(label string, changed func(bool)) *Tick {
	t := &Tick{}
	t.Text, t.OnChanged = label, changed
	t.ExtendBaseWidget(t)
	return t
}

// Wrapped draws the box with words beside it that wrap, where the toolkit would let a long label run out of the window. A click on the words ticks it too.
func (t *Tick) Wrapped(words string, tone theme.Tone) fyne.CanvasObject {
	t.SetText("")
	said := &tickWords{tick: t, object: t.Level(words, tone)}
	said.ExtendBaseWidget(said)
	return Border(nil, nil, container.NewVBox(t), nil, said)
}

// Level is a text whose first line is level with the box, for what stands beside it in a table.
func (t *Tick) Level(words string, tone theme.Tone) fyne.CanvasObject {
	p := NewPara(words, tone)
	above := max((t.MinSize().Height-p.lineHeight())/2, 0)
	return container.New(layout.NewCustomPaddedLayout(above, 0, 0, 0), p)
}

// tickWords are the words beside a box to tick.
type tickWords struct {
	widget.BaseWidget
	tick   *Tick
	object fyne.CanvasObject
}

// Tapped is for the toolkit.
func (w *tickWords) Tapped(*fyne.PointEvent) {
	if !w.tick.Disabled() {
		w.tick.SetChecked(!w.tick.Checked)
	}
}

// CreateRenderer is for the toolkit.
func (w *tickWords) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(w.object) }

// FocusGained is for the toolkit.
func (t *Tick) FocusGained() {
	t.Check.FocusGained()
	inSight(t, t.h.focused)
}

// TypedKey is for the toolkit.
func (t *Tick) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyEscape:
		escape(t, t.h.cancel)
	case fyne.KeyReturn, fyne.KeyEnter:
		call(t.h.submit)
	default:
		t.Check.TypedKey(ev)
	}
}

// Checks is a field of one or more boxes to tick. Its value is the keys of the
// ticked ones, with commas between.
type Checks struct {
	choices []Choice
	boxes   []*Tick
	object  fyne.CanvasObject
}

// NewChecks returns a box for each choice, below one another.
func NewChecks(choices ...Choice) *Checks { return newChecks(container.NewVBox(), choices) }

// NewChecksRow returns a box for each choice, beside one another: for few and
// short ones.
func NewChecksRow(choices ...Choice) *Checks {
	return newChecks(container.New(layout.NewCustomPaddedHBoxLayout(theme.Gap)), choices)
}

func newChecks(in *fyne.Container, choices []Choice) *Checks {
	c := &Checks{choices: choices}
	for _, ch := range choices {
		b := NewTick(ch.Label, nil)
		c.boxes = append(c.boxes, b)
		in.Add(b)
	}
	c.object = in
	return c
}

// Object is what is drawn.
func (c *Checks) Object() fyne.CanvasObject { return c.object }

// Value answers the keys of the ticked boxes.
func (c *Checks) Value() string {
	var on []string
	for i, b := range c.boxes {
		if b.Checked {
			on = append(on, c.choices[i].Key)
		}
	}
	return strings.Join(on, ",")
}

// SetValue ticks the boxes of these keys and no others.
func (c *Checks) SetValue(v string) {
	on := strings.Split(v, ",")
	for i, b := range c.boxes {
		b.SetChecked(slices.Contains(on, c.choices[i].Key))
	}
}

// Mark does nothing: the message under the field says what is wrong.
func (c *Checks) Mark(string) {}

// Focus answers what takes the keyboard.
func (c *Checks) Focus() fyne.Focusable {
	if len(c.boxes) == 0 {
		return nil
	}
	return c.boxes[0]
}

func (c *Checks) secret() bool { return false }

func (c *Checks) bind(h hooks) {
	for _, b := range c.boxes {
		b.h = h
		b.OnChanged = func(bool) { h.changed() }
	}
}
