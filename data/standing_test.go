package data_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/data"
	"clientele/data/datatest"
)

// today is the day on which the sums of the first page are asked for.
var today = date.MustNew(2026, 11, 20)

// moneyRows fills a store with invoices of all kinds and transactions, over some years and currencies.
func moneyRows(t testing.TB, s *data.Store, n int, pick func(most int) int) {
	t.Helper()
	currencies := []string{"GBP", "EUR", "JPY"}
	err := s.LongWrite(ctx, func(tx *data.Tx) error {
		for i := range n {
			c := currencies[pick(len(currencies))]
			status := billing.InvoiceStatuses()[pick(len(billing.InvoiceStatuses()))]
			day := today.AddDays(pick(500) - 400)
			total := int64(pick(100_000))
			w := data.WholeInvoice{Invoice: data.Invoice{
				ClientID: int64(pick(5) + 1), Status: status, Currency: c, Issued: day, Due: day, Subtotal: total, Total: total, Paid: total / int64(pick(3)+2), TaxMode: string(billing.Exclusive),
			}}
			if status != billing.Draft {
				number := fmt.Sprint(i)
				w.Number = &number
			}
			if err := tx.AddInvoice(&w); err != nil {
				return err
			}
			id := w.ClientID
			tr := data.Transaction{ClientID: &id, Date: day, Currency: c, AmountIn: total, Fees: total / 10, AmountOut: int64(pick(50))}
			if err := tx.AddTransaction(&tr); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// AP-3: what the first page shows is what one gets by looking through all invoices and transactions (goal 5).
func TestStandingEqualsAScan(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		datatest.Add(t, s, datatest.Client(1), datatest.Client(2), datatest.Client(3), datatest.Client(4), datatest.Client(5))
		moneyRows(t, s, 120, rand.New(rand.NewPCG(1, 2)).IntN) // the same each time
		days := []date.Date{today.AddDays(-60), today, today.AddDays(8)}
		first := today.StartOfMonth().AddMonths(-11, 1)
		err := s.Read(ctx, func(tx *data.Tx) error {
			var all []data.Invoice
			if err := tx.DB().Find(&all).Error; err != nil {
				return err
			}
			type key struct {
				currency string
				part     string
			}
			want, got := map[key][2]int64{}, map[key][2]int64{}
			add := func(to map[key][2]int64, currency, part string, n, sum int64) {
				v := to[key{currency, part}]
				to[key{currency, part}] = [2]int64{v[0] + n, v[1] + sum}
			}
			for _, i := range all {
				add(want, i.Currency, string(i.Status), 1, i.Balance())
				if i.Status == billing.Unpaid {
					span := slices.IndexFunc(days, func(d date.Date) bool { return i.Due.Before(d) })
					if span < 0 {
						span = len(days)
					}
					add(want, i.Currency, fmt.Sprint(span), 1, i.Balance())
				}
			}
			var moved []data.Transaction
			if err := tx.DB().Find(&moved).Error; err != nil {
				return err
			}
			for _, m := range moved {
				if month := m.Date.StartOfMonth(); !month.Before(first) && !month.After(today) {
					add(want, m.Currency, month.String(), 1, m.AmountIn-m.Fees-m.AmountOut)
				}
			}
			dues, err := tx.DueSums(days...)
			if err != nil {
				return err
			}
			for _, d := range dues {
				add(got, d.Currency, fmt.Sprint(d.Span), d.N, d.Balance)
			}
			counts, err := tx.InvoiceCounts()
			if err != nil {
				return err
			}
			for _, c := range counts {
				add(got, c.Currency, string(c.Status), c.N, c.Balance)
			}
			flows, err := tx.MonthFlows(first, today.StartOfMonth())
			if err != nil {
				return err
			}
			for _, f := range flows {
				add(got, f.Currency, f.Month.String(), f.N, f.In-f.Fees-f.Out)
			}
			if len(want) < 30 || fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%d sums differ:\n%v\nfrom the scan's:\n%v", len(want), got, want)
			}
			return listsBehind(t, tx, all)
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// listsBehind compares what a list behind a figure counts and shows with the invoices.
func listsBehind(t *testing.T, tx *data.Tx, all []data.Invoice) error {
	unpaid := []data.InvoiceStatus{billing.Unpaid}
	for _, f := range []data.InvoiceFilter{
		{Statuses: unpaid, DueFrom: today, DueTo: today.AddDays(7)},
		{Statuses: unpaid, DueTo: today.AddDays(-31), Currency: "EUR"},
		{OverdueOn: today, Currency: "GBP"},
		{OverdueOn: today, ClientID: 2, Currency: "GBP"},
		{Statuses: []data.InvoiceStatus{billing.Unpaid, billing.Collections}, Currency: "JPY"},
		{Statuses: []data.InvoiceStatus{billing.Collections}, OverdueOn: today},
		{ClientID: 3, Currency: "GBP"},
		{},
		{Currency: "GBP"},
		{Statuses: unpaid},
	} {
		want, sums := int64(0), map[string]data.CurrencySum{}
		for _, i := range all {
			if (len(f.Statuses) == 0 || slices.Contains(f.Statuses, i.Status)) && (f.OverdueOn.IsZero() || i.Status == billing.Unpaid && i.Due.Before(f.OverdueOn)) &&
				(f.DueFrom.IsZero() || !i.Due.Before(f.DueFrom)) && (f.DueTo.IsZero() || !i.Due.After(f.DueTo)) && (f.Currency == "" || f.Currency == i.Currency) &&
				(f.ClientID == 0 || f.ClientID == i.ClientID) {
				want++
				s := sums[i.Currency]
				s.Currency, s.N, s.Total = i.Currency, s.N+1, s.Total+i.Total
				if i.Status == billing.Unpaid || i.Status == billing.Collections {
					s.Owed += i.Balance()
				}
				sums[i.Currency] = s
			}
		}
		got, exact, err := tx.SumInvoices(f)
		if err != nil {
			return err
		}
		if !exact || len(got) != len(sums) || slices.ContainsFunc(got, func(s data.CurrencySum) bool { return s != sums[s.Currency] }) {
			t.Errorf("%+v: comes to %+v, want %+v", f, got, sums)
		}
		n, exact, err := tx.CountInvoices(f)
		if err != nil {
			return err
		}
		rows, _, err := tx.Invoices(data.InvoiceQuery{Filter: f, Sort: data.InvoicesByDue}, nil, false, 500)
		if err != nil {
			return err
		}
		if n != want || !exact || int64(len(rows)) != want {
			t.Errorf("%+v: counted %d, exact %v, %d rows, want %d", f, n, exact, len(rows), want)
		}
	}
	return nil
}

// Goal 5 by its shape: the first page reads sums, and the few invoices that it names by their index.
func TestStandingShape(t *testing.T) {
	s, a := billed(t)
	stop := listen(s)
	st, err := a.Home.Stands(ctx)
	statements := reads(stop())
	if err != nil || len(st.Currencies) == 0 {
		t.Fatalf("%+v, %v", st, err)
	}
	if len(statements) > 10 {
		t.Errorf("%d statements:\n%s", len(statements), strings.Join(statements, "\n"))
	}
	for _, sql := range statements {
		for _, step := range plan(t, s, sql) {
			for _, table := range []string{"clients", "invoices", "transactions", "mails"} {
				if strings.HasPrefix(step, "SCAN "+table+" ") || step == "SCAN "+table {
					t.Errorf("%s\n%s", step, sql)
				}
			}
		}
	}
}

// The list behind a figure finds its unpaid invoices by their index, in every currency.
func TestUnpaidListShape(t *testing.T) {
	s, _ := billed(t)
	for _, f := range []data.InvoiceFilter{
		{Statuses: []data.InvoiceStatus{billing.Unpaid}, DueTo: today, Currency: "EUR"},
		{OverdueOn: today, Currency: "EUR"},
		{Statuses: []data.InvoiceStatus{billing.Unpaid}, DueFrom: today, DueTo: today.AddDays(7)},
	} {
		stop := listen(s)
		err := s.Read(ctx, func(tx *data.Tx) error {
			_, _, err := tx.Invoices(data.InvoiceQuery{Filter: f, Sort: data.InvoicesByDue}, nil, false, 50)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, sql := range reads(stop()) {
			for _, step := range plan(t, s, sql) {
				found = found || strings.Contains(step, "INDEX invoices_unpaid")
				if strings.HasPrefix(step, "SCAN invoices") {
					t.Errorf("%s\n%s", step, sql)
				}
			}
		}
		if !found {
			t.Errorf("%+v does not use the index of unpaid invoices", f)
		}
	}
}
