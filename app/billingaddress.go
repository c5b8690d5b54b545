package app

import (
	"strings"

	"clientele/app/fold"
	"clientele/app/i18n"
	"clientele/app/postal"
	"clientele/data"
)

// BillingAddress is whose name and address an invoice carries (CO-6). It is a value of its own: an invoice that leaves Draft keeps it as it was then,
// whatever becomes of the client and the contact.
type BillingAddress struct {
	ContactID                                 int64 // 0 where it is the client
	Name, Company, Email, TaxID               string
	Address1, Address2, City, State, Postcode string
	Country                                   string // ISO 3166-1 alpha-2
}

// billingAddress is the address of the contact, or of the client where there is none. Name, company and email address are wholly the one's or the
// other's. A contact without any postal address is reached at the client's. The tax ID goes with the company that is named: a contact's own, or the
// client's where the contact has none and names the same company.
func billingAddress(c data.Client, contact *data.Contact) BillingAddress {
	own := BillingAddress{
		Name: strings.TrimSpace(c.FirstName + " " + c.LastName), Company: c.Company, Email: c.Email, TaxID: c.TaxID,
		Address1: c.Address1, Address2: c.Address2, City: c.City, State: c.State, Postcode: c.Postcode, Country: c.Country,
	}
	if contact == nil {
		return own
	}
	b := BillingAddress{
		ContactID: contact.ID, Name: contactName(*contact), Company: contact.Company, Email: contact.Email, TaxID: contact.TaxID,
		Address1: contact.Address1, Address2: contact.Address2, City: contact.City, State: contact.State, Postcode: contact.Postcode, Country: contact.Country,
	}
	if b.Address1+b.Address2+b.City+b.State+b.Postcode == "" && (b.Country == "" || b.Country == own.Country) {
		b.Address1, b.Address2, b.City, b.State, b.Postcode, b.Country = own.Address1, own.Address2, own.City, own.State, own.Postcode, own.Country
	}
	if b.TaxID == "" && b.Company != "" && fold.Text(b.Company) == fold.Text(own.Company) {
		b.TaxID = own.TaxID
	}
	return b
}

// Billing is whose name and address the client's invoices carry from now on.
func (c Client) Billing() BillingAddress {
	if c.BillingContactID != nil {
		for i := range c.Contacts {
			if c.Contacts[i].ID == *c.BillingContactID {
				return billingAddress(c.Client, &c.Contacts[i])
			}
		}
	}
	return billingAddress(c.Client, nil)
}

// Postal are the lines of the client's own postal address, the country by its name.
func (c Client) Postal() []string { return billingAddress(c.Client, nil).Postal() }

// Postal are the lines of the postal address below the names, as its country writes them, the country by its name.
func (b BillingAddress) Postal() []string {
	lines := b.Domestic()
	if b.Country != "" {
		lines = append(lines, i18n.CountryName(b.Country))
	}
	return lines
}

// Domestic is Postal without the country, as letters within it are addressed.
func (b BillingAddress) Domestic() []string {
	return postal.Address{
		Address1: b.Address1, Address2: b.Address2, City: b.City, State: b.State, Postcode: b.Postcode, Country: b.Country,
	}.Lines()
}
