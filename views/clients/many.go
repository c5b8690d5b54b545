package clients

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/exporting"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/tomany"
)

// menu is what can be done with the row under the pointer, or with all selected ones where it is among them.
func (p *Page) menu(row int) *fyne.Menu {
	if p.grid.SelectedCount() > 1 {
		return fyne.NewMenu("", append(p.changes(), fyne.NewMenuItem(i18n.T("Send Email to Many…"), p.mailMany))...)
	}
	r, ok := p.list.rows[row]
	if !ok {
		return nil
	}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(i18n.T("Open"), func() { p.desk.Go.Client(r.id) }),
		fyne.NewMenuItem(i18n.T("Open in a Window"), func() { p.desk.Go.ClientWindow(r.id) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(i18n.T("New Invoice…"), func() { p.desk.Go.NewInvoice(r.id) }),
		fyne.NewMenuItem(i18n.T("Write Email…"), func() { p.desk.Go.WriteMail(r.id, app.Manual{}) }),
		fyne.NewMenuItem(i18n.T("Copy Email Address"), func() { fyne.CurrentApp().Clipboard().SetContent(r.email) }),
		fyne.NewMenuItemSeparator(),
	}
	items = append(items, p.changes()...)
	items = append(items, fyne.NewMenuItemSeparator())
	if p.list.n > 1 {
		items = append(items, fyne.NewMenuItem(i18n.T("Select All %s of the List", i18n.FormatInt(int64(p.list.n))), p.grid.SelectAll),
			fyne.NewMenuItem(i18n.T("Send Email to All Shown…"), func() {
				p.grid.SelectAll()
				p.mailMany()
			}), fyne.NewMenuItemSeparator())
	}
	return fyne.NewMenu("", append(items, fyne.NewMenuItem(i18n.T("Delete Client…"), func() { p.desk.Go.DeleteClient(r.id) }))...)
}

// delete asks whether the client of the cursor is to be deleted. Several are not deleted at once: what goes with a client, and what stays, is to be read for each.
func (p *Page) delete() {
	if p.grid.SelectedCount() > 1 {
		p.desk.Say(i18n.T("Clients are deleted one at a time, since what goes with each is to be read before. Select one alone."))
		return
	}
	if r, ok := p.list.rows[p.grid.Cursor()]; ok {
		p.desk.Go.DeleteClient(r.id)
	}
}

// changes are what can be done with one selected client as with many.
func (p *Page) changes() []*fyne.MenuItem {
	status := fyne.NewMenuItem(i18n.T("Set Status"), nil)
	var statuses []*fyne.MenuItem
	for _, s := range []data.Status{data.Active, data.Inactive, data.Closed} {
		statuses = append(statuses, fyne.NewMenuItem(i18n.Text(string(s)), func() { p.setStatus(s) }))
	}
	status.ChildMenu = fyne.NewMenu("", statuses...)
	group := fyne.NewMenuItem(i18n.T("Set Group"), nil)
	groups := []*fyne.MenuItem{fyne.NewMenuItem(i18n.T("No group"), func() { p.setGroup(0, i18n.T("No group")) })}
	for _, g := range p.groups {
		groups = append(groups, fyne.NewMenuItem(g.Name, func() { p.setGroup(g.ID, g.Name) }))
	}
	group.ChildMenu = fyne.NewMenu("", groups...)
	return []*fyne.MenuItem{status, group, fyne.NewMenuItem(i18n.T("Export…"), func() { p.export(p.grid.Selected()) })}
}

// marked offers what can be done with several selected clients, as long as there are several.
func (p *Page) marked() {
	n := p.grid.SelectedCount()
	if n <= 1 {
		p.chosen.Hide()
		p.header.Refresh()
		return
	}
	p.chosen.SetText(i18n.T("%s Selected", i18n.FormatInt(int64(n))))
	p.chosen.Show()
	p.header.Refresh()
}

// mailMany begins a mail to the selected clients. Where all of the list are, those of its filter are meant, however many they are.
func (p *Page) mailMany() {
	runs, n := p.grid.Selected(), p.grid.SelectedCount()
	if n == 0 || n == p.list.n && p.list.search == "" {
		tomany.Write(p.desk, p.list.query.Filter)
		return
	}
	picked := p.list.choose(runs)
	task.NewLoader[[]int64](p.desk.Run).Load(func(ctx context.Context) ([]int64, error) { return p.list.ids(ctx, picked) }, func(ids []int64, err error) {
		switch {
		case err != nil:
			p.desk.Fail(err)
		case len(ids) == 0: // a filter that names nobody would be everybody
			p.desk.Fail(errGone())
		default:
			tomany.Write(p.desk, data.ClientFilter{IDs: ids})
		}
	})
}

// setStatus asks where many clients are concerned, since a wrong key would be much work to put right.
func (p *Page) setStatus(s data.Status) {
	title := i18n.T("Set status to %s", i18n.Text(string(s)))
	consequences := []string{i18n.T("Only the status changes: active services go on being invoiced.")}
	if s == data.Closed {
		consequences = append(consequences, i18n.T("They can no longer log in to the client area."))
	}
	p.change(title, consequences, func(ctx context.Context, ids []int64) (int, error) { return p.desk.App.Clients.SetStatus(ctx, ids, s) })
}

func (p *Page) setGroup(id int64, name string) {
	p.change(i18n.T("Set group to %s", name), nil, func(ctx context.Context, ids []int64) (int, error) { return p.desk.App.Clients.SetGroup(ctx, ids, id) })
}

// change does something to all selected clients, after a question where there are several.
func (p *Page) change(title string, consequences []string, act func(context.Context, []int64) (int, error)) {
	runs, n := p.grid.Selected(), p.grid.SelectedCount()
	if n == 0 {
		return
	}
	picked := p.list.choose(runs)
	work := func(done func(error)) {
		changed := 0
		p.desk.Run.Task(title, func(ctx context.Context, _ *task.Progress) error {
			ids, err := p.list.ids(ctx, picked)
			if err != nil {
				return err
			}
			changed, err = act(ctx, ids)
			return err
		}, func(err error) {
			done(desk.Explained(err))
			if err == nil {
				p.desk.Say(i18n.N(int64(changed), "One client changed", "%d clients changed"))
			}
		})
	}
	if n == 1 {
		work(p.failed)
		return
	}
	lines := append([]string{i18n.N(int64(n), "One client is concerned.", "%d clients are concerned.")}, consequences...)
	// Not by a mere Enter: what the clients had before is only in their logs.
	kit.Confirm(p.desk.Canvas(), title, lines, title, true, work)
}

func (p *Page) failed(err error) { p.desk.Fail(err) }

// errGone is for selected clients who were all deleted before something was done with them.
func errGone() error {
	return &app.Error{Code: app.NotFound, Message: i18n.T("The selected clients are no longer there. Somebody deleted them meanwhile.")}
}

// export asks for a file and writes the selected clients, or the whole list as it is filtered.
func (p *Page) export(runs []kit.Span) {
	n := int64(p.list.n)
	said := i18n.N(n, "The one client of the list, as it is filtered now.", "The %d clients of the list, as it is filtered now.")
	if runs != nil {
		n = int64(p.grid.SelectedCount())
		said = i18n.N(n, "The one selected client.", "The %d selected clients.")
	}
	desk.SaveFile{
		Title: i18n.T("Export clients"), Text: said, Name: i18n.T("clients") + ".csv", Action: i18n.T("Export"),
		Help:  i18n.T("Ending in .csv for spreadsheets, or .json for programs."),
		Write: func(path string) { p.exportTo(path, runs) },
	}.Ask(p.desk)
}

// exportTo writes the file, whole or not at all: one that is there stays as it is until the new one is complete.
func (p *Page) exportTo(path string, runs []kit.Span) {
	format := exporting.FormatCSV
	if strings.EqualFold(filepath.Ext(path), ".json") {
		format = exporting.FormatJSON
	}
	if p.list.search != "" && runs == nil {
		runs = []kit.Span{{First: 0, Last: p.list.n - 1}}
	}
	picked, filter := p.list.choose(runs), p.list.query.Filter
	n := 0
	p.desk.Run.Task(i18n.T("Exporting clients"), func(ctx context.Context, progress *task.Progress) error {
		var ids []int64
		if runs != nil {
			var err error
			if ids, err = p.list.ids(ctx, picked); err != nil {
				return err
			}
			if len(ids) == 0 { // none named would be all
				return errGone()
			}
			filter = data.ClientFilter{}
		}
		var err error
		n, err = p.desk.App.Exports.Clients(ctx, path, format, filter, ids, progress)
		return err
	}, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.desk.Say(i18n.N(int64(n), "One client was written to %s.", "%d clients were written to %s.", path))
	})
}
