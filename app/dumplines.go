package app

import (
	"math/big"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/importing/whmcs"
	"clientele/data"
)

func (r *dumpRun) readItems() error {
	err := gather(r, tblItems, r.line, r.storeLines)
	if err != nil {
		return err
	}
	return some(len(r.invoices), func(i int) (data.InvoiceLine, bool) { return r.balance(&r.invoices[i]) }, func(batch []data.InvoiceLine) error {
		r.tallies[tblItems].Imported -= int64(len(batch)) // they are none of WHMCS
		return r.storeLines(batch)
	})
}

func (r *dumpRun) storeLines(batch []data.InvoiceLine) error {
	r.tallies[tblItems].Imported += int64(len(batch))
	if r.in == nil {
		return nil
	}
	return r.in.Lines(batch)
}

// line makes a line of an invoice of a row, with its share of the invoice's tax.
func (r *dumpRun) line(row *whmcs.Row) (data.InvoiceLine, bool) {
	t := r.tallies[tblItems]
	t.Rows++
	source := row.Int("id")
	v := r.invoice(row.Int("invoiceid"))
	if v == nil {
		if r.invoicesHere[row.Int("invoiceid")] {
			t.Here++
		} else {
			r.skip(tblItems, source, i18n.T("It belongs to invoice %s, which is not in the dump or was left out.", itoa(row.Int("invoiceid"))))
		}
		return data.InvoiceLine{}, false
	}
	amount := r.amount(row, tblItems, "amount", r.clients[v.place].currency)
	v.lines++
	l := data.InvoiceLine{
		InvoiceID: v.id, Position: int64(v.lines), Kind: data.LineItem, Description: fit(row.Text("description"), importing.Notes), Quantity: int64(billing.One), UnitPrice: amount,
		Taxed: row.Bool("taxed"),
	}
	if r.carries(v, row.Bool("taxed")) {
		v.soFar += amount
	}
	due := shareOf(v.tax, v.soFar, v.taxed)
	if v.lines == v.count {
		due = v.tax // the rest, whatever was rounded
	}
	l.Tax = due - v.taxSoFar
	v.taxSoFar = due
	if l.Net, l.Gross = amount, amount+l.Tax; v.inclusive {
		l.Net, l.Gross = amount-l.Tax, amount
	}
	switch kind := row.Text("type"); kind {
	case "Hosting":
		if id, ok := r.service(row.Int("relid")); ok {
			l.Kind, l.ServiceID = data.LineService, &id
		}
	case "Setup":
		l.Kind = data.LineSetup
	case "LateFee":
		if !v.fee { // an invoice has one
			l.Kind, v.fee = data.LineLateFee, true
		}
	}
	if l.Description == "" {
		l.Description = i18n.T("Invoice item")
	}
	return l, true
}

// carries tells whether a line bears a share of the tax: those that are taxed do, or all where none is said to be.
func (r *dumpRun) carries(v *dumpInvoice, taxed bool) bool { return taxed || v.taxed == v.items }

// shareOf is the part of a tax that falls to so much of all that bears it, rounded from the middle away from zero.
func shareOf(tax, part, whole int64) int64 {
	if whole == 0 || tax == 0 {
		return 0
	}
	product, divisor := new(big.Int).Mul(big.NewInt(tax), big.NewInt(part)), big.NewInt(whole)
	share, rest := new(big.Int).QuoRem(product, divisor, new(big.Int))
	if rest.Lsh(rest, 1).CmpAbs(divisor) >= 0 {
		share.Add(share, big.NewInt(int64(product.Sign()*divisor.Sign())))
	}
	return share.Int64()
}

// balance is a line that makes an invoice come to its total where its lines in WHMCS do not.
func (r *dumpRun) balance(v *dumpInvoice) (data.InvoiceLine, bool) {
	if v.id == 0 {
		return data.InvoiceLine{}, false
	}
	want := v.subtotal
	if v.inclusive {
		want = v.total()
	}
	net, tax := want-v.items, v.tax-v.taxSoFar
	if net == 0 && tax == 0 {
		return data.InvoiceLine{}, false
	}
	words := i18n.T("Its lines in WHMCS come to %s, which is not its total. A line makes up for the difference of %s.", r.money(v, v.items), r.money(v, net))
	if v.count == 0 {
		words = i18n.T("It has no lines in WHMCS. One line stands for all.")
	}
	r.problem(tblInvoices, v.source, words)
	v.lines++
	return data.InvoiceLine{
		InvoiceID: v.id, Position: int64(v.lines), Kind: data.LineItem, Description: i18n.T("Difference to the total in WHMCS"), Quantity: int64(billing.One), UnitPrice: net,
		Taxed: tax != 0, Net: net, Tax: tax, Gross: net + tax,
	}, true
}
