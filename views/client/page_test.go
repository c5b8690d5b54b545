package client

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/viewtest"
)

// open shows the page of a client.
func open(t *testing.T, b *viewtest.Bench, id int64) *Page {
	t.Helper()
	p := Open(b.Desk, id)
	b.Show(p)
	return p
}

// CL-9, CR-7: one press stores the profile, the password and the credit balance, and says so.
func TestProfileSaves(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	p.Tab(2)
	f := p.profile.form
	if words := f.password.Entry.PlaceHolder; words != "Enter to change" || f.Value(app.FieldPassword) != "" {
		t.Errorf("the field for a password says %q", words)
	}
	fill(t, f, app.FieldPhone, "+44 20 7946 0018")
	fill(t, f, app.FieldStatus, string(data.Inactive))
	fill(t, f, app.FieldCategory, "general,support")
	fill(t, f, app.FieldPassword, "a few words in a row")
	fill(t, f, app.FieldCredit, "1,250.5")
	p.Save()
	if b.Bar.Text() != "The profile and the credit balance were saved." {
		t.Errorf("the bar says %q", b.Bar.Text())
	}
	c := get(t, b, id)
	if c.Phone != "+44 20 7946 0018" || c.Status != data.Inactive || c.MailInvoice || !c.MailSupport || c.Credit != 125050 || c.PasswordHash == "" {
		t.Errorf("stored %+v", c.Client)
	}
	if f = p.profile.form; f.unsaved() || f.Value(app.FieldPassword) != "" || f.Value(app.FieldCredit) != "1,250.50" {
		t.Errorf("unsaved %v, password %q, credit %q", f.unsaved(), f.Value(app.FieldPassword), f.Value(app.FieldCredit))
	}
	mustSay(t, b, "Credit £1,250.50")
	hash := c.PasswordHash
	fill(t, f, app.FieldCompany, "Navy")
	p.Save()
	if c = get(t, b, id); c.Company != "Navy" || c.PasswordHash != hash {
		t.Error("an empty password is not left as it was")
	}
}

// CR-7: a balance that cannot be read or is not allowed is said beside the field; it says which part was stored.
func TestCreditThatCannotBe(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	p.Tab(2)
	fill(t, p.profile.form, app.FieldCompany, "Navy")
	fill(t, p.profile.form, app.FieldCredit, "ten")
	p.Save()
	mustSay(t, b, "“ten” is not an amount.")
	if c := get(t, b, id); c.Company != "" {
		t.Error("half of it was stored")
	}
	fill(t, p.profile.form, app.FieldCredit, "-5")
	fill(t, p.profile.form, app.FieldPassword, "a few words in a row")
	p.Save()
	mustSay(t, b, "The profile was saved. The credit balance was not: A credit balance cannot be below zero.")
	if c := get(t, b, id); c.Company != "Navy" || c.Credit != 0 {
		t.Errorf("stored company %q and credit %d", c.Company, c.Credit)
	}
	if f := p.profile.form; f.Value(app.FieldCredit) != "-5" || len(f.typed()) != 1 || f.Value(app.FieldPassword) != "" {
		t.Errorf("still unsaved: %v, password %q", f.typed(), f.Value(app.FieldPassword))
	}
}

// CL-5: on the Profile too, a taken address opens the other client.
func TestProfileTakenAddress(t *testing.T) {
	b := viewtest.New(t)
	other := add(t, b, "ada@example.com", nil)
	p := open(t, b, add(t, b, "grace@example.com", nil))
	p.Tab(2)
	fill(t, p.profile.form, app.FieldEmail, "ada@example.com")
	p.Save()
	press(t, b, "Open "+number(other))
	if b.Went.Last() != "client 1" {
		t.Errorf("went %q", b.Went.Last())
	}
}

// What somebody else stored meanwhile is listed; what was typed stays, and wins only where it was typed, and only when asked to.
func TestConflictSavesOver(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	p.Tab(2)
	fill(t, p.profile.form, app.FieldPhone, "111 222")
	change(t, colleague(t, b), id, func(c *app.Profile) { c.Phone, c.City, c.NoLateFees = "333 444", "Arlington", true })
	p.Save()
	mustSay(t, b, "Somebody else changed this client", "Phone: nothing → 333 444  (you: 111 222)", "City: nothing → Arlington", "Notices: nothing → Don't Apply Late Fees")
	if c := get(t, b, id); c.Phone != "333 444" {
		t.Fatal("overwritten before it was asked")
	}
	press(t, b, "Go On Editing")
	if p.profile.form.Value(app.FieldPhone) != "111 222" {
		t.Fatal("what was typed is lost")
	}
	p.Save()
	press(t, b, "Save Over It")
	c := get(t, b, id)
	if c.Phone != "111 222" || c.City != "Arlington" || !c.NoLateFees || p.profile.unsaved() {
		t.Errorf("stored %q %q %v, unsaved %v", c.Phone, c.City, c.NoLateFees, p.profile.unsaved())
	}
}

// The other way out of a conflict takes what is stored.
func TestConflictReloads(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	fill(t, p.profile.form, app.FieldPhone, "111 222")
	change(t, colleague(t, b), id, func(c *app.Profile) { c.Phone = "333 444" })
	p.Save()
	press(t, b, "Reload")
	if p.profile.form.Value(app.FieldPhone) != "333 444" || p.profile.unsaved() {
		t.Errorf("shows %q", p.profile.form.Value(app.FieldPhone))
	}
}

// A change made elsewhere comes into fields that were not touched, and never over what was typed.
func TestReloadKeepsTyping(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	fill(t, p.profile.form, app.FieldPhone, "111 222")
	change(t, b.App, id, func(c *app.Profile) { c.Company = "Navy" })
	f := p.profile.form
	if f.Value(app.FieldPhone) != "111 222" || f.Value(app.FieldCompany) != "Navy" {
		t.Fatalf("phone %q, company %q", f.Value(app.FieldPhone), f.Value(app.FieldCompany))
	}
	if _, err := b.App.Fields.Save(t.Context(), data.CustomField{Name: "Manager", Kind: data.FieldText}); err != nil {
		t.Fatal(err)
	}
	if f = p.profile.form; f.Value(app.FieldPhone) != "111 222" {
		t.Fatal("a new custom field lost what was typed")
	}
	mustSay(t, b, "Profile (not saved)")
	p.Save()
	if c := get(t, b, id); c.Phone != "111 222" || c.Company != "Navy" {
		t.Errorf("stored %q %q; says %q", c.Phone, c.Company, b.Bar.Text())
	}
}

// A value that its list of choices does not offer, as after an import, is shown and not lost by saving something else.
func TestForeignChoicesStay(t *testing.T) {
	b := viewtest.New(t)
	field, err := b.App.Fields.Save(t.Context(), data.CustomField{Name: "Size", Kind: data.FieldChoice, Options: "Small\nLarge"})
	if err != nil {
		t.Fatal(err)
	}
	id := add(t, b, "grace@example.com", func(n *app.NewClient) {
		n.PaymentMethod, n.Custom = "standing order", map[int64]string{field: "Small"}
	})
	p := open(t, b, id)
	if p.profile.form.Value(app.FieldPayment) != "standing order" {
		t.Fatalf("shows %q", p.profile.form.Value(app.FieldPayment))
	}
	before := p.profile.form
	fill(t, before, app.CustomKey(field), "Large")
	p.profile.save()
	if c := get(t, b, id); c.Custom[field] != "Large" || c.PaymentMethod != "standing order" {
		t.Errorf("stored %q and %q", c.Custom[field], c.PaymentMethod)
	}
	if p.profile.form != before {
		t.Error("the form was made anew for nothing, which takes the keyboard away")
	}
}

// CL-8 holds for the Profile as for a new client.
func TestProfileAsksBeforeLeaving(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	left := 0
	leave := func() { p.Leave(func() { left++ }) }
	if leave(); left != 1 {
		t.Fatal("asks although nothing was typed")
	}
	fill(t, p.profile.form, app.FieldPhone, "111 222")
	leave()
	press(t, b, "Save Changes")
	if left != 2 || get(t, b, id).Phone != "111 222" {
		t.Fatal("not saved, or not left")
	}
	fill(t, p.profile.form, app.FieldPhone, "333 444")
	leave()
	press(t, b, "Discard")
	if left != 3 || p.profile.form.Value(app.FieldPhone) != "111 222" {
		t.Errorf("left %d times, shows %q", left, p.profile.form.Value(app.FieldPhone))
	}
}

// CL-12: the switches on the Summary store at once and follow what is stored.
func TestNoticesSwitches(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	s := p.parts[0].(*summary)
	test.Tap(s.overdue)
	if c := get(t, b, id); !c.NoOverdueEmails || c.NoLateFees {
		t.Errorf("stored %v %v", c.NoLateFees, c.NoOverdueEmails)
	}
	test.Tap(s.lateFees)
	test.Tap(s.overdue)
	if c := get(t, b, id); c.NoOverdueEmails || !c.NoLateFees {
		t.Errorf("stored %v %v", c.NoLateFees, c.NoOverdueEmails)
	}
	change(t, b.App, id, func(c *app.Profile) { c.NoLateFees = false })
	if s.lateFees.Checked {
		t.Error("the switch does not follow")
	}
	b.Settings(func(s *app.Settings) { s.RequiredFields = []string{app.FieldTaxID} })
	test.Tap(s.lateFees)
	if s.lateFees.Checked || !strings.Contains(b.Bar.Text(), "mended first: Tax ID") {
		t.Errorf("checked %v; says %q", s.lateFees.Checked, b.Bar.Text())
	}
}

// CL-10: Closed says what goes on, on the Profile and before it is set from the Summary; setting it can be undone.
func TestClosedNotice(t *testing.T) {
	b := viewtest.New(t)
	c := datatest.Client(1)
	c.ServicesActive, c.ServicesTotal = 3, 3
	id := datatest.Add(t, b.Store, c)[0].ID
	p := open(t, b, id)
	p.Tab(2)
	const notice = "3 services are active and go on being invoiced."
	if says(b, notice) {
		t.Error("said although the status is Active")
	}
	fill(t, p.profile.form, app.FieldStatus, string(data.Closed))
	mustSay(t, b, notice)
	fill(t, p.profile.form, app.FieldStatus, string(data.Active))
	if says(b, notice) {
		t.Error("the notice stays")
	}
	p.Tab(1)
	s := p.parts[0].(*summary)
	s.chooseStatus(data.Closed)
	mustSay(t, b, notice)
	if get(t, b, id).Status != data.Active {
		t.Fatal("set before it was confirmed")
	}
	press(t, b, "Set to Closed")
	if get(t, b, id).Status != data.Closed || b.Bar.Text() != "The status is Closed now." {
		t.Errorf("status %s; says %q", get(t, b, id).Status, b.Bar.Text())
	}
	press(t, b, "Undo")
	if get(t, b, id).Status != data.Active {
		t.Error("Undo did not put the status back")
	}
}

// ML-5: the tab lists the client's mails; one opens with its secret masked, and can be cancelled and sent again.
func TestEmailsTab(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(func(s *app.Settings) {
		mailReady(s)
		s.ClientAreaURL = "https://clients.example.com" // so that the mail brings a password
	})
	id := add(t, b, "grace@example.com", func(n *app.NewClient) { n.SendWelcome = true })
	add(t, b, "ada@example.com", func(n *app.NewClient) { n.SendWelcome = true })
	p := open(t, b, id)
	mustSay(t, b, "Welcome to Northwind Studio") // on the Summary
	e := front[*emails](t, p)
	if len(e.mails) != 1 || *e.mails[0].ClientID != id || !e.grid.Focused() {
		t.Fatalf("%d mails, keyboard there: %v", len(e.mails), e.grid.Focused())
	}
	e.grid.FocusTarget().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	e.grid.FocusTarget().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !kit.DialogOpen() {
		t.Fatal("Enter opened nothing")
	}
	mustSay(t, b, "Grace Hopper <grace@example.com>")
	press(t, b, "Cancel This Mail")
	if kit.DialogOpen() || mails(t, b, id)[0].State != data.MailCancelled {
		t.Fatalf("dialog open %v, state %s", kit.DialogOpen(), mails(t, b, id)[0].State)
	}
	if word, _ := mailview.State(data.MailCancelled); e.Row(0).Cells[3] != word {
		t.Errorf("the list shows %q", e.Row(0).Cells[3])
	}
	if e.grid.Cursor() != 0 || !e.cancel.Disabled() {
		t.Error("the cursor moved, or a cancelled mail can be cancelled")
	}
	test.Tap(e.again) // its password was wiped, which the bar says
	if !strings.Contains(b.Bar.Text(), "was wiped") {
		t.Errorf("the bar says %q", b.Bar.Text())
	}
}

// ML-5: from the tab a mail that went is sent once more.
func TestResendFromTheTab(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(mailReady)
	id := add(t, b, "grace@example.com", nil)
	err := b.Store.Write(context.Background(), func(tx *data.Tx) error {
		return tx.QueueMail(&data.Mail{
			ClientID: &id, MessageID: "one@example.com", Kind: "manual", Category: "general", Recipients: `[{"email":"grace@example.com"}]`,
			ToLine: "grace@example.com", Subject: "Your question", BodyText: "Yes.", State: data.MailSent,
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	e := front[*emails](t, open(t, b, id))
	if !e.open.Disabled() || !e.again.Disabled() {
		t.Error("no mail is chosen yet")
	}
	e.grid.Select(0)
	if e.open.Disabled() || e.again.Disabled() || e.again.Text != "Resend" || !e.cancel.Disabled() {
		t.Errorf("the button is %q", e.again.Text)
	}
	test.Tap(e.again)
	b.Run.Advance(time.Minute)
	all := mails(t, b, id)
	if len(all) != 2 || all[0].State != data.MailQueued || all[0].Subject != "Your question" || all[1].State != data.MailSent {
		t.Fatalf("%+v", all)
	}
	if len(e.mails) != 2 || e.mails[e.grid.Cursor()].ID != all[1].ID {
		t.Errorf("%d mails, the cursor at %d", len(e.mails), e.grid.Cursor())
	}
	test.Tap(e.open)
	mustSay(t, b, "Your question")
}

// A client without mail says what belongs on the tab.
func TestNoMailYet(t *testing.T) {
	b := viewtest.New(t)
	p := open(t, b, add(t, b, "grace@example.com", nil))
	front[*emails](t, p)
	mustSay(t, b, "No mail yet")
}

// A client that is not there is a plain page, not an error.
func TestMissingClient(t *testing.T) {
	b := viewtest.New(t)
	p := open(t, b, 4711)
	mustSay(t, b, "This client is no longer there")
	p.Save()
	p.Tab(2)
	press(t, b, "Close This Tab")
	if b.Went.Last() != "close" {
		t.Errorf("went %q", b.Went.Last())
	}
}

// Ctrl+1 to 9 bring tabs to the front; a number without a tab does nothing.
func TestTabsByNumber(t *testing.T) {
	b := viewtest.New(t)
	p := open(t, b, add(t, b, "grace@example.com", nil))
	var titles []string // SU-3
	for _, x := range p.parts {
		titles = append(titles, x.title())
	}
	if want := []string{"Summary", "Profile", "Contacts", "Services", "Invoices", "Transactions", "Files", "Emails", "Notes", "Log"}; !slices.Equal(titles, want) {
		t.Errorf("the tabs are %q", titles)
	}
	last := len(p.parts) - 1
	for _, x := range []struct{ n, want int }{{0, 0}, {1, 0}, {2, 1}, {3, 2}, {last + 1, last}, {last + 2, last}} {
		n, want := x.n, x.want
		p.Tab(n)
		if p.current() != p.parts[want] {
			t.Errorf("tab %d shows %s", n, p.current().title())
		}
	}
	if b.Went.Last() != "title Grace Hopper" {
		t.Errorf("the tab of the page is called by %q", b.Went.Last())
	}
}
