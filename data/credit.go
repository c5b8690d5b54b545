package data

import (
	"database/sql"

	"clientele/app/date"
)

// CreditKind is why credit moved.
type CreditKind string

// The kinds. CreditAdjustment is a balance edited by hand on the profile: in the ledger, but not in the log that people see (CR-7).
const (
	CreditAdjustment CreditKind = "adjustment"
	// CreditOpening is a balance that an import brought along.
	CreditOpening CreditKind = "opening"
	// CreditAdded and CreditRemoved were entered by hand (CR-1).
	CreditAdded   CreditKind = "added"
	CreditRemoved CreditKind = "removed"
	// CreditOverpayment is what a payment was above the balance of its invoices (CR-4).
	CreditOverpayment CreditKind = "overpayment"
	// CreditApplied went to an invoice, CreditReturned came back from one (CR-5, CR-6, CR-8).
	CreditApplied  CreditKind = "applied"
	CreditReturned CreditKind = "returned"
	// CreditRefund is money that was refunded as credit.
	CreditRefund CreditKind = "refund"
	// CreditReversal takes an earlier row back. The log lists neither.
	CreditReversal CreditKind = "reversal"
	// CreditMergedIn and CreditMergedOut moved with a merge of two clients.
	CreditMergedIn  CreditKind = "merged in"
	CreditMergedOut CreditKind = "merged out"
)

// CreditMove is a row of a client's credit ledger. Rows are added, never changed; the balance is their sum.
type CreditMove struct {
	ID            int64
	ClientID      int64
	Kind          CreditKind
	Date          date.Date
	Amount        int64 // minor units, never 0
	Currency      string
	Description   string
	At            int64
	Who           string
	InvoiceID     *int64 // what it was applied to, came back from, or was paid too much for
	TransactionID *int64 // the payment or refund it came from
	Reverses      *int64 // the row that it takes back
}

// TableName tells GORM the table.
func (CreditMove) TableName() string { return "credit_moves" }

// AddCreditMoves adds moves of clients who are not in any list yet, as an import does, without touching balances.
func (tx *Tx) AddCreditMoves(ms []CreditMove) error {
	if len(ms) == 0 {
		return nil
	}
	for i := range ms {
		ms[i].At = millis(tx.now)
	}
	return tx.db.CreateInBatches(ms, batch).Error
}

// MoveCredit adds a row to the ledger and changes the client's balance by it, both or neither.
func (tx *Tx) MoveCredit(before Client, m *CreditMove) error {
	m.ClientID, m.At = before.ID, millis(tx.now)
	if err := tx.db.Create(m).Error; err != nil {
		return err
	}
	r := tx.db.Exec("UPDATE clients SET credit = credit + ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ?",
		m.Amount, millis(tx.now), before.ID, before.Version)
	if r.Error != nil {
		return r.Error
	}
	if r.RowsAffected != 1 {
		return ErrChanged
	}
	after := before
	after.Credit += m.Amount
	tx.count(&before, -1)
	tx.count(&after, 1)
	return nil
}

// CreditMove reads one row of the ledger.
func (tx *Tx) CreditMove(id int64) (CreditMove, error) {
	var m CreditMove
	err := translate(tx.db.Take(&m, "id = ?", id).Error)
	return m, err
}

// CreditReversed tells whether a row of the ledger was taken back.
func (tx *Tx) CreditReversed(id int64) (bool, error) {
	var n int64
	err := tx.db.Raw("SELECT count(*) FROM credit_moves WHERE reverses = ?", id).Scan(&n).Error
	return n > 0, err
}

// CreditOfInvoice lists the rows of the ledger that name an invoice, oldest first.
func (tx *Tx) CreditOfInvoice(invoiceID int64) ([]CreditMove, error) {
	var ms []CreditMove
	err := tx.db.Where("invoice_id = ?", invoiceID).Order("id").Find(&ms).Error
	return ms, err
}

// CreditOfTransaction lists the rows of the ledger that came from a transaction, oldest first.
func (tx *Tx) CreditOfTransaction(transactionID int64) ([]CreditMove, error) {
	var ms []CreditMove
	err := tx.db.Where("transaction_id = ?", transactionID).Order("id").Find(&ms).Error
	return ms, err
}

// CreditMoves lists a client's ledger, oldest first.
func (tx *Tx) CreditMoves(clientID int64) ([]CreditMove, error) {
	var ms []CreditMove
	err := tx.db.Where("client_id = ?", clientID).Order("id").Find(&ms).Error
	return ms, err
}

// HasMoney tells whether anything in money hangs on a client, which fixes the currency (IN-7).
func (tx *Tx) HasMoney(clientID int64) (bool, error) {
	var has bool
	err := tx.db.Raw("SELECT EXISTS (SELECT 1 FROM credit_moves WHERE client_id = @id) OR EXISTS (SELECT 1 FROM invoices WHERE client_id = @id)"+
		" OR EXISTS (SELECT 1 FROM services WHERE client_id = @id) OR EXISTS (SELECT 1 FROM transactions WHERE client_id = @id)", sql.Named("id", clientID)).Scan(&has).Error
	return has, err
}
