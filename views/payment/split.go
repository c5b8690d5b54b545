package payment

import (
	"strings"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Split says in words where a payment goes: for one invoice in one line, such as “Balance £100.00, received £120.00 → £20.00 to credit”, and for several with a
// line for each.
func Split(plan billing.Plan, amount money.Money, named []data.Invoice) string {
	l := i18n.CurrentLocale()
	credit := i18n.T("%s to credit", plan.Credit.Format(l))
	switch len(named) {
	case 0:
		return i18n.T("Received %s → all of it to credit", amount.Format(l))
	case 1:
		balance := money.New(named[0].Balance(), amount.Currency)
		return i18n.T("Balance %s, received %s → %s", balance.Format(l), amount.Format(l), outcome(plan, credit))
	}
	var lines []string
	for _, part := range plan.Applied {
		lines = append(lines, i18n.T("Invoice #%s: %s → %s", part.Number, part.Amount.Format(l), left(part)))
	}
	if !plan.Credit.IsZero() {
		lines = append(lines, credit)
	}
	return strings.Join(lines, "\n")
}

// outcome says what a payment to one invoice leads to.
func outcome(plan billing.Plan, credit string) string {
	switch {
	case len(plan.Applied) == 0:
		return credit
	case plan.Credit.IsZero():
		return left(plan.Applied[0])
	}
	return credit
}

// left says what is owed on an invoice after its part.
func left(p billing.Part) string {
	if p.Left.IsZero() {
		return i18n.T("paid in full")
	}
	return i18n.T("%s still owed", p.Left.Format(i18n.CurrentLocale()))
}
