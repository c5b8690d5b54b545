package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Limits of what is written on an invoice.
const (
	maxLines        = 2000
	maxInvoiceNotes = 5000
)

// The keys of an invoice's fields, as errors name them.
const (
	FieldIssued    = "issued"
	FieldDue       = "due"
	FieldLines     = "lines"
	FieldQuantity  = "quantity"
	FieldUnitPrice = "unit_price"
	FieldDiscount  = "discount"
)

// FieldOfLine is the key of a field in a line of an invoice, counted from 0: "lines.2.quantity".
func FieldOfLine(line int, field string) string {
	return fmt.Sprintf("%s.%d.%s", FieldLines, line, field)
}

// InvoiceLine is a line of an invoice as it is written.
type InvoiceLine struct {
	billing.Line
	Kind      data.LineKind  // empty means an item
	ServiceID int64          // what it bills, or 0
	Period    billing.Period // what a service is billed for
}

// InvoiceDraft is what the invoice editor gives.
type InvoiceDraft struct {
	Issued        date.Date // the date that it carries, not after today; none means the day on which it is published
	Due           date.Date // none means as many days from Issued, or today, as the setting says
	Lines         []InvoiceLine
	Notes         string // printed on the invoice
	PaymentMethod string
}

// DraftOf is a stored invoice as it is edited.
func DraftOf(w data.WholeInvoice) InvoiceDraft {
	d := InvoiceDraft{Issued: w.Issued, Due: w.Due, Notes: w.Notes, PaymentMethod: w.PaymentMethod}
	for _, l := range w.Lines {
		line := InvoiceLine{Kind: l.Kind, Period: billing.Period{From: l.PeriodFrom, To: l.PeriodTo}, Line: billing.Line{
			Description: l.Description, Quantity: billing.Quantity(l.Quantity), UnitPrice: money.New(l.UnitPrice, money.Currency(w.Currency)),
			Discount: money.Rate(l.Discount), Taxed: l.Taxed,
		}}
		if l.ServiceID != nil {
			line.ServiceID = *l.ServiceID
		}
		d.Lines = append(d.Lines, line)
	}
	return d
}

// dated fills in the day that was left out, or says what is wrong with those that were given.
func (d *InvoiceDraft) dated(today date.Date, dueDays int) Problems {
	var wrong Problems
	from := today
	if !d.Issued.IsZero() {
		from = d.Issued
	}
	if today.Before(from) {
		wrong.add(FieldIssued, i18n.T("This day is still to come. Leave it empty to date the invoice on the day on which it is published."))
	}
	if d.Due.IsZero() {
		d.Due = from.AddDays(dueDays)
	}
	return wrong
}

// totals brings a draft into its form and works out what it comes to, or says all that is wrong with it.
func (d *InvoiceDraft) totals(t Taxing) (billing.Totals, error) {
	var wrong Problems
	d.Notes = strings.TrimRight(strings.ReplaceAll(d.Notes, "\r\n", "\n"), "\n ")
	if utf8.RuneCountInString(d.Notes) > maxInvoiceNotes {
		wrong.add(FieldNotes, i18n.T("This is longer than %d characters.", maxInvoiceNotes))
	} else if !utf8.ValidString(d.Notes) || strings.ContainsFunc(d.Notes, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }) {
		wrong.add(FieldNotes, i18n.T("This holds characters that cannot be seen."))
	}
	if !slices.Contains(PaymentMethods, d.PaymentMethod) {
		wrong.add(FieldPayment, i18n.T("Choose a payment method from the list."))
	}
	switch {
	case len(d.Lines) == 0:
		wrong.add(FieldLines, i18n.T("An invoice has at least one line. Add what is to be paid."))
	case len(d.Lines) > maxLines:
		wrong.add(FieldLines, i18n.T("An invoice has at most %d lines. Split it into several.", maxLines))
		return billing.Totals{}, wrong
	}
	lines := make([]billing.Line, len(d.Lines))
	for i := range d.Lines {
		l := &d.Lines[i]
		l.Description = strings.Join(strings.Fields(l.Description), " ")
		var of Problems
		of.description(l.Description, true)
		for _, p := range of {
			wrong.add(FieldOfLine(i, p.Field), p.Message)
		}
		if _, err := t.Totals([]billing.Line{l.Line}); err != nil {
			wrong.add(FieldOfLine(i, fieldAtFault(err)), faultOf(err))
		}
		lines[i] = l.Line
	}
	if err := wrong.or(); err != nil {
		return billing.Totals{}, err
	}
	totals, err := t.Totals(lines)
	if err != nil {
		return totals, Problems{{Code: Invalid, Field: FieldLines, Message: faultOf(err), Err: err}}
	}
	return totals, nil
}

// fieldAtFault is the field of a line that an error of package billing is about.
func fieldAtFault(err error) string {
	switch {
	case errors.Is(err, billing.ErrQuantity):
		return FieldQuantity
	case errors.Is(err, billing.ErrDiscount):
		return FieldDiscount
	}
	return FieldUnitPrice
}

// faultOf is what is wrong with a line, without its place, which the field tells.
func faultOf(err error) string {
	var at *billing.LineError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}

// whole makes the stored form of an invoice out of a draft and its totals. What the invoice itself has besides is the caller's.
func (d InvoiceDraft) whole(inv data.Invoice, t Taxing, totals billing.Totals) data.WholeInvoice {
	inv.Currency, inv.TaxMode, inv.TaxExempt = string(t.Currency), string(t.Tax.Mode), t.Tax.Exempt
	inv.Subtotal, inv.Discount, inv.Tax, inv.Total = totals.Subtotal.Minor, totals.Discount.Minor, totals.Tax.Minor, totals.Total.Minor
	inv.Issued, inv.Due, inv.Notes, inv.PaymentMethod = d.Issued, d.Due, d.Notes, d.PaymentMethod
	w := data.WholeInvoice{Invoice: inv}
	for i, l := range d.Lines {
		kind := l.Kind
		if kind == "" {
			kind = data.LineItem
		}
		line := data.InvoiceLine{
			Kind: kind, Description: l.Description, Quantity: int64(l.Quantity), UnitPrice: l.UnitPrice.Minor, Discount: int64(l.Discount), Taxed: l.Taxed,
			Net: totals.Lines[i].Net.Minor, Tax: totals.Lines[i].Tax.Minor, Gross: totals.Lines[i].Gross.Minor,
			PeriodFrom: l.Period.From, PeriodTo: l.Period.To,
		}
		if l.ServiceID != 0 {
			line.ServiceID = &l.ServiceID
		}
		w.Lines = append(w.Lines, line)
	}
	for _, tax := range totals.Taxes {
		w.Taxes = append(w.Taxes, data.InvoiceTax{Name: tax.Name, Rate: int64(tax.Rate), Base: tax.Base.Minor, Tax: tax.Tax.Minor})
	}
	return w
}
