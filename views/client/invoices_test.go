package client

import (
	"fmt"
	"testing"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/viewtest"
)

// SU-3: the Invoices tab lists the client's own invoices, newest first, reads no more than a page of them, follows changes, and begins a new one.
func TestInvoicesTab(t *testing.T) {
	b := viewtest.New(t)
	other := add(t, b, "other@example.com", nil)
	id := add(t, b, "grace@example.com", nil)
	err := b.Store.LongWrite(t.Context(), func(tx *data.Tx) error {
		for i := range 1000 {
			number := fmt.Sprintf("%d", i+1)
			w := data.WholeInvoice{Invoice: data.Invoice{
				ClientID: id, Number: &number, Status: billing.Unpaid, Currency: "GBP", Total: 100, Subtotal: 100, Issued: date.MustNew(2026, 11, 20), Due: date.MustNew(2026, 12, 4), TaxMode: string(billing.Exclusive),
			}}
			if i == 0 {
				w.ClientID = other
			}
			if err := tx.AddInvoice(&w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, b, id)
	tab := front[*bills](t, p)
	if n := tab.list.Len(); n == 0 || n > 200 || tab.list.Row(0).Cells[0] != "1000" {
		t.Fatalf("%d rows were read at first", n)
	}
	_, err = b.App.Invoices.Create(t.Context(), id, app.InvoiceDraft{Lines: []app.InvoiceLine{{Line: billing.Line{
		Description: "New", Quantity: billing.One, UnitPrice: money.New(1, "GBP"),
	}}}}, "")
	if err != nil {
		t.Fatal(err)
	}
	if tab.list.Row(0).Cells[0] != "Draft" {
		t.Error("a new draft is not listed")
	}
	p.NewInvoice()
	if got, want := b.Went.Last(), fmt.Sprintf("new invoice %d", id); got != want {
		t.Errorf("went %q, want %q", got, want)
	}
}
