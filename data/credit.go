package data

import "clientele/app/date"

// CreditKind is why credit moved.
type CreditKind string

// The kinds. CreditAdjustment is a balance edited by hand on the profile: in the ledger, but not in the log that people see (CR-7).
const (
	CreditAdjustment CreditKind = "adjustment"
	// CreditOpening is a balance that an import brought along.
	CreditOpening CreditKind = "opening"
)

// CreditMove is a row of a client's credit ledger. Rows are added, never changed; the balance is their sum.
type CreditMove struct {
	ID          int64
	ClientID    int64
	Kind        CreditKind
	Date        date.Date
	Amount      int64 // minor units, never 0
	Currency    string
	Description string
	At          int64
	Who         string
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

// CreditMoves lists a client's ledger, oldest first.
func (tx *Tx) CreditMoves(clientID int64) ([]CreditMove, error) {
	var ms []CreditMove
	err := tx.db.Where("client_id = ?", clientID).Order("id").Find(&ms).Error
	return ms, err
}

// HasMoney tells whether anything in money hangs on a client, which fixes the currency (IN-7).
func (tx *Tx) HasMoney(clientID int64) (bool, error) {
	var n int64
	err := tx.db.Raw("SELECT count(*) FROM (SELECT 1 FROM credit_moves WHERE client_id = ? LIMIT 1) t", clientID).Scan(&n).Error
	return n > 0, err
}
