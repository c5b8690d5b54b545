// Package palette is the one field from which everything is reached: a client by any word about them, a page, a command.
package palette

import (
	"context"
	"strconv"
	"strings"

	"clientele/app"
	"clientele/app/fold"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
)

// Command is something that can be done from anywhere.
type Command struct {
	Title string
	Keys  string // its shortcut, as it is written on the keys; may be empty
	Do    func()
}

// most is how many clients are offered at once, and mostInvoices how many invoices.
const (
	most         = 8
	mostInvoices = 3
)

// Palette opens over the window. One serves the window's whole life.
type Palette struct {
	desk     *desk.Desk
	commands func() []Command
	acts     []Act
	recent   *recent
	loader   *task.Loader[found]
	list     *kit.PickList // as it was opened last
}

// found are the clients and invoices that answer what was typed.
type found struct {
	clients  []data.ClientRow
	invoices []data.InvoiceRow
}

// New makes a palette that offers what commands answers at each opening, and acts on what is named after their words. where says where the data lies.
func New(d *desk.Desk, where string, commands func() []Command, acts ...Act) *Palette {
	return &Palette{desk: d, commands: commands, acts: acts, recent: newRecent(d.Prefs, where), loader: task.NewLoader[found](d.Run)}
}

// Show opens the palette. A second call while it is open does nothing.
func (p *Palette) Show() {
	if kit.PaletteShows(p.list) || kit.DialogOpen() {
		return
	}
	list := kit.NewPickList(i18n.T("Find a client or an invoice, or type what to do: credit acme 25"))
	list.OnQuery = func(query string) { p.ask(list, query) }
	list.OnLeave = p.loader.Cancel
	p.list = list
	kit.ShowPalette(p.desk.Canvas(), list)
}

// ask offers at once what needs no reading, and clients and invoices as they are found.
func (p *Palette) ask(list *kit.PickList, query string) {
	query = strings.TrimSpace(query)
	commands := p.matching(query)
	if query == "" {
		p.loader.Cancel()
		list.SetPicks(append(p.opened(), commands...))
		return
	}
	list.SetPicks(commands)
	act := p.actOf(query)
	p.loader.Load(func(ctx context.Context) (found, error) {
		if act != nil {
			return act.find(ctx, p.desk.App)
		}
		return find(ctx, p.desk.App, query)
	}, func(f found, err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		if act != nil {
			list.Answered(append(act.picks(f), commands...))
			return
		}
		all := append(invoicePicks(f.invoices, p.desk.Go.Invoice), picks(f.clients, func(r data.ClientRow) { p.desk.Go.Client(r.ID) })...)
		list.Answered(append(all, commands...))
	})
}

// find looks for clients by any word about them, and for an invoice by its whole number.
func find(ctx context.Context, a *app.App, query string) (f found, err error) {
	if f.invoices, err = invoices(ctx, a, query); err != nil {
		return f, err
	}
	clients, err := a.Clients.Search(ctx, query, most)
	f.clients = clients.Rows
	return f, err
}

// invoices looks for an invoice by its whole number. Numbers have no blanks.
func invoices(ctx context.Context, a *app.App, query string) ([]data.InvoiceRow, error) {
	number := strings.TrimPrefix(query, "#")
	if strings.ContainsAny(number, " @") {
		return nil, nil
	}
	rows, _, err := a.Invoices.Page(ctx, data.InvoiceQuery{Filter: data.InvoiceFilter{Number: number}}, nil, false, mostInvoices)
	return rows, err
}

func invoicePicks(rows []data.InvoiceRow, pick func(id int64)) []kit.Pick {
	all := make([]kit.Pick, len(rows))
	for i, r := range rows {
		amount := money.New(r.Total, money.Currency(r.Currency)).Format(i18n.CurrentLocale())
		all[i] = kit.Pick{
			Title: i18n.T("Invoice #%s, %s", r.Number, r.ClientName), Detail: i18n.T("%s  %s", r.Status.Name(), amount), Do: func() { pick(r.ID) },
		}
	}
	return all
}

// matching are the commands of which every word typed begins a word, those used lately first.
func (p *Palette) matching(query string) []kit.Pick {
	typed := strings.Fields(fold.Text(query))
	var picks []kit.Pick
	for _, c := range p.recent.first(p.commands()) {
		words := strings.Fields(fold.Text(c.Title))
		all := true
		for _, t := range typed {
			found := false
			for _, w := range words {
				found = found || strings.HasPrefix(w, t)
			}
			all = all && found
		}
		if all {
			picks = append(picks, kit.Pick{Title: c.Title, Detail: c.Keys, Do: func() {
				p.recent.used(c.Title)
				c.Do()
			}})
		}
	}
	return picks
}

// picks offers clients.
func picks(rows []data.ClientRow, pick func(data.ClientRow)) []kit.Pick {
	all := make([]kit.Pick, len(rows))
	for i, r := range rows {
		title := strings.TrimSpace(r.FirstName + " " + r.LastName)
		if r.Company != "" {
			title += ", " + r.Company
		}
		detail := "#" + strconv.FormatInt(r.ID, 10)
		if r.Status != data.Active {
			detail = i18n.Text(string(r.Status)) + "  " + detail
		}
		all[i] = kit.Pick{Title: title, Detail: detail, Do: func() { pick(r) }}
	}
	return all
}
