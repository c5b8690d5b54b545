package app

import (
	"context"

	"clientele/app/billing"
	"clientele/app/daily"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
)

// DueInvoices are the invoices of one client that are due, as the daily run would make them today (SU-2). Nothing of it is done yet.
type DueInvoices struct {
	Lines         []PlanLine  // one for each invoice
	Total, Credit money.Money // Credit is what is used of the client's by itself (CR-5)
	Announcement              // Send is as in the daily run

	plan DailyPlan
}

// Due tells which invoices of a client are due, and what making them would do.
func (s *Daily) Due(ctx context.Context, clientID int64) (d DueInvoices, err error) {
	if d.plan, err = s.Plan(ctx, date.Date{}, clientID); err != nil {
		return d, err
	}
	all := d.plan.Lines
	d.plan.Lines = nil
	for _, l := range all {
		if l.Skip || l.Kind != daily.MakeInvoice && l.Kind != daily.AdvanceBilled {
			continue
		}
		d.plan.Lines = append(d.plan.Lines, l)
		if l.Kind == daily.MakeInvoice {
			d.Lines = append(d.Lines, l)
		}
	}
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		c, err := tx.Client(clientID)
		if err != nil {
			return err
		}
		a := &account{core: &s.core, tx: tx, client: c, today: d.plan.Day, credit: c.Credit}
		d.Total = a.money(0)
		for _, l := range d.Lines {
			if d.Total, err = d.Total.Add(l.Amount); err != nil {
				return err
			}
		}
		if d.Credit, err = a.autoCredit(data.Invoice{Currency: c.Currency, Total: d.Total.Minor, Status: billing.Unpaid}, set); err != nil {
			return err
		}
		d.Announcement, err = announcementTo(tx, set, c, set.InvoiceMails)
		return err
	})
	return d, known(err)
}

// Made is what making invoices came to.
type Made struct {
	Invoices int
	Why      []string // of those that could not be made
}

// MakeDue makes the invoices that are due and were looked at, and mails them to the client where that is wanted. What is no longer due is left alone.
func (s *Daily) MakeDue(ctx context.Context, clientID int64, d DueInvoices, mail bool) (made Made, err error) {
	if len(d.Lines) == 0 {
		return made, nil
	}
	set, err := s.settings.Get(ctx)
	if err != nil {
		return made, err
	}
	set.InvoiceMails = mail
	var changed dailyChanges
	lines, err := s.batch(ctx, set, 0, DailyDo{Plan: d.plan}, []int64{clientID}, &changed)
	if err != nil {
		return made, err
	}
	for _, l := range lines {
		switch {
		case l.Kind != string(daily.MakeInvoice):
		case l.Outcome == string(outcomeDone):
			made.Invoices++
		default:
			made.Why = append(made.Why, daily.Reason(l.Reason).Words(int(l.Days)))
		}
	}
	s.announce(changed)
	return made, nil
}
