package app

import (
	"encoding/json"
	"slices"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/importing/whmcs"
	"clientele/data"
)

// dumpInvoice is what must be known of an invoice while its lines and payments come in. Amounts are in minor units.
type dumpInvoice struct {
	source, id int64
	number     string
	status     billing.InvoiceStatus
	place      int32 // of the client
	day        int32
	lines      int32 // so far
	count      int32 // of all lines in WHMCS
	inclusive  bool  // the prices on its lines contain the tax
	fee        bool  // it has its late fee
	named      bool  // it has its number
	subtotal   int64
	tax        int64
	credit     int64 // used for it
	logged     int64 // of that, what the ledger has
	paid       int64
	back       int64 // of what was paid went out again
	items      int64 // what its lines come to in WHMCS
	taxed      int64 // those of them that are taxed
	soFar      int64 // what the lines up to this one come to of what carries the tax
	taxSoFar   int64
}

func (v *dumpInvoice) total() int64 { return v.subtotal + v.tax }

// settled gives of money that came in for an invoice, or went out again, what counts for it: never more than is owed, and never more back than was paid. What is
// above that WHMCS made credit.
func (v *dumpInvoice) settled(in, out int64) int64 {
	was := v.paid
	v.paid += min(in, max(v.total()-v.credit-v.paid, 0))
	back := min(out, max(v.paid, 0))
	v.paid -= back
	v.back += back
	return v.paid - was
}

// invoiceIn is an invoice on its way in.
type invoiceIn struct {
	data.Invoice
	v     *dumpInvoice
	taxes []data.InvoiceTax
}

func (r *dumpRun) readInvoices() error {
	return gather(r, tblInvoices, r.invoiceOf, r.storeInvoices)
}

func (r *dumpRun) invoiceOf(row *whmcs.Row) (invoiceIn, bool) {
	place, ok := r.owner(tblInvoices, row, "userid")
	v := r.invoice(row.Int("id"))
	if !ok || v == nil || v.id != 0 {
		return invoiceIn{}, false
	}
	c := r.clients[place]
	if v.status == billing.Draft && (v.paid != 0 || v.credit != 0) {
		v.status = billing.Unpaid
		r.problem(tblInvoices, v.source, i18n.T("It is a draft in WHMCS that has money on it; it is Unpaid here."))
	}
	i := data.Invoice{
		ClientID: c.id, Status: v.status, Currency: string(c.currency), Due: row.Date("duedate"), Subtotal: v.subtotal, Tax: v.tax, Total: v.total(), Credit: v.credit, Paid: v.paid,
		TaxMode: string(billing.Exclusive), PaymentMethod: r.method(row.Text("paymentmethod")), Notes: r.text(row, tblInvoices, "notes", importing.Notes), CreatedBy: "WHMCS",
	}
	if v.inclusive {
		i.TaxMode = string(billing.Inclusive)
	}
	day := row.Date("date")
	if day.IsZero() {
		day = r.today
	}
	if i.Due.IsZero() {
		i.Due = day
	}
	if v.status == billing.Paid || v.status == billing.Refunded {
		if i.PaidOn = row.Date("datepaid"); i.PaidOn.IsZero() {
			i.PaidOn = i.Due
		}
	}
	if left := v.total() - v.credit - v.paid - v.back; v.status == billing.Paid && left > 0 {
		r.problem(tblInvoices, v.source, i18n.T("It is paid in WHMCS, but its payments and credit come to %s less than its total.", r.money(v, left)))
	}
	if v.status != billing.Draft {
		i.Issued = day
		number := shape(row.Text("invoicenum"), importing.Email)
		if number == "" {
			number = itoa(v.source)
		}
		i.Number = &number
	}
	of := SumOf(v.status)
	r.sum(c.currency, of).Source += v.total()
	r.sum(c.currency, of).Stored += v.total()
	return invoiceIn{i, v, r.taxes(row, v)}, true
}

func (r *dumpRun) money(v *dumpInvoice, minor int64) string {
	return plain(minor, string(r.clients[v.place].currency)) + " " + string(r.clients[v.place].currency)
}

// taxes are the taxes as the invoice shows them.
func (r *dumpRun) taxes(row *whmcs.Row, v *dumpInvoice) (all []data.InvoiceTax) {
	c := r.clients[v.place].currency
	for i, columns := range [][2]string{{"tax", "taxrate"}, {"tax2", "taxrate2"}} {
		tax, _, _ := row.Amount(columns[0], c)
		if tax == 0 {
			continue
		}
		name := i18n.T("Tax")
		if i > 0 {
			name = i18n.T("Tax %s", "2")
		}
		base := v.taxed
		if v.inclusive {
			base -= v.tax
		}
		all = append(all, data.InvoiceTax{Position: int64(len(all) + 1), Name: name, Rate: row.Rate(columns[1]), Base: base, Tax: tax})
	}
	return all
}

func (r *dumpRun) storeInvoices(batch []invoiceIn) error {
	if err := r.freeNumbers(batch); err != nil {
		return err
	}
	invoices := make([]data.Invoice, len(batch))
	for i, b := range batch {
		invoices[i] = b.Invoice
	}
	r.tallies[tblInvoices].Imported += int64(len(batch))
	if r.in == nil {
		for i := range batch {
			r.number(&batch[i].v.id)
		}
		return nil
	}
	if err := r.addressed(invoices); err != nil {
		return err
	}
	if err := r.in.Invoices(invoices); err != nil {
		return err
	}
	var taxes []data.InvoiceTax
	for i, b := range batch {
		b.v.id = invoices[i].ID
		for _, t := range b.taxes {
			t.InvoiceID = invoices[i].ID
			taxes = append(taxes, t)
		}
	}
	return r.in.Taxes(taxes)
}

// addressed writes on invoices the name and address of those whom they went to, as WHMCS has them now: it does not keep what they were.
func (r *dumpRun) addressed(invoices []data.Invoice) error {
	ids := make([]int64, 0, len(invoices))
	for _, i := range invoices {
		ids = append(ids, i.ClientID)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	clients, contacts, err := r.tx.BilledTo(ids)
	if err != nil {
		return err
	}
	written := map[int64]string{}
	for n := range invoices {
		i := &invoices[n]
		if i.Status == billing.Draft {
			continue
		}
		text, ok := written[i.ClientID]
		if !ok {
			var contact *data.Contact
			if k, ok := contacts[i.ClientID]; ok {
				contact = &k
			}
			b, err := json.Marshal(billingAddress(clients[i.ClientID], contact))
			if err != nil {
				return err
			}
			text = string(b)
			written[i.ClientID] = text
		}
		i.Billing = text
	}
	return nil
}
