package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Transactions records money that comes in and goes out.
type Transactions struct {
	core
	mails *Mails
}

// The keys of a transaction's fields, as errors name them.
const (
	FieldMethod    = "method"
	FieldReference = "reference"
	FieldFees      = "fees"
	FieldInvoices  = "invoices"
)

// Limits of what is written on a transaction, in characters.
const (
	maxMethod    = 100
	maxReference = 200
)

// NewPayment is what the payment dialog gives.
type NewPayment struct {
	Date        date.Date // today where it is none
	Amount      money.Money
	Fees        money.Money // what the provider kept, in the same currency; its zero value is none
	Method      string
	Reference   string // unique per method
	Description string
	// Invoices are paid in this order; what is left, or all where there are none, becomes credit.
	Invoices []int64
	// SameReference allows a reference that another transaction of the method has.
	SameReference bool
	// Send has the client told of it: a payment confirmation for each invoice that it pays.
	Send bool
	// Key tells two presses of the same button from two payments.
	Key string
}

// Plan tells where a payment would go before it is saved (CR-4).
func (s *Transactions) Plan(ctx context.Context, clientID int64, amount money.Money, invoices []int64) (p billing.Plan, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		c, err := tx.Client(clientID)
		if err != nil {
			return err
		}
		a := &account{core: &s.core, tx: tx, client: c}
		all := make([]data.Invoice, len(invoices))
		for i, id := range invoices {
			if all[i], err = tx.Invoice(id); err != nil {
				return err
			}
		}
		p, err = a.plan(amount, all)
		return err
	})
	return p, err
}

// plan divides a payment among invoices of the account.
func (a *account) plan(amount money.Money, invoices []data.Invoice) (billing.Plan, error) {
	open := make([]billing.OpenInvoice, len(invoices))
	for i, inv := range invoices {
		if inv.ClientID != a.client.ID {
			return billing.Plan{}, Problems{{Code: NotAllowed, Field: FieldInvoices, Message: i18n.T("Invoice #%s is another client's.", numberOf(inv))}}
		}
		open[i] = billing.OpenInvoice{ID: inv.ID, Number: numberOf(inv), Status: inv.Status, Balance: money.New(inv.Balance(), money.Currency(inv.Currency))}
	}
	if amount.Currency != a.currency() {
		return billing.Plan{}, otherCurrency(FieldAmount, a.currency())
	}
	p, err := billing.SplitPayment(amount, open)
	if err != nil {
		field := FieldInvoices
		if amount.Sign() <= 0 {
			field = FieldAmount
		}
		return p, Problems{{Code: Invalid, Field: field, Message: err.Error(), Err: err}}
	}
	return p, nil
}

// Record stores a payment: a transaction, what of it goes to which invoice, and what becomes credit, all at once (IN-5, CR-4). It returns the number of the
// transaction. Duplicate: the method has a transaction with this reference already.
func (s *Transactions) Record(ctx context.Context, clientID int64, n NewPayment) (id int64, err error) {
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
		if !n.SameReference {
			if err := freeReference(tx, n.Method, n.Reference, 0); err != nil {
				return err
			}
		}
		id, err = a.pay(n)
		if err != nil {
			return err
		}
		*changes = append(*changes, a.moneyChanges()...)
		if n.Send {
			if err := s.mails.confirm(tx, invoicePaymentConfirmation, a.client, id, false, changes); err != nil {
				return err
			}
		}
		return recordDone(tx, n.Key, id)
	})
	return id, err
}

// moneyChanges are what an act on payments may have changed.
func (a *account) moneyChanges() []Change {
	id := a.client.ID
	return []Change{{TopicTransactions, id}, {TopicInvoices, id}, {TopicCredit, id}, {TopicClient, id}}
}

// pay stores a payment.
func (a *account) pay(n NewPayment) (int64, error) {
	invoices, err := a.invoices(n.Invoices)
	if err != nil {
		return 0, err
	}
	plan, err := a.plan(n.Amount, invoices)
	if err != nil {
		return 0, err
	}
	numbers := make([]string, len(invoices))
	for i, inv := range invoices {
		numbers[i] = numberOf(inv)
	}
	t := data.Transaction{
		ClientID: &a.client.ID, ClientName: a.client.Name(), Date: n.Date, Method: n.Method, Description: n.Description, Reference: n.Reference,
		Currency: a.client.Currency, AmountIn: n.Amount.Minor, Fees: n.Fees.Minor, Invoices: strings.Join(numbers, ", "), Who: a.who(),
	}
	if t.Description == "" {
		t.Description = paymentWords(numbers)
	}
	if err := a.tx.AddTransaction(&t); err != nil {
		return 0, err
	}
	lines := []string{i18n.T("Amount") + ": " + n.Amount.String()}
	var payments []data.Payment
	for _, part := range plan.Applied {
		at := slices.IndexFunc(invoices, func(i data.Invoice) bool { return i.ID == part.ID })
		after := invoices[at]
		after.Paid += part.Amount.Minor
		a.settleOn(&after, n.Date)
		if err := a.tx.UpdateInvoice(invoices[at], &after); err != nil {
			return 0, err
		}
		payments = append(payments, data.Payment{TransactionID: t.ID, InvoiceID: part.ID, Amount: part.Amount.Minor})
		lines = append(lines, i18n.T("Invoice #%s: %s", part.Number, part.Amount.String()))
	}
	if err := a.tx.AddPayments(payments); err != nil {
		return 0, err
	}
	if !plan.Credit.IsZero() {
		m := data.CreditMove{Kind: data.CreditOverpayment, Date: n.Date, Amount: plan.Credit.Minor, Description: plan.CreditDescription(), TransactionID: &t.ID}
		if len(invoices) > 0 {
			m.InvoiceID = &invoices[len(invoices)-1].ID
		} else {
			m.Kind, m.Description = data.CreditAdded, t.Description
		}
		if _, err := a.move(m, never); err != nil {
			return 0, err
		}
		lines = append(lines, a.creditLine())
	}
	return t.ID, a.note(actPaymentRecorded, t.Description, strings.Join(lines, "\n"))
}

// settleOn is settle, with the day on which it was paid.
func (a *account) settleOn(inv *data.Invoice, day date.Date) {
	if a.settle(inv); inv.Status == billing.Paid {
		inv.PaidOn = day
	}
}

// invoices locks invoices and returns them in the order given. One that is gone is NotFound.
func (a *account) invoices(ids []int64) ([]data.Invoice, error) {
	locked, err := a.tx.InvoicesToChange(ids)
	if err != nil {
		return nil, err
	}
	all := make([]data.Invoice, len(ids))
	for i, id := range ids {
		at := slices.IndexFunc(locked, func(inv data.Invoice) bool { return inv.ID == id })
		if at < 0 {
			return nil, &Error{Code: NotFound, Message: i18n.T("An invoice that this payment names was deleted meanwhile. Nothing was saved.")}
		}
		all[i] = locked[at]
	}
	return all, nil
}

// paymentWords describe a payment for which nothing was typed.
func paymentWords(numbers []string) string {
	switch len(numbers) {
	case 0:
		return i18n.T("Payment to credit")
	case 1:
		return i18n.T("Payment of Invoice #%s", numbers[0])
	}
	return i18n.T("Payment of Invoices #%s", strings.Join(numbers, ", #"))
}

// freeReference is Duplicate where another transaction of the method has the reference.
func freeReference(tx *data.Tx, method, reference string, except int64) error {
	if reference == "" {
		return nil
	}
	same, err := tx.SameReference(method, reference, 2)
	if err != nil {
		return err
	}
	for _, t := range same {
		if t.ID != except {
			return Problems{{Code: Duplicate, Field: FieldReference, Message: i18n.T(
				"“%s” was recorded already: %s of %s on %s. Is it the same payment?", reference,
				money.New(t.AmountIn, money.Currency(t.Currency)).Format(i18n.CurrentLocale()), t.ClientName, t.Date.Format(i18n.CurrentLocale()))}}
		}
	}
	return nil
}

// tidy brings what was entered into its form, or says all that is wrong with it.
func (n *NewPayment) tidy(now func() time.Time) error {
	var wrong Problems
	if n.Date.IsZero() {
		n.Date = date.Today(now())
	}
	if n.Fees == (money.Money{}) {
		n.Fees = money.New(0, n.Amount.Currency)
	}
	if n.Amount.Sign() <= 0 {
		wrong.add(FieldAmount, i18n.T("Enter an amount above zero."))
	}
	wrong.fees(n.Fees, n.Amount)
	wrong.transaction(&n.Method, &n.Reference, &n.Description)
	if len(n.Invoices) > maxLines {
		wrong.add(FieldInvoices, i18n.T("One payment can name at most %d invoices.", maxLines))
	}
	return wrong.or()
}

func (p *Problems) fees(fees, amount money.Money) {
	switch order, err := fees.Cmp(amount); {
	case err != nil:
		p.add(FieldFees, i18n.T("The fees must be in %s.", string(amount.Currency)))
	case fees.Sign() < 0:
		p.add(FieldFees, i18n.T("Fees cannot be below zero."))
	case order > 0:
		p.add(FieldFees, i18n.T("The fees are more than the amount."))
	}
}

// transaction adds what is wrong with the texts of a transaction.
func (p *Problems) transaction(method, reference, description *string) {
	for _, f := range []struct {
		key  string
		text *string
		most int
	}{{FieldMethod, method, maxMethod}, {FieldReference, reference, maxReference}} {
		*f.text = strings.Join(strings.Fields(*f.text), " ")
		switch {
		case len([]rune(*f.text)) > f.most:
			p.add(f.key, i18n.T("This is longer than %d characters.", f.most))
		case !printable(*f.text):
			p.add(f.key, i18n.T("This holds characters that cannot be seen."))
		}
	}
	*method = storedMethod(*method)
	*description = strings.Join(strings.Fields(*description), " ")
	p.description(*description, false)
}
