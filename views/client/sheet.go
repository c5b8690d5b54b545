package client

import (
	"maps"
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/theme"
)

// sheet is a form that scrolls and that knows what it began with: what the forms of clients and of contacts have in common.
type sheet struct {
	*kit.Form
	pane *pane

	order []kit.Field // all of them, from the top
	began map[string]string
	// onChange is called with each change that a person makes.
	onChange func()
}

func newSheet(groups ...kit.Group) *sheet {
	s := &sheet{Form: kit.NewForm(groups...)}
	for _, g := range groups {
		s.order = append(s.order, g.Fields...)
	}
	pad := layout.NewCustomPaddedLayout(theme.Inset, 2*theme.Inset, theme.Inset, theme.Inset)
	s.pane = newPane(container.New(pad, s.Form))
	s.OnDirty = func(dirty bool) {
		if !dirty {
			return
		}
		s.MarkClean() // so that the next change is told of too, where the form itself tells only of the first
		if s.onChange != nil {
			s.onChange()
		}
	}
	return s
}

// begin fills in values, which count as saved.
func (s *sheet) begin(values map[string]string) {
	s.SetValues(values)
	s.began = s.Values()
}

// unsaved tells whether anything differs from what the form began with.
func (s *sheet) unsaved() bool { return !maps.Equal(s.began, s.Values()) }

// typed are the values that differ from what the form began with.
func (s *sheet) typed() map[string]string {
	changed := map[string]string{}
	for key, v := range s.Values() {
		if s.began[key] != v {
			changed[key] = v
		}
	}
	return changed
}

// was begins the key under which a kept value has beside it what the form began with.
const was = ".was."

// kept is what of it comes back after a crash: what was typed, without what is secret, and what the form began with there. It is nil where that is nothing.
func (s *sheet) kept() map[string]string {
	var kept map[string]string
	plain := s.Plain()
	for key := range s.typed() {
		if v, ok := plain[key]; ok {
			if kept == nil {
				kept = map[string]string{}
			}
			kept[key], kept[was+key] = v, s.began[key]
		}
	}
	return kept
}

// bring puts back what was kept, over what the form has begun with since; what was typed counts as unsaved.
func (s *sheet) bring(kept map[string]string) {
	began, typed := maps.Clone(s.began), map[string]string{}
	for key, v := range kept {
		if field, before := strings.CutPrefix(key, was); before {
			began[field] = v
		} else {
			typed[key] = v
		}
	}
	s.SetErrors(nil)
	s.begin(began)
	s.SetValues(typed)
	if s.onChange != nil {
		s.onChange()
	}
	s.pane.relayout()
}

// contested tells whether a field that was typed into was stored differently by somebody else meanwhile.
func (s *sheet) contested(stored map[string]string) bool {
	for key, typed := range s.typed() {
		if stored[key] != s.began[key] && stored[key] != typed {
			return true
		}
	}
	return false
}

// rebase has the form begin with other values, as somebody else stored them, and keeps what was typed since.
func (s *sheet) rebase(stored map[string]string) {
	typed := s.typed()
	s.begin(stored)
	s.SetValues(typed)
}

// theirs lists the fields that are stored differently from what the form began with, in the form's order. words says what a field holds.
func (s *sheet) theirs(stored map[string]string, name func(key string) string, words func(key, v string) string) []string {
	var lines []string
	typed := s.typed()
	for _, f := range s.order {
		was, is := s.began[f.Key], stored[f.Key]
		if was == is {
			continue
		}
		line := name(f.Key) + ": " + words(f.Key, was) + " → " + words(f.Key, is)
		if mine, ok := typed[f.Key]; ok && mine != is {
			line += "  " + i18n.T("(you: %s)", words(f.Key, mine))
		}
		lines = append(lines, line)
	}
	return lines
}

// fail shows each error beside its field, with the keyboard in the first one that is wrong, and returns what belongs to no field. local are errors that
// the form found itself.
func (s *sheet) fail(err error, local map[string]string) (rest string) {
	fields, rest := desk.FieldErrors(err)
	maps.Copy(fields, local)
	for _, words := range s.SetErrors(fields) {
		rest = words
	}
	s.pane.relayout()
	for _, field := range s.order {
		if fields[field.Key] != "" {
			s.Reveal(field.Key)
			break
		}
	}
	return rest
}

// noticed lays the form out anew where a notice below one of its fields changed.
func (s *sheet) noticed(changed bool) {
	if changed {
		s.Refresh()
		s.pane.relayout()
	}
}
