package client

import (
	"testing"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// CL-11: Close Client says first what it will do, and does it once that is confirmed.
func TestCloseClient(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	owed, paid := owedInvoice(t, b, id), owedInvoice(t, b, id)
	if _, err := b.App.Transactions.Record(t.Context(), id, app.NewPayment{Invoices: []int64{paid}, Amount: money.New(4_000, "GBP"), Method: "cash"}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.App.Services.Add(t.Context(), id, app.ServiceDetails{
		Description: "Hosting", Quantity: billing.One, Amount: money.New(1_250, "GBP"), Cycle: billing.Monthly, NextDue: date.MustNew(2026, 12, 31),
		Status: data.ServiceActive, Started: date.MustNew(2026, 1, 31),
	}, ""); err != nil {
		t.Fatal(err)
	}
	open(t, b, id)
	press(t, b, "Close Client…")
	mustSay(t, b, "Close Grace Hopper?", "One open invoice of £100.00 is cancelled; credit that was used for it goes back.",
		"One open invoice on which something was paid stays as it is.", "One service is cancelled, and invoiced no more.",
		"The status becomes Closed: the client cannot log in to the client area any more.")
	if get(t, b, id).Status != data.Active {
		t.Fatal("closed before it was confirmed")
	}
	press(t, b, "Close Client")
	i, err := b.App.Invoices.Get(t.Context(), owed)
	if c := get(t, b, id); err != nil || c.Status != data.Closed || c.ServicesActive != 0 || i.Status != billing.Cancelled || kit.DialogOpen() || b.Bar.Text() != "Grace Hopper was closed." {
		t.Errorf("%s with %d active services, the invoice is %s, %v; the bar says %q", c.Status, c.ServicesActive, i.Status, err, b.Bar.Text())
	}
}
