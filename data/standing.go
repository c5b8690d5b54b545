package data

import (
	"fmt"
	"strings"

	"clientele/app/date"
)

// DueSum is what the unpaid invoices of one currency come to that are due in one span of days.
type DueSum struct {
	Currency string
	Span     int // counted from 0, the span before the first of the days that were given
	N        int64
	Balance  int64
}

// DueSums adds up the unpaid invoices by currency and by the span their due date lies in: before the first of the days, from the first to the day before the
// second, and so on; the last span has no end. days go up. It reads the sums that are kept by day, and no invoice.
func (tx *Tx) DueSums(days ...date.Date) ([]DueSum, error) {
	var span strings.Builder
	args := make([]any, len(days))
	for i, d := range days {
		fmt.Fprintf(&span, " WHEN due < ? THEN %d", i)
		args[i] = d
	}
	return scan(tx.db.Raw(fmt.Sprintf(`SELECT currency, CASE%s ELSE %d END, CAST(sum(n) AS BIGINT), CAST(sum(balance) AS BIGINT)
		FROM open_totals WHERE n <> 0 GROUP BY 1, 2 ORDER BY 1, 2`, span.String(), len(days)), args...),
		func(s *DueSum) []any { return []any{&s.Currency, &s.Span, &s.N, &s.Balance} })
}

// InvoiceCount is what all invoices of one status and currency come to, in minor units.
type InvoiceCount struct {
	InvoiceTotal
	Currency string
}

// InvoiceCounts reads what all invoices come to, by status and currency.
func (tx *Tx) InvoiceCounts() ([]InvoiceCount, error) {
	return scan(tx.db.Raw("SELECT status, currency, n, total, balance FROM invoice_counts WHERE n <> 0 ORDER BY currency, status"),
		func(c *InvoiceCount) []any { return []any{&c.Status, &c.Currency, &c.N, &c.Total, &c.Balance} })
}

// MonthFlow is money in and out in one currency and month, in minor units.
type MonthFlow struct {
	Flow
	Month date.Date // its first day
}

// MonthFlows reads what came in and went out by currency and month, in the months from the one to the other, both included and each told by its first day.
func (tx *Tx) MonthFlows(from, to date.Date) ([]MonthFlow, error) {
	return scan(tx.db.Raw("SELECT currency, month, n, amount_in, fees, amount_out FROM month_totals WHERE month BETWEEN ? AND ? AND n <> 0 ORDER BY currency, month", from, to),
		func(f *MonthFlow) []any {
			return []any{&f.Currency, &f.Month, &f.N, &f.In, &f.Fees, &f.Out}
		})
}
