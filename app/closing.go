package app

import (
	"context"

	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Closing is what closing a client would do (CL-11).
type Closing struct {
	Invoices []data.Invoice // open ones that would be cancelled
	Paid     []data.Invoice // open ones on which something was paid: they stay
	Services []data.Service // those that would be cancelled
	Owed     money.Money    // what the cancelled invoices come to
}

// Nothing tells that there is nothing to cancel.
func (c Closing) Nothing() bool { return len(c.Invoices) == 0 && len(c.Services) == 0 }

// ClosePreview tells what closing a client would do.
func (s *Clients) ClosePreview(ctx context.Context, id int64) (c Closing, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		client, err := tx.Client(id)
		if err != nil {
			return err
		}
		c, err = closing(tx, client)
		return err
	})
	return c, err
}

func closing(tx *data.Tx, client data.Client) (c Closing, err error) {
	c.Owed = money.New(0, money.Currency(client.Currency))
	open, err := tx.OpenInvoices(client.ID)
	if err != nil {
		return c, err
	}
	for _, i := range open {
		if i.Paid != 0 {
			c.Paid = append(c.Paid, i)
			continue
		}
		c.Invoices = append(c.Invoices, i)
		if c.Owed, err = c.Owed.Add(money.New(i.Balance(), c.Owed.Currency)); err != nil {
			return c, err
		}
	}
	const some = 500
	for after := int64(0); ; {
		part, err := tx.ServicesOf(client.ID, after, some)
		if err != nil || len(part) == 0 {
			return c, err
		}
		for _, v := range part {
			if v.Status != data.ServiceCancelled && v.Status != data.ServiceTerminated {
				c.Services = append(c.Services, v)
			}
		}
		after = part[len(part)-1].ID
	}
}

// Close cancels a client's open invoices and services and sets the status to Closed, all at once. Credit that was used for the invoices goes back to the balance.
// Invoices on which something was paid stay as they are. version is that of the client as the preview was shown: Conflict says that it changed meanwhile.
func (s *Clients) Close(ctx context.Context, id, version int64) error {
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		a, err := s.account(tx, id)
		if err != nil {
			return err
		}
		if a.client.Version != version {
			return data.ErrChanged
		}
		c, err := closing(tx, a.client)
		if err != nil {
			return err
		}
		for _, before := range c.Invoices {
			after, err := a.cancel(before)
			if err != nil {
				return err
			}
			if err := tx.UpdateInvoice(before, &after); err != nil {
				return err
			}
		}
		for _, before := range c.Services {
			after := before
			after.Status = data.ServiceCancelled
			if err := tx.UpdateService(before, &after); err != nil {
				return err
			}
			details, err := a.describeService(before, after)
			if err != nil {
				return err
			}
			if err := a.note(actServiceChanged, after.Description, details); err != nil {
				return err
			}
		}
		if _, err := tx.SetStatus([]int64{id}, data.Closed); err != nil {
			return err
		}
		*changes = append(*changes, a.moneyChanges()...)
		*changes = append(*changes, Change{TopicServices, id})
		return a.note(actClientClosed, nameOf(a.client), i18n.T("Status")+": "+string(a.client.Status)+" → "+string(data.Closed))
	})
}
