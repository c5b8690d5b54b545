// Package services shows what clients have, once or recurring: of one client in its tab, and of all on a page of its own (IN-1).
package services

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/paging"
	"clientele/views/palette"
	"clientele/views/task"
	"clientele/views/theme"
)

// reloadEvery is how often the list is read anew while changes come in.
const reloadEvery = 400 * time.Millisecond

// List is the services of one client, or of all, with what can be done with them.
type List struct {
	d      *desk.Desk
	client int64 // 0 for all

	filter   *filterBar
	grid     *kit.Grid
	rows     *paging.List[data.ServiceRow]
	counter  *task.Loader[counted]
	products []app.ProductOffer
	single   []fyne.Disableable
	middle   *fyne.Container
	object   fyne.CanvasObject

	seen  bool
	focus fyne.Canvas // where the list takes the keyboard once it is there
	stale func()      // stops the reload that is due
	// onCount is told how many there are, in words; nil where nobody asks.
	onCount func(words string)
}

// counted is what is known of a list besides its rows.
type counted struct {
	n        int64
	exact    bool
	products []app.ProductOffer
}

// NewList returns the services of a client, or of all where the number is 0. It reads nothing before it is first shown.
func NewList(d *desk.Desk, clientID int64) *List {
	l := &List{d: d, client: clientID, counter: task.NewLoader[counted](d.Run), middle: container.NewStack()}
	l.filter = newFilterBar(l)
	l.grid = kit.NewGrid(d.Run, columns(clientID == 0)...)
	l.grid.OnOpen = func(int) { l.open() }
	l.grid.OnDelete = l.delete
	l.grid.OnSelect = func(int) { l.offer() }
	l.grid.OnSort = func(key string, descending bool) { l.filter.sort(key == keyDue, descending) }
	l.grid.Menu = l.menu
	l.rows = paging.New(d.Run, l.grid, paging.Spec[data.ServiceRow]{
		Reader: l.reader, Row: l.row, ID: func(s data.ServiceRow) int64 { return s.ID }, Came: l.came,
	})
	l.filter.restore()
	top := container.New(layout.NewCustomPaddedVBoxLayout(2 * theme.Unit))
	if clientID == 0 {
		top.Add(l.filter.searching())
	}
	top.Add(l.filter.chips)
	l.object = kit.Border(container.New(layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0), top), nil, nil, nil, l.middle)
	return l
}

// The columns by which the list can be sorted.
const (
	keyNumber = "number"
	keyDue    = "due"
)

func columns(all bool) []kit.Column {
	cols := []kit.Column{{Key: keyNumber, Title: i18n.T("No."), Kind: kit.NumberColumn, Width: 60, Sortable: true}}
	if all {
		cols = append(cols, kit.Column{Key: "client", Title: i18n.T("Client"), Width: 120, Grow: true})
	}
	return append(cols,
		kit.Column{Key: "description", Title: i18n.T("Description"), Width: 126, Grow: true},
		kit.Column{Key: "product", Title: i18n.T("Product"), Width: 100},
		kit.Column{Key: "quantity", Title: i18n.T("Quantity"), Kind: kit.NumberColumn, Width: 72},
		kit.Column{Key: "amount", Title: i18n.T("Amount"), Kind: kit.NumberColumn, Width: 116},
		kit.Column{Key: "cycle", Title: i18n.T("Cycle"), Width: 96},
		kit.Column{Key: keyDue, Title: i18n.T("Next due"), Width: 92, Sortable: true},
		kit.Column{Key: "status", Title: i18n.T("Status"), Kind: kit.PillColumn, Width: 112},
	)
}

func (l *List) row(s data.ServiceRow) *kit.Row {
	locale := i18n.CurrentLocale()
	word, tone := Status(s.Status)
	if s.BillingHeld != nil {
		word, tone = i18n.T("Billing held"), theme.Waiting // until the billing of imported services is confirmed
	}
	due := ""
	if !s.NextDue.IsZero() {
		due = s.NextDue.Format(locale)
	}
	cells := []string{i18n.FormatInt(s.ID)}
	if l.client == 0 {
		cells = append(cells, s.ClientName)
	}
	cells = append(cells, s.Description, l.productName(s.ProductID), billing.Quantity(s.Quantity).Format(locale),
		money.New(s.Amount, money.Currency(s.Currency)).Format(locale), billing.Cycle(s.Cycle).Name(), due, word)
	tones := make([]theme.Tone, len(cells))
	tones[len(cells)-1] = tone
	return &kit.Row{Cells: cells, Tones: tones, Muted: s.Status == data.ServiceCancelled || s.Status == data.ServiceTerminated}
}

func (l *List) productName(id *int64) string {
	if id == nil {
		return ""
	}
	if at := slices.IndexFunc(l.products, func(p app.ProductOffer) bool { return p.ID == *id }); at >= 0 {
		return l.products[at].Name
	}
	return ""
}

// Status is a service's status in words, with the tone of its pill.
func Status(s data.ServiceStatus) (word string, tone theme.Tone) {
	switch s {
	case data.ServicePending:
		return i18n.T("Pending"), theme.Waiting
	case data.ServiceActive:
		return i18n.T("Active"), theme.Good
	case data.ServiceSuspended:
		return i18n.T("Suspended"), theme.Danger
	case data.ServiceTerminated:
		return i18n.T("Terminated"), theme.Muted
	case data.ServiceCancelled:
		return i18n.T("Cancelled"), theme.Muted
	}
	return string(s), theme.Muted
}

// Object is what is drawn.
func (l *List) Object() fyne.CanvasObject { return l.object }

// Actions are the buttons for what can be done, the one that adds last.
func (l *List) Actions() []fyne.CanvasObject {
	edit := kit.NewButton(i18n.T("Edit…"), icons.Edit, l.open)
	status := kit.NewMenuChip(i18n.T("Change Status"), l.statusMenu)
	remove := kit.NewButton(i18n.T("Delete"), icons.Delete, l.delete)
	l.single = []fyne.Disableable{edit, status, remove}
	l.offer()
	all := []fyne.CanvasObject{edit, status, remove}
	if l.client == 0 {
		all = append(all, kit.NewQuiet(i18n.T("Export"), icons.Export, func() { l.export().Ask(l.d) }))
	}
	return append(all, kit.NewPrimary(i18n.T("Add Service…"), icons.Add, l.Add))
}

// Show is called each time the list comes to the front of a canvas. It then takes the keyboard.
func (l *List) Show(c fyne.Canvas) {
	l.focus = c
	if !l.seen {
		l.seen = true
		l.restart()
		return
	}
	l.takeFocus()
}

func (l *List) takeFocus() {
	if l.focus != nil {
		kit.Begin(l.focus, l.middle)
	}
	l.focus = nil
}

// toGrid puts the keyboard into the list, on the first row where none is chosen.
func (l *List) toGrid() {
	if l.grid.Cursor() < 0 && l.rows.Len() > 0 {
		l.grid.Select(0)
	}
	l.d.Canvas().Focus(l.grid.FocusTarget())
}

// Changed reads the list anew, at most some times a second.
func (l *List) Changed(c app.Change) {
	mine := c.Topic == app.TopicProducts || c.Topic == app.TopicServices && (l.client == 0 || c.ClientID == 0 || c.ClientID == l.client)
	if !l.seen || l.stale != nil || !mine {
		return
	}
	l.stale = l.d.Run.After(reloadEvery, func() {
		l.stale = nil
		l.count(l.rows.Refresh)
	})
}

// restart shows the list from its beginning.
func (l *List) restart() {
	if l.seen {
		l.count(l.rows.Restart)
	}
}

// count reads how many there are and what the products are called, which the rows need, and then has the rows read.
func (l *List) count(then func()) {
	f := l.filter.query().Filter
	l.counter.Load(func(ctx context.Context) (c counted, err error) {
		if c.n, c.exact, err = l.d.App.Services.Count(ctx, f); err != nil {
			return c, err
		}
		c.products, err = l.d.App.Products.List(ctx)
		return c, err
	}, func(c counted, err error) {
		if err != nil {
			l.came(err)
			return
		}
		l.products = c.products
		l.filter.label()
		if l.onCount != nil {
			words := i18n.FormatInt(c.n)
			if !c.exact {
				words = i18n.T("more than %d", c.n)
			}
			l.onCount(words)
		}
		then()
	})
}

func (l *List) reader() paging.Reader[data.ServiceRow] {
	q := l.filter.query()
	return func(ctx context.Context, after data.Cursor, n int) ([]data.ServiceRow, []data.Cursor, error) {
		return l.d.App.Services.Page(ctx, q, after, false, n)
	}
}

// came shows what was read, or why it was not.
func (l *List) came(err error) {
	switch {
	case err != nil && l.rows.Len() > 0:
		l.d.Fail(err)
	case err != nil:
		l.instead(l.d.ErrorState(err, l.restart))
	case l.rows.Len() > 0:
		l.instead(l.grid)
	case l.filter.text() != "":
		l.instead(kit.NewEmptyState(icons.Search, i18n.T("No service found for “%s”", l.filter.text()),
			i18n.T("It is looked for among those that the filters leave."), kit.NewButton(i18n.T("Clear Filters"), icons.Close, l.filter.clear)))
	case l.filter.any():
		l.instead(kit.NewEmptyState(icons.Filter, i18n.T("No service fits these filters"), "", kit.NewButton(i18n.T("Clear Filters"), icons.Close, l.filter.clear)))
	default:
		l.instead(kit.NewEmptyState(icons.Services, i18n.T("No services yet"),
			i18n.T("What a client has is listed here, once or recurring. Active services are invoiced as they come due."),
			kit.NewPrimary(i18n.T("Add Service…"), icons.Add, l.Add)))
	}
	l.offer()
	l.takeFocus()
}

func (l *List) instead(o fyne.CanvasObject) {
	kit.Swap(l.d.Canvas(), l.middle, o)
}

// offer lets the buttons be pressed where a row is chosen.
func (l *List) offer() {
	for _, b := range l.single {
		if _, ok := l.rows.Chosen(); ok {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (l *List) menu(row int) *fyne.Menu {
	s, ok := l.rows.At(row)
	if !ok {
		return nil
	}
	status := fyne.NewMenuItem(i18n.T("Change Status"), nil)
	status.ChildMenu = l.statusMenu()
	items := []*fyne.MenuItem{fyne.NewMenuItem(i18n.T("Edit…"), l.open), status, fyne.NewMenuItem(i18n.T("Delete"), l.delete)}
	if l.client == 0 {
		items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(i18n.T("Open %s", s.ClientName), func() { l.d.Go.Client(s.ClientID) }))
	}
	return fyne.NewMenu("", items...)
}

func (l *List) statusMenu() *fyne.Menu {
	m := fyne.NewMenu("")
	s, _ := l.rows.Chosen()
	for _, to := range app.ServiceStatuses {
		word, _ := Status(to)
		item := fyne.NewMenuItem(word, func() { l.setStatus(s, to) })
		item.Checked = s.Status == to
		m.Items = append(m.Items, item)
	}
	return m
}

// setStatus changes the status at once, with a way back.
func (l *List) setStatus(s data.ServiceRow, to data.ServiceStatus) {
	if s.ID == 0 || s.Status == to {
		return
	}
	word, _ := Status(to)
	set := func(to data.ServiceStatus, done func()) {
		l.d.Run.Task(i18n.T("Change Status"), func(ctx context.Context, _ *task.Progress) error {
			return l.d.App.Services.SetStatus(ctx, s.ID, to)
		}, func(err error) {
			switch {
			case err == nil:
				done()
			case len(app.ProblemsOf(err)) > 0: // something is to be entered first
				l.d.Fail(err, kit.Action{Label: i18n.T("Edit…"), Do: func() { Edit(l.d, s.ID) }})
			default:
				l.d.Fail(err)
			}
		})
	}
	set(to, func() {
		l.d.Say(i18n.T("“%s” is %s now.", s.Description, word), kit.Action{Label: i18n.T("Undo"), Do: func() { set(s.Status, func() {}) }})
	})
}

// Add asks for a service; where the list is of all clients, for the client first.
func (l *List) Add() {
	if l.client != 0 {
		Add(l.d, l.client)
		return
	}
	palette.ChooseClient(l.d, i18n.T("Which client has the service?"), 0, func(c data.ClientRow) { Add(l.d, c.ID) })
}

func (l *List) open() {
	if s, ok := l.rows.Chosen(); ok {
		Edit(l.d, s.ID)
	}
}

// delete deletes at once, since it can be undone.
func (l *List) delete() {
	if !l.d.Allowed(app.Deleting) {
		return
	}
	s, ok := l.rows.Chosen()
	if !ok {
		return
	}
	var undo int64
	l.d.Act(i18n.T("Delete Service"), func(ctx context.Context) (err error) {
		undo, err = l.d.App.Services.Delete(ctx, s.ID)
		return err
	}, func() { l.d.Deleted(i18n.T("The service “%s” was deleted.", s.Description), undo) })
}
