// Package payment is the Record Payment dialog. It shows where the money goes before it is saved: to which invoices, and what becomes credit.
package payment

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/inputs"
	"clientele/views/kit"
	"clientele/views/palette"
	"clientele/views/task"
	"clientele/views/theme"
)

// mostListed is how many open invoices the dialog lists, earliest due first.
const mostListed = 50

// Dialog is the Record Payment dialog.
type Dialog struct {
	d        *desk.Desk
	client   int64
	currency money.Currency
	key      string

	open  []data.Invoice // those that are listed
	more  int            // and how many are not
	plan  *task.Loader[billing.Plan]
	form  *kit.Form
	ticks []*kit.Tick
	split *kit.Para
	same  *kit.Tick
	send  *Send
	began string // the amount as it was proposed; it follows the ticks until somebody types another
}

// known is what the dialog needs to open.
type known struct {
	client  app.Client
	open    []data.Invoice
	methods []string
	last    string // how the client paid last
	mail    app.Announcement
}

// Show opens the dialog for a client. invoiceID is the invoice that is paid, or 0: then the one that is due first is proposed.
func Show(d *desk.Desk, clientID, invoiceID int64) { begin(d, clientID, invoiceID, "") }

// ShowAmount opens the dialog for a client with the amount filled in that came.
func ShowAmount(d *desk.Desk, clientID int64, amount money.Money) {
	begin(d, clientID, 0, amount.FormatNumber(i18n.CurrentLocale()))
}

// Choose asks who paid, and opens the dialog for them.
func Choose(d *desk.Desk) {
	palette.ChooseClient(d, i18n.T("Who paid?"), 0, func(r data.ClientRow) { Show(d, r.ID, 0) })
}

func begin(d *desk.Desk, clientID, invoiceID int64, amount string) {
	task.NewLoader[known](d.Run).Load(func(ctx context.Context) (known, error) { return read(ctx, d.App, clientID, invoiceID) }, func(k known, err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		p := show(d, k, invoiceID)
		if amount != "" {
			p.form.SetValues(map[string]string{app.FieldAmount: amount})
			p.look()
		}
	})
}

func read(ctx context.Context, a *app.App, clientID, invoiceID int64) (k known, err error) {
	if k.client, err = a.Clients.Get(ctx, clientID); err != nil {
		return k, err
	}
	all, err := a.Invoices.Open(ctx, clientID)
	if err != nil {
		return k, err
	}
	if invoiceID != 0 {
		i, err := a.Invoices.Get(ctx, invoiceID)
		if err != nil {
			return k, err
		}
		k.open = append(k.open, i.Invoice) // the one that is paid comes first
	}
	for _, i := range all {
		if i.ID != invoiceID && i.Currency == k.client.Currency {
			k.open = append(k.open, i)
		}
	}
	if k.methods, err = a.Transactions.Methods(ctx); err != nil {
		return k, err
	}
	if k.last, err = lastMethod(ctx, a, clientID); err != nil {
		return k, err
	}
	k.mail, err = a.Transactions.Announcement(ctx, clientID, false)
	return k, err
}

func show(d *desk.Desk, k known, invoiceID int64) *Dialog {
	p := &Dialog{
		d: d, client: k.client.ID, currency: money.Currency(k.client.Currency), key: inputs.Key(), plan: task.NewLoader[billing.Plan](d.Run),
		open: k.open, split: kit.NewPara("", theme.Plain),
	}
	if len(p.open) > mostListed {
		p.open, p.more = p.open[:mostListed], len(p.open)-mostListed
	}
	p.form = kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: app.FieldDate, Label: i18n.T("Date"), Input: inputs.Date(d.Run.Now)},
		{Key: app.FieldAmount, Label: i18n.T("Amount (%s)", string(p.currency)), Required: true, Input: inputs.Amount(p.currency)},
		{Key: app.FieldMethod, Label: i18n.T("Method"), Input: NewMethod(k.methods)},
		{Key: app.FieldReference, Label: i18n.T("Transaction ID"), Help: i18n.T("The number that the bank or the provider gave it."), Input: kit.NewText(200)},
		{Key: app.FieldFees, Label: i18n.T("Fees (%s)", string(p.currency)), Help: i18n.T("What the provider kept of the amount."), Input: inputs.Amount(p.currency)},
		{Key: app.FieldDescription, Label: i18n.T("Description"), Input: kit.NewText(500)},
	}})
	p.same = kit.NewTick(i18n.T("It is another payment: save it all the same"), nil)
	p.same.Hide()
	p.send = NewSend(i18n.T("Send a confirmation"), k.mail.Send, k.mail.Ready, k.mail.Mail)
	body := container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), p.same, p.list(invoiceID),
		kit.NewCard(i18n.T("Where it goes"), container.New(&room{}, p.split)), p.send.Object())
	p.form.SetValues(map[string]string{app.FieldDate: date.Today(d.Run.Now()).Format(i18n.CurrentLocale()), app.FieldMethod: method(k)})
	p.propose()
	p.form.OnDirty = func(dirty bool) {
		if dirty {
			p.form.MarkClean() // so that each change is told of
			p.look()
		}
	}
	p.look()
	title := i18n.T("Record Payment")
	kit.ShowDialog(d.Canvas(), kit.Dialog{Title: title, Text: k.client.Name(), Form: p.form, Body: body, Action: title, Width: 640, Do: p.save, OnClose: p.plan.Cancel})
	return p
}

// lookedAt is among how many of a client's newest transactions one with a method is looked for.
const lookedAt = 20

// lastMethod is how a client paid last, where that was said.
func lastMethod(ctx context.Context, a *app.App, clientID int64) (string, error) {
	all, _, err := a.Transactions.Page(ctx, data.TransactionQuery{Filter: data.TransactionFilter{ClientID: clientID}, Descending: true}, nil, false, lookedAt)
	for _, t := range all {
		if t.Method != "" && t.AmountIn > 0 {
			return app.PaymentMethodTyped(t.Method), err
		}
	}
	return "", err
}

// method is what is proposed: what the invoice says that is paid first, or how the client pays usually, or else paid last.
func method(k known) string {
	if len(k.open) > 0 && k.open[0].PaymentMethod != "" {
		return app.PaymentMethodName(k.open[0].PaymentMethod)
	}
	if m := k.client.PaymentMethod; m != "" {
		return app.PaymentMethodName(m)
	}
	return k.last
}

// list has a tick for each invoice that can be paid.
func (p *Dialog) list(invoiceID int64) fyne.CanvasObject {
	box := container.New(layout.NewCustomPaddedVBoxLayout(0))
	if len(p.open) == 0 {
		box.Add(kit.NewPara(i18n.T("The client has no open invoice, so all of it becomes credit."), theme.Muted))
		return box
	}
	box.Add(kit.NewStrong(i18n.T("Invoices, in the order in which they are paid")))
	for i, inv := range p.open {
		tick := kit.NewTick(p.words(inv), nil)
		tick.Checked = i == 0 && (invoiceID == 0 || inv.ID == invoiceID)
		tick.OnChanged = func(bool) {
			p.propose()
			p.look()
		}
		p.ticks = append(p.ticks, tick)
		box.Add(tick)
	}
	if p.more > 0 {
		box.Add(kit.NewPara(i18n.N(int64(p.more), "One more open invoice is not listed here.", "%d more open invoices are not listed here."), theme.Muted))
	}
	return box
}

func (p *Dialog) words(inv data.Invoice) string {
	l := i18n.CurrentLocale()
	return i18n.T("#%s, due %s: %s", number(inv), inv.Due.Format(l), p.balance(inv).Format(l))
}

func number(inv data.Invoice) string {
	if inv.Number == nil {
		return ""
	}
	return *inv.Number
}

func (p *Dialog) balance(inv data.Invoice) money.Money { return money.New(inv.Balance(), p.currency) }

// ticked are the invoices that are named, in their order.
func (p *Dialog) ticked() (ids []int64, all []data.Invoice) {
	for i, tick := range p.ticks {
		if tick.Checked {
			ids, all = append(ids, p.open[i].ID), append(all, p.open[i])
		}
	}
	return ids, all
}

// propose fills in what is owed on the ticked invoices, unless somebody typed another amount.
func (p *Dialog) propose() {
	if p.form.Value(app.FieldAmount) != p.began {
		return
	}
	_, all := p.ticked()
	var balances []money.Money
	for _, inv := range all {
		if inv.Balance() > 0 {
			balances = append(balances, p.balance(inv))
		}
	}
	owed, err := money.Sum(p.currency, balances...)
	if err != nil {
		return // more than can be written: it is typed then
	}
	p.began = ""
	if !owed.IsZero() {
		p.began = owed.FormatNumber(i18n.CurrentLocale())
	}
	p.form.SetValues(map[string]string{app.FieldAmount: p.began})
}

// look shows where the payment would go as it is typed now.
func (p *Dialog) look() {
	amount, err := money.Parse(p.form.Value(app.FieldAmount), p.currency, i18n.CurrentLocale())
	if err != nil {
		p.plan.Cancel()
		p.split.Set(i18n.T("Type an amount to see where it goes."), theme.Muted)
		return
	}
	ids, all := p.ticked()
	p.plan.Load(func(ctx context.Context) (billing.Plan, error) {
		return p.d.App.Transactions.Plan(ctx, p.client, amount, ids)
	}, func(plan billing.Plan, err error) {
		if err != nil {
			p.split.Set(app.Explain(err), theme.Danger)
			return
		}
		p.split.Set(Split(plan, amount, all), theme.Plain)
	})
}

// save records the payment.
func (p *Dialog) save(done func(error)) {
	r := inputs.Read(p.form)
	ids, _ := p.ticked()
	n := app.NewPayment{
		Date: r.Date(app.FieldDate), Amount: r.Amount(app.FieldAmount, p.currency), Fees: r.Amount(app.FieldFees, p.currency), Method: p.form.Value(app.FieldMethod),
		Reference: p.form.Value(app.FieldReference), Description: p.form.Value(app.FieldDescription), Invoices: ids,
		SameReference: p.same.Visible() && p.same.Checked, Send: p.send.On(), Key: p.key,
	}
	if !r.Good() {
		done(errors.New(i18n.T("Nothing was saved yet: see beside the fields.")))
		return
	}
	p.d.Run.Task(i18n.T("Record Payment"), func(ctx context.Context, _ *task.Progress) error {
		_, err := p.d.App.Transactions.Record(ctx, p.client, n)
		return err
	}, func(err error) {
		if err == nil {
			done(nil)
			p.d.Say(i18n.T("The payment of %s was recorded.", n.Amount.Format(i18n.CurrentLocale())))
			return
		}
		if slices.ContainsFunc(app.ProblemsOf(err), func(e *app.Error) bool { return e.Code == app.Duplicate }) {
			p.same.Show() // the person decides whether it is the same payment
		}
		done(desk.Refused(p.form, err))
		p.look()
	})
}

// room keeps a place for some lines of text, so that the dialog does not grow as one types.
type room struct{}

func (*room) MinSize(o []fyne.CanvasObject) fyne.Size {
	const lines = 3
	return fyne.NewSize(1, max(o[0].MinSize().Height, lines*kit.NewLine("M", theme.Plain).MinSize().Height))
}

func (*room) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}
