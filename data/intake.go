package data

import (
	"fmt"

	"clientele/app/date"
)

// Intake takes in very many new clients with all that belongs to them, within one transaction: a whole office from another program. It stores rows as they are
// given and adds nothing up meanwhile; Settle does that once, at the end, for all of them. Nothing else may change money in the transaction.
type Intake struct {
	tx     *Tx
	record *Import
	finish func(func(int)) error
	last   map[string]int64 // the highest number of each table, where there is one writer
}

// Intake records an import and begins to take in about n clients.
func (tx *Tx) Intake(i *Import, n int64) (*Intake, error) {
	if err := tx.AddImport(i); err != nil {
		return nil, err
	}
	finish, err := tx.Bulk(n)
	return &Intake{tx: tx, record: i, finish: finish, last: map[string]int64{}}, err
}

// take stores rows of T's table and gives them their numbers.
func take[T interface{ TableName() string }](in *Intake, rows []T, id func(*T) *int64) error {
	if len(rows) == 0 {
		return nil
	}
	if in.tx.engine.name() != sqliteName {
		return in.tx.db.CreateInBatches(rows, batch).Error
	}
	if id != nil {
		table := rows[0].TableName()
		last, known := in.last[table]
		if !known {
			var err error
			if last, err = lastNumber(in.tx.db, table); err != nil {
				return err
			}
		}
		for i := range rows {
			last++
			*id(&rows[i]) = last
		}
		in.last[table] = last
	}
	return insertRows(in.tx.db, rows)
}

// Clients adds clients. EmailKey must be set by the caller, who knows what makes two addresses the same. ErrDuplicate: an address is taken.
func (in *Intake) Clients(cs []Client) error {
	id := in.record.ID
	for i := range cs {
		c := &cs[i]
		c.setKeys(c.EmailKey)
		c.CreatedAt, c.UpdatedAt, c.Version, c.ImportID = millis(in.tx.now), millis(in.tx.now), 1, &id
	}
	return take(in, cs, func(c *Client) *int64 { return &c.ID })
}

// Contacts adds contacts.
func (in *Intake) Contacts(ks []Contact) error {
	for i := range ks {
		ks[i].begin(in.tx)
	}
	return take(in, ks, func(k *Contact) *int64 { return &k.ID })
}

// CustomValue is what one client has in one custom field.
type CustomValue = customValue

// CustomValues adds what clients have in the custom fields.
func (in *Intake) CustomValues(vs []CustomValue) error { return take(in, vs, nil) }

// Notes adds notes with the author and the times that they say.
func (in *Intake) Notes(ns []Note) error {
	for i := range ns {
		ns[i].Version = 1
	}
	return take(in, ns, func(n *Note) *int64 { return &n.ID })
}

// Services adds services.
func (in *Intake) Services(ss []Service) error {
	for i := range ss {
		ss[i].CreatedAt, ss[i].UpdatedAt, ss[i].Version = millis(in.tx.now), millis(in.tx.now), 1
	}
	return take(in, ss, func(s *Service) *int64 { return &s.ID })
}

// Invoices adds invoices without their lines.
func (in *Intake) Invoices(is []Invoice) error {
	for i := range is {
		is[i].CreatedAt, is[i].UpdatedAt, is[i].Version = millis(in.tx.now), millis(in.tx.now), 1
	}
	return take(in, is, func(i *Invoice) *int64 { return &i.ID })
}

// Lines adds lines of invoices.
func (in *Intake) Lines(ls []InvoiceLine) error {
	return take(in, ls, func(l *InvoiceLine) *int64 { return &l.ID })
}

// Taxes adds taxes of invoices.
func (in *Intake) Taxes(ts []InvoiceTax) error { return take(in, ts, nil) }

// Transactions adds transactions.
func (in *Intake) Transactions(ts []Transaction) error {
	for i := range ts {
		ts[i].CreatedAt, ts[i].Version = millis(in.tx.now), 1
	}
	return take(in, ts, func(t *Transaction) *int64 { return &t.ID })
}

// Payments adds what of transactions went to invoices.
func (in *Intake) Payments(ps []Payment) error {
	return take(in, ps, func(p *Payment) *int64 { return &p.ID })
}

// CreditMoves adds rows of the ledger; the clients' balances are not touched.
func (in *Intake) CreditMoves(ms []CreditMove) error {
	for i := range ms {
		ms[i].At = millis(in.tx.now)
	}
	return take(in, ms, func(m *CreditMove) *int64 { return &m.ID })
}

// Mails adds mails of the past, with the times that they say. None of them may wait to be sent.
func (in *Intake) Mails(ms []Mail) error {
	return take(in, ms, func(m *Mail) *int64 { return &m.ID })
}

// Cards adds cards of which the number is not known.
func (in *Intake) Cards(cs []Card) error {
	for i := range cs {
		cs[i].CreatedAt, cs[i].UpdatedAt, cs[i].Version = millis(in.tx.now), millis(in.tx.now), 1
	}
	return take(in, cs, nil)
}

// ImportRef is what a row of the other program became.
type ImportRef struct {
	ImportID int64  `gorm:"primaryKey;autoIncrement:false"`
	Kind     string `gorm:"primaryKey"`
	SourceID int64  `gorm:"primaryKey;autoIncrement:false"`
	TargetID int64
}

// TableName tells GORM the table.
func (ImportRef) TableName() string { return "import_refs" }

// The kinds of rows whose origin is remembered. Of groups, products and custom fields only those that the import added are.
const (
	RefClient      = "client"
	RefTransaction = "transaction" // of no client
	RefGroup       = "group"
	RefProduct     = "product"
	RefField       = "field"
)

// Refs notes what rows of the other program became.
func (in *Intake) Refs(rs []ImportRef) error {
	for i := range rs {
		rs[i].ImportID = in.record.ID
	}
	return take(in, rs, nil)
}

// BillingContacts has clients' invoices carry the name and address of their contacts, by the clients' numbers.
func (in *Intake) BillingContacts(contacts map[int64]int64) error {
	for client, contact := range contacts {
		if err := in.tx.db.Exec("UPDATE clients SET billing_contact_id = ? WHERE id = ?", contact, client).Error; err != nil {
			return err
		}
	}
	return nil
}

// KnownRefs reads what rows of a kind became in earlier imports of the same origin that were not undone, and are still there.
func (tx *Tx) KnownRefs(source, origin, kind, table string) (map[int64]int64, error) {
	known := map[int64]int64{}
	rows, err := scan(tx.db.Raw("SELECT r.source_id, r.target_id FROM import_refs r JOIN imports i ON i.id = r.import_id JOIN "+table+" t ON t.id = r.target_id"+
		" WHERE i.source = ? AND i.origin = ? AND i.undone_at IS NULL AND r.kind = ?", source, origin, kind), func(r *[2]int64) []any { return []any{&r[0], &r[1]} })
	for _, r := range rows {
		known[r[0]] = r[1]
	}
	return known, err
}

// BilledTo reads the clients with these numbers, and the contacts that their invoices are addressed to, both by the clients' numbers.
func (tx *Tx) BilledTo(ids []int64) (clients map[int64]Client, contacts map[int64]Contact, err error) {
	var cs []Client
	if err := tx.db.Where("id IN ?", ids).Find(&cs).Error; err != nil {
		return nil, nil, err
	}
	clients, contacts = make(map[int64]Client, len(cs)), map[int64]Contact{}
	var billed []int64
	for _, c := range cs {
		clients[c.ID] = c
		if c.BillingContactID != nil {
			billed = append(billed, *c.BillingContactID)
		}
	}
	if len(billed) == 0 {
		return clients, contacts, nil
	}
	var ks []Contact
	err = tx.db.Where("id IN ?", billed).Find(&ks).Error
	for _, k := range ks {
		contacts[k.ClientID] = k
	}
	return clients, contacts, err
}

// AnyInvoices tells whether there is an invoice.
func (tx *Tx) AnyInvoices() (bool, error) {
	var n int64
	err := tx.db.Raw("SELECT count(*) FROM (SELECT 1 FROM invoices LIMIT 1) AS x").Scan(&n).Error
	return n > 0, err
}

// TakenNumbers tells which of these are numbers of invoices already.
func (tx *Tx) TakenNumbers(numbers []string) (map[string]bool, error) {
	taken := map[string]bool{}
	var found []string
	err := tx.db.Raw("SELECT number FROM invoices WHERE number IN ?", numbers).Scan(&found).Error
	for _, n := range found {
		taken[n] = true
	}
	return taken, err
}

// Settle adds up what came in, makes the clients searchable, and closes the record of the import. step is told how many clients more are searchable.
func (in *Intake) Settle(step func(int)) error {
	tx, id := in.tx, in.record.ID
	const mine = "(SELECT id FROM clients WHERE import_id = ?)"
	for _, sql := range []string{
		`UPDATE clients SET
			owed = coalesce((SELECT sum(total - credit - paid) FROM invoices i WHERE i.client_id = clients.id AND i.status IN ('Unpaid', 'Collections')), 0),
			services_total = (SELECT count(*) FROM services s WHERE s.client_id = clients.id),
			services_active = (SELECT count(*) FROM services s WHERE s.client_id = clients.id AND s.status = 'Active')
			WHERE import_id = ?`,
		`INSERT INTO invoice_totals (client_id, status, n, total, balance)
			SELECT client_id, status, count(*), sum(total), sum(total - credit - paid) FROM invoices WHERE client_id IN ` + mine + ` GROUP BY client_id, status`,
		`INSERT INTO transaction_totals (client_id, currency, n, amount_in, fees, amount_out)
			SELECT client_id, currency, count(*), sum(amount_in), sum(fees), sum(amount_out) FROM transactions WHERE client_id IN ` + mine + ` GROUP BY client_id, currency`,
	} {
		if err := tx.db.Exec(sql, id).Error; err != nil {
			return err
		}
	}
	if err := in.tally(); err != nil {
		return err
	}
	if err := in.search(); err != nil {
		return err
	}
	if err := in.finish(step); err != nil {
		return err
	}
	return one(tx.db.Model(&Import{}).Where("id = ?", id).Select("rows_read", "imported", "rejected", "first_id", "last_id", "report").Updates(in.record))
}

// tally gathers what is summed up over all clients; the transaction writes it as it ends.
func (in *Intake) tally() error {
	tx, id := in.tx, in.record.ID
	type counted struct {
		clientCountKey
		n int64
	}
	clients, err := scan(tx.db.Raw(`SELECT status, country, group_id, CASE WHEN credit > 0 THEN 1 ELSE 0 END, CASE WHEN owed > 0 THEN 1 ELSE 0 END, count(*)
		FROM clients WHERE import_id = ? GROUP BY 1, 2, 3, 4, 5`, id), func(c *counted) []any {
		return []any{&c.Status, &c.Country, &c.GroupID, &c.HasCredit, &c.Owes, &c.n}
	})
	if err != nil {
		return err
	}
	for _, c := range clients {
		add(&tx.counts, c.clientCountKey, func(n int64) int64 { return n + c.n })
	}
	type invoiced struct {
		statusCurrency
		due date.Date
		sums
	}
	invoices, err := scan(tx.db.Raw(`SELECT status, currency, due, count(*), sum(total), sum(total - credit - paid) FROM invoices
		WHERE client_id IN (SELECT id FROM clients WHERE import_id = ?) GROUP BY status, currency, due`, id), func(v *invoiced) []any {
		return []any{&v.status, &v.currency, &v.due, &v.n, &v.total, &v.balance}
	})
	if err != nil {
		return err
	}
	for _, v := range invoices {
		plus := func(s sums) sums { return sums{s.n + v.n, s.total + v.total, s.balance + v.balance} }
		add(&tx.tally.statuses, v.statusCurrency, plus)
		if v.status == "Unpaid" {
			// What is summed up by the due date has no total: it is never asked for.
			add(&tx.tally.open, currencyDay{v.currency, int64(v.due.Days())}, plus)
		}
	}
	type moved struct {
		currency string
		day      date.Date
		flows
	}
	days, err := scan(tx.db.Raw(fmt.Sprintf("SELECT currency, date, count(*), sum(amount_in), sum(fees), sum(amount_out) FROM transactions WHERE %s GROUP BY currency, date", ofImport), id, id), func(m *moved) []any {
		return []any{&m.currency, &m.day, &m.n, &m.in, &m.fees, &m.out}
	})
	for _, m := range days {
		add(&tx.tally.months, currencyDay{m.currency, int64(m.day.StartOfMonth().Days())}, func(f flows) flows {
			return flows{f.n + m.n, f.in + m.in, f.fees + m.fees, f.out + m.out}
		})
	}
	return err
}

// ofImport are the transactions that an import brought: of its clients, and of nobody.
const ofImport = `(client_id IN (SELECT id FROM clients WHERE import_id = ?) OR id IN (SELECT target_id FROM import_refs WHERE import_id = ? AND kind = 'transaction'))`

// search writes the texts under which the new clients are found, with their contacts and notes.
func (in *Intake) search() error {
	tx := in.tx
	for last := int64(0); ; {
		var cs []Client
		err := tx.db.Select("id", "first_name", "last_name", "company", "email", "phone", "phone_digits", "address1", "address2", "city", "state", "postcode", "tax_id", "notes").
			Where("import_id = ? AND id > ?", in.record.ID, last).Order("id").Limit(rowset).Find(&cs).Error
		if err != nil || len(cs) == 0 {
			return err
		}
		last = cs[len(cs)-1].ID
		extras, err := tx.searchExtras(cs[0].ID, last)
		if err != nil {
			return err
		}
		ds := make([]docs, len(cs))
		for i, c := range cs {
			ds[i] = docs{c.ID, searchBody(c, extras[c.ID])}
		}
		if err := tx.engine.index(tx.db, ds); err != nil {
			return err
		}
	}
}

// IntakeSum is what an import brought in one currency, in minor units.
type IntakeSum struct {
	Currency string
	Credit   int64 // of all clients
	Invoices map[InvoiceStatus]CountedSum
	In, Fees int64
	Out      int64
	N        int64 // transactions
}

// CountedSum is how many there are, and what they come to.
type CountedSum struct{ N, Total int64 }

// Sums adds up what is stored of the import, by currency. Settle must be done.
func (in *Intake) Sums() (map[string]*IntakeSum, error) {
	tx, id := in.tx, in.record.ID
	all := map[string]*IntakeSum{}
	of := func(currency string) *IntakeSum {
		if all[currency] == nil {
			all[currency] = &IntakeSum{Currency: currency, Invoices: map[InvoiceStatus]CountedSum{}}
		}
		return all[currency]
	}
	type credit struct {
		currency string
		sum      int64
	}
	credits, err := scan(tx.db.Raw(`SELECT currency, sum(amount) FROM credit_moves WHERE client_id IN (SELECT id FROM clients WHERE import_id = ?) GROUP BY currency`, id),
		func(c *credit) []any { return []any{&c.currency, &c.sum} })
	if err != nil {
		return nil, err
	}
	for _, c := range credits {
		of(c.currency).Credit = c.sum
	}
	type invoiced struct {
		statusCurrency
		CountedSum
	}
	invoices, err := scan(tx.db.Raw(`SELECT status, currency, count(*), sum(total) FROM invoices WHERE client_id IN (SELECT id FROM clients WHERE import_id = ?) GROUP BY status, currency`, id),
		func(v *invoiced) []any { return []any{&v.status, &v.currency, &v.N, &v.Total} })
	if err != nil {
		return nil, err
	}
	for _, v := range invoices {
		of(v.currency).Invoices[v.status] = v.CountedSum
	}
	type moved struct {
		currency string
		flows
	}
	moves, err := scan(tx.db.Raw("SELECT currency, count(*), sum(amount_in), sum(fees), sum(amount_out) FROM transactions WHERE "+ofImport+" GROUP BY currency", id, id),
		func(m *moved) []any { return []any{&m.currency, &m.n, &m.in, &m.fees, &m.out} })
	for _, m := range moves {
		s := of(m.currency)
		s.N, s.In, s.Fees, s.Out = m.n, m.in, m.fees, m.out
	}
	return all, err
}

// HeldServices tells how many services are held from billing.
func (tx *Tx) HeldServices() (int64, error) {
	var n int64
	err := tx.db.Raw("SELECT count(*) FROM services WHERE billing_held IS NOT NULL").Scan(&n).Error
	return n, err
}

// ReleaseServices has all held services be billed from now on, and tells how many.
func (tx *Tx) ReleaseServices() (int64, error) {
	r := tx.db.Exec("UPDATE services SET billing_held = NULL, updated_at = ?, version = version + 1 WHERE billing_held IS NOT NULL", millis(tx.now))
	return r.RowsAffected, r.Error
}
