package app

import (
	"strconv"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// account is a client whose money moves in a transaction. The client is locked first, so that acts of several admins, the daily run and the client area
// follow each other, and none is lost (CR-9).
type account struct {
	*core
	tx     *data.Tx
	client data.Client
	today  date.Date
	credit int64 // as it was when the account was opened
	// moves, where it is set, gathers what moves credit, for a run that writes the moves of many clients at once.
	moves *[]data.CreditMove
}

// account opens the account of a client in a transaction.
func (c *core) account(tx *data.Tx, clientID int64) (*account, error) {
	client, err := tx.ClientToChange(clientID)
	if err != nil {
		return nil, err
	}
	return &account{core: c, tx: tx, client: client, today: date.Today(c.now()), credit: client.Credit}, nil
}

func (a *account) currency() money.Currency { return money.Currency(a.client.Currency) }

func (a *account) money(minor int64) money.Money { return money.New(minor, a.currency()) }

// balance is the client's credit at this point of the transaction.
func (a *account) balance() money.Money { return a.money(a.client.Credit) }

// move adds a row to the credit ledger. A balance below zero is refused with the words of below.
func (a *account) move(m data.CreditMove, below func(after money.Money) string) (int64, error) {
	after, err := a.balance().Add(a.money(m.Amount))
	if err != nil {
		return 0, &Error{Code: Invalid, Field: FieldAmount, Message: err.Error(), Err: err}
	}
	if after.Sign() < 0 {
		return 0, &Error{Code: NotAllowed, Field: FieldAmount, Message: below(after)}
	}
	m.Currency, m.Who = a.client.Currency, a.who()
	if m.Date.IsZero() {
		m.Date = a.today
	}
	if a.moves != nil {
		m.ClientID = a.client.ID
		*a.moves = append(*a.moves, m)
	} else if err := a.tx.MoveCredit(a.client, &m); err != nil {
		return 0, err
	}
	a.client.Credit = after.Minor
	a.client.Version++
	return m.ID, nil
}

// never is for moves that raise the balance.
func never(money.Money) string { return "" }

// apply uses credit of the account for an invoice of it. The caller writes the invoice.
func (a *account) apply(inv *data.Invoice, amount int64) error {
	_, err := a.move(data.CreditMove{
		Kind: data.CreditApplied, Amount: -amount, Description: billing.CreditApplied(numberOf(*inv)), InvoiceID: &inv.ID,
	}, func(money.Money) string {
		return i18n.T("There is %s of credit only, so nothing was applied.", a.balance().Format(i18n.CurrentLocale()))
	})
	if err != nil {
		return err
	}
	inv.Credit += amount
	a.settle(inv)
	return nil
}

// applyAuto uses as much credit for an invoice as there is and is owed, where that is to happen by itself (CR-5).
func (a *account) applyAuto(inv *data.Invoice, set Settings) error {
	use, err := a.autoCredit(*inv, set)
	if err != nil || use.IsZero() {
		return err
	}
	return a.apply(inv, use.Minor)
}

// autoCredit is how much credit an invoice uses by itself as it is published.
func (a *account) autoCredit(inv data.Invoice, set Settings) (money.Money, error) {
	if on := a.client.AutoCredit; on != nil && !*on || on == nil && !set.AutoApplyCredit {
		return a.money(0), nil
	}
	if inv.Currency != a.client.Currency {
		return a.money(0), nil
	}
	return billing.AutoApply(a.balance(), a.money(inv.Balance()), inv.Status)
}

// giveBack returns all credit that was applied to an invoice to the account. The caller writes the invoice.
func (a *account) giveBack(inv *data.Invoice, description string) error {
	return a.giveBackSome(inv, inv.Credit, description)
}

func (a *account) giveBackSome(inv *data.Invoice, amount int64, description string) error {
	if amount == 0 {
		return nil
	}
	_, err := a.move(data.CreditMove{Kind: data.CreditReturned, Amount: amount, Description: description, InvoiceID: &inv.ID}, never)
	inv.Credit -= amount
	return err
}

// settle gives an invoice the status that its balance asks for: Paid once nothing is owed.
func (a *account) settle(inv *data.Invoice) {
	switch owed := inv.Balance(); {
	case owed <= 0 && (inv.Status == billing.Unpaid || inv.Status == billing.Collections):
		inv.Status, inv.PaidOn = billing.Paid, a.today
	case owed > 0 && inv.Status == billing.Paid:
		inv.Status, inv.PaidOn = billing.Unpaid, date.Date{}
	}
}

// note appends a line on the client to the activity log.
func (a *account) note(action, subject, details string) error {
	return a.tx.AddActivity(a.entry(action, a.client.ID, subject, details))
}

// creditLine tells in the log how the credit balance moved since the account was opened, or is empty.
func (a *account) creditLine() string {
	if a.client.Credit == a.credit {
		return ""
	}
	return i18n.T("Credit balance") + ": " + a.money(a.credit).String() + " → " + a.balance().String()
}

// numberOf is how an invoice is called: its number, or for a draft that it is one.
func numberOf(inv data.Invoice) string {
	if inv.Number == nil {
		return i18n.T("Draft %s", strconv.FormatInt(inv.ID, 10)) // a name, so not grouped as an amount is
	}
	return *inv.Number
}
