package billing

import (
	"fmt"

	"clientele/app/date"
	"clientele/app/money"
)

// FeeKind is how a late fee is worked out. It is stored as it is.
type FeeKind string

// The kinds.
const (
	PercentageFee FeeKind = "percentage" // of the balance
	FixedFee      FeeKind = "fixed"      // the same amount for each invoice
)

// LateFeeRule is what is charged for being late. A Rate or Amount of zero or less switches it off.
type LateFeeRule struct {
	Kind FeeKind
	Rate money.Rate // of PercentageFee
	// Minimum is the least that a PercentageFee comes to; zero, in whatever currency, is none.
	Minimum money.Money
	Amount  money.Money // of FixedFee
	Days    int         // after the due date
}

// Reached tells whether an invoice is so late that the fee is due: overdue, by Days or more. Whether it has been charged
// already, or the client is spared, is asked elsewhere.
func (r LateFeeRule) Reached(s InvoiceStatus, due, today date.Date) bool {
	return Overdue(s, due, today) && today.DaysSince(due) >= r.Days
}

// LateFee is what the rule charges on a balance, which is the total less credit and payments on that day: the percentage of
// it, rounded by money's rule and raised to the minimum, or the fixed amount, which knows no minimum. On a balance
// that is not above zero, or where the rule is off, it is zero. A minimum or an amount in another currency is
// money.ErrCurrencyMismatch.
func LateFee(balance money.Money, r LateFeeRule) (money.Money, error) {
	none := money.New(0, balance.Currency)
	switch r.Kind {
	case PercentageFee:
		if balance.Sign() <= 0 || r.Rate <= 0 {
			return none, nil
		}
		fee, err := balance.Percent(r.Rate)
		if err != nil || r.Minimum.IsZero() {
			return fee, err
		}
		less, err := fee.Cmp(r.Minimum)
		if err == nil && less < 0 {
			fee = r.Minimum
		}
		return fee, err
	case FixedFee:
		if balance.Sign() <= 0 || r.Amount.Sign() <= 0 {
			return none, nil
		}
		if r.Amount.Currency != balance.Currency {
			return money.Money{}, money.ErrCurrencyMismatch
		}
		return r.Amount, nil
	}
	return money.Money{}, fmt.Errorf("%q is not a kind of late fee", string(r.Kind))
}
