package data

import (
	"slices"

	"gorm.io/gorm"

	"clientele/app/date"
)

// What the daily run writes for many clients at once.

// AddInvoices stores new invoices with their lines and gives all of them their numbers in the tables. ErrDuplicate: a period is billed already.
func (tx *Tx) AddInvoices(all []*WholeInvoice) error {
	if len(all) == 0 {
		return nil
	}
	invoices, lines, taxes := make([]Invoice, len(all)), make([]InvoiceLine, 0, len(all)), []InvoiceTax(nil)
	for i, w := range all {
		w.CreatedAt, w.UpdatedAt, w.Version = millis(tx.now), millis(tx.now), 1
		invoices[i] = w.Invoice
	}
	if err := tx.engine.insertInvoices(tx.db, invoices); err != nil {
		return err
	}
	for i, w := range all {
		w.Invoice = invoices[i]
		tx.tallyInvoice(nil, &w.Invoice)
		for n := range w.Lines {
			w.Lines[n].ID, w.Lines[n].InvoiceID, w.Lines[n].Position = 0, w.ID, int64(n+1)
		}
		for n := range w.Taxes {
			w.Taxes[n].InvoiceID, w.Taxes[n].Position = w.ID, int64(n+1)
		}
		lines, taxes = append(lines, w.Lines...), append(taxes, w.Taxes...)
	}
	if err := tx.engine.insertInvoiceLines(tx.db, lines); err != nil {
		return err
	}
	return tx.engine.insertInvoiceTaxes(tx.db, taxes)
}

// AddMoves adds rows to the ledgers of clients and changes their balances by them, all or none. Each client is as it was before its first row.
func (tx *Tx) AddMoves(before []Client, moves []CreditMove) error {
	if len(moves) == 0 {
		return nil
	}
	by := map[int64][]int64{} // of a client: how much, in how many rows
	for i := range moves {
		m := &moves[i]
		m.At = millis(tx.now)
		sum := by[m.ClientID]
		if sum == nil {
			sum = []int64{m.ClientID, 0, 0}
		}
		sum[1], sum[2] = sum[1]+m.Amount, sum[2]+1
		by[m.ClientID] = sum
	}
	if err := tx.engine.insertMoves(tx.db, moves); err != nil {
		return err
	}
	var rows [][]int64
	for i := range before {
		sum := by[before[i].ID]
		if sum == nil {
			continue
		}
		rows = append(rows, append(sum, before[i].Version))
		after := before[i]
		after.Credit += sum[1]
		tx.count(&before[i], -1)
		tx.count(&after, 1)
	}
	return tx.changeAll("UPDATE clients SET credit = credit + v.column2, version = version + v.column3, updated_at = ?", "clients.id = v.column1 AND clients.version = v.column4", rows)
}

// Advanced is a service that was billed: when it is due the next time, which is no date where it does not recur.
type Advanced struct {
	Service Service
	NextDue date.Date
}

// AdvanceServices has services be due at their next times. ErrChanged: somebody changed one meanwhile.
func (tx *Tx) AdvanceServices(all []Advanced) error {
	rows := make([][]int64, len(all))
	for i, a := range all {
		next := int64(noDay)
		if !a.NextDue.IsZero() {
			next = int64(a.NextDue.Days())
		}
		rows[i] = []int64{a.Service.ID, next, a.Service.Version}
	}
	return tx.changeAll("UPDATE services SET next_due = nullif(v.column2, -1000000000), version = version + 1, updated_at = ?",
		"services.id = v.column1 AND services.version = v.column3", rows)
}

// noDay stands for no date among whole numbers; no calendar reaches back to it. It is written in AdvanceServices.
const noDay = -1_000_000_000

// changeAll runs an update for rows of whole numbers, each of which must change one row, else it is ErrChanged. The statement has one parameter, the time.
func (tx *Tx) changeAll(update, where string, rows [][]int64) error {
	for part := range slices.Chunk(rows, rowset) {
		r := tx.db.Exec(update+" FROM (VALUES "+integers(part)+") AS v WHERE "+where, millis(tx.now))
		if r.Error != nil {
			return r.Error
		}
		if r.RowsAffected != int64(len(part)) {
			return ErrChanged
		}
	}
	return nil
}

// AddLine puts one more line at the end of an invoice. The invoice itself is written by UpdateInvoice. ErrDuplicate: it is a second late fee.
func (tx *Tx) AddLine(invoiceID int64, l InvoiceLine) error {
	err := tx.db.Raw("SELECT coalesce(max(position), 0) + 1 FROM invoice_lines WHERE invoice_id = ?", invoiceID).Scan(&l.Position).Error
	if err != nil {
		return err
	}
	l.ID, l.InvoiceID = 0, invoiceID
	return tx.db.Create(&l).Error
}

// AddNotice notes that a reminder of a level went out for an invoice. ErrDuplicate: it did before.
func (tx *Tx) AddNotice(invoiceID, level, mailID int64) error {
	return translate(tx.db.Exec("INSERT INTO invoice_notices (invoice_id, level, at, mail_id) VALUES (?, ?, ?, ?)", invoiceID, level, millis(tx.now), mailID).Error)
}

// CardNotices lists the clients who were told that their card expires in a month, as year * 100 + month.
func (tx *Tx) CardNotices(expires int64) (map[int64]bool, error) {
	ids, err := scan(tx.db.Raw("SELECT client_id FROM card_notices WHERE expires = ?", expires), func(id *int64) []any { return []any{id} })
	told := make(map[int64]bool, len(ids))
	for _, id := range ids {
		told[id] = true
	}
	return told, err
}

// AddCardNotice notes that a client was told that their card expires in a month. ErrDuplicate: they were told before.
func (tx *Tx) AddCardNotice(clientID, expires, mailID int64) error {
	return translate(tx.db.Exec("INSERT INTO card_notices (client_id, expires, at, mail_id) VALUES (?, ?, ?, ?)", clientID, expires, millis(tx.now), mailID).Error)
}

// The bulk of a run on SQLite: the rows are numbered beforehand, since there is one writer, and travel as one parameter.

func (e *sqliteEngine) insertInvoices(db *gorm.DB, all []Invoice) error {
	last, err := lastNumber(db, Invoice{}.TableName())
	if err != nil {
		return err
	}
	for i := range all {
		all[i].ID = last + int64(i) + 1
	}
	return insertRows(db, all)
}

func (e *sqliteEngine) insertInvoiceLines(db *gorm.DB, all []InvoiceLine) error {
	last, err := lastNumber(db, InvoiceLine{}.TableName())
	if err != nil {
		return err
	}
	for i := range all {
		all[i].ID = last + int64(i) + 1
	}
	return insertRows(db, all)
}

func (e *sqliteEngine) insertInvoiceTaxes(db *gorm.DB, all []InvoiceTax) error {
	return insertRows(db, all)
}

func (e *sqliteEngine) insertMoves(db *gorm.DB, all []CreditMove) error {
	last, err := lastNumber(db, CreditMove{}.TableName())
	if err != nil {
		return err
	}
	for i := range all {
		all[i].ID = last + int64(i) + 1
	}
	return insertRows(db, all)
}

func (e *sqliteEngine) insertDailyLines(db *gorm.DB, all []DailyLine) error {
	return insertRows(db, all)
}

func (e *sqliteEngine) lockRows() string { return "" }

func (e *sqliteEngine) ofMany(condition string) string { return "likelihood(" + condition + ", 0.5)" }

func (e *postgresEngine) insertInvoices(db *gorm.DB, all []Invoice) error {
	return db.CreateInBatches(all, batch).Error
}

func (e *postgresEngine) insertInvoiceLines(db *gorm.DB, all []InvoiceLine) error {
	return db.CreateInBatches(all, batch).Error
}

func (e *postgresEngine) insertInvoiceTaxes(db *gorm.DB, all []InvoiceTax) error {
	if len(all) == 0 {
		return nil
	}
	return db.CreateInBatches(all, batch).Error
}

func (e *postgresEngine) insertMoves(db *gorm.DB, all []CreditMove) error {
	return db.CreateInBatches(all, batch).Error
}

func (e *postgresEngine) insertDailyLines(db *gorm.DB, all []DailyLine) error {
	return db.CreateInBatches(all, batch).Error
}

func (e *postgresEngine) lockRows() string { return " FOR UPDATE" }

func (e *postgresEngine) ofMany(condition string) string { return condition }

// billingEngine is what the engines do to bill many clients in one transaction.
type billingEngine interface {
	insertInvoices(db *gorm.DB, all []Invoice) error
	insertInvoiceLines(db *gorm.DB, all []InvoiceLine) error
	insertInvoiceTaxes(db *gorm.DB, all []InvoiceTax) error
	insertMoves(db *gorm.DB, all []CreditMove) error
	insertDailyLines(db *gorm.DB, all []DailyLine) error
	// lockRows is what a SELECT ends with that keeps others from changing its rows.
	lockRows() string
	// ofMany is a condition that very many rows meet, so that to look for it alone is of no use. SQLite has no statistics of the tables and takes it for few.
	ofMany(condition string) string
}
