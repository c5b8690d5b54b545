package app

import (
	"context"
	"slices"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// AccountStatement is a client's account over a range of days (IN-4).
type AccountStatement struct {
	billing.Statement
	From, To date.Date // both included
	Client   data.Client
	Billing  BillingAddress
}

// Statement works out a client's account from one day to another, both included. No From means from the beginning, no To means to today.
//
// An invoice raises what the client owes on the day it was issued; money that came in, and credit that was given, lowers it on theirs. Using credit for an
// invoice moves nothing: what is owed was lowered as the credit came about. What is paid back, or credit that is taken away from an
// invoice that stays paid, is no longer charged either.
// Cancelled invoices are left out.
func (s *Invoices) Statement(ctx context.Context, clientID int64, from, to date.Date) (st AccountStatement, err error) {
	if to.IsZero() {
		to = date.Today(s.now())
	}
	if to.Before(from) {
		return st, Problems{{Code: Invalid, Field: FieldDate, Message: i18n.T("The first day is after the last one.")}}
	}
	err = known(s.store.LongSnapshot(ctx, func(tx *data.Tx) error {
		c, err := tx.Client(clientID)
		if err != nil {
			return err
		}
		st.Client, st.From, st.To = c, from, to
		if st.Billing, err = billingOf(tx, c); err != nil {
			return err
		}
		entries, err := accountEntries(tx, c, to)
		if err != nil {
			return err
		}
		st.Statement, err = statement(money.Currency(c.Currency), entries, from)
		return err
	}))
	return st, err
}

// statement divides entries into those before a day, which make the opening balance, and the others.
func statement(c money.Currency, entries []billing.Entry, from date.Date) (billing.Statement, error) {
	var before, within []billing.Entry
	for _, e := range entries {
		if e.Date.Before(from) {
			before = append(before, e)
		} else {
			within = append(within, e)
		}
	}
	earlier, err := billing.NewStatement(money.New(0, c), before)
	if err != nil {
		return earlier, err
	}
	return billing.NewStatement(earlier.Closing, within)
}

// accountEntries are all events of a client's account up to a day. Those of one day are in the order in which they mostly come: invoices, credit, and then money.
func accountEntries(tx *data.Tx, c data.Client, to date.Date) ([]billing.Entry, error) {
	amount := func(minor int64) money.Money { return money.New(minor, money.Currency(c.Currency)) }
	invoices, err := tx.InvoicesIssued(c.ID, to)
	if err != nil {
		return nil, err
	}
	var all []billing.Entry
	for _, i := range invoices {
		all = append(all, billing.Entry{
			Date: i.Issued, Kind: billing.InvoiceEntry, ID: i.ID, Description: i18n.T("Invoice #%s", numberOf(i)), Amount: amount(i.Total),
		})
	}
	moves, err := tx.CreditMoves(c.ID)
	if err != nil {
		return nil, err
	}
	ids, err := tx.TransactionIDs(c.ID)
	if err != nil {
		return nil, err
	}
	off, err := takenOff(tx, invoices, moves)
	if err != nil {
		return nil, err
	}
	for _, m := range moves {
		if x, ok := off.credit[m.ID]; ok && !m.Date.After(to) {
			all = append(all, x.entry(m.Date, amount))
		}
		if m.Date.After(to) || !ownEntry(m, ids) {
			continue
		}
		description := m.Description
		if m.Kind == data.CreditAdjustment {
			description = i18n.T("Adjustment of credit")
		}
		all = append(all, billing.Entry{Date: m.Date, Kind: billing.CreditEntry, ID: m.ID, Description: description, Amount: amount(m.Amount)})
	}
	transactions, err := tx.TransactionsTo(c.ID, to)
	if err != nil {
		return nil, err
	}
	for _, t := range transactions {
		if t.Currency != c.Currency {
			continue
		}
		if t.AmountIn != 0 {
			all = append(all, billing.Entry{Date: t.Date, Kind: billing.PaymentEntry, ID: t.ID, Description: t.Description, Amount: amount(t.AmountIn)})
		}
		for _, x := range off.refunds[t.ID] {
			all = append(all, x.entry(t.Date, amount))
		}
		if t.AmountOut != 0 {
			all = append(all, billing.Entry{Date: t.Date, Kind: billing.RefundEntry, ID: t.ID, Description: t.Description, Amount: amount(t.AmountOut)})
		}
	}
	return all, nil
}

// off is what was taken off an invoice, in minor units.
type off struct {
	invoice data.Invoice
	amount  int64
}

func (o off) entry(day date.Date, amount func(int64) money.Money) billing.Entry {
	return billing.Entry{Date: day, Kind: billing.OffEntry, ID: o.invoice.ID, Description: i18n.T("Invoice #%s: no longer charged", numberOf(o.invoice)), Amount: amount(o.amount)}
}

// offs are what was taken off invoices: by the transaction that paid it back, and by the movement of credit that took its credit away.
type offs struct {
	refunds map[int64][]off
	credit  map[int64]off
}

// takenOff is what was taken off invoices that are not asked for any more, though a part of them was paid back, or the credit used for them was taken away: nothing is
// owed on those, so that leaves nothing owed either. Of an invoice that was paid again since, only the rest was taken off.
func takenOff(tx *data.Tx, invoices []data.Invoice, moves []data.CreditMove) (offs, error) {
	by := offs{map[int64][]off{}, map[int64]off{}}
	for _, i := range invoices {
		left := TakenOff(i)
		if left <= 0 {
			continue
		}
		payments, err := tx.PaymentsTo(i.ID)
		if err != nil {
			return by, err
		}
		for _, p := range slices.Backward(payments) {
			if n := min(-p.Amount, left); n > 0 {
				by.refunds[p.TransactionID] = append(by.refunds[p.TransactionID], off{i, n})
				left -= n
			}
		}
		for _, m := range slices.Backward(moves) {
			if m.Kind != data.CreditReturned || m.InvoiceID == nil || *m.InvoiceID != i.ID {
				continue
			}
			if n := min(m.Amount, left); n > 0 {
				by.credit[m.ID] = off{i, n}
				left -= n
			}
		}
	}
	return by, nil
}

// ownEntry tells whether a row of the credit ledger is an event of its own in the account: not where it only moved between the balance and an invoice, nor where
// its transaction tells of it already or is gone with all that it made.
func ownEntry(m data.CreditMove, transactions []int64) bool {
	if m.Kind == data.CreditApplied || m.Kind == data.CreditReturned {
		return false
	}
	if m.TransactionID == nil {
		return true
	}
	if !slices.Contains(transactions, *m.TransactionID) {
		return false
	}
	return m.Kind == data.CreditRefund || m.Kind == data.CreditReversal
}
