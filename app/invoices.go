package app

import (
	"context"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Invoices writes, publishes and settles invoices.
type Invoices struct {
	core
	settings *SettingsService
	mails    *Mails
}

// Invoicing is an invoice with all that a person wants to see beside it, read together.
type Invoicing struct {
	data.WholeInvoice
	Client   data.Client
	Payments []InvoicePayment // in the order in which they were noted
	Credits  []data.CreditMove
	Billing  BillingAddress // as it is on the invoice; for a draft as it would be now
}

// InvoicePayment is what of a transaction went to an invoice, or below zero what was refunded from it.
type InvoicePayment struct {
	data.Payment
	Transaction data.Transaction
}

// Overdue tells whether the invoice is Unpaid past its due date.
func (i Invoicing) Overdue(today date.Date) bool { return billing.Overdue(i.Status, i.Due, today) }

// Get reads an invoice with what belongs to it.
func (s *Invoices) Get(ctx context.Context, id int64) (i Invoicing, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		i, err = invoicing(tx, id)
		return err
	})
	return i, err
}

func invoicing(tx *data.Tx, id int64) (i Invoicing, err error) {
	if i.WholeInvoice, err = tx.WholeInvoice(id); err != nil {
		return i, err
	}
	if i.Client, err = tx.Client(i.ClientID); err != nil {
		return i, err
	}
	payments, err := tx.PaymentsTo(id)
	if err != nil {
		return i, err
	}
	for _, p := range payments {
		t, err := tx.Transaction(p.TransactionID)
		if err != nil {
			return i, err
		}
		i.Payments = append(i.Payments, InvoicePayment{p, t})
	}
	if i.Credits, err = tx.CreditOfInvoice(id); err != nil {
		return i, err
	}
	if i.WholeInvoice.Billing == "" {
		i.Billing, err = billingOf(tx, i.Client)
		return i, err
	}
	i.Billing, err = parseBilling(i.WholeInvoice.Billing)
	return i, err
}

// Page reads up to n rows of a list of invoices after a place, or before it. See data.Tx.Invoices.
func (s *Invoices) Page(ctx context.Context, q data.InvoiceQuery, at data.Cursor, back bool, n int) (rows []data.InvoiceRow, places []data.Cursor, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		rows, places, err = tx.Invoices(q, at, back, n)
		return err
	})
	return rows, places, err
}

// Count tells how many invoices a filter leaves; exact is false where n is only a lower bound.
func (s *Invoices) Count(ctx context.Context, f data.InvoiceFilter) (n int64, exact bool, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		n, exact, err = tx.CountInvoices(f)
		return err
	})
	return n, exact, err
}

// Sum adds up what a filter leaves, by currency: totals never mix currencies (IN-7). The balance is that of invoices that are to be paid. There are no sums where there are more invoices than are counted.
func (s *Invoices) Sum(ctx context.Context, f data.InvoiceFilter) (sums []InvoiceSum, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		kept, _, err := tx.SumInvoices(f)
		sums = make([]InvoiceSum, len(kept))
		for i, k := range kept {
			c := money.Currency(k.Currency)
			sums[i] = InvoiceSum{N: k.N, Total: money.New(k.Total, c), Balance: money.New(k.Owed, c)}
		}
		return err
	})
	return sums, err
}

// Open lists a client's open invoices, earliest due first.
func (s *Invoices) Open(ctx context.Context, clientID int64) (all []data.Invoice, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		all, err = tx.OpenInvoices(clientID)
		return err
	})
	return all, err
}

// Create stores a draft and returns its number in the table. key tells two presses of the same button from two invoices.
func (s *Invoices) Create(ctx context.Context, clientID int64, d InvoiceDraft, key string) (id int64, err error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if done, ref, err := doneBefore(tx, key); done || err != nil {
			id = ref
			return err
		}
		a, err := s.account(tx, clientID)
		if err != nil {
			return err
		}
		w, err := a.draft(set, data.Invoice{ClientID: clientID, Status: billing.Draft, CreatedBy: s.who()}, d)
		if err != nil {
			return err
		}
		if err := tx.AddInvoice(&w); err != nil {
			return err
		}
		id = w.ID
		*changes = append(*changes, Change{TopicInvoices, clientID})
		if err := a.note(actInvoiceDrafted, numberOf(w.Invoice), i18n.T("Total")+": "+a.money(w.Total).String()); err != nil {
			return err
		}
		return recordDone(tx, key, id)
	})
	return id, err
}

// Update writes a draft as it was edited. Conflict: somebody else changed it since it had that version. NotAllowed: it is no draft any more.
func (s *Invoices) Update(ctx context.Context, id, version int64, d InvoiceDraft) error {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return err
	}
	return s.change(ctx, id, func(a *account, before data.Invoice) (data.Invoice, error) {
		switch {
		case before.Status != billing.Draft:
			return before, &Error{Code: NotAllowed, Message: i18n.T("This invoice has its number already, so its lines stay as they are. Cancel it and write a new one.")}
		case before.Version != version:
			return before, data.ErrChanged
		}
		w, err := a.draft(set, before, d)
		if err != nil {
			return before, err
		}
		if err := a.tx.ReplaceLines(&w); err != nil {
			return before, err
		}
		var changed difference
		changed.text(i18n.T("Total"), a.money(before.Total).String(), a.money(w.Total).String())
		changed.text(i18n.T("Invoice date"), before.Issued.String(), w.Issued.String())
		changed.text(i18n.T("Due"), before.Due.String(), w.Due.String())
		return w.Invoice, a.note(actInvoiceEdited, numberOf(before), changed.String())
	})
}

// draft works out an invoice from what was entered, or says all that is wrong with it.
func (a *account) draft(set Settings, inv data.Invoice, d InvoiceDraft) (data.WholeInvoice, error) {
	taxing, _, err := taxingOf(a.tx, set, a.client)
	if err != nil {
		return data.WholeInvoice{}, err
	}
	wrong := d.dated(a.today, set.InvoiceDueDays)
	totals, err := d.totals(taxing)
	if of := ProblemsOf(err); of != nil {
		err = append(wrong, of...)
	} else if err == nil {
		err = wrong.or()
	}
	if err != nil {
		return data.WholeInvoice{}, err
	}
	return d.whole(inv, taxing, totals), nil
}

// change changes one invoice in a transaction, with its client's account locked. act gives the invoice as it is to be.
func (s *Invoices) change(ctx context.Context, id int64, act func(*account, data.Invoice) (data.Invoice, error)) error {
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		a, before, err := s.invoiceAccount(tx, id)
		if err != nil {
			return err
		}
		after, err := act(a, before)
		if err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicInvoices, a.client.ID}, Change{TopicClient, a.client.ID})
		if a.client.Credit != a.credit {
			*changes = append(*changes, Change{TopicCredit, a.client.ID})
		}
		return tx.UpdateInvoice(before, &after)
	})
}

// StillDue is what of an invoice is yet to be paid, in minor units: its balance, and of one that is settled nothing.
func StillDue(i data.Invoice) int64 {
	if i.Status.Settled() {
		return 0
	}
	return i.Balance()
}

// TakenOff is what of an invoice is no longer asked for though nobody paid it, in minor units: what a refund took off one that was paid, and all that was open of one
// that was cancelled. With it the total less credit and payments comes to what is still due.
func TakenOff(i data.Invoice) int64 { return i.Balance() - StillDue(i) }
