package app_test

import (
	"slices"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
)

func transaction(t *testing.T, o *apptest.Office, id int64) app.TransactionView {
	t.Helper()
	v, err := o.Transactions.View(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// IN-6: what is wrong with a transaction is said of its field.
func TestTransactionRefusals(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		if _, err := o.Transactions.Add(ctx, client, app.TransactionDetails{In: pounds(1), Method: "card", Reference: "r1"}, ""); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name    string
			details app.TransactionDetails
			fields  []string
		}{
			{"nothing moved", app.TransactionDetails{}, []string{app.FieldIn}},
			{"below zero", app.TransactionDetails{In: pounds(-1), Out: pounds(-1), Fees: pounds(-1)}, []string{app.FieldIn, app.FieldFees, app.FieldOut}},
			{"another currency", app.TransactionDetails{Out: money.New(1, "EUR")}, []string{app.FieldOut}},
			{"a long method", app.TransactionDetails{In: pounds(1), Method: strings.Repeat("x", 101)}, []string{app.FieldMethod}},
			{"a long reference", app.TransactionDetails{In: pounds(1), Reference: strings.Repeat("x", 201)}, []string{app.FieldReference}},
			{"a long description", app.TransactionDetails{In: pounds(1), Description: strings.Repeat("x", 501)}, []string{app.FieldDescription}},
			{"a reference that is taken", app.TransactionDetails{In: pounds(1), Method: "card", Reference: "r1"}, []string{app.FieldReference}},
		} {
			if _, err := o.Transactions.Add(ctx, client, c.details, ""); !slices.Equal(fields(err), c.fields) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		for _, d := range []app.TransactionDetails{
			{In: pounds(1), Method: "cash", Reference: "r1"},
			{In: pounds(1), Method: "card", Reference: "r1", SameReference: true},
		} {
			if _, err := o.Transactions.Add(ctx, client, d, ""); err != nil {
				t.Errorf("%+v: %v", d, err)
			}
		}
	})
}

// IN-6: a transaction that names no invoice is edited whole; of one that paid an invoice the amounts stay. The preview of a deletion tells what it does,
// CR-8, and deleting does that.
func TestTransactionEditAndDelete(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		id, err := o.Transactions.Add(ctx, client, app.TransactionDetails{Out: pounds(300), Method: "cash", Description: "Stamps"}, "key")
		again, err2 := o.Transactions.Add(ctx, client, app.TransactionDetails{Out: pounds(300), Method: "cash", Description: "Stamps"}, "key")
		if err != nil || err2 != nil || id != again {
			t.Fatalf("%d %v, %d %v", id, err, again, err2)
		}
		v := transaction(t, o, id)
		if v.Fixed || v.AmountOut != 300 || v.Date != date.Today(o.Clock.Now()) {
			t.Errorf("%+v", v)
		}
		edit := app.TransactionDetails{Date: date.MustNew(2026, 1, 2), Out: pounds(450), Method: "card", Description: "Stamps"}
		if err := o.Transactions.Update(ctx, id, v.Version, edit); err != nil {
			t.Fatal(err)
		}
		if err := o.Transactions.Update(ctx, id, v.Version, edit); app.CodeOf(err) != app.Conflict {
			t.Errorf("an edit of an old version: %v", err)
		}
		if now := transaction(t, o, id); now.AmountOut != 450 || now.Method != "card" || now.Date != edit.Date {
			t.Errorf("%+v", now)
		}
		edit.Date = date.Date{}
		if err := o.Transactions.Update(ctx, id, 2, edit); !slices.Equal(fields(err), []string{app.FieldDate}) {
			t.Errorf("no day: %v", err)
		}

		draft := app.InvoiceDraft{Lines: []app.InvoiceLine{{Line: billing.Line{Description: "Work", Quantity: billing.One, UnitPrice: pounds(1000)}}}}
		invoice, err := o.Invoices.Create(ctx, client, draft, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Invoices.Publish(ctx, invoice, 1); err != nil {
			t.Fatal(err)
		}
		paid, err := o.Transactions.Record(ctx, client, app.NewPayment{Amount: pounds(1200), Method: "card", Invoices: []int64{invoice}})
		if err != nil {
			t.Fatal(err)
		}
		v = transaction(t, o, paid)
		if !v.Fixed {
			t.Error("the amount of a payment can be changed")
		}
		edit = app.TransactionDetails{Date: v.Date, In: pounds(1300), Method: v.Method, Description: v.Description}
		if err := o.Transactions.Update(ctx, paid, v.Version, edit); app.CodeOf(err) != app.NotAllowed || !slices.Equal(fields(err), []string{app.FieldIn}) {
			t.Errorf("another amount: %v", err)
		}
		edit.In, edit.Fees, edit.Method = pounds(1200), pounds(30), "paypal"
		if err := o.Transactions.Update(ctx, paid, v.Version, edit); err != nil {
			t.Error(err)
		}
		told, err := o.Transactions.DeletePreview(ctx, paid)
		if err != nil || len(told.Invoices) != 1 || told.Invoices[0].Owed.Minor != 1000 || told.Invoices[0].Status != billing.Unpaid ||
			told.Credit.Minor != 200 || told.Left.Minor != 0 {
			t.Fatalf("%+v %v", told, err)
		}
		if err := o.Transactions.Delete(ctx, paid); err != nil {
			t.Fatal(err)
		}
		if c := o.Get(t, client); c.Owed != 1000 || c.Credit != 0 {
			t.Errorf("owed %d, credit %d", c.Owed, c.Credit)
		}
		if _, err := o.Transactions.DeletePreview(ctx, paid); app.CodeOf(err) != app.NotFound {
			t.Errorf("a preview of what is gone: %v", err)
		}
		sums, err := o.Transactions.Sum(ctx, data.TransactionFilter{Method: "card"})
		want := app.TransactionSum{N: 1, In: pounds(0), Fees: pounds(0), Out: pounds(450), Net: pounds(-450)}
		if err != nil || len(sums) != 1 || sums[0] != want {
			t.Errorf("%+v %v", sums, err)
		}
		o.Sound(t)
	})
}

// DE-2: a payment that was refunded is not deleted before its refunds, and the preview says so already.
func TestRefundedPaymentStays(t *testing.T) {
	o := apptest.Open(t)
	client := o.Add(t, "a@example.com", nil)
	invoice := invoiced(t, o, client, true)
	paid, err := o.Transactions.Record(ctx, client, app.NewPayment{Invoices: []int64{invoice}, Amount: pounds(4000), Method: "cash"})
	if err != nil {
		t.Fatal(err)
	}
	refund, err := o.Transactions.Refund(ctx, paid, invoice, app.NewRefund{Amount: pounds(1000), Method: "cash"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Transactions.DeletePreview(ctx, paid); app.CodeOf(err) != app.NotAllowed {
		t.Errorf("the preview of a refunded payment: %v", err)
	}
	if err := o.Transactions.Delete(ctx, paid); app.CodeOf(err) != app.NotAllowed {
		t.Errorf("a refunded payment was deleted: %v", err)
	}
	for _, id := range []int64{refund, paid} {
		if err := o.Transactions.Delete(ctx, id); err != nil {
			t.Error(err)
		}
	}
	o.Sound(t)
}
