package daily

import (
	"cmp"
	"slices"

	"clientele/app/billing"
	"clientele/app/date"
)

// Kind is what is to be done. It is stored as it is.
type Kind string

// The kinds, in the order in which a client's are done: a notice is about an invoice with its fee.
const (
	MakeInvoice   Kind = "invoice"
	ChargeFee     Kind = "late fee"
	SendReminder  Kind = "reminder"
	SendOverdue   Kind = "overdue notice"
	TellOfCard    Kind = "card notice"
	ChangeStatus  Kind = "status"
	AdvanceBilled Kind = "already invoiced"
)

// Kinds lists the kinds in that order.
func Kinds() []Kind {
	return []Kind{MakeInvoice, AdvanceBilled, ChargeFee, SendReminder, SendOverdue, TellOfCard, ChangeStatus}
}

// Key names an item among all of a day, in every plan of that day.
type Key struct {
	Kind   Kind
	Client int64
	Ref    int64 // the invoice, or the service of an invoice of its own
	Due    date.Date
}

// Billing is a period of a service that an invoice is to bill.
type Billing struct {
	Service int64
	Period  billing.Period
	Next    date.Date // when the service is due after it
	Setup   bool      // its set-up fee comes with it
}

// Item is one thing to do for a client, or one that is not done and why.
type Item struct {
	Key
	Reason Reason
	// Skip says that a rule keeps it from being done.
	Skip    bool
	Days    int       // what Reason counts
	Level   int       // of a reminder or notice
	Invoice int       // the place of the invoice among the client's
	Billing []Billing // what a new invoice bills
	Active  bool      // the status to be given: Active, else Inactive
}

// Plan lists what is to be done for a client on a day.
func (r Rules) Plan(c *Client, today date.Date) []Item {
	items := r.invoices(nil, c, today)
	items = r.fees(items, c, today)
	items = r.notices(items, c, today)
	items = r.card(items, c, today)
	return r.status(items, c)
}

// invoices plans an invoice for each day on which services are due, and for each missed one.
func (r Rules) invoices(items []Item, c *Client, today date.Date) []Item {
	until := today.AddDays(r.Ahead)
	first := len(items)
	for i := range c.Services {
		items = r.service(items, c, &c.Services[i], first, today, until)
	}
	made := items[first:]
	slices.SortStableFunc(made, func(a, b Item) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Ref, b.Ref)) })
	return items
}

func (r Rules) service(items []Item, c *Client, s *Service, first int, today, until date.Date) []Item {
	setup := s.Setup
	for due := s.Due; !due.IsZero() && !due.After(until); {
		next := s.Cycle.Next(due, s.Anchor)
		b := Billing{Service: s.ID, Period: s.Cycle.Period(due, s.Anchor), Next: next, Setup: setup}
		item := Item{Key: Key{Kind: MakeInvoice, Client: c.ID, Due: due}, Days: due.DaysSince(today), Reason: DueSoon}
		if item.Days < 0 {
			item.Days, item.Reason = -item.Days, Missed
		}
		switch {
		case s.Currency != c.Currency:
			item.Key.Ref, item.Skip, item.Reason = s.ID, true, OtherCurrency
			items = append(items, item)
			return items // nor can any later period be invoiced
		case slices.Contains(s.Billed, due):
			b.Setup = false
			item.Kind, item.Ref, item.Reason, item.Billing = AdvanceBilled, s.ID, InvoicedBefore, []Billing{b}
			items = append(items, item)
		case c.Separate:
			item.Ref, item.Billing = s.ID, []Billing{b}
			items = append(items, item)
			setup = false
		default:
			at := slices.IndexFunc(items[first:], func(i Item) bool { return i.Kind == MakeInvoice && !i.Skip && i.Due == due })
			if at < 0 {
				at = len(items) - first
				items = append(items, item)
			}
			items[first+at].Billing = append(items[first+at].Billing, b)
			setup = false
		}
		due = next
	}
	return items
}

// fees plans the late fees. Of a client who is spared, one line says for how many invoices.
func (r Rules) fees(items []Item, c *Client, today date.Date) []Item {
	if !r.Fee.On() {
		return items
	}
	spared := 0
	for i := range c.Invoices {
		inv := &c.Invoices[i]
		rule := r.Fee.Rule(inv.Balance.Currency)
		if inv.HasFee || inv.Balance.Sign() <= 0 || !rule.Reached(inv.Status, inv.Due, today) {
			continue
		}
		if c.NoFees {
			spared++
			continue
		}
		item := Item{Key: Key{Kind: ChargeFee, Client: c.ID, Ref: inv.ID}, Reason: Late, Days: today.DaysSince(inv.Due), Invoice: i}
		fee, err := billing.LateFee(inv.Balance, rule)
		switch {
		case r.Fee.Kind == billing.FixedFee && rule.Amount.Currency != inv.Balance.Currency:
			item.Skip, item.Reason = true, NoFeeInCurrency
		case err != nil:
			item.Skip, item.Reason = true, FeeFails
		case fee.IsZero():
			continue // rounded to nothing
		}
		items = append(items, item)
	}
	if spared > 0 {
		items = append(items, Item{Key: Key{Kind: ChargeFee, Client: c.ID}, Reason: NoFeesWanted, Days: spared, Skip: true})
	}
	return items
}

// notices plans reminders and overdue notices: of each invoice the highest level that was reached, where neither it nor a higher one went out.
func (r Rules) notices(items []Item, c *Client, today date.Date) []Item {
	spared := 0
	for i := range c.Invoices {
		inv := &c.Invoices[i]
		if inv.Balance.Sign() <= 0 || inv.Status != billing.Unpaid {
			continue
		}
		level := r.level(inv, today)
		switch {
		case level <= inv.Level:
		case level == Reminder:
			items = append(items, Item{
				Key: Key{Kind: SendReminder, Client: c.ID, Ref: inv.ID, Due: inv.Due}, Reason: DueIn, Days: inv.Due.DaysSince(today), Level: level, Invoice: i,
			})
		case c.NoOverdue:
			spared++
		default:
			items = append(items, Item{
				Key: Key{Kind: SendOverdue, Client: c.ID, Ref: inv.ID, Due: inv.Due}, Reason: Overdue, Days: today.DaysSince(inv.Due), Level: level, Invoice: i,
			})
		}
	}
	if spared > 0 {
		items = append(items, Item{Key: Key{Kind: SendOverdue, Client: c.ID}, Reason: NoOverdueWanted, Days: spared, Skip: true})
	}
	return items
}

// level is the highest that an invoice reached on a day, or NoLevel. One that was made after the day of its reminder is not reminded of: the mail with it
// is younger.
func (r Rules) level(inv *Invoice, today date.Date) int {
	if billing.Overdue(inv.Status, inv.Due, today) {
		late := today.DaysSince(inv.Due)
		for level := Third; level >= First; level-- {
			if days := r.OverdueDays[level-1]; days > 0 && late >= days {
				return level
			}
		}
		return NoLevel
	}
	day := inv.Due.AddDays(-r.ReminderDays)
	if r.ReminderDays > 0 && !today.Before(day) && inv.Issued.Before(day) {
		return Reminder
	}
	return NoLevel
}

// card tells, in the month before it, that a card expires.
func (r Rules) card(items []Item, c *Client, today date.Date) []Item {
	if c.Card == nil || c.Card.Told || !r.CardNotices {
		return items
	}
	year, month := c.Card.Year, c.Card.Month-1
	if month == 0 {
		year, month = year-1, 12
	}
	if today.Year() != year || int(today.Month()) != month {
		return items
	}
	return append(items, Item{Key: Key{Kind: TellOfCard, Client: c.ID, Due: today.EndOfMonth().AddDays(1).EndOfMonth()}, Reason: CardExpires})
}

// status has clients follow their services (CL-14). Those who never had a service stay as they are, and so do Closed ones.
func (r Rules) status(items []Item, c *Client) []Item {
	s := c.Status
	if !r.FollowServices || s.Keep {
		return items
	}
	switch {
	case s.Active && s.ServicesActive == 0 && s.ServicesTotal > 0:
		items = append(items, Item{Key: Key{Kind: ChangeStatus, Client: c.ID}, Reason: NoServices})
	case s.Inactive && s.ServicesActive > 0:
		items = append(items, Item{Key: Key{Kind: ChangeStatus, Client: c.ID}, Reason: HasServices, Active: true})
	}
	return items
}
