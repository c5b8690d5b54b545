package app_test

import (
	"testing"

	"clientele/app"
	"clientele/app/apptest"
)

// An office goes on with its numbers where its old books end, and never back.
func TestGoOnWithANumber(t *testing.T) {
	o := apptest.Open(t)
	o.Change(t, func(s *app.Settings) { s.InvoiceNumberFormat = "INV-{number:5}" })
	next := func(counted int64, written string) {
		t.Helper()
		if n, err := o.Invoices.Next(ctx); err != nil || n.Counted != counted || n.Written != written {
			t.Errorf("next is %+v, %v, want %d, %s", n, err, counted, written)
		}
	}
	next(1, "INV-00001")
	for _, wrong := range []int64{0, -1, 1_000_000_000_000} {
		if ps := app.ProblemsOf(o.Invoices.GoOnWith(ctx, wrong)); len(ps) != 1 || ps[0].Field != app.FieldNextNumber {
			t.Errorf("%d: %v", wrong, ps)
		}
	}
	if err := o.Invoices.GoOnWith(ctx, 1874); err != nil {
		t.Fatal(err)
	}
	next(1874, "INV-01874")
	if i, err := o.Invoices.Get(ctx, invoiced(t, o, o.Add(t, "ada@example.com", nil), true)); err != nil || *i.Number != "INV-01874" {
		t.Errorf("%v, %v", i.Number, err)
	}
	next(1875, "INV-01875")
	if err := o.Invoices.GoOnWith(ctx, 1874); err == nil {
		t.Error("a number that was given is given again")
	}
}
