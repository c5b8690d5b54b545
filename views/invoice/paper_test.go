package invoice

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/date"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// IN-4: a published invoice is mailed from its page, by the client's page with the invoice attached, and opened and saved from the menu.
func TestEmailInvoice(t *testing.T) {
	b := viewtest.New(t)
	id := client(t, b, "grace@example.com", nil)
	invoice := published(t, b, id, 10_000)
	p := shown(b, Open(b.Desk, invoice))
	var words []string
	for _, o := range p.view.buttons() {
		k, ok := o.(*kit.Button)
		if !ok {
			continue
		}
		if words = append(words, k.Text); k.Text == "Email Invoice…" {
			test.Tap(k)
		}
	}
	if b.Went.Last() != fmt.Sprintf("write to %d: invoices [%d], statement false", id, invoice) {
		t.Errorf("went %q", b.Went.Last())
	}
	for _, item := range p.view.more() {
		words = append(words, item.Label)
	}
	if !slices.Contains(words, "Open PDF to Print") || !slices.Contains(words, "Save PDF…") {
		t.Errorf("offered is %q", words)
	}
}

// IN-4: a draft is seen as PDF before it is published, as it is typed: it is saved for that, and what cannot be saved is not shown.
func TestPreviewOfADraft(t *testing.T) {
	b := viewtest.New(t)
	opened := viewtest.WatchOpened(t)
	id := client(t, b, "grace@example.com", nil)
	p := shown(b, New(b.Desk, id))
	put(p, 0, cellDescription, "Wiring")
	put(p, 0, cellPrice, "a lot")
	p.editor.preview()
	if opened.Last() != "" || p.editor.of.ID != 0 {
		t.Fatalf("what cannot be saved opens %q", opened.Last())
	}
	put(p, 0, cellPrice, "75")
	p.editor.preview()
	stored := p.editor.of.ID
	if stored == 0 || get(t, b, stored).Total != 7_500 || !strings.HasSuffix(opened.Last(), ".pdf") {
		t.Fatalf("draft %d opens %q", stored, opened.Last())
	}
	if want := fmt.Sprintf("invoice %d", stored); !slices.Contains(b.Went.Steps, want) {
		t.Errorf("went %q, want %q too", b.Went.Steps, want)
	}
	p = shown(b, Open(b.Desk, stored))
	p.editor.preview()
	if got := get(t, b, stored); len(opened.Addresses) != 2 || got.Version != 1 || got.Number != nil {
		t.Errorf("a look made it %+v, opened %q", got.Invoice, opened.Addresses)
	}
}

// The due date of a new invoice follows the date that it is to carry, until somebody types another. One of an earlier day is not sent anew, and a business without an
// address is told that its invoices do not say where it is.
func TestDueFollowsTheDate(t *testing.T) {
	b := viewtest.New(t)
	id := client(t, b, "grace@example.com", nil)
	b.Settings(func(s *app.Settings) {
		s.SendInvoices, s.SMTPHost, s.MailFrom = true, "smtp.example.com", "office@example.com"
	})
	today := date.Today(b.App.Now())
	p := shown(b, New(b.Desk, id))
	due := func() string { return p.editor.form.Value(app.FieldDue) }
	carry := func(text string) { p.editor.form.Fill(map[string]string{app.FieldIssued: text}) }
	if due() != day(today.AddDays(14)) {
		t.Fatalf("due is %s at first", due())
	}
	carry(day(today.AddDays(-90)))
	if due() != day(today.AddDays(-76)) {
		t.Errorf("dated 90 days back it is due %s", due())
	}
	carry("")
	if due() != day(today.AddDays(14)) {
		t.Errorf("without a date it is due %s", due())
	}
	p.editor.form.Fill(map[string]string{app.FieldDue: day(today)})
	carry(day(today.AddDays(-90)))
	if due() != day(today) {
		t.Errorf("a date that was typed became %s", due())
	}
	put(p, 0, cellDescription, "Wiring")
	put(p, 0, cellPrice, "75")
	p.editor.publish()
	if words := said(b); !strings.Contains(words, "does not say where your business is") || ticked(b) {
		t.Errorf("asked %q, it is to be sent: %v", words, ticked(b))
	}
	press(t, b, "Keep as Draft")
	b.Settings(func(s *app.Settings) { s.BusinessAddress = "1 Quay St" })
	carry("")
	p.editor.publish()
	if words := said(b); strings.Contains(words, "where your business is") || !ticked(b) {
		t.Errorf("with an address it asked %q, it is to be sent: %v", words, ticked(b))
	}
}

// ticked tells whether the box of the dialog in front is ticked.
func ticked(b *viewtest.Bench) bool {
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		if c, ok := o.(*kit.Tick); ok {
			return c.Checked
		}
	}
	return false
}
