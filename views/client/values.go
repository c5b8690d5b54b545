package client

import (
	"slices"
	"strconv"
	"strings"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
)

// Keys of form fields that hold several tick boxes, and of the boxes.
const (
	keyInvoicing = "invoicing"
	keyNotices   = "notices"

	on             = "1"
	flagTaxExempt  = "tax_exempt"
	flagSeparate   = "separate_invoices"
	flagKeepStatus = "keep_status"
	flagNoLateFees = "no_late_fees"
	flagNoOverdue  = "no_overdue_emails"
	flagMarketing  = "marketing_opt_in"
)

// texts are the fields of a profile that are edited as they are.
var texts = []struct {
	key   string
	value func(*app.Profile) *string
}{
	{app.FieldFirstName, func(p *app.Profile) *string { return &p.FirstName }},
	{app.FieldLastName, func(p *app.Profile) *string { return &p.LastName }},
	{app.FieldCompany, func(p *app.Profile) *string { return &p.Company }},
	{app.FieldEmail, func(p *app.Profile) *string { return &p.Email }},
	{app.FieldPhone, func(p *app.Profile) *string { return &p.Phone }},
	{app.FieldAddress1, func(p *app.Profile) *string { return &p.Address1 }},
	{app.FieldAddress2, func(p *app.Profile) *string { return &p.Address2 }},
	{app.FieldCity, func(p *app.Profile) *string { return &p.City }},
	{app.FieldState, func(p *app.Profile) *string { return &p.State }},
	{app.FieldPostcode, func(p *app.Profile) *string { return &p.Postcode }},
	{app.FieldCountry, func(p *app.Profile) *string { return &p.Country }},
	{app.FieldTaxID, func(p *app.Profile) *string { return &p.TaxID }},
	{app.FieldCurrency, func(p *app.Profile) *string { return &p.Currency }},
	{app.FieldLanguage, func(p *app.Profile) *string { return &p.Language }},
	{app.FieldPayment, func(p *app.Profile) *string { return &p.PaymentMethod }},
	{app.FieldNotes, func(p *app.Profile) *string { return &p.Notes }},
}

// flags are the tick boxes of a profile: the form's field they are in, and their key there.
var flags = []struct {
	in, key string
	value   func(*app.Profile) *bool
	label   func() string
}{
	{keyInvoicing, flagTaxExempt, func(p *app.Profile) *bool { return &p.TaxExempt }, func() string { return i18n.T("Tax exempt") }},
	{keyInvoicing, flagSeparate, func(p *app.Profile) *bool { return &p.SeparateInvoices }, func() string { return i18n.T("Separate invoices") }},
	{keyInvoicing, flagKeepStatus, func(p *app.Profile) *bool { return &p.KeepStatus }, func() string { return i18n.T("Keep the status when services end or start") }},
	{keyNotices, flagNoLateFees, func(p *app.Profile) *bool { return &p.NoLateFees }, func() string { return i18n.T("Don't Apply Late Fees") }},
	{keyNotices, flagNoOverdue, func(p *app.Profile) *bool { return &p.NoOverdueEmails }, func() string { return i18n.T("Don't Send Overdue Emails") }},
	{keyNotices, flagMarketing, func(p *app.Profile) *bool { return &p.MarketingOptIn }, func() string { return i18n.T("Marketing emails") }},
}

// valuesOf is a profile as a form's fields hold it.
func valuesOf(p app.Profile, fields []data.CustomField) map[string]string {
	v := map[string]string{
		app.FieldGroup: strconv.FormatInt(p.GroupID, 10), app.FieldStatus: string(p.Status),
		keyInvoicing: "", keyNotices: "", app.FieldBilling: "", app.FieldAutoUse: autoUseKey(p.AutoCredit),
	}
	if p.BillingContactID != 0 {
		v[app.FieldBilling] = strconv.FormatInt(p.BillingContactID, 10)
	}
	for _, t := range texts {
		v[t.key] = *t.value(&p)
	}
	for _, f := range flags {
		if *f.value(&p) {
			v[f.in] = join(v[f.in], f.key)
		}
	}
	wants := ""
	for _, c := range app.Categories {
		if p.Wants == nil || p.Wants[c] {
			wants = join(wants, string(c))
		}
	}
	v[app.FieldCategory] = wants
	for _, f := range fields {
		v[app.CustomKey(f.ID)] = customText(f, p.Custom[f.ID])
	}
	return v
}

// autoUses are the ways in which credit is used for new invoices.
func autoUses() []kit.Choice {
	var all []kit.Choice
	yes, no := true, false
	for _, use := range []*bool{nil, &yes, &no} {
		all = append(all, kit.Choice{Key: autoUseKey(use), Label: app.AutoCreditName(use)})
	}
	return all
}

func autoUseKey(use *bool) string {
	if use == nil {
		return ""
	}
	return strconv.FormatBool(*use)
}

func autoUseOf(key string) *bool {
	use, err := strconv.ParseBool(key)
	if err != nil {
		return nil
	}
	return &use
}

func join(list, key string) string {
	if list == "" {
		return key
	}
	return list + "," + key
}

func listed(list, key string) bool { return slices.Contains(strings.Split(list, ","), key) }

// profileOf is the opposite of valuesOf. wrong says of custom fields, by their keys, what the locale cannot make sense of.
func profileOf(v map[string]string, fields []data.CustomField) (p app.Profile, wrong map[string]string) {
	wrong = map[string]string{}
	for _, t := range texts {
		*t.value(&p) = v[t.key]
	}
	for _, f := range flags {
		*f.value(&p) = listed(v[f.in], f.key)
	}
	p.GroupID, _ = strconv.ParseInt(v[app.FieldGroup], 10, 64)            // the keys of the choices are numbers
	p.BillingContactID, _ = strconv.ParseInt(v[app.FieldBilling], 10, 64) // none for the client itself
	p.Status = data.Status(v[app.FieldStatus])
	p.AutoCredit = autoUseOf(v[app.FieldAutoUse])
	if wants, asked := v[app.FieldCategory]; asked {
		p.Wants = map[app.Category]bool{}
		for _, c := range app.Categories {
			p.Wants[c] = listed(wants, string(c))
		}
	}
	p.Custom = map[int64]string{}
	for _, f := range fields {
		value, why := customValue(f, v[app.CustomKey(f.ID)])
		p.Custom[f.ID] = value
		if why != "" {
			wrong[app.CustomKey(f.ID)] = why
		}
	}
	return p, wrong
}

// creditText is a credit balance as it is edited.
func creditText(c app.Client) string { return creditOf(c).FormatNumber(i18n.CurrentLocale()) }

func creditOf(c app.Client) money.Money { return money.New(c.Credit, money.Currency(c.Currency)) }

// label is what a form's field is called in a sentence.
func label(key string, fields []data.CustomField) string {
	switch key {
	case app.FieldGroup:
		return i18n.T("Group")
	case app.FieldStatus:
		return i18n.T("Status")
	case app.FieldCategory:
		return i18n.T("Emails this client gets")
	case app.FieldCredit:
		return i18n.T("Credit balance")
	case app.FieldPassword:
		return i18n.T("Password")
	case app.FieldPayment:
		return i18n.T("Default payment method")
	case keyInvoicing:
		return i18n.T("Invoicing")
	case keyNotices:
		return i18n.T("Notices")
	}
	for _, f := range fields {
		if app.CustomKey(f.ID) == key {
			return f.Name
		}
	}
	return app.FieldLabel(key)
}
