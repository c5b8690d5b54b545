package app

import (
	"context"
	"errors"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
)

// Publication is what publishing a draft would do now.
type Publication struct {
	Number                 string // the next one of the sequence; another invoice that is published before takes it
	Issued, Due            date.Date
	Total, Credit, Balance money.Money // Credit is what is used of the client's by itself (CR-5); Balance is owed then
	Paid                   bool        // nothing is owed then
	Overdue                bool        // it was due before today
	NoAddress              bool        // the business has no address yet that it could carry
	Announcement
}

// PublishPreview tells what publishing a draft would do, or says why it cannot be published. Conflict is as with Publish.
func (s *Invoices) PublishPreview(ctx context.Context, id, version int64) (p Publication, err error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return p, err
	}
	format, err := billing.ParseNumberFormat(set.InvoiceNumberFormat)
	if err != nil {
		return p, err
	}
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		before, err := tx.Invoice(id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return data.ErrChanged
		}
		c, err := tx.Client(before.ClientID)
		if err != nil {
			return err
		}
		a := &account{core: &s.core, tx: tx, client: c, today: date.Today(s.now()), credit: c.Credit}
		inv, _, err := a.publishable(set, before)
		if err != nil {
			return err
		}
		if p.Number, err = a.peekNumber(format); err != nil {
			return err
		}
		if p.Credit, err = a.autoCredit(inv, set); err != nil {
			return err
		}
		inv.Credit = p.Credit.Minor
		// One of an earlier day was sent when it was written.
		if p.Announcement, err = announcementTo(tx, set, c, set.SendInvoices && before.Issued.IsZero()); err != nil {
			return err
		}
		p.NoAddress = set.BusinessAddress == ""
		p.Issued, p.Due, p.Overdue = inv.Issued, inv.Due, inv.Due.Before(a.today)
		p.Total, p.Balance, p.Paid = a.money(inv.Total), a.money(inv.Balance()), inv.Balance() <= 0
		return nil
	})
	return p, err
}

// peekNumber is the number that nextNumber would give, without taking it.
func (a *account) peekNumber(format billing.NumberFormat) (string, error) {
	n, err := a.tx.PeekNumber(invoiceNumbers, firstInvoice)
	if err != nil {
		return "", err
	}
	for ; ; n++ {
		number := format.Format(n, a.today)
		switch _, err := a.tx.InvoiceByNumber(number); {
		case errors.Is(err, data.ErrNotFound):
			return number, nil
		case err != nil:
			return "", err
		}
	}
}
