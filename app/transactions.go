package app

import (
	"context"
	"strings"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// TransactionDetails is what can be entered of a transaction that names no invoice, and changed of any.
type TransactionDetails struct {
	Date        date.Date
	Method      string
	Description string
	Reference   string
	In          money.Money
	Fees        money.Money
	Out         money.Money
	// SameReference allows a reference that another transaction of the method has.
	SameReference bool
}

// Page reads up to n transactions of a list after a place, or before it. See data.Tx.Transactions.
func (s *Transactions) Page(ctx context.Context, q data.TransactionQuery, at data.Cursor, back bool, n int) (rows []data.Transaction, places []data.Cursor, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		rows, places, err = tx.Transactions(q, at, back, n)
		return err
	})
	return rows, places, err
}

// TransactionSum is what transactions of one currency come to.
type TransactionSum struct {
	N    int64
	In   money.Money
	Fees money.Money
	Out  money.Money
	Net  money.Money // In − Fees − Out
}

// Sum adds up what a filter leaves, by currency: totals never mix currencies (IN-7).
func (s *Transactions) Sum(ctx context.Context, f data.TransactionFilter) (sums []TransactionSum, err error) {
	err = known(s.store.LongSnapshot(ctx, func(tx *data.Tx) error {
		flows, err := tx.SumTransactions(f)
		if err != nil {
			return err
		}
		sums = make([]TransactionSum, len(flows))
		for i, f := range flows {
			if sums[i], err = flowSum(f); err != nil {
				return err
			}
		}
		return nil
	}))
	return sums, err
}

// flowSum is what money in and out comes to.
func flowSum(f data.Flow) (sum TransactionSum, err error) {
	c := money.Currency(f.Currency)
	sum = TransactionSum{N: f.N, In: money.New(f.In, c), Fees: money.New(f.Fees, c), Out: money.New(f.Out, c)}
	if sum.Net, err = sum.In.Sub(sum.Fees); err != nil {
		return sum, err
	}
	sum.Net, err = sum.Net.Sub(sum.Out)
	return sum, err
}

// Get reads a transaction.
func (s *Transactions) Get(ctx context.Context, id int64) (t data.Transaction, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		t, err = tx.Transaction(id)
		return err
	})
	return t, err
}

// Methods lists the methods that were used lately, most used first.
func (s *Transactions) Methods(ctx context.Context) (all []string, err error) {
	const most = 20
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		all, err = tx.Methods(most)
		return err
	})
	return all, err
}

// Add stores a transaction of a client that names no invoice, such as an expense, and returns its number. Credit does not change by it.
func (s *Transactions) Add(ctx context.Context, clientID int64, d TransactionDetails, key string) (id int64, err error) {
	if d.Date.IsZero() {
		d.Date = date.Today(s.now())
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if done, ref, err := doneBefore(tx, key); done || err != nil {
			id = ref
			return err
		}
		a, err := s.account(tx, clientID)
		if err != nil {
			return err
		}
		t := data.Transaction{ClientID: &a.client.ID, ClientName: a.client.Name(), Currency: a.client.Currency, Who: s.who()}
		if err := d.onto(tx, &t, false); err != nil {
			return err
		}
		if err := tx.AddTransaction(&t); err != nil {
			return err
		}
		id = t.ID
		*changes = append(*changes, Change{TopicTransactions, clientID}, Change{TopicClient, clientID})
		if err := a.note(actTransactionAdded, t.Description, amountOf(t)); err != nil {
			return err
		}
		return recordDone(tx, key, id)
	})
	return id, err
}

// Update changes a transaction. What it moved stays as it is where it names invoices or gave credit: delete it and record it anew then. Conflict: somebody changed it
// since it had that version.
func (s *Transactions) Update(ctx context.Context, id, version int64, d TransactionDetails) error {
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		before, err := tx.TransactionToChange(id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return data.ErrChanged
		}
		fixed, err := tx.TransactionLinked(id)
		if err != nil {
			return err
		}
		after := before
		if err := d.onto(tx, &after, fixed); err != nil {
			return err
		}
		c := money.Currency(before.Currency)
		var changed difference
		changed.text(i18n.T("Date"), before.Date.String(), after.Date.String())
		changed.text(i18n.T("Method"), before.Method, after.Method)
		changed.text(i18n.T("Description"), before.Description, after.Description)
		changed.text(i18n.T("Transaction ID"), before.Reference, after.Reference)
		changed.text(i18n.T("In"), money.New(before.AmountIn, c).String(), money.New(after.AmountIn, c).String())
		changed.text(i18n.T("Fees"), money.New(before.Fees, c).String(), money.New(after.Fees, c).String())
		changed.text(i18n.T("Out"), money.New(before.AmountOut, c).String(), money.New(after.AmountOut, c).String())
		if len(changed.lines) == 0 {
			return nil
		}
		if err := tx.UpdateTransaction(before, &after); err != nil {
			return err
		}
		line := s.entry(actTransactionChanged, 0, after.Description, changed.String())
		line.ClientID = before.ClientID
		change := Change{Topic: TopicTransactions}
		if before.ClientID != nil {
			change.ClientID = *before.ClientID
			*changes = append(*changes, Change{TopicClient, change.ClientID})
		}
		*changes = append(*changes, change)
		return tx.AddActivity(line)
	})
}

// onto puts what was entered onto a transaction, or says all that is wrong with it. fixed says that its amounts belong to invoices or to credit.
func (d TransactionDetails) onto(tx *data.Tx, t *data.Transaction, fixed bool) error {
	var wrong Problems
	c := money.Currency(t.Currency)
	for _, f := range []struct {
		key    string
		amount *money.Money
	}{{FieldIn, &d.In}, {FieldFees, &d.Fees}, {FieldOut, &d.Out}} {
		switch {
		case *f.amount == money.Money{}:
			*f.amount = money.New(0, c)
		case f.amount.Currency != c:
			wrong.add(f.key, i18n.T("The amount must be in %s.", t.Currency))
		case f.amount.Sign() < 0:
			wrong.add(f.key, i18n.T("An amount cannot be below zero."))
		}
	}
	wrong.transaction(&d.Method, &d.Reference, &d.Description)
	if len(wrong) == 0 {
		if d.In.IsZero() && d.Fees.IsZero() && d.Out.IsZero() {
			wrong.add(FieldIn, i18n.T("Enter what came in or went out."))
		}
		if fixed && (d.In.Minor != t.AmountIn || d.Out.Minor != t.AmountOut) {
			wrong = append(wrong, &Error{Code: NotAllowed, Field: FieldIn, Message: i18n.T(
				"This amount belongs to invoices or to credit, so it stays. Delete the transaction and record it anew.")})
		}
	}
	if d.Date.IsZero() {
		wrong.add(FieldDate, i18n.T("Enter the day."))
	}
	if err := wrong.or(); err != nil {
		return err
	}
	if !d.SameReference {
		if err := freeReference(tx, d.Method, d.Reference, t.ID); err != nil {
			return err
		}
	}
	t.Date, t.Method, t.Reference = d.Date, d.Method, d.Reference
	t.AmountIn, t.Fees, t.AmountOut = d.In.Minor, d.Fees.Minor, d.Out.Minor
	if t.Description = d.Description; t.Description == "" {
		t.Description = strings.TrimSpace(i18n.T("Transaction") + " " + d.Reference)
	}
	return nil
}

// The keys of a transaction's amounts, as errors name them.
const (
	FieldIn  = "in"
	FieldOut = "out"
)
