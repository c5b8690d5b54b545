package app

import (
	"context"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
)

// BillingSummary is what the Billing panel shows of a client (SU-1). All amounts are in the client's currency.
type BillingSummary struct {
	Invoices map[billing.InvoiceStatus]InvoiceSum
	Overdue  InvoiceSum  // those Unpaid past their due date; they are among Unpaid too
	Gross    money.Money // all that came in
	Expenses money.Money // fees and refunds
	Net      money.Money // Gross − Expenses
	Credit   money.Money
	Owed     money.Money // what Unpaid invoices and those in collections come to
}

// InvoiceSum is how many invoices there are and what they come to.
type InvoiceSum struct {
	N       int64
	Total   money.Money
	Balance money.Money
}

// Summary reads what a client's invoices and transactions come to.
func (s *Invoices) Summary(ctx context.Context, clientID int64) (b BillingSummary, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		c, err := tx.Client(clientID)
		if err != nil {
			return err
		}
		b, err = billingSummary(tx, c, date.Today(s.now()))
		return err
	})
	return b, err
}

func billingSummary(tx *data.Tx, c data.Client, today date.Date) (BillingSummary, error) {
	currency := money.Currency(c.Currency)
	amount := func(minor int64) money.Money { return money.New(minor, currency) }
	sum := func(t data.InvoiceTotal) InvoiceSum { return InvoiceSum{t.N, amount(t.Total), amount(t.Balance)} }
	b := BillingSummary{Invoices: map[billing.InvoiceStatus]InvoiceSum{}, Credit: amount(c.Credit), Owed: amount(c.Owed), Gross: amount(0), Expenses: amount(0)}
	for _, status := range billing.InvoiceStatuses() {
		b.Invoices[status] = sum(data.InvoiceTotal{})
	}
	of, err := tx.Billing(c.ID, today)
	if err != nil {
		return b, err
	}
	for _, t := range of.Invoices {
		b.Invoices[t.Status] = sum(t)
	}
	b.Overdue = sum(of.Overdue)
	for _, f := range of.Flows {
		if f.Currency == c.Currency {
			b.Gross, b.Expenses = amount(f.In), amount(f.Fees+f.Out)
		}
	}
	b.Net, err = b.Gross.Sub(b.Expenses)
	return b, err
}
