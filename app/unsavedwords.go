package app

import (
	"maps"
	"slices"
	"strings"

	"clientele/app/i18n"
)

// Title says in words for a person what it is that was typed.
func (t Typed) Title() string {
	switch f, fresh := t.Place.Form, t.Place.Of == 0; {
	case f == FormClient && t.About == "":
		return i18n.T("A new client")
	case f == FormClient:
		return i18n.T("A new client (%s)", t.About)
	case f == FormProfile:
		return i18n.T("The profile of %s", t.About)
	case f == FormContact && fresh:
		return i18n.T("A new contact of %s", t.About)
	case f == FormContact:
		return i18n.T("A contact of %s", t.About)
	case f == FormNote:
		return i18n.T("A note on %s", t.About)
	case f == FormMail:
		return i18n.T("A mail to %s", t.About)
	case f == FormInvoice && fresh:
		return i18n.T("A new invoice for %s", t.About)
	case f == FormInvoice:
		return i18n.T("A draft for %s", t.About)
	}
	return t.About
}

// Text is all that was typed, to be read and copied where the form itself is no longer to be had.
func (t Typed) Text() string {
	var lines []string
	for _, key := range slices.Sorted(maps.Keys(t.Values)) {
		v := strings.TrimSpace(t.Values[key])
		switch {
		case v == "" || strings.HasPrefix(key, "."):
		case key == FieldNote || key == FieldBody || key == FieldLines:
			lines = append(lines, v)
		default:
			lines = append(lines, FieldLabel(key)+": "+v)
		}
	}
	return strings.Join(lines, "\n")
}
