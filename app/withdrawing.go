package app

import (
	"context"
	"errors"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/data"
)

// outdated says why a mail must not go any more, or "": what it tells of may have gone or changed since it was written.
func (r *outboxRun) outdated(ctx context.Context, m data.Mail) (why string) {
	err := r.read(ctx, func(tx *data.Tx) (err error) {
		if why, err = clientGone(tx, m); why != "" || err != nil {
			return err
		}
		if why, err = invoiceGone(tx, m); why != "" || err != nil {
			return err
		}
		why, err = transactionGone(tx, m)
		return err
	})
	if err != nil { // what cannot be looked at now does not hold the mail back
		return ""
	}
	return why
}

func clientGone(tx *data.Tx, m data.Mail) (string, error) {
	id := clientOf(m)
	if id == 0 {
		return "", nil
	}
	c, err := tx.Client(id)
	switch {
	case errors.Is(err, data.ErrNotFound):
		return i18n.T("The client was removed before this mail could go."), nil
	case err == nil && c.Status == data.Closed && len(m.Secrets) > 0:
		return i18n.T("The client was closed before this mail could go, and cannot log in with the password in it."), nil
	}
	return "", err
}

func invoiceGone(tx *data.Tx, m data.Mail) (string, error) {
	if m.InvoiceID == nil {
		return "", nil
	}
	i, err := tx.Invoice(*m.InvoiceID)
	if errors.Is(err, data.ErrNotFound) {
		return i18n.T("The invoice was deleted before this mail could go."), nil
	}
	if err != nil {
		return "", err
	}
	kind, _ := kindNamed(m.Kind)
	switch {
	case i.Status == billing.Cancelled:
		return i18n.T("The invoice was cancelled before this mail could go."), nil
	case kind.reminds && (i.Status == billing.Paid || i.Status == billing.Unpaid && i.Balance() <= 0):
		return i18n.T("The invoice was paid before this mail could go."), nil
	case kind.reminds && i.Status != billing.Unpaid:
		return i18n.T("The invoice is %s by now, so this mail did not go.", i.Status.Name()), nil
	}
	return "", nil
}

func transactionGone(tx *data.Tx, m data.Mail) (string, error) {
	if m.TransactionID == nil {
		return "", nil
	}
	_, err := tx.Transaction(*m.TransactionID)
	if errors.Is(err, data.ErrNotFound) {
		return i18n.T("The transaction was deleted before this mail could go."), nil
	}
	return "", err
}
