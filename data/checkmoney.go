package data

import (
	"fmt"

	"clientele/app/date"
)

// CheckMoney compares the sums that are kept ready with what they are sums of: on invoices, transactions, services, and in what clients owe. It lists the
// differences.
func (tx *Tx) CheckMoney() ([]string, error) {
	var wrong []string
	for _, c := range []struct{ sql, words string }{
		{`SELECT count(*) FROM clients c LEFT JOIN (SELECT client_id, sum(total - credit - paid) AS s FROM invoices WHERE status IN ('Unpaid', 'Collections') GROUP BY client_id) i
			ON i.client_id = c.id WHERE c.owed <> coalesce(i.s, 0)`, "clients who do not owe what their open invoices come to: %d"},
		{`SELECT count(*) FROM clients c LEFT JOIN (SELECT client_id, count(*) AS n, sum(CASE WHEN status = 'Active' THEN 1 ELSE 0 END) AS a FROM services GROUP BY client_id) s
			ON s.client_id = c.id WHERE c.services_total <> coalesce(s.n, 0) OR c.services_active <> coalesce(s.a, 0)`, "clients with another number of services than is counted: %d"},
		{`SELECT count(*) FROM invoices i LEFT JOIN (SELECT invoice_id, sum(amount) AS s FROM payments GROUP BY invoice_id) p ON p.invoice_id = i.id
			WHERE i.paid <> coalesce(p.s, 0)`, "invoices whose payments do not add up: %d"},
		{`SELECT count(*) FROM invoices i LEFT JOIN (SELECT invoice_id, sum(amount) AS s FROM credit_moves WHERE kind IN ('applied', 'returned') GROUP BY invoice_id) m
			ON m.invoice_id = i.id WHERE i.credit <> -coalesce(m.s, 0)`, "invoices whose credit is not what the ledger says: %d"},
		{
			`SELECT count(*) FROM invoices i LEFT JOIN (SELECT invoice_id, sum(net) AS net, sum(tax) AS tax, sum(gross) AS gross, sum(net + tax - gross) AS off FROM invoice_lines GROUP BY invoice_id) l
			ON l.invoice_id = i.id WHERE i.subtotal <> coalesce(l.net, 0) OR i.tax <> coalesce(l.tax, 0) OR i.total <> coalesce(l.gross, 0) OR coalesce(l.off, 0) <> 0`,
			"invoices whose lines do not add up: %d",
		},
		{`SELECT count(*) FROM transactions t JOIN (SELECT transaction_id, sum(amount) AS s FROM payments GROUP BY transaction_id) p ON p.transaction_id = t.id
			WHERE p.s > t.amount_in OR p.s < -t.amount_out`, "transactions that paid more than they moved: %d"},
		{both(`SELECT client_id, status, count(*) AS n, sum(total) AS total, sum(total - credit - paid) AS balance FROM invoices GROUP BY client_id, status`,
			`SELECT client_id, status, n, total, balance FROM invoice_totals WHERE n <> 0`), "sums of clients' invoices that differ: %d"},
		{both(`SELECT status, currency, count(*) AS n, sum(total) AS total, sum(total - credit - paid) AS balance FROM invoices GROUP BY status, currency`,
			`SELECT status, currency, n, total, balance FROM invoice_counts WHERE n <> 0`), "sums of all invoices that differ: %d"},
		{both(`SELECT currency, due, count(*) AS n, sum(total - credit - paid) AS balance FROM invoices WHERE status = 'Unpaid' GROUP BY currency, due`,
			`SELECT currency, due, n, balance FROM open_totals WHERE n <> 0`), "sums of unpaid invoices by due date that differ: %d"},
		{both(`SELECT client_id, currency, count(*) AS n, sum(amount_in) AS i, sum(fees) AS f, sum(amount_out) AS o FROM transactions WHERE client_id IS NOT NULL GROUP BY client_id, currency`,
			`SELECT client_id, currency, n, amount_in, fees, amount_out FROM transaction_totals WHERE n <> 0`), "sums of clients' transactions that differ: %d"},
	} {
		var n int64
		if err := tx.db.Raw(c.sql).Scan(&n).Error; err != nil {
			return nil, err
		}
		if n != 0 {
			wrong = append(wrong, fmt.Sprintf(c.words, n))
		}
	}
	months, err := tx.wrongMonths()
	if months != 0 {
		wrong = append(wrong, fmt.Sprintf("months whose transactions are not what is summed up: %d", months))
	}
	return wrong, err
}

// both counts the rows that are in one of two queries and not in the other.
func both(a, b string) string {
	return "SELECT (SELECT count(*) FROM (" + a + " EXCEPT " + b + ") x) + (SELECT count(*) FROM (" + b + " EXCEPT " + a + ") y)"
}

// wrongMonths counts the months whose sums differ from their transactions. Which month a day is in, SQL does not say the same way on both engines.
func (tx *Tx) wrongMonths() (int, error) {
	sums := map[currencyDay]flows{}
	for by, query := range map[int64]string{
		1:  "SELECT currency, date, count(*), sum(amount_in), sum(fees), sum(amount_out) FROM transactions GROUP BY currency, date",
		-1: "SELECT currency, month, n, amount_in, fees, amount_out FROM month_totals",
	} {
		type daily struct {
			currency string
			day      date.Date
			flows
		}
		days, err := scan(tx.db.Raw(query), func(d *daily) []any { return []any{&d.currency, &d.day, &d.n, &d.in, &d.fees, &d.out} })
		if err != nil {
			return 0, err
		}
		for _, d := range days {
			add(&sums, currencyDay{d.currency, int64(d.day.StartOfMonth().Days())}, func(s flows) flows {
				return flows{s.n + by*d.n, s.in + by*d.in, s.fees + by*d.fees, s.out + by*d.out}
			})
		}
	}
	wrong := 0
	for _, s := range sums {
		if s != (flows{}) {
			wrong++
		}
	}
	return wrong, nil
}
