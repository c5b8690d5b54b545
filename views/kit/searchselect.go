package kit

import (
	"strings"

	"fyne.io/fyne/v2"

	"clientele/app/i18n"
)

// SearchSelect is a field with many choices, such as countries: opening it, or
// just typing on it, gives a list that follows what is typed.
type SearchSelect struct {
	field   *dropField
	choices []Choice
	value   string
	none    string
	hooks   hooks
	hide    func()
	// Match tells whether a label answers to what is typed. Nil looks for it
	// anywhere in the label, in any case.
	Match func(label, query string) bool
}

// NewSearchSelect returns a field with these choices; none is what it says while
// nothing is chosen.
func NewSearchSelect(none string, choices ...Choice) *SearchSelect {
	s := &SearchSelect{field: newDropField(), choices: choices, none: none}
	s.field.onOpen = func() { s.open("") }
	s.field.onRune = func(r rune) { s.open(string(r)) }
	s.field.onKey = s.key
	s.show()
	return s
}

// SetChoices offers other choices. What was chosen stays chosen.
func (s *SearchSelect) SetChoices(choices ...Choice) {
	s.choices = choices
	s.show()
}

func (s *SearchSelect) key(k fyne.KeyName) {
	switch k {
	case fyne.KeyReturn, fyne.KeyEnter:
		call(s.hooks.submit)
	case fyne.KeyEscape:
		escape(s.field, s.hooks.cancel)
	case fyne.KeySpace, fyne.KeyDown:
		s.open("")
	case fyne.KeyDelete, fyne.KeyBackspace:
		s.choose("")
	}
}

func (s *SearchSelect) show() {
	label := labelOf(s.choices, s.value)
	if label == "" {
		label = s.none
	}
	s.field.set(label)
}

func (s *SearchSelect) choose(key string) {
	if key == s.value {
		return
	}
	s.value = key
	s.show()
	call(s.hooks.changed)
}

func (s *SearchSelect) open(query string) {
	list := NewPickList(i18n.T("Type to search"))
	match := s.Match
	if match == nil {
		match = func(label, q string) bool {
			return strings.Contains(strings.ToLower(label), strings.ToLower(q))
		}
	}
	list.OnQuery = func(q string) {
		var picks []Pick
		at := 0
		for _, c := range s.choices {
			if q == "" || match(c.Label, q) {
				if q == "" && c.Key == s.value {
					at = len(picks)
				}
				picks = append(picks, Pick{Title: c.Label, Do: func() { s.choose(c.Key) }})
			}
		}
		list.SetPicks(picks)
		list.move(at) // the whole list begins at what is chosen: Enter leaves it so
	}
	s.hide = popBelow(s.field, list, s.field.Size().Width, list.entry, s.field)
	list.OnLeave = s.hide
	list.SetQuery(query)
	list.OnQuery(query)
}

// Object is what is drawn.
func (s *SearchSelect) Object() fyne.CanvasObject { return s.field }

// Value answers the key of the choice, or nothing.
func (s *SearchSelect) Value() string { return s.value }

// SetValue chooses by key; nothing is a choice too.
func (s *SearchSelect) SetValue(v string) { s.choose(v) }

// Mark shows it as wrong or right.
func (s *SearchSelect) Mark(why string) { s.field.mark(why) }

// Focus answers what takes the keyboard.
func (s *SearchSelect) Focus() fyne.Focusable { return s.field }

func (s *SearchSelect) bind(h hooks) { s.hooks, s.field.onFocused = h, h.focused }
