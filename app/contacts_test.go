package app_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"

	"github.com/google/go-cmp/cmp"
)

// someone is a contact in which every field differs from its default.
func someone() app.ContactDetails {
	return app.ContactDetails{
		FirstName: "Renée", LastName: "D’Arc", Company: "Arc & Fils", Email: "Renee@Bücher.example", Address1: "2 Rue Haute", Address2: "Bât. C",
		City: "Orléans", State: "Loiret", Postcode: "45000", Country: "FR", Phone: "+33 (2) 38-00", TaxID: "FR99",
		Gets: map[app.Category]bool{app.General: true, app.Invoice: false, app.Support: true, app.Product: false, app.Domain: true},
	}
}

// person is a contact with nothing but what must be there.
func person(first, last, email string) app.ContactDetails {
	return app.ContactDetails{FirstName: first, LastName: last, Email: email}
}

func addContact(t testing.TB, o *apptest.Office, client int64, d app.ContactDetails) int64 {
	t.Helper()
	id, err := o.Contacts.Add(ctx, client, app.NewContact{ContactDetails: d})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// contacts are a client's as they are edited.
func contacts(t testing.TB, o *apptest.Office, client int64) []data.Contact {
	t.Helper()
	return o.Get(t, client).Contacts
}

func foundBy(t testing.TB, o *apptest.Office, text string) []int64 {
	t.Helper()
	found, err := o.Clients.Search(ctx, text, 50)
	if err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for _, r := range found.Rows {
		ids = append(ids, r.ID)
	}
	return ids
}

// CO-2, CO-3, CO-4: every field is stored as it was typed, an edit of each too, and the log says what it was and is.
func TestContactFieldsAreStored(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "client@example.com", nil)
		d := someone()
		id := addContact(t, o, client, d)
		read := contacts(t, o, client)
		if len(read) != 1 || read[0].ID != id {
			t.Fatalf("contacts %+v", read)
		}
		if diff := cmp.Diff(d, app.ContactDetailsOf(read[0])); diff != "" {
			t.Errorf("stored, -typed +read:\n%s", diff)
		}
		edited := person("Ann", "Poe", "ann@example.org")
		edited.Gets = map[app.Category]bool{app.General: false, app.Invoice: true, app.Support: false, app.Product: true, app.Domain: true}
		if err := o.Contacts.Update(ctx, id, read[0].Version, edited); err != nil {
			t.Fatal(err)
		}
		after := contacts(t, o, client)[0]
		if diff := cmp.Diff(edited, app.ContactDetailsOf(after)); diff != "" {
			t.Errorf("edited, -typed +read:\n%s", diff)
		}
		lines := o.Activity(t, client)
		if len(lines) != 3 || lines[0].Action != "contact.changed" || lines[0].Subject != "Ann Poe" || lines[1].Action != "contact.added" {
			t.Fatalf("activity %+v", lines)
		}
		want := []string{
			"First name: Renée → Ann", "Last name: D’Arc → Poe", "Company: Arc & Fils → –", "Email: Renee@Bücher.example → ann@example.org",
			"Phone: +33 (2) 38-00 → –", "Tax ID: FR99 → –", "Address 1: 2 Rue Haute → –", "Address 2: Bât. C → –", "City: Orléans → –",
			"State/Region: Loiret → –", "Postcode: 45000 → –", "Country: FR → –",
			"Emails: General: yes → no", "Emails: Invoice: no → yes", "Emails: Support: yes → no", "Emails: Product: no → yes",
		}
		if diff := cmp.Diff(want, strings.Split(lines[0].Details, "\n")); diff != "" {
			t.Errorf("the log, -want +got:\n%s", diff)
		}
		// Saving what is there changes nothing and writes no line.
		if err := o.Contacts.Update(ctx, id, after.Version, edited); err != nil {
			t.Fatal(err)
		}
		if again := contacts(t, o, client)[0]; again.Version != after.Version || len(o.Activity(t, client)) != 3 {
			t.Errorf("an edit without a change made version %d", again.Version)
		}
		if _, err := o.Contacts.Add(ctx, 4711, app.NewContact{ContactDetails: d}); app.CodeOf(err) != app.NotFound {
			t.Errorf("a contact of nobody: %v", err)
		}
		o.Sound(t)
	})
}

// CO-2: all failing fields come back together, by the rules that clients have, and nothing is stored.
func TestContactRules(t *testing.T) {
	o := apptest.Open(t)
	client := o.Add(t, "client@example.com", nil)
	all := app.ContactDetails{
		LastName: "x\x00", Company: strings.Repeat("ü", 201), Email: "no address", Address1: "two\nlines", Address2: "a\u202eb", City: strings.Repeat("x", 1<<20),
		State: "\xff", Postcode: strings.Repeat("1", 21), Country: "QQ", Phone: "call me", TaxID: "\x1b[2J",
	}
	_, err := o.Contacts.Add(ctx, client, app.NewContact{ContactDetails: all})
	want := []string{
		app.FieldLastName, app.FieldCompany, app.FieldTaxID, app.FieldAddress1, app.FieldAddress2, app.FieldCity, app.FieldState, app.FieldPostcode,
		app.FieldFirstName, app.FieldEmail, app.FieldCountry, app.FieldPhone,
	}
	got := fields(err)
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if n := contacts(t, o, client); len(n) != 0 {
		t.Errorf("stored %+v", n)
	}
	for name, c := range map[string]struct {
		change func(*app.ContactDetails)
		field  string // "" is right
	}{
		"blanks around":       {func(d *app.ContactDetails) { d.FirstName, d.Email = "  Ann ", " ann@example.org\t" }, ""},
		"blanks only":         {func(d *app.ContactDetails) { d.LastName = " \t " }, app.FieldLastName},
		"no address":          {func(d *app.ContactDetails) { d.Email = "" }, app.FieldEmail},
		"address too long":    {func(d *app.ContactDetails) { d.Email = strings.Repeat("a", 250) + "@example.org" }, app.FieldEmail},
		"two addresses":       {func(d *app.ContactDetails) { d.Email = "a@example.org, b@example.org" }, app.FieldEmail},
		"country in small":    {func(d *app.ContactDetails) { d.Country = "de" }, ""},
		"mark-up":             {func(d *app.ContactDetails) { d.Company = "<script>{$x}</script>" }, ""},
		"extension":           {func(d *app.ContactDetails) { d.Phone = "+44 20 7946 0958 x12" }, ""},
		"the client's own":    {func(d *app.ContactDetails) { d.Email = "The-Client's-Own@example.com" }, ""},
		"nothing but scripts": {func(d *app.ContactDetails) { d.FirstName, d.LastName = "明", "王" }, ""},
	} {
		d := person("Ann", "Poe", "ann@example.org")
		c.change(&d)
		at := o.Add(t, strings.ReplaceAll(name, " ", "-")+"@example.com", nil)
		_, err := o.Contacts.Add(ctx, at, app.NewContact{ContactDetails: d})
		if got := fields(err); (err == nil) != (c.field == "") || c.field != "" && !slices.Equal(got, []string{c.field}) {
			t.Errorf("%s: %v (%v)", name, got, err)
		}
		for _, k := range contacts(t, o, at) {
			if k.FirstName != strings.TrimSpace(k.FirstName) || k.Country != strings.ToUpper(k.Country) || k.Email != strings.TrimSpace(k.Email) {
				t.Errorf("stored as %+v", k)
			}
		}
	}
	o.Sound(t)
}

// CO-3: none of the five ticked is allowed and is told.
func TestContactWithoutMail(t *testing.T) {
	d := person("Ann", "Poe", "ann@example.org")
	if !d.GetsNothing() {
		t.Error("a new contact gets mail")
	}
	for _, c := range app.Categories {
		d.Gets = map[app.Category]bool{c: true}
		if d.GetsNothing() {
			t.Errorf("with %s ticked the contact gets nothing", c)
		}
	}
	d.Gets = map[app.Category]bool{app.General: false}
	if !d.GetsNothing() {
		t.Error("with nothing ticked the contact gets mail")
	}
}

// An address that the client or another contact has already is named, and no error.
func TestSameAddressIsNamed(t *testing.T) {
	o := apptest.Open(t)
	client := o.Add(t, "Ada@Bücher.example", nil)
	ann := addContact(t, o, client, person("Ann", "Poe", "ann@example.org"))
	addContact(t, o, o.Add(t, "other@example.com", nil), person("Bob", "Ray", "bob@example.org"))
	c := o.Get(t, client)
	for _, x := range []struct {
		address string
		except  int64
		want    string
	}{
		{"ADA@xn--bcher-kva.example", 0, "Ada Lovelace"},
		{" Ann@EXAMPLE.org ", 0, "Ann Poe"},
		{"ann@example.org", ann, ""},
		{"ann@example.org", ann + 1, "Ann Poe"},
		{"bob@example.org", 0, ""},
		{"", 0, ""},
		{"no address", 0, ""},
	} {
		if got := c.SameAddress(x.address, x.except); got != x.want {
			t.Errorf("%q except %d: %q, want %q", x.address, x.except, got, x.want)
		}
	}
}

// Two presses of one button add one contact, whether they come one after the other or at once.
func TestOneKeyAddsOneContact(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "client@example.com", nil)
		n := app.NewContact{ContactDetails: someone(), Key: "press-1"}
		ids := make([]int64, 8)
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() {
				id, err := o.Contacts.Add(ctx, client, n)
				if err != nil {
					t.Error(err)
				}
				ids[i] = id
			})
		}
		wg.Wait()
		if got := contacts(t, o, client); len(got) != 1 || len(slices.Compact(ids)) != 1 || got[0].ID != ids[0] {
			t.Errorf("contacts %v of %v", len(got), ids)
		}
		o.Sound(t)
	})
}

// Two desktops: whoever saves second is told, and nothing is overwritten; deletion and restoring tell those who look.
func TestContactConflict(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		colleague := o.Colleague(t)
		client := o.Add(t, "client@example.com", nil)
		id := addContact(t, o, client, someone())
		version := contacts(t, o, client)[0].Version
		if err := colleague.Contacts.Update(ctx, id, version, person("Theirs", "First", "t@example.org")); err != nil {
			t.Fatal(err)
		}
		if err := o.Contacts.Update(ctx, id, version, person("Mine", "Second", "m@example.org")); app.CodeOf(err) != app.Conflict {
			t.Errorf("the second edit ended with %v", err)
		}
		if got := contacts(t, o, client)[0]; got.FirstName != "Theirs" {
			t.Errorf("stored %+v", got)
		}
		if _, err := colleague.Contacts.Delete(ctx, id); err != nil {
			t.Fatal(err)
		}
		for name, err := range map[string]error{
			"edit": o.Contacts.Update(ctx, id, version+1, person("Mine", "Third", "m@example.org")),
			"deletion": func() error {
				_, err := o.Contacts.Delete(ctx, id)
				return err
			}(),
		} {
			if app.CodeOf(err) != app.NotFound {
				t.Errorf("%s of what is gone ended with %v", name, err)
			}
		}
		o.Sound(t)
	})
}

// CO-4, CO-6, AP-6: a deletion is undone with all that it took, under the same number, and the billing contact with it unless another was chosen since.
func TestContactDeletionIsUndone(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "client@example.com", nil)
		other := addContact(t, o, client, person("Bob", "Ray", "bob@example.org"))
		id := addContact(t, o, client, someone())
		bill(t, o, client, id)
		before := o.Get(t, client)
		var changes []app.Change
		defer o.Events.Subscribe(func(c app.Change) { changes = append(changes, c) })()

		undo, err := o.Contacts.Delete(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if want := []app.Change{{Topic: app.TopicContacts, ClientID: client}, {Topic: app.TopicClient, ClientID: client}}; !slices.Equal(changes, want) {
			t.Errorf("told %v, want %v", changes, want)
		}
		gone := o.Get(t, client)
		if len(gone.Contacts) != 1 || gone.BillingContactID != nil || gone.Billing().Name != "Ada Lovelace" {
			t.Errorf("after the deletion: %+v, billing %v", gone.Contacts, gone.Billing())
		}
		line := o.Activity(t, client)[0]
		if line.Action != "contact.deleted" || line.Subject != "Renée D’Arc" ||
			line.Details != "Email: Renee@Bücher.example → –\nDefault Billing Contact: Renée D’Arc → the client" {
			t.Errorf("the log says %+v", line)
		}
		if got := foundBy(t, o, "renee"); len(got) != 0 {
			t.Errorf("found %v by who is gone", got)
		}
		if subject, err := o.Undos.Undo(ctx, undo); err != nil || subject != "Renée D’Arc" {
			t.Fatalf("%q, %v", subject, err)
		}
		back := o.Get(t, client)
		if diff := cmp.Diff(before.Contacts, back.Contacts); diff != "" {
			t.Errorf("put back, -before +after:\n%s", diff)
		}
		if back.BillingContactID == nil || *back.BillingContactID != id {
			t.Errorf("the billing contact is %v", back.BillingContactID)
		}
		if got := foundBy(t, o, "renee"); !slices.Equal(got, []int64{client}) {
			t.Errorf("found %v by who is back", got)
		}
		o.Sound(t)

		// Another one was chosen since: the choice stays.
		if undo, err = o.Contacts.Delete(ctx, id); err != nil {
			t.Fatal(err)
		}
		bill(t, o, client, other)
		if _, err := o.Undos.Undo(ctx, undo); err != nil {
			t.Fatal(err)
		}
		if back = o.Get(t, client); *back.BillingContactID != other || len(back.Contacts) != 2 {
			t.Errorf("the billing contact is %d", *back.BillingContactID)
		}

		// Whoever was no billing contact does not become one.
		bill(t, o, client, 0)
		if undo, err = o.Contacts.Delete(ctx, other); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Undos.Undo(ctx, undo); err != nil {
			t.Fatal(err)
		}
		if back = o.Get(t, client); back.BillingContactID != nil || len(back.Contacts) != 2 {
			t.Errorf("the billing contact is %d", *back.BillingContactID)
		}
		o.Sound(t)
	})
}

// bill makes a contact the Default Billing Contact; 0 is the client itself.
func bill(t testing.TB, o *apptest.Office, client, contact int64) {
	t.Helper()
	c := o.Get(t, client)
	p := app.ProfileOf(c)
	p.BillingContactID = contact
	if err := o.Clients.Update(ctx, client, c.Version, p, ""); err != nil {
		t.Fatal(err)
	}
}

// CO-6, CL-9: the billing contact is one of the client's, its choice is logged, and a contact of somebody else is refused.
func TestBillingContact(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client, other := o.Add(t, "client@example.com", nil), o.Add(t, "other@example.com", nil)
		ann, foreign := addContact(t, o, client, person("Ann", "Poe", "ann@example.org")), addContact(t, o, other, someone())
		bill(t, o, client, ann)
		if line := o.Activity(t, client)[0]; line.Details != "Default Billing Contact: the client → Ann Poe" {
			t.Errorf("the log says %q", line.Details)
		}
		twin := addContact(t, o, client, person("Ann", "Poe", "ann2@example.org"))
		bill(t, o, client, twin)
		if line := o.Activity(t, client)[0]; line.Details != fmt.Sprintf("Default Billing Contact: Ann Poe (%d) → Ann Poe (%d)", ann, twin) {
			t.Errorf("the log says %q", line.Details)
		}
		c := o.Get(t, client)
		p := app.ProfileOf(c)
		for _, wrong := range []int64{foreign, 4711, -1} {
			p.BillingContactID = wrong
			if err := o.Clients.Update(ctx, client, c.Version, p, ""); !slices.Equal(fields(err), []string{app.FieldBilling}) {
				t.Errorf("contact %d: %v", wrong, err)
			}
		}
		n := app.NewClient{Profile: apptest.Profile("new@example.com")}
		n.BillingContactID = ann
		if _, err := o.Clients.Add(ctx, n); !slices.Equal(fields(err), []string{app.FieldBilling}) {
			t.Errorf("a new client with somebody's contact: %v", err)
		}
		bill(t, o, client, 0)
		if c := o.Get(t, client); c.BillingContactID != nil {
			t.Errorf("billed to %d", *c.BillingContactID)
		}
		o.Sound(t)
	})
}

// CO-6: invoices carry the name, company and address of the billing contact. One that left Draft keeps them as they were then, whatever becomes of the contact and
// the choice; drafts and new invoices follow.
func TestInvoicesCarryTheBillingContact(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "client@example.com", nil)
		contact := addContact(t, o, client, someone())
		bill(t, o, client, contact)
		sent, draft := invoiced(t, o, client, true), invoiced(t, o, client, false)
		billed := func(when string, want map[int64]string) {
			t.Helper()
			for invoice, to := range want {
				i, err := o.Invoices.Get(ctx, invoice)
				if err != nil {
					t.Fatal(err)
				}
				if got := strings.Join([]string{i.Billing.Name, i.Billing.Company, i.Billing.City}, " | "); got != to {
					t.Errorf("%s invoice %d is billed to %q, not %q", when, invoice, got, to)
				}
			}
		}
		const first, moved, own = "Renée D’Arc | Arc & Fils | Orléans", "Renée D’Arc | Arc SA | Lyon", "Ada Lovelace |  | "
		billed("at first", map[int64]string{sent: first, draft: first})
		d := someone()
		d.Company, d.City = "Arc SA", "Lyon"
		if err := o.Contacts.Update(ctx, contact, 1, d); err != nil {
			t.Fatal(err)
		}
		second := invoiced(t, o, client, true)
		billed("moved,", map[int64]string{sent: first, draft: moved, second: moved})
		bill(t, o, client, 0)
		billed("with another choice", map[int64]string{sent: first, draft: own, second: moved})
		bill(t, o, client, contact)
		if _, err := o.Contacts.Delete(ctx, contact); err != nil {
			t.Fatal(err)
		}
		billed("deleted,", map[int64]string{sent: first, draft: own, second: moved, invoiced(t, o, client, true): own})
		o.Sound(t)
	})
}

// Of one desktop that chooses a contact for billing and one that deletes it, either order leaves the data sound.
func TestBillingContactGoesMeanwhile(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		colleague := o.Colleague(t)
		client := o.Add(t, "client@example.com", nil)
		for round := range 10 {
			id := addContact(t, o, client, person("Ann", "Poe", fmt.Sprintf("ann%d@example.org", round)))
			c := o.Get(t, client)
			p := app.ProfileOf(c)
			p.BillingContactID, p.Notes = id, fmt.Sprint("round ", round)
			var wg sync.WaitGroup
			var deleted error
			wg.Go(func() { o.Clients.Update(context.Background(), client, c.Version, p, "") }) // won or refused, either is right
			wg.Go(func() { _, deleted = colleague.Contacts.Delete(context.Background(), id) })
			wg.Wait()
			if deleted != nil {
				t.Fatal(deleted)
			}
			if c := o.Get(t, client); c.BillingContactID != nil {
				t.Fatalf("billed to contact %d, which is gone", *c.BillingContactID)
			}
		}
		o.Sound(t)
	})
}

// Two contacts of a client cannot share an address, whatever its case; a contact may share the client's, and one of another client.
func TestContactsDoNotShareAnAddress(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client, other := o.Add(t, "ada@example.com", nil), o.Add(t, "other@example.com", nil)
		ann := addContact(t, o, client, person("Ann", "Poe", "ann@example.org"))
		if _, err := o.Contacts.Add(ctx, client, app.NewContact{ContactDetails: person("Bob", "Ray", "ANN@Example.org")}); app.CodeOf(err) != app.Duplicate || app.ProblemsOf(err)[0].Field != app.FieldEmail {
			t.Errorf("the same address: %v", err)
		}
		bob := addContact(t, o, client, person("Bob", "Ray", "ada@example.com"))
		addContact(t, o, other, person("Ann", "Poe", "ann@example.org"))
		if err := o.Contacts.Update(ctx, bob, 1, person("Bob", "Ray", "Ann@example.org")); app.CodeOf(err) != app.Duplicate {
			t.Errorf("edited to the same address: %v", err)
		}
		if err := o.Contacts.Update(ctx, ann, 1, person("Anne", "Poe", "ann@example.org")); err != nil {
			t.Errorf("its own address: %v", err)
		}
	})
}
