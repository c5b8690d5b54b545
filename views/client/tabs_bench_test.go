package client

import (
	"fmt"
	"testing"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/views/viewtest"
)

// Goal 26: what it takes to open the page of a client and go to one of its tabs, for a client with nothing and for one with 10,000 invoices and as many lines in
// the log, 500 contacts and 2,000 files.
func BenchmarkTabs(bench *testing.B) {
	b := viewtest.New(bench)
	ids := map[string]int64{}
	for _, name := range []string{"nothing", "much"} {
		id, err := b.App.Clients.Add(bench.Context(), app.NewClient{Profile: app.Profile{
			FirstName: "Grace", LastName: "Hopper", Email: name + "@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
		}})
		if err != nil {
			bench.Fatal(err)
		}
		ids[name] = id
	}
	manyFiles(bench, b, ids["much"], 2000)
	muchElse(bench, b, ids["much"])
	for n := 1; n <= len(Open(b.Desk, ids["much"]).parts); n++ {
		for _, name := range []string{"nothing", "much"} {
			p := Open(b.Desk, ids[name])
			p.Tab(n)
			bench.Run(p.Part()+"/"+name, func(bench *testing.B) {
				for bench.Loop() {
					p := Open(b.Desk, ids[name])
					b.Window.SetContent(p.Object())
					p.Tab(n)
				}
			})
		}
	}
}

// muchElse gives a client much of everything but files.
func muchElse(t testing.TB, b *viewtest.Bench, client int64) {
	t.Helper()
	today := date.Today(datatest.Clock())
	err := b.Store.LongWrite(t.Context(), func(tx *data.Tx) error {
		lines := make([]data.Activity, 10_000)
		for i := range lines {
			lines[i] = data.Activity{Who: "Alex", Action: "client.changed", ClientID: &client, Subject: "Grace Hopper", Details: fmt.Sprintf("City: Town %d → Town %d", i, i+1)}
		}
		if err := tx.AddActivity(lines...); err != nil {
			return err
		}
		for i := range 500 {
			c := data.Contact{ClientID: client, FirstName: "Kim", LastName: fmt.Sprint("Contact ", i), Email: fmt.Sprintf("kim%d@example.org", i), MailGeneral: true}
			if err := tx.InsertContact(&c); err != nil {
				return err
			}
		}
		for i := range 10_000 {
			number := fmt.Sprint(i + 1)
			w := data.WholeInvoice{Invoice: data.Invoice{
				ClientID: client, Number: &number, Status: billing.Unpaid, Currency: "GBP", Issued: today, Due: today.AddDays(30), Subtotal: 12_000, Total: 12_000, TaxMode: string(billing.Exclusive), CreatedBy: "Alex",
			}, Lines: []data.InvoiceLine{{Position: 1, Kind: data.LineItem, Description: "Work", Quantity: int64(billing.One), UnitPrice: 12_000, Net: 12_000, Gross: 12_000}}}
			if err := tx.AddInvoice(&w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
