package invoice

import (
	"context"
	"errors"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/views/inputs"
	"clientele/views/kit"
)

// applyCredit asks how much of the client's credit is used for the invoice (CR-6).
func (v *view) applyCredit() {
	id, l := v.of.ID, i18n.CurrentLocale()
	credit, owed := v.money(v.of.Client.Credit), v.money(v.of.Balance())
	most, err := billing.AutoApply(credit, owed, billing.Unpaid)
	if err != nil {
		v.d.Fail(err)
		return
	}
	form := v.creditForm(most)
	key := inputs.Key()
	v.ask(kit.Dialog{
		Title: i18n.T("Apply Credit"), Text: i18n.T("There is %s of credit, and %s is owed on this invoice.", credit.Format(l), owed.Format(l)),
		Form: form, Action: i18n.T("Apply Credit"),
	}, func(ctx context.Context, amount money.Money) error { return v.d.App.Credit.Apply(ctx, id, amount, key) },
		func(amount money.Money) string { return i18n.T("%s of credit was applied.", amount.Format(l)) })
}

const keyUnpaid = "unpaid"

// removeCredit asks how much of the credit that was used for the invoice goes back, and for a Paid one whether it becomes Unpaid (CR-6).
func (v *view) removeCredit() {
	id, l := v.of.ID, i18n.CurrentLocale()
	used := v.money(v.of.Credit)
	var more []kit.Field
	if v.of.Status == billing.Paid {
		ticks := kit.NewChecks(kit.Choice{Key: keyUnpaid, Label: i18n.T("Set the invoice to Unpaid")})
		ticks.SetValue(keyUnpaid)
		more = append(more, kit.Field{Key: keyUnpaid, Wide: true, Input: ticks, Help: i18n.T("Without the tick it stays Paid, though less was paid on it.")})
	}
	form := v.creditForm(used, more...)
	key := inputs.Key()
	v.ask(kit.Dialog{
		Title: i18n.T("Remove Credit"), Text: i18n.T("%s of credit was used for this invoice. What is removed goes back to the client's balance.", used.Format(l)),
		Form: form, Action: i18n.T("Remove Credit"),
	}, func(ctx context.Context, amount money.Money) error {
		return v.d.App.Credit.TakeBack(ctx, id, amount, form.Value(keyUnpaid) != "", key)
	}, func(amount money.Money) string {
		return i18n.T("%s of credit went back to the client's balance.", amount.Format(l))
	})
}

func (v *view) creditForm(amount money.Money, more ...kit.Field) *kit.Form {
	form := kit.NewForm(kit.Group{Fields: append([]kit.Field{{
		Key: app.FieldAmount, Label: i18n.T("Amount (%s)", v.of.Currency), Required: true, Wide: true, Input: inputs.Amount(money.Currency(v.of.Currency)),
	}}, more...)})
	form.SetValues(map[string]string{app.FieldAmount: amount.FormatNumber(i18n.CurrentLocale())})
	return form
}

// ask opens a dialog whose form has an amount, and does something with it.
func (v *view) ask(dialog kit.Dialog, do func(context.Context, money.Money) error, said func(money.Money) string) {
	form := dialog.Form
	dialog.Do = func(done func(error)) {
		r := inputs.Read(form)
		amount := r.Amount(app.FieldAmount, money.Currency(v.of.Currency))
		if !r.Good() {
			done(errors.New(i18n.T("Nothing was saved yet: see beside the fields.")))
			return
		}
		v.d.SaveForm(dialog.Title, form, func(ctx context.Context) error { return do(ctx, amount) }, func(err error) {
			done(err)
			if err == nil {
				v.d.Say(said(amount))
			}
		})
	}
	kit.ShowDialog(v.d.Canvas(), dialog)
}
