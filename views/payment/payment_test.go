package payment

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}

var ctx = context.Background()

// office is a client with published invoices of so many minor units.
func office(t *testing.T, currency money.Currency, amounts ...int64) (b *viewtest.Bench, client int64, invoices []int64) {
	t.Helper()
	b = viewtest.New(t)
	client, err := b.App.Clients.Add(ctx, app.NewClient{Profile: app.Profile{
		FirstName: "Grace", LastName: "Hopper", Email: "grace@example.com", Country: "GB", Currency: string(currency), Language: "en", Status: data.Active,
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range amounts {
		id, err := b.App.Invoices.Create(ctx, client, app.InvoiceDraft{Lines: []app.InvoiceLine{{Line: billing.Line{
			Description: "Work", Quantity: billing.One, UnitPrice: money.New(a, currency),
		}}}}, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := b.App.Invoices.Publish(ctx, id, 1); err != nil {
			t.Fatal(err)
		}
		invoices = append(invoices, id)
	}
	return b, client, invoices
}

// open opens the dialog.
func open(t *testing.T, b *viewtest.Bench, client, invoice int64) *Dialog {
	t.Helper()
	k, err := read(ctx, b.App, client, invoice)
	if err != nil {
		t.Fatal(err)
	}
	return show(b.Desk, k, invoice)
}

// fill types into the field of a key, as a person would.
func fill(t *testing.T, p *Dialog, key, text string) {
	t.Helper()
	place := map[string]int{app.FieldDate: 0, app.FieldAmount: 1, app.FieldMethod: 2, app.FieldReference: 3, app.FieldFees: 4, app.FieldDescription: 5}[key]
	for _, o := range test.LaidOutObjects(p.form) {
		if e, ok := o.(*kit.Entry); ok {
			if place == 0 {
				e.SetText(text)
				return
			}
			place--
		}
	}
	t.Fatalf("no field %s", key)
}

// asking tells whether the dialog is still open.
func asking(b *viewtest.Bench) bool { return b.Canvas().Overlays().Top() != nil }

func press(t *testing.T, b *viewtest.Bench, word string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		if button, ok := o.(*kit.Button); ok && button.Text == word {
			test.Tap(button)
			return
		}
	}
	t.Fatalf("no button %q", word)
}

// CR-4: as one types, the dialog says what the payment does, before anything is saved.
func TestSplitIsShownAsOneTypes(t *testing.T) {
	b, client, ids := office(t, "GBP", 10_000, 5_000)
	p := open(t, b, client, ids[0])
	if got := p.form.Value(app.FieldAmount); got != "100.00" {
		t.Errorf("proposed %q, want the balance", got)
	}
	for _, c := range []struct{ typed, want string }{
		{"120", "Balance £100.00, received £120.00 → £20.00 to credit"},
		{"100", "Balance £100.00, received £100.00 → paid in full"},
		{"60", "Balance £100.00, received £60.00 → £40.00 still owed"},
		{"", "Type an amount to see where it goes."},
		{"1.234", "Type an amount to see where it goes."},
	} {
		fill(t, p, app.FieldAmount, c.typed)
		if got := p.split.Text(); got != c.want {
			t.Errorf("%q: %q, want %q", c.typed, got, c.want)
		}
	}
	fill(t, p, app.FieldAmount, "160")
	p.ticks[1].SetChecked(true)
	if got, want := p.split.Text(), "Invoice #1: £100.00 → paid in full\nInvoice #2: £50.00 → paid in full\n£10.00 to credit"; got != want {
		t.Errorf("two invoices: %q, want %q", got, want)
	}
	p.ticks[0].SetChecked(false)
	p.ticks[1].SetChecked(false)
	if got, want := p.split.Text(), "Received £160.00 → all of it to credit"; got != want {
		t.Errorf("no invoice: %q, want %q", got, want)
	}
}

// IN-5: what the dialog said is what is stored; ticking proposes what is owed until somebody types another amount.
func TestPaymentIsRecordedAsShown(t *testing.T) {
	b, client, ids := office(t, "JPY", 1_000, 500)
	p := open(t, b, client, 0)
	if got := p.form.Value(app.FieldAmount); got != "1,000" {
		t.Errorf("proposed %q", got)
	}
	p.ticks[1].SetChecked(true)
	if got := p.form.Value(app.FieldAmount); got != "1,500" {
		t.Errorf("proposed %q for both", got)
	}
	fill(t, p, app.FieldAmount, "1700")
	fill(t, p, app.FieldFees, "30")
	fill(t, p, app.FieldMethod, "Card")
	p.ticks[0].SetChecked(false)
	p.ticks[0].SetChecked(true)
	if got := p.form.Value(app.FieldAmount); got != "1700" {
		t.Errorf("what was typed became %q", got)
	}
	press(t, b, "Record Payment")
	if asking(b) {
		t.Fatal("not saved")
	}
	for _, id := range ids {
		if i, err := b.App.Invoices.Get(ctx, id); err != nil || i.Status != billing.Paid || i.Payments[0].Transaction.Fees != 30 {
			t.Errorf("%+v, %v", i, err)
		}
	}
	if c, err := b.App.Clients.Get(ctx, client); err != nil || c.Credit != 200 {
		t.Errorf("credit %d, %v", c.Credit, err)
	}
}

// IN-5: a reference that is known is warned of, and saved all the same only where somebody says so.
func TestKnownReferenceIsWarnedOf(t *testing.T) {
	b, client, ids := office(t, "GBP", 10_000)
	_, err := b.App.Transactions.Record(ctx, client, app.NewPayment{Amount: money.New(100, "GBP"), Method: "Card", Reference: "T1"})
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, b, client, ids[0])
	fill(t, p, app.FieldMethod, "Card")
	fill(t, p, app.FieldReference, "T1")
	press(t, b, "Record Payment")
	if !asking(b) || !p.same.Visible() {
		t.Fatal("a known reference was saved without a word")
	}
	press(t, b, "Record Payment")
	if !asking(b) {
		t.Fatal("saved though nobody said that it is another payment")
	}
	p.same.SetChecked(true)
	press(t, b, "Record Payment")
	if i, err := b.App.Invoices.Get(ctx, ids[0]); asking(b) || err != nil || i.Status != billing.Paid {
		t.Errorf("%+v, %v", i.Status, err)
	}
}

// What is wrong is said beside its field, and nothing is stored.
func TestWrongPaymentStaysOpen(t *testing.T) {
	b, client, ids := office(t, "GBP", 10_000)
	p := open(t, b, client, ids[0])
	fill(t, p, app.FieldAmount, "10")
	fill(t, p, app.FieldFees, "11")
	press(t, b, "Record Payment")
	var words []string
	for _, o := range test.LaidOutObjects(p.form) {
		if para, ok := o.(*kit.Para); ok {
			words = append(words, para.Text())
		}
	}
	if !asking(b) || !strings.Contains(strings.Join(words, "\n"), "The fees are more than the amount.") {
		t.Errorf("said %q", words)
	}
	if i, err := b.App.Invoices.Get(ctx, ids[0]); err != nil || i.Invoice.Paid != 0 {
		t.Errorf("paid %d, %v", i.Invoice.Paid, err)
	}
}

// The usual ways to pay are proposed in an office that has recorded none, and after those that it used, once each.
func TestMethodsAreProposed(t *testing.T) {
	if got := strings.Join(proposed(nil), ", "); got != "Bank transfer, Card, Cash, Cheque, Direct debit, PayPal" {
		t.Errorf("at first: %s", got)
	}
	if got := strings.Join(proposed([]string{"Barter", "cash"}), ", "); got != "Barter, cash, Bank transfer, Card, Cheque, Direct debit, PayPal" {
		t.Errorf("later: %s", got)
	}
}

// Proposed is how the client paid last, where neither the invoice nor the client says how; and a click into the empty field shows what there is.
func TestMethodIsProposed(t *testing.T) {
	b, client, ids := office(t, "GBP", 10_000, 5_000)
	p := open(t, b, client, ids[0])
	if got := p.form.Value(app.FieldMethod); got != "" {
		t.Errorf("at first %q", got)
	}
	if _, err := b.App.Transactions.Record(ctx, client, app.NewPayment{Amount: money.New(100, "GBP"), Method: "Barter"}); err != nil {
		t.Fatal(err)
	}
	p = open(t, b, client, ids[1])
	if got := p.form.Value(app.FieldMethod); got != "Barter" {
		t.Errorf("after a payment %q", got)
	}
	k := known{client: app.Client{}, last: "Barter", open: []data.Invoice{{PaymentMethod: app.PaymentMethods[1]}}}
	if got, want := method(k), app.PaymentMethodName(app.PaymentMethods[1]); got != want {
		t.Errorf("with an invoice that says how %q, want %q", got, want)
	}
}
