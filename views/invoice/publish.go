package invoice

import (
	"context"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/payment"
	"clientele/views/task"
)

// publish saves what is typed, tells what publishing will do, and does it.
func (e *editor) publish() {
	if e.of.ID != 0 && !e.unsaved() {
		e.askPublish(e.of.ID, e.of.Version)
		return
	}
	e.save(func(err error) {
		if err == nil {
			e.readAndAsk(e.of.ID)
		}
	})
}

// readAndAsk asks about the draft as it is stored now.
func (e *editor) readAndAsk(id int64) {
	task.NewLoader[app.Invoicing](e.d.Run).Load(func(ctx context.Context) (app.Invoicing, error) {
		return e.d.App.Invoices.Get(ctx, id)
	}, func(i app.Invoicing, err error) {
		if err != nil {
			e.d.Fail(err)
			return
		}
		e.of = i
		e.askPublish(id, i.Version)
	})
}

func (e *editor) askPublish(id, version int64) {
	task.NewLoader[app.Publication](e.d.Run).Load(func(ctx context.Context) (app.Publication, error) {
		return e.d.App.Invoices.PublishPreview(ctx, id, version)
	}, func(p app.Publication, err error) {
		if err != nil {
			e.notPublished(err)
			return
		}
		send := payment.NewSend(i18n.T("Send it to the client"), p.Send, p.Ready, p.Mail)
		kit.ShowDialog(e.d.Canvas(), kit.Dialog{
			Title: i18n.T("Publish this invoice?"), Consequences: publication(p, e.of.Invoice), Body: send.Object(), Action: i18n.T("Publish"), Close: i18n.T("Keep as Draft"),
			Do: func(done func(error)) {
				publish := e.d.App.Invoices.Publish
				if send.On() {
					publish = e.d.App.Invoices.PublishAndSend
				}
				e.d.Run.Task(i18n.T("Publish"), func(ctx context.Context, _ *task.Progress) error {
					return publish(ctx, id, version)
				}, func(err error) {
					done(desk.Explained(err))
					if err != nil {
						return
					}
					if send.On() {
						e.d.Say(i18n.T("The invoice was published and is in the outbox."))
					} else {
						e.d.Say(i18n.T("The invoice was published."))
					}
					if e.page.id == 0 {
						e.stored()
					} else {
						e.page.reload()
					}
				})
			},
			OnClose: e.stored,
		})
	})
}

// notPublished says why a draft cannot be published. It is stored.
func (e *editor) notPublished(err error) {
	words := i18n.T("The draft is saved, but it cannot be published.") + "\n" + app.Explain(err)
	if e.page.id == 0 {
		e.stored()
		e.d.Bar.Fail(words)
		return
	}
	e.tell(words)
}

// publication says what publishing will do, one line each.
func publication(p app.Publication, draft data.Invoice) []string {
	l := i18n.CurrentLocale()
	all := []string{
		i18n.T("It gets the number %s, which stays with it. Its lines stay as they are then; Correct Invoice puts a new one in its place.", p.Number),
		i18n.T("The total is %s, due on %s.", p.Total.Format(l), p.Due.Format(l)),
	}
	if !draft.Issued.IsZero() {
		all = append(all, i18n.T("It is dated %s.", p.Issued.Format(l)))
	}
	if draft.Due.Before(p.Due) {
		all = append(all, i18n.T("It was to be due on %s, which has passed: no invoice is due before it is issued.", draft.Due.Format(l)))
	}
	if p.Overdue && !p.Paid {
		all = append(all, i18n.T("It is overdue from the start, so the reminders and the late fee that are set apply to it."))
	}
	if p.NoAddress {
		all = append(all, i18n.T("It does not say where your business is yet: the address, tax number and bank details are set in Settings, Invoices."))
	}
	if !p.Credit.IsZero() {
		all = append(all, i18n.T("%s of the client's credit will be applied.", p.Credit.Format(l)))
	}
	if p.Paid {
		return append(all, i18n.T("Nothing is owed then: it is Paid at once."))
	}
	return append(all, i18n.T("The balance due will be %s.", p.Balance.Format(l)))
}
