package data

import (
	"clientele/app/billing"
	"clientele/app/date"
)

// Possessions are how much there is of a client, in numbers and money of the client's currency.
type Possessions struct {
	Contacts, Services, Notes, Files int64
	FileBytes                        int64
	Mails, Waiting                   int64 // Waiting are those of the mails that were not sent yet
	CreditMoves                      int64
	Undos                            int64
	Transactions                     int64
	In, Fees, Out                    int64 // what the transactions come to
	Invoices                         map[InvoiceStatus]InvoiceSum
}

// InvoiceSum is how many invoices there are and what they come to, in minor units.
type InvoiceSum struct{ N, Total, Balance int64 }

// Possessions counts what there is of a client.
func (tx *Tx) Possessions(clientID int64) (p Possessions, err error) {
	p.Invoices = map[InvoiceStatus]InvoiceSum{}
	for _, c := range []struct {
		sql  string
		into []any
	}{
		{"SELECT count(*) FROM contacts WHERE client_id = ?", []any{&p.Contacts}},
		{"SELECT count(*) FROM services WHERE client_id = ?", []any{&p.Services}},
		{"SELECT count(*) FROM notes WHERE client_id = ?", []any{&p.Notes}},
		{"SELECT count(*), coalesce(sum(size), 0) FROM files WHERE client_id = ?", []any{&p.Files, &p.FileBytes}},
		{"SELECT count(*), coalesce(sum(CASE WHEN state IN ('queued', 'uncertain', 'sending') THEN 1 ELSE 0 END), 0) FROM mails WHERE client_id = ?", []any{&p.Mails, &p.Waiting}},
		{"SELECT count(*) FROM credit_moves WHERE client_id = ?", []any{&p.CreditMoves}},
		{"SELECT count(*) FROM undos WHERE client_id = ? AND undone_at IS NULL", []any{&p.Undos}},
		{
			"SELECT coalesce(sum(n), 0), coalesce(sum(amount_in), 0), coalesce(sum(fees), 0), coalesce(sum(amount_out), 0) FROM transaction_totals WHERE client_id = ?",
			[]any{&p.Transactions, &p.In, &p.Fees, &p.Out},
		},
	} {
		if err := tx.row(c.sql, clientID, c.into...); err != nil {
			return p, err
		}
	}
	type line struct {
		status InvoiceStatus
		sum    InvoiceSum
	}
	lines, err := scan(tx.db.Raw("SELECT status, n, total, balance FROM invoice_totals WHERE client_id = ? AND n <> 0", clientID), func(l *line) []any {
		return []any{&l.status, &l.sum.N, &l.sum.Total, &l.sum.Balance}
	})
	for _, l := range lines {
		p.Invoices[l.status] = l.sum
	}
	return p, err
}

// RemoveClient removes a client and everything that belongs to it, except transactions, which stay with the name of the client as it was. c was read for changing. It
// returns the contents of files that nothing may name any more; see DropBlob.
func (tx *Tx) RemoveClient(c Client) (blobs []int64, err error) {
	blobs, err = scan(tx.db.Raw(`SELECT blob_id FROM files WHERE client_id = ?
		UNION SELECT a.blob_id FROM mail_attachments a JOIN mails m ON m.id = a.mail_id WHERE m.client_id = ?
		UNION SELECT blob_id FROM undos WHERE client_id = ? AND blob_id IS NOT NULL`, c.ID, c.ID, c.ID), func(id *int64) []any { return []any{id} })
	if err != nil {
		return nil, err
	}
	if err := tx.untallyInvoices(c.ID); err != nil {
		return nil, err
	}
	if err := tx.engine.unindex(tx.db, []int64{c.ID}); err != nil {
		return nil, err
	}
	for _, b := range belongings {
		if err := b.removeOf(tx, c.ID); err != nil {
			return nil, err
		}
	}
	tx.count(&c, -1)
	return blobs, one(tx.db.Exec("DELETE FROM clients WHERE id = ?", c.ID))
}

// untallyInvoices takes all invoices of a client out of the sums over all clients.
func (tx *Tx) untallyInvoices(clientID int64) error {
	type group struct {
		status   InvoiceStatus
		currency string
		due      date.Date
		sums
	}
	all, err := scan(tx.db.Raw("SELECT status, currency, due, count(*), sum(total), sum(total - credit - paid) FROM invoices WHERE client_id = ? GROUP BY status, currency, due", clientID),
		func(g *group) []any { return []any{&g.status, &g.currency, &g.due, &g.n, &g.total, &g.balance} })
	for _, g := range all {
		less := func(s sums) sums { return sums{s.n - g.n, s.total - g.total, s.balance - g.balance} }
		add(&tx.tally.statuses, statusCurrency{g.status, g.currency}, less)
		if g.status == billing.Unpaid {
			add(&tx.tally.open, currencyDay{g.currency, int64(g.due.Days())}, less)
		}
	}
	return err
}

// Plus adds up what two clients have.
func (p Possessions) Plus(o Possessions) Possessions {
	sum := Possessions{
		Contacts: p.Contacts + o.Contacts, Services: p.Services + o.Services, Notes: p.Notes + o.Notes, Files: p.Files + o.Files, FileBytes: p.FileBytes + o.FileBytes,
		Mails: p.Mails + o.Mails, Waiting: p.Waiting + o.Waiting, CreditMoves: p.CreditMoves + o.CreditMoves, Undos: p.Undos + o.Undos,
		Transactions: p.Transactions + o.Transactions, In: p.In + o.In, Fees: p.Fees + o.Fees, Out: p.Out + o.Out, Invoices: map[InvoiceStatus]InvoiceSum{},
	}
	for _, invoices := range []map[InvoiceStatus]InvoiceSum{p.Invoices, o.Invoices} {
		for status, s := range invoices {
			t := sum.Invoices[status]
			sum.Invoices[status] = InvoiceSum{t.N + s.N, t.Total + s.Total, t.Balance + s.Balance}
		}
	}
	return sum
}

// AccountSums are what the money of a client comes to, added up from its rows and not from the sums that are kept ready.
type AccountSums struct {
	Credit                                  int64 // the balance, and the sum of the ledger
	Ledger                                  int64
	Invoices, Invoiced, CreditUsed, Paid    int64
	Transactions, In, Fees, Out, Applied    int64 // Applied is what of the transactions went to invoices
	Owed, ServicesActive, ServicesTotal     int64
	TotalsN, TotalsTotal, TotalsOfMoneyFlow int64
}

// Plus adds up two accounts.
func (a AccountSums) Plus(b AccountSums) AccountSums {
	x, y := a.fields(), b.fields()
	for i := range x {
		*x[i] += *y[i]
	}
	return a
}

func (a *AccountSums) fields() []*int64 {
	return []*int64{
		&a.Credit, &a.Ledger, &a.Invoices, &a.Invoiced, &a.CreditUsed, &a.Paid, &a.Transactions, &a.In, &a.Fees, &a.Out, &a.Applied,
		&a.Owed, &a.ServicesActive, &a.ServicesTotal, &a.TotalsN, &a.TotalsTotal, &a.TotalsOfMoneyFlow,
	}
}

// AccountSums adds up the money of a client.
func (tx *Tx) AccountSums(clientID int64) (a AccountSums, err error) {
	for _, c := range []struct {
		sql  string
		into []any
	}{
		{"SELECT credit, owed, services_active, services_total FROM clients WHERE id = ?", []any{&a.Credit, &a.Owed, &a.ServicesActive, &a.ServicesTotal}},
		{"SELECT coalesce(sum(amount), 0) FROM credit_moves WHERE client_id = ?", []any{&a.Ledger}},
		{
			"SELECT count(*), coalesce(sum(total), 0), coalesce(sum(credit), 0), coalesce(sum(paid), 0) FROM invoices WHERE client_id = ?",
			[]any{&a.Invoices, &a.Invoiced, &a.CreditUsed, &a.Paid},
		},
		{
			"SELECT count(*), coalesce(sum(amount_in), 0), coalesce(sum(fees), 0), coalesce(sum(amount_out), 0) FROM transactions WHERE client_id = ?",
			[]any{&a.Transactions, &a.In, &a.Fees, &a.Out},
		},
		{"SELECT coalesce(sum(p.amount), 0) FROM payments p JOIN invoices i ON i.id = p.invoice_id WHERE i.client_id = ?", []any{&a.Applied}},
		{"SELECT coalesce(sum(n), 0), coalesce(sum(total), 0) FROM invoice_totals WHERE client_id = ?", []any{&a.TotalsN, &a.TotalsTotal}},
		{"SELECT coalesce(sum(amount_in - fees - amount_out), 0) FROM transaction_totals WHERE client_id = ?", []any{&a.TotalsOfMoneyFlow}},
	} {
		if err := tx.row(c.sql, clientID, c.into...); err != nil {
			return a, err
		}
	}
	return a, nil
}

// row reads the one row of a statement about a client.
func (tx *Tx) row(sql string, clientID int64, into ...any) error {
	rows, err := tx.db.Raw(sql, clientID).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
	}
	return rows.Err()
}
