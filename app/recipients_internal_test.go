package app

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"clientele/app/configuration"
	"clientele/app/email"
	"clientele/data"
	"clientele/data/datatest"
)

// CO-5: whatever the client and the contacts have ticked, exactly those who want a category receive it, each address once, the client first, the contacts
// in their order, one of them at the head of the mail and the others as copies; there is a reason exactly where the client is not among them.
func TestAudience(t *testing.T) {
	address := rapid.SampledFrom([]string{"a@example.com", "A@Example.com", "b@example.com", "c@example.com", "d@bücher.example", "d@xn--bcher-kva.example"})
	rapid.Check(t, func(t *rapid.T) {
		tick := func(s string) bool { return rapid.Bool().Draw(t, s) }
		c := data.Client{
			FirstName: "Ada", LastName: "Lovelace", Email: address.Draw(t, "client"),
			MailGeneral: tick("general"), MailInvoice: tick("invoice"), MailSupport: tick("support"), MailProduct: tick("product"), MailDomain: tick("domain"),
		}
		var contacts []data.Contact
		for range rapid.IntRange(0, 6).Draw(t, "contacts") {
			contacts = append(contacts, data.Contact{
				FirstName: "Con", LastName: "Tact", Email: address.Draw(t, "contact"),
				MailGeneral: tick("general"), MailInvoice: tick("invoice"), MailSupport: tick("support"), MailProduct: tick("product"), MailDomain: tick("domain"),
			})
		}
		for _, k := range Categories {
			var want []string
			add := func(wanted bool, address string) {
				if wanted && !slices.Contains(want, email.Key(address)) {
					want = append(want, email.Key(address))
				}
			}
			add(wantsOf(c)[k], c.Email)
			for _, p := range contacts {
				add(contactWants(p)[k], p.Email)
			}
			a := audience(c, contacts, k)
			var got []string
			for i, r := range a.To {
				got = append(got, email.Key(r.Email))
				if r.Copy != (i > 0) || r.Name == "" {
					t.Errorf("%s: recipient %d is %+v", k, i, r)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s goes to %q, want %q", k, got, want)
			}
			if (a.Why == "") != wantsOf(c)[k] {
				t.Errorf("%s: client wants it: %v, but %q", k, wantsOf(c)[k], a.Why)
			}
			if len(a.To) == 0 && !strings.Contains(a.Why, "no contact") {
				t.Errorf("%s goes to nobody, and says only %q", k, a.Why)
			}
		}
	})
}

// The two lists of categories, of clients and of contacts, have all of them.
func TestEveryCategoryCanBeTicked(t *testing.T) {
	for _, k := range Categories {
		if _, ok := wantsOf(data.Client{})[k]; !ok {
			t.Errorf("a client cannot want %s", k)
		}
		if _, ok := contactWants(data.Contact{})[k]; !ok {
			t.Errorf("a contact cannot want %s", k)
		}
	}
}

// A mail with a new password goes to the client alone, whatever contacts have ticked; without one they get their copies.
func TestPasswordsHaveNoCopies(t *testing.T) {
	config, err := configuration.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	store := datatest.Open(t)
	a := New(Params{Store: store, Configuration: config, Now: datatest.Clock, Who: "Ann"})
	client := datatest.Add(t, store, datatest.Client(1))[0]
	client.MailGeneral = true
	for password, want := range map[string]int{"correct horse battery": 1, "": 2} {
		var ms []data.Mail
		err := store.Write(t.Context(), func(tx *data.Tx) error {
			k := data.Contact{ClientID: client.ID, FirstName: "Con", LastName: "Tact", Email: "books@example.com", MailGeneral: true}
			if err := tx.InsertContact(&k); err != nil {
				return err
			}
			if err := a.Mails.queueWelcome(tx, defaults(), client, password); err != nil {
				return err
			}
			var err error
			ms, err = tx.Mails(data.MailFilter{ClientID: client.ID}, 0, 1)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if to, err := ms[0].RecipientList(); err != nil || len(to) != want || to[0].Email != client.Email {
			t.Errorf("with the password %q it goes to %+v, %v", password, to, err)
		}
	}
}
