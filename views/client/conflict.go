package client

import (
	"errors"
	"strconv"
	"strings"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
)

// explainedChange gives the store's word for a change meanwhile the code that the services give it.
func explainedChange(err error) error {
	if errors.Is(err, data.ErrChanged) {
		return &app.Error{Code: app.Conflict, Message: app.Explain(err), Err: err}
	}
	return err
}

// conflict is what happens where somebody else changed the client since the form began with it: it says what they changed, keeps what was
// typed, and asks. saved is called once the form is stored after all.
func (p *profile) conflict(saved func()) {
	task.NewLoader[loaded](p.d.Run).Load(p.page.read, func(l loaded, err error) {
		if err != nil {
			p.tell(app.Explain(err))
			return
		}
		stored := p.values(l)
		theirs := p.form.theirs(stored, func(key string) string { return label(key, l.looks.fields) }, l.looks.words)
		again := func() {
			p.client, p.form.active = l.client, l.client.ServicesActive
			p.form.rebase(stored)
			p.submit(func() {}, saved)
		}
		if len(theirs) == 0 {
			again() // they changed nothing that the form holds, so nothing of theirs is overwritten
			return
		}
		askConflict(p.d, i18n.T("Somebody else changed this client"), theirs, again, func() {
			p.client, p.form.active = l.client, l.client.ServicesActive
			p.form.begin(stored)
			p.form.clearErrors()
			p.mark()
			p.page.reload()
		})
	})
}

// askConflict says what somebody else changed meanwhile, and asks whether to save over it, to take it, or to go on.
func askConflict(d *desk.Desk, title string, theirs []string, again, reload func()) {
	kit.ShowDialog(d.Canvas(), kit.Dialog{
		Title:        title,
		Text:         i18n.T("Nothing was overwritten, and what you typed is still here. This was changed meanwhile:"),
		Consequences: theirs,
		Action:       i18n.T("Save Over It"), Danger: true,
		Do: func(done func(error)) {
			done(nil)
			again()
		},
		Other:   i18n.T("Reload"),
		DoOther: reload,
		Close:   i18n.T("Go On Editing"),
	})
}

// words is what a form's field holds, as people say it.
func (l lookups) words(key, v string) string {
	switch key {
	case app.FieldStatus:
		v, _ = statusWord(data.Status(v))
	case app.FieldGroup:
		v = l.groupName(v)
	case app.FieldCountry:
		v = i18n.CountryName(v)
	case app.FieldLanguage:
		v = languageName(v)
	case app.FieldBilling:
		v = l.billedName(v)
	case app.FieldPayment:
		v = paymentName(v)
	case app.FieldAutoUse:
		v = app.AutoCreditName(autoUseOf(v))
	case app.FieldCategory:
		v = named(v, func(k string) string { return app.CategoryName(app.Category(k)) })
	case keyInvoicing, keyNotices:
		v = named(v, flagName)
	}
	if v == "" {
		return i18n.T("nothing")
	}
	return v
}

func (l lookups) groupName(key string) string {
	for _, g := range l.groups {
		if strconv.FormatInt(g.ID, 10) == key {
			return g.Name
		}
	}
	return ""
}

// billedName names who invoices are addressed to.
func (l lookups) billedName(key string) string {
	for _, c := range billingChoices(l.contacts) {
		if c.Key == key {
			return c.Label
		}
	}
	return i18n.T("a contact that is no longer there")
}

func flagName(key string) string {
	for _, f := range flags {
		if f.key == key {
			return f.label()
		}
	}
	return key
}

// named puts names in the place of the keys of a list.
func named(list string, name func(string) string) string {
	if list == "" {
		return ""
	}
	keys := strings.Split(list, ",")
	for i, k := range keys {
		keys[i] = name(k)
	}
	return strings.Join(keys, ", ")
}
