// Package restoring asks for a backup, shows what is in it, and has it put in the place of the data (IO-4). The settings and the first start lead here.
package restoring

import (
	"context"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
)

// Elsewhere says so where the data lies on a server, so that it is not backed up and restored here.
func Elsewhere(d *desk.Desk) bool {
	if d.App.Backups.Available() {
		return false
	}
	d.Say(i18n.T("This data lies on a PostgreSQL server. It is backed up there, such as by pg_dump, and not by Clientele."))
	return true
}

// Choose asks for the file of a backup, and goes on with it.
func Choose(d *desk.Desk) {
	if Elsewhere(d) {
		return
	}
	desk.OpenFile{Title: i18n.T("Which backup is to be restored?"), Endings: []string{".db", ".age"}, Chosen: func(path string) { Ask(d, path) }}.Ask(d)
}

// Ask looks at a backup, with its passphrase where it has one, says what is in it and what becomes of the present data, and restores it.
func Ask(d *desk.Desk, path string) {
	look(d, path, "", func(err error) {
		switch ps := app.ProblemsOf(err); {
		case err == nil:
		case len(ps) > 0 && ps[0].Field == app.FieldPassphrase:
			askPassphrase(d, path)
		default:
			kit.ShowDialog(d.Canvas(), kit.Dialog{Title: i18n.T("This backup cannot be restored"), Text: app.Explain(err), Close: i18n.T("Close")})
		}
	})
}

// askPassphrase asks for the passphrase of an encrypted backup until one opens it.
func askPassphrase(d *desk.Desk, path string) {
	form := kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: app.FieldPassphrase, Label: i18n.T("Passphrase"), Required: true, Wide: true, Input: kit.NewSecret(1000, "")},
	}})
	kit.ShowDialog(d.Canvas(), kit.Dialog{
		Title: i18n.T("This backup is encrypted"), Form: form, Action: i18n.T("Open Backup"),
		Do: func(done func(error)) {
			look(d, path, form.Value(app.FieldPassphrase), func(err error) { done(desk.Explained(err)) })
		},
	})
}

// look reads a backup as a whole and calls looked, then shows what is in it.
func look(d *desk.Desk, path, passphrase string, looked func(error)) {
	var m app.Manifest
	var now here
	d.Run.Task(i18n.T("Reading the backup"), func(ctx context.Context, _ *task.Progress) (err error) {
		if now.clients, _, err = d.App.Clients.Count(ctx, data.ClientFilter{}); err != nil {
			return err
		}
		if now.invoices, _, err = d.App.Invoices.Count(ctx, data.InvoiceFilter{}); err != nil {
			return err
		}
		var wrong []string
		if m, wrong, err = d.App.Backups.Look(ctx, path, passphrase); err == nil && len(wrong) > 0 {
			err = &app.Error{Code: app.NotAllowed, Message: i18n.T("This backup is not sound, so nothing was changed: %s", wrong[0])}
		}
		return err
	}, func(err error) {
		looked(err)
		if err == nil {
			confirm(d, path, passphrase, m, now)
		}
	})
}

// here is what would be replaced.
type here struct{ clients, invoices int64 }

func (h here) nothing() bool { return h.clients == 0 && h.invoices == 0 }

// confirm asks, with all that will happen, and restores.
func confirm(d *desk.Desk, path, passphrase string, m app.Manifest, now here) {
	title := i18n.T("Restore Backup")
	question, action := i18n.T("Put this backup in the place of all data?"), i18n.T("Replace All Data")
	if now.nothing() { // as after a stolen laptop
		question, action = i18n.T("Restore this backup?"), title
	}
	kit.Confirm(d.Canvas(), question, words(m, now), action, !now.nothing(), func(done func(error)) {
		d.Run.Task(title, func(ctx context.Context, p *task.Progress) error {
			return d.App.Backups.PrepareRestore(ctx, path, passphrase, p)
		}, func(err error) {
			done(desk.Explained(err))
			if err == nil {
				d.Go.Restart()
			}
		})
	})
}

// words tells what is in a backup and what restoring it does, one thing a line.
func words(m app.Manifest, now here) []string {
	clients := func(n int64) string { return i18n.N(n, "one client", "%d clients") }
	invoices := func(n int64) string { return i18n.N(n, "one invoice", "%d invoices") }
	lines := []string{
		i18n.T("The backup was made on %s. It was read as a whole and found sound.", desk.Moment(m.Made)),
		i18n.T("It holds %s, %s and %s.", clients(m.Clients), invoices(m.Invoices), i18n.N(m.Transactions, "one transaction", "%d transactions")),
	}
	if !now.nothing() {
		lines = append(lines, i18n.T("Here there are %s and %s now. That is backed up before, and then replaced as a whole.", clients(now.clients), invoices(now.invoices)))
	}
	return append(lines,
		i18n.T("Mails that waited when the backup was made are not sent again by themselves."),
		i18n.T("Clientele closes and opens again with the restored data."))
}
