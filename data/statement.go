package data

import "clientele/app/date"

// InvoicesIssued lists a client's invoices that left Draft up to a day and were not cancelled, by day and number, without their lines.
func (tx *Tx) InvoicesIssued(clientID int64, to date.Date) ([]Invoice, error) {
	var all []Invoice
	err := tx.db.Where("client_id = ? AND status NOT IN ('Draft', 'Cancelled') AND issued <= ?", clientID, to).Order("issued, id").Find(&all).Error
	return all, err
}

// TransactionsTo lists a client's transactions up to a day, by day and number.
func (tx *Tx) TransactionsTo(clientID int64, to date.Date) ([]Transaction, error) {
	var all []Transaction
	err := tx.db.Where("client_id = ? AND date <= ?", clientID, to).Order("date, id").Find(&all).Error
	return all, err
}

// TransactionIDs lists the numbers of all transactions of a client.
func (tx *Tx) TransactionIDs(clientID int64) ([]int64, error) {
	var ids []int64
	err := tx.db.Raw("SELECT id FROM transactions WHERE client_id = ?", clientID).Scan(&ids).Error
	return ids, err
}
