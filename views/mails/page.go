// Package mails is the Mail page: every mail with its state, and what can be done with it (ML-5).
package mails

import (
	"math"
	"slices"
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
	"clientele/views/mailview"
	"clientele/views/palette"
	"clientele/views/theme"
	"clientele/views/tomany"
)

// reloadEvery is how often the list is read anew while mails are being sent.
const reloadEvery = 400 * time.Millisecond

// states are all states, in the order in which they are offered.
var states = []data.MailState{
	data.MailQueued, data.MailSending, data.MailSent, data.MailFailed, data.MailUncertain, data.MailSuppressed, data.MailCancelled,
}

// Page is the list of mails.
type Page struct {
	desk.Plain
	desk *desk.Desk

	header  *kit.Header
	filters *filters
	row     *fyne.Container // the chips
	all     *kit.Chip
	chips   map[data.MailState]*kit.Chip
	banner  *banner
	grid    *kit.Grid
	middle  *fyne.Container // the grid, or what is said in its place
	top     *fyne.Container
	object  fyne.CanvasObject

	open, send, cancel *kit.Button

	list   *list
	counts map[data.MailState]int64
	chosen int64  // the mail that keys and buttons act on
	stale  func() // stops the reload that is due
	loaded bool
}

// New builds the page.
func New(d *desk.Desk) *Page {
	p := &Page{desk: d, chips: map[data.MailState]*kit.Chip{}, banner: newBanner(d)}
	p.list = newList(d.App.Mails, d.Run, p.came)
	p.grid = kit.NewGrid(d.Run, mailview.Columns()...)
	p.grid.OnOpen = func(row int) { p.with(row, func(m data.Mail) { mailview.Show(d, m.ID) }) }
	p.grid.OnDelete = func() {
		p.with(p.grid.Cursor(), func(m data.Mail) {
			if mailview.CanCancel(m.State) {
				mailview.Cancel(d, m.ID)
			}
		})
	}
	p.grid.OnSelect = func(int) { p.choose() }
	p.grid.Menu = func(row int) (menu *fyne.Menu) {
		p.with(row, func(m data.Mail) { menu = mailview.Menu(d, m) })
		return menu
	}
	act := func(do func(m data.Mail)) func() { return func() { p.with(p.grid.Cursor(), do) } }
	p.open = kit.NewButton(i18n.T("Open"), icons.Mail, act(func(m data.Mail) { mailview.Show(d, m.ID) }))
	p.send = kit.NewButton(mailview.AgainName(data.Mail{}), icons.Retry, act(func(m data.Mail) { mailview.Again(d, m) }))
	p.cancel = kit.NewButton(i18n.T("Cancel This Mail"), icons.Close, act(func(m data.Mail) { mailview.Cancel(d, m.ID) }))
	many := kit.NewQuiet(i18n.T("Mails to Many…"), nil, func() { tomany.Show(d) })
	write := kit.NewPrimary(i18n.T("New Message…"), icons.Add, func() { palette.ForMail(d) })
	p.header = kit.NewHeader(i18n.T("Mail"), "", many, p.open, p.send, p.cancel, write)
	p.filters = newFilters(d, p.narrow, func() { d.Canvas().Focus(p.grid.FocusTarget()) })
	p.all = kit.NewChip("", true, func(bool) { p.Filter() })
	p.row = kit.NewChips(p.all)
	for _, s := range states {
		p.chips[s] = kit.NewChip("", false, func(bool) { p.pick() })
		p.row.Add(p.chips[s])
	}
	p.label()
	p.middle = container.NewStack(p.grid)
	p.top = container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), p.header, p.filters.object, p.row, p.banner)
	p.object = container.New(layout.NewCustomPaddedLayout(2*theme.Unit, theme.Gap, theme.Inset, theme.Inset),
		kit.Border(container.New(layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0), p.top), nil, nil, nil, p.middle))
	p.grid.SetSource(p.list)
	p.choose()
	return p
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown loads the list when it is first seen and gives it the keyboard.
func (p *Page) Shown() {
	p.status()
	if !p.loaded {
		p.loaded = true
		p.restart()
	}
	kit.Begin(p.desk.Canvas(), p.middle)
}

// Filter shows the mails in these states; none means all.
func (p *Page) Filter(of ...data.MailState) {
	for s, chip := range p.chips {
		chip.Set(slices.Contains(of, s))
	}
	p.all.Set(len(of) == 0)
	p.list.filter.States = of
	if p.loaded {
		p.restart()
	}
}

// narrow shows the mails that the filters leave, in the states whose chips are on.
func (p *Page) narrow() {
	f := p.filters.chosen
	f.States = p.list.filter.States
	p.list.filter = f
	if p.loaded {
		p.restart()
	}
}

// Find goes to the search.
func (p *Page) Find() { p.desk.Canvas().Focus(p.filters.search) }

// pick shows the mails in the states whose chips are on.
func (p *Page) pick() {
	var of []data.MailState
	for _, s := range states {
		if p.chips[s].On() {
			of = append(of, s)
		}
	}
	p.Filter(of...)
}

// Changed shows how sending stands, and reads the list anew, at most some times a second however many mails go out.
func (p *Page) Changed(c app.Change) {
	switch c.Topic {
	case app.TopicOutbox:
		p.status()
	case app.TopicMail:
		if !p.loaded || p.stale != nil {
			return
		}
		p.stale = p.desk.Run.After(reloadEvery, func() {
			p.stale = nil
			p.list.refresh(p.counted)
		})
	}
}

// status shows how sending stands.
func (p *Page) status() {
	p.banner.set(p.desk.App.Outbox.Status())
	p.top.Refresh()
	p.object.Refresh()
}

// restart shows the list from its beginning.
func (p *Page) restart() {
	p.list.clear()
	p.list.total = p.most()
	p.grid.Reset()
	p.list.refresh(p.counted)
}

// counted shows how many mails there are.
func (p *Page) counted(counts map[data.MailState]int64) {
	p.counts = counts
	p.list.total = p.most()
	p.label()
}

// most is how many rows the list may have. Where more than states narrows it, that shows as one scrolls on.
func (p *Page) most() int {
	if p.list.filter.Narrowed() {
		return math.MaxInt32
	}
	return p.total(p.list.filter.States)
}

// total is how many mails are in these states; none means all.
func (p *Page) total(of []data.MailState) (n int) {
	if len(of) == 0 {
		of = states
	}
	for _, s := range of {
		n += int(p.counts[s])
	}
	return n
}

// label writes the numbers on the chips.
func (p *Page) label() {
	wider := false
	write := func(c *kit.Chip, word string, n int64) {
		if label := word + "  " + i18n.FormatInt(n); c.Text != label {
			wider = wider || len(c.Text) != len(label)
			c.SetLabel(label)
		}
	}
	write(p.all, i18n.T("All"), int64(p.total(nil)))
	for _, s := range states {
		word, _ := mailview.State(s)
		write(p.chips[s], word, p.counts[s])
	}
	if wider {
		p.row.Refresh()
	}
}

// came shows what was read. The same mail stays chosen, wherever it is now: what is done next must not hit another.
func (p *Page) came(err error) {
	if err != nil {
		p.instead(p.desk.ErrorState(err, p.restart))
		return
	}
	switch {
	case p.list.Len() > 0:
		p.instead(p.grid)
	case p.list.filter.Narrowed():
		p.instead(kit.NewEmptyState(icons.Mail, i18n.T("No mail is like that"), i18n.T("Nothing is left of the mails by these filters."),
			kit.NewButton(i18n.T("Clear Filters"), nil, func() {
				p.Filter()
				p.filters.clear()
			})))
	case len(p.list.filter.States) == 0:
		p.instead(kit.NewEmptyState(icons.Mail, i18n.T("No mails yet"),
			i18n.T("Every mail to a client is listed here with what became of it, such as the welcome mail of a new client."), nil))
	default:
		p.instead(kit.NewEmptyState(icons.Mail, i18n.T("No mail is in this state"), "",
			kit.NewButton(i18n.T("Show All"), nil, func() { p.Filter() })))
	}
	chosen := p.chosen
	p.grid.Update()
	if m, ok := p.list.mail(p.grid.Cursor()); chosen != 0 && (!ok || m.ID != chosen) {
		p.grid.Select(p.list.find(chosen))
	}
	p.choose()
}

// instead shows the grid, or something in its place.
func (p *Page) instead(o fyne.CanvasObject) {
	kit.Swap(p.desk.Canvas(), p.middle, o)
}

// choose notes the mail of the cursor and offers what can be done with it.
func (p *Page) choose() {
	m, ok := p.list.mail(p.grid.Cursor())
	p.chosen = m.ID
	enable(p.open, ok)
	enable(p.send, ok && mailview.CanAgain(m))
	enable(p.cancel, ok && mailview.CanCancel(m.State))
	if label := mailview.AgainName(m); p.send.Text != label {
		p.send.SetText(label)
		p.header.Refresh()
	}
}

func enable(b *kit.Button, on bool) {
	switch {
	case on && b.Disabled():
		b.Enable()
	case !on && !b.Disabled():
		b.Disable()
	}
}

// with does something with the mail of a row, if it is there.
func (p *Page) with(row int, do func(data.Mail)) {
	if m, ok := p.list.mail(row); ok {
		do(m)
	}
}
