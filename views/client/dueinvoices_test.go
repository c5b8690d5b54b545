package client

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// SU-2: before invoices are made it is told how many there are, over how much and by when, and whether they are mailed; nothing is done until somebody says so.
func TestDueInvoicesAreAskedFor(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(mailReady)
	id := add(t, b, "grace@example.com", nil)
	c, err := b.App.Clients.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.App.Services.Add(t.Context(), id, app.ServiceDetails{
		Description: "Website care", Quantity: billing.One, Amount: money.New(4900, money.Currency(c.Currency)), Cycle: billing.Monthly,
		NextDue: date.Today(datatest.Now).AddDays(-31), Status: data.ServiceActive,
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, b, id)
	invoices := func() int {
		all, err := b.App.Invoices.Open(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	p.GenerateInvoices()
	mustSay(t, b, "Make the 2 invoices that are due?", "49.00", "Together they come to", "98.00", "grace@example.com")
	var send *kit.Tick
	for _, o := range test.LaidOutObjects(top(b)) {
		if found, ok := o.(*kit.Tick); ok {
			send = found
		}
	}
	if send == nil || send.Text != "Send them to the client" || !send.Checked {
		t.Error("there is no tick for the mail, or it is off though the daily run would mail them")
	}
	if invoices() != 0 {
		t.Fatal("they were made before anybody said so")
	}
	press(t, b, "Cancel")
	if kit.DialogOpen() || invoices() != 0 {
		t.Fatal("they were made though somebody said no")
	}
	p.GenerateInvoices()
	press(t, b, "Make 2 Invoices")
	if invoices() != 2 || b.Bar.Text() != "2 invoices were made and are in the outbox." {
		t.Errorf("%d invoices, the bar says %q", invoices(), b.Bar.Text())
	}
	p.GenerateInvoices()
	if kit.DialogOpen() || b.Bar.Text() != "No service of this client is due, so no invoice was made." {
		t.Errorf("the bar says %q", b.Bar.Text())
	}
}
