package data_test

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"clientele/app/billing"
	"clientele/data"
	"clientele/data/datatest"
)

// invoiced stores clients called so, and for each an unpaid invoice, whose number is that of the client with a 10 before it, and a paid one.
func invoiced(t *testing.T, s *data.Store, companies ...string) {
	t.Helper()
	cs := make([]data.Client, len(companies))
	for i, name := range companies {
		cs[i] = datatest.Client(i + 1)
		cs[i].FirstName, cs[i].LastName, cs[i].Company, cs[i].City = "", "", name, ""
	}
	cs = datatest.Add(t, s, cs...)
	err := s.LongWrite(ctx, func(tx *data.Tx) error {
		for i := range cs {
			for n, status := range []data.InvoiceStatus{billing.Unpaid, billing.Paid} {
				number := fmt.Sprintf("%d0%d", n+1, cs[i].ID)
				w := data.WholeInvoice{Invoice: data.Invoice{
					ClientID: cs[i].ID, Number: &number, Status: status, Currency: "GBP", Issued: today, Due: today, TaxMode: string(billing.Exclusive), Subtotal: 100, Total: 100,
				}}
				if status == billing.Paid {
					w.Paid = w.Total
				}
				if err := tx.AddInvoice(&w); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// An invoice is found by its whole number and by anything that finds its client, among those that the other parts of the filter leave.
func TestInvoicesByText(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		invoiced(t, s, "Åkerblom", "Brown & Daughters", "Brown Roofing")
		for _, c := range []struct {
			filter data.InvoiceFilter
			want   []string
		}{
			{data.InvoiceFilter{Text: "akerb"}, []string{"101", "201"}},
			{data.InvoiceFilter{Text: "brown"}, []string{"102", "103", "202", "203"}},
			{data.InvoiceFilter{Text: "brown daugh"}, []string{"102", "202"}},
			{data.InvoiceFilter{Text: "brown", Statuses: []data.InvoiceStatus{billing.Paid}}, []string{"202", "203"}},
			{data.InvoiceFilter{Text: "brown", OverdueOn: today.AddDays(1)}, []string{"102", "103"}},
			{data.InvoiceFilter{Text: "brown", ClientID: 3}, []string{"103", "203"}},
			{data.InvoiceFilter{Text: "brown", Currency: "EUR"}, nil},
			{data.InvoiceFilter{Text: "202"}, []string{"202"}},
			{data.InvoiceFilter{Text: "#101"}, []string{"101"}},
			{data.InvoiceFilter{Text: "20"}, nil},
			{data.InvoiceFilter{Text: "nobody"}, nil},
		} {
			for _, by := range []data.InvoiceSort{data.InvoicesByID, data.InvoicesByDue, data.InvoicesByTotal, data.InvoicesByStatus} {
				var got []string
				err := s.Read(ctx, func(tx *data.Tx) error {
					n, exact, err := tx.CountInvoices(c.filter)
					if err != nil {
						return err
					}
					if n != int64(len(c.want)) || !exact {
						t.Errorf("%+v: counted %d, exact %v, want %d", c.filter, n, exact, len(c.want))
					}
					var at data.Cursor
					for {
						rows, places, err := tx.Invoices(data.InvoiceQuery{Filter: c.filter, Sort: by}, at, false, 1)
						if err != nil || len(rows) == 0 {
							return err
						}
						got, at = append(got, rows[0].Number), places[0]
					}
				})
				slices.Sort(got)
				if err != nil || !slices.Equal(got, c.want) {
					t.Errorf("%+v by %s: %v, %v, want %v", c.filter, by, got, err, c.want)
				}
			}
		}
	})
}

// Where more clients fit than are looked at, the count says that it is not all, and no part of them is exported as if it were all.
func TestInvoicesOfTooMany(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		names := make([]string, data.SearchCap+1)
		for i := range names {
			names[i] = "Brown"
		}
		invoiced(t, s, names...)
		err := s.Read(ctx, func(tx *data.Tx) error {
			n, exact, err := tx.CountInvoices(data.InvoiceFilter{Text: "brown"})
			if n != 2*data.SearchCap || exact {
				t.Errorf("counted %d, exact %v", n, exact)
			}
			if err != nil {
				return err
			}
			if sums, err := tx.SumTransactions(data.TransactionFilter{Text: "brown"}); !errors.Is(err, data.ErrBroad) {
				t.Errorf("a part was added up: %v, %v", sums, err)
			}
			return tx.EachInvoice(data.InvoiceFilter{Text: "brown"}, func([]data.InvoiceRow) error {
				t.Error("a part was read")
				return nil
			})
		})
		if !errors.Is(err, data.ErrBroad) {
			t.Errorf("got %v", err)
		}
	})
}

// The invoices of the clients that were found are looked up by client, however many others there are.
func TestInvoicesByTextUseIndexes(t *testing.T) {
	s := datatest.Open(t)
	invoiced(t, s, "Åkerblom", "Brown & Daughters", "Brown Roofing")
	scan := regexp.MustCompile(`^SCAN invoices`)
	for _, f := range []data.InvoiceFilter{{Text: "brown"}, {Text: "102"}, {Text: "brown", Statuses: []data.InvoiceStatus{billing.Paid}}, {Text: "brown", OverdueOn: today.AddDays(1)}} {
		for _, by := range []data.InvoiceSort{data.InvoicesByID, data.InvoicesByDue, data.InvoicesByTotal} {
			stop := listen(s)
			err := s.Read(ctx, func(tx *data.Tx) error {
				_, _, err := tx.Invoices(data.InvoiceQuery{Filter: f, Sort: by, Descending: true}, nil, false, 50)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, sql := range stop() {
				for _, step := range plan(t, s, sql) {
					if scan.MatchString(step) {
						t.Errorf("%+v by %s: %s\n%s", f, by, step, strings.TrimSpace(sql))
					}
				}
			}
		}
	}
}

// Transactions and services are found by their client too, a transaction by its whole reference besides, with the other parts of the filter.
func TestOthersByText(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		cs := make([]data.Client, 3)
		for i, name := range []string{"Åkerblom", "Brown & Daughters", "Brown Roofing"} {
			cs[i] = datatest.Client(i + 1)
			cs[i].FirstName, cs[i].LastName, cs[i].Company, cs[i].City = "", "", name, ""
		}
		cs = datatest.Add(t, s, cs...)
		err := s.Write(ctx, func(tx *data.Tx) error {
			for i, c := range cs {
				for n := range 2 {
					id := c.ID
					if err := tx.AddTransaction(&data.Transaction{
						ClientID: &id, ClientName: c.Company, Date: today.AddDays(-n), Method: "card", Reference: fmt.Sprintf("R%d%d", i, n), Currency: "GBP", AmountIn: 100,
					}); err != nil {
						return err
					}
					if err := tx.AddService(&data.Service{
						ClientID: id, Description: fmt.Sprintf("R%d%d", i, n), Quantity: int64(billing.One), Currency: "GBP", Amount: 100, Cycle: "monthly", NextDue: today.AddDays(n), AnchorDay: 1,
						Status: data.ServiceActive, Started: today,
					}); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			text           string
			from           int // days ago
			flows, matched []string
		}{
			{"akerb", 9, []string{"R00", "R01"}, []string{"R00", "R01"}},
			{"brown", 9, []string{"R10", "R11", "R20", "R21"}, []string{"R10", "R11", "R20", "R21"}},
			{"brown roof", 0, []string{"R20"}, []string{"R20"}},
			{"R11", 9, []string{"R11"}, nil},
			{"R1", 9, nil, nil},
		} {
			var flows, services []string
			var sum int64
			err := s.Read(ctx, func(tx *data.Tx) error {
				f := data.TransactionFilter{Text: c.text, From: today.AddDays(-c.from)}
				var at data.Cursor
				for {
					rows, places, err := tx.Transactions(data.TransactionQuery{Filter: f}, at, false, 1)
					if err != nil {
						return err
					}
					if len(rows) == 0 {
						break
					}
					flows, at = append(flows, rows[0].Reference), places[0]
				}
				sums, err := tx.SumTransactions(f)
				for _, s := range sums {
					sum += s.N
				}
				if err != nil {
					return err
				}
				q := data.ServiceQuery{Filter: data.ServiceFilter{Text: c.text, DueTo: today.AddDays(c.from)}}
				rows, _, err := tx.Services(q, nil, false, 10)
				for _, r := range rows {
					services = append(services, r.Description)
				}
				if err != nil {
					return err
				}
				n, exact, err := tx.CountServices(q.Filter)
				if n != int64(len(c.matched)) || !exact {
					t.Errorf("%q: %d services counted, exact %v", c.text, n, exact)
				}
				return err
			})
			slices.Sort(flows)
			slices.Sort(services)
			if err != nil || !slices.Equal(flows, c.flows) || !slices.Equal(services, c.matched) || sum != int64(len(c.flows)) {
				t.Errorf("%q: transactions %v of %d, services %v, %v", c.text, flows, sum, services, err)
			}
		}
	})
}
