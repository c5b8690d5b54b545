package sample_test

import (
	"slices"
	"strings"
	"testing"

	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/phone"
	"clientele/app/sample"
)

// The same seed gives the same contacts, one for every second client, whose texts keep the limits and whose addresses reach nobody and are nobody else's.
func TestContacts(t *testing.T) {
	const n = 20_000
	g, again := sample.New(42, today), sample.New(42, today)
	seen := map[string]bool{}
	total := 0
	for i := range n {
		c := g.Client(i)
		seen[email.Key(c.Email)] = true
		ks := g.Contacts(i, c)
		if !slices.Equal(ks, again.Contacts(i, c)) {
			t.Fatalf("client %d: other contacts the second time", i)
		}
		for _, k := range ks {
			total++
			if _, err := email.Parse(k.Email); err != nil || !strings.HasSuffix(k.Email, "@example.org") || seen[email.Key(k.Email)] {
				t.Fatalf("client %d: %s (%v)", i, k.Email, err)
			}
			seen[email.Key(k.Email)] = true
			for field, v := range map[importing.Field]string{
				importing.FirstName: k.FirstName, importing.LastName: k.LastName, importing.CompanyName: k.Company, importing.Address1: k.Address1,
				importing.City: k.City, importing.State: k.State, importing.Postcode: k.Postcode, importing.PhoneNumber: k.Phone,
			} {
				if why := field.Fault(v); why != "" {
					t.Fatalf("client %d: %s of %+v: %s", i, field, k, why)
				}
			}
			if k.FirstName == "" || k.LastName == "" || k.Phone != "" && !phone.Valid(k.Phone) || k.Country != "" && !i18n.ValidCountry(k.Country) {
				t.Fatalf("client %d: %+v", i, k)
			}
		}
	}
	if total < n*48/100 || total > n*52/100 {
		t.Errorf("%d contacts of %d clients", total, n)
	}
	first := func(g *sample.Generator) (all []sample.Contact) {
		for i := range 10 {
			all = append(all, g.Contacts(i, g.Client(i))...)
		}
		return all
	}
	if slices.Equal(first(sample.New(43, today)), first(g)) {
		t.Error("another seed gives the same contacts")
	}
}
