package app_test

import (
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/data"
)

// CL-11: closing a client says first what it will do, and then cancels open invoices and services and sets Closed, all at once. Credit goes back; an invoice on which
// something was paid, a draft and another client's things stay as they are.
func TestCloseClient(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client, other := o.Add(t, "a@example.com", nil), o.Add(t, "b@example.com", nil)
		open, paid, draft := invoiced(t, o, client, true), invoiced(t, o, client, true), invoiced(t, o, client, false)
		foreign := invoiced(t, o, other, true)
		if _, err := o.Credit.Add(ctx, client, app.NewCredit{Description: "An hour of downtime", Amount: pounds(3000)}); err != nil {
			t.Fatal(err)
		}
		if err := o.Credit.Apply(ctx, open, pounds(3000), ""); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Transactions.Record(ctx, client, app.NewPayment{Invoices: []int64{paid}, Amount: pounds(4000), Method: "cash"}); err != nil {
			t.Fatal(err)
		}
		var services []int64
		for _, id := range []int64{client, client, other} {
			service, err := o.Services.Add(ctx, id, hosting(), "")
			if err != nil {
				t.Fatal(err)
			}
			services = append(services, service)
		}

		version := o.Get(t, client).Version
		preview, err := o.Clients.ClosePreview(ctx, client)
		if err != nil || len(preview.Invoices) != 1 || len(preview.Paid) != 1 || len(preview.Services) != 2 || preview.Owed != money.New(7000, "GBP") {
			t.Fatalf("%+v, %v", preview, err)
		}
		if err := o.Clients.Close(ctx, client, version-1); app.CodeOf(err) != app.Conflict {
			t.Errorf("closed as it was not seen: %v", err)
		}
		if err := o.Clients.Close(ctx, client, version); err != nil {
			t.Fatal(err)
		}

		for id, want := range map[int64]billing.InvoiceStatus{open: billing.Cancelled, paid: billing.Unpaid, draft: billing.Draft, foreign: billing.Unpaid} {
			if i, err := o.Invoices.Get(ctx, id); err != nil || i.Status != want {
				t.Errorf("invoice %d is %s, not %s: %v", id, i.Status, want, err)
			}
		}
		for n, want := range []data.ServiceStatus{data.ServiceCancelled, data.ServiceCancelled, data.ServiceActive} {
			if v := service(t, o, services[n]); v.Status != want {
				t.Errorf("service %d is %s, not %s", n, v.Status, want)
			}
		}
		c := o.Get(t, client)
		if c.Status != data.Closed || c.Credit != 3000 || c.ServicesActive != 0 {
			t.Errorf("%s, credit %d, %d active services", c.Status, c.Credit, c.ServicesActive)
		}
		again, err := o.Clients.ClosePreview(ctx, client)
		if err != nil || preview.Nothing() || !again.Nothing() {
			t.Errorf("nothing to cancel: %v before, %v after: %v", preview.Nothing(), again.Nothing(), err)
		}
		if lines := o.Activity(t, client); len(lines) == 0 || lines[0].Action != "client.closed" && lines[len(lines)-1].Action != "client.closed" {
			t.Errorf("the log ends without it: %+v", lines)
		}
		o.Sound(t)
	})
}
