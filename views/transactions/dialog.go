package transactions

import (
	"context"
	"errors"
	"slices"
	"strings"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/inputs"
	"clientele/views/kit"
	"clientele/views/payment"
	"clientele/views/task"
)

// asked is what the dialog needs to open.
type asked struct {
	transaction app.TransactionView
	currency    money.Currency
	client      string
	methods     []string
}

// Add asks for a transaction of a client that names no invoice, such as an expense.
func Add(d *desk.Desk, clientID int64) {
	task.NewLoader[asked](d.Run).Load(func(ctx context.Context) (a asked, err error) {
		c, err := d.App.Clients.Get(ctx, clientID)
		if err != nil {
			return a, err
		}
		a.currency, a.client = money.Currency(c.Currency), c.Name()
		a.methods, err = d.App.Transactions.Methods(ctx)
		return a, err
	}, func(a asked, err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		key := inputs.Key()
		e := newEditor(d, a)
		e.form.SetValues(map[string]string{app.FieldDate: date.Today(d.App.Now()).Format(i18n.CurrentLocale())})
		words := i18n.T("Of %s. For a payment of invoices take Record Payment instead: a transaction that is added here pays no invoice and changes no credit.", a.client)
		e.show(i18n.T("Add Transaction"), words, i18n.T("Add Transaction"), func(ctx context.Context, t app.TransactionDetails) error {
			_, err := d.App.Transactions.Add(ctx, clientID, t, key)
			return err
		}, i18n.T("The transaction was added."))
	})
}

// Edit shows a transaction and lets it be changed. Amounts that belong to invoices or to credit are shown and stay.
func Edit(d *desk.Desk, id int64) {
	task.NewLoader[asked](d.Run).Load(func(ctx context.Context) (a asked, err error) {
		if a.transaction, err = d.App.Transactions.View(ctx, id); err != nil {
			return a, err
		}
		a.currency, a.client = money.Currency(a.transaction.Currency), a.transaction.ClientName
		a.methods, err = d.App.Transactions.Methods(ctx)
		return a, err
	}, func(a asked, err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		e := newEditor(d, a)
		t := a.transaction
		e.begin(t.Transaction)
		e.show(i18n.T("Transaction %d", t.ID), told(t), i18n.T("Save Changes"), func(ctx context.Context, n app.TransactionDetails) error {
			if t.Fixed {
				n.In, n.Out = money.New(t.AmountIn, a.currency), money.New(t.AmountOut, a.currency)
			}
			return d.App.Transactions.Update(ctx, t.ID, t.Version, n)
		}, i18n.T("The transaction was saved."))
	})
}

// told is what is known of a transaction besides its fields.
func told(t app.TransactionView) string {
	l := i18n.CurrentLocale()
	c := money.Currency(t.Currency)
	lines := []string{i18n.T("Of %s, entered by %s.", t.ClientName, t.Who)}
	if t.ClientID == nil {
		lines[0] = i18n.T("Of %s, who was deleted since. Entered by %s.", t.ClientName, t.Who)
	}
	if t.Invoices != "" {
		lines = append(lines, i18n.T("Invoices: %s", t.Invoices))
	}
	if t.Fixed {
		amount := i18n.T("In: %s.", money.New(t.AmountIn, c).Format(l))
		if t.AmountOut != 0 {
			amount = i18n.T("Out: %s.", money.New(t.AmountOut, c).Format(l))
		}
		lines = append(lines, amount+" "+i18n.T("This amount belongs to invoices or to credit, so it stays. To change it, delete the transaction and record it anew."))
	}
	return strings.Join(lines, "\n")
}

// editor is the form of a transaction.
type editor struct {
	d        *desk.Desk
	currency money.Currency
	fixed    bool
	form     *kit.Form
	same     string // the reference that the person was told of and may be used again
}

func newEditor(d *desk.Desk, a asked) *editor {
	e := &editor{d: d, currency: a.currency, fixed: a.transaction.Fixed}
	amount := func(key, label string) kit.Field {
		return kit.Field{Key: key, Label: label, Input: inputs.Amount(a.currency)}
	}
	fields := []kit.Field{
		{Key: app.FieldDate, Label: i18n.T("Date"), Required: true, Input: inputs.Date(d.Run.Now)},
		{Key: app.FieldMethod, Label: i18n.T("Method"), Input: payment.NewMethod(a.methods)},
		{Key: app.FieldDescription, Label: i18n.T("Description"), Wide: true, Input: kit.NewText(500)},
		{Key: app.FieldReference, Label: i18n.T("Transaction ID"), Help: i18n.T("The number that the bank or the provider gave it."), Wide: true, Input: kit.NewText(200)},
	}
	if !e.fixed {
		fields = append(fields, amount(app.FieldIn, i18n.T("In (%s)", string(a.currency))), amount(app.FieldOut, i18n.T("Out (%s)", string(a.currency))))
	}
	e.form = kit.NewForm(kit.Group{Fields: append(fields, amount(app.FieldFees, i18n.T("Fees (%s)", string(a.currency))))})
	return e
}

// begin fills in a stored transaction.
func (e *editor) begin(t data.Transaction) {
	l := i18n.CurrentLocale()
	values := map[string]string{
		app.FieldDate: t.Date.Format(l), app.FieldMethod: app.PaymentMethodTyped(t.Method), app.FieldDescription: t.Description, app.FieldReference: t.Reference,
	}
	amounts := map[string]int64{app.FieldFees: t.Fees}
	if !e.fixed {
		amounts[app.FieldIn], amounts[app.FieldOut] = t.AmountIn, t.AmountOut
	}
	for key, minor := range amounts {
		if minor != 0 {
			values[key] = money.New(minor, e.currency).FormatNumber(l)
		}
	}
	e.form.SetValues(values)
}

// show opens the dialog. A reference that is used already is warned of once (IN-5).
func (e *editor) show(title, text, action string, save func(context.Context, app.TransactionDetails) error, said string) {
	kit.ShowDialog(e.d.Canvas(), kit.Dialog{Title: title, Text: text, Form: e.form, Action: action, Width: 620, Do: func(done func(error)) {
		n, err := e.read()
		if err != nil {
			done(err)
			return
		}
		used := false
		e.d.SaveForm(title, e.form, func(ctx context.Context) error {
			err := save(ctx, n)
			used = isUsed(err)
			return err
		}, func(err error) {
			if used {
				e.same = strings.TrimSpace(n.Reference)
				err = errors.New(i18n.T("This reference is used already. To save it all the same, press the button again."))
			}
			done(err)
			if err == nil {
				e.d.Say(said)
			}
		})
	}})
}

// read reads the form.
func (e *editor) read() (app.TransactionDetails, error) {
	r := inputs.Read(e.form)
	n := app.TransactionDetails{
		Date: r.Date(app.FieldDate), Method: e.form.Value(app.FieldMethod), Description: e.form.Value(app.FieldDescription),
		Reference: e.form.Value(app.FieldReference), Fees: r.Amount(app.FieldFees, e.currency),
	}
	if !e.fixed {
		n.In, n.Out = r.Amount(app.FieldIn, e.currency), r.Amount(app.FieldOut, e.currency)
	}
	n.SameReference = e.same != "" && strings.TrimSpace(n.Reference) == e.same
	if !r.Good() {
		return n, errors.New(i18n.T("Nothing was saved yet: see beside the fields."))
	}
	return n, nil
}

// isUsed tells whether saving was refused since another transaction of the method has the reference.
func isUsed(err error) bool {
	return slices.ContainsFunc(app.ProblemsOf(err), func(p *app.Error) bool { return p.Field == app.FieldReference && p.Code == app.Duplicate })
}
