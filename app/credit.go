package app

import (
	"context"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Credit keeps the clients' credit ledgers.
type Credit struct{ core }

// Adjust sets a client's balance by hand (CR-7): the difference goes into the ledger as an adjustment, which the credit log does not list and
// the activity log does. version is that of the client as it was read.
func (s *Credit) Adjust(ctx context.Context, clientID, version int64, balance money.Money) error {
	if balance.Minor < 0 {
		return Problems{{Code: Invalid, Field: FieldCredit, Message: i18n.T("A credit balance cannot be below zero.")}}
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		before, err := tx.Client(clientID)
		if err != nil {
			return err
		}
		if before.Version != version {
			return data.ErrChanged
		}
		had := money.New(before.Credit, money.Currency(before.Currency))
		moved, err := balance.Sub(had)
		if err != nil {
			return Problems{{Code: Invalid, Field: FieldCredit, Message: err.Error()}}
		}
		if moved.IsZero() {
			return nil
		}
		m := data.CreditMove{Kind: data.CreditAdjustment, Date: date.Today(s.now()), Amount: moved.Minor, Currency: before.Currency, Who: s.who}
		if err := tx.MoveCredit(before, &m); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicClient, clientID})
		return tx.AddActivity(s.entry(actCreditAdjusted, clientID, nameOf(before), i18n.T("Credit balance")+": "+had.String()+" → "+balance.String()))
	})
}
