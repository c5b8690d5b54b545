package app

import (
	"strings"

	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/data"
)

// ContactDetails is what an admin can enter about a contact.
type ContactDetails struct {
	FirstName, LastName, Company, Email       string
	Address1, Address2, City, State, Postcode string
	Country, Phone, TaxID                     string
	Gets                                      map[Category]bool // the mail of which the contact gets copies; nil is none
}

// ContactDetailsOf is a stored contact as it is edited.
func ContactDetailsOf(c data.Contact) ContactDetails {
	return ContactDetails{
		FirstName: c.FirstName, LastName: c.LastName, Company: c.Company, Email: c.Email, Address1: c.Address1, Address2: c.Address2, City: c.City,
		State: c.State, Postcode: c.Postcode, Country: c.Country, Phone: c.Phone, TaxID: c.TaxID, Gets: contactWants(c),
	}
}

// GetsNothing tells whether the contact gets no mail at all, which is allowed, but worth saying (CO-3).
func (d ContactDetails) GetsNothing() bool {
	for _, on := range d.Gets {
		if on {
			return false
		}
	}
	return true
}

// contactFields are the fields of a contact that hold a line of text, in the order of the form. Their limits and labels are those of a client.
var contactFields = []struct {
	key      string
	required bool
	value    func(*data.Contact) *string
}{
	{FieldFirstName, true, func(c *data.Contact) *string { return &c.FirstName }},
	{FieldLastName, true, func(c *data.Contact) *string { return &c.LastName }},
	{FieldCompany, false, func(c *data.Contact) *string { return &c.Company }},
	{FieldEmail, true, func(c *data.Contact) *string { return &c.Email }},
	{FieldPhone, false, func(c *data.Contact) *string { return &c.Phone }},
	{FieldTaxID, false, func(c *data.Contact) *string { return &c.TaxID }},
	{FieldAddress1, false, func(c *data.Contact) *string { return &c.Address1 }},
	{FieldAddress2, false, func(c *data.Contact) *string { return &c.Address2 }},
	{FieldCity, false, func(c *data.Contact) *string { return &c.City }},
	{FieldState, false, func(c *data.Contact) *string { return &c.State }},
	{FieldPostcode, false, func(c *data.Contact) *string { return &c.Postcode }},
	{FieldCountry, false, func(c *data.Contact) *string { return &c.Country }},
}

// contact checks the details and makes the contact of them. Blanks at the ends are taken off; nothing else is changed.
func (d ContactDetails) contact() (data.Contact, error) {
	c := data.Contact{
		FirstName: d.FirstName, LastName: d.LastName, Company: d.Company, Email: d.Email, Address1: d.Address1, Address2: d.Address2, City: d.City,
		State: d.State, Postcode: d.Postcode, Country: strings.ToUpper(d.Country), Phone: d.Phone, TaxID: d.TaxID,
		MailGeneral: d.Gets[General], MailInvoice: d.Gets[Invoice], MailSupport: d.Gets[Support], MailProduct: d.Gets[Product], MailDomain: d.Gets[Domain],
	}
	var wrong Problems
	for _, f := range contactFields {
		wrong.text(fieldOf(f.key), f.value(&c), f.required)
	}
	c.Email, _ = wrong.address(c.Email)
	wrong.country(c.Country)
	wrong.phone(c.Phone)
	return c, wrong.or()
}

// contactDifference lists what differs between two states of a contact, for the activity log.
func contactDifference(before, after data.Contact) difference {
	var d difference
	for _, f := range contactFields {
		d.text(FieldLabel(f.key), *f.value(&before), *f.value(&after))
	}
	was, is := contactWants(before), contactWants(after)
	for _, c := range Categories {
		d.flag(i18n.T("Emails: %s", CategoryName(c)), was[c], is[c])
	}
	return d
}

// SameAddress names who of a client has an email address already, or returns "", for a hint while it is typed. Two contacts of a client cannot share one; a
// contact and the client can, and a mail goes to the address once then. except is the contact being edited, or 0.
func (c Client) SameAddress(address string, except int64) string {
	key := email.Key(strings.TrimSpace(address))
	if key == "" {
		return ""
	}
	if key == c.EmailKey {
		return nameOf(c.Client)
	}
	for _, k := range c.Contacts {
		if k.ID != except && email.Key(k.Email) == key {
			return contactName(k)
		}
	}
	return ""
}

// contactName is how a contact is called in a sentence.
func contactName(c data.Contact) string { return strings.TrimSpace(c.FirstName + " " + c.LastName) }
