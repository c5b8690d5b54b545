package app

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/importing/whmcs"
	"clientele/app/money"
	"clientele/data"
)

// flows are the amounts of a transaction as they are kept here, where none is below zero: what WHMCS has below zero in one direction went in the other. back is what came
// back of fees.
func (r *dumpRun) flows(row *whmcs.Row, c money.Currency) (in, out, fees, back int64) {
	in, _, _ = row.Amount("amountin", c)
	out, _, _ = row.Amount("amountout", c)
	fees, _, _ = row.Amount("fees", c)
	in, out = max(in, 0)+max(-out, 0), max(out, 0)+max(-in, 0)
	return in, out, max(fees, 0), max(-fees, 0)
}

// transactionIn is a transaction on its way in.
type transactionIn struct {
	data.Transaction
	source  int64
	invoice *dumpInvoice
	paid    int64 // of it for the invoice
	over    int64 // of it beyond what was owed
	unowned bool  // WHMCS does not say whose it is
	// refundOf is the transaction, in WHMCS, of which it is a refund, or 0.
	refundOf int64
}

// overpaid is the part of a transaction that became credit.
type overpaid struct{ amount, transaction int64 }

func (r *dumpRun) readTransactions() error {
	for i := range r.invoices {
		r.invoices[i].paid = 0 // it was added up to know what was paid, and is added up again
	}
	here, err := r.tx.KnownRefs(sourceWHMCS, r.dump.Origin, data.RefTransaction, "transactions")
	if err != nil {
		return err
	}
	return gather(r, tblTransactions, func(row *whmcs.Row) (transactionIn, bool) { return r.transaction(row, here) }, r.storeTransactions)
}

// transaction makes a transaction of a row. Those of nobody, or of a client who is not in the dump, come in without a client.
func (r *dumpRun) transaction(row *whmcs.Row, here map[int64]int64) (transactionIn, bool) {
	t, source := r.tallies[tblTransactions], row.Int("id")
	t.Rows++
	place, v := r.find(row.Int("userid")), r.invoice(row.Int("invoiceid"))
	if _, known := here[source]; known || place >= 0 && r.clients[place].here {
		t.Here++
		return transactionIn{}, false
	}
	in := transactionIn{source: source, invoice: v, unowned: place < 0}
	if place < 0 && v != nil {
		place = int(v.place)
	}
	c := r.currencies[r.currency(row.Int("currency"))].code
	if place >= 0 {
		c = r.clients[place].currency
		in.ClientID, in.ClientName = &r.clients[place].id, r.clients[place].name
	}
	if c == "" {
		r.skip(tblTransactions, source, i18n.T("It is in a currency that is not in use."))
		return transactionIn{}, false
	}
	if v != nil && r.clients[v.place].currency != c {
		v = nil
		in.invoice = nil
	}
	amountIn, out, fees, back := r.flows(row, c)
	r.reckon(row, source, c, amountIn+back, out, fees)
	if v != nil {
		in.paid = v.settled(amountIn, out)
		in.over = amountIn - max(in.paid, 0)
		in.Invoices = v.name()
	} else if n := row.Int("invoiceid"); n != 0 {
		in.Invoices = itoa(n)
	}
	in.Date, in.Method, in.Description = row.Date("date"), r.method(row.Text("gateway")), fit(row.Text("description"), importing.Address1)
	in.Reference, in.Currency, in.AmountIn, in.Fees, in.AmountOut, in.Who = fit(row.Text("transid"), importing.City), string(c), amountIn+back, fees, out, "WHMCS"
	if in.Date.IsZero() {
		in.Date = r.today
		r.problem(tblTransactions, source, i18n.T("It has no date; it has that of today here."))
	}
	in.refundOf = max(row.Int("refundid"), 0)
	return in, true
}

// reckon adds a transaction to the sums, as it is in WHMCS and as it is here, and names the differences.
func (r *dumpRun) reckon(row *whmcs.Row, source int64, c money.Currency, in, out, fees int64) {
	reason := i18n.T("An amount is below zero in WHMCS; here it is one above zero in the other direction.")
	for _, f := range []struct {
		column string
		of     SumOf
		stored int64
	}{{"amountin", SumIn, in}, {"amountout", SumOut, out}, {"fees", SumFees, fees}} {
		there := r.amount(row, tblTransactions, f.column, c)
		s := r.sum(c, f.of)
		s.Source += there
		s.Stored += f.stored
		r.differ(tblTransactions, source, reason, c, f.of, there-f.stored)
	}
}

// storeTransactions stores those first that others in the batch are refunds of, so that their numbers are known.
func (r *dumpRun) storeTransactions(batch []transactionIn) error {
	for len(batch) > 0 {
		n := 0
		within := map[int64]bool{}
		for ; n < len(batch) && !within[batch[n].refundOf]; n++ {
			in := &batch[n]
			within[in.source] = true
			if in.refundOf == 0 {
				continue
			}
			if id := r.refunded[in.refundOf]; id != 0 {
				in.RefundOf = &id
			} else {
				r.problem(tblTransactions, in.source, i18n.T("It is a refund of transaction %s, which does not stand before it in the dump. It came in as money out.", itoa(in.refundOf)))
			}
		}
		if err := r.storeSome(batch[:n]); err != nil {
			return err
		}
		batch = batch[n:]
	}
	return nil
}

func (r *dumpRun) storeSome(batch []transactionIn) error {
	all := make([]data.Transaction, len(batch))
	for i, b := range batch {
		all[i] = b.Transaction
	}
	if r.in == nil {
		for i := range all {
			r.number(&all[i].ID)
		}
	} else if err := r.in.Transactions(all); err != nil {
		return err
	}
	r.tallies[tblTransactions].Imported += int64(len(all))
	var payments []data.Payment
	var refs []data.ImportRef
	for i, b := range batch {
		id := all[i].ID
		if b.paid != 0 {
			payments = append(payments, data.Payment{TransactionID: id, InvoiceID: b.invoice.id, Amount: b.paid})
		}
		if b.over > 0 && b.invoice != nil {
			r.over[b.invoice.source] = append(r.over[b.invoice.source], overpaid{b.over, id})
		}
		if _, ok := r.refunded[b.source]; ok {
			r.refunded[b.source] = id
		}
		if b.unowned {
			refs = append(refs, data.ImportRef{Kind: data.RefTransaction, SourceID: b.source, TargetID: id})
		}
	}
	if r.in != nil {
		if err := r.in.Payments(payments); err != nil {
			return err
		}
	}
	return r.refer(nil, refs)
}

func (r *dumpRun) readCredit() error {
	if err := gather(r, tblCredit, r.move, func(batch []data.CreditMove) error {
		r.tallies[tblCredit].Imported += int64(len(batch))
		return r.storeMoves(batch)
	}); err != nil {
		return err
	}
	noLog := r.tallies[tblCredit].Imported == 0
	err := some(len(r.invoices), func(i int) (data.CreditMove, bool) { return r.unlogged(&r.invoices[i], noLog) }, r.storeMoves)
	if err != nil {
		return err
	}
	return some(len(r.clients), func(i int) (data.CreditMove, bool) { return r.opening(&r.clients[i], noLog) }, r.storeMoves)
}

func (r *dumpRun) storeMoves(batch []data.CreditMove) error {
	if r.in == nil {
		return nil
	}
	return r.in.CreditMoves(batch)
}

// namedInvoice is the number of an invoice in the description of an entry of the credit log.
var namedInvoice = regexp.MustCompile(`(?i)invoice #\s*(\d{1,15})`)

// move makes a row of the ledger of one of the credit log.
func (r *dumpRun) move(row *whmcs.Row) (data.CreditMove, bool) {
	place, ok := r.owner(tblCredit, row, "clientid")
	if !ok {
		return data.CreditMove{}, false
	}
	c := &r.clients[place]
	m := data.CreditMove{
		ClientID: c.id, Date: row.Date("date"), Amount: r.amount(row, tblCredit, "amount", c.currency), Currency: string(c.currency),
		Description: fit(row.Text("description"), importing.Address1), Who: r.admin(row.Int("admin_id")), Kind: data.CreditAdded,
	}
	if m.Amount == 0 {
		r.skip(tblCredit, row.Int("id"), i18n.T("It is an entry of nothing."))
		return m, false
	}
	if m.Date.IsZero() {
		m.Date = r.today
	}
	if m.Amount < 0 {
		m.Kind = data.CreditRemoved
	}
	c.logged += m.Amount
	c.moved += m.Amount
	r.link(&m, place, row.Int("relid"))
	return m, true
}

// link finds what an entry of the credit log came from, by what WHMCS writes of it.
func (r *dumpRun) link(m *data.CreditMove, place int, related int64) {
	words := strings.ToLower(m.Description)
	if named := namedInvoice.FindStringSubmatch(m.Description); named != nil && r.invoice(related) == nil {
		related, _ = strconv.ParseInt(named[1], 10, 64)
	}
	v := r.invoice(related)
	if v == nil || int(v.place) != place {
		return
	}
	switch {
	case m.Amount < 0 && strings.HasPrefix(words, "credit applied to invoice"):
		m.Kind, m.InvoiceID = data.CreditApplied, &v.id
		v.logged -= m.Amount
	case m.Amount > 0 && strings.HasPrefix(words, "credit removed from invoice"):
		m.Kind, m.InvoiceID = data.CreditReturned, &v.id
		v.logged -= m.Amount
	case m.Amount > 0 && strings.Contains(words, "overpayment"):
		m.Kind, m.InvoiceID = data.CreditOverpayment, &v.id
		over := r.over[v.source]
		if i := slices.IndexFunc(over, func(o overpaid) bool { return o.amount == m.Amount }); i >= 0 {
			id := over[i].transaction
			m.TransactionID = &id
			r.over[v.source] = slices.Delete(over, i, i+1)
		}
	}
}

// unlogged is a row for credit that was used for an invoice, of which the log does not speak, or of which it says more.
func (r *dumpRun) unlogged(v *dumpInvoice, quiet bool) (data.CreditMove, bool) {
	missing := v.credit - v.logged
	if missing == 0 || v.id == 0 {
		return data.CreditMove{}, false
	}
	c := &r.clients[v.place]
	day, err := date.FromDays(int(v.day))
	if err != nil || v.day == 0 {
		day = r.today
	}
	m := data.CreditMove{
		ClientID: c.id, Kind: data.CreditApplied, Date: day, Amount: -missing, Currency: string(c.currency), Description: billing.CreditApplied(v.name()), Who: "WHMCS", InvoiceID: &v.id,
	}
	if missing < 0 {
		m.Kind, m.Description = data.CreditReturned, billing.CreditRemoved(v.name())
	}
	c.moved += m.Amount
	if !quiet {
		r.problem(tblInvoices, v.source, i18n.T("%s of credit was used for it, and the credit log says %s. An entry for the difference was added.", r.money(v, v.credit), r.money(v, v.logged)))
	}
	return m, true
}

// opening is a row for what a client's balance is more than the log, which in WHMCS need not agree.
func (r *dumpRun) opening(c *dumpClient, quiet bool) (data.CreditMove, bool) {
	if c.here || c.credit == c.moved {
		return data.CreditMove{}, false
	}
	if c.credit != c.logged && !quiet {
		r.problem(tblClients, c.source, i18n.T("Its credit is %s, and its credit log comes to %s. An opening entry makes up for the difference.",
			plain(c.credit, string(c.currency)), plain(c.logged, string(c.currency))))
	}
	return data.CreditMove{
		ClientID: c.id, Kind: data.CreditOpening, Date: r.today, Amount: c.credit - c.moved, Currency: string(c.currency),
		Description: i18n.T("Balance brought over by the import"), Who: r.who(),
	}, true
}
