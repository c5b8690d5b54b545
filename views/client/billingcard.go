package client

import (
	"clientele/app"
	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/views/facts"
)

// billed lists what a client's invoices and transactions come to (SU-1).
func billed(b app.BillingSummary) []facts.Fact {
	l := i18n.CurrentLocale()
	sum := func(label string, s app.InvoiceSum) facts.Fact {
		return facts.Fact{Label: label, Value: i18n.T("%s · %s", i18n.FormatInt(s.N), s.Total.Format(l))}
	}
	list := []facts.Fact{{Label: i18n.T("Balance due"), Value: b.Owed.Format(l)}, {Label: i18n.T("Credit balance"), Value: b.Credit.Format(l)}}
	for _, status := range []billing.InvoiceStatus{billing.Paid, billing.Draft, billing.Unpaid} {
		list = append(list, sum(status.Name(), b.Invoices[status]))
	}
	list = append(list, sum(i18n.T("Overdue"), b.Overdue))
	for _, status := range []billing.InvoiceStatus{billing.Cancelled, billing.Refunded, billing.Collections} {
		list = append(list, sum(status.Name(), b.Invoices[status]))
	}
	return append(list,
		facts.Fact{Label: i18n.T("Gross revenue"), Value: b.Gross.Format(l)},
		facts.Fact{Label: i18n.T("Expenses"), Value: b.Expenses.Format(l)},
		facts.Fact{Label: i18n.T("Net income"), Value: b.Net.Format(l)},
	)
}
