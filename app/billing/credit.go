package billing

import "clientele/app/money"

// AutoApply is how much of a client's credit is used for an invoice as it is published: as much as is owed and there is. It
// is never below zero, and is zero where the status is other than Unpaid; a draft never takes credit. Amounts in
// two currencies are money.ErrCurrencyMismatch, as credit is only used in its own.
func AutoApply(credit, owed money.Money, s InvoiceStatus) (money.Money, error) {
	order, err := credit.Cmp(owed)
	switch {
	case err != nil:
		return money.Money{}, err
	case s != Unpaid || credit.Sign() <= 0 || owed.Sign() <= 0:
		return money.New(0, credit.Currency), nil
	case order < 0:
		return credit, nil
	}
	return owed, nil
}

// What the credit ledger says of entries that the program makes. number is that of the invoice. These texts are part of the ledger, which people of
// several languages read and programs search, so they are the same in every language.

// CreditForOverpayment describes what was paid above an invoice's balance.
func CreditForOverpayment(number string) string {
	return "Credit for Overpayment of Invoice #" + number
}

// CreditApplied describes credit that was used for an invoice; the entry is below zero.
func CreditApplied(number string) string {
	return "Credit Applied to Invoice #" + number
}

// CreditRemoved describes credit that somebody took back from an invoice.
func CreditRemoved(number string) string {
	return "Credit Removed from Invoice #" + number
}

// CreditReturnedCancelled describes credit that came back as its invoice was cancelled.
func CreditReturnedCancelled(number string) string {
	return "Credit Returned from Cancelled Invoice #" + number
}

// CreditReturnedDeleted describes credit that came back as its invoice was deleted.
func CreditReturnedDeleted(number string) string {
	return "Credit Returned from Deleted Invoice #" + number
}

// CreditFromRefund describes a refund that the client got as credit.
func CreditFromRefund(number string) string {
	return "Refund of Invoice #" + number + " to Credit"
}

// CreditTakenBack describes the end of an overpayment's credit as the payment was taken back; the entry is below zero.
func CreditTakenBack(number string) string {
	return "Credit for Overpayment of Invoice #" + number + " Taken Back"
}
