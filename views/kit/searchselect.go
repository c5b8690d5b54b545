package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"clientele/app/fold"
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
	// Also gives further names by which a choice is found, such as UK for the United Kingdom; may be nil.
	Also func(key string) []string
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
	list.OnQuery = func(q string) {
		var picks []Pick
		at := 0
		for _, c := range s.found(q) {
			if q == "" && c.Key == s.value {
				at = len(picks)
			}
			picks = append(picks, Pick{Title: c.Label, Do: func() { s.choose(c.Key) }})
		}
		list.Answered(picks)
		list.move(at) // the whole list begins at what is chosen: Enter leaves it so
	}
	s.hide = popBelow(s.field, list, s.field.Size().Width, list.entry, s.field)
	list.OnLeave = s.hide
	list.SetQuery(query)
	list.OnQuery(query)
}

// found lists the choices that answer to what is typed, those first that Enter most likely means: of another name that is just that, then whose label begins
// with it, then with a word that does, then any that has it somewhere. Case and accents do not matter.
func (s *SearchSelect) found(query string) []Choice {
	q := fold.Text(query)
	if q == "" {
		return s.choices
	}
	var ranks [5][]Choice
	for _, c := range s.choices {
		rank := rankOf(fold.Text(c.Label), q)
		if s.Also != nil {
			for _, name := range s.Also(c.Key) {
				switch name = fold.Text(name); {
				case name == q:
					rank = 0
				case strings.HasPrefix(name, q):
					rank = min(rank, 3)
				}
			}
		}
		if rank < len(ranks) {
			ranks[rank] = append(ranks[rank], c)
		}
	}
	return slices.Concat(ranks[:]...)
}

// rankOf is how well a label answers to a query, both folded; 5 is not at all.
func rankOf(label, q string) int {
	switch {
	case strings.HasPrefix(label, q):
		return 1
	case strings.Contains(label, " "+q):
		return 2
	case strings.Contains(label, q):
		return 4
	}
	return 5
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

func (s *SearchSelect) secret() bool { return false }

func (s *SearchSelect) bind(h hooks) { s.hooks, s.field.onFocused = h, h.focused }
