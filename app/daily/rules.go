package daily

import (
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
)

// Levels of mails about one invoice: the reminder before it is due, and the three notices after. Where a level went out, no lower one follows.
const (
	NoLevel  = -1
	Reminder = 0
	First    = 1
	Second   = 2
	Third    = 3
)

// Rules are what the office chose.
type Rules struct {
	// Ahead is how many days before a service is due it is invoiced.
	Ahead int
	// ReminderDays is how many days before its due date an invoice is reminded of; 0 is off.
	ReminderDays int
	// OverdueDays is how many days after the due date each notice goes out; 0 is off.
	OverdueDays [3]int
	Fee         Fee
	// CardNotices says that clients are told of a card that expires soon.
	CardNotices bool
	// FollowServices says that clients become Active and Inactive with their services.
	FollowServices bool
}

// Fee is what is charged for being late. Amounts are kept by currency, since no amount is worth the same in another.
type Fee struct {
	Kind    billing.FeeKind
	Rate    money.Rate                     // of a percentage
	Amounts map[money.Currency]money.Money // the fixed fee, or the least that a percentage comes to
	Days    int                            // after the due date
}

// On tells whether any fee is charged.
func (f Fee) On() bool {
	if f.Kind == billing.PercentageFee {
		return f.Rate > 0
	}
	for _, a := range f.Amounts {
		if a.Sign() > 0 {
			return true
		}
	}
	return false
}

// Rule is the fee for invoices in a currency.
func (f Fee) Rule(c money.Currency) billing.LateFeeRule {
	r := billing.LateFeeRule{Kind: f.Kind, Rate: f.Rate, Days: f.Days}
	if a, ok := f.Amounts[c]; ok && f.Kind == billing.FixedFee {
		r.Amount = a
	} else if ok {
		r.Minimum = a
	}
	return r
}

// Client is what the daily run knows of a client.
type Client struct {
	ID       int64
	Currency money.Currency
	// Separate clients get an invoice for each service, others one for all that is due on a day.
	Separate  bool
	NoFees    bool // Don't Apply Late Fees
	NoOverdue bool // Don't Send Overdue Emails
	Services  []Service
	Invoices  []Invoice
	Card      *Card
	Status    Standing
}

// Service is an active service.
type Service struct {
	ID       int64
	Currency money.Currency
	Cycle    billing.Cycle
	Due      date.Date   // the next time; no date: nothing more is to be invoiced
	Anchor   int         // the day of the month that billing keeps
	Setup    bool        // there is a set-up fee, which no invoice had yet
	Billed   []date.Date // due dates from Due on that were invoiced already
}

// Invoice is one that is published and not settled.
type Invoice struct {
	ID      int64
	Status  billing.InvoiceStatus
	Issued  date.Date
	Due     date.Date
	Balance money.Money
	Level   int  // the highest that went out, or NoLevel
	HasFee  bool // a late fee was charged
}

// Card is a stored card. It can be used to the end of its month.
type Card struct {
	Year, Month int
	Told        bool // the client was told that it expires then
}

// Standing is what the status of a client follows.
type Standing struct {
	Active, Inactive bool // what the client is; neither where Closed
	Keep             bool // an admin keeps it as it is
	ServicesActive   int64
	ServicesTotal    int64
}
