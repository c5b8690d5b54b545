package invoice

import (
	"context"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/views/task"
)

// delete tells what deleting the invoice would do, asks, and does it.
func (v *view) delete() {
	if !v.d.Allowed(app.Deleting) {
		return
	}
	id := v.of.ID
	task.NewLoader[app.InvoiceDeletion](v.d.Run).Load(func(ctx context.Context) (app.InvoiceDeletion, error) {
		return v.d.App.Invoices.DeletePreview(ctx, id)
	}, func(p app.InvoiceDeletion, err error) {
		if err != nil {
			v.d.Fail(err)
			return
		}
		v.confirm(i18n.T("Delete Invoice #%s?", p.Number), v.deletion(p), i18n.T("Delete Invoice"), func(ctx context.Context) error {
			_, err := v.d.App.Invoices.Delete(ctx, id)
			return err
		}, func() {
			v.d.Go.CloseTab(v.page)
			v.d.Say(i18n.T("Invoice #%s was deleted.", p.Number))
		})
	})
}

// deletion says what deleting will do, one line each.
func (v *view) deletion(p app.InvoiceDeletion) []string {
	all := []string{i18n.T("The invoice and its lines are gone for good: this cannot be undone.")}
	switch {
	case p.Gap && v.owed():
		all = append(all, i18n.T("The number %s will be missing in the books, and is not given again. To keep it, cancel the invoice instead.", p.Number))
	case p.Gap && v.refundable():
		all = append(all, i18n.T("The number %s will be missing in the books, and is not given again. To keep it, refund the invoice instead.", p.Number))
	case p.Gap && v.of.Status == billing.Paid && v.of.Credit > 0:
		all = append(all, i18n.T("The number %s will be missing in the books, and is not given again. To keep it, remove the credit and cancel the invoice instead.", p.Number))
	case p.Gap:
		all = append(all, i18n.T("The number %s will be missing in the books, and is not given again.", p.Number))
	}
	if p.Credit > 0 {
		all = append(all, i18n.T("%s of credit that was used for it goes back to the client's balance.", v.amount(p.Credit)))
	}
	if p.Paid > 0 {
		all = append(all, i18n.T("%s that was paid on it stays among the transactions, without an invoice.", v.amount(p.Paid)))
	}
	return all
}
