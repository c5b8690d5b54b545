package billing

import (
	"slices"

	"clientele/app/date"
	"clientele/app/i18n"
)

// InvoiceStatus is where an invoice stands. It is stored as it is.
type InvoiceStatus string

// The statuses. Overdue is none of them: it is Unpaid past the due date.
const (
	Draft       InvoiceStatus = "Draft"       // being written: no number, nothing owed
	Unpaid      InvoiceStatus = "Unpaid"      // published and owed
	Paid        InvoiceStatus = "Paid"        // covered by payments and credit
	Cancelled   InvoiceStatus = "Cancelled"   // no longer owed; it keeps its number
	Refunded    InvoiceStatus = "Refunded"    // paid, and paid back whole
	Collections InvoiceStatus = "Collections" // owed, and given to others to collect
)

// InvoiceStatuses lists the statuses in the order of an invoice's life.
func InvoiceStatuses() []InvoiceStatus {
	return []InvoiceStatus{Draft, Unpaid, Paid, Cancelled, Refunded, Collections}
}

// Valid tells whether s is one of InvoiceStatuses.
func (s InvoiceStatus) Valid() bool { return slices.Contains(InvoiceStatuses(), s) }

// Name is the status in the current language.
func (s InvoiceStatus) Name() string {
	switch s {
	case Draft:
		return i18n.T("Draft")
	case Unpaid:
		return i18n.T("Unpaid")
	case Paid:
		return i18n.T("Paid")
	case Cancelled:
		return i18n.T("Cancelled")
	case Refunded:
		return i18n.T("Refunded")
	case Collections:
		return i18n.T("Collections")
	}
	return string(s)
}

// Overdue tells whether an invoice is late: unpaid, and its due date has passed. One that is due today is not.
func Overdue(s InvoiceStatus, due, today date.Date) bool {
	return s == Unpaid && !due.IsZero() && today.After(due)
}

// follows has, for each status, those that may come after it.
var follows = map[InvoiceStatus][]InvoiceStatus{
	Draft:       {Unpaid, Paid}, // Paid at once where nothing is owed, or credit covers it
	Unpaid:      {Paid, Cancelled, Collections},
	Paid:        {Unpaid, Refunded}, // Unpaid again where a payment or credit was taken back
	Cancelled:   {Unpaid},
	Refunded:    {Paid}, // where the refund was taken back
	Collections: {Unpaid, Paid, Cancelled},
}

// CanBecome is nil where an invoice of status s may be given the status next; else it is ErrRefused, with the reason and what
// to do instead.
func (s InvoiceStatus) CanBecome(next InvoiceStatus) error {
	if slices.Contains(follows[s], next) {
		return nil
	}
	return &fault{refused, func() string { return whyNot(s, next) }}
}

func whyNot(s, next InvoiceStatus) string {
	switch {
	case !s.Valid() || !next.Valid():
		return i18n.T("There is no such status of an invoice.")
	case s == next:
		return i18n.T("This invoice is %s already.", s.Name())
	case s == Draft:
		return i18n.T("A draft has no number yet, and nothing is owed on it. Publish it first, or delete it.")
	case next == Draft:
		return i18n.T("An invoice that has its number cannot become a draft again. Cancel it and write a new one.")
	case s == Cancelled:
		return i18n.T("This invoice is cancelled, so nothing is owed on it. Set it to Unpaid first.")
	case s == Refunded:
		return i18n.T("This invoice was paid and refunded, and stays so for the books. Write a new invoice for what is owed now.")
	case next == Refunded:
		return i18n.T("This invoice was not paid, so there is nothing to refund. Cancel it instead.")
	default:
		return i18n.T("This invoice is paid. Refund it, or take its payments back first.")
	}
}

// CanBePaid is nil where a payment may name an invoice of this status: an owed one, or a paid one, for which all of it
// becomes credit. Else it is ErrRefused, with the reason. number is that of the invoice, empty for a draft.
func (s InvoiceStatus) CanBePaid(number string) error {
	if s == Unpaid || s == Collections || s == Paid {
		return nil
	}
	return &fault{refused, func() string {
		reason := i18n.T("It is not possible to add a payment to an invoice that is %s.", s.Name())
		switch s {
		case Draft:
			return reason + " " + i18n.T("Publish it first.")
		case Cancelled:
			return reason + " " + i18n.T("Set Invoice #%s to Unpaid first, or add the payment to the client's credit.", number)
		}
		return reason + " " + i18n.T("Leave Invoice #%s out and add the payment to the client's credit.", number)
	}}
}

// Settled tells whether nothing is asked for any more. Of a paid invoice a part may have been refunded: its balance is above zero then, and still nobody is to pay it
// again.
func (s InvoiceStatus) Settled() bool { return s == Paid || s == Cancelled || s == Refunded }
