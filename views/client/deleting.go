package client

import (
	"context"
	"strings"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
)

// Delete asks whether a client is to be deleted whose page is not in front.
func Delete(d *desk.Desk, id int64) { deleteClient(d, id, func() {}, nil) }

// deleteClient asks, with all that will go and what stays, deletes the client, and calls gone (DE-1). closeInstead is offered as another way; nil where the client is closed
// already.
func deleteClient(d *desk.Desk, id int64, gone func(), closeInstead func()) {
	if !d.Allowed(app.Deleting) {
		return
	}
	task.NewLoader[app.Removal](d.Run).Load(func(ctx context.Context) (app.Removal, error) {
		return d.App.Clients.DeletePreview(ctx, id)
	}, func(r app.Removal, err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		name := fullName(r.Client.FirstName, r.Client.LastName, r.Client.Company)
		title := i18n.T("Delete Client")
		action := title
		if n := r.Records(); n > 0 {
			action = i18n.N(n, "Delete client and one record", "Delete client and %d records")
		}
		text, instead := i18n.T("This cannot be undone."), ""
		if closeInstead != nil {
			text, instead = i18n.T("This cannot be undone. To keep the records and only end the business with this client, close it instead."), i18n.T("Close Client Instead…")
		}
		kit.ShowDialog(d.Canvas(), kit.Dialog{
			Title: i18n.T("Delete %s?", name), Text: text,
			Consequences: removalWords(r), Width: 560,
			Action: action, Danger: true,
			Other: instead, DoOther: closeInstead,
			Do: func(done func(error)) {
				d.Run.Task(title, func(ctx context.Context, p *task.Progress) error {
					return d.App.Clients.Delete(ctx, id, r.Client.Version, p)
				}, func(err error) {
					done(desk.Explained(err))
					if err == nil {
						gone()
						d.Say(i18n.T("%s was deleted.", name))
					}
				})
			},
		})
	})
}

// removalWords tells what deleting a client does, one thing a line.
func removalWords(r app.Removal) []string {
	l := i18n.CurrentLocale()
	var going []string
	put := func(n int64, one, many string, args ...any) {
		if n > 0 {
			going = append(going, i18n.N(n, one, many, args...))
		}
	}
	var all int64
	for _, s := range r.Invoices {
		all += s.N
	}
	put(r.Unpaid, "one unpaid invoice, %s", "%d unpaid invoices, %s", r.Owed.Format(l))
	put(all-r.Unpaid, "one other invoice", "%d other invoices")
	put(r.Services, "one service", "%d services")
	put(r.Contacts, "one contact", "%d contacts")
	put(r.Files, "one file", "%d files")
	put(r.Notes, "one note", "%d notes")
	put(r.Mails, "one mail", "%d mails")
	put(r.CreditMoves, "one entry of credit", "%d entries of credit")
	if r.Card != "" {
		going = append(going, i18n.T("the card %s", r.Card))
	}
	if !r.Credit.IsZero() {
		going = append(going, i18n.T("%s of credit", r.Credit.Format(l)))
	}
	lines := []string{i18n.T("The client with its profile will be removed, and nothing else hangs on it.")}
	if len(going) > 0 {
		lines[0] = i18n.T("Will be removed with the client: %s.", strings.Join(going, ", "))
	}
	if all > r.Drafts {
		lines = append(lines, i18n.T("Invoices that were issued often have to be kept for years by law: save them as PDF before, or close the client instead."))
	}
	if r.Waiting > 0 {
		lines = append(lines, i18n.N(r.Waiting, "One mail that waits in the outbox will not be sent.", "%d mails that wait in the outbox will not be sent."))
	}
	lines = append(lines, keptWords(r, l))
	switch {
	case r.Server:
		lines = append(lines, i18n.T("The data lies on a server, so no backup is made here before: the backups of the server are what is left to go back to."))
	default:
		lines = append(lines, i18n.T("A backup is made before."))
	}
	if n := int64(len(r.Backups)); n > 0 {
		lines = append(lines, i18n.N(n, "One earlier backup, of %s, holds the client as well, and so will the new one. They are listed in Settings under Backups.",
			"%d earlier backups hold the client as well, the newest of %s, and so will the new one. They are listed in Settings under Backups.",
			desk.Moment(r.Backups[0].Made)))
	}
	return lines
}

// keptWords tells which transactions stay.
func keptWords(r app.Removal, l i18n.Locale) string {
	if r.Transactions == 0 {
		return i18n.T("There are no transactions to keep.")
	}
	words := i18n.N(r.Transactions, "One transaction, %s, is kept with the client's name: what came in stays income. To remove it as well, delete it in the Transactions tab before.",
		"%d transactions, %s, are kept with the client's name: what came in stays income. To remove them as well, delete them in the Transactions tab before.", r.Kept.Format(l))
	if !r.Refunded.IsZero() {
		words += " " + i18n.T("%s of it went out again.", money.New(r.Refunded.Minor, r.Refunded.Currency).Format(l))
	}
	return words
}
