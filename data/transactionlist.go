package data

import (
	"fmt"
	"strings"

	"clientele/app/date"
)

// TransactionFilter says which transactions a list shows. The zero value shows all.
type TransactionFilter struct {
	ClientID int64
	From     date.Date // both days included; no date means open
	To       date.Date
	Method   string // empty means any
	Currency string // empty means any
	// Text, where there is any, leaves those with that whole reference and those of the clients that a search for it finds, of the first SearchCap of them.
	Text string

	named *named // what Text stands for, once it was looked up
}

// TransactionQuery is a filtered list, sorted by date and then in the order in which they were entered.
type TransactionQuery struct {
	Filter     TransactionFilter
	Descending bool
}

// Transactions reads up to n rows of a list after a place, or before it with back. See Tx.Clients for places.
func (tx *Tx) Transactions(q TransactionQuery, at Cursor, back bool, n int) ([]Transaction, []Cursor, error) {
	if err := tx.look(q.Filter.Text, &q.Filter.named); err != nil {
		return nil, nil, err
	}
	l := listing{
		gather: q.Filter.Text != "", // those of some clients lie anywhere among the days
		table:  "transactions", sort: "date", desc: q.Descending,
		columns: "id, client_id, client_name, date, method, description, reference, currency, amount_in, fees, amount_out, refund_of, invoices, created_at, who, version",
	}
	l.where, l.args = q.Filter.where()
	return page(tx, l, at, back, n, func(t *Transaction) []any {
		return []any{
			&t.ID, &t.ClientID, &t.ClientName, &t.Date, &t.Method, &t.Description, &t.Reference, &t.Currency, &t.AmountIn, &t.Fees, &t.AmountOut,
			&t.RefundOf, &t.Invoices, &t.CreatedAt, &t.Who, &t.Version,
		}
	})
}

func (f TransactionFilter) where() (conditions []string, args []any) {
	add := func(c string, a ...any) {
		conditions = append(conditions, c)
		args = append(args, a...)
	}
	if f.ClientID != 0 {
		add("client_id = ?", f.ClientID)
	}
	if !f.From.IsZero() {
		add("date >= ?", f.From)
	}
	if !f.To.IsZero() {
		add("date <= ?", f.To)
	}
	if f.Method != "" {
		add("method = ?", f.Method)
	}
	if f.Currency != "" {
		add("currency = ?", f.Currency)
	}
	if f.named != nil {
		c, a := f.named.where("reference = ? AND reference <> ''")
		add(c, a...)
	}
	return conditions, args
}

// SumTransactions adds up what a filter leaves, by currency. Without a filter, and with one of a client alone, the sums are kept ready; else each row that is
// left is looked at. ErrBroad is as with EachInvoice.
func (tx *Tx) SumTransactions(f TransactionFilter) ([]Flow, error) {
	if err := tx.whole(f.Text, &f.named); err != nil {
		return nil, err
	}
	table, n := "transactions", "count(*)"
	where, args := f.where()
	switch (TransactionFilter{ClientID: f.ClientID, Currency: f.Currency}) {
	case f:
		if f.ClientID != 0 {
			table, n = "transaction_totals", "sum(n)"
		} else {
			table, n = "month_totals", "sum(n)"
		}
	}
	query := fmt.Sprintf("SELECT currency, %s, sum(amount_in), sum(fees), sum(amount_out) FROM %s", n, table)
	if len(where) > 0 {
		query += " WHERE " + strings.Join(where, " AND ")
	}
	return scan(tx.db.Raw(query+fmt.Sprintf(" GROUP BY currency HAVING %s <> 0 ORDER BY currency", n), args...),
		func(f *Flow) []any { return []any{&f.Currency, &f.N, &f.In, &f.Fees, &f.Out} })
}

// Methods lists the methods of transactions, most used first, up to n.
func (tx *Tx) Methods(n int) ([]string, error) {
	var all []string
	err := tx.db.Raw("SELECT method FROM (SELECT method FROM transactions ORDER BY date DESC, id DESC LIMIT 2000) t WHERE method <> '' GROUP BY method ORDER BY count(*) DESC, method LIMIT ?", n).Scan(&all).Error
	return all, err
}
