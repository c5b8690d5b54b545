package data

import (
	"database/sql"

	"clientele/app/date"
)

// Transaction is money that came in or went out. It stays when its client is deleted, with the client's name as it was. Amounts are minor units of
// Currency and never below zero.
type Transaction struct {
	ID          int64
	ClientID    *int64
	ClientName  string
	Date        date.Date
	Method      string
	Description string
	Reference   string // the number that the bank or the provider gave it
	Currency    string // ISO 4217
	AmountIn    int64
	Fees        int64
	AmountOut   int64
	RefundOf    *int64
	Invoices    string // the numbers of the invoices it names, as people see them
	CreatedAt   int64  `gorm:"autoCreateTime:false"`
	Who         string
	Version     int64
}

// TableName tells GORM the table.
func (Transaction) TableName() string { return "transactions" }

// Payment is how much of a transaction went to an invoice, in minor units; below zero where it was refunded from it.
type Payment struct {
	ID            int64
	TransactionID int64
	InvoiceID     int64
	Amount        int64
}

// TableName tells GORM the table.
func (Payment) TableName() string { return "payments" }

// Transaction reads one transaction.
func (tx *Tx) Transaction(id int64) (Transaction, error) {
	var t Transaction
	err := translate(tx.db.Take(&t, "id = ?", id).Error)
	return t, err
}

// TransactionToChange reads one transaction and keeps others from changing it until the transaction of the database ends.
func (tx *Tx) TransactionToChange(id int64) (Transaction, error) {
	var t Transaction
	err := translate(tx.db.Clauses(toChange).Take(&t, "id = ?", id).Error)
	return t, err
}

// SameReference lists the transactions of a method with a reference, newest first, up to n (IN-5: a reference is unique per method, or warned of).
func (tx *Tx) SameReference(method, reference string, n int) ([]Transaction, error) {
	var all []Transaction
	err := tx.db.Where("reference = ? AND reference <> '' AND method = ?", reference, method).Order("id DESC").Limit(n).Find(&all).Error
	return all, err
}

// RefundsOf lists the refunds of a transaction, oldest first.
func (tx *Tx) RefundsOf(id int64) ([]Transaction, error) {
	var all []Transaction
	err := tx.db.Where("refund_of = ?", id).Order("id").Find(&all).Error
	return all, err
}

// AddTransaction stores a transaction and gives it its number.
func (tx *Tx) AddTransaction(t *Transaction) error {
	t.CreatedAt, t.Version = millis(tx.now), 1
	if err := tx.db.Create(t).Error; err != nil {
		return err
	}
	tx.tallyTransaction(nil, t)
	return nil
}

// UpdateTransaction writes what can be changed of a transaction. ErrChanged: somebody changed it meanwhile, and nothing was written.
func (tx *Tx) UpdateTransaction(before Transaction, after *Transaction) error {
	after.ID, after.Version = before.ID, before.Version+1
	r := tx.db.Model(&Transaction{}).Where("id = ? AND version = ?", before.ID, before.Version).
		Select("client_id", "client_name", "date", "method", "description", "reference", "amount_in", "fees", "amount_out", "invoices", "version").Updates(after)
	if r.Error != nil {
		return r.Error
	}
	if r.RowsAffected != 1 {
		return ErrChanged
	}
	tx.tallyTransaction(&before, after)
	return nil
}

// DeleteTransaction removes a transaction, whose payments must have been taken off before. ErrChanged: somebody changed it meanwhile.
func (tx *Tx) DeleteTransaction(before Transaction) error {
	r := tx.db.Exec("DELETE FROM transactions WHERE id = ? AND version = ?", before.ID, before.Version)
	if r.Error != nil {
		return r.Error
	}
	if r.RowsAffected != 1 {
		return ErrChanged
	}
	tx.tallyTransaction(&before, nil)
	return nil
}

// AddPayments notes how much of transactions went to invoices.
func (tx *Tx) AddPayments(ps []Payment) error {
	if len(ps) == 0 {
		return nil
	}
	return tx.db.CreateInBatches(ps, batch).Error
}

// PaymentsOf lists what of a transaction went to invoices, in the order given.
func (tx *Tx) PaymentsOf(transactionID int64) ([]Payment, error) {
	var ps []Payment
	err := tx.db.Where("transaction_id = ?", transactionID).Order("id").Find(&ps).Error
	return ps, err
}

// PaymentsTo lists what came in for an invoice, in the order in which it was noted.
func (tx *Tx) PaymentsTo(invoiceID int64) ([]Payment, error) {
	var ps []Payment
	err := tx.db.Where("invoice_id = ?", invoiceID).Order("id").Find(&ps).Error
	return ps, err
}

// DeletePayments takes the payments of a transaction off their invoices.
func (tx *Tx) DeletePayments(transactionID int64) error {
	return tx.db.Exec("DELETE FROM payments WHERE transaction_id = ?", transactionID).Error
}

// DeletePaymentsTo takes all payments off an invoice; the transactions stay.
func (tx *Tx) DeletePaymentsTo(invoiceID int64) error {
	return tx.db.Exec("DELETE FROM payments WHERE invoice_id = ?", invoiceID).Error
}

// TransactionLinked tells whether a transaction went to invoices, gave credit, or was refunded or is a refund.
func (tx *Tx) TransactionLinked(id int64) (bool, error) {
	var linked bool
	err := tx.db.Raw("SELECT EXISTS (SELECT 1 FROM payments WHERE transaction_id = @id) OR EXISTS (SELECT 1 FROM credit_moves WHERE transaction_id = @id)"+
		" OR EXISTS (SELECT 1 FROM transactions WHERE refund_of = @id)", sql.Named("id", id)).Scan(&linked).Error
	return linked, err
}
