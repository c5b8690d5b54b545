package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
)

// firstInvoice is the number of the first invoice of all.
const firstInvoice = 1

// invoiceNumbers is the gap-free sequence of invoice numbers.
const invoiceNumbers = "invoice"

// Publish gives a draft its number: it leaves Draft, carries the billing address as it is today, uses credit where that is to happen by itself, and is
// Paid at once where nothing is owed then. Conflict: somebody changed it since it had that version, or its taxes are others now.
func (s *Invoices) Publish(ctx context.Context, id, version int64) error {
	return s.publish(ctx, id, version, false)
}

// PublishAndSend is Publish, and mails the invoice to the client: as created, or as paid where credit pays all of it.
func (s *Invoices) PublishAndSend(ctx context.Context, id, version int64) error {
	return s.publish(ctx, id, version, true)
}

func (s *Invoices) publish(ctx context.Context, id, version int64, send bool) error {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return err
	}
	client := int64(0)
	err = s.change(ctx, id, func(a *account, before data.Invoice) (data.Invoice, error) {
		if before.Version != version {
			return before, data.ErrChanged
		}
		after, err := a.publish(set, before)
		if err != nil || !send {
			return after, err
		}
		client = a.client.ID
		_, err = s.mails.announce(a.tx, set, a.client, after)
		return after, err
	})
	if err == nil && send {
		s.events.publish(Change{TopicMail, client})
	}
	return err
}

// publishable is a draft as it would leave Draft today, not yet with its number and credit, or why it cannot.
func (a *account) publishable(set Settings, before data.Invoice) (data.Invoice, BillingAddress, error) {
	if err := before.Status.CanBecome(billing.Unpaid); err != nil || before.Status != billing.Draft {
		return before, BillingAddress{}, refusedBy(err, i18n.T("This invoice was published already. It is Invoice #%s.", numberOf(before)))
	}
	if before.Currency != a.client.Currency {
		return before, BillingAddress{}, otherCurrency(FieldLines, a.currency())
	}
	inv, address, err := a.priced(set, before)
	if err != nil {
		return before, address, err
	}
	if err := a.leaveDraft(&inv, address); err != nil {
		return before, address, err
	}
	return inv, address, nil
}

// leaveDraft gives an invoice what it has from the day on which it leaves Draft, but for its number and the credit that it uses.
func (a *account) leaveDraft(inv *data.Invoice, address BillingAddress) error {
	if inv.Total < 0 {
		return Problems{{Code: Invalid, Field: FieldLines, Message: i18n.T(
			"The total is below zero. An invoice asks for money: give the client credit instead, or take lines off.")}}
	}
	inv.Status = billing.Unpaid
	if inv.Issued.IsZero() {
		inv.Issued = a.today
	}
	if inv.Due.Before(inv.Issued) {
		inv.Due = inv.Issued // it cannot have been due before anybody could see it
	}
	text, err := json.Marshal(address)
	inv.Billing = string(text)
	return err
}

// publish is Publish in a transaction. The caller writes the invoice.
func (a *account) publish(set Settings, before data.Invoice) (data.Invoice, error) {
	inv, _, err := a.publishable(set, before)
	if err != nil {
		return before, err
	}
	format, err := billing.ParseNumberFormat(set.InvoiceNumberFormat)
	if err != nil {
		return before, err
	}
	number, err := a.nextNumber(format)
	if err != nil {
		return before, err
	}
	inv.Number = &number
	if err := a.applyAuto(&inv, set); err != nil {
		return before, err
	}
	a.settle(&inv)
	details := i18n.T("Total") + ": " + a.money(inv.Total).String()
	if line := a.creditLine(); line != "" {
		details += "\n" + line
	}
	return inv, a.note(actInvoicePublished, number, details)
}

// priced works out a draft anew by the taxes and the address of today. Where that comes to another total than the one somebody looked at, the
// draft is not what they meant any more.
func (a *account) priced(set Settings, before data.Invoice) (data.Invoice, BillingAddress, error) {
	taxing, address, err := taxingOf(a.tx, set, a.client)
	if err != nil {
		return before, address, err
	}
	lines, err := a.tx.InvoiceLines(before.ID)
	if err != nil {
		return before, address, err
	}
	d := DraftOf(data.WholeInvoice{Invoice: before, Lines: lines})
	totals, err := d.totals(taxing)
	if err != nil {
		return before, address, err
	}
	w := d.whole(before, taxing, totals)
	if w.Total != before.Total || w.Tax != before.Tax {
		return before, address, &Error{Code: Conflict, Message: i18n.T(
			"The taxes for this client changed since the draft was saved: the total is %s now, and was %s. Open the draft, look at it, and save it again.",
			totals.Total.Format(i18n.CurrentLocale()), a.money(before.Total).Format(i18n.CurrentLocale()))}
	}
	return w.Invoice, address, nil
}

// nextNumber takes the next number of the sequence. One that was given by hand or came from an import is passed over.
func (a *account) nextNumber(format billing.NumberFormat) (string, error) {
	for {
		n, err := a.tx.NextNumber(invoiceNumbers, firstInvoice)
		if err != nil {
			return "", err
		}
		number := format.Format(n, a.today)
		switch _, err := a.tx.InvoiceByNumber(number); {
		case errors.Is(err, data.ErrNotFound):
			return number, nil
		case err != nil:
			return "", err
		}
	}
}

// Cancel says that an invoice is no longer owed. Credit that was used for it goes back; payments to it must be refunded or taken off first.
func (s *Invoices) Cancel(ctx context.Context, id int64) error {
	return s.change(ctx, id, func(a *account, before data.Invoice) (data.Invoice, error) {
		return a.cancel(before)
	})
}

func (a *account) cancel(before data.Invoice) (data.Invoice, error) {
	if err := before.Status.CanBecome(billing.Cancelled); err != nil {
		return before, refusedBy(err, "")
	}
	if before.Paid != 0 {
		return before, &Error{Code: NotAllowed, Message: i18n.T("%s was paid on this invoice. Refund it, or delete its transactions, and cancel the invoice then.",
			a.money(before.Paid).Format(i18n.CurrentLocale()))}
	}
	inv := before
	if err := a.giveBack(&inv, billing.CreditReturnedCancelled(numberOf(inv))); err != nil {
		return before, err
	}
	err := a.become(&inv, billing.Cancelled)
	return inv, err
}

// Reopen makes a cancelled invoice Unpaid again. Credit that went back is not used anew by itself.
func (s *Invoices) Reopen(ctx context.Context, id int64) error {
	return s.move(ctx, id, billing.Cancelled, billing.Unpaid)
}

// SendToCollections marks an unpaid invoice as given to others to collect.
func (s *Invoices) SendToCollections(ctx context.Context, id int64) error {
	return s.move(ctx, id, billing.Unpaid, billing.Collections)
}

// TakeFromCollections makes an invoice in collections Unpaid again.
func (s *Invoices) TakeFromCollections(ctx context.Context, id int64) error {
	return s.move(ctx, id, billing.Collections, billing.Unpaid)
}

func (s *Invoices) move(ctx context.Context, id int64, from, to billing.InvoiceStatus) error {
	return s.change(ctx, id, func(a *account, before data.Invoice) (data.Invoice, error) {
		if before.Status != from {
			return before, refusedBy(before.Status.CanBecome(to), i18n.T("The invoice is %s meanwhile, so it was left as it is.", before.Status.Name()))
		}
		inv := before
		err := a.become(&inv, to)
		return inv, err
	})
}

// become gives an invoice a status, with a line in the log.
func (a *account) become(inv *data.Invoice, to billing.InvoiceStatus) error {
	var d difference
	d.text(i18n.T("Status"), string(inv.Status), string(to))
	if line := a.creditLine(); line != "" {
		d.lines = append(d.lines, line)
	}
	inv.Status = to
	if to == billing.Unpaid {
		a.settle(inv) // nothing may be owed on it
	}
	return a.note(actInvoiceStatus, numberOf(*inv), d.String())
}

// refusedBy says why a status does not allow an act; words are used where no rule said it.
func refusedBy(err error, words string) error {
	if err != nil {
		words = err.Error()
	}
	return &Error{Code: NotAllowed, Message: words, Err: err}
}

// InvoiceDeletion is what deleting an invoice would do.
type InvoiceDeletion struct {
	Number string
	Credit int64 // goes back to the balance, in minor units
	Paid   int64 // stays as transactions without an invoice
	Gap    bool  // it has a number, which will be missing in the books
}

// DeletePreview tells what deleting an invoice would do.
func (s *Invoices) DeletePreview(ctx context.Context, id int64) (d InvoiceDeletion, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		inv, err := tx.Invoice(id)
		d = InvoiceDeletion{Number: numberOf(inv), Credit: inv.Credit, Paid: inv.Paid, Gap: inv.Number != nil}
		return err
	})
	return d, err
}

const undoDraft undoKind = "draft"

// Delete removes an invoice: credit that was used for it goes back (CR-8), payments to it stay as transactions. A draft can be put back: undo is its number in
// the journal, and 0 for one that had left Draft.
func (s *Invoices) Delete(ctx context.Context, id int64) (undo int64, err error) {
	if err := s.may(Deleting); err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		undo = 0
		a, inv, err := s.invoiceAccount(tx, id)
		if err != nil {
			return err
		}
		w, err := tx.WholeInvoice(id)
		if err != nil {
			return err
		}
		if inv.Status == billing.Draft {
			if undo, err = s.journal(tx, undoDraft, inv.ClientID, numberOf(inv), w, 0); err != nil {
				return err
			}
		}
		settled := inv
		if err := a.giveBack(&settled, billing.CreditReturnedDeleted(numberOf(inv))); err != nil {
			return err
		}
		if err := tx.DeletePaymentsTo(id); err != nil {
			return err
		}
		if err := tx.DeleteInvoice(inv); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicInvoices, a.client.ID}, Change{TopicTransactions, a.client.ID}, Change{TopicCredit, a.client.ID}, Change{TopicClient, a.client.ID})
		details := i18n.T("Total") + ": " + a.money(inv.Total).String()
		if line := a.creditLine(); line != "" {
			details += "\n" + line
		}
		return a.note(actInvoiceDeleted, numberOf(inv), details)
	})
	return undo, err
}

// restoreDraft puts a deleted draft back.
func restoreDraft(_ *core, tx *data.Tx, u data.Undo, changes *[]Change) error {
	w, err := restored[data.WholeInvoice](u)
	if err != nil {
		return err
	}
	client, err := tx.Client(w.ClientID)
	if err != nil {
		return err
	}
	if client.Currency != w.Currency {
		return &Error{Code: NotAllowed, Message: i18n.T("This draft cannot be put back: it is in %s, and the client is billed in %s now.", w.Currency, client.Currency)}
	}
	*changes = append(*changes, Change{TopicInvoices, w.ClientID}, Change{TopicClient, w.ClientID})
	return tx.RestoreInvoice(&w)
}

// Duplicate makes a draft with the lines of another invoice and returns its number in the table. Late fees are not taken over, nor what services were
// billed for.
func (s *Invoices) Duplicate(ctx context.Context, id int64, key string) (int64, error) {
	i, err := s.Get(ctx, id)
	if err != nil {
		return 0, err
	}
	return s.Create(ctx, i.ClientID, DraftOf(i.WholeInvoice).copied(), key)
}

// copied is a draft with the lines of another invoice: dated and due as a new one is, without late fees and without what services were billed for.
func (d InvoiceDraft) copied() InvoiceDraft {
	lines := d.Lines
	d.Issued, d.Due, d.Lines = date.Date{}, date.Date{}, nil
	for _, l := range lines {
		if l.Kind != data.LineLateFee {
			l.Kind, l.ServiceID, l.Period = data.LineItem, 0, billing.Period{}
			d.Lines = append(d.Lines, l)
		}
	}
	return d
}

// Correct cancels an invoice in which something is wrong and makes a draft with its lines, to be put right and published under a number of its own: one that went
// out stays in the books as it was. Both happen, or nothing. It returns the draft's number in the table.
func (s *Invoices) Correct(ctx context.Context, id int64, key string) (draft int64, err error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if done, ref, err := doneBefore(tx, key); done || err != nil {
			draft = ref
			return err
		}
		a, before, err := s.invoiceAccount(tx, id)
		if err != nil {
			return err
		}
		lines, err := tx.InvoiceLines(id)
		if err != nil {
			return err
		}
		after, err := a.cancel(before)
		if err != nil {
			return err
		}
		if err := tx.UpdateInvoice(before, &after); err != nil {
			return err
		}
		w, err := a.draft(set, data.Invoice{ClientID: a.client.ID, Status: billing.Draft, CreatedBy: s.who()}, DraftOf(data.WholeInvoice{Invoice: before, Lines: lines}).copied())
		if err != nil {
			return err
		}
		if err := tx.AddInvoice(&w); err != nil {
			return err
		}
		draft = w.ID
		*changes = append(*changes, Change{TopicInvoices, a.client.ID}, Change{TopicClient, a.client.ID}, Change{TopicCredit, a.client.ID})
		if err := a.note(actInvoiceDrafted, numberOf(w.Invoice), i18n.T("In the place of invoice #%s", numberOf(before))); err != nil {
			return err
		}
		return recordDone(tx, key, draft)
	})
	return draft, err
}

// parseBilling reads the address that an invoice carries.
func parseBilling(s string) (BillingAddress, error) {
	var b BillingAddress
	if err := json.Unmarshal([]byte(s), &b); err != nil {
		return b, fmt.Errorf("app: the address on an invoice cannot be read: %w", err)
	}
	return b, nil
}
