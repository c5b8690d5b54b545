package app

import (
	"errors"

	"clientele/app/billing"
	"clientele/app/daily"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// dailyBatch is what a run does for some clients in one transaction. The new invoices of all of them are worked out first and written together.
type dailyBatch struct {
	*Daily
	*dailyBooks
	tx     *data.Tx
	format billing.NumberFormat
	wanted func(daily.Key) dailyOutcome
	cards  bool // the plan tells somebody of a card

	clients  []data.Client // as they were read
	moves    []data.CreditMove
	made     []*newInvoice
	advanced []data.Advanced
	log      []data.Activity
	lines    []data.DailyLine
	changes  dailyChanges
}

// dailyChanges says of what kinds a run changed anything.
type dailyChanges struct{ invoices, credit, services, clients, mails bool }

// dailyOutcome is what becomes of an item of a plan. It is stored as it is.
type dailyOutcome string

const (
	outcomeDone     dailyOutcome = "done"
	outcomeSkipped  dailyOutcome = "skipped"  // a rule keeps it from being done
	outcomeUnticked dailyOutcome = "unticked" // the admin did not want it
	outcomeFailed   dailyOutcome = "failed"
	outcomeLater    dailyOutcome = "" // it was not in the plan: the next run has it
)

// newInvoice is an invoice that is about to be written.
type newInvoice struct {
	data.WholeInvoice
	account *account
	item    daily.Item
}

// do does what is due of some clients and was planned. A client for whom a rule is in the way is told of in the report, and the others go on.
func (b *dailyBatch) do(clients []int64) error {
	var err error
	if b.clients, err = b.tx.ClientsToBill(clients); err != nil {
		return err
	}
	facts, err := b.factsOf(b.tx, clients)
	if err != nil {
		return err
	}
	var cards map[int64]*daily.Card
	if b.cards {
		if cards, err = cardsToTell(b.tx, b.dailyBooks, clients); err != nil {
			return err
		}
	}
	type work struct {
		account  *account
		services []data.Service
		unpaid   []data.Pressed
		items    []daily.Item
	}
	var todo []work
	for i := range b.clients {
		c := &b.clients[i]
		services, unpaid := facts.take(c.ID)
		of := billedClient(c, b.groups[c.GroupID].SeparateInvoices)
		if c.Status != data.Closed {
			of.Card = cards[c.ID]
		}
		facts.known(&of, services, unpaid)
		a := &account{core: &b.core, tx: b.tx, client: *c, today: b.today, credit: c.Credit, moves: &b.moves}
		w := work{a, services, unpaid, nil}
		for _, item := range b.rules.Plan(&of, b.today) {
			switch o := b.wanted(item.Key); {
			case o == outcomeLater:
			case item.Skip:
				b.tell(item, outcomeSkipped, 0, money.New(0, a.currency()))
			case o == outcomeUnticked:
				b.tell(item, outcomeUnticked, 0, money.New(0, a.currency()))
			default:
				w.items = append(w.items, item)
			}
		}
		if len(w.items) > 0 {
			todo = append(todo, w)
		}
	}
	for _, w := range todo {
		if err := b.prepare(w.account, w.services, w.items); err != nil {
			return err
		}
	}
	if err := b.invoice(); err != nil {
		return err
	}
	for _, w := range todo {
		for _, item := range w.items {
			if err := b.other(w.account, item, w.unpaid); err != nil {
				return err
			}
		}
	}
	return b.finish()
}

// tell puts a line into the report.
func (b *dailyBatch) tell(item daily.Item, o dailyOutcome, invoice int64, amount money.Money) {
	b.lines = append(b.lines, data.DailyLine{
		Kind: string(item.Kind), Outcome: string(o), ClientID: item.Client, InvoiceID: invoice, Currency: string(amount.Currency), Amount: amount.Minor,
		Reason: string(item.Reason), Days: int64(item.Days),
	})
}

// fail tells in the report why something could not be done.
func (b *dailyBatch) fail(item daily.Item, invoice int64, currency money.Currency, err error) {
	item.Reason, item.Days = daily.Reason(err.Error()), 0
	b.tell(item, outcomeFailed, invoice, money.New(0, currency))
}

// prepare works out the new invoices of a client, and where its services go on.
func (b *dailyBatch) prepare(a *account, services []data.Service, items []daily.Item) error {
	next := make(map[int64]date.Date, len(services))
	for _, s := range services {
		next[s.ID] = s.NextDue
	}
	for _, item := range items {
		if item.Kind != daily.MakeInvoice && item.Kind != daily.AdvanceBilled {
			continue
		}
		if item.Kind == daily.AdvanceBilled {
			b.tell(item, outcomeDone, 0, a.money(0))
		} else if n, err := b.draft(a, services, item); ProblemsOf(err) != nil {
			b.fail(item, 0, a.currency(), err)
			break // those after it wait too
		} else if err != nil {
			return err
		} else {
			b.made = append(b.made, n)
		}
		for _, bill := range item.Billing {
			if next[bill.Service] == bill.Period.From { // a service does not go past a period that was left out
				next[bill.Service] = bill.Next
			}
		}
	}
	for _, s := range services {
		if next[s.ID] != s.NextDue {
			b.advanced = append(b.advanced, data.Advanced{Service: s, NextDue: next[s.ID]})
		}
	}
	return nil
}

// draft works out one new invoice as it leaves Draft, by the rules by which one does that was written by hand.
func (b *dailyBatch) draft(a *account, services []data.Service, item daily.Item) (*newInvoice, error) {
	address, err := billingOf(b.tx, a.client)
	if err != nil {
		return nil, err
	}
	taxing := b.taxing(a.currency(), a.client.GroupID, a.client.TaxExempt, address.Country, address.State)
	d := InvoiceDraft{Due: item.Due, Lines: taxing.lines(services, item.Billing, true), PaymentMethod: usualMethod(a.client)}
	totals, err := d.totals(taxing)
	if err != nil {
		return nil, err
	}
	n := &newInvoice{account: a, item: item}
	n.WholeInvoice = d.whole(data.Invoice{ClientID: a.client.ID, CreatedBy: b.who()}, taxing, totals)
	if err := a.leaveDraft(&n.Invoice, address); err != nil {
		return nil, err
	}
	return n, nil
}

// invoice numbers the new invoices, writes them, uses credit for them and tells their clients.
func (b *dailyBatch) invoice() error {
	if len(b.made) == 0 {
		return nil
	}
	numbers, err := b.numbers(len(b.made))
	if err != nil {
		return err
	}
	all := make([]*data.WholeInvoice, len(b.made))
	for i, n := range b.made {
		n.Number = &numbers[i]
		before := n.account.client.Credit
		if err := n.account.applyAuto(&n.Invoice, b.set); err != nil {
			return err
		}
		n.account.settle(&n.Invoice)
		details := i18n.T("Total") + ": " + n.account.money(n.Total).String()
		if now := n.account.client.Credit; now != before {
			details += "\n" + i18n.T("Credit balance") + ": " + n.account.money(before).String() + " → " + n.account.money(now).String()
			b.changes.credit = true
		}
		b.log = append(b.log, b.entry(actInvoicePublished, n.ClientID, numbers[i], details))
		all[i] = &n.WholeInvoice
	}
	if err := b.tx.AddInvoices(all); err != nil {
		return err
	}
	b.changes.invoices = true
	if err := b.tx.AddMoves(b.clients, b.moves); err != nil {
		return err
	}
	for _, n := range b.made {
		b.tell(n.item, outcomeDone, n.ID, n.account.money(n.Total))
		if !b.set.InvoiceMails {
			continue
		}
		if err := b.mailInvoice(n.account.client, n.Invoice); err != nil {
			return err
		}
	}
	return nil
}

// numbers takes as many numbers of the sequence as are needed. One that was given by hand or came from an import is passed over.
func (b *dailyBatch) numbers(n int) ([]string, error) {
	var free []string
	for len(free) < n {
		missing := int64(n - len(free))
		from, err := b.tx.NextNumbers(invoiceNumbers, firstInvoice, missing)
		if err != nil {
			return nil, err
		}
		next := make([]string, missing)
		for i := range next {
			next[i] = b.format.Format(from+int64(i), b.today)
		}
		taken, err := b.tx.TakenNumbers(next)
		if err != nil {
			return nil, err
		}
		for _, number := range next {
			if !taken[number] {
				free = append(free, number)
			}
		}
	}
	return free, nil
}

// other does what is not a new invoice.
func (b *dailyBatch) other(a *account, item daily.Item, unpaid []data.Pressed) error {
	switch item.Kind {
	case daily.ChargeFee:
		return b.fee(a, item, &unpaid[item.Invoice])
	case daily.SendReminder, daily.SendOverdue:
		return b.remind(a, item, &unpaid[item.Invoice])
	case daily.TellOfCard:
		return b.tellOfCard(a, item)
	case daily.ChangeStatus:
		return b.status(a, item)
	case daily.MakeInvoice, daily.AdvanceBilled:
	}
	return nil
}

// fee puts the late fee on an invoice.
func (b *dailyBatch) fee(a *account, item daily.Item, p *data.Pressed) error {
	before, err := b.tx.InvoiceToChange(p.ID)
	if err != nil {
		return err
	}
	currency := money.Currency(before.Currency)
	fee, err := billing.LateFee(money.New(before.Balance(), currency), b.rules.Fee.Rule(currency))
	after := before
	if err == nil {
		err = addUp(&after, fee)
	}
	if err != nil {
		b.fail(item, before.ID, currency, err)
		return nil
	}
	words := i18n.T("Late fee (added %s)", b.today.Format(i18n.CurrentLocale()))
	err = b.tx.AddLine(before.ID, data.InvoiceLine{
		Kind: data.LineLateFee, Description: words, Quantity: int64(billing.One), UnitPrice: fee.Minor, Net: fee.Minor, Gross: fee.Minor,
	})
	if err != nil {
		return err
	}
	if err := b.tx.UpdateInvoice(before, &after); err != nil {
		return err
	}
	p.Invoice = after // which the notice is about
	b.changes.invoices = true
	b.log = append(b.log, b.entry(actLateFee, a.client.ID, numberOf(before), i18n.T("Late fee")+": "+fee.String()))
	b.tell(item, outcomeDone, before.ID, fee)
	return nil
}

// addUp puts a fee on the sums of an invoice. It is not taxed.
func addUp(inv *data.Invoice, fee money.Money) error {
	c := fee.Currency
	subtotal, err1 := money.New(inv.Subtotal, c).Add(fee)
	total, err2 := money.New(inv.Total, c).Add(fee)
	inv.Subtotal, inv.Total = subtotal.Minor, total.Minor
	return errors.Join(err1, err2)
}

// remind sends a reminder or an overdue notice.
func (b *dailyBatch) remind(a *account, item daily.Item, p *data.Pressed) error {
	inv, err := b.tx.Invoice(p.ID) // with all that a mail may name
	if err != nil {
		return err
	}
	mail, err := b.mailNotice(a.client, inv, item.Level)
	if err != nil {
		return err
	}
	if err := b.tx.AddNotice(inv.ID, int64(item.Level), mail); err != nil {
		return err
	}
	b.changes.mails = true
	b.tell(item, outcomeDone, inv.ID, money.New(inv.Balance(), money.Currency(inv.Currency)))
	return nil
}

// status has a client's status follow its services (CL-14).
func (b *dailyBatch) status(a *account, item daily.Item) error {
	to := data.Inactive
	if item.Active {
		to = data.Active
	}
	changed, err := b.tx.SetStatus([]int64{a.client.ID}, to)
	if err != nil || len(changed) == 0 {
		return err
	}
	b.changes.clients = true
	b.log = append(b.log, b.entry(actStatusChanged, a.client.ID, nameOf(a.client), i18n.T("Status")+": "+string(a.client.Status)+" → "+string(to)+" "+i18n.T("(with its services)")))
	b.tell(item, outcomeDone, 0, a.money(0))
	return nil
}

// finish writes what is written for all clients together.
func (b *dailyBatch) finish() error {
	if err := b.tx.AdvanceServices(b.advanced); err != nil {
		return err
	}
	b.changes.services = b.changes.services || len(b.advanced) > 0
	return b.tx.AddActivity(b.log...)
}
