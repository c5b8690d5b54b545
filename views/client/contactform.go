package client

import (
	"strings"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/settings/choices"
)

// contactForm is the form of a contact's fields.
type contactForm struct {
	*sheet

	client app.Client // as it was read last
	id     int64      // the contact that is edited; 0 for a new one
	mail   *noticed
	gets   *noticed
	// onEdit is called with each change that a person makes.
	onEdit func()
}

func newContactForm() *contactForm {
	text := func(key string) kit.Field {
		return kit.Field{Key: key, Label: label(key, nil), Input: kit.NewText(app.FieldLimit(key))}
	}
	must := func(f kit.Field) kit.Field {
		f.Required = true
		return f
	}
	f := &contactForm{mail: newNoticed(kit.NewText(app.FieldLimit(app.FieldEmail)))}
	cs := make([]kit.Choice, len(app.Categories))
	for i, c := range app.Categories {
		cs[i] = kit.Choice{Key: string(c), Label: app.CategoryName(c)}
	}
	f.gets = newNoticed(kit.NewChecksRow(cs...))
	f.sheet = newSheet(
		kit.Group{Title: i18n.T("Identity"), Fields: []kit.Field{
			must(text(app.FieldFirstName)),
			must(text(app.FieldLastName)),
			text(app.FieldCompany),
			{Key: app.FieldEmail, Label: label(app.FieldEmail, nil), Required: true, Input: f.mail},
			text(app.FieldPhone),
			text(app.FieldTaxID),
		}},
		kit.Group{Title: i18n.T("Email Notifications"), Fields: []kit.Field{{
			Key: app.FieldCategory, Help: i18n.T("Copies of the client's emails of these kinds go to this contact."), Wide: true, Input: f.gets,
		}}},
		kit.Group{Title: i18n.T("Address"), Fields: []kit.Field{
			text(app.FieldAddress1),
			text(app.FieldAddress2),
			text(app.FieldCity),
			text(app.FieldState),
			text(app.FieldPostcode),
			{Key: app.FieldCountry, Label: label(app.FieldCountry, nil), Input: choices.Country(i18n.T("None"))},
		}},
	)
	f.onChange = func() {
		f.notice()
		if f.onEdit != nil {
			f.onEdit()
		}
	}
	return f
}

// notice says beside the fields what is allowed and yet worth a look (CO-3): nobody gets mail, or one address is there twice.
func (f *contactForm) notice() {
	gets, mail := "", ""
	d := contactOf(f.Values())
	if d.GetsNothing() {
		gets = i18n.T("Nothing is ticked, so this contact gets no emails.")
	}
	if who := f.client.SameAddress(d.Email, f.id); who != "" {
		mail = i18n.T("%s has this address too. It gets each email once only.", who)
	}
	changed := f.gets.tell(gets)
	f.noticed(f.mail.tell(mail) || changed)
}

// begin fills in a contact of a client as it is stored; 0 is a new one.
func (f *contactForm) begin(c app.Client, id int64, values map[string]string) {
	f.client, f.id = c, id
	f.sheet.begin(values)
	f.notice()
}

// rebase has the form begin with what somebody else stored, and keeps what was typed since.
func (f *contactForm) rebase(c app.Client, values map[string]string) {
	f.client = c
	f.sheet.rebase(values)
	f.notice()
}

// contactTexts are the fields of a contact that are edited as they are.
var contactTexts = []struct {
	key   string
	value func(*app.ContactDetails) *string
}{
	{app.FieldFirstName, func(d *app.ContactDetails) *string { return &d.FirstName }},
	{app.FieldLastName, func(d *app.ContactDetails) *string { return &d.LastName }},
	{app.FieldCompany, func(d *app.ContactDetails) *string { return &d.Company }},
	{app.FieldEmail, func(d *app.ContactDetails) *string { return &d.Email }},
	{app.FieldPhone, func(d *app.ContactDetails) *string { return &d.Phone }},
	{app.FieldTaxID, func(d *app.ContactDetails) *string { return &d.TaxID }},
	{app.FieldAddress1, func(d *app.ContactDetails) *string { return &d.Address1 }},
	{app.FieldAddress2, func(d *app.ContactDetails) *string { return &d.Address2 }},
	{app.FieldCity, func(d *app.ContactDetails) *string { return &d.City }},
	{app.FieldState, func(d *app.ContactDetails) *string { return &d.State }},
	{app.FieldPostcode, func(d *app.ContactDetails) *string { return &d.Postcode }},
	{app.FieldCountry, func(d *app.ContactDetails) *string { return &d.Country }},
}

// contactValues are details as the form's fields hold them.
func contactValues(d app.ContactDetails) map[string]string {
	v := map[string]string{}
	for _, t := range contactTexts {
		v[t.key] = *t.value(&d)
	}
	var gets []string
	for _, c := range app.Categories {
		if d.Gets[c] {
			gets = append(gets, string(c))
		}
	}
	v[app.FieldCategory] = strings.Join(gets, ",")
	return v
}

// contactOf is the opposite of contactValues.
func contactOf(v map[string]string) app.ContactDetails {
	d := app.ContactDetails{Gets: map[app.Category]bool{}}
	for _, t := range contactTexts {
		*t.value(&d) = v[t.key]
	}
	for _, c := range app.Categories {
		d.Gets[c] = listed(v[app.FieldCategory], string(c))
	}
	return d
}
