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
// invoice moves nothing: what is owed was lowered as the credit came about. Cancelled invoices are left out.
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

// accountEntries are all events of a client's account up to a day.
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
		if t.AmountOut != 0 {
			all = append(all, billing.Entry{Date: t.Date, Kind: billing.RefundEntry, ID: t.ID, Description: t.Description, Amount: amount(t.AmountOut)})
		}
	}
	moves, err := tx.CreditMoves(c.ID)
	if err != nil {
		return nil, err
	}
	ids, err := tx.TransactionIDs(c.ID)
	if err != nil {
		return nil, err
	}
	for _, m := range moves {
		if m.Date.After(to) || !ownEntry(m, ids) {
			continue
		}
		description := m.Description
		if m.Kind == data.CreditAdjustment {
			description = i18n.T("Adjustment of credit")
		}
		all = append(all, billing.Entry{Date: m.Date, Kind: billing.CreditEntry, ID: m.ID, Description: description, Amount: amount(m.Amount)})
	}
	return all, nil
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
