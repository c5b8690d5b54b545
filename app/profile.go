package app

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/money"
	"clientele/data"
)

// The keys of a client's fields, as errors name them and settings list them.
const (
	FieldFirstName = "first_name"
	FieldLastName  = "last_name"
	FieldCompany   = "company"
	FieldEmail     = "email"
	FieldPassword  = "password"
	FieldAddress1  = "address1"
	FieldAddress2  = "address2"
	FieldCity      = "city"
	FieldState     = "state"
	FieldPostcode  = "postcode"
	FieldCountry   = "country"
	FieldPhone     = "phone"
	FieldTaxID     = "tax_id"
	FieldCurrency  = "currency"
	FieldGroup     = "group"
	FieldLanguage  = "language"
	FieldPayment   = "payment_method"
	FieldStatus    = "status"
	FieldNotes     = "notes"
	FieldWelcome   = "send_welcome"
	FieldCredit    = "credit"
	FieldCategory  = "categories"
	FieldBilling   = "billing_contact"
	FieldAutoUse   = "auto_credit"
)

// CustomKey is the key of a custom field in errors.
func CustomKey(id int64) string { return "custom." + strconv.FormatInt(id, 10) }

// Statuses are the three there are, in the order in which they are offered.
var Statuses = []data.Status{data.Active, data.Inactive, data.Closed}

// Category is a kind of mail, which a client or contact may want or not.
type Category string

// The five categories of CO-3.
const (
	General Category = "general"
	Invoice Category = "invoice"
	Support Category = "support"
	Product Category = "product"
	Domain  Category = "domain"
)

// Categories are all five, in the order in which they are offered.
var Categories = []Category{General, Invoice, Support, Product, Domain}

// PaymentMethods are the ways to pay that can be a client's usual one.
var PaymentMethods = []string{"", "bank transfer", "card", "cash", "cheque", "direct debit", "paypal"}

// Profile is what an admin can enter about a client, on the form for a new one and on the Profile tab alike.
type Profile struct {
	FirstName, LastName, Company, Email       string
	Address1, Address2, City, State, Postcode string
	Country, Phone, TaxID, Currency           string
	GroupID                                   int64
	Language, PaymentMethod                   string
	Status                                    data.Status
	TaxExempt, SeparateInvoices, NoLateFees   bool
	NoOverdueEmails, MarketingOptIn           bool
	Wants                                     map[Category]bool // mail the client wants; nil means all
	Notes                                     string
	BillingContactID                          int64 // the contact whose name and address invoices carry; 0 is the client itself
	AutoCredit                                *bool // whether credit is used for the next invoice by itself; nil is as the setting has it
	KeepStatus                                bool  // the status stays when services end or start (CL-14)
	Custom                                    map[int64]string
}

// ProfileOf is a stored client as it is edited.
func ProfileOf(c Client) Profile {
	p := Profile{
		FirstName: c.FirstName, LastName: c.LastName, Company: c.Company, Email: c.Email, Address1: c.Address1, Address2: c.Address2,
		City: c.City, State: c.State, Postcode: c.Postcode, Country: c.Country, Phone: c.Phone, TaxID: c.TaxID, Currency: c.Currency,
		GroupID: c.GroupID, Language: c.Language, PaymentMethod: c.PaymentMethod, Status: c.Status, TaxExempt: c.TaxExempt,
		SeparateInvoices: c.SeparateInvoices, NoLateFees: c.NoLateFees, NoOverdueEmails: c.NoOverdueEmails, MarketingOptIn: c.MarketingOptIn,
		Wants: wantsOf(c.Client), Notes: c.Notes, Custom: c.Custom, AutoCredit: c.AutoCredit, KeepStatus: c.KeepStatus,
	}
	if c.BillingContactID != nil {
		p.BillingContactID = *c.BillingContactID
	}
	return p
}

// NewProfile is an empty form with the defaults of the settings.
func NewProfile(s Settings) Profile {
	return Profile{Country: s.Country, Currency: s.Currency, Language: s.Language, Status: data.Active}
}

func wantsOf(c data.Client) map[Category]bool {
	return map[Category]bool{
		General: c.MailGeneral, Invoice: c.MailInvoice, Support: c.MailSupport, Product: c.MailProduct, Domain: c.MailDomain,
	}
}

// textField is one field of a profile that holds a line of text.
type textField struct {
	key    string
	limits importing.Field
	value  func(*data.Client) *string
	label  string
}

// textFields is the one list of them; labels are translated where they are shown.
var textFields = []textField{
	{FieldFirstName, importing.FirstName, func(c *data.Client) *string { return &c.FirstName }, "First name"},
	{FieldLastName, importing.LastName, func(c *data.Client) *string { return &c.LastName }, "Last name"},
	{FieldCompany, importing.CompanyName, func(c *data.Client) *string { return &c.Company }, "Company"},
	{FieldEmail, importing.Email, func(c *data.Client) *string { return &c.Email }, "Email"},
	{FieldAddress1, importing.Address1, func(c *data.Client) *string { return &c.Address1 }, "Address 1"},
	{FieldAddress2, importing.Address2, func(c *data.Client) *string { return &c.Address2 }, "Address 2"},
	{FieldCity, importing.City, func(c *data.Client) *string { return &c.City }, "City"},
	{FieldState, importing.State, func(c *data.Client) *string { return &c.State }, "State/Region"},
	{FieldPostcode, importing.Postcode, func(c *data.Client) *string { return &c.Postcode }, "Postcode"},
	{FieldCountry, importing.Country, func(c *data.Client) *string { return &c.Country }, "Country"},
	{FieldPhone, importing.PhoneNumber, func(c *data.Client) *string { return &c.Phone }, "Phone"},
	{FieldTaxID, importing.TaxID, func(c *data.Client) *string { return &c.TaxID }, "Tax ID"},
	{FieldCurrency, importing.Currency, func(c *data.Client) *string { return &c.Currency }, "Currency"},
	{FieldLanguage, importing.Language, func(c *data.Client) *string { return &c.Language }, "Language"},
	{FieldPayment, importing.PaymentMethod, func(c *data.Client) *string { return &c.PaymentMethod }, "Payment method"},
	{FieldNotes, importing.Notes, func(c *data.Client) *string { return &c.Notes }, "Admin notes"},
}

// fieldOf is the field with a key; zero where none holds a line of text.
func fieldOf(key string) textField {
	for _, f := range textFields {
		if f.key == key {
			return f
		}
	}
	return textField{}
}

// FieldLabel is what a field is called, in the person's language.
func FieldLabel(key string) string {
	if key == FieldBilling {
		return i18n.T("Default Billing Contact")
	}
	if key == FieldAutoUse {
		return i18n.T("Credit for new invoices")
	}
	if f := fieldOf(key); f.key != "" {
		return i18n.Text(f.label)
	}
	return key
}

// FieldLabelIn is what a field is called in another language than that of the person at the screen.
func FieldLabelIn(words *i18n.Printer, key string) string { return words.Text(fieldOf(key).label) }

// FieldLimit is how many characters, or for an email address bytes, a field may have; 0 where it holds no text.
func FieldLimit(key string) int {
	if f := fieldOf(key); f.key != "" {
		return max(f.limits.Limit().Chars, f.limits.Limit().Bytes)
	}
	return 0
}

// client checks a profile and makes the client of it. Blanks at the ends are taken off; nothing else is changed.
func (p Profile) client(s Settings) (data.Client, Problems) {
	wants := func(c Category) bool { return p.Wants == nil || p.Wants[c] }
	c := data.Client{
		FirstName: p.FirstName, LastName: p.LastName, Company: p.Company, Email: p.Email, Address1: p.Address1, Address2: p.Address2,
		City: p.City, State: p.State, Postcode: p.Postcode, Country: strings.ToUpper(p.Country), Phone: p.Phone, TaxID: p.TaxID,
		Currency: strings.ToUpper(p.Currency), GroupID: p.GroupID, Language: p.Language, PaymentMethod: p.PaymentMethod, Status: p.Status,
		TaxExempt: p.TaxExempt, SeparateInvoices: p.SeparateInvoices, NoLateFees: p.NoLateFees, NoOverdueEmails: p.NoOverdueEmails,
		MarketingOptIn: p.MarketingOptIn, MailGeneral: wants(General), MailInvoice: wants(Invoice), MailSupport: wants(Support),
		MailProduct: wants(Product), MailDomain: wants(Domain), Notes: p.Notes, AutoCredit: p.AutoCredit, KeepStatus: p.KeepStatus,
	}
	if p.BillingContactID != 0 {
		c.BillingContactID = &p.BillingContactID
	}
	var wrong Problems
	for _, f := range textFields {
		required := f.key == FieldFirstName || f.key == FieldLastName || f.key == FieldEmail || slices.Contains(s.RequiredFields, f.key)
		wrong.text(f, f.value(&c), required)
	}
	c.Email, c.EmailKey = wrong.address(c.Email)
	wrong.country(c.Country)
	wrong.phone(c.Phone)
	if !money.Currency(c.Currency).Valid() {
		wrong.add(FieldCurrency, i18n.T("Choose a currency."))
	}
	if !i18n.ValidLanguage(c.Language) {
		wrong.add(FieldLanguage, i18n.T("Choose a language."))
	}
	if !slices.Contains(Statuses, c.Status) {
		wrong.add(FieldStatus, i18n.T("Choose a status."))
	}
	return c, wrong
}

// against checks a profile against what is stored: the group, the billing contact, the custom fields, and whether another client than except has the
// address already. have are the custom values that the client has; a field that the profile does not name keeps its own.
func (p Profile) against(tx *data.Tx, emailKey string, except int64, have map[int64]string) (Problems, error) {
	var wrong Problems
	if p.GroupID != 0 {
		if _, err := tx.Group(p.GroupID); errors.Is(err, data.ErrNotFound) {
			wrong.add(FieldGroup, i18n.T("The group is no longer there. Choose another one."))
		} else if err != nil {
			return nil, err
		}
	}
	if p.BillingContactID != 0 {
		if k, err := tx.Contact(p.BillingContactID); errors.Is(err, data.ErrNotFound) || err == nil && k.ClientID != except {
			wrong.add(FieldBilling, i18n.T("This client has no such contact any more. Choose another one, or the client itself."))
		} else if err != nil {
			return nil, err
		}
	}
	fields, err := tx.CustomFields()
	if err != nil {
		return nil, err
	}
	for _, f := range fields {
		v, given := p.Custom[f.ID]
		if !given {
			v = have[f.ID]
		}
		if words := customProblem(f, strings.TrimSpace(v)); words != "" {
			wrong.add(CustomKey(f.ID), words)
		}
	}
	if emailKey == "" {
		return wrong, nil
	}
	other, err := tx.ClientByEmail(emailKey)
	switch {
	case errors.Is(err, data.ErrNotFound) || (err == nil && other.ID == except):
		return wrong, nil
	case err != nil:
		return nil, err
	}
	return append(wrong, &Error{
		Code: Duplicate, Field: FieldEmail, ClientID: other.ID,
		Message: i18n.T("%s (#%s) has this address already.", nameOf(other), strconv.FormatInt(other.ID, 10)),
	}), nil
}

// numberPattern is a number as a custom field holds it. It is text, so any length is exact.
var numberPattern = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)$`)

// customProblem says what is wrong with the value of a custom field, or "". Values are stored in one form whatever the language:
// dates as ISO, numbers with a point, ticks as "1".
func customProblem(f data.CustomField, v string) string {
	if v == "" {
		if f.Required && f.Kind != data.FieldTick {
			return i18n.T("Enter this, please: it is required.")
		}
		return ""
	}
	limits := importing.Address1
	if f.Kind == data.FieldLong {
		limits = importing.Notes
	}
	if fault := limits.Fault(v); fault != "" {
		return fault
	}
	switch f.Kind {
	case data.FieldNumber:
		if !numberPattern.MatchString(v) {
			return i18n.T("Enter a number, such as 12 or 12.5.")
		}
	case data.FieldDate:
		if _, err := date.Parse(v); err != nil {
			return err.Error()
		}
	case data.FieldTick:
		if v != "1" {
			return i18n.T("This is ticked or not.")
		}
	case data.FieldChoice:
		if !slices.Contains(strings.Split(f.Options, "\n"), v) {
			return i18n.T("Choose one of the list.")
		}
	case data.FieldLink:
		u, err := url.Parse(v)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			return i18n.T("A link begins with https://, followed by the name of the site.")
		}
	}
	return ""
}

// setCustom stores the values that differ from those that are there. A value of a field that was removed meanwhile goes with it.
func setCustom(tx *data.Tx, id int64, values, have map[int64]string) error {
	fields, err := tx.CustomFields()
	if err != nil {
		return err
	}
	for _, f := range fields {
		v, given := values[f.ID]
		if v = strings.TrimSpace(v); given && v != have[f.ID] {
			if err := tx.SetCustomValue(id, f.ID, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// describeChange lists what an edit changes, for the activity log.
func describeChange(tx *data.Tx, before, after data.Client, customBefore, customAfter map[int64]string) (difference, error) {
	var d difference
	for _, f := range textFields {
		d.text(i18n.Text(f.label), *f.value(&before), *f.value(&after))
	}
	d.text(i18n.T("Status"), i18n.Text(string(before.Status)), i18n.Text(string(after.Status)))
	if before.GroupID != after.GroupID {
		name := func(id int64) string {
			g, err := tx.Group(id)
			if err != nil {
				return ""
			}
			return g.Name
		}
		d.text(i18n.T("Group"), name(before.GroupID), name(after.GroupID))
	}
	if err := describeBilling(tx, &d, before.BillingContactID, after.BillingContactID); err != nil {
		return d, err
	}
	d.text(FieldLabel(FieldAutoUse), AutoCreditName(before.AutoCredit), AutoCreditName(after.AutoCredit))
	d.flag(i18n.T("Keep the status when services end or start"), before.KeepStatus, after.KeepStatus)
	d.flag(i18n.T("Tax exempt"), before.TaxExempt, after.TaxExempt)
	d.flag(i18n.T("Separate invoices"), before.SeparateInvoices, after.SeparateInvoices)
	d.flag(i18n.T("Don't Apply Late Fees"), before.NoLateFees, after.NoLateFees)
	d.flag(i18n.T("Don't Send Overdue Emails"), before.NoOverdueEmails, after.NoOverdueEmails)
	d.flag(i18n.T("Marketing emails"), before.MarketingOptIn, after.MarketingOptIn)
	was, is := wantsOf(before), wantsOf(after)
	for _, c := range Categories {
		d.flag(i18n.T("Emails: %s", CategoryName(c)), was[c], is[c])
	}
	fields, err := tx.CustomFields()
	if err != nil {
		return d, err
	}
	for _, f := range fields {
		if v, given := customAfter[f.ID]; given {
			d.text(f.Name, customBefore[f.ID], strings.TrimSpace(v))
		}
	}
	return d, nil
}

// describeBilling names whose address invoices carried and whose they carry now, where that changes.
func describeBilling(tx *data.Tx, d *difference, before, after *int64) error {
	name := func(id *int64) (string, error) {
		if id == nil {
			return i18n.T("the client"), nil
		}
		k, err := tx.Contact(*id)
		return contactName(k), err
	}
	if before == after || before != nil && after != nil && *before == *after {
		return nil
	}
	was, err := name(before)
	if err != nil {
		return err
	}
	is, err := name(after)
	if err != nil {
		return err
	}
	if was == is { // two contacts of one name
		was, is = fmt.Sprintf("%s (%d)", was, *before), fmt.Sprintf("%s (%d)", is, *after)
	}
	d.text(FieldLabel(FieldBilling), was, is)
	return nil
}

// AutoCreditName says in the person's language when a client's credit is used for new invoices by itself; nil is as the setting has it.
func AutoCreditName(on *bool) string {
	switch {
	case on == nil:
		return i18n.T("As the setting says")
	case *on:
		return i18n.T("Always used")
	}
	return i18n.T("Never used by itself")
}

// CategoryName is what a category is called, in the person's language.
func CategoryName(c Category) string {
	switch c {
	case General:
		return i18n.T("General")
	case Invoice:
		return i18n.T("Invoice")
	case Support:
		return i18n.T("Support")
	case Product:
		return i18n.T("Product")
	}
	return i18n.T("Domain")
}
