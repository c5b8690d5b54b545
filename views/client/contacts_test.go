package client

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"clientele/app"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// addPerson stores a contact and returns its number.
func addPerson(t *testing.T, b *viewtest.Bench, client int64, first, last, email string, gets ...app.Category) int64 {
	t.Helper()
	d := app.ContactDetails{FirstName: first, LastName: last, Email: email, Gets: map[app.Category]bool{}}
	for _, c := range gets {
		d.Gets[c] = true
	}
	id, err := b.App.Contacts.Add(t.Context(), client, app.NewContact{ContactDetails: d})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// people opens the Contacts tab of a client.
func people(t *testing.T, b *viewtest.Bench, client int64) (*Page, *contacts) {
	t.Helper()
	p := open(t, b, client)
	return p, front[*contacts](t, p)
}

// shown is what the form holds of a name.
func (c *contacts) shown() string {
	return strings.TrimSpace(c.form.Value(app.FieldFirstName) + " " + c.form.Value(app.FieldLastName))
}

// pick chooses from the list of contacts, as a person does.
func pick(t *testing.T, b *viewtest.Bench, c *contacts, label string) {
	t.Helper()
	pickFrom(t, b, c.picker, label)
}

// pickFrom chooses from a list that is searched, as a person does.
func pickFrom(t *testing.T, b *viewtest.Bench, from *kit.SearchSelect, label string) {
	t.Helper()
	from.Focus().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	for _, o := range test.LaidOutObjects(top(b)) {
		list, ok := o.(*kit.PickList)
		if !ok {
			continue
		}
		for _, x := range list.Picks() {
			if strings.HasPrefix(x.Title, label) {
				list.OnLeave()
				x.Do()
				return
			}
		}
	}
	t.Fatalf("the list has no %q", label)
}

// CO-1, CO-4: with no contact the blank form is there at once, with the keyboard in the first field; Add Contact stores it and it is shown.
func TestFirstContact(t *testing.T) {
	b := viewtest.New(t)
	client := add(t, b, "grace@example.com", nil)
	p, c := people(t, b, client)
	if c.top.Visible() || button(b, "Delete") != nil || c.shown() != "" {
		t.Error("a client without contacts does not begin with the blank form")
	}
	if e, ok := b.Canvas().Focused().(*kit.Entry); !ok || e != firstEntry(c) {
		t.Errorf("the keyboard is in %T", b.Canvas().Focused())
	}
	mustSay(t, b, "Nothing is ticked, so this contact gets no emails.")
	var must []string
	for _, f := range c.form.order {
		if f.Required {
			must = append(must, f.Key)
		}
	}
	if !slices.Equal(must, []string{app.FieldFirstName, app.FieldLastName, app.FieldEmail}) {
		t.Errorf("marked as required: %q", must)
	}
	enter(t, c.form.sheet, app.FieldFirstName, "Ann")
	enter(t, c.form.sheet, app.FieldLastName, "Poe")
	enter(t, c.form.sheet, app.FieldEmail, "ann@example.org")
	enter(t, c.form.sheet, app.FieldCountry, "DE")
	enter(t, c.form.sheet, app.FieldCategory, "invoice,domain")
	if says(b, "Nothing is ticked") {
		t.Error("warns although something is ticked")
	}
	mustSay(t, b, "Contacts (not saved)")
	press(t, b, "Add Contact")
	got := get(t, b, client).Contacts
	if len(got) != 1 || got[0].Email != "ann@example.org" || got[0].Country != "DE" || !got[0].MailInvoice || !got[0].MailDomain || got[0].MailGeneral {
		t.Fatalf("stored %+v", got)
	}
	if b.Bar.Text() != "The contact was added." || c.at != got[0].ID || c.version != 1 || c.unsaved() || !c.top.Visible() {
		t.Errorf("says %q; shows contact %d at version %d, unsaved %v", b.Bar.Text(), c.at, c.version, c.unsaved())
	}
	enter(t, c.form.sheet, app.FieldPhone, "+49 30 5550")
	p.Save() // Ctrl+S
	if got := get(t, b, client).Contacts; len(got) != 1 || got[0].Phone != "+49 30 5550" || b.Bar.Text() != "The contact was saved." {
		t.Errorf("says %q; stored %+v", b.Bar.Text(), got)
	}
	p.Save()
	if b.Bar.Text() != "Everything is saved already." {
		t.Errorf("says %q", b.Bar.Text())
	}
	enter(t, c.form.sheet, app.FieldPhone, "+49 30 5551")
	firstEntry(c).TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // Enter in a field
	if got := get(t, b, client).Contacts; got[0].Phone != "+49 30 5551" {
		t.Errorf("Enter stored %+v", got)
	}
}

func firstEntry(c *contacts) *kit.Entry { return c.form.order[0].Input.(*kit.Text).Entry }

// CO-2: all errors land beside their fields, with the keyboard in the first one.
func TestContactErrors(t *testing.T) {
	b := viewtest.New(t)
	client := add(t, b, "grace@example.com", nil)
	_, c := people(t, b, client)
	enter(t, c.form.sheet, app.FieldFirstName, "Ann")
	enter(t, c.form.sheet, app.FieldEmail, "ann at example.org")
	enter(t, c.form.sheet, app.FieldPhone, "call me")
	press(t, b, "Add Contact")
	mustSay(t, b, "Enter this, please: it is required.", "A telephone number has at least three digits")
	if e, ok := b.Canvas().Focused().(*kit.Entry); !ok || e != c.form.order[1].Input.(*kit.Text).Entry {
		t.Errorf("the keyboard is in %T", b.Canvas().Focused())
	}
	if len(get(t, b, client).Contacts) != 0 || !c.unsaved() {
		t.Error("stored, or lost what was typed")
	}
}

// CO-1: the first is shown, the list has all and Add New, and switching with unsaved edits asks.
func TestSwitchingContacts(t *testing.T) {
	b := viewtest.New(t)
	client := add(t, b, "grace@example.com", nil)
	addPerson(t, b, client, "Ann", "Poe", "ann@example.org", app.General)
	bob := addPerson(t, b, client, "Bob", "Ray", "bob@example.org")
	_, c := people(t, b, client)
	if c.shown() != "Ann Poe" {
		t.Fatalf("shows %q first", c.shown())
	}
	pick(t, b, c, "Bob Ray · bob@example.org")
	if c.shown() != "Bob Ray" || c.form.Value(app.FieldCategory) != "" {
		t.Fatalf("shows %q", c.shown())
	}
	pick(t, b, c, "Add New")
	if c.shown() != "" || c.submitB.Text != "Add Contact" || c.deleteB.Visible() {
		t.Fatalf("Add New shows %q", c.shown())
	}
	pick(t, b, c, "Ann")
	enter(t, c.form.sheet, app.FieldCity, "Köln")

	pick(t, b, c, "Bob")
	mustSay(t, b, "The contact Ann Poe has changes that are not saved.")
	press(t, b, "Stay Here")
	if c.shown() != "Ann Poe" || c.form.Value(app.FieldCity) != "Köln" || c.picker.Value() != contactKey(c.at) {
		t.Errorf("after Stay it shows %q, the list %q", c.shown(), c.picker.Value())
	}
	pick(t, b, c, "Bob")
	press(t, b, "Save Changes")
	if c.shown() != "Bob Ray" || get(t, b, client).Contacts[0].City != "Köln" {
		t.Errorf("after Save it shows %q, stored %+v", c.shown(), get(t, b, client).Contacts[0])
	}
	enter(t, c.form.sheet, app.FieldCity, "Bonn")
	test.Tap(button(b, "Add New"))
	press(t, b, "Discard")
	if c.shown() != "" || get(t, b, client).Contacts[1].City != "" || c.unsaved() {
		t.Errorf("after Discard it shows %q", c.shown())
	}
	// A new one with something wrong is not left by saving.
	enter(t, c.form.sheet, app.FieldLastName, "Nobody")
	pick(t, b, c, "Bob")
	press(t, b, "Save Changes")
	if c.at == bob || c.form.Value(app.FieldLastName) != "Nobody" {
		t.Errorf("left to %q", c.shown())
	}
}

// The page asks before it goes.
func TestLeavingUnsavedContact(t *testing.T) {
	b := viewtest.New(t)
	p, c := people(t, b, add(t, b, "grace@example.com", nil))
	left := false
	enter(t, c.form.sheet, app.FieldFirstName, "Ann")
	p.Leave(func() { left = true })
	mustSay(t, b, "The new contact is not saved.")
	if left {
		t.Error("left without asking")
	}
	press(t, b, "Discard")
	if !left || c.unsaved() {
		t.Error("not left, or not discarded")
	}
}

// CO-4, CO-6, AP-6: deleting asks and names what follows, and can be taken back from the bar.
func TestDeletingContact(t *testing.T) {
	b := viewtest.New(t)
	client := add(t, b, "grace@example.com", nil)
	ann := addPerson(t, b, client, "Ann", "Poe", "ann@example.org", app.General, app.Invoice)
	addPerson(t, b, client, "Bob", "Ray", "bob@example.org")
	change(t, b.App, client, func(p *app.Profile) { p.BillingContactID = ann })
	p, c := people(t, b, client)
	if !c.billed.Visible() {
		t.Error("nothing marks the Default Billing Contact")
	}
	enter(t, c.form.sheet, app.FieldCity, "Köln")
	press(t, b, "Delete")
	mustSay(t, b, "Delete the contact Ann Poe?", "Ann Poe <ann@example.org> is taken from this client.", "They get no more copies of these emails: General, Invoice.",
		"Invoices will again be addressed to the client, Grace Hopper.", "What you typed here and did not save is lost.", "This can be undone for 30 days.")
	if len(get(t, b, client).Contacts) != 2 {
		t.Fatal("deleted before it was confirmed")
	}
	press(t, b, "Delete Contact")
	got := get(t, b, client)
	if len(got.Contacts) != 1 || got.BillingContactID != nil || b.Bar.Text() != "Contact deleted." || c.shown() != "Bob Ray" || c.unsaved() {
		t.Fatalf("says %q, shows %q, has %+v", b.Bar.Text(), c.shown(), got.Contacts)
	}
	if p.profile.form.Value(app.FieldBilling) != "" {
		t.Error("the Profile still bills the contact that is gone")
	}
	press(t, b, "Undo")
	if got = get(t, b, client); len(got.Contacts) != 2 || got.BillingContactID == nil || p.profile.form.Value(app.FieldBilling) != contactKey(ann) {
		t.Errorf("after Undo: %+v", got.Contacts)
	}
	pick(t, b, c, "Ann")
	if c.shown() != "Ann Poe" || c.form.Value(app.FieldCity) != "" {
		t.Errorf("shows %q", c.shown())
	}
}

// Deleting the last one leads back to the blank form, and undoing that back to the contact.
func TestDeletingLastContact(t *testing.T) {
	b := viewtest.New(t)
	client := add(t, b, "grace@example.com", nil)
	addPerson(t, b, client, "Ann", "Poe", "ann@example.org")
	_, c := people(t, b, client)
	press(t, b, "Delete")
	press(t, b, "Delete Contact")
	if c.top.Visible() || c.shown() != "" || c.submitB.Text != "Add Contact" {
		t.Errorf("shows %q", c.shown())
	}
	press(t, b, "Undo")
	if c.shown() != "Ann Poe" || !c.top.Visible() {
		t.Errorf("after Undo it shows %q", c.shown())
	}
}

// Two desktops: saving says what the other changed, keeps what was typed, and saves over it only when told to.
func TestContactConflicts(t *testing.T) {
	b := viewtest.New(t)
	client := add(t, b, "grace@example.com", nil)
	ann := addPerson(t, b, client, "Ann", "Poe", "ann@example.org", app.General)
	p, c := people(t, b, client)
	other := colleague(t, b)
	theirs := func(change func(*app.ContactDetails)) {
		t.Helper()
		k := get(t, b, client).Contacts[0]
		d := app.ContactDetailsOf(k)
		change(&d)
		if err := other.Contacts.Update(t.Context(), ann, k.Version, d); err != nil {
			t.Fatal(err)
		}
	}
	enter(t, c.form.sheet, app.FieldCity, "Köln")
	theirs(func(d *app.ContactDetails) { d.City, d.Phone, d.Gets[app.Invoice] = "Bonn", "12345", true })
	p.Save()
	mustSay(t, b, "Somebody else changed this contact", "City: nothing → Bonn  (you: Köln)", "Phone: nothing → 12345", "Email Notifications: General → General, Invoice")
	press(t, b, "Go On Editing")
	if get(t, b, client).Contacts[0].City != "Bonn" || c.form.Value(app.FieldCity) != "Köln" {
		t.Error("overwritten, or lost what was typed")
	}
	p.Save()
	press(t, b, "Save Over It")
	if k := get(t, b, client).Contacts[0]; k.City != "Köln" || k.Phone != "12345" || !k.MailInvoice {
		t.Errorf("stored %+v", k)
	}
	enter(t, c.form.sheet, app.FieldCity, "Kiel")
	theirs(func(d *app.ContactDetails) { d.City = "Bremen" })
	p.Save()
	press(t, b, "Reload")
	if c.form.Value(app.FieldCity) != "Bremen" || c.unsaved() {
		t.Errorf("after Reload it shows %q", c.form.Value(app.FieldCity))
	}
	// The other one deletes it while something is typed here: nothing typed is lost.
	enter(t, c.form.sheet, app.FieldCity, "Ulm")
	if _, err := other.Contacts.Delete(t.Context(), ann); err != nil {
		t.Fatal(err)
	}
	p.Save()
	mustSay(t, b, "Somebody else deleted this contact meanwhile.")
	if c.form.Value(app.FieldCity) != "Ulm" || c.at != 0 {
		t.Errorf("shows %q of contact %d", c.form.Value(app.FieldCity), c.at)
	}
	press(t, b, "Add Contact")
	if ks := get(t, b, client).Contacts; len(ks) != 1 || ks[0].City != "Ulm" || ks[0].ID == ann {
		t.Errorf("stored %+v", ks)
	}
}

// What another window stores comes into the fields that were not touched, and never over what was typed.
func TestContactFollowsChanges(t *testing.T) {
	b := viewtest.New(t)
	client := add(t, b, "grace@example.com", nil)
	ann := addPerson(t, b, client, "Ann", "Poe", "ann@example.org")
	_, c := people(t, b, client)
	enter(t, c.form.sheet, app.FieldCity, "Köln")
	d := app.ContactDetailsOf(get(t, b, client).Contacts[0])
	d.Phone = "12345"
	if err := b.App.Contacts.Update(t.Context(), ann, 1, d); err != nil {
		t.Fatal(err)
	}
	if c.form.Value(app.FieldPhone) != "12345" || c.form.Value(app.FieldCity) != "Köln" || c.version != 2 {
		t.Errorf("phone %q, city %q, version %d", c.form.Value(app.FieldPhone), c.form.Value(app.FieldCity), c.version)
	}
	press(t, b, "Save Changes")
	if k := get(t, b, client).Contacts[0]; k.City != "Köln" || k.Phone != "12345" {
		t.Errorf("stored %+v", k)
	}
}

// An address that is there already is named beside the field, and is no error.
func TestSameAddressHint(t *testing.T) {
	b := viewtest.New(t)
	client := add(t, b, "grace@example.com", nil)
	addPerson(t, b, client, "Ann", "Poe", "ann@example.org")
	_, c := people(t, b, client)
	if says(b, "has this address too") {
		t.Error("the contact is in its own way")
	}
	enter(t, c.form.sheet, app.FieldEmail, "GRACE@example.com")
	mustSay(t, b, "Grace Hopper has this address too.")
	press(t, b, "Save Changes")
	if get(t, b, client).Contacts[0].Email != "GRACE@example.com" {
		t.Error("refused")
	}
}

// CL-9, CO-6: the Profile chooses the Default Billing Contact, and the Summary shows whose address invoices carry.
func TestChoosingBillingContact(t *testing.T) {
	b := viewtest.New(t)
	client := add(t, b, "grace@example.com", nil)
	p := open(t, b, client)
	mustSay(t, b, "The client itself", "No contacts.")
	bob := addPerson(t, b, client, "Bob", "Ray", "bob@example.org")
	k := get(t, b, client).Contacts[0]
	d := app.ContactDetailsOf(k)
	d.Company, d.City = "Ray Bros", "Bonn"
	if err := b.App.Contacts.Update(t.Context(), bob, k.Version, d); err != nil {
		t.Fatal(err)
	}
	p.Tab(2)
	pickFrom(t, b, p.profile.form.billing, "Bob Ray · bob@example.org")
	p.Save()
	if c := get(t, b, client); c.BillingContactID == nil || *c.BillingContactID != bob {
		t.Fatalf("billed to %v; says %q", c.BillingContactID, b.Bar.Text())
	}
	p.Tab(1)
	mustSay(t, b, "Ray Bros\nBob Ray\nBonn\nbob@example.org")
	// A conflict over it is told in names.
	p.Tab(2)
	fill(t, p.profile.form, app.FieldBilling, "")
	change(t, colleague(t, b), client, func(p *app.Profile) {
		p.BillingContactID, p.City = addPerson(t, b, client, "Cy", "Lee", "cy@example.org"), "Ulm"
	})
	p.Save()
	mustSay(t, b, "Default Billing Contact: Bob Ray · bob@example.org → Cy Lee · cy@example.org  (you: The client itself)")
	press(t, b, "Go On Editing")
}

// The Summary lists the first contacts; each opens on its tab.
func TestContactsOnSummary(t *testing.T) {
	b := viewtest.New(t)
	client := add(t, b, "grace@example.com", nil)
	for i := range 7 {
		addPerson(t, b, client, "Ann", fmt.Sprint("Poe", i), fmt.Sprintf("ann%d@example.org", i))
	}
	p := open(t, b, client)
	mustSay(t, b, "Ann Poe0", "ann4@example.org")
	if says(b, "Ann Poe5") || button(b, "2 more contacts") == nil {
		t.Error("lists all of them")
	}
	for _, o := range test.LaidOutObjects(top(b)) {
		if l, ok := o.(*kit.Item); ok && strings.HasPrefix(l.AccessibilityLabel(), "Ann Poe3") {
			l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		}
	}
	if p.current() != part(p.people) || p.people.shown() != "Ann Poe3" {
		t.Errorf("opened %q of %q", p.current().title(), p.people.shown())
	}
	p.Tab(1)
	press(t, b, "2 more contacts")
	if p.current() != part(p.people) {
		t.Error("more contacts lead nowhere")
	}
}

// Five hundred contacts are there to be searched, and as quick to choose from as two.
func TestManyContacts(t *testing.T) {
	b := viewtest.New(t)
	clients, ks := []data.Client{datatest.Client(1)}, make([]data.Contact, 500)
	for i := range ks {
		ks[i] = data.Contact{FirstName: "Ann", LastName: fmt.Sprintf("Poe%03d", i), Email: fmt.Sprintf("ann%d@example.org", i)}
	}
	if err := b.Store.Write(t.Context(), func(tx *data.Tx) error { return tx.InsertClientsWith(clients, [][]data.Contact{ks}) }); err != nil {
		t.Fatal(err)
	}
	p, c := people(t, b, clients[0].ID)
	p.Find()
	c.picker.Focus().TypedRune('p')
	i := slices.IndexFunc(test.LaidOutObjects(top(b)), func(o fyne.CanvasObject) bool {
		l, ok := o.(*kit.PickList)
		return ok && len(l.Picks()) == 500
	})
	if i < 0 {
		t.Fatal("the list does not have all of them")
	}
	pick(t, b, c, "Ann Poe499")
	if c.shown() != "Ann Poe499" {
		t.Errorf("shows %q", c.shown())
	}
}

// A contact that goes through the form untouched comes out as it was.
func TestContactSurvivesTheForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := app.ContactDetails{Gets: map[app.Category]bool{}}
		for _, x := range contactTexts {
			*x.value(&d) = rapid.StringMatching(`[a-zA-ZäÖ山 ,.-]{0,12}`).Draw(t, x.key)
		}
		for _, c := range app.Categories {
			d.Gets[c] = rapid.Bool().Draw(t, string(c))
		}
		if back := contactOf(contactValues(d)); fmt.Sprint(back) != fmt.Sprint(d) {
			t.Fatalf("%+v came back as %+v", d, back)
		}
	})
}
