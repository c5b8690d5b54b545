package transactions

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/theme"
)

// Page is the page of all transactions, those of deleted clients too.
type Page struct {
	desk.Plain
	d      *desk.Desk
	list   *List
	object fyne.CanvasObject
}

// New builds the page.
func New(d *desk.Desk) *Page {
	p := &Page{d: d, list: NewList(d, 0)}
	header := kit.NewHeader(i18n.T("Transactions"), "", p.list.Actions()...)
	p.list.onCount = func(n int64) { header.Set(i18n.T("Transactions"), i18n.FormatInt(n)) }
	p.object = container.New(layout.NewCustomPaddedLayout(2*theme.Unit, theme.Gap, theme.Inset, theme.Inset),
		kit.Border(container.New(layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0), header), nil, nil, nil, p.list.Object()))
	return p
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown reads the list when it is first seen, and gives it the keyboard.
func (p *Page) Shown() { p.list.Show(p.d.Canvas()) }

// Filter shows the transactions that a filter leaves. It is not remembered: the next start shows the list as somebody left it.
func (p *Page) Filter(f data.TransactionFilter) {
	p.list.filter.forget()
	p.list.filter.chosen = f
	p.list.filter.label()
	if p.list.seen {
		p.list.restart()
	}
}

// Find puts the keyboard into the search field.
func (p *Page) Find() { p.d.Canvas().Focus(p.list.filter.search) }

// Changed reads what is new.
func (p *Page) Changed(c app.Change) { p.list.Changed(c) }
