package app

import (
	"slices"
	"testing"

	"clientele/data"

	"github.com/google/go-cmp/cmp"
)

// CO-6: what invoices carry of the client and what of the contact.
func TestBillingAddress(t *testing.T) {
	c := data.Client{
		FirstName: "Ada", LastName: "Lovelace", Company: "Engines Ltd", Email: "ada@example.com", TaxID: "GB1", Address1: "1 High St", Address2: "Flat 2",
		City: "London", State: "Greater London", Postcode: "N1", Country: "GB",
	}
	own := BillingAddress{
		Name: "Ada Lovelace", Company: "Engines Ltd", Email: "ada@example.com", TaxID: "GB1", Address1: "1 High St", Address2: "Flat 2",
		City: "London", State: "Greater London", Postcode: "N1", Country: "GB",
	}
	theirs := BillingAddress{
		ContactID: 7, Name: "Ann Poe", Company: "Books KG", Email: "ann@example.org", TaxID: "DE2", Address1: "Am Markt 3", City: "Köln", Postcode: "50667", Country: "DE",
	}
	whole := data.Contact{
		ID: 7, FirstName: "Ann", LastName: "Poe", Company: "Books KG", Email: "ann@example.org", TaxID: "DE2", Address1: "Am Markt 3", City: "Köln",
		Postcode: "50667", Country: "DE",
	}
	for name, x := range map[string]struct {
		contact *data.Contact
		change  func(k *data.Contact, want *BillingAddress)
	}{
		"the client itself": {nil, func(_ *data.Contact, want *BillingAddress) { *want = own }},
		"the contact's own": {&whole, func(*data.Contact, *BillingAddress) {}},
		"a person without a company is billed as that": {&whole, func(k *data.Contact, want *BillingAddress) {
			k.Company, k.TaxID, want.Company, want.TaxID = "", "", "", ""
		}},
		"no postal address: the client's": {&whole, func(k *data.Contact, want *BillingAddress) {
			k.Address1, k.City, k.Postcode, k.Country = "", "", "", ""
			want.Address1, want.Address2, want.City, want.State, want.Postcode, want.Country = own.Address1, own.Address2, own.City, own.State, own.Postcode, own.Country
		}},
		"nothing but the same country": {&whole, func(k *data.Contact, want *BillingAddress) {
			k.Address1, k.City, k.Postcode, k.Country = "", "", "", "GB"
			want.Address1, want.Address2, want.City, want.State, want.Postcode, want.Country = own.Address1, own.Address2, own.City, own.State, own.Postcode, own.Country
		}},
		"nothing but another country": {&whole, func(k *data.Contact, want *BillingAddress) {
			k.Address1, k.City, k.Postcode = "", "", ""
			want.Address1, want.City, want.Postcode = "", "", ""
		}},
		"part of an address is not filled up": {&whole, func(k *data.Contact, want *BillingAddress) {
			k.Address1, k.Postcode, want.Address1, want.Postcode = "", "", "", ""
		}},
		"the same company has one tax ID": {&whole, func(k *data.Contact, want *BillingAddress) {
			k.Company, k.TaxID, want.Company, want.TaxID = "ENGINES  Ltd", "", "ENGINES  Ltd", "GB1"
		}},
		"another company does not take the client's tax ID": {&whole, func(k *data.Contact, want *BillingAddress) { k.TaxID, want.TaxID = "", "" }},
	} {
		want := theirs
		contact := x.contact
		if contact != nil {
			k := *contact
			contact = &k
		}
		x.change(contact, &want)
		if diff := cmp.Diff(want, billingAddress(c, contact)); diff != "" {
			t.Errorf("%s, -want +got:\n%s", name, diff)
		}
	}
	if got, want := own.Postal(), []string{"1 High St", "Flat 2", "London", "Greater London", "N1", "United Kingdom"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	seven := int64(7)
	c.BillingContactID = &seven
	if got := (Client{Client: c, Contacts: []data.Contact{{ID: 6}, whole}}).Billing(); got != theirs {
		t.Errorf("billed to %+v", got)
	}
	if got := (Client{Client: c}).Billing(); got != own {
		t.Errorf("with a contact that is not there, billed to %+v", got)
	}
}

// What a letter to the office's own country and what one abroad is addressed with, and that the office is named once at its head.
func TestPartiesOnPaper(t *testing.T) {
	set := Settings{BusinessName: "Northwind Studio", Country: "GB"}
	set.BusinessAddress = "1 Quay St\nBristol"
	b := BillingAddress{Name: "Ada Byron", Address1: "1 High St", City: "London", Postcode: "N1 1AA", Country: "GB"}
	if got, want := partyOf(b, set, "en").Address, []string{"Ada Byron", "1 High St", "London", "N1 1AA"}; !slices.Equal(got, want) {
		t.Errorf("at home: %q, want %q", got, want)
	}
	b.City, b.State, b.Postcode, b.Country = "Portland", "OR", "97201", "US"
	if got, want := partyOf(b, set, "en").Address, []string{"Ada Byron", "1 High St", "Portland, OR 97201", "United States"}; !slices.Equal(got, want) {
		t.Errorf("abroad: %q, want %q", got, want)
	}
	if got := businessOf(set, nil); got.Name != "Northwind Studio" || !slices.Equal(got.Address, []string{"1 Quay St", "Bristol"}) {
		t.Errorf("the office is %+v", got)
	}
}
