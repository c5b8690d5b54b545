package client

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
)

// lookups are what a client's fields are chosen from.
type lookups struct {
	settings app.Settings
	groups   []data.Group
	fields   []data.CustomField
	contacts []data.Contact // those of the client
}

func readLookups(ctx context.Context, a *app.App) (l lookups, err error) {
	if l.settings, err = a.Settings.Get(ctx); err != nil {
		return l, err
	}
	if l.groups, err = a.Groups.List(ctx); err != nil {
		return l, err
	}
	l.fields, err = a.Fields.List(ctx)
	return l, err
}

// same tells whether a form made from l looks like one made from o.
func (l lookups) same(o lookups) bool {
	return slices.Equal(l.groups, o.groups) && slices.Equal(l.fields, o.fields) &&
		slices.Equal(l.settings.RequiredFields, o.settings.RequiredFields) && l.settings.MailReady() == o.settings.MailReady()
}

func (l lookups) required(key string) bool {
	switch key {
	case app.FieldFirstName, app.FieldLastName, app.FieldEmail:
		return true
	}
	return slices.Contains(l.settings.RequiredFields, key)
}

func (l lookups) groupChoices() []kit.Choice {
	cs := []kit.Choice{{Key: "0", Label: i18n.T("None")}}
	for _, g := range l.groups {
		cs = append(cs, kit.Choice{Key: strconv.FormatInt(g.ID, 10), Label: g.Name})
	}
	return cs
}

// billingChoices are who a client's invoices can be addressed to: the client, and each of its contacts.
func billingChoices(contacts []data.Contact) []kit.Choice {
	return append([]kit.Choice{{Key: "", Label: i18n.T("The client itself")}}, contactChoices(contacts)...)
}

// contactChoices are a client's contacts, told apart by their addresses where they have the same name.
func contactChoices(contacts []data.Contact) []kit.Choice {
	cs := make([]kit.Choice, len(contacts))
	for i, c := range contacts {
		cs[i] = kit.Choice{Key: strconv.FormatInt(c.ID, 10), Label: fullName(c.FirstName, c.LastName, c.Company) + " · " + c.Email}
	}
	return cs
}

func currencyChoices() []kit.Choice {
	all := money.Currencies()
	cs := make([]kit.Choice, len(all))
	for i, c := range all {
		cs[i] = kit.Choice{Key: string(c), Label: currencyName(string(c))}
	}
	return cs
}

func languageChoices() []kit.Choice {
	all := i18n.Languages()
	cs := make([]kit.Choice, len(all))
	for i, l := range all {
		cs[i] = kit.Choice{Key: l.Tag, Label: l.Name}
	}
	return cs
}

// paymentChoices are the methods there are, and the one that a client has from elsewhere.
func paymentChoices(has string) []kit.Choice {
	methods := app.PaymentMethods
	if !slices.Contains(methods, has) {
		methods = append(slices.Clone(methods), has)
	}
	cs := make([]kit.Choice, len(methods))
	for i, m := range methods {
		cs[i] = kit.Choice{Key: m, Label: paymentName(m)}
	}
	return cs
}

func statusChoices() []kit.Choice {
	cs := make([]kit.Choice, len(app.Statuses))
	for i, s := range app.Statuses {
		word, _ := statusWord(s)
		cs[i] = kit.Choice{Key: string(s), Label: word}
	}
	return cs
}

// statusWord is what a status is called, and in which sense it is coloured.
func statusWord(s data.Status) (word string, tone theme.Tone) {
	switch s {
	case data.Active:
		return i18n.T("Active"), theme.Good
	case data.Inactive:
		return i18n.T("Inactive"), theme.Waiting
	case data.Closed:
		return i18n.T("Closed"), theme.Muted
	}
	return string(s), theme.Plain
}

func paymentName(method string) string { return app.PaymentMethodName(method) }

func currencyName(code string) string {
	if name := money.Currency(code).Name(); name != code {
		return code + " · " + name
	}
	return code
}

func languageName(tag string) string {
	for _, l := range i18n.Languages() {
		if l.Tag == tag {
			return l.Name
		}
	}
	return tag
}

// fullName is a client's name, or the company where there is none.
func fullName(first, last, company string) string {
	if name := strings.TrimSpace(first + " " + last); name != "" {
		return name
	}
	return company
}

// number is how a client's number is written.
func number(id int64) string { return "#" + strconv.FormatInt(id, 10) }
