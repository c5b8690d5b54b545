package app

import (
	"context"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
)

// FieldNextNumber is the field for the number of the next invoice.
const FieldNextNumber = "next_number"

// maxNextNumber is beyond what any business writes in its life, and well below what the sequence can hold.
const maxNextNumber = 999_999_999_999

// NextInvoice is the number that the next invoice gets.
type NextInvoice struct {
	Counted int64  // as it is counted
	Written string // as it stands on the invoice, if it is issued today
}

// Next tells which number the next invoice gets.
func (s *Invoices) Next(ctx context.Context) (n NextInvoice, err error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return n, err
	}
	format, err := billing.ParseNumberFormat(set.InvoiceNumberFormat)
	if err != nil {
		return n, err
	}
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		if n.Counted, err = tx.PeekNumber(invoiceNumbers, firstInvoice); err != nil {
			return err
		}
		a := &account{core: &s.core, tx: tx, today: date.Today(s.now())}
		n.Written, err = a.peekNumber(format)
		return err
	})
	return n, err
}

// GoOnWith has the next invoice be counted as n, so that an office goes on where its old books end. Numbers only go forward: one that was passed is not given.
func (s *Invoices) GoOnWith(ctx context.Context, n int64) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		next, err := tx.PeekNumber(invoiceNumbers, firstInvoice)
		switch {
		case err != nil || n == next:
			return err
		case n < next || n > maxNextNumber:
			return Problems{{Code: Invalid, Field: FieldNextNumber, Message: i18n.T("Enter a whole number from %s to %s: numbers that were passed are not given any more.",
				i18n.FormatInt(next), i18n.FormatInt(maxNextNumber))}}
		}
		if err := tx.SetNextNumber(invoiceNumbers, n); err != nil {
			return err
		}
		var d difference
		d.text(i18n.T("Next invoice"), i18n.FormatInt(next), i18n.FormatInt(n))
		*changes = append(*changes, Change{Topic: TopicSettings})
		return tx.AddActivity(s.entry(actSettingChanged, 0, "", d.String()))
	})
}
