package client

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// CL-5: what is missing is said beside each field at once, and the keyboard is in the first of them.
func TestAddSaysAllThatIsWrong(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk)
	b.Show(p)
	fill(t, p.form, app.FieldLastName, "Lovelace")
	fill(t, p.form, app.FieldEmail, "ada at example")
	fill(t, p.form, app.FieldPhone, "12")
	p.Save()
	mustSay(t, b, "Enter this, please: it is required.", "A telephone number has at least three digits")
	first := p.form.order[0].Input.(*kit.Text)
	if b.Canvas().Focused() != fyne.Focusable(first.Entry) {
		t.Errorf("the keyboard is at %T", b.Canvas().Focused())
	}
	if c := p.form.pane.content; c.Size().Height < c.MinSize().Height {
		t.Errorf("the form is %v high and can be scrolled over %v only", c.MinSize().Height, c.Size().Height)
	}
	if p.form.Value(app.FieldLastName) != "Lovelace" || p.form.Value(app.FieldEmail) != "ada at example" {
		t.Error("something that was typed is lost")
	}
	if n, _, err := b.App.Clients.Count(t.Context(), data.ClientFilter{}); n != 0 || err != nil {
		t.Errorf("%d clients were added, %v", n, err)
	}
}

// CL-4, CL-8: the client is stored as typed, opened, and the form closes. Saving the same form once more adds nobody.
func TestAddStoresAndOpens(t *testing.T) {
	b := viewtest.New(t)
	field, err := b.App.Fields.Save(t.Context(), data.CustomField{Name: "Contract until", Kind: data.FieldDate})
	if err != nil {
		t.Fatal(err)
	}
	p := New(b.Desk)
	b.Show(p)
	ada(t, p.form, "  Ada@Example.com ")
	fill(t, p.form, keyInvoicing, flagTaxExempt)
	fill(t, p.form, keyNotices, flagNoOverdue+","+flagMarketing)
	fill(t, p.form, app.CustomKey(field), "31/03/2027")
	p.Save()
	if steps := b.Went.Steps; len(steps) != 2 || steps[0] != "client 1" || steps[1] != "close" {
		t.Fatalf("went %q", steps)
	}
	if b.Bar.Text() != "Client added." {
		t.Errorf("the bar says %q", b.Bar.Text())
	}
	c := get(t, b, 1)
	if c.Email != "Ada@Example.com" || !c.TaxExempt || c.SeparateInvoices || c.NoLateFees || !c.NoOverdueEmails || !c.MarketingOptIn ||
		c.Custom[field] != "2027-03-31" || c.Status != data.Active || c.Country != "US" || c.Currency != "USD" || !c.MailInvoice {
		t.Errorf("stored %+v", c)
	}
	p.Save()
	if n, _, _ := b.App.Clients.Count(t.Context(), data.ClientFilter{}); n != 1 {
		t.Errorf("%d clients after a second press", n)
	}
	left := false
	if p.Leave(func() { left = true }); !left {
		t.Error("a saved form asks before it goes")
	}
}

// CL-4: the tick box stands at the bottom, with the reason while no server is set, and follows the settings without losing what was typed.
func TestWelcomeNeedsAServer(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk)
	b.Show(p)
	ada(t, p.form, "ada@example.com")
	mustSay(t, b, "No mail server is set up yet.")
	press(t, b, "Set Up Mail")
	if b.Went.Last() != "settings mail" {
		t.Errorf("went %q", b.Went.Last())
	}
	b.Settings(mailReady)
	if says(b, "No mail server is set up yet.") || p.form.Value(app.FieldFirstName) != "Ada" {
		t.Fatal("the form does not follow the settings, or lost what was typed")
	}
	if last := p.form.order[len(p.form.order)-1]; last.Key != app.FieldWelcome || last.Input.Value() != on {
		t.Errorf("the last field is %s with %q", last.Key, last.Input.Value())
	}
	p.Save()
	if b.Bar.Text() != "Client added. The welcome email is in the outbox." {
		t.Errorf("the bar says %q", b.Bar.Text())
	}
	if ms := mails(t, b, 1); len(ms) != 1 || ms[0].State != data.MailQueued {
		t.Errorf("queued %+v", ms)
	}
}

// CL-5: a taken address names who has it, with a button that opens them, until another address is typed.
func TestTakenAddressOpensTheOther(t *testing.T) {
	b := viewtest.New(t)
	other := add(t, b, "grace@example.com", nil)
	p := New(b.Desk)
	b.Show(p)
	ada(t, p.form, "GRACE@example.com")
	p.Save()
	mustSay(t, b, "Grace Hopper")
	press(t, b, "Open "+number(other))
	if b.Went.Last() != "client 1" {
		t.Errorf("went %q", b.Went.Last())
	}
	fill(t, p.form, app.FieldEmail, "ada@example.com")
	if p.form.address.other.Visible() {
		t.Error("the button stays beside another address")
	}
}

// CL-6: likely doubles are named when the typing pauses, and not before.
func TestHintsOfDoubles(t *testing.T) {
	b := viewtest.New(t)
	add(t, b, "grace@example.com", func(n *app.NewClient) { n.Phone, n.Company = "+44 20 7946 0018", "Navy" })
	p := New(b.Desk)
	b.Show(p)
	fill(t, p.form, app.FieldPhone, "0044 (20) 7946-0018")
	b.Run.Advance(hintPause - time.Millisecond)
	if p.hints.object.Visible() {
		t.Error("asked while the typing goes on")
	}
	fill(t, p.form, app.FieldPhone, "+44 (20) 7946-0018")
	b.Run.Advance(hintPause)
	mustSay(t, b, "This client may be here already", "Grace Hopper · Navy · grace@example.com")
	press(t, b, "Open #1")
	if b.Went.Last() != "client 1" {
		t.Errorf("went %q", b.Went.Last())
	}
	fill(t, p.form, app.FieldPhone, "")
	b.Run.Advance(hintPause)
	if p.hints.object.Visible() {
		t.Error("the hint stays although nothing is alike any more")
	}
}

// CL-8: leaving asks where something was typed: stay, discard, or save.
func TestAddAsksBeforeLeaving(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk)
	b.Show(p)
	left := 0
	leave := func() { p.Leave(func() { left++ }) }
	if leave(); left != 1 {
		t.Fatal("an untouched form asks")
	}
	ada(t, p.form, "ada at example")
	leave()
	press(t, b, "Stay Here")
	if left != 1 || kit.DialogOpen() {
		t.Fatalf("left %d times", left)
	}
	leave()
	press(t, b, "Save Changes")
	if left != 1 || kit.DialogOpen() {
		t.Fatal("left although it could not be saved")
	}
	if focused, ok := b.Canvas().Focused().(*kit.Entry); !ok || focused != p.form.address.Entry {
		t.Error("the keyboard is not in the field that is wrong")
	}
	fill(t, p.form, app.FieldEmail, "ada@example.com")
	leave()
	press(t, b, "Save Changes")
	if left != 2 || b.Went.Last() != "close" {
		t.Errorf("left %d times, went %q", left, b.Went.Steps)
	}
	q := New(b.Desk)
	b.Show(q)
	fill(t, q.form, app.FieldNotes, "x")
	q.Leave(func() { left++ })
	press(t, b, "Discard")
	if left != 3 {
		t.Error("discarding did not leave")
	}
}

// CL-4: a generated password can be read, and the client gets it.
func TestGeneratedPassword(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk)
	b.Show(p)
	ada(t, p.form, "ada@example.com")
	press(t, b, "Generate")
	if len(p.form.Value(app.FieldPassword)) < 12 || p.form.password.Entry.Password {
		t.Errorf("%q, concealed %v", p.form.Value(app.FieldPassword), p.form.password.Entry.Password)
	}
	p.Save()
	if get(t, b, 1).PasswordHash == "" {
		t.Error("the client has no password")
	}
}
