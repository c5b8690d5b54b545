package invoice

import (
	"context"
	"errors"
	"strconv"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/views/inputs"
	"clientele/views/kit"
	"clientele/views/payment"
	"clientele/views/task"
)

// refundable tells whether anything that was paid on the invoice can be refunded.
func (v *view) refundable() bool {
	return v.of.Paid > 0 && v.of.Client.Currency == v.of.Currency
}

// offer is a payment of which something can still be refunded.
type offer struct {
	of   app.InvoicePayment
	left money.Money
}

// offers are the payments that can be refunded, and the methods to propose.
type offers struct {
	all     []offer
	methods []string
	mail    app.Announcement
}

// refund asks what of which payment is refunded, and how (IN-5).
func (v *view) refund() {
	of := v.of
	task.NewLoader[offers](v.d.Run).Load(func(ctx context.Context) (o offers, err error) {
		for _, p := range of.Payments {
			if p.Amount <= 0 {
				continue // itself a refund
			}
			left, err := v.d.App.Transactions.Refundable(ctx, p.TransactionID, of.ID)
			if err != nil {
				return o, err
			}
			if left.Sign() > 0 {
				o.all = append(o.all, offer{p, left})
			}
		}
		if o.methods, err = v.d.App.Transactions.Methods(ctx); err != nil {
			return o, err
		}
		o.mail, err = v.d.App.Transactions.Announcement(ctx, of.ClientID, true)
		return o, err
	}, func(o offers, err error) {
		switch {
		case err != nil:
			v.d.Fail(err)
		case len(o.all) == 0:
			v.d.Say(i18n.T("Everything that was paid on this invoice was refunded already."))
		default:
			v.askRefund(o)
		}
	})
}

// The keys of the dialog's fields that are no field of a refund, and the ways in which a refund goes.
const (
	keyPayment = "payment"
	keyTo      = "to"
	toCredit   = "credit"
	outside    = "outside"
)

func (v *view) askRefund(o offers) {
	l := i18n.CurrentLocale()
	choices := make([]kit.Choice, len(o.all))
	for i, x := range o.all {
		words := i18n.T("%s of %s", x.left.Format(l), x.of.Transaction.Date.Format(l))
		if m := x.of.Transaction.Method; m != "" {
			words += ", " + app.PaymentMethodWords(m)
		}
		choices[i] = kit.Choice{Key: strconv.Itoa(i), Label: words}
	}
	form := kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: keyPayment, Label: i18n.T("Payment"), Wide: true, Input: kit.NewSelect(choices...)},
		{Key: app.FieldAmount, Label: i18n.T("Amount (%s)", v.of.Currency), Required: true, Input: inputs.Amount(money.Currency(v.of.Currency))},
		{Key: keyTo, Label: i18n.T("Goes"), Input: kit.NewSelect(
			kit.Choice{Key: outside, Label: i18n.T("Paid back to the client")}, kit.Choice{Key: toCredit, Label: i18n.T("To the client's credit")},
		), Help: i18n.T("“Paid back” only notes it: send the money yourself, by your bank or card terminal.")},
		{Key: app.FieldMethod, Label: i18n.T("Method"), Input: payment.NewMethod(o.methods)},
		{Key: app.FieldReference, Label: i18n.T("Transaction ID"), Input: kit.NewText(200)},
		{Key: app.FieldDescription, Label: i18n.T("Description"), Wide: true, Help: i18n.T("“Refund of Invoice #%s” unless something is typed.", *v.of.Number), Input: kit.NewText(500)},
	}})
	fill := func(i int) {
		form.SetValues(map[string]string{app.FieldAmount: o.all[i].left.FormatNumber(l), app.FieldMethod: app.PaymentMethodTyped(o.all[i].of.Transaction.Method)})
	}
	fill(0)
	at := form.Value(keyPayment)
	form.OnDirty = func(dirty bool) {
		if !dirty {
			return
		}
		form.MarkClean() // so that each change is told of
		if now := form.Value(keyPayment); now != at {
			at = now
			fill(chosen(now, len(o.all)))
		}
	}
	id, key := v.of.ID, inputs.Key()
	send := payment.NewSend(i18n.T("Send a confirmation"), o.mail.Send, o.mail.Ready, o.mail.Mail)
	kit.ShowDialog(v.d.Canvas(), kit.Dialog{
		Title: i18n.T("Refund of Invoice #%s", *v.of.Number), Form: form, Body: send.Object(), Action: i18n.T("Refund"), Width: 640,
		Do: func(done func(error)) {
			r := inputs.Read(form)
			n := app.NewRefund{
				Amount: r.Amount(app.FieldAmount, money.Currency(v.of.Currency)), ToCredit: form.Value(keyTo) == toCredit, Method: form.Value(app.FieldMethod),
				Reference: form.Value(app.FieldReference), Description: form.Value(app.FieldDescription), Send: send.On(), Key: key,
			}
			if !r.Good() {
				done(errors.New(i18n.T("Nothing was saved yet: see beside the fields.")))
				return
			}
			of := o.all[chosen(form.Value(keyPayment), len(o.all))].of.TransactionID
			v.d.SaveForm(i18n.T("Refund"), form, func(ctx context.Context) error {
				_, err := v.d.App.Transactions.Refund(ctx, of, id, n)
				return err
			}, func(err error) {
				done(err)
				if err == nil {
					v.d.Say(i18n.T("%s was refunded.", n.Amount.Format(l)))
				}
			})
		},
	})
}

// chosen is which of n payments a key names.
func chosen(key string, n int) int {
	i, err := strconv.Atoi(key)
	if err != nil || i < 0 || i >= n {
		return 0
	}
	return i
}
