package data

import (
	"fmt"
	"slices"
	"strings"

	"clientele/app/date"
)

// InvoiceTotal is what a client's invoices of one status come to, in minor units of the client's currency.
type InvoiceTotal struct {
	Status  InvoiceStatus
	N       int64
	Total   int64
	Balance int64
}

// Flow is money in and out in one currency, in minor units.
type Flow struct {
	Currency string
	N        int64
	In       int64
	Fees     int64
	Out      int64
}

// Billing is what a client's invoices and transactions come to.
type Billing struct {
	Invoices []InvoiceTotal // by status; of those without invoices there is none
	Overdue  InvoiceTotal   // those Unpaid past their due date, which are among Unpaid too
	Flows    []Flow         // by currency
}

// Billing reads what a client's invoices and transactions come to, in one statement: sums that are kept, and the few invoices that are overdue.
func (tx *Tx) Billing(clientID int64, today date.Date) (Billing, error) {
	type row struct {
		part, name string
		n, a, b, c int64
	}
	rows, err := scan(tx.db.Raw(`SELECT 'invoices', status, n, total, balance, 0 FROM invoice_totals WHERE client_id = ? AND n <> 0
		UNION ALL
		SELECT 'overdue', 'Unpaid', count(*), CAST(coalesce(sum(total), 0) AS BIGINT), CAST(coalesce(sum(total - credit - paid), 0) AS BIGINT), 0 FROM invoices
		WHERE client_id = ? AND status = 'Unpaid' AND status IN ('Unpaid', 'Collections') AND due < ?
		UNION ALL
		SELECT 'flows', currency, n, amount_in, fees, amount_out FROM transaction_totals WHERE client_id = ? AND n <> 0`, clientID, clientID, today, clientID),
		func(r *row) []any { return []any{&r.part, &r.name, &r.n, &r.a, &r.b, &r.c} })
	var b Billing
	for _, r := range rows {
		switch r.part {
		case "invoices":
			b.Invoices = append(b.Invoices, InvoiceTotal{InvoiceStatus(r.name), r.n, r.a, r.b})
		case "overdue":
			b.Overdue = InvoiceTotal{InvoiceStatus(r.name), r.n, r.a, r.b}
		default:
			b.Flows = append(b.Flows, Flow{r.name, r.n, r.a, r.b, r.c})
		}
	}
	return b, err
}

// listing is a table that is shown page by page in the order of one column and the rows' numbers.
type listing struct {
	table   string
	columns string
	sort    string // "id" alone needs no second column
	where   []string
	args    []any
	desc    bool
	// gather sorts what the filter leaves, rather than picking it out of the sort's index: right where little is left.
	gather bool
}

// page reads up to n rows after a place, or before it with back, and the place of each. dest names where a row's columns go.
func page[T any](tx *Tx, l listing, at Cursor, back bool, n int, dest func(*T) []any) ([]T, []Cursor, error) {
	keys := []string{l.sort, "id"}
	if l.sort == "id" {
		keys = keys[1:]
	}
	if len(at) != len(keys) {
		at = nil
	}
	type placed struct {
		row T
		key [2]any
	}
	desc := l.desc != back
	var found []placed
	// Rows that share the first column with the place come before those that lie beyond it; see ClientQuery.page.
	for same := len(keys) - 1; same >= 0 && len(found) < n; same-- {
		query, args := l.statement(keys, at, same, desc, n-len(found))
		part, err := scan(tx.db.Raw(query, args...), func(p *placed) []any {
			d := dest(&p.row)
			for i := range keys {
				d = append(d, &p.key[i])
			}
			return d
		})
		if err != nil {
			return nil, nil, err
		}
		found = append(found, part...)
		if at == nil {
			break
		}
	}
	rows, places := make([]T, len(found)), make([]Cursor, len(found))
	for i := range found {
		rows[i], places[i] = found[i].row, found[i].key[:len(keys):len(keys)]
	}
	if back {
		slices.Reverse(rows)
		slices.Reverse(places)
	}
	return rows, places, nil
}

func (l listing) statement(keys []string, at Cursor, same int, desc bool, n int) (string, []any) {
	where, args := slices.Clone(l.where), slices.Clone(l.args)
	op, dir := ">", ""
	if desc {
		op, dir = "<", " DESC"
	}
	if at != nil {
		for i, k := range keys[:same] {
			where = append(where, k+" = ?")
			args = append(args, at[i])
		}
		where = append(where, keys[same]+" "+op+" ?")
		args = append(args, at[same])
	}
	var b strings.Builder
	fmt.Fprintf(&b, "SELECT %s, %s FROM %s", l.columns, strings.Join(keys, ", "), l.table)
	if len(where) > 0 {
		b.WriteString(" WHERE " + strings.Join(where, " AND "))
	}
	b.WriteString(" ORDER BY ")
	for i, k := range keys {
		if i > 0 {
			b.WriteString(", ")
		}
		if l.gather && i == 0 {
			k = "+" + k // as an expression the column cannot be served by its index
		}
		b.WriteString(k + dir)
	}
	fmt.Fprintf(&b, " LIMIT %d", n)
	return b.String(), args
}
