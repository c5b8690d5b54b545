package client

import (
	"context"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/payment"
	"clientele/views/task"
)

// dueListed is how many of the invoices that are due are told of one by one.
const dueListed = 8

// GenerateInvoices tells which invoices of the client are due, as the daily run would make them, and makes them once somebody said so.
func (p *Page) GenerateInvoices() {
	if kit.DialogOpen() {
		return
	}
	p.dues.Load(func(ctx context.Context) (app.DueInvoices, error) { return p.d.App.Daily.Due(ctx, p.id) }, func(due app.DueInvoices, err error) {
		switch {
		case err != nil:
			p.d.Fail(err)
		case len(due.Lines) == 0:
			p.d.Say(i18n.T("No service of this client is due, so no invoice was made."))
		default:
			p.askDue(due)
		}
	})
}

func (p *Page) askDue(due app.DueInvoices) {
	n := int64(len(due.Lines))
	send := payment.NewSend(i18n.N(n, "Send it to the client", "Send them to the client"), due.Send, due.Ready, due.Mail)
	kit.ShowDialog(p.d.Canvas(), kit.Dialog{
		Title: i18n.N(n, "Make the invoice that is due?", "Make the %d invoices that are due?"), Consequences: dueWords(due), Body: send.Object(),
		Action: i18n.N(n, "Make One Invoice", "Make %d Invoices"),
		Do: func(done func(error)) {
			mail := send.On()
			var made app.Made
			p.d.Run.Task(i18n.T("Generate Due Invoices"), func(ctx context.Context, _ *task.Progress) (err error) {
				made, err = p.d.App.Daily.MakeDue(ctx, p.id, due, mail)
				return err
			}, func(err error) {
				done(desk.Explained(err))
				if err == nil {
					p.sayMade(made, mail)
				}
			})
		},
	})
}

func (p *Page) sayMade(made app.Made, mail bool) {
	n := int64(made.Invoices)
	switch {
	case len(made.Why) > 0:
		p.d.Bar.Fail(i18n.N(int64(len(made.Why)), "An invoice could not be made: %s", "%d invoices could not be made: %s", made.Why[0]))
	case n == 0:
		p.d.Say(i18n.T("No service of this client is due any more, so no invoice was made."))
	case mail:
		p.d.Say(i18n.N(n, "One invoice was made and is in the outbox.", "%d invoices were made and are in the outbox."))
	default:
		p.d.Say(i18n.N(n, "One invoice was made.", "%d invoices were made."))
	}
}

// dueWords say what making the invoices that are due will do, one line each.
func dueWords(due app.DueInvoices) (all []string) {
	l := i18n.CurrentLocale()
	for i, line := range due.Lines {
		if left := len(due.Lines) - i; i == dueListed && left > 1 {
			all = append(all, i18n.T("And %s more.", i18n.FormatInt(int64(left))))
			break
		}
		all = append(all, i18n.T("An invoice over %s, due on %s.", line.Amount.Format(l), line.Due.Format(l)))
	}
	if len(due.Lines) > 1 {
		all = append(all, i18n.T("Together they come to %s.", due.Total.Format(l)))
	}
	if !due.Credit.IsZero() {
		all = append(all, i18n.T("%s of the client's credit will be applied.", due.Credit.Format(l)))
	}
	return append(all, i18n.N(int64(len(due.Lines)), "It is published at once, with the next number.", "They are published at once, with the next numbers."))
}
