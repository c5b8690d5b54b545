package app

import (
	"context"
	"maps"
	"slices"

	"clientele/app/billing"
	"clientele/app/daily"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
)

// DailyPlan is what a daily run would do on a day.
type DailyPlan struct {
	Day   date.Date
	Lines []PlanLine // by client
	// Held is how many services would be due if the import that brought them were confirmed.
	Held int64
}

// PlanLine is one thing that a run would do, or would not do and why.
type PlanLine struct {
	daily.Item
	Name   string      // of the client
	Number string      // of the invoice; empty where there is none yet
	Amount money.Money // what the new invoice comes to, the late fee, or what is owed
}

// Why is the reason in words.
func (l PlanLine) Why() string { return l.Reason.Words(l.Days) }

// Plan tells what a run on a day would do, without doing any of it. No day means today; no clients means all.
func (s *Daily) Plan(ctx context.Context, day date.Date, clients ...int64) (p DailyPlan, err error) {
	if day.IsZero() {
		day = date.Today(s.now())
	}
	p.Day = day
	set, err := s.settings.Get(ctx)
	if err != nil {
		return p, err
	}
	err = s.store.LongSnapshot(ctx, func(tx *data.Tx) error {
		p.Lines = p.Lines[:0]
		b, err := booksOf(tx, set, day)
		if err != nil {
			return err
		}
		if p.Held, err = tx.HeldDue(b.until()); err != nil {
			return err
		}
		return b.plan(tx, &p, clients)
	})
	return p, known(err)
}

func (b *dailyBooks) plan(tx *data.Tx, p *DailyPlan, clients []int64) error {
	facts, err := b.factsToPlan(tx, clients)
	if err != nil {
		return err
	}
	cards, err := cardsToTell(tx, b, clients)
	if err != nil {
		return err
	}
	all, err := tx.ClientsToPlan(b.until(), b.pressing(), b.rules.FollowServices, slices.Collect(maps.Keys(cards)), clients)
	if err != nil {
		return err
	}
	p.Lines = make([]PlanLine, 0, len(all))
	var last daily.Client
	for i := range all {
		c := &all[i]
		services, unpaid := facts.take(c.ID)
		of := plannedClient(c, b.groups[c.GroupID].SeparateInvoices)
		of.Services, of.Invoices = last.Services[:0], last.Invoices[:0] // their room is used again; a plan keeps none of it
		if c.Status != data.Closed {
			of.Card = cards[c.ID]
		}
		facts.known(&of, services, unpaid)
		last = of
		items := b.rules.Plan(&of, b.today)
		if len(items) == 0 {
			continue
		}
		country, state := c.Country, c.State
		if c.BillingContactID != 0 {
			if country, state, err = placeOfContact(tx, c); err != nil {
				return err
			}
		}
		taxing := b.taxing(of.Currency, c.GroupID, c.TaxExempt, country, state)
		for _, item := range items {
			line := PlanLine{Item: item, Name: c.Name, Amount: money.New(0, of.Currency)}
			b.describe(&line, taxing, services, &of, unpaid)
			p.Lines = append(p.Lines, line)
		}
	}
	return nil
}

// describe fills in what an item is about. What cannot be worked out is told when it is done.
func (b *dailyBooks) describe(line *PlanLine, t Taxing, services []data.Service, c *daily.Client, unpaid []data.Pressed) {
	if line.Skip {
		return
	}
	switch line.Kind {
	case daily.MakeInvoice:
		lines := t.lines(services, line.Billing, false)
		plain := make([]billing.Line, len(lines))
		for i := range lines {
			plain[i] = lines[i].Line
		}
		if totals, err := t.Totals(plain); err == nil {
			line.Amount = totals.Total
		}
	case daily.ChargeFee:
		inv := &c.Invoices[line.Invoice]
		line.Number = numberOf(unpaid[line.Invoice].Invoice)
		if fee, err := billing.LateFee(inv.Balance, b.rules.Fee.Rule(inv.Balance.Currency)); err == nil {
			line.Amount = fee
		}
	case daily.SendReminder, daily.SendOverdue:
		line.Number, line.Amount = numberOf(unpaid[line.Invoice].Invoice), c.Invoices[line.Invoice].Balance
	case daily.TellOfCard, daily.ChangeStatus, daily.AdvanceBilled:
	}
}

// placeOfContact is where a client's invoices go.
func placeOfContact(tx *data.Tx, c *data.Planned) (country, state string, err error) {
	contact, err := tx.Contact(c.BillingContactID)
	if err != nil {
		return "", "", err
	}
	address := billingAddress(data.Client{Country: c.Country, State: c.State}, &contact)
	return address.Country, address.State, nil
}

// Clients are the numbers of those with something to do or to tell, in their order.
func (p DailyPlan) Clients() []int64 {
	var ids []int64
	for i := range p.Lines {
		if n := len(ids); n == 0 || ids[n-1] != p.Lines[i].Client {
			ids = append(ids, p.Lines[i].Client)
		}
	}
	return ids
}

// ToDo counts the lines that are not skipped.
func (p DailyPlan) ToDo() int {
	n := 0
	for i := range p.Lines {
		if !p.Lines[i].Skip {
			n++
		}
	}
	return n
}

// of are the lines of a client.
func (p DailyPlan) of(client int64) []PlanLine {
	from, _ := slices.BinarySearchFunc(p.Lines, client, func(l PlanLine, id int64) int { return int(l.Client - id) })
	to := from
	for to < len(p.Lines) && p.Lines[to].Client == client {
		to++
	}
	return p.Lines[from:to]
}
