package client

import (
	"time"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/settings/choices"
)

// form is the form of a client's fields, for a new client and for one that is there.
type form struct {
	*sheet

	looks    lookups
	active   int64 // services of the client that are active
	password *password
	address  *address
	status   *noticed
	billing  *kit.SearchSelect // who invoices are addressed to; nil for a new client
	taken    string            // the address that was found to be another client's
	// onEdit is called with each change that a person makes.
	onEdit func()
}

// kind says what the two uses of the form do not have in common.
type kind struct {
	looks lookups
	today func() time.Time
	// has is the client that is edited; nil for a new one.
	has *app.Client
	// setUpMail is where the welcome mail's reason leads to.
	setUpMail func()
}

func newForm(k kind) *form {
	f := &form{looks: k.looks, password: newPassword(i18n.T("Generated unless typed")), address: newAddress(), status: newNoticed(kit.NewSelect(statusChoices()...))}
	custom := map[int64]string{}
	payment := ""
	if k.has != nil {
		f.password = newPassword(i18n.T("Enter to change"))
		f.active, custom, payment = k.has.ServicesActive, k.has.Custom, k.has.PaymentMethod
	}
	groups := []kit.Group{
		{Title: i18n.T("Identity"), Fields: f.identity(k)},
		{Title: i18n.T("Address"), Fields: f.place()},
		{Title: i18n.T("Billing options"), Fields: f.invoicing(k, payment)},
		f.notices(k),
	}
	if len(k.looks.fields) > 0 {
		own := kit.Group{Title: i18n.T("Custom fields")}
		for _, c := range k.looks.fields {
			own.Fields = append(own.Fields, customField(c, custom[c.ID], k.today))
		}
		groups = append(groups, own)
	}
	groups = append(groups, kit.Group{Title: i18n.T("Notes"), Fields: []kit.Field{{
		Key: app.FieldNotes, Label: app.FieldLabel(app.FieldNotes), Help: i18n.T("Only admins see these."), Wide: true,
		Input: kit.NewLongText(app.FieldLimit(app.FieldNotes), 4),
	}}})
	if k.has == nil {
		groups = append(groups, kit.Group{Fields: []kit.Field{
			{Key: app.FieldWelcome, Wide: true, Input: newWelcome(k.looks.settings.MailReady(), k.setUpMail)},
		}})
	}
	f.sheet = newSheet(groups...)
	f.onChange = func() {
		f.tellStatus()
		if f.taken != "" && f.Value(app.FieldEmail) != f.taken {
			f.offer("", 0, nil)
		}
		if f.onEdit != nil {
			f.onEdit()
		}
	}
	f.begin(f.Values())
	return f
}

// text is a field of one line.
func (f *form) text(key string) kit.Field {
	return kit.Field{Key: key, Label: label(key, nil), Required: f.looks.required(key), Input: kit.NewText(app.FieldLimit(key))}
}

func (f *form) identity(k kind) []kit.Field {
	help := i18n.T("For the client area. Without one, the welcome email brings a generated password.")
	switch {
	case k.has == nil && k.looks.settings.ClientAreaURL == "":
		help = i18n.T("Leave it empty: it is for a client area on the web, which you have not set up.")
	case k.has != nil:
		help = i18n.T("The client has to choose an own one at the next log-in.")
	}
	mail := f.text(app.FieldEmail)
	mail.Input = f.address
	return []kit.Field{
		f.text(app.FieldFirstName),
		f.text(app.FieldLastName),
		f.text(app.FieldCompany),
		mail,
		f.text(app.FieldPhone),
		{Key: app.FieldPassword, Label: label(app.FieldPassword, nil), Help: help, Input: f.password},
		{Key: app.FieldStatus, Label: label(app.FieldStatus, nil), Input: f.status},
		{Key: app.FieldGroup, Label: label(app.FieldGroup, nil), Input: kit.NewSelect(f.looks.groupChoices()...)},
		{Key: app.FieldLanguage, Label: label(app.FieldLanguage, nil), Input: search(i18n.T("Choose a language."), languageChoices())},
	}
}

func (f *form) place() []kit.Field {
	return []kit.Field{
		f.text(app.FieldAddress1),
		f.text(app.FieldAddress2),
		f.text(app.FieldCity),
		f.text(app.FieldState),
		f.text(app.FieldPostcode),
		{
			Key: app.FieldCountry, Label: label(app.FieldCountry, nil), Required: f.looks.required(app.FieldCountry),
			Input: choices.Country(i18n.T("None")),
		},
	}
}

func (f *form) invoicing(k kind, payment string) []kit.Field {
	fields := []kit.Field{
		{Key: app.FieldCurrency, Label: label(app.FieldCurrency, nil), Required: true, Input: search(i18n.T("Choose a currency."), currencyChoices())},
		{Key: app.FieldPayment, Label: label(app.FieldPayment, nil), Input: kit.NewSelect(paymentChoices(payment)...)},
		f.text(app.FieldTaxID),
	}
	if k.has != nil {
		f.billing = search(i18n.T("The client itself"), billingChoices(k.looks.contacts))
		fields = append(fields, kit.Field{
			Key: app.FieldBilling, Label: label(app.FieldBilling, nil), Input: f.billing,
			Help: i18n.T("Whose name and address invoices carry. A change touches drafts and new invoices only."),
		}, kit.Field{
			Key: app.FieldCredit, Label: label(app.FieldCredit, nil), Help: i18n.T("A change here is not listed in the credit log."),
			Input: kit.NewMoney(func(s string) (string, error) {
				m, err := f.money(s)
				return m.FormatNumber(i18n.CurrentLocale()), err
			}),
		}, kit.Field{Key: app.FieldAutoUse, Label: label(app.FieldAutoUse, nil), Input: kit.NewSelect(autoUses()...)})
	}
	return append(fields, kit.Field{Key: keyInvoicing, Label: label(keyInvoicing, nil), Input: ticks(keyInvoicing)})
}

// notices are what a client is spared and wants. A new client gets the mails of all categories.
func (f *form) notices(k kind) kit.Group {
	spared := kit.Field{Key: keyNotices, Input: ticks(keyNotices)}
	if k.has == nil {
		return kit.Group{Title: i18n.T("Notices"), Fields: []kit.Field{spared}}
	}
	spared.Label = label(keyNotices, nil)
	cs := make([]kit.Choice, len(app.Categories))
	for i, c := range app.Categories {
		cs[i] = kit.Choice{Key: string(c), Label: app.CategoryName(c)}
	}
	return kit.Group{Title: i18n.T("Mail and notices"), Fields: []kit.Field{
		spared, {Key: app.FieldCategory, Label: label(app.FieldCategory, nil), Input: kit.NewChecks(cs...)},
	}}
}

// ticks are the tick boxes of one field.
func ticks(in string) *kit.Checks {
	var cs []kit.Choice
	for _, f := range flags {
		if f.in == in {
			cs = append(cs, kit.Choice{Key: f.key, Label: f.label()})
		}
	}
	return kit.NewChecks(cs...)
}

func search(none string, choices []kit.Choice) *kit.SearchSelect {
	return kit.NewSearchSelect(none, choices...)
}

// money reads an amount in the currency that is chosen.
func (f *form) money(typed string) (money.Money, error) {
	return money.Parse(typed, money.Currency(f.Value(app.FieldCurrency)), i18n.CurrentLocale())
}

// tellStatus says below the status what Closed means for this client (CL-10).
func (f *form) tellStatus() {
	words := ""
	if f.Value(app.FieldStatus) == string(data.Closed) {
		words = closedNotice(f.active)
	}
	f.noticed(f.status.tell(words))
}

// closedNotice says what the status Closed does and what it does not do.
func closedNotice(active int64) string {
	words := i18n.T("A closed client cannot log in to the client area. The status alone stops no invoicing.")
	if active > 0 {
		words += " " + i18n.N(active, "One service is active and goes on being invoiced.", "%d services are active and go on being invoiced.")
	}
	return words
}

// begin fills in values, which count as saved.
func (f *form) begin(values map[string]string) {
	f.sheet.begin(values)
	f.tellStatus()
}

// rebase has the form begin with other values, as somebody else stored them, and keeps what was typed since.
func (f *form) rebase(stored map[string]string) {
	f.sheet.rebase(stored)
	f.tellStatus()
}

// fail is that of a sheet, and offers the client that has the address already.
func (f *form) fail(err error, local map[string]string, open func(int64)) (rest string) {
	other := int64(0)
	for _, p := range app.ProblemsOf(err) {
		if p.Field == app.FieldEmail && p.Code == app.Duplicate {
			other = p.ClientID
		}
	}
	f.offer(f.Value(app.FieldEmail), other, open)
	return f.sheet.fail(err, local)
}

// offer offers to open the other client that has an address, as long as that is what is typed; 0 offers none.
func (f *form) offer(taken string, other int64, open func(int64)) {
	f.taken = taken
	f.address.takenBy(other, open)
}

// clearErrors takes away what was wrong before.
func (f *form) clearErrors() {
	f.offer("", 0, nil)
	f.SetErrors(nil)
}
