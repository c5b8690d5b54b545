package app_test

import (
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
)

// The days on which invoices of the ages are due meet without a gap, and each day has one age.
func TestAgesMeet(t *testing.T) {
	today := date.MustNew(2026, 3, 1)
	for _, c := range []struct {
		age      app.Age
		from, to int // days from today; 999 is open
	}{
		{app.AgeLater, 8, 999}, {app.AgeSoon, 0, 7}, {app.AgeMonth, -30, -1}, {app.AgeTwo, -60, -31}, {app.AgeThree, -90, -61}, {app.AgeOldest, 999, -91},
	} {
		from, to := c.age.Due(today)
		day := func(n int) date.Date {
			if n == 999 {
				return date.Date{}
			}
			return today.AddDays(n)
		}
		if from != day(c.from) || to != day(c.to) {
			t.Errorf("age %d is due from %v to %v", c.age, from, to)
		}
		if c.age.Late() != (c.to < 0) {
			t.Errorf("age %d is late: %v", c.age, c.age.Late())
		}
	}
}

// AP-3: what is owed by how late it is, what is due soon, what came in by month; each currency for itself (IN-7).
func TestStanding(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		today := date.Today(o.Clock.Now())
		const old = 100 * 24 * time.Hour
		o.Clock.Advance(-old) // an invoice is published before it is due
		if err := o.Settings.SetValue(ctx, "currency", "GBP"); err != nil {
			t.Fatal(err)
		}
		ann := o.Add(t, "ann@example.com", func(n *app.NewClient) { n.Currency = "GBP" })
		ben := o.Add(t, "ben@example.com", func(n *app.NewClient) { n.Currency = "EUR" })
		owe := func(client int64, currency money.Currency, days int, minor int64) int64 {
			id, err := o.Invoices.Create(ctx, client, app.InvoiceDraft{Due: today.AddDays(days), Lines: []app.InvoiceLine{{Line: billing.Line{
				Description: "Work", Quantity: billing.One, UnitPrice: money.New(minor, currency),
			}}}}, "")
			if err == nil {
				err = o.Invoices.Publish(ctx, id, 1)
			}
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		owe(ann, "GBP", 30, 100)
		owe(ann, "GBP", 8, 50)
		soon := owe(ann, "GBP", 7, 200)
		given := owe(ann, "GBP", -40, 1000)
		first := owe(ann, "GBP", 0, 300)
		owe(ann, "GBP", -1, 400)
		owe(ann, "GBP", -31, 500)
		owe(ann, "GBP", -61, 600)
		late := owe(ann, "GBP", -91, 700)
		owe(ben, "EUR", 3, 5000)
		o.Clock.Advance(old)
		if _, err := o.Transactions.Record(ctx, ann, app.NewPayment{Amount: money.New(250, "GBP"), Method: "card", Invoices: []int64{late}}); err != nil {
			t.Fatal(err)
		}
		if err := o.Invoices.SendToCollections(ctx, given); err != nil {
			t.Fatal(err)
		}
		st, err := o.Home.Stands(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if len(st.Currencies) != 2 || st.Currencies[0].Currency != "GBP" || st.Currencies[1].Currency != "EUR" {
			t.Fatalf("currencies %+v", st.Currencies)
		}
		gbp := st.Currencies[0]
		for age, want := range []int64{150, 500, 400, 500, 600, 450} {
			if got := gbp.Ages[age].Balance; got != money.New(want, "GBP") {
				t.Errorf("age %d: %v, want %d", age, got, want)
			}
		}
		if owed, overdue := gbp.Owed(), gbp.Overdue(); owed.N != 9 || owed.Balance.Minor != 3600 || overdue.N != 4 || overdue.Balance.Minor != 1950 {
			t.Errorf("owed %+v, overdue %+v", owed, overdue)
		}
		if m := gbp.ThisMonth(); m.Month != today.StartOfMonth() || m.In.Minor != 250 || len(gbp.Months) != app.HomeMonths {
			t.Errorf("this month %+v of %d", m, len(gbp.Months))
		}
		if eur := st.Currencies[1]; eur.Owed().Balance != money.New(5000, "EUR") || eur.ThisMonth().N != 0 {
			t.Errorf("in euro %+v", eur)
		}
		if st.DueCount != 3 || len(st.DueSoon) != 3 || st.DueSoon[0].ID != first || st.DueSoon[2].ID != soon {
			t.Errorf("due soon: %d, %+v", st.DueCount, st.DueSoon)
		}
		if !st.Clients || st.Mails[data.MailFailed] != 0 {
			t.Errorf("clients %v, mails %v", st.Clients, st.Mails)
		}
	})
}

// An office without anything has its own currency with nothing in it.
func TestStandingOfNothing(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		st, err := o.Home.Stands(ctx)
		if err != nil || len(st.Currencies) != 1 || st.Currencies[0].Owed().N != 0 || st.Clients {
			t.Errorf("%+v, %v", st, err)
		}
	})
}
