package client

import (
	"context"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
)

// closeClient asks, with all that will happen, and closes the client (CL-11).
func closeClient(d *desk.Desk, client app.Client) {
	task.NewLoader[app.Closing](d.Run).Load(func(ctx context.Context) (app.Closing, error) {
		return d.App.Clients.ClosePreview(ctx, client.ID)
	}, func(c app.Closing, err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		name := fullName(client.FirstName, client.LastName, client.Company)
		if client.Status == data.Closed && c.Nothing() {
			d.Say(i18n.T("%s is closed already, and there is nothing left to cancel.", name))
			return
		}
		kit.Confirm(d.Canvas(), i18n.T("Close %s?", name), closingWords(c, client.Status == data.Closed), i18n.T("Close Client"), true, func(done func(error)) {
			d.Run.Task(i18n.T("Close Client"), func(ctx context.Context, _ *task.Progress) error {
				return d.App.Clients.Close(ctx, client.ID, client.Version)
			}, func(err error) {
				done(desk.Explained(err))
				if err == nil {
					d.Say(i18n.T("%s was closed.", name))
				}
			})
		})
	})
}

// closingWords tells what closing a client does, one thing a line. closed says that its status is so already.
func closingWords(c app.Closing, closed bool) []string {
	var lines []string
	if n := int64(len(c.Invoices)); n > 0 {
		lines = append(lines, i18n.N(n, "One open invoice of %s is cancelled; credit that was used for it goes back.",
			"%d open invoices of %s in all are cancelled; credit that was used for them goes back.", c.Owed.Format(i18n.CurrentLocale())))
	}
	if n := int64(len(c.Paid)); n > 0 {
		lines = append(lines, i18n.N(n, "One open invoice on which something was paid stays as it is.", "%d open invoices on which something was paid stay as they are."))
	}
	if n := int64(len(c.Services)); n > 0 {
		lines = append(lines, i18n.N(n, "One service is cancelled, and invoiced no more.", "%d services are cancelled, and invoiced no more."))
	}
	if closed {
		return append(lines, i18n.T("The status is Closed already: the client cannot log in to the client area."))
	}
	return append(lines, i18n.T("The status becomes Closed: the client cannot log in to the client area any more."))
}
