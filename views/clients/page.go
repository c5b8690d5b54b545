// Package clients is the list of clients: filtered, sorted, searched as one types, and acted on by the row or by many rows.
package clients

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// reloadEvery is how often a list is read anew while changes come in.
const reloadEvery = 300 * time.Millisecond

// Page is the list.
type Page struct {
	desk.Plain
	desk *desk.Desk

	chosen *kit.Chip // what can be done with several selected clients
	header *kit.Header
	search *kit.Entry
	bar    *filterBar
	grid   *kit.Grid
	middle *fyne.Container // the grid, or what is said in its place
	object fyne.CanvasObject

	list    *list
	counter *task.Loader[answer]
	groups  []data.Group
	stale   func() // stops the reload that is due
	loaded  bool
}

// answer is the count and the first rows of a list, or what a search found.
type answer struct {
	n       int64
	exact   bool
	first   loaded
	found   data.Found
	offers  bool // groups and lands were read
	groups  []data.Group
	lands   []string
	isEmpty bool // there is no client at all
}

// New builds the page.
func New(d *desk.Desk) *Page {
	p := &Page{desk: d, counter: task.NewLoader[answer](d.Run)}
	p.list = newList(d.App, d.Run, func() { p.grid.Update() })
	p.grid = kit.NewGrid(d.Run, columns()...)
	p.grid.Multi = true
	p.grid.OnOpen = p.open
	p.grid.OnSort = p.sort
	p.grid.OnType = func(r rune) { p.Find(); p.search.TypedRune(r) }
	p.grid.Menu = p.menu
	p.grid.OnWidths = p.rememberWidths
	p.grid.OnDelete = p.delete
	p.bar = newFilterBar(p)
	p.search = kit.NewSearchBox(i18n.T("Search names, companies, emails, phone numbers, addresses, notes"), func(string) { p.reload() }, p.toGrid)
	p.chosen = kit.NewMenuChip("", func() *fyne.Menu { return p.menu(p.grid.Cursor()) })
	p.chosen.Hide()
	p.grid.OnMarks = p.marked
	p.header = kit.NewHeader(i18n.T("Clients"), "", p.chosen,
		kit.NewQuiet(i18n.T("Import"), icons.Import, d.Go.Import),
		kit.NewQuiet(i18n.T("Export"), icons.Export, func() { p.export(nil) }),
		kit.NewPrimary(i18n.T("Add New Client"), icons.Add, d.Go.AddClient))
	p.middle = container.NewStack(p.grid)
	top := container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), p.header, p.search, p.bar.object)
	p.object = container.New(layout.NewCustomPaddedLayout(2*theme.Unit, theme.Gap, theme.Inset, theme.Inset),
		kit.Border(container.New(layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0), top), nil, nil, nil, p.middle))
	p.restore()
	p.grid.SetSource(p.list)
	return p
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown loads the list when it is first seen and gives it the keyboard.
func (p *Page) Shown() {
	if !p.loaded {
		p.loaded = true
		p.reload()
	}
	p.toGrid()
}

// Show shows the clients that a filter leaves. It is not remembered: the next start shows the list as somebody left it.
func (p *Page) Show(f data.ClientFilter) {
	p.bar.filter = f
	p.bar.label()
	p.loaded = true
	if p.search.Text != "" {
		p.search.SetText("") // which reads the list
		return
	}
	p.reload()
}

// Find puts the keyboard into the search field.
func (p *Page) Find() { p.desk.Canvas().Focus(p.search) }

// toGrid puts the keyboard into the list, on the first row where none is chosen.
func (p *Page) toGrid() {
	if p.grid.Cursor() < 0 && p.list.Len() > 0 {
		p.grid.Select(0)
	}
	kit.Begin(p.desk.Canvas(), p.middle)
}

// Changed reads the list anew, at most some times a second.
func (p *Page) Changed(c app.Change) {
	if c.Topic != app.TopicClient && c.Topic != app.TopicGroups || !p.loaded || p.stale != nil {
		return
	}
	p.stale = p.desk.Run.After(reloadEvery, func() {
		p.stale = nil
		p.refresh(false)
	})
}

// reload shows another list from its beginning.
func (p *Page) reload() { p.refresh(true) }

// refresh reads the list: from its beginning, or in place after a change.
func (p *Page) refresh(fromTop bool) {
	q, text := p.bar.query(), p.search.Text
	s := p.desk.App
	p.counter.Load(func(ctx context.Context) (answer, error) {
		a, err := ask(ctx, s, q, text)
		if err != nil || (text != "" && fromTop) {
			return a, err // the chips are hidden while one searches, so what they offer is not read for each letter
		}
		a.offers = true
		if a.groups, err = s.Groups.List(ctx); err != nil {
			return a, err
		}
		a.lands, err = s.Clients.CountriesUsed(ctx)
		return a, err
	}, func(a answer, err error) { p.show(a, err, q, text, fromTop) })
}

// ask reads the count and the first rows, or searches.
func ask(ctx context.Context, s *app.App, q data.ClientQuery, text string) (a answer, err error) {
	if text != "" {
		a.found, err = s.Clients.Search(ctx, text, topRows)
		return a, err
	}
	if a.n, a.exact, err = s.Clients.Count(ctx, q.Filter); err != nil {
		return a, err
	}
	if a.n == 0 {
		all, _, err := s.Clients.Count(ctx, data.ClientFilter{})
		a.isEmpty = all == 0
		return a, err
	}
	a.first, err = readRows(ctx, s.Clients, q, int(a.n), 0, nil, 0, block-1)
	return a, err
}

// show puts an answer into the window.
func (p *Page) show(a answer, err error, q data.ClientQuery, text string, fromTop bool) {
	if err != nil {
		p.instead(p.desk.ErrorState(err, p.reload))
		return
	}
	if a.offers {
		p.groups = a.groups
		p.bar.offer(a.groups, a.lands)
	}
	p.list.loader.Cancel()
	before, at := p.list.rows, p.grid.Cursor()
	p.list.clear()
	p.list.query, p.list.search = q, text
	if text != "" {
		p.list.n = a.found.Total
		p.list.take(loaded{rows: a.found.Rows})
		p.header.Set(i18n.T("Clients"), foundNote(a.found))
	} else {
		p.list.n = int(a.n)
		p.list.take(a.first)
		p.header.Set(i18n.T("Clients"), countNote(a.n, a.exact))
	}
	p.bar.searching(text != "")
	switch {
	case a.isEmpty:
		p.instead(kit.NewEmptyState(icons.Clients, i18n.T("No clients yet"),
			i18n.T("Add the first one, or bring in those you have from a CSV file."), kit.NewPrimary(i18n.T("Add New Client"), icons.Add, p.desk.Go.AddClient)))
	case p.list.n == 0 && text != "":
		p.instead(kit.NewEmptyState(icons.Search, i18n.T("Nobody is found by “%s”", text), i18n.T("Every word must be somewhere in the client. Try fewer or shorter words."), nil))
	case p.list.n == 0:
		p.instead(kit.NewEmptyState(icons.Filter, i18n.T("No client fits these filters"), "", kit.NewButton(i18n.T("Clear Filters"), icons.Close, p.bar.clear)))
	default:
		p.instead(p.grid)
	}
	if fromTop {
		p.grid.Reset()
		if p.grid.Focused() {
			p.toGrid() // the arrows and Enter have a row to begin at
		}
		return
	}
	p.grid.Update()
	p.follow(before, at)
}

// follow keeps the selection on the clients it was on, after rows came or went: what is done next must not hit others. Where the clients cannot be told
// from what is in memory, nothing stays selected.
func (p *Page) follow(before map[int]shownRow, at int) {
	moved := false
	for _, run := range p.grid.Selected() {
		for i := run.First; i <= run.Last && !moved; i++ {
			was, had := before[i]
			is, has := p.list.rows[i]
			moved = !had || !has || was.id != is.id
		}
	}
	if !moved {
		return
	}
	if p.grid.SelectedCount() == 1 {
		for i, r := range p.list.rows {
			if r.id == before[at].id {
				p.grid.Select(i)
				return
			}
		}
	}
	p.grid.Select(-1)
}

// instead shows the grid, or something in its place.
func (p *Page) instead(o fyne.CanvasObject) {
	kit.Swap(p.desk.Canvas(), p.middle, o)
}

func countNote(n int64, exact bool) string {
	if !exact {
		return i18n.T("more than %d", n)
	}
	return i18n.FormatInt(n)
}

func foundNote(f data.Found) string {
	if f.More {
		return i18n.T("%d+ found", f.Total)
	}
	return i18n.N(int64(f.Total), "one found", "%d found")
}

// open opens the client of a row.
func (p *Page) open(row int) {
	if r, ok := p.list.rows[row]; ok {
		p.desk.Go.Client(r.id)
	}
}

// sort shows the list in another order.
func (p *Page) sort(key string, descending bool) {
	p.bar.sort, p.bar.descending = data.ClientSort(key), descending
	p.bar.remember()
	if p.search.Text != "" {
		p.search.SetText("") // what is found has an order of its own
		return
	}
	p.reload()
}
