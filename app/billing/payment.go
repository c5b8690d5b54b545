package billing

import (
	"clientele/app/i18n"
	"clientele/app/money"
)

// OpenInvoice is an invoice that a payment names.
type OpenInvoice struct {
	ID      int64
	Number  string
	Balance money.Money // what is owed: total less credit and payments
	Status  InvoiceStatus
}

// Part is what an invoice gets of a payment, above zero.
type Part struct {
	ID     int64
	Number string
	Amount money.Money
	Left   money.Money // what is owed after it; at zero the invoice is Paid
}

// Plan is where a payment goes. The parts and the credit add up to the payment.
type Plan struct {
	Applied []Part // in the order in which the invoices were named; those that get nothing are left out
	// Credit is the rest, at zero or above, and CreditNumber the invoice to name for it: the last one. Where no rest or no
	// invoice is, it is empty.
	Credit       money.Money
	CreditNumber string
}

// CreditDescription is what the credit ledger says of the rest; empty where there is no invoice to name.
func (p Plan) CreditDescription() string {
	if p.CreditNumber == "" {
		return ""
	}
	return CreditForOverpayment(p.CreditNumber)
}

// SplitPayment divides a payment among the invoices that it names, in their order, each up to its balance; the rest becomes
// credit. An invoice that is paid already, or has nothing owed on it, takes nothing.
//
// An amount that is not above zero is ErrAmount. An invoice that is a draft, cancelled or refunded, or is named
// twice, is ErrRefused with the reason; one in another currency is money.ErrCurrencyMismatch. Then there is no
// plan at all.
func SplitPayment(amount money.Money, invoices []OpenInvoice) (Plan, error) {
	if amount.Sign() <= 0 {
		return Plan{}, ErrAmount
	}
	plan := Plan{Credit: amount}
	seen := map[int64]bool{}
	for _, inv := range invoices {
		if err := inv.canTake(amount.Currency, seen[inv.ID]); err != nil {
			return Plan{}, err
		}
		seen[inv.ID] = true
		if inv.Status == Paid || inv.Balance.Sign() <= 0 || plan.Credit.IsZero() {
			continue
		}
		minor := min(plan.Credit.Minor, inv.Balance.Minor)
		plan.Applied = append(plan.Applied, Part{
			ID: inv.ID, Number: inv.Number,
			Amount: money.New(minor, amount.Currency),
			Left:   money.New(inv.Balance.Minor-minor, amount.Currency),
		})
		plan.Credit.Minor -= minor
	}
	if n := len(invoices); n > 0 && !plan.Credit.IsZero() {
		plan.CreditNumber = invoices[n-1].Number
	}
	return plan, nil
}

func (inv OpenInvoice) canTake(c money.Currency, twice bool) error {
	switch {
	case twice:
		return &fault{refused, func() string {
			return i18n.T("Invoice #%s is named twice. Name it once.", inv.Number)
		}}
	case inv.Balance.Currency != c:
		return money.ErrCurrencyMismatch
	}
	return inv.Status.CanBePaid(inv.Number)
}
