// Package home is the first page: who owes what, what came in, what is due next, and what waits for somebody. Every figure opens the list behind it (AP-3).
package home

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/palette"
	"clientele/views/payment"
	"clientele/views/task"
	"clientele/views/theme"
)

// reloadEvery is how often the page is read anew while changes come in.
const reloadEvery = 400 * time.Millisecond

// prefCurrency remembers the currency that was chosen.
const prefCurrency = "home.currency"

// Page is the first page.
type Page struct {
	desk.Plain
	d      *desk.Desk
	loader *task.Loader[app.Standing]

	header  *kit.Header
	unsaved *unsaved
	chooser *currencies
	figures *figures
	charts  *charts
	due     *dueSoon
	waiting *waiting
	middle  *fyne.Container // the content, or what is said in its place
	content *fyne.Container
	pane    fyne.CanvasObject
	object  fyne.CanvasObject

	stands *app.Standing // what is shown; nil before anything was read
	first  fyne.Focusable
	stale  func() // stops the reload that is due
	loaded bool
}

// New builds the page. It reads nothing before it is first shown.
func New(d *desk.Desk) *Page {
	p := &Page{d: d, loader: task.NewLoader[app.Standing](d.Run)}
	add := kit.NewPrimary(i18n.T("Add New Client"), icons.Add, d.Go.AddClient)
	p.header = kit.NewHeader(i18n.T("Home"), "",
		kit.NewQuiet(i18n.T("New Invoice…"), icons.Invoices, func() { palette.ForInvoice(d) }),
		kit.NewQuiet(i18n.T("Record Payment…"), icons.Transactions, func() { payment.Choose(d) }), add)
	p.unsaved = newUnsaved(p)
	p.chooser = newCurrencies(p)
	p.figures, p.charts, p.due, p.waiting = newFigures(p), newCharts(p), newDueSoon(p), newWaiting(d)
	p.content = container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), p.unsaved.object, p.chooser.object, p.figures.object, p.charts.object,
		container.New(&sideBySide{}, kit.NewCard(i18n.T("Due in the next %d days", app.SoonDays), p.due.object), kit.NewCard(i18n.T("Waiting for you"), p.waiting.object)))
	p.pane = kit.Scrolled(container.New(layout.NewCustomPaddedLayout(0, theme.Gap, theme.Inset, theme.Inset), kit.NoWiderThanCards(p.content)))
	p.middle = container.NewStack(p.pane)
	top := container.New(layout.NewCustomPaddedLayout(2*theme.Unit, theme.Unit, theme.Inset, theme.Inset), kit.NoWiderThanCards(p.header))
	p.object = kit.Border(top, nil, nil, nil, p.middle)
	p.first = p.figures.owed
	return p
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown reads how the office stands when the page is first seen, and gives the first figure the keyboard.
func (p *Page) Shown() {
	if !p.loaded {
		p.loaded = true
		p.reload()
	}
	p.unsaved.show()
	p.d.Canvas().Focus(p.first)
}

// Changed reads anew, at most some times a second.
func (p *Page) Changed(c app.Change) {
	switch c.Topic {
	case app.TopicClient, app.TopicInvoices, app.TopicTransactions, app.TopicMail, app.TopicSettings, app.TopicBackups, app.TopicDaily:
	default:
		return
	}
	if p.loaded && p.stale == nil {
		p.stale = p.d.Run.After(reloadEvery, func() {
			p.stale = nil
			p.reload()
		})
	}
}

func (p *Page) reload() { p.loader.Load(p.d.App.Home.Stands, p.show) }

// show puts what was read into the window.
func (p *Page) show(st app.Standing, err error) {
	if err != nil {
		p.instead(p.d.ErrorState(err, p.reload))
		return
	}
	p.stands = &st
	p.header.Set(i18n.T("Home"), st.Today.Format(i18n.CurrentLocale()))
	p.chooser.offer(st.Currencies)
	p.draw()
	p.instead(p.pane)
}

// draw shows the chosen currency.
func (p *Page) draw() {
	st := *p.stands
	c := p.chooser.chosen()
	p.chooser.label()
	p.figures.show(st, c)
	p.charts.show(st, c)
	p.due.show(st)
	p.waiting.show(st)
	p.content.Refresh()
	p.pane.Refresh()
}

// instead shows the content, or something in its place.
func (p *Page) instead(o fyne.CanvasObject) {
	kit.Swap(p.d.Canvas(), p.middle, o)
}
