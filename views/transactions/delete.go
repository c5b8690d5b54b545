package transactions

import (
	"context"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
)

// Delete says what deleting a transaction does, and asks before it does so. Where it cannot be deleted, it says why.
func Delete(d *desk.Desk, id int64) {
	task.NewLoader[app.TransactionDeletion](d.Run).Load(func(ctx context.Context) (app.TransactionDeletion, error) {
		return d.App.Transactions.DeletePreview(ctx, id)
	}, func(p app.TransactionDeletion, err error) {
		if err != nil {
			kit.ShowDialog(d.Canvas(), kit.Dialog{Title: i18n.T("This transaction cannot be deleted"), Text: app.Explain(err), Close: i18n.T("Close")})
			return
		}
		kit.Confirm(d.Canvas(), i18n.T("Delete this transaction?"), consequences(p), i18n.T("Delete Transaction"), true, func(done func(error)) {
			d.Run.Task(i18n.T("Delete Transaction"), func(ctx context.Context, _ *task.Progress) error { return d.App.Transactions.Delete(ctx, id) }, func(err error) {
				done(desk.Explained(err))
				if err == nil {
					d.Say(i18n.T("The transaction was deleted."))
				}
			})
		})
	})
}

// consequences lists what deleting does.
func consequences(p app.TransactionDeletion) []string {
	l := i18n.CurrentLocale()
	c := money.Currency(p.Currency)
	amount := i18n.T("%s that came in is no longer counted.", money.New(p.AmountIn, c).Format(l))
	if p.AmountOut != 0 {
		amount = i18n.T("%s that went out is no longer counted.", money.New(p.AmountOut, c).Format(l))
	}
	lines := []string{i18n.T("“%s” of %s goes.", p.Description, p.ClientName), amount}
	for _, i := range p.Invoices {
		if i.Amount.Sign() < 0 {
			lines = append(lines, i18n.T("Invoice %s is as it was before the refund: %s.", i.Number, i.Status.Name()))
			continue
		}
		lines = append(lines, i18n.T("Of invoice %s, %s is no longer paid. It is %s then, with %s owed.",
			i.Number, i.Amount.Format(l), i.Status.Name(), i.Owed.Format(l)))
	}
	if p.Credit.Sign() != 0 {
		lines = append(lines, i18n.T("%s of credit is taken back. The credit balance is %s then.", p.Credit.Format(l), p.Left.Format(l)))
	}
	return append(lines, i18n.T("This cannot be undone."))
}
