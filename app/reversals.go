package app

import (
	"context"
	"strings"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Delete removes a transaction as if it had never been: invoices that it paid are owed again, and credit that it made is taken back first. NotAllowed: that
// credit was spent, or the transaction was refunded.
func (s *Transactions) Delete(ctx context.Context, id int64) error {
	if err := s.may(Deleting); err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		t, err := tx.Transaction(id)
		if err != nil {
			return err
		}
		if t.ClientID == nil { // its client was deleted, and all that it had paid
			*changes = append(*changes, Change{Topic: TopicTransactions})
			if err := tx.DeleteTransaction(t); err != nil {
				return err
			}
			return tx.AddActivity(s.entry(actTransactionDeleted, 0, t.Description, t.ClientName+": "+amountOf(t)))
		}
		a, err := s.account(tx, *t.ClientID)
		if err != nil {
			return err
		}
		if t, err = tx.TransactionToChange(id); err != nil {
			return err
		}
		if err := a.reverse(t); err != nil {
			return err
		}
		*changes = append(*changes, a.moneyChanges()...)
		details := []string{amountOf(t)}
		if line := a.creditLine(); line != "" {
			details = append(details, line)
		}
		return a.note(actTransactionDeleted, t.Description, strings.Join(details, "\n"))
	})
}

// amountOf is what a transaction moved, for the log.
func amountOf(t data.Transaction) string {
	c := money.Currency(t.Currency)
	if t.AmountOut > 0 {
		return i18n.T("Out") + ": " + money.New(t.AmountOut, c).String()
	}
	return i18n.T("In") + ": " + money.New(t.AmountIn, c).String()
}

// reverse takes a transaction back and removes it (CR-8).
func (a *account) reverse(t data.Transaction) error {
	if err := a.notRefunded(t); err != nil {
		return err
	}
	if err := a.takeBackCredit(t); err != nil {
		return err
	}
	payments, err := a.tx.PaymentsOf(t.ID)
	if err != nil {
		return err
	}
	for _, p := range payments {
		before, err := a.tx.InvoiceToChange(p.InvoiceID)
		if err != nil {
			return err
		}
		after := before
		if err := a.unpay(&after, p.Amount); err != nil {
			return err
		}
		if err := a.tx.UpdateInvoice(before, &after); err != nil {
			return err
		}
	}
	if err := a.tx.DeletePayments(t.ID); err != nil {
		return err
	}
	return a.tx.DeleteTransaction(t)
}

// takeBackCredit takes back the credit that a transaction made.
func (a *account) takeBackCredit(t data.Transaction) error {
	moves, err := a.tx.CreditOfTransaction(t.ID)
	if err != nil {
		return err
	}
	for _, m := range standing(moves) {
		_, err := a.move(data.CreditMove{
			Kind: data.CreditReversal, Amount: -m.Amount, Description: m.Description, InvoiceID: m.InvoiceID, TransactionID: m.TransactionID, Reverses: &m.ID,
		}, func(money.Money) string { return a.creditSpent(m) })
		if err != nil {
			return err
		}
	}
	return nil
}

// NewRefund is what the refund dialog gives.
type NewRefund struct {
	Amount      money.Money // above zero, and at most what is left of the payment on the invoice
	ToCredit    bool        // the client gets it as credit; else it was paid back outside of Clientele
	Method      string      // how it was paid back
	Reference   string
	Description string
	Send        bool // the client is told of it
	Key         string
}

// Refundable is what of a payment to an invoice can still be refunded.
func (s *Transactions) Refundable(ctx context.Context, transactionID, invoiceID int64) (m money.Money, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		t, err := tx.Transaction(transactionID)
		if err != nil {
			return err
		}
		left, err := refundable(tx, t, invoiceID)
		m = money.New(left, money.Currency(t.Currency))
		return err
	})
	return m, err
}

func refundable(tx *data.Tx, t data.Transaction, invoiceID int64) (int64, error) {
	refunds, err := tx.RefundsOf(t.ID)
	if err != nil {
		return 0, err
	}
	left := int64(0)
	for _, of := range append([]data.Transaction{t}, refunds...) {
		ps, err := tx.PaymentsOf(of.ID)
		if err != nil {
			return 0, err
		}
		for _, p := range ps {
			if p.InvoiceID == invoiceID {
				left += p.Amount
			}
		}
	}
	return left, nil
}

// Refund pays back, whole or in part, what a transaction paid on an invoice: a transaction out, and credit where it is refunded as credit. An invoice of which
// nothing paid is left becomes Refunded; one that was refunded in part stays Paid.
func (s *Transactions) Refund(ctx context.Context, transactionID, invoiceID int64, n NewRefund) (id int64, err error) {
	var wrong Problems
	if n.Amount.Sign() <= 0 {
		wrong.add(FieldAmount, i18n.T("Enter an amount above zero."))
	}
	wrong.transaction(&n.Method, &n.Reference, &n.Description)
	if err := wrong.or(); err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if done, ref, err := doneBefore(tx, n.Key); done || err != nil {
			id = ref
			return err
		}
		a, before, err := s.invoiceAccount(tx, invoiceID)
		if err != nil {
			return err
		}
		t, err := tx.TransactionToChange(transactionID)
		if err != nil {
			return err
		}
		if id, err = a.refund(t, before, n); err != nil {
			return err
		}
		*changes = append(*changes, a.moneyChanges()...)
		if n.Send {
			if err := s.mails.confirm(tx, invoiceRefund, a.client, id, n.ToCredit, changes); err != nil {
				return err
			}
		}
		return recordDone(tx, n.Key, id)
	})
	return id, err
}

func (a *account) refund(of data.Transaction, before data.Invoice, n NewRefund) (int64, error) {
	left, err := refundable(a.tx, of, before.ID)
	switch {
	case err != nil:
		return 0, err
	case n.Amount.Currency != a.currency() || before.Currency != a.client.Currency:
		return 0, otherCurrency(FieldAmount, money.Currency(before.Currency))
	case n.Amount.Minor > left:
		return 0, Problems{{Code: Invalid, Field: FieldAmount, Message: i18n.T("Only %s of this payment can be refunded.", a.money(left).Format(i18n.CurrentLocale()))}}
	}
	number := numberOf(before)
	if n.Description == "" {
		n.Description = i18n.T("Refund of Invoice #%s", number)
	}
	out := data.Transaction{
		ClientID: &a.client.ID, ClientName: a.client.Name(), Date: a.today, Method: n.Method, Description: n.Description, Reference: n.Reference,
		Currency: a.client.Currency, AmountOut: n.Amount.Minor, RefundOf: &of.ID, Invoices: number, Who: a.who(),
	}
	if err := a.tx.AddTransaction(&out); err != nil {
		return 0, err
	}
	if err := a.tx.AddPayments([]data.Payment{{TransactionID: out.ID, InvoiceID: before.ID, Amount: -n.Amount.Minor}}); err != nil {
		return 0, err
	}
	after := before
	after.Paid -= n.Amount.Minor
	if after.Status == billing.Paid && after.Paid == 0 {
		after.Status = billing.Refunded
	}
	if err := a.tx.UpdateInvoice(before, &after); err != nil {
		return 0, err
	}
	lines := []string{i18n.T("Amount") + ": " + n.Amount.String()}
	if n.ToCredit {
		_, err := a.move(data.CreditMove{
			Kind: data.CreditRefund, Amount: n.Amount.Minor, Description: billing.CreditFromRefund(number), InvoiceID: &before.ID, TransactionID: &out.ID,
		}, never)
		if err != nil {
			return 0, err
		}
		lines = append(lines, a.creditLine())
	}
	return out.ID, a.note(actRefunded, n.Description, strings.Join(lines, "\n"))
}
