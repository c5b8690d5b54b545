package daily

import "clientele/app/i18n"

// Reason is why something is done, or why it is not. It is stored as it is.
type Reason string

// The reasons.
const (
	DueSoon         Reason = "due soon"
	Missed          Reason = "missed"
	Late            Reason = "late"
	DueIn           Reason = "due in"
	Overdue         Reason = "overdue"
	CardExpires     Reason = "card expires"
	NoServices      Reason = "no services"
	HasServices     Reason = "has services"
	InvoicedBefore  Reason = "invoiced before"
	OtherCurrency   Reason = "other currency"
	NoFeesWanted    Reason = "no fees wanted"
	NoOverdueWanted Reason = "no overdue mails wanted"
	NoFeeInCurrency Reason = "no fee in currency"
	FeeFails        Reason = "fee fails"
	Unticked        Reason = "unticked"
	Stopped         Reason = "stopped"
)

// Words are the reason in the current language. n is what it counts: days, or invoices.
func (r Reason) Words(n int) string {
	count := int64(n)
	switch r {
	case DueSoon:
		if n == 0 {
			return i18n.T("Due today")
		}
		return i18n.N(count, "Due in one day", "Due in %d days")
	case Missed:
		return i18n.N(count, "Missed: it was due a day ago", "Missed: it was due %d days ago")
	case Late, Overdue:
		return i18n.N(count, "Overdue by one day", "Overdue by %d days")
	case DueIn:
		if n == 0 {
			return i18n.T("To be paid today")
		}
		return i18n.N(count, "To be paid in one day", "To be paid in %d days")
	case CardExpires:
		return i18n.T("The card expires next month")
	case NoServices:
		return i18n.T("The last active service ended")
	case HasServices:
		return i18n.T("A service is active")
	case InvoicedBefore:
		return i18n.T("This period was invoiced already: the service goes on to the next one")
	case OtherCurrency:
		return i18n.T("The service is in another currency than its client")
	case NoFeesWanted:
		return i18n.N(count, "Don't Apply Late Fees is set: one invoice is spared", "Don't Apply Late Fees is set: %d invoices are spared")
	case NoOverdueWanted:
		return i18n.N(count, "Don't Send Overdue Emails is set: nothing about one invoice", "Don't Send Overdue Emails is set: nothing about %d invoices")
	case NoFeeInCurrency:
		return i18n.T("No late fee is set for this currency")
	case FeeFails:
		return i18n.T("The late fee comes to more than an invoice can hold")
	case Unticked:
		return i18n.T("It was unticked")
	case Stopped:
		return i18n.T("The run was stopped before it")
	}
	return string(r)
}
