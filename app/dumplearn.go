package app

import (
	"slices"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/importing/whmcs"
)

// learnInvoices notes what each invoice comes to.
func (r *dumpRun) learnInvoices() error {
	r.invoices = make([]dumpInvoice, 0, r.rows(tblInvoices))
	err := r.each(tblInvoices, func(row *whmcs.Row) error {
		source := row.Int("id")
		place := r.find(row.Int("userid"))
		if place < 0 {
			r.orphanInvoice(row)
			return nil
		}
		c := r.clients[place]
		if c.here {
			r.invoicesHere[source] = true
			return nil
		}
		v := dumpInvoice{source: source, place: int32(place), day: int32(row.Date("date").Days())}
		amount := func(column string) int64 { return r.amount(row, tblInvoices, column, c.currency) }
		total := amount("total")
		v.subtotal, v.credit, v.tax = amount("subtotal"), amount("credit"), amount("tax")+amount("tax2")
		// The total is what is left after credit; some write it without. Where it is neither, it is the total that people saw and paid.
		if v.subtotal+v.tax != total+v.credit && v.subtotal+v.tax != total {
			r.problem(tblInvoices, source, i18n.T("Its subtotal and tax do not come to its total in WHMCS. The total is taken, and the difference is a line of its own."))
			v.subtotal = total + v.credit - v.tax
		}
		v.status = r.invoiceStatus(row)
		r.invoices = append(r.invoices, v)
		return nil
	})
	slices.SortStableFunc(r.invoices, func(a, b dumpInvoice) int { return int(min(max(a.source-b.source, -1), 1)) })
	return err
}

// orphanInvoice counts an invoice of nobody, so that the sums say where it stayed.
func (r *dumpRun) orphanInvoice(row *whmcs.Row) {
	c := r.currencies[0].code
	if c == "" {
		return
	}
	n, _, _ := row.Amount("total", c)
	credit, _, _ := row.Amount("credit", c)
	status := SumOf(r.statusOf(row.Text("status")))
	r.sum(c, status).Source += n + credit
	r.differ(tblInvoices, row.Int("id"), i18n.T("Its client is not in the dump or was left out, so it does not count here."), c, status, n+credit)
}

func (r *dumpRun) statusOf(name string) billing.InvoiceStatus {
	// It is the constant that is kept of a great many invoices, and not the text of each.
	all := billing.InvoiceStatuses()
	if i := slices.Index(all, billing.InvoiceStatus(name)); i >= 0 {
		return all[i]
	}
	return billing.Unpaid
}

func (r *dumpRun) invoiceStatus(row *whmcs.Row) billing.InvoiceStatus {
	name := row.Text("status")
	s := r.statusOf(name)
	if string(s) != name {
		r.problem(tblInvoices, row.Int("id"), i18n.T("Its status “%s” is not one of here; it is Unpaid.", fit(name, importing.Status)))
	}
	return s
}

// learnItems adds up the lines of each invoice.
func (r *dumpRun) learnItems() error {
	err := r.each(tblItems, func(row *whmcs.Row) error {
		v := r.invoice(row.Int("invoiceid"))
		if v == nil {
			return nil
		}
		n, _, _ := row.Amount("amount", r.clients[v.place].currency)
		v.items += n
		v.count++
		if row.Bool("taxed") {
			v.taxed += n
		}
		return nil
	})
	for i := range r.invoices {
		v := &r.invoices[i]
		v.inclusive = v.count > 0 && v.tax != 0 && v.items == v.total() && v.items != v.subtotal
		if v.taxed == 0 {
			v.taxed = v.items
		}
	}
	return err
}

// learnPayments notes what was paid on each invoice.
func (r *dumpRun) learnPayments() error {
	return r.each(tblTransactions, func(row *whmcs.Row) error {
		if of := row.Int("refundid"); of > 0 {
			r.refunded[of] = 0
		}
		v := r.invoice(row.Int("invoiceid"))
		if v == nil {
			return nil
		}
		c := r.clients[v.place].currency
		if place := r.find(row.Int("userid")); place >= 0 && (r.clients[place].here || r.clients[place].currency != c) {
			return nil // it does not come in, or in another currency
		}
		in, out, _, _ := r.flows(row, c)
		v.settled(in, out)
		return nil
	})
}
