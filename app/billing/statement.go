package billing

import (
	"fmt"
	"slices"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
)

// EntryKind is what a line of an account statement tells of.
type EntryKind string

// The kinds. An invoice and a refund raise what the client owes; a payment and credit that was given lower it, and so does what was taken off an invoice as it was
// refunded: what was paid back is not owed anew. Credit used for an invoice is no entry: what is owed was lowered as the credit came about.
const (
	InvoiceEntry EntryKind = "invoice"
	PaymentEntry EntryKind = "payment"
	CreditEntry  EntryKind = "credit"
	OffEntry     EntryKind = "off"
	RefundEntry  EntryKind = "refund"
)

// Name is the kind in the current language.
func (k EntryKind) Name() string {
	switch k {
	case InvoiceEntry:
		return i18n.T("Invoice")
	case PaymentEntry:
		return i18n.T("Payment")
	case CreditEntry:
		return i18n.T("Credit")
	case OffEntry:
		return i18n.T("Taken Off")
	case RefundEntry:
		return i18n.T("Refund")
	}
	return string(k)
}

// Entry is one event of an account. Amount is above zero in the direction of its kind; an invoice that was cancelled or
// credit that was removed is an entry below zero.
type Entry struct {
	Date        date.Date
	Kind        EntryKind
	ID          int64 // of what it tells of
	Description string
	Amount      money.Money
}

// Row is an entry with what the client owes after it. One of Debit, which raised that, and Credit, which lowered it, is
// the entry's amount and the other is zero; neither is below zero.
type Row struct {
	Entry
	Debit, Credit, Balance money.Money
}

// Statement is an account from an opening to a closing balance: Closing = Opening + Debits − Credits. A balance is what
// the client owes; below zero it is owed to them.
type Statement struct {
	Opening, Closing money.Money
	Debits, Credits  money.Money
	Rows             []Row
}

// NewStatement puts entries in the order of their dates, those of one day as they come, and runs the balance through them. Entries
// in another currency than the opening balance are money.ErrCurrencyMismatch, sums that cannot be kept money.ErrOverflow.
func NewStatement(opening money.Money, entries []Entry) (Statement, error) {
	nothing := money.New(0, opening.Currency)
	s := Statement{Opening: opening, Closing: opening, Debits: nothing, Credits: nothing, Rows: make([]Row, 0, len(entries))}
	inOrder := slices.Clone(entries)
	slices.SortStableFunc(inOrder, func(a, b Entry) int { return a.Date.Compare(b.Date) })
	var sum adder
	for _, e := range inOrder {
		owed, err := e.owed()
		if err != nil {
			return Statement{}, err
		}
		row := Row{Entry: e, Debit: nothing, Credit: nothing}
		if owed.Sign() > 0 {
			sum.add(&row.Debit, owed)
		} else {
			sum.sub(&row.Credit, owed)
		}
		sum.add(&s.Debits, row.Debit)
		sum.add(&s.Credits, row.Credit)
		sum.add(&s.Closing, owed)
		row.Balance = s.Closing
		s.Rows = append(s.Rows, row)
	}
	if sum.err != nil {
		return Statement{}, sum.err
	}
	return s, nil
}

// owed is what an entry adds to what the client owes.
func (e Entry) owed() (money.Money, error) {
	switch e.Kind {
	case InvoiceEntry, RefundEntry:
		return e.Amount, nil
	case PaymentEntry, CreditEntry, OffEntry:
		return e.Amount.Neg()
	}
	return money.Money{}, fmt.Errorf("%q is not a kind of entry", string(e.Kind))
}
