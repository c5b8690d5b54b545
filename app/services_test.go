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

// hosting is a service that can be saved.
func hosting() app.ServiceDetails {
	return app.ServiceDetails{
		Description: "Hosting", Quantity: billing.One, Amount: pounds(1250), Cycle: billing.Monthly, NextDue: date.MustNew(2026, 12, 31),
		Status: data.ServiceActive, Started: date.MustNew(2026, 1, 31), Taxed: true,
	}
}

func service(t *testing.T, o *apptest.Office, id int64) data.Service {
	t.Helper()
	v, err := o.Services.Get(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// IN-1: what is wrong with a service is said of its field, all at once, and nothing is stored.
func TestServiceRefusals(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		for _, c := range []struct {
			name   string
			change func(*app.ServiceDetails)
			fields []string
		}{
			{"no description", func(d *app.ServiceDetails) { d.Description = "  " }, []string{app.FieldDescription}},
			{"a long description", func(d *app.ServiceDetails) { d.Description = strings.Repeat("x", 501) }, []string{app.FieldDescription}},
			{"what cannot be seen", func(d *app.ServiceDetails) { d.Description = "a\x01" }, []string{app.FieldDescription}},
			{"no such product", func(d *app.ServiceDetails) { d.ProductID = 99 }, []string{app.FieldProduct}},
			{"no quantity", func(d *app.ServiceDetails) { d.Quantity = 0 }, []string{app.FieldQuantity}},
			{"less than none", func(d *app.ServiceDetails) { d.Quantity = -1000 }, []string{app.FieldQuantity}},
			{"another currency", func(d *app.ServiceDetails) { d.Amount = money.New(1, "EUR") }, []string{app.FieldAmount}},
			{"below zero", func(d *app.ServiceDetails) { d.Amount = pounds(-1) }, []string{app.FieldAmount}},
			{"a fee below zero", func(d *app.ServiceDetails) { d.SetupFee = pounds(-1) }, []string{app.FieldSetupFee}},
			{"a fee in another currency", func(d *app.ServiceDetails) { d.SetupFee = money.New(1, "EUR") }, []string{app.FieldSetupFee}},
			{"more than can be counted", func(d *app.ServiceDetails) { d.Quantity, d.Amount = billing.MaxQuantity, pounds(1<<62) }, []string{app.FieldAmount}},
			{"no cycle", func(d *app.ServiceDetails) { d.Cycle = "weekly" }, []string{app.FieldCycle}},
			{"no status", func(d *app.ServiceDetails) { d.Status = "Gone" }, []string{app.FieldStatus}},
			{"active without a due date", func(d *app.ServiceDetails) { d.NextDue = date.Date{} }, []string{app.FieldNextDue}},
			{"all of it", func(d *app.ServiceDetails) { *d = app.ServiceDetails{Amount: pounds(0)} }, []string{app.FieldDescription, app.FieldQuantity, app.FieldCycle, app.FieldStatus}},
		} {
			d := hosting()
			c.change(&d)
			if _, err := o.Services.Add(ctx, client, d, ""); !slices.Equal(fields(err), c.fields) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if _, err := o.Services.Add(ctx, 99, hosting(), ""); app.CodeOf(err) != app.NotFound {
			t.Errorf("no such client: %v", err)
		}
		if n, _, err := o.Services.Count(ctx, data.ServiceFilter{}); n != 0 || err != nil {
			t.Errorf("%d services are stored, %v", n, err)
		}
		// What is done once, or is not active, needs no due date.
		for _, change := range []func(*app.ServiceDetails){
			func(d *app.ServiceDetails) { d.Cycle, d.NextDue = billing.OneTime, date.Date{} },
			func(d *app.ServiceDetails) { d.Status, d.NextDue = data.ServicePending, date.Date{} },
		} {
			d := hosting()
			change(&d)
			id, err := o.Services.Add(ctx, client, d, "")
			if err != nil {
				t.Fatal(err)
			}
			if err := o.Services.SetStatus(ctx, id, data.ServiceActive); (err == nil) != (d.Cycle == billing.OneTime) {
				t.Errorf("%s becomes active without a due date: %v", d.Cycle, err)
			}
		}
		o.Sound(t)
	})
}

// IN-1: a service is added once however often the button is pressed, edited, counted on its client, and told of in the log.
func TestServiceLife(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		product, err := o.Products.Save(ctx, app.ProductOffer{Product: data.Product{Name: "Web hosting"}})
		if err != nil {
			t.Fatal(err)
		}
		d := hosting()
		d.ProductID, d.Description = product, ""
		id, err := o.Services.Add(ctx, client, d, "key")
		again, err2 := o.Services.Add(ctx, client, d, "key")
		if err != nil || err2 != nil || id != again {
			t.Fatalf("%d %v, %d %v", id, err, again, err2)
		}
		v := service(t, o, id)
		if v.Description != "Web hosting" || v.AnchorDay != 31 || v.Currency != "GBP" || *v.ProductID != product {
			t.Errorf("%+v", v)
		}
		if c := o.Get(t, client); c.ServicesActive != 1 || c.ServicesTotal != 1 {
			t.Errorf("%d of %d services", c.ServicesActive, c.ServicesTotal)
		}
		edited := app.ServiceDetailsOf(v)
		edited.ProductID, edited.Description, edited.Quantity = 0, "Two sites", 2*billing.One
		if err := o.Services.Update(ctx, id, v.Version, edited); err != nil {
			t.Fatal(err)
		}
		edited.Description = "Three sites"
		if err := o.Services.Update(ctx, id, v.Version, edited); app.CodeOf(err) != app.Conflict {
			t.Errorf("an edit of an old version: %v", err)
		}
		if line := o.Activity(t, client)[0]; line.Details != "Description: Web hosting → Two sites\nProduct: Web hosting → –\nQuantity: 1 → 2" {
			t.Errorf("the log says %q", line.Details)
		}
		lines := len(o.Activity(t, client))
		if err := o.Services.SetStatus(ctx, id, data.ServiceActive); err != nil || len(o.Activity(t, client)) != lines {
			t.Errorf("nothing changed, but the log says so: %v", err)
		}
		if err := o.Services.SetStatus(ctx, id, "Gone"); !slices.Equal(fields(err), []string{app.FieldStatus}) {
			t.Errorf("no such status: %v", err)
		}
		if err := o.Services.SetStatus(ctx, id, data.ServiceSuspended); err != nil {
			t.Fatal(err)
		}
		undo, err := o.Services.Delete(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if c := o.Get(t, client); c.ServicesActive != 0 || c.ServicesTotal != 0 {
			t.Errorf("%d of %d services after deleting", c.ServicesActive, c.ServicesTotal)
		}
		if _, err := o.Undos.Undo(ctx, undo); err != nil {
			t.Fatal(err)
		}
		if v := service(t, o, id); v.Description != "Two sites" || v.Status != data.ServiceSuspended {
			t.Errorf("back came %+v", v)
		}
		if err := o.Services.Update(ctx, 99, 1, edited); app.CodeOf(err) != app.NotFound {
			t.Errorf("no such service: %v", err)
		}
		o.Sound(t)
	})
}

// A deletion is undone as far as the world allows: without a product that is gone, and not into another currency.
func TestServiceUndoAfterOtherChanges(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		product, err := o.Products.Save(ctx, app.ProductOffer{Product: data.Product{Name: "Web hosting"}})
		if err != nil {
			t.Fatal(err)
		}
		remove := func() int64 {
			d := hosting()
			d.ProductID = product
			id, err := o.Services.Add(ctx, client, d, "")
			if err != nil {
				t.Fatal(err)
			}
			undo, err := o.Services.Delete(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			return undo
		}
		first, second := remove(), remove()
		if err := o.Products.Delete(ctx, product); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Undos.Undo(ctx, first); err != nil {
			t.Fatal(err)
		}
		rows, _, err := o.Services.Page(ctx, data.ServiceQuery{}, nil, false, 10)
		if err != nil || len(rows) != 1 || rows[0].ProductID != nil {
			t.Fatalf("%+v %v", rows, err)
		}
		if _, err := o.Services.Delete(ctx, rows[0].ID); err != nil {
			t.Fatal(err)
		}
		c := o.Get(t, client)
		p := app.ProfileOf(c)
		p.Currency = "EUR"
		if err := o.Clients.Update(ctx, client, c.Version, p, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Undos.Undo(ctx, second); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("a service in pounds came back to a client in euros: %v", err)
		}
		o.Sound(t)
	})
}

// CL-14: clients become Inactive with the end of their last active service and Active with the start of one, if the setting says so and the client is not
// exempted. Closed ones stay closed.
func TestAutomaticStatus(t *testing.T) {
	for _, c := range []struct {
		name         string
		auto, keep   bool
		before       data.Status
		ended, begun data.Status
	}{
		{"switched off", false, false, data.Active, data.Active, data.Active},
		{"switched on", true, false, data.Active, data.Inactive, data.Active},
		{"exempted", true, true, data.Active, data.Active, data.Active},
		{"closed", true, false, data.Closed, data.Closed, data.Closed},
	} {
		t.Run(c.name, func(t *testing.T) {
			apptest.Each(t, func(t *testing.T, o *apptest.Office) {
				o.Change(t, func(s *app.Settings) { s.AutoStatus = c.auto })
				client := o.Add(t, "a@example.com", func(n *app.NewClient) { n.KeepStatus = c.keep })
				add := func() int64 {
					id, err := o.Services.Add(ctx, client, hosting(), "")
					if err != nil {
						t.Fatal(err)
					}
					return id
				}
				is := func(when string, want data.Status) {
					t.Helper()
					if got := o.Get(t, client).Status; got != want {
						t.Errorf("%s it is %s, want %s", when, got, want)
					}
				}
				first, second := add(), add()
				if _, err := o.Clients.SetStatus(ctx, []int64{client}, c.before); err != nil {
					t.Fatal(err)
				}
				if err := o.Services.SetStatus(ctx, first, data.ServiceCancelled); err != nil {
					t.Fatal(err)
				}
				is("after the first one ended", c.before)
				undo, err := o.Services.Delete(ctx, second)
				if err != nil {
					t.Fatal(err)
				}
				is("after the last one was deleted", c.ended)
				if _, err := o.Undos.Undo(ctx, undo); err != nil {
					t.Fatal(err)
				}
				is("after that was undone", c.begun)
				if err := o.Services.SetStatus(ctx, second, data.ServiceTerminated); err != nil {
					t.Fatal(err)
				}
				is("after the last one ended", c.ended)
				if err := o.Services.SetStatus(ctx, first, data.ServiceActive); err != nil {
					t.Fatal(err)
				}
				is("after one was started again", c.begun)
				o.Sound(t)
			})
		})
	}
}

// CL-14, CR-5: a client's own ways with credit and status are kept, changed and told of in the log.
func TestProfileOfBilling(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		yes, no := true, false
		for _, step := range []struct {
			use  *bool
			keep bool
			log  string
		}{
			{&yes, false, "Credit for new invoices: As the setting says → Always used"},
			{&no, true, "Credit for new invoices: Always used → Never used by itself\nKeep the status when services end or start: no → yes"},
			{nil, true, "Credit for new invoices: Never used by itself → As the setting says"},
		} {
			c := o.Get(t, client)
			p := app.ProfileOf(c)
			p.AutoCredit, p.KeepStatus = step.use, step.keep
			if err := o.Clients.Update(ctx, client, c.Version, p, ""); err != nil {
				t.Fatal(err)
			}
			got := app.ProfileOf(o.Get(t, client))
			if (got.AutoCredit == nil) != (step.use == nil) || step.use != nil && *got.AutoCredit != *step.use || got.KeepStatus != step.keep {
				t.Errorf("stored %v, %v", got.AutoCredit, got.KeepStatus)
			}
			if line := o.Activity(t, client)[0]; line.Details != step.log {
				t.Errorf("the log says %q, want %q", line.Details, step.log)
			}
		}
	})
}
