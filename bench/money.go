//go:build unix

package main

import (
	"context"
	"fmt"
	"time"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/data"
)

// invoicesEach is how many invoices each client of the fixture has, the first of them paid.
const invoicesEach = 3

// fillMoney gives every client invoices and a payment, straight into the store: made by the rules they would take hours at a million clients. The sums are kept
// right as the store keeps them. It does nothing where there is money already.
func fillMoney(ctx context.Context, b *bench) error {
	s := b.fixture.store
	var there bool
	err := s.Read(ctx, func(tx *data.Tx) (err error) {
		there, err = tx.HasMoney(1)
		return err
	})
	if there || err != nil {
		return err
	}
	b.fixture.changed = true
	const batch = 2000
	for from := 1; from <= b.n; from += batch {
		err := s.LongWrite(ctx, func(tx *data.Tx) error {
			for id := from; id < min(from+batch, b.n+1); id++ {
				if err := billClient(tx, int64(id), 0, invoicesEach); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// billClient gives a client n published invoices more than it has. The first is paid, the second due on the day of the bench, and the others are owed later.
func billClient(tx *data.Tx, id int64, before, n int) error {
	c, err := tx.Client(id)
	if err != nil {
		return err
	}
	for i := range n {
		number := fmt.Sprintf("%d-%d", id, before+i+1)
		w := data.WholeInvoice{Invoice: data.Invoice{
			ClientID: id, Number: &number, Status: billing.Unpaid, Currency: c.Currency, Issued: day.AddDays(-60 + 30*min(i, 2)), Due: day.AddDays(-30 + 30*min(i, 2)),
			Subtotal: 12_000, Total: 12_000, TaxMode: string(billing.Exclusive), CreatedBy: "bench",
		}, Lines: []data.InvoiceLine{{Position: 1, Kind: data.LineItem, Description: "Work", Quantity: int64(billing.One), UnitPrice: 12_000, Net: 12_000, Gross: 12_000}}}
		if i == 0 {
			w.Status, w.Paid, w.PaidOn = billing.Paid, w.Total, day
		}
		if err := tx.AddInvoice(&w); err != nil {
			return err
		}
		if i > 0 {
			continue
		}
		t := data.Transaction{ClientID: &id, ClientName: c.LastName, Date: day, Method: "card", Description: "Payment", Currency: c.Currency, AmountIn: w.Total, Fees: 100, Invoices: number, Who: "bench"}
		if err := tx.AddTransaction(&t); err != nil {
			return err
		}
		if err := tx.AddPayments([]data.Payment{{TransactionID: t.ID, InvoiceID: w.ID, Amount: w.Total}}); err != nil {
			return err
		}
	}
	return nil
}

// equip gives a client two contacts, three notes and five mails, so that its page has something to show.
func equip(ctx context.Context, s *data.Store, id int64) error {
	return s.LongWrite(ctx, func(tx *data.Tx) error {
		for i := range 2 {
			c := data.Contact{ClientID: id, FirstName: "Con", LastName: fmt.Sprint("Tact ", i), Email: fmt.Sprintf("contact%d.%d@example.com", id, i), MailGeneral: true}
			if err := tx.InsertContact(&c); err != nil {
				return err
			}
		}
		for i := range 3 {
			if err := tx.AddNote(&data.Note{ClientID: id, Body: fmt.Sprint("Note ", i, " on what was said on the telephone."), CreatedBy: "bench", UpdatedBy: "bench"}); err != nil {
				return err
			}
		}
		for i := range 5 {
			m := data.Mail{
				MessageID: fmt.Sprintf("%d.%d@bench.invalid", id, i), Kind: "message", Category: string(app.General), ClientID: &id, Recipients: "[]",
				ToLine: "ada@example.com", Subject: "Hello", BodyText: "Hello", State: data.MailSuppressed, Who: "bench",
			}
			if err := tx.QueueMail(&m); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *bench) app() *app.App {
	return app.New(app.Params{Store: b.fixture.store, Now: time.Now, Who: "bench"})
}

// overview is goal 4: what the page of a client shows first. By hand it is the same in as many plain statements.
func overview(ctx context.Context, b *bench) error {
	if err := fillMoney(ctx, b); err != nil {
		return err
	}
	const samples = 200
	a := b.app()
	id := func(i int) int64 { return int64(1 + (i*7919)%b.n) }
	for i := range samples {
		if err := equip(ctx, b.fixture.store, id(i)); err != nil {
			return err
		}
	}
	today := int64(day.Days())
	f, err := b.compare(ctx, act{
		goal: 4, name: "a client's overview", samples: samples,
		ours: func(i int) error {
			_, err := a.Clients.Overview(ctx, id(i))
			return err
		},
		plain: func(i int) []statement {
			of := []any{id(i)}
			return []statement{
				{"SELECT * FROM clients WHERE id = ?", of},
				{"SELECT * FROM custom_values WHERE client_id = ?", of},
				{"SELECT * FROM contacts WHERE client_id = ? ORDER BY id", of},
				{`SELECT 'invoices', status, n, total, balance, 0 FROM invoice_totals WHERE client_id = ?1 AND n <> 0
					UNION ALL SELECT 'overdue', 'Unpaid', count(*), coalesce(sum(total), 0), coalesce(sum(total - credit - paid), 0), 0 FROM invoices
					WHERE client_id = ?1 AND status = 'Unpaid' AND status IN ('Unpaid', 'Collections') AND due < ?2
					UNION ALL SELECT 'flows', currency, n, amount_in, fees, amount_out FROM transaction_totals WHERE client_id = ?1 AND n <> 0`, []any{id(i), today}},
				{"SELECT id, message_id, kind, category, recipients, to_line, subject, state FROM mails WHERE client_id = ? ORDER BY id DESC LIMIT 5", of},
				{"SELECT * FROM files WHERE client_id = ? ORDER BY id DESC LIMIT 6", of},
				{"SELECT * FROM notes WHERE client_id = ? ORDER BY id DESC LIMIT 4", of},
				{"SELECT * FROM notes WHERE client_id = ? AND sticky = 1 ORDER BY id DESC LIMIT 3", of},
			}
		},
	})
	if err != nil {
		return err
	}
	f.ratio(15).within(2 * time.Millisecond).flat(2)
	return nil
}

// manyInvoices is goal 26 for money: what the page of a client with 10,000 invoices reads beside that of one with a page of them. A client without any is cheaper
// still, because nothing is cheaper to read than something.
func manyInvoices(ctx context.Context, b *bench) error {
	b.fixture.changed = true
	full, some := int64(b.n), int64(b.n-1)
	for id, n := range map[int64]int{full: 10_000, some: page} {
		err := b.fixture.store.LongWrite(ctx, func(tx *data.Tx) error { return billClient(tx, id, invoicesEach, n) })
		if err != nil {
			return err
		}
	}
	a := b.app()
	for _, tab := range []struct {
		name string
		read func(id int64) error
	}{
		{"the overview", func(id int64) error { _, err := a.Clients.Overview(ctx, id); return err }},
		{"Invoices", func(id int64) error {
			q := data.InvoiceQuery{Filter: data.InvoiceFilter{ClientID: id}, Sort: data.InvoicesByID, Descending: true}
			_, _, err := a.Invoices.Page(ctx, q, nil, false, page)
			return err
		}},
	} {
		f := &figure{goal: 26, act: tab.name + " of a client with 10,000 invoices", n: b.n, against: "one with a page"}
		var ours, p99, theirs []int64
		for round := range b.rounds + 1 {
			mine, err := repeat(100, func(int) error { return tab.read(full) })
			if err != nil {
				return err
			}
			less, err := repeat(100, func(int) error { return tab.read(some) })
			if err != nil {
				return err
			}
			if round == 0 {
				continue
			}
			m, o := cpuOf(mine), cpuOf(less)
			ours, p99, theirs = append(ours, int64(m.p50())), append(p99, int64(m.p99())), append(theirs, int64(o.p50()))
			f.ratios = append(f.ratios, float64(m.p50())/float64(max(1, o.p50())))
		}
		f.ours, f.p99, f.beside = duration(ours), duration(p99), duration(theirs)
		b.table.add(f).ratio(2).flat(2)
	}
	return nil
}

// savesMoney is goal 17 for what is saved most: a payment of one invoice, and credit.
func savesMoney(ctx context.Context, b *bench) error {
	if err := fillMoney(ctx, b); err != nil {
		return err
	}
	a := b.app()
	paid, given := 0, 0
	amountFor := func(id int64, minor int64) (money.Money, error) {
		var c data.Client
		err := b.fixture.store.Read(ctx, func(tx *data.Tx) (err error) {
			c, err = tx.Client(id)
			return err
		})
		return money.New(minor, money.Currency(c.Currency)), err
	}
	err := b.save("record a payment of one invoice (wall)", func() error {
		client := int64(1 + paid%b.n)
		invoice := int64(invoicesEach*(paid%b.n) + 2) // the fixture's invoices have their clients' order
		paid++
		amount, err := amountFor(client, 12_000)
		if err != nil {
			return err
		}
		_, err = a.Transactions.Record(ctx, client, app.NewPayment{Amount: amount, Method: "card", Invoices: []int64{invoice}, Key: fmt.Sprint("pay", paid)})
		return err
	})
	if err != nil {
		return err
	}
	return b.save("add credit by the rules (wall)", func() error {
		client := int64(1 + given%b.n)
		given++
		amount, err := amountFor(client, 500)
		if err != nil {
			return err
		}
		_, err = a.Credit.Add(ctx, client, app.NewCredit{Description: "Goodwill", Amount: amount, Key: fmt.Sprint("give", given)})
		return err
	})
}
