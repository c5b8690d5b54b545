// Package invoices lists invoices: all of them on a page of their own, and those of one client.
package invoices

import (
	"cmp"
	"slices"
	"strings"
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
	"clientele/views/palette"
	"clientele/views/theme"
)

// reloadEvery is how often a list is read anew while changes come in.
const reloadEvery = 300 * time.Millisecond

// Page is the list of all invoices.
type Page struct {
	desk.Plain
	desk *desk.Desk

	header *kit.Header
	search *kit.Entry
	bar    *filterBar
	sums   *kit.Para // what the invoices that are shown come to
	list   *List
	middle *fyne.Container // the grid, or what is said in its place
	whole  *fyne.Container
	object fyne.CanvasObject

	stale  func() // stops the reload that is due
	loaded bool
}

// New builds the page.
func New(d *desk.Desk) *Page {
	p := &Page{desk: d, list: NewList(d, false)}
	grid := p.list.Grid()
	grid.OnSort = p.sort
	grid.OnType = func(r rune) { p.Find(); p.search.TypedRune(r) }
	grid.OnWidths = p.rememberWidths
	p.list.OnRead = p.show
	p.bar = newFilterBar(p)
	p.search = kit.NewSearchBox(i18n.T("Search by client, or by the whole number of an invoice"), func(string) { p.reload() }, p.toGrid)
	p.header = kit.NewHeader(i18n.T("Invoices"), "", kit.NewQuiet(i18n.T("Export"), icons.Export, func() { p.export().Ask(p.desk) }),
		kit.NewPrimary(i18n.T("New Invoice…"), icons.Add, p.NewInvoice))
	p.sums = kit.NewPara("", theme.Muted)
	p.sums.Hide()
	p.middle = container.NewStack(grid)
	top := container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), p.header, p.search, p.bar.object, p.sums)
	p.whole = kit.Border(container.New(layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0), top), nil, nil, nil, p.middle)
	p.object = container.New(layout.NewCustomPaddedLayout(2*theme.Unit, theme.Gap, theme.Inset, theme.Inset), p.whole)
	p.restore()
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

// Show shows the invoices that a filter leaves, in the present order. It is not remembered: the next start shows the list as somebody left it.
func (p *Page) Show(f data.InvoiceFilter) {
	p.bar.take(f)
	p.search.OnChanged = nil
	p.search.SetText("")
	p.search.OnChanged = func(string) { p.reload() }
	p.loaded = true
	p.reload()
}

// NewInvoice asks for whom, and begins an invoice.
func (p *Page) NewInvoice() { palette.ForInvoice(p.desk) }

// Find puts the keyboard into the search field.
func (p *Page) Find() { p.desk.Canvas().Focus(p.search) }

// toGrid puts the keyboard into the list, on the first row where none is chosen.
func (p *Page) toGrid() {
	grid := p.list.Grid()
	if grid.Cursor() < 0 && p.list.Len() > 0 {
		grid.Select(0)
	}
	kit.Begin(p.desk.Canvas(), p.middle)
}

// Changed reads the list anew, at most some times a second.
func (p *Page) Changed(c app.Change) {
	if c.Topic != app.TopicInvoices && c.Topic != app.TopicClient || !p.loaded || p.stale != nil {
		return
	}
	p.stale = p.desk.Run.After(reloadEvery, func() {
		p.stale = nil
		p.list.Refresh()
	})
}

// reload shows another list from its beginning.
func (p *Page) reload() { p.list.Show(p.bar.query(p.search.Text)) }

// show says what a reading brought.
func (p *Page) show(a Answer, err error) {
	if err != nil {
		p.instead(p.desk.ErrorState(err, p.reload))
		return
	}
	p.header.Set(i18n.T("Invoices"), countNote(a))
	p.sum(a.Sums)
	p.whole.Refresh() // the chips know how many rows they take only once they have been laid out
	switch {
	case a.None:
		p.instead(kit.NewEmptyState(icons.Invoices, i18n.T("No invoices yet"),
			i18n.T("What clients owe and what they have paid is listed here."), kit.NewPrimary(i18n.T("New Invoice…"), icons.Add, p.NewInvoice)))
	case a.N == 0 && p.search.Text != "":
		p.instead(kit.NewEmptyState(icons.Search, i18n.T("No invoice found for “%s”", p.search.Text),
			i18n.T("Neither the whole number of an invoice nor a client with invoices fits, among the invoices that the filters leave."), nil))
	case a.N == 0:
		p.instead(kit.NewEmptyState(icons.Filter, i18n.T("No invoice fits these filters"), "", kit.NewButton(i18n.T("Clear Filters"), icons.Close, p.bar.clear)))
	default:
		p.instead(p.list.Grid())
	}
}

// instead shows the grid, or something in its place.
func (p *Page) instead(o fyne.CanvasObject) {
	kit.Swap(p.desk.Canvas(), p.middle, o)
}

// inSight is in how many currencies sums are shown.
const inSight = 3

// sum says what the invoices come to, a line for each of the currencies with most of them: amounts of two currencies are never added up (IN-7).
func (p *Page) sum(sums []app.InvoiceSum) {
	most := slices.Clone(sums)
	slices.SortStableFunc(most, func(a, b app.InvoiceSum) int { return cmp.Compare(b.N, a.N) })
	most = most[:min(len(most), inSight)]
	l := i18n.CurrentLocale()
	lines := make([]string, len(most))
	for i, s := range most {
		lines[i] = i18n.T("%s:  total %s  ·  balance %s", string(s.Total.Currency), s.Total.Format(l), s.Balance.Format(l))
	}
	p.sums.Set(strings.Join(lines, "\n"), theme.Muted)
	if len(lines) == 0 {
		p.sums.Hide()
	} else {
		p.sums.Show()
	}
}

func countNote(a Answer) string {
	if !a.Exact {
		return i18n.T("more than %d", a.N)
	}
	return i18n.FormatInt(a.N)
}

// sort shows the list in another order.
func (p *Page) sort(key string, descending bool) {
	p.bar.sort, p.bar.descending = data.InvoiceSort(key), descending
	p.bar.remember()
	p.reload()
}
