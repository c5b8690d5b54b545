package app

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/app/phone"
)

// The rules for the fields that clients and contacts have in common. Each adds what is wrong to the problems.

// has tells whether anything is wrong with a field so far.
func (p *Problems) has(field string) bool {
	return slices.ContainsFunc(*p, func(e *Error) bool { return e.Field == field })
}

// text takes the blanks off the ends of a field's text and holds it against its limits.
func (p *Problems) text(f textField, v *string, required bool) {
	*v = strings.TrimSpace(*v)
	if *v == "" {
		if required {
			p.add(f.key, i18n.T("Enter this, please: it is required."))
		}
		return
	}
	if fault := f.limits.Fault(*v); fault != "" {
		p.add(f.key, fault)
	}
}

// address holds an email address against the rule for them, and returns it as it is stored with the key by which it is compared.
func (p *Problems) address(v string) (address, key string) {
	if p.has(FieldEmail) {
		return v, ""
	}
	address, err := email.Parse(v)
	if err != nil {
		p.add(FieldEmail, err.Error())
		return v, ""
	}
	return address, email.Key(address)
}

// country holds the code of a country against the list of them. There may be none.
func (p *Problems) country(code string) {
	if code != "" && !i18n.ValidCountry(code) {
		p.add(FieldCountry, i18n.T("Choose a country from the list."))
	}
}

// phone holds a telephone number against the rule for them. There may be none.
func (p *Problems) phone(number string) {
	if number != "" && !p.has(FieldPhone) && !phone.Valid(number) {
		p.add(FieldPhone, i18n.T("A telephone number has at least three digits, and otherwise only + ( ) - . / and blanks, or x before an extension."))
	}
}

// printable tells whether a line of text holds nothing that cannot be seen.
func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}
