package app

import (
	"context"
	"strconv"

	"clientele/app/billing"
	"clientele/app/exporting"
	"clientele/app/money"
	"clientele/data"
)

// Table is a list ready to be written to a file. Amounts and dates in it are for machines: 1234.50, 2026-11-22.
type Table struct {
	Header []string
	Rows   exporting.Rows
}

// Write writes a table to a file, whole or not at all, and tells how many rows.
func (s *Exports) Write(ctx context.Context, path string, format exporting.Format, t Table, p Progress) (int, error) {
	return writeList(ctx, path, format, t.Header, watched(t.Rows, p))
}

// writeList writes a list to a file, whole or not at all. Why it could not be written, as on a full disk, is said in words.
func writeList(ctx context.Context, path string, format exporting.Format, header []string, rows exporting.Rows) (int, error) {
	var unread error // what failed was reading, so that it is not the folder's fault
	n, err := exporting.File(ctx, path, format, header, func(yield func([]string, error) bool) {
		for row, err := range rows {
			unread = err
			if !yield(row, err) {
				return
			}
		}
	})
	if unread != nil {
		return n, unread
	}
	return n, notSaved(err, path)
}

// Invoices lists the invoices that a filter leaves. All rows are of one moment.
func (s *Exports) Invoices(ctx context.Context, f data.InvoiceFilter) Table {
	header := []string{
		"ID", "Number", "Client ID", "Client Name", "Status", "Currency", "Date", "Due Date", "Subtotal", "Tax", "Total", "Credit", "Paid", "Balance",
	}
	return table(ctx, s, header, func(tx *data.Tx, each func([]data.InvoiceRow) error) error {
		return tx.EachInvoice(f, each)
	}, func(r data.InvoiceRow) []string {
		return []string{
			id(r.ID), r.Number, id(r.ClientID), r.ClientName, string(r.Status), r.Currency, r.Issued.String(), r.Due.String(), plain(r.Subtotal, r.Currency),
			plain(r.Tax, r.Currency), plain(r.Total, r.Currency), plain(r.Credit, r.Currency), plain(r.Paid, r.Currency), plain(r.Balance(), r.Currency),
		}
	})
}

// Transactions lists the transactions that a filter leaves, with those of clients who were deleted. All rows are of one moment.
func (s *Exports) Transactions(ctx context.Context, f data.TransactionFilter) Table {
	header := []string{"ID", "Client ID", "Client Name", "Date", "Method", "Description", "Reference", "Currency", "In", "Fees", "Out", "Invoices"}
	return table(ctx, s, header, func(tx *data.Tx, each func([]data.Transaction) error) error { return tx.EachTransaction(f, each) }, func(t data.Transaction) []string {
		client := ""
		if t.ClientID != nil {
			client = id(*t.ClientID)
		}
		return []string{
			id(t.ID), client, t.ClientName, t.Date.String(), t.Method, t.Description, t.Reference, t.Currency,
			plain(t.AmountIn, t.Currency), plain(t.Fees, t.Currency), plain(t.AmountOut, t.Currency), t.Invoices,
		}
	})
}

// Services lists the services that a filter leaves. All rows are of one moment.
func (s *Exports) Services(ctx context.Context, f data.ServiceFilter) Table {
	header := []string{"ID", "Client ID", "Client Name", "Description", "Quantity", "Currency", "Amount", "Set-up Fee", "Taxed", "Cycle", "Next Due", "Status", "Started"}
	return table(ctx, s, header, func(tx *data.Tx, each func([]data.ServiceRow) error) error { return tx.EachService(f, each) }, func(r data.ServiceRow) []string {
		return []string{
			id(r.ID), id(r.ClientID), r.ClientName, r.Description, billing.Quantity(r.Quantity).FormatPlain(), r.Currency, plain(r.Amount, r.Currency), plain(r.SetupFee, r.Currency),
			tick(r.Taxed), r.Cycle, r.NextDue.String(), string(r.Status), r.Started.String(),
		}
	})
}

// Credit lists the whole credit ledger of all clients, adjustments and reversals too, so that each client's rows add up to the balance. All rows are of one
// moment.
func (s *Exports) Credit(ctx context.Context) Table {
	header := []string{"ID", "Client ID", "Date", "Kind", "Description", "Currency", "Amount", "Invoice ID", "Transaction ID", "Reverses", "By"}
	return table(ctx, s, header, func(tx *data.Tx, each func([]data.CreditMove) error) error { return tx.EachCreditMove(each) }, func(m data.CreditMove) []string {
		ref := func(n *int64) string {
			if n == nil {
				return ""
			}
			return id(*n)
		}
		return []string{
			id(m.ID), id(m.ClientID), m.Date.String(), string(m.Kind), m.Description, m.Currency, plain(m.Amount, m.Currency), ref(m.InvoiceID), ref(m.TransactionID),
			ref(m.Reverses), m.Who,
		}
	})
}

// table makes rows of what each reads.
func table[T any](ctx context.Context, s *Exports, header []string, each func(*data.Tx, func([]T) error) error, row func(T) []string) Table {
	return Table{header, func(yield func([]string, error) bool) {
		stop := false
		err := known(s.store.LongSnapshot(ctx, func(tx *data.Tx) error {
			return each(tx, func(all []T) error {
				for _, one := range all {
					if !yield(row(one), nil) {
						stop = true
						return errNoMore
					}
				}
				return ctx.Err()
			})
		}))
		if err != nil && !stop {
			yield(nil, err)
		}
	}}
}

func id(n int64) string { return strconv.FormatInt(n, 10) }

func plain(minor int64, currency string) string {
	return money.New(minor, money.Currency(currency)).FormatPlain()
}
