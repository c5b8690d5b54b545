package palette

import (
	"context"
	"slices"
	"strings"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
)

// ChooseClient asks for a client by a search field, for what is added to one from a page of all. hint says what it is for. The client
// with the number except is not offered.
func ChooseClient(d *desk.Desk, hint string, except int64, chosen func(data.ClientRow)) {
	if kit.DialogOpen() {
		return
	}
	list, loader := kit.NewPickList(hint), task.NewLoader[data.Found](d.Run)
	list.OnLeave = loader.Cancel
	list.OnQuery = func(query string) {
		if strings.TrimSpace(query) == "" {
			loader.Cancel()
			list.SetPicks(nil)
			return
		}
		loader.Load(func(ctx context.Context) (data.Found, error) { return d.App.Clients.Search(ctx, query, most) }, func(found data.Found, err error) {
			if err != nil {
				d.Fail(err)
				return
			}
			rows := slices.DeleteFunc(found.Rows, func(r data.ClientRow) bool { return r.ID == except })
			list.Answered(picks(rows, chosen))
		})
	}
	kit.ShowPalette(d.Canvas(), list)
}

// ForInvoice asks for a client, and begins an invoice for them.
func ForInvoice(d *desk.Desk) {
	ChooseClient(d, i18n.T("Who is the invoice for?"), 0, func(r data.ClientRow) { d.Go.NewInvoice(r.ID) })
}

// ForMail asks for a client, and begins a mail to them.
func ForMail(d *desk.Desk) {
	ChooseClient(d, i18n.T("Who is the mail for?"), 0, func(r data.ClientRow) { d.Go.WriteMail(r.ID, app.Manual{}) })
}
