package app_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
)

// model is the simplest thing that could keep clients' money: numbers in memory, and the rules of CR-1 to CR-8 and IN-5 on them.
type model struct {
	credit   map[int64]int64
	invoices []*modelInvoice
	entries  []*modelEntry
	payments []*modelPayment
}

type modelInvoice struct {
	id, client          int64
	total, credit, paid int64
	status              billing.InvoiceStatus
	gone                bool
}

type modelEntry struct {
	id, client, amount int64
	deleted            bool
}

// modelPayment is a transaction in, or with of a refund.
type modelPayment struct {
	id, client, amount int64
	parts              map[*modelInvoice]int64
	over               int64 // became credit
	of                 *modelPayment
	toCredit           bool
	gone               bool
}

func (i *modelInvoice) balance() int64 { return i.total - i.credit - i.paid }

func (i *modelInvoice) open() bool {
	return i.status == billing.Unpaid || i.status == billing.Collections
}

func (i *modelInvoice) settle() {
	if i.open() && i.balance() <= 0 {
		i.status = billing.Paid
	} else if i.status == billing.Paid && i.balance() > 0 {
		i.status = billing.Unpaid
	}
}

func (m *model) owed(client int64) (owed int64) {
	for _, i := range m.invoices {
		if i.client == client && !i.gone && i.open() {
			owed += i.balance()
		}
	}
	return owed
}

func pick[T any](r *rand.Rand, all []T, ok func(T) bool) (got T, found bool) {
	for range 20 {
		if len(all) == 0 {
			return got, false
		}
		if got = all[r.IntN(len(all))]; ok(got) {
			return got, true
		}
	}
	return got, false
}

// R8: after each of many random acts on invoices, payments, refunds and credit the store holds what a simple model says, on both engines: each balance, each
// invoice, each sum. CLIENTELE_ACTS sets how many; CLIENTELE_SEED repeats a run.
func TestLedgerAsModel(t *testing.T) {
	usual := 400
	if apptest.RaceDetector {
		usual = 80 // nothing in it happens at once
	}
	acts := number(t, "CLIENTELE_ACTS", usual)
	seed := number(t, "CLIENTELE_SEED", 1)
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		t.Logf("%d acts, seed %d", acts, seed)
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		// Each act is compared with all that its client had before, so a long run goes on with new clients now and then; those before stay as they are.
		const chapter = 400
		var chapters []*ledgerRun
		var l *ledgerRun
		for n := range acts {
			if n%chapter == 0 {
				l = &ledgerRun{t: t, o: o, r: r, m: &model{credit: map[int64]int64{}}}
				for range 3 {
					l.newClient()
				}
				chapters = append(chapters, l)
			}
			client := l.clients[r.IntN(len(l.clients))]
			name, ok := l.act(client)
			if t.Failed() || !ok {
				t.Fatalf("act %d, %s, of seed %d", n, name, seed)
			}
			l.compare(client, name)
			if t.Failed() {
				t.Fatalf("after act %d, %s, of seed %d", n, name, seed)
			}
		}
		merged := 0
		for _, l := range chapters {
			for _, client := range l.clients {
				l.compare(client, "the end")
			}
			merged += l.merged
		}
		t.Logf("%d of the acts merged two clients", merged)
		report, err := o.Checks.Run(ctx, app.Quiet{})
		if err != nil || !report.Sound() {
			t.Errorf("%+v %v", report.Checks, err)
		}
	})
}

func number(t *testing.T, variable string, otherwise int) int {
	s := os.Getenv(variable)
	if s == "" {
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

type ledgerRun struct {
	t       *testing.T
	o       *apptest.Office
	r       *rand.Rand
	m       *model
	clients []int64
	merged  int // how many were merged into others
}

// newClient adds a client without any money.
func (l *ledgerRun) newClient() {
	l.clients = append(l.clients, l.o.Add(l.t, fmt.Sprintf("c%d@example.com", l.r.Uint64()), nil))
}

func pounds(minor int64) money.Money { return money.New(minor, "GBP") }

// act does one random thing to the store and to the model. The store must refuse exactly what the model refuses.
func (l *ledgerRun) act(client int64) (name string, ok bool) {
	acts := []struct {
		name string
		do   func(int64) (want bool, got error)
	}{
		{"add credit", l.addCredit},
		{"remove credit", l.removeCredit},
		{"delete entry", l.deleteEntry},
		{"adjust", l.adjust},
		{"publish", l.publish},
		{"publish", l.publish},
		{"apply credit", l.applyCredit},
		{"take credit back", l.takeBack},
		{"pay", l.pay},
		{"pay", l.pay},
		{"refund", l.refund},
		{"delete transaction", l.deleteTransaction},
		{"cancel", l.cancel},
		{"reopen", l.reopen},
		{"collect", l.collect},
		{"delete invoice", l.deleteInvoice},
		{"merge", l.merge},
	}
	a := acts[l.r.IntN(len(acts))]
	want, err := a.do(client)
	if want != (err == nil) {
		l.t.Errorf("%s: wanted success %v, got %v", a.name, want, err)
		return a.name, false
	}
	return a.name, true
}

func (l *ledgerRun) addCredit(client int64) (bool, error) {
	amount := l.r.Int64N(5000) - 50
	id, err := l.o.Credit.Add(ctx, client, app.NewCredit{Description: "Goodwill", Amount: pounds(amount)})
	if amount <= 0 {
		return false, err
	}
	l.m.credit[client] += amount
	l.m.entries = append(l.m.entries, &modelEntry{id: id, client: client, amount: amount})
	return true, err
}

func (l *ledgerRun) removeCredit(client int64) (bool, error) {
	amount := 1 + l.r.Int64N(5000)
	id, err := l.o.Credit.Remove(ctx, client, app.NewCredit{Description: "Correction", Amount: pounds(amount)})
	if amount > l.m.credit[client] {
		return false, err
	}
	l.m.credit[client] -= amount
	l.m.entries = append(l.m.entries, &modelEntry{id: id, client: client, amount: -amount})
	return true, err
}

func (l *ledgerRun) deleteEntry(client int64) (bool, error) {
	e, ok := pick(l.r, l.m.entries, func(e *modelEntry) bool { return e.client == client })
	if !ok {
		return true, nil
	}
	undo, err := l.o.Credit.Delete(ctx, e.id)
	if e.deleted || l.m.credit[client]-e.amount < 0 {
		return false, err
	}
	l.m.credit[client] -= e.amount
	e.deleted = true
	if err == nil && l.r.IntN(3) == 0 && l.m.credit[client]+e.amount >= 0 {
		_, err = l.o.Undos.Undo(ctx, undo) // it comes back as a row of its own, which the model does not delete again
		l.m.credit[client] += e.amount
	}
	return true, err
}

func (l *ledgerRun) adjust(client int64) (bool, error) {
	to := l.r.Int64N(4000)
	c := l.o.Get(l.t, client)
	l.m.credit[client] = to
	return true, l.o.Credit.Adjust(ctx, client, c.Version, pounds(to))
}

func (l *ledgerRun) publish(client int64) (bool, error) {
	price := l.r.Int64N(6000) - 100
	d := app.InvoiceDraft{Lines: []app.InvoiceLine{{Line: billing.Line{Description: "Work", Quantity: billing.One, UnitPrice: pounds(price)}}}}
	id, err := l.o.Invoices.Create(ctx, client, d, "")
	if err != nil {
		return true, err
	}
	err = l.o.Invoices.Publish(ctx, id, 1)
	if price < 0 {
		_, undone := l.o.Invoices.Delete(ctx, id)
		if undone != nil {
			l.t.Error(undone)
		}
		return false, err
	}
	i := &modelInvoice{id: id, client: client, total: price, status: billing.Unpaid}
	i.credit = min(price, l.m.credit[client])
	l.m.credit[client] -= i.credit
	i.settle()
	l.m.invoices = append(l.m.invoices, i)
	return true, err
}

func (l *ledgerRun) anInvoice(client int64) (*modelInvoice, bool) {
	return pick(l.r, l.m.invoices, func(i *modelInvoice) bool { return i.client == client && !i.gone })
}

func (l *ledgerRun) applyCredit(client int64) (bool, error) {
	i, ok := l.anInvoice(client)
	if !ok {
		return true, nil
	}
	amount := 1 + l.r.Int64N(3000)
	if l.r.IntN(3) == 0 && i.balance() > 0 {
		amount = i.balance()
	}
	err := l.o.Credit.Apply(ctx, i.id, pounds(amount), "")
	if !i.open() || amount > i.balance() || amount > l.m.credit[client] {
		return false, err
	}
	l.m.credit[client] -= amount
	i.credit += amount
	i.settle()
	return true, err
}

func (l *ledgerRun) takeBack(client int64) (bool, error) {
	i, ok := l.anInvoice(client)
	if !ok {
		return true, nil
	}
	amount, unpaid := 1+l.r.Int64N(2000), l.r.IntN(2) == 0
	err := l.o.Credit.TakeBack(ctx, i.id, pounds(amount), unpaid, "")
	if amount > i.credit {
		return false, err
	}
	l.m.credit[client] += amount
	i.credit -= amount
	if unpaid {
		i.settle()
	}
	return true, err
}

func (l *ledgerRun) pay(client int64) (bool, error) {
	amount := l.r.Int64N(8000) - 20
	var named []*modelInvoice
	for range l.r.IntN(4) {
		if i, ok := l.anInvoice(client); ok && !slices.Contains(named, i) {
			named = append(named, i)
		}
	}
	n := app.NewPayment{Amount: pounds(amount), Method: "bank transfer"}
	refused := amount <= 0
	for _, i := range named {
		n.Invoices = append(n.Invoices, i.id)
		refused = refused || !i.open() && i.status != billing.Paid
	}
	plan, planErr := l.o.Transactions.Plan(ctx, client, n.Amount, n.Invoices)
	id, err := l.o.Transactions.Record(ctx, client, n)
	if (planErr == nil) != (err == nil) {
		l.t.Errorf("planned %v, recorded %v", planErr, err)
	}
	if refused {
		return false, err
	}
	p := &modelPayment{id: id, client: client, amount: amount, parts: map[*modelInvoice]int64{}}
	rest := amount
	for _, i := range named {
		if part := min(rest, i.balance()); i.open() && part > 0 {
			p.parts[i] = part
			i.paid += part
			rest -= part
			i.settle()
		}
	}
	if rest != plan.Credit.Minor {
		l.t.Errorf("the plan gives %v of credit, the model %d", plan.Credit, rest)
	}
	p.over = rest
	l.m.credit[client] += rest
	l.m.payments = append(l.m.payments, p)
	return true, err
}

func (l *ledgerRun) refund(client int64) (bool, error) {
	p, ok := pick(l.r, l.m.payments, func(p *modelPayment) bool { return p.client == client && !p.gone && p.of == nil && len(p.parts) > 0 })
	if !ok {
		return true, nil
	}
	var on *modelInvoice
	for i := range p.parts {
		if on == nil || i.id < on.id {
			on = i
		}
	}
	if on.gone {
		return true, nil
	}
	left := p.parts[on]
	for _, x := range l.m.payments {
		if x.of == p && !x.gone {
			left += x.parts[on]
		}
	}
	amount, toCredit := 1+l.r.Int64N(3000), l.r.IntN(2) == 0
	if l.r.IntN(2) == 0 && left > 0 {
		amount = left
	}
	id, err := l.o.Transactions.Refund(ctx, p.id, on.id, app.NewRefund{Amount: pounds(amount), ToCredit: toCredit})
	if amount > left {
		return false, err
	}
	on.paid -= amount
	if on.status == billing.Paid && on.paid == 0 {
		on.status = billing.Refunded
	}
	out := &modelPayment{id: id, client: client, amount: -amount, parts: map[*modelInvoice]int64{on: -amount}, of: p, toCredit: toCredit}
	if toCredit {
		l.m.credit[client] += amount
		out.over = amount
	}
	l.m.payments = append(l.m.payments, out)
	return true, err
}

func (l *ledgerRun) deleteTransaction(client int64) (bool, error) {
	p, ok := pick(l.r, l.m.payments, func(p *modelPayment) bool { return p.client == client && !p.gone })
	if !ok {
		return true, nil
	}
	told, preview := l.o.Transactions.DeletePreview(ctx, p.id)
	err := l.o.Transactions.Delete(ctx, p.id)
	if (preview == nil) != (err == nil) || err != nil && app.Explain(preview) != app.Explain(err) {
		l.t.Errorf("the preview says %v, deleting %v", preview, err)
	}
	refunded := slices.ContainsFunc(l.m.payments, func(x *modelPayment) bool { return x.of == p && !x.gone })
	if refunded || l.m.credit[client] < p.over {
		return false, err
	}
	for i, part := range p.parts { // a refund of an invoice that was cancelled or paid again since
		if !i.gone && part < 0 && (i.status == billing.Cancelled || i.balance()+part < 0) {
			return false, err
		}
	}
	l.m.credit[client] -= p.over
	for i, part := range p.parts {
		if i.gone {
			continue
		}
		i.paid -= part
		if part > 0 {
			i.settle()
		} else if i.status == billing.Refunded {
			i.status = billing.Paid
		} else if i.open() {
			i.settle()
		}
	}
	p.gone = true
	l.asTold(told, p, client)
	return true, err
}

// asTold holds what a preview of a deletion said against what came of it.
func (l *ledgerRun) asTold(told app.TransactionDeletion, p *modelPayment, client int64) {
	if told.Credit.Minor != p.over || told.Left.Minor != l.m.credit[client] {
		l.t.Errorf("told of %v of credit and %v left, came to %d and %d", told.Credit, told.Left, p.over, l.m.credit[client])
	}
	for _, i := range told.Invoices {
		for on, part := range p.parts {
			if on.id == i.ID && (i.Amount.Minor != part || i.Owed.Minor != on.balance() || i.Status != on.status) {
				l.t.Errorf("told of %+v, came to %+v", i, on)
			}
		}
	}
}

func (l *ledgerRun) cancel(client int64) (bool, error) {
	i, ok := l.anInvoice(client)
	if !ok {
		return true, nil
	}
	err := l.o.Invoices.Cancel(ctx, i.id)
	if !i.open() || i.paid != 0 {
		return false, err
	}
	l.m.credit[client] += i.credit
	i.credit, i.status = 0, billing.Cancelled
	return true, err
}

func (l *ledgerRun) reopen(client int64) (bool, error) {
	i, ok := l.anInvoice(client)
	if !ok {
		return true, nil
	}
	err := l.o.Invoices.Reopen(ctx, i.id)
	if i.status != billing.Cancelled {
		return false, err
	}
	i.status = billing.Unpaid
	i.settle()
	return true, err
}

func (l *ledgerRun) collect(client int64) (bool, error) {
	i, ok := l.anInvoice(client)
	if !ok {
		return true, nil
	}
	err := l.o.Invoices.SendToCollections(ctx, i.id)
	if i.status != billing.Unpaid {
		return false, err
	}
	i.status = billing.Collections
	return true, err
}

func (l *ledgerRun) deleteInvoice(client int64) (bool, error) {
	i, ok := l.anInvoice(client)
	if !ok || l.r.IntN(3) != 0 {
		return true, nil
	}
	_, err := l.o.Invoices.Delete(ctx, i.id)
	l.m.credit[client] += i.credit
	i.gone = true
	return true, err
}

// merge makes one ledger of two now and then; a new client takes the place of the one that is gone.
func (l *ledgerRun) merge(client int64) (bool, error) {
	gone, ok := pick(l.r, l.clients, func(id int64) bool { return id != client })
	if !ok || l.r.IntN(12) != 0 { // each makes a backup before
		return true, nil
	}
	err := l.o.Clients.Merge(ctx, app.Merge{Keep: client, Discard: gone, KeepVersion: l.o.Get(l.t, client).Version, DiscardVersion: l.o.Get(l.t, gone).Version}, app.Quiet{})
	l.m.credit[client] += l.m.credit[gone]
	delete(l.m.credit, gone)
	for _, i := range l.m.invoices {
		if i.client == gone {
			i.client = client
		}
	}
	for _, e := range l.m.entries {
		if e.client == gone {
			e.client = client
		}
	}
	for _, p := range l.m.payments {
		if p.client == gone {
			p.client = client
		}
	}
	l.clients = slices.DeleteFunc(l.clients, func(id int64) bool { return id == gone })
	l.newClient()
	l.merged++
	return true, err
}

// compare holds a client's money in the store against the model.
func (l *ledgerRun) compare(client int64, name string) {
	c := l.o.Get(l.t, client)
	if c.Credit != l.m.credit[client] || c.Owed != l.m.owed(client) {
		l.t.Errorf("%s: credit %d, owed %d; the model has %d and %d", name, c.Credit, c.Owed, l.m.credit[client], l.m.owed(client))
	}
	log, err := l.o.Credit.Log(ctx, client)
	if err != nil {
		l.t.Fatal(err)
	}
	sum := log.Unlogged.Minor
	for _, e := range log.Entries {
		sum += e.Amount
	}
	if sum != c.Credit {
		l.t.Errorf("%s: the log adds up to %d, the balance is %d", name, sum, c.Credit)
	}
	summary, err := l.o.Invoices.Summary(ctx, client)
	if err != nil {
		l.t.Fatal(err)
	}
	want := map[billing.InvoiceStatus][3]int64{}
	var in, out int64
	for _, i := range l.m.invoices {
		if i.client == client && !i.gone {
			s := want[i.status]
			want[i.status] = [3]int64{s[0] + 1, s[1] + i.total, s[2] + i.balance()}
		}
	}
	for _, p := range l.m.payments {
		if p.client != client || p.gone {
			continue
		}
		if p.of == nil {
			in += p.amount
		} else {
			out -= p.amount
		}
	}
	for _, s := range billing.InvoiceStatuses() {
		got := summary.Invoices[s]
		if w := want[s]; got.N != w[0] || got.Total.Minor != w[1] || got.Balance.Minor != w[2] {
			l.t.Errorf("%s: %s is %d, %v, %v; the model has %v", name, s, got.N, got.Total, got.Balance, w)
		}
	}
	if summary.Gross.Minor != in || summary.Expenses.Minor != out {
		l.t.Errorf("%s: in %v, out %v; the model has %d and %d", name, summary.Gross, summary.Expenses, in, out)
	}
	l.statement(client, name)
}

// statement holds what an account statement ends with against the invoices, payments and credit that the model has.
func (l *ledgerRun) statement(client int64, name string) {
	st, err := l.o.Invoices.Statement(ctx, client, date.Date{}, date.Date{})
	if err != nil {
		l.t.Fatal(err)
	}
	want := -l.m.credit[client]
	for _, i := range l.m.invoices {
		if i.client == client && !i.gone && (i.status == billing.Unpaid || i.status == billing.Collections) {
			want += i.balance() // what was refunded of one that stays Paid is not owed anew
		}
	}
	for _, p := range l.m.payments { // what was paid on invoices that were deleted stays with the client
		for i, part := range p.parts {
			if p.client == client && !p.gone && i.gone {
				want -= part
			}
		}
	}
	if st.Closing.Minor != want {
		l.t.Errorf("%s: the statement ends with %v, the model with %d", name, st.Closing, want)
	}
}
