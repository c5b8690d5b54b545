package app

import (
	"context"
	"slices"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/data"
)

// Begin is what a new invoice of a client begins with: no lines, due as the settings say, to be paid as the client usually pays. Nothing is stored.
func (s *Invoices) Begin(ctx context.Context, clientID int64) (i Invoicing, err error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return i, err
	}
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		if i.Client, err = tx.Client(clientID); err != nil {
			return err
		}
		i.Invoice = data.Invoice{
			ClientID: clientID, Status: billing.Draft, Currency: i.Client.Currency, TaxMode: string(set.TaxMode),
			Due: date.Today(s.now()).AddDays(set.InvoiceDueDays), PaymentMethod: usualMethod(i.Client),
		}
		i.Billing, err = billingOf(tx, i.Client)
		return err
	})
	return i, err
}

// usualMethod is how a client usually pays. One that came from elsewhere is none that an invoice can name.
func usualMethod(c data.Client) string {
	if !slices.Contains(PaymentMethods, c.PaymentMethod) {
		return ""
	}
	return c.PaymentMethod
}
