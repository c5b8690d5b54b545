package app

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/importing/whmcs"
	"clientele/data"
)

// dumpInvoice is what must be known of an invoice while its lines and payments come in. Amounts are in minor units.
type dumpInvoice struct {
	source, id int64
	place      int // of the client
	number     string
	status     billing.InvoiceStatus
	inclusive  bool // the prices on its lines contain the tax
	fee        bool // it has its late fee
	named      bool // it has its number
	day        int32
	lines      int64 // so far
	count      int64 // of all lines in WHMCS
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
		v := dumpInvoice{source: source, place: place, day: int32(row.Date("date").Days())}
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
	if s := billing.InvoiceStatus(name); s.Valid() {
		return s
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

// freeNumbers gives invoices whose number is taken another one, and notes the highest.
func (r *dumpRun) freeNumbers(batch []invoiceIn) error {
	var all []string
	for _, b := range batch {
		if b.Number != nil {
			all = append(all, *b.Number)
		}
	}
	if len(all) == 0 {
		return nil
	}
	taken, err := r.tx.TakenNumbers(all)
	if err != nil {
		return err
	}
	for _, b := range batch {
		if b.Number == nil {
			continue
		}
		number := *b.Number
		for n := 0; taken[number] || r.given(number, b.v); n++ {
			if number = *b.Number + "/" + itoa(b.v.source); n > 0 {
				number += "/" + strconv.Itoa(n+1)
			}
			if !r.given(number, b.v) {
				more, err := r.tx.TakenNumbers([]string{number})
				if err != nil {
					return err
				}
				taken[number] = more[number]
			}
		}
		if number != *b.Number {
			r.problem(tblInvoices, b.v.source, i18n.T("Another invoice has the number %s; it is %s here.", *b.Number, number))
			*b.Number = number
		}
		if number != itoa(b.v.source) {
			b.v.number = number
			r.numbers[number] = true
		}
		b.v.named = true
		r.highest = max(r.highest, lastNumber(number))
	}
	return nil
}

// given tells whether an invoice before v has the number already: one that WHMCS gave it, or that of its row.
func (r *dumpRun) given(number string, v *dumpInvoice) bool {
	if r.numbers[number] {
		return true
	}
	source, err := strconv.ParseInt(number, 10, 64)
	if err != nil || itoa(source) != number {
		return false
	}
	other := r.invoice(source)
	return other != nil && other != v && other.number == "" && other.named
}

// lastNumber is the number that stands last in the number of an invoice, as 42 in INV-2026-0042. One that is too long to count on is none.
func lastNumber(s string) int64 {
	const most = 12
	end := strings.LastIndexAny(s, "0123456789") + 1
	begin := end
	for begin > 0 && s[begin-1] >= '0' && s[begin-1] <= '9' {
		begin--
	}
	if end-begin > most {
		return 0
	}
	n, _ := strconv.ParseInt(s[begin:end], 10, 64)
	return n
}

// name is the number of an invoice as people see it.
func (v *dumpInvoice) name() string {
	if v.number != "" {
		return v.number
	}
	return itoa(v.source)
}

// addressed writes on invoices the name and address of those whom they went to, as WHMCS has them now: it does not keep what they were.
func (r *dumpRun) addressed(invoices []data.Invoice) error {
	ids := make([]int64, 0, len(invoices))
	for _, i := range invoices {
		ids = append(ids, i.ClientID)
	}
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

func (r *dumpRun) readItems() error {
	err := gather(r, tblItems, r.line, r.storeLines)
	if err != nil {
		return err
	}
	var rest []data.InvoiceLine
	for i := range r.invoices {
		v := &r.invoices[i]
		if l, ok := r.balance(v); ok {
			rest = append(rest, l)
		}
	}
	for part := range slices.Chunk(rest, importBatch) {
		if err := r.storeLines(part); err != nil {
			return err
		}
		r.tallies[tblItems].Imported -= int64(len(part)) // they are none of WHMCS
	}
	return nil
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
		InvoiceID: v.id, Position: v.lines, Kind: data.LineItem, Description: fit(row.Text("description"), importing.Notes), Quantity: int64(billing.One), UnitPrice: amount,
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
		InvoiceID: v.id, Position: v.lines, Kind: data.LineItem, Description: i18n.T("Difference to the total in WHMCS"), Quantity: int64(billing.One), UnitPrice: net,
		Taxed: tax != 0, Net: net, Tax: tax, Gross: net + tax,
	}, true
}
