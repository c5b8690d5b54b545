package app

import (
	"context"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// TransactionView is a transaction as it is opened.
type TransactionView struct {
	data.Transaction
	// Fixed says that its amounts belong to invoices or to credit, so that they cannot be changed.
	Fixed bool
}

// View reads a transaction with what is known of it.
func (s *Transactions) View(ctx context.Context, id int64) (v TransactionView, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) (err error) {
		if v.Transaction, err = tx.Transaction(id); err != nil {
			return err
		}
		v.Fixed, err = tx.TransactionLinked(id)
		return err
	})
	return v, err
}

// TransactionDeletion is what deleting a transaction would do.
type TransactionDeletion struct {
	data.Transaction
	Invoices []OwedAgain
	// Credit is what of the client's credit is taken back, and Left what is left of it then. Both are zero where the transaction gave none.
	Credit money.Money
	Left   money.Money
}

// OwedAgain is what deleting a transaction does to an invoice.
type OwedAgain struct {
	ID     int64
	Number string
	Amount money.Money // what is no longer paid; below zero where a refund is taken back
	Status billing.InvoiceStatus
	Owed   money.Money // what is owed on it then
}

// DeletePreview tells what deleting a transaction would do. NotAllowed, in the words of Delete: it cannot be deleted.
func (s *Transactions) DeletePreview(ctx context.Context, id int64) (d TransactionDeletion, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		t, err := tx.Transaction(id)
		if err != nil || t.ClientID == nil {
			d.Transaction = t
			return err
		}
		c, err := tx.Client(*t.ClientID)
		if err != nil {
			return err
		}
		d, err = (&account{core: &s.core, tx: tx, client: c, today: date.Today(s.now()), credit: c.Credit}).reversal(t)
		return err
	})
	return d, err
}

// reversal is what reverse would do, or why it refuses.
func (a *account) reversal(t data.Transaction) (TransactionDeletion, error) {
	c := money.Currency(t.Currency)
	d := TransactionDeletion{Transaction: t, Credit: money.New(0, c), Left: a.balance()}
	if err := a.notRefunded(t); err != nil {
		return d, err
	}
	moves, err := a.tx.CreditOfTransaction(t.ID)
	if err != nil {
		return d, err
	}
	for _, m := range standing(moves) {
		if d.Credit, err = d.Credit.Add(money.New(m.Amount, c)); err != nil {
			return d, err
		}
		if d.Left, err = d.Left.Sub(a.money(m.Amount)); err != nil {
			return d, err
		}
		if d.Left.Sign() < 0 {
			return d, &Error{Code: NotAllowed, Message: a.creditSpent(m)}
		}
	}
	payments, err := a.tx.PaymentsOf(t.ID)
	if err != nil {
		return d, err
	}
	for _, p := range payments {
		i, err := a.tx.Invoice(p.InvoiceID)
		if err != nil {
			return d, err
		}
		if err := a.unpay(&i, p.Amount); err != nil {
			return d, err
		}
		d.Invoices = append(d.Invoices, OwedAgain{i.ID, numberOf(i), money.New(p.Amount, c), i.Status, money.New(i.Balance(), c)})
	}
	return d, nil
}

// notRefunded refuses where a transaction was refunded.
func (a *account) notRefunded(t data.Transaction) error {
	refunds, err := a.tx.RefundsOf(t.ID)
	if err == nil && len(refunds) > 0 {
		return &Error{Code: NotAllowed, Message: i18n.T("This payment was refunded. Delete its refunds first.")}
	}
	return err
}

// standing are the entries of the ledger that were not taken back.
func standing(moves []data.CreditMove) (left []data.CreditMove) {
	gone := map[int64]bool{}
	for _, m := range moves {
		if m.Reverses != nil {
			gone[*m.Reverses], gone[m.ID] = true, true
		}
	}
	for _, m := range moves {
		if !gone[m.ID] {
			left = append(left, m)
		}
	}
	return left
}

// creditSpent says why the credit that a transaction gave cannot be taken back.
func (a *account) creditSpent(m data.CreditMove) string {
	l := i18n.CurrentLocale()
	return i18n.T("This payment gave %s of credit, of which part was spent already: only %s is left. Take the credit back from the invoices it was used for first.",
		a.money(m.Amount).Format(l), a.balance().Format(l))
}

// unpay takes a payment off an invoice, or a refund, whose amount is below zero. The caller writes the invoice. A refund stays where the invoice was cancelled or
// paid again since: else more would be paid on it than it asks for.
func (a *account) unpay(i *data.Invoice, amount int64) error {
	i.Paid -= amount
	switch {
	case amount > 0:
		a.settle(i)
	case i.Status == billing.Cancelled:
		return &Error{Code: NotAllowed, Message: i18n.T("Invoice #%s was cancelled after this refund, so nothing can be paid on it. Set it to Unpaid first.", numberOf(*i))}
	case i.Balance() < 0:
		return &Error{Code: NotAllowed, Message: i18n.T("Invoice #%s was paid again after this refund. Delete the later payment first, or give the client credit.", numberOf(*i))}
	case i.Status == billing.Refunded:
		i.Status = billing.Paid
	case i.Status != billing.Paid: // one that was refunded in part stays Paid
		a.settle(i)
	}
	return nil
}
