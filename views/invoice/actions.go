package invoice

import (
	"context"

	"fyne.io/fyne/v2"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/inputs"
	"clientele/views/kit"
	"clientele/views/payment"
	"clientele/views/task"
)

// owed tells whether money is still wanted for the invoice.
func (v *view) owed() bool {
	return v.of.Status == billing.Unpaid || v.of.Status == billing.Collections
}

// buttons are what is done most with an invoice as it stands; more has the rest.
func (v *view) buttons() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	if v.refundable() {
		all = append(all, kit.NewButton(i18n.T("Refund…"), icons.Undo, v.refund))
	}
	if v.owed() && v.of.Client.Credit > 0 && v.of.Client.Currency == v.of.Currency {
		all = append(all, kit.NewButton(i18n.T("Apply Credit…"), nil, v.applyCredit))
	}
	words := i18n.T("Email Invoice…")
	if v.of.Overdue(date.Today(v.d.App.Now())) {
		words = i18n.T("Send Reminder…") // the mail begins as the overdue notice
	}
	all = append(all, kit.NewButton(words, icons.Mail, v.email), kit.NewButton(i18n.T("Open PDF to Print"), icons.File, v.openPDF))
	all = append(all, kit.NewMenuChip(i18n.T("More"), func() *fyne.Menu { return fyne.NewMenu("", v.more()...) }))
	switch {
	case v.owed():
		all = append(all, kit.NewPrimary(i18n.T("Record Payment…"), icons.Transactions, v.pay))
	case v.of.Status == billing.Cancelled:
		all = append(all, kit.NewPrimary(i18n.T("Set to Unpaid"), nil, v.reopen))
	}
	return all
}

// more is what else can be done with the invoice as it stands.
func (v *view) more() []*fyne.MenuItem {
	var all []*fyne.MenuItem
	add := func(when bool, words string, do func()) {
		if when {
			all = append(all, fyne.NewMenuItem(words, do))
		}
	}
	s := v.of.Status
	all = append(all,
		fyne.NewMenuItem(i18n.T("Save PDF…"), v.savePDF),
		fyne.NewMenuItemSeparator())
	add(s == billing.Paid, i18n.T("Record Another Payment…"), v.pay)
	add(v.of.Credit > 0 && (v.owed() || s == billing.Paid), i18n.T("Remove Credit…"), v.removeCredit)
	add(s == billing.Unpaid, i18n.T("Send to Collections"), v.collect)
	add(s == billing.Collections, i18n.T("Set to Unpaid"), v.takeFromCollections)
	add(v.owed(), i18n.T("Correct Invoice…"), v.correct)
	add(v.owed(), i18n.T("Cancel Invoice…"), v.cancel)
	all = append(all,
		fyne.NewMenuItem(i18n.T("Duplicate"), v.duplicate),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(i18n.T("Delete…"), v.delete))
	return all
}

func (v *view) pay() { payment.Show(v.d, v.of.ClientID, v.of.ID) }

// act does something short to the invoice and says so.
func (v *view) act(title, said string, do func(ctx context.Context, id int64) error) {
	id := v.of.ID
	v.d.Act(title, func(ctx context.Context) error { return do(ctx, id) }, func() { v.d.Say(said) })
}

func (v *view) reopen() {
	v.act(i18n.T("Set to Unpaid"), i18n.T("The invoice is open again. Credit that went back is not used anew by itself."), v.d.App.Invoices.Reopen)
}

func (v *view) collect() {
	v.act(i18n.T("Send to Collections"), i18n.T("The invoice is in collections now."), v.d.App.Invoices.SendToCollections)
}

func (v *view) takeFromCollections() {
	v.act(i18n.T("Set to Unpaid"), i18n.T("The invoice is Unpaid again."), v.d.App.Invoices.TakeFromCollections)
}

// confirm asks, does it, and tells what came of it.
func (v *view) confirm(title string, consequences []string, action string, do func(context.Context) error, after func()) {
	// "Cancel" beside "Cancel Invoice" would leave open which of them cancels what.
	kit.ShowDialog(v.d.Canvas(), kit.Dialog{Title: title, Consequences: consequences, Action: action, Danger: true, Close: i18n.T("Keep Invoice"), Do: func(done func(error)) {
		v.d.Run.Task(action, func(ctx context.Context, _ *task.Progress) error { return do(ctx) }, func(err error) {
			done(desk.Explained(err))
			if err == nil {
				after()
			}
		})
	}})
}

func (v *view) cancel() {
	id := v.of.ID
	consequences := []string{i18n.T("Nothing is owed on it any more. It keeps its number, and can be set to Unpaid again.")}
	if v.of.Credit > 0 {
		consequences = append(consequences, i18n.T("%s of credit that was used for it goes back to the client's balance.", v.amount(v.of.Credit)))
	}
	v.confirm(i18n.T("Cancel Invoice #%s?", *v.of.Number), consequences, i18n.T("Cancel Invoice"),
		func(ctx context.Context) error { return v.d.App.Invoices.Cancel(ctx, id) },
		func() { v.d.Say(i18n.T("The invoice was cancelled.")) })
}

// correct puts a draft with the same lines in the place of an invoice in which something is wrong.
func (v *view) correct() {
	id, number, key := v.of.ID, *v.of.Number, inputs.Key()
	consequences := []string{
		i18n.T("Invoice #%s is cancelled. It keeps its number in the books, and nothing is owed on it any more.", number),
		i18n.T("Its lines come into a new draft. Put them right there and publish it: it gets a number of its own."),
	}
	if v.of.Credit > 0 {
		consequences = append(consequences, i18n.T("%s of credit that was used for it goes back to the client's balance.", v.amount(v.of.Credit)))
	}
	var made int64
	v.confirm(i18n.T("Correct Invoice #%s?", number), consequences, i18n.T("Correct Invoice"), func(ctx context.Context) (err error) {
		made, err = v.d.App.Invoices.Correct(ctx, id, key)
		return err
	}, func() {
		v.d.Go.Invoice(made)
		v.d.Say(i18n.T("Invoice #%s was cancelled. Put this draft right and publish it.", number))
	})
}

func (v *view) duplicate() {
	id, key := v.of.ID, inputs.Key()
	var made int64
	v.d.Act(i18n.T("Duplicate"), func(ctx context.Context) (err error) {
		made, err = v.d.App.Invoices.Duplicate(ctx, id, key)
		return err
	}, func() {
		v.d.Go.Invoice(made)
		v.d.Say(i18n.T("A draft with the same lines was made."))
	})
}
