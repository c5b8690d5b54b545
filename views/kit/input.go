package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// Input is what a person fills in for one field of a [Form]. Its value is text:
// what the text means is for the rules of the product to say, not for a window.
type Input interface {
	// Object is what is drawn.
	Object() fyne.CanvasObject
	// Value answers what was filled in.
	Value() string
	// SetValue fills it in.
	SetValue(value string)
	// Mark shows it as wrong, or as right again if why is empty.
	Mark(why string)
	// Focus answers what takes the keyboard.
	Focus() fyne.Focusable
	// bind gives it the form's answers to a change, Enter, Escape, to something
	// that did not fit, and to the keyboard coming.
	bind(h hooks)
	// secret tells whether what is filled in must be kept nowhere but where it is saved to.
	secret() bool
}

type hooks struct {
	changed, submit, cancel func()
	refused                 func(why string)
	focused                 func(fyne.CanvasObject) // what the keyboard came to
}

// Choice is one of several values: what is kept, and what is shown for it.
type Choice struct{ Key, Label string }

func labelOf(cs []Choice, key string) string {
	if i := slices.IndexFunc(cs, func(c Choice) bool { return c.Key == key }); i >= 0 {
		return cs[i].Label
	}
	return ""
}

// Text is a field of one line or of several.
type Text struct {
	Entry *Entry

	conceals bool
}

// NewText returns a field of one line that holds so many characters.
func NewText(limit int) *Text {
	e := NewEntry()
	e.Limit = limit
	return &Text{Entry: e}
}

// NewLongText returns a field of several lines.
func NewLongText(limit, rows int) *Text {
	e := NewMultiLineEntry(rows)
	e.Limit = limit
	return &Text{Entry: e}
}

// NewSecret returns a field that conceals what is typed, with a button that
// reveals it. The placeholder may say that something is stored already.
func NewSecret(limit int, placeholder string) *Text {
	t := NewText(limit)
	t.Entry.Password, t.conceals = true, true
	t.Entry.PlaceHolder = placeholder
	t.Entry.ActionItem = container.New(layout.NewCustomPaddedLayout(0, 0, 0, 2*theme.Unit), newRevealer(t.Entry))
	return t
}

// NewMoney returns a field for an amount. Its text is as a person writes it;
// when the keyboard leaves, tidy may write it in the usual way. An amount that
// tidy does not understand stays as it is.
func NewMoney(tidy func(string) (string, error)) *Text {
	t := NewText(40)
	t.Entry.Whole = true
	t.Entry.OnFocus = func(on bool) {
		if on || t.Entry.Text == "" {
			return
		}
		if s, err := tidy(t.Entry.Text); err == nil && s != t.Entry.Text {
			t.Entry.SetText(s)
		}
	}
	return t
}

// Object is what is drawn.
func (t *Text) Object() fyne.CanvasObject { return t.Entry }

// Value answers the text.
func (t *Text) Value() string { return t.Entry.Text }

// SetValue sets the text.
func (t *Text) SetValue(v string) { t.Entry.SetText(v) }

// Mark shows it as wrong or right.
func (t *Text) Mark(why string) { t.Entry.Mark(why) }

// Focus answers what takes the keyboard.
func (t *Text) Focus() fyne.Focusable { return t.Entry }

func (t *Text) secret() bool { return t.conceals }

func (t *Text) bind(h hooks) {
	t.Entry.OnChanged = func(string) { h.changed() }
	t.Entry.OnReturn, t.Entry.OnEscape, t.Entry.OnRefused = h.submit, h.cancel, h.refused
	t.Entry.onFocused = h.focused
}

// Opener is a small picture at the end of a field that opens something below it. The Tab key passes it by, since the arrow key down in the field does the same.
type Opener struct {
	widget.Icon
	open func()
}

var _ desktop.Cursorable = (*Opener)(nil)

// NewOpener has a field open something by a click on the picture at its end, and by the arrow key down, with Alt too.
func NewOpener(e *Entry, icon fyne.Resource, open func()) {
	o := &Opener{open: open}
	o.Resource = icon
	o.ExtendBaseWidget(o)
	e.ActionItem = container.New(layout.NewCustomPaddedLayout(0, 0, 0, theme.Unit), o)
	e.OnKey = func(k fyne.KeyName) bool {
		if k == fyne.KeyDown {
			open()
			return true
		}
		return false
	}
}

// Tapped is for the toolkit.
func (o *Opener) Tapped(*fyne.PointEvent) { o.open() }

// Cursor is for the toolkit.
func (o *Opener) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Select is a field with a short list of choices.
type Select struct {
	field   *dropField
	choices []Choice
	at      int // -1 is none
	hooks   hooks
}

// NewSelect returns a field with these choices, the first of them chosen.
func NewSelect(choices ...Choice) *Select {
	s := &Select{field: newDropField(), choices: choices, at: -1}
	s.field.onOpen = s.open
	s.field.onKey = s.key
	if len(choices) > 0 {
		s.choose(0)
	}
	return s
}

func (s *Select) key(k fyne.KeyName) {
	switch k {
	case fyne.KeyUp:
		s.choose(max(s.at-1, 0))
	case fyne.KeyDown:
		s.choose(s.at + 1)
	case fyne.KeySpace:
		s.open()
	case fyne.KeyReturn, fyne.KeyEnter:
		call(s.hooks.submit)
	case fyne.KeyEscape:
		escape(s.field, s.hooks.cancel)
	}
}

func (s *Select) open() {
	m := fyne.NewMenu("")
	for i, ch := range s.choices {
		item := fyne.NewMenuItem(ch.Label, func() { s.choose(i) })
		item.Checked = i == s.at
		m.Items = append(m.Items, item)
	}
	ShowMenu(m, s.field)
}

func (s *Select) choose(i int) {
	if i == s.at || i >= len(s.choices) {
		return
	}
	s.at = i
	s.field.set(labelOf(s.choices, s.Value()))
	call(s.hooks.changed)
}

// call calls a function that may be nil.
func call(f func()) {
	if f != nil {
		f()
	}
}

// Object is what is drawn.
func (s *Select) Object() fyne.CanvasObject { return s.field }

// Value answers the key of the choice, or nothing.
func (s *Select) Value() string {
	if s.at < 0 {
		return ""
	}
	return s.choices[s.at].Key
}

// SetValue chooses by key; a key that is not among the choices chooses nothing.
func (s *Select) SetValue(v string) {
	s.choose(slices.IndexFunc(s.choices, func(c Choice) bool { return c.Key == v }))
}

// Mark shows it as wrong or right.
func (s *Select) Mark(why string) { s.field.mark(why) }

// Focus answers what takes the keyboard.
func (s *Select) Focus() fyne.Focusable { return s.field }

func (s *Select) secret() bool { return false }

func (s *Select) bind(h hooks) { s.hooks, s.field.onFocused = h, h.focused }
