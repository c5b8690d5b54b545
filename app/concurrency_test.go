package app_test

import (
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/data"
)

// R7, CR-9, IN-2: many writers at once, of two desktops, on the credit, the invoices and the payments of few clients: each act that was answered is counted once, the sums
// are exact, and invoice numbers have no gap and no double.
func TestManyWriters(t *testing.T) {
	const writers = 32
	rounds := 6
	if apptest.RaceDetector {
		rounds = 1
	}
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		desktops := []*apptest.Office{o}
		if o.Shared() {
			desktops = append(desktops, o.Colleague(t))
		}
		clients := []int64{o.Add(t, "a@example.com", nil), o.Add(t, "b@example.com", nil)}
		o.Change(t, func(s *app.Settings) { s.AutoApplyCredit, s.BusinessName = false, "Northwind Studio" })
		var wg sync.WaitGroup
		errs := make([]error, writers)
		for w := range writers {
			wg.Go(func() {
				desk, client := desktops[w%len(desktops)], clients[w%2]
				for range rounds {
					if errs[w] = work(desk, client); errs[w] != nil {
						return
					}
				}
			})
		}
		wg.Wait()
		for w, err := range errs {
			if err != nil {
				t.Fatalf("writer %d: %v", w, err)
			}
		}
		for _, id := range clients {
			c := o.Get(t, id)
			each := int64(writers / 2 * rounds)
			if c.Credit != each*(100+5) || c.Owed != each*(1000-300) {
				t.Errorf("credit %d, owed %d after %d rounds", c.Credit, c.Owed, each)
			}
		}
		var numbers []int
		rows, _, err := o.Invoices.Page(ctx, data.InvoiceQuery{}, nil, false, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			n, err := strconv.Atoi(r.Number)
			if err != nil {
				t.Fatal(err)
			}
			numbers = append(numbers, n)
		}
		slices.Sort(numbers)
		for i, n := range numbers {
			if n != i+1 {
				t.Fatalf("the numbers of %d invoices have a gap or a double at %d: %v", len(numbers), i, numbers)
			}
		}
		if len(numbers) != writers*rounds {
			t.Errorf("%d invoices", len(numbers))
		}
		report, err := o.Checks.Run(ctx, app.Quiet{})
		if err != nil || !report.Sound() {
			t.Errorf("%+v %v", report.Checks, err)
		}
	})
}

// work gives credit, publishes an invoice of 10.00 and pays 3.00 of it, and pays 0.05 to credit.
func work(o *apptest.Office, client int64) error {
	if _, err := o.Credit.Add(ctx, client, app.NewCredit{Description: "Goodwill", Amount: pounds(100)}); err != nil {
		return fmt.Errorf("credit: %w", err)
	}
	line := app.InvoiceLine{Line: billing.Line{Description: "Work", Quantity: billing.One, UnitPrice: pounds(1000)}}
	id, err := o.Invoices.Create(ctx, client, app.InvoiceDraft{Lines: []app.InvoiceLine{line}}, "")
	if err == nil {
		err = o.Invoices.Publish(ctx, id, 1)
	}
	if err != nil {
		return fmt.Errorf("invoice: %w", err)
	}
	for _, p := range []app.NewPayment{{Amount: pounds(300), Invoices: []int64{id}}, {Amount: money.New(5, "GBP")}} {
		if _, err := o.Transactions.Record(ctx, client, p); err != nil {
			return fmt.Errorf("payment: %w", err)
		}
	}
	return nil
}
