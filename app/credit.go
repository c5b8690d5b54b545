package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Credit keeps the clients' credit ledgers.
type Credit struct{ core }

// The keys of fields about money, as errors name them.
const (
	FieldDate        = "date"
	FieldDescription = "description"
	FieldAmount      = "amount"
)

// maxDescription is how long a description in a ledger may be, in characters.
const maxDescription = 500

// CreditEntry is a row of the credit log as people see it (CR-1).
type CreditEntry struct {
	data.CreditMove
	Money   money.Money
	Balance money.Money // of the entries up to this one, in the order of the log
	Invoice string      // the number of the invoice it names, or empty
}

// CreditLog is a client's credit log. Its entries and Unlogged add up to Balance, always.
type CreditLog struct {
	Entries  []CreditEntry // by date, and those of one day as they were entered
	Unlogged money.Money   // adjustments made by hand on the profile, which are no entries (CR-7)
	Balance  money.Money
}

// Log reads the credit log of a client.
func (s *Credit) Log(ctx context.Context, clientID int64) (CreditLog, error) {
	var log CreditLog
	err := s.snapshot(ctx, func(tx *data.Tx) error {
		c, err := tx.Client(clientID)
		if err != nil {
			return err
		}
		moves, err := tx.CreditMoves(clientID)
		if err != nil {
			return err
		}
		numbers, err := numbersOf(tx, moves)
		if err != nil {
			return err
		}
		log, err = creditLog(moves, money.Currency(c.Currency), numbers)
		log.Balance = money.New(c.Credit, money.Currency(c.Currency))
		return err
	})
	return log, err
}

// creditLog makes the log from the ledger: entries that were deleted are left out with their reversals, and adjustments are summed up.
func creditLog(moves []data.CreditMove, c money.Currency, numbers map[int64]string) (CreditLog, error) {
	log := CreditLog{Unlogged: money.New(0, c)}
	gone := map[int64]bool{}
	for _, m := range moves {
		if m.Reverses != nil {
			gone[*m.Reverses], gone[m.ID] = true, true
		}
	}
	for _, m := range moves {
		e := CreditEntry{CreditMove: m, Money: money.New(m.Amount, c)}
		switch {
		case gone[m.ID]:
			continue
		case m.Kind == data.CreditAdjustment:
			var err error
			if log.Unlogged, err = log.Unlogged.Add(e.Money); err != nil {
				return log, err
			}
			continue
		}
		if m.InvoiceID != nil {
			e.Invoice = numbers[*m.InvoiceID]
		}
		log.Entries = append(log.Entries, e)
	}
	slices.SortStableFunc(log.Entries, func(a, b CreditEntry) int { return a.Date.Compare(b.Date) })
	balance := money.New(0, c)
	for i := range log.Entries {
		var err error
		if balance, err = balance.Add(log.Entries[i].Money); err != nil {
			return log, err
		}
		log.Entries[i].Balance = balance
	}
	return log, nil
}

// numbersOf are the numbers of the invoices that rows of the ledger name.
func numbersOf(tx *data.Tx, moves []data.CreditMove) (map[int64]string, error) {
	var ids []int64
	for _, m := range moves {
		if m.InvoiceID != nil && !slices.Contains(ids, *m.InvoiceID) {
			ids = append(ids, *m.InvoiceID)
		}
	}
	return tx.InvoiceNumbers(ids)
}

// NewCredit is what the form for credit gives.
type NewCredit struct {
	Date        date.Date // today where it is none
	Description string
	Amount      money.Money // above zero
	// Key tells two presses of the same button from two entries: the second does nothing.
	Key string
}

// Add gives a client credit (CR-1) and returns the number of the entry.
func (s *Credit) Add(ctx context.Context, clientID int64, n NewCredit) (int64, error) {
	return s.enter(ctx, clientID, n, data.CreditAdded)
}

// Remove takes credit away from a client; the amount is given above zero. NotAllowed: there is not so much.
func (s *Credit) Remove(ctx context.Context, clientID int64, n NewCredit) (int64, error) {
	return s.enter(ctx, clientID, n, data.CreditRemoved)
}

func (s *Credit) enter(ctx context.Context, clientID int64, n NewCredit, kind data.CreditKind) (id int64, err error) {
	if err := n.tidy(s.now); err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if done, ref, err := doneBefore(tx, n.Key); done || err != nil {
			id = ref
			return err
		}
		a, err := s.account(tx, clientID)
		if err != nil {
			return err
		}
		if n.Amount.Currency != a.currency() {
			return otherCurrency(FieldAmount, a.currency())
		}
		amount, action := n.Amount.Minor, actCreditAdded
		if kind == data.CreditRemoved {
			amount, action = -amount, actCreditRemoved
		}
		id, err = a.move(data.CreditMove{Kind: kind, Date: n.Date, Amount: amount, Description: n.Description}, func(money.Money) string {
			return i18n.T("There is %s of credit only, so %s cannot be removed.", a.balance().Format(i18n.CurrentLocale()), n.Amount.Format(i18n.CurrentLocale()))
		})
		if err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicCredit, clientID}, Change{TopicClient, clientID})
		if err := a.note(action, n.Description, a.creditLine()); err != nil {
			return err
		}
		return recordDone(tx, n.Key, id)
	})
	return id, err
}

// tidy brings what was entered into its form, or says all that is wrong with it.
func (n *NewCredit) tidy(now func() time.Time) error {
	var wrong Problems
	n.Description = strings.Join(strings.Fields(n.Description), " ")
	wrong.description(n.Description, true)
	if n.Amount.Sign() <= 0 {
		wrong.add(FieldAmount, i18n.T("Enter an amount above zero."))
	}
	if n.Date.IsZero() {
		n.Date = date.Today(now())
	}
	if n.Date.After(date.Today(now())) {
		wrong.add(FieldDate, i18n.T("This day is yet to come. Credit is entered for today or an earlier day."))
	}
	return wrong.or()
}

// description adds what is wrong with a line of text about money.
func (p *Problems) description(text string, required bool) {
	switch {
	case text == "" && required:
		p.add(FieldDescription, i18n.T("Enter what this is for."))
	case utf8.RuneCountInString(text) > maxDescription:
		p.add(FieldDescription, i18n.T("This is longer than %d characters.", maxDescription))
	case !printable(text):
		p.add(FieldDescription, i18n.T("This holds characters that cannot be seen."))
	}
}

// Deletion is what deleting a credit entry would do.
type Deletion struct {
	Entry         data.CreditMove
	Before, After money.Money // the balance
}

// DeletePreview tells what deleting an entry would do to the balance (CR-3), or with NotAllowed why it cannot be deleted.
func (s *Credit) DeletePreview(ctx context.Context, id int64) (d Deletion, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		m, err := tx.CreditMove(id)
		if err != nil {
			return err
		}
		c, err := tx.Client(m.ClientID)
		if err != nil {
			return err
		}
		d.Entry = m
		d.Before = money.New(c.Credit, money.Currency(c.Currency))
		if d.After, err = d.Before.Sub(money.New(m.Amount, d.Before.Currency)); err != nil {
			return err
		}
		return deletable(tx, m, d.After)
	})
	return d, err
}

// deletable says why an entry cannot be deleted, or nil.
func deletable(tx *data.Tx, m data.CreditMove, after money.Money) error {
	gone, err := tx.CreditReversed(m.ID)
	if err != nil {
		return err
	}
	refuse := func(words string) error { return &Error{Code: NotAllowed, Message: words} }
	switch {
	case gone || m.Kind == data.CreditReversal:
		return &Error{Code: NotFound, Message: i18n.T("This entry was deleted already.")}
	case m.Kind == data.CreditAdjustment:
		return refuse(i18n.T("This is no entry of the log. Change the credit balance on the profile instead."))
	case m.Kind == data.CreditMergedIn || m.Kind == data.CreditMergedOut:
		return refuse(i18n.T("This entry only shows where credit of a merged client came in. It stays."))
	case m.Kind == data.CreditApplied || m.Kind == data.CreditReturned:
		number := ""
		if m.InvoiceID != nil {
			numbers, err := tx.InvoiceNumbers([]int64{*m.InvoiceID})
			if err != nil {
				return err
			}
			number = numbers[*m.InvoiceID]
		}
		if number == "" {
			return refuse(i18n.T("This credit belongs to an invoice that was deleted, so the entry stays: the ledger would not add up without it."))
		}
		return refuse(i18n.T("This credit belongs to Invoice #%s. Remove the credit on that invoice instead.", number))
	case after.Sign() < 0:
		return refuse(i18n.T("This credit was used already: without it the balance would be %s. Take the credit back from the invoices it was used for first.",
			after.Format(i18n.CurrentLocale())))
	}
	return nil
}

// Delete deletes an entry of the credit log, whose amount is then deducted from the balance, and returns the number under which that can be undone.
func (s *Credit) Delete(ctx context.Context, id int64) (undo int64, err error) {
	if err := s.may(Deleting); err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		m, err := tx.CreditMove(id)
		if err != nil {
			return err
		}
		a, err := s.account(tx, m.ClientID)
		if err != nil {
			return err
		}
		after, err := a.balance().Sub(a.money(m.Amount))
		if err != nil {
			return err
		}
		if err := deletable(tx, m, after); err != nil {
			return err
		}
		_, err = a.move(data.CreditMove{
			Kind: data.CreditReversal, Amount: -m.Amount, Description: m.Description, Reverses: &m.ID, InvoiceID: m.InvoiceID, TransactionID: m.TransactionID,
		}, never)
		if errors.Is(err, data.ErrDuplicate) {
			return &Error{Code: NotFound, Message: i18n.T("This entry was deleted already.")}
		}
		if err != nil {
			return err
		}
		if undo, err = s.journal(tx, undoCredit, m.ClientID, m.Description, m, 0); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicCredit, m.ClientID}, Change{TopicClient, m.ClientID})
		return a.note(actCreditDeleted, m.Description, a.creditLine())
	})
	return undo, err
}

const undoCredit undoKind = "credit"

// restoreCredit enters a deleted entry anew, as it was; the ledger keeps all three rows.
func restoreCredit(c *core, tx *data.Tx, u data.Undo, changes *[]Change) error {
	m, err := restored[data.CreditMove](u)
	if err != nil {
		return err
	}
	a, err := c.account(tx, m.ClientID)
	if err != nil {
		return err
	}
	m.ID, m.Reverses = 0, nil
	_, err = a.move(m, func(after money.Money) string {
		return i18n.T("This entry cannot be put back: the balance would be %s.", after.Format(i18n.CurrentLocale()))
	})
	*changes = append(*changes, Change{TopicCredit, m.ClientID}, Change{TopicClient, m.ClientID})
	return err
}

// Apply uses credit for an invoice by hand (CR-6). NotAllowed: the invoice is not owed, or there is less credit, or less is owed.
func (s *Credit) Apply(ctx context.Context, invoiceID int64, amount money.Money, key string) error {
	return s.onInvoice(ctx, invoiceID, amount, key, func(a *account, inv *data.Invoice) error {
		switch {
		case inv.Status != billing.Unpaid && inv.Status != billing.Collections:
			return &Error{Code: NotAllowed, Message: i18n.T("Credit can only be used for an invoice that is Unpaid. This one is %s.", inv.Status.Name())}
		case amount.Minor > inv.Balance():
			return Problems{{Code: Invalid, Field: FieldAmount, Message: i18n.T("Only %s is owed on this invoice.", a.money(inv.Balance()).Format(i18n.CurrentLocale()))}}
		}
		if err := a.apply(inv, amount.Minor); err != nil {
			return err
		}
		return a.note(actCreditApplied, billing.CreditApplied(numberOf(*inv)), a.creditLine())
	})
}

// TakeBack returns credit that was used for an invoice to the balance (CR-6). Where the invoice was Paid it becomes Unpaid with unpaid, and else stays
// Paid.
func (s *Credit) TakeBack(ctx context.Context, invoiceID int64, amount money.Money, unpaid bool, key string) error {
	return s.onInvoice(ctx, invoiceID, amount, key, func(a *account, inv *data.Invoice) error {
		if amount.Minor > inv.Credit {
			return Problems{{Code: Invalid, Field: FieldAmount, Message: i18n.T("Only %s of credit was used for this invoice.", a.money(inv.Credit).Format(i18n.CurrentLocale()))}}
		}
		description := billing.CreditRemoved(numberOf(*inv))
		if err := a.giveBackSome(inv, amount.Minor, description); err != nil {
			return err
		}
		if unpaid {
			a.settle(inv)
		}
		return a.note(actCreditReturned, description, a.creditLine())
	})
}

func (s *Credit) onInvoice(ctx context.Context, invoiceID int64, amount money.Money, key string, act func(*account, *data.Invoice) error) error {
	if amount.Sign() <= 0 {
		return Problems{{Code: Invalid, Field: FieldAmount, Message: i18n.T("Enter an amount above zero.")}}
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if done, _, err := doneBefore(tx, key); done || err != nil {
			return err
		}
		a, inv, err := s.invoiceAccount(tx, invoiceID)
		if err != nil {
			return err
		}
		if amount.Currency != a.currency() || inv.Currency != a.client.Currency {
			return otherCurrency(FieldAmount, money.Currency(inv.Currency))
		}
		after := inv
		if err := act(a, &after); err != nil {
			return err
		}
		if err := tx.UpdateInvoice(inv, &after); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicCredit, a.client.ID}, Change{TopicInvoices, a.client.ID}, Change{TopicClient, a.client.ID})
		return recordDone(tx, key, invoiceID)
	})
}

// invoiceAccount locks an invoice, and the account of its client before it.
func (c *core) invoiceAccount(tx *data.Tx, invoiceID int64) (*account, data.Invoice, error) {
	inv, err := tx.Invoice(invoiceID)
	if err != nil {
		return nil, inv, err
	}
	a, err := c.account(tx, inv.ClientID)
	if err != nil {
		return nil, inv, err
	}
	inv, err = tx.InvoiceToChange(invoiceID)
	return a, inv, err
}

// Adjust sets a client's balance by hand (CR-7): the difference goes into the ledger as an adjustment, which the credit log does not list and
// the activity log does. version is that of the client as it was read.
func (s *Credit) Adjust(ctx context.Context, clientID, version int64, balance money.Money) error {
	if balance.Minor < 0 {
		return Problems{{Code: Invalid, Field: FieldCredit, Message: i18n.T("A credit balance cannot be below zero.")}}
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		a, err := s.account(tx, clientID)
		if err != nil {
			return err
		}
		if a.client.Version != version {
			return data.ErrChanged
		}
		moved, err := balance.Sub(a.balance())
		if err != nil {
			return Problems{{Code: Invalid, Field: FieldCredit, Message: err.Error()}}
		}
		if moved.IsZero() {
			return nil
		}
		if _, err := a.move(data.CreditMove{Kind: data.CreditAdjustment, Amount: moved.Minor}, never); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicCredit, clientID}, Change{TopicClient, clientID})
		return a.note(actCreditAdjusted, nameOf(a.client), a.creditLine())
	})
}

func otherCurrency(field string, c money.Currency) error {
	return Problems{{Code: Invalid, Field: field, Message: i18n.T("The amount must be in %s.", string(c))}}
}

// doneBefore tells whether the act with a key was done, and what it made. Without a key it was not.
func doneBefore(tx *data.Tx, key string) (done bool, ref int64, err error) {
	if key == "" {
		return false, 0, nil
	}
	ref, done, err = tx.Act(key)
	return done, ref, err
}

// recordDone notes that the act with a key was done. Without a key there is nothing to note.
func recordDone(tx *data.Tx, key string, ref int64) error {
	if key == "" {
		return nil
	}
	return tx.RecordAct(key, ref)
}
