package client

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/invoices"
	"clientele/views/kit"
	"clientele/views/theme"
)

// bills is the tab with the invoices of a client (SU-3), newest first. They are read when the tab is first looked at, and only as far as one scrolls.
type bills struct {
	d     *desk.Desk
	id    int64
	list  *invoices.List
	query data.InvoiceQuery
	seen  bool
	focus fyne.Canvas // where the list takes the keyboard once it is there
	whole fyne.CanvasObject
	body  *fyne.Container
}

func newBills(d *desk.Desk, id int64) *bills {
	b := &bills{d: d, id: id, list: invoices.NewList(d, true), body: container.NewStack()}
	b.query = data.InvoiceQuery{Filter: data.InvoiceFilter{ClientID: id}, Sort: data.InvoicesByID, Descending: true}
	grid := b.list.Grid()
	grid.SetSort(string(b.query.Sort), b.query.Descending)
	grid.OnSort = func(key string, descending bool) {
		b.query.Sort, b.query.Descending = data.InvoiceSort(key), descending
		b.list.Show(b.query)
	}
	b.list.OnRead = b.read
	write := kit.NewPrimary(i18n.T("New Invoice"), icons.Add, b.write)
	pad := layout.NewCustomPaddedLayout(2*theme.Unit, theme.Inset, theme.Inset, theme.Inset)
	top := container.New(layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0), kit.NewTrailing(write))
	b.whole = container.New(pad, kit.Border(top, nil, nil, nil, grid))
	return b
}

func (b *bills) title() string             { return i18n.T("Invoices") }
func (b *bills) object() fyne.CanvasObject { return b.body }
func (b *bills) show(loaded)               {}
func (b *bills) write()                    { b.d.Go.NewInvoice(b.id) }

func (b *bills) front(c fyne.Canvas) {
	b.focus = c
	if !b.seen {
		b.seen = true
		b.list.Show(b.query)
		return
	}
	b.takeFocus()
}

func (b *bills) takeFocus() {
	switch {
	case b.focus == nil:
	case b.list.Len() > 0:
		b.focus.Focus(b.list.Grid().FocusTarget())
	default:
		kit.Begin(b.focus, b.body)
	}
	b.focus = nil
}

func (b *bills) changed(c app.Change) {
	if b.seen && c.Topic == app.TopicInvoices && (c.ClientID == 0 || c.ClientID == b.id) {
		b.list.Refresh()
	}
}

// read shows the list, or what is said in its place.
func (b *bills) read(a invoices.Answer, err error) {
	switch {
	case err != nil && b.list.Len() > 0:
		b.d.Fail(err)
	case err != nil:
		b.fill(b.d.ErrorState(err, func() { b.list.Show(b.query) }))
	case a.N == 0:
		b.fill(kit.NewEmptyState(icons.Invoices, i18n.T("No invoices yet"), i18n.T("An invoice is a draft until it is published: only then it gets its number."),
			kit.NewPrimary(i18n.T("New Invoice"), icons.Add, b.write)))
	default:
		b.fill(b.whole)
	}
	b.takeFocus()
}

func (b *bills) fill(o fyne.CanvasObject) {
	kit.Swap(b.d.Canvas(), b.body, o)
}

// NewInvoice begins an invoice of this client.
func (p *Page) NewInvoice() { p.d.Go.NewInvoice(p.id) }
