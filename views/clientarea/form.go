package clientarea

import (
	"strings"

	"clientele/app"
	"clientele/app/i18n"
)

// field is one field of a form, as the templates draw it.
type field struct {
	Key, Label, Value, Type string
	Autocomplete, InputMode string
	Error, Hint, Optional   string
	Max                     int
	Required, Locked, Wide  bool
	Options                 []option
}

// option is one choice of a field.
type option struct {
	Key, Label string
	Chosen     bool
}

// ticks is a group of boxes.
type ticks struct {
	Legend, Hint string
	Ticks        []tick
}

type tick struct {
	Key, Label string
	On, Locked bool
}

// passwordField is one for a password; autocomplete tells the browser's own keeper of passwords which.
func passwordField(key, label, autocomplete string) field {
	return field{Key: key, Label: label, Type: "password", Autocomplete: autocomplete, Required: true, Max: 256}
}

// completes are what browsers call the fields of a person, to fill them in.
var completes = map[string]string{
	app.FieldFirstName: "given-name", app.FieldLastName: "family-name", app.FieldCompany: "organization", app.FieldEmail: "email", app.FieldPhone: "tel",
	app.FieldAddress1: "address-line1", app.FieldAddress2: "address-line2", app.FieldCity: "address-level2", app.FieldState: "address-level1",
	app.FieldPostcode: "postal-code", app.FieldCountry: "country",
}

// textField is one of a person's fields. own says that the browser may fill in the visitor's own.
func (p page) textField(key, value string, own bool) field {
	f := field{Key: key, Label: app.FieldLabelIn(p.Printer, key), Value: value, Type: "text", Max: app.FieldLimit(key)}
	f.Autocomplete = "off"
	if own && completes[key] != "" {
		f.Autocomplete = completes[key]
	}
	switch key {
	case app.FieldEmail:
		f.Type = "email"
	case app.FieldPhone:
		f.Type = "tel"
	case app.FieldCountry:
		f.Options = p.countries(value)
	}
	return f
}

// countries are all that can be chosen, after none.
func (p page) countries(chosen string) []option {
	all := []option{{Key: "", Label: "–", Chosen: chosen == ""}}
	for _, c := range i18n.Countries() {
		all = append(all, option{c.Code, p.CountryName(c.Code), c.Code == chosen})
	}
	return all
}

// categoryName is what a category is called in the page's language.
func (p page) categoryName(c app.Category) string {
	switch c {
	case app.General:
		return p.T("General")
	case app.Invoice:
		return p.T("Invoice")
	case app.Support:
		return p.T("Support")
	case app.Product:
		return p.T("Product")
	}
	return p.T("Domain")
}

// categoryTicks are the five categories.
func (p page) categoryTicks(legend, hint string, wants map[app.Category]bool, locked bool) ticks {
	t := ticks{Legend: legend, Hint: hint}
	for _, c := range app.Categories {
		t.Ticks = append(t.Ticks, tick{Key: "gets." + string(c), Label: p.categoryName(c), On: wants[c], Locked: locked})
	}
	return t
}

// wants reads the categories that were ticked.
func (v *visit) wants() map[app.Category]bool {
	all := map[app.Category]bool{}
	for _, c := range app.Categories {
		all[c] = v.r.PostFormValue("gets."+string(c)) == "1"
	}
	return all
}

// typed is what was entered into a field, without blanks at its ends.
func (v *visit) typed(key string) string { return strings.TrimSpace(v.r.PostFormValue(key)) }

// mend puts the words for what is wrong beside the fields, and returns those that belong to none. The services' own words are in the language of the office, and may
// name what is no client's business, so they are said anew here.
func (p page) mend(err error, fields ...*field) (rest string) {
	for _, problem := range app.ProblemsOf(err) {
		words := p.wordsFor(problem)
		placed := false
		for _, f := range fields {
			if f.Key == problem.Field {
				if placed = true; f.Error == "" {
					f.Error = p.wordsForValue(problem, f.Value, words)
				}
			}
		}
		if !placed {
			rest = words
		}
	}
	return rest
}

func (p page) wordsFor(problem *app.Error) string {
	switch problem.Code {
	case app.Conflict:
		return p.T("This was changed elsewhere meanwhile, so nothing was saved. Load the page again, and make your changes once more.")
	case app.Duplicate:
		return p.T("This address is in use already. Enter another one.")
	case app.TooMany:
		return p.T("There were too many tries. Wait some minutes, and try again.")
	case app.NotAllowed:
		return p.T("This cannot be done here. Please write to us.")
	case app.Unavailable:
		return p.T("This cannot be saved just now. Try again in a moment.")
	}
	if strings.HasPrefix(problem.Field, "custom.") {
		return p.T("Something is missing that only we can fill in. Please write to us.")
	}
	return p.T("This cannot be used. Check it, please.")
}

// wordsForValue says more where the field and what was entered tell it.
func (p page) wordsForValue(problem *app.Error, value, words string) string {
	if problem.Code != app.Invalid {
		return words
	}
	switch {
	case problem.Field == app.FieldCurrent:
		return p.T("This is not your current password.")
	case problem.Field == app.FieldPassword:
		return p.T("Choose a password of at least 12 characters that others would not try first, and not the one that you have, your name or your email address. A few words in a row are easy to remember.")
	case problem.Field == app.FieldCardNumber:
		return p.T("This is no card number. Enter the digits as they are on the card.")
	case problem.Field == app.FieldCardExpiry:
		return p.T("Enter the month and the year as they are on the card, such as 08/29. A card that has expired cannot be stored.")
	case problem.Field == app.FieldCardStart:
		return p.T("Enter the month and the year as they are on the card, such as 03/25. They are before today and before the expiry date.")
	case problem.Field == app.FieldCardIssue:
		return p.T("An issue number has one to three digits.")
	case problem.Field == app.FieldCardType:
		return p.T("Choose a type of card.")
	case value == "":
		return p.T("Enter this, please: it is required.")
	case problem.Field == app.FieldEmail:
		return p.T("Enter an email address, such as name@example.com.")
	case problem.Field == app.FieldPhone:
		return p.T("Enter a telephone number, such as +49 30 123456.")
	case problem.Field == app.FieldCountry:
		return p.T("Choose a country.")
	}
	return p.T("This is too long, or holds characters that cannot be seen.")
}
