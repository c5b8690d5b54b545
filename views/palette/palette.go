// Package palette is the one field from which everything is reached: a client by any word about them, a page, a command.
package palette

import (
	"context"
	"strconv"
	"strings"

	"clientele/app/fold"
	"clientele/app/i18n"
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

// most is how many clients are offered at once.
const most = 8

// Palette opens over the window. One serves the window's whole life.
type Palette struct {
	desk     *desk.Desk
	commands func() []Command
	loader   *task.Loader[data.Found]
	hide     func()
}

// New makes a palette that offers what commands answers at each opening.
func New(d *desk.Desk, commands func() []Command) *Palette {
	return &Palette{desk: d, commands: commands, loader: task.NewLoader[data.Found](d.Run)}
}

// Show opens the palette. A second call while it is open does nothing.
func (p *Palette) Show() {
	if p.hide != nil || kit.DialogOpen() {
		return
	}
	list := kit.NewPickList(i18n.T("Find a client, or type what to do"))
	list.OnQuery = func(query string) { p.ask(list, query) }
	list.OnLeave = func() { p.hide = nil; p.loader.Cancel() }
	p.hide = kit.ShowPalette(p.desk.Canvas(), list)
}

// ask offers the commands at once and the clients as they are found.
func (p *Palette) ask(list *kit.PickList, query string) {
	commands := p.matching(query)
	list.SetPicks(commands)
	if strings.TrimSpace(query) == "" {
		p.loader.Cancel()
		return
	}
	p.loader.Load(func(ctx context.Context) (data.Found, error) { return p.desk.App.Clients.Search(ctx, query, most) }, func(found data.Found, err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		list.SetPicks(append(picks(found.Rows, func(r data.ClientRow) { p.desk.Go.Client(r.ID) }), commands...))
	})
}

// matching are the commands of which every word typed begins a word.
func (p *Palette) matching(query string) []kit.Pick {
	typed := strings.Fields(fold.Text(query))
	var picks []kit.Pick
	for _, c := range p.commands() {
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
			picks = append(picks, kit.Pick{Title: c.Title, Detail: c.Keys, Do: c.Do})
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
