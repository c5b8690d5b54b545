// Package transactions shows money that came in and went out: of one client in its tab, and of all on a page of its own (IN-6).
package transactions

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/paging"
	"clientele/views/palette"
	"clientele/views/payment"
	"clientele/views/task"
	"clientele/views/theme"
)

// reloadEvery is how often the list is read anew while changes come in.
const reloadEvery = 400 * time.Millisecond

// List is the transactions of one client, or of all, with what they come to and what can be done with them.
type List struct {
	d      *desk.Desk
	client int64 // 0 for all

	filter *filterBar
	grid   *kit.Grid
	rows   *paging.List[data.Transaction]
	summer *task.Loader[[]app.TransactionSum]
	known  *task.Loader[[]string]
	total  *totals
	edit   *kit.Button
	remove *kit.Button
	middle *fyne.Container
	object fyne.CanvasObject

	seen  bool
	focus fyne.Canvas // where the list takes the keyboard once it is there
	stale func()      // stops the reload that is due
	// onCount is told how many there are; nil where nobody asks.
	onCount func(n int64)
}

// NewList returns the transactions of a client, or of all where the number is 0. It reads nothing before it is first shown.
func NewList(d *desk.Desk, clientID int64) *List {
	l := &List{
		d: d, client: clientID, summer: task.NewLoader[[]app.TransactionSum](d.Run), known: task.NewLoader[[]string](d.Run),
		total: newTotals(d), middle: container.NewStack(),
	}
	l.filter = newFilterBar(l)
	l.grid = kit.NewGrid(d.Run, columns(clientID == 0)...)
	l.grid.OnOpen = func(int) { l.open() }
	l.grid.OnDelete = l.delete
	l.grid.OnSelect = func(int) { l.offer() }
	l.grid.OnSort = func(_ string, descending bool) { l.filter.sort(descending) }
	l.grid.Menu = l.menu
	l.rows = paging.New(d.Run, l.grid, paging.Spec[data.Transaction]{
		Reader: l.reader, Row: l.row, ID: func(t data.Transaction) int64 { return t.ID }, Came: l.came,
	})
	l.edit = kit.NewButton(i18n.T("Edit…"), icons.Edit, l.open)
	l.remove = kit.NewButton(i18n.T("Delete…"), icons.Delete, l.delete)
	l.filter.restore()
	l.offer()
	top := container.New(layout.NewCustomPaddedVBoxLayout(2 * theme.Unit))
	if clientID == 0 {
		top.Add(l.filter.searching())
	}
	top.Add(l.filter.chips)
	top.Add(l.total.object)
	l.object = kit.Border(container.New(layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0), top), nil, nil, nil, l.middle)
	return l
}

func columns(all bool) []kit.Column {
	cols := []kit.Column{{Key: "date", Title: i18n.T("Date"), Width: 92, Sortable: true}}
	if all {
		cols = append(cols, kit.Column{Key: "client", Title: i18n.T("Client"), Width: 130, Grow: true})
	}
	return append(cols,
		kit.Column{Key: "method", Title: i18n.T("Method"), Width: 92},
		kit.Column{Key: "description", Title: i18n.T("Description"), Width: 150, Grow: true},
		kit.Column{Key: "reference", Title: i18n.T("Transaction ID"), Width: 120},
		kit.Column{Key: "in", Title: i18n.T("In"), Kind: kit.NumberColumn, Width: 98},
		kit.Column{Key: "fees", Title: i18n.T("Fees"), Kind: kit.NumberColumn, Width: 76},
		kit.Column{Key: "out", Title: i18n.T("Out"), Kind: kit.NumberColumn, Width: 88},
		kit.Column{Key: "invoices", Title: i18n.T("Invoices"), Width: 80},
	)
}

func (l *List) row(t data.Transaction) *kit.Row {
	locale := i18n.CurrentLocale()
	amount := func(minor int64) string {
		if minor == 0 {
			return ""
		}
		return money.New(minor, money.Currency(t.Currency)).Format(locale)
	}
	cells := []string{t.Date.Format(locale)}
	if l.client == 0 {
		cells = append(cells, t.ClientName)
	}
	return &kit.Row{
		Cells: append(cells, app.PaymentMethodWords(t.Method), t.Description, t.Reference, amount(t.AmountIn), amount(t.Fees), amount(t.AmountOut), t.Invoices),
		Muted: t.ClientID == nil,
	}
}

// Object is what is drawn.
func (l *List) Object() fyne.CanvasObject { return l.object }

// Actions are the buttons for what can be done, the one that adds last.
func (l *List) Actions() []fyne.CanvasObject {
	all := []fyne.CanvasObject{l.edit, l.remove}
	if l.client == 0 {
		all = append(all, kit.NewQuiet(i18n.T("Export"), icons.Export, func() { l.export().Ask(l.d) }))
	}
	if l.client != 0 {
		all = append(all, kit.NewButton(i18n.T("Record Payment…"), nil, func() { payment.Show(l.d, l.client, 0) }))
	}
	return append(all, kit.NewPrimary(i18n.T("Add Transaction…"), icons.Add, l.Add))
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
	if !l.seen || l.stale != nil || c.Topic != app.TopicTransactions || l.client != 0 && c.ClientID != 0 && c.ClientID != l.client {
		return
	}
	l.stale = l.d.Run.After(reloadEvery, func() {
		l.stale = nil
		l.rows.Refresh()
		l.sum()
	})
}

func (l *List) reader() paging.Reader[data.Transaction] {
	q := l.filter.query()
	return func(ctx context.Context, after data.Cursor, n int) ([]data.Transaction, []data.Cursor, error) {
		return l.d.App.Transactions.Page(ctx, q, after, false, n)
	}
}

// restart shows the list from its beginning, with what it comes to.
func (l *List) restart() {
	if !l.seen {
		return
	}
	l.rows.Restart()
	l.sum()
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
		l.instead(kit.NewEmptyState(icons.Search, i18n.T("No transaction found for “%s”", l.filter.text()),
			i18n.T("It is looked for among those that the filters leave."), kit.NewButton(i18n.T("Clear Filters"), icons.Close, l.filter.clear)))
	case l.filter.any():
		l.instead(kit.NewEmptyState(icons.Filter, i18n.T("No transaction fits these filters"), "", kit.NewButton(i18n.T("Clear Filters"), icons.Close, l.filter.clear)))
	default:
		l.instead(kit.NewEmptyState(icons.Transactions, i18n.T("No transactions yet"),
			i18n.T("Money that comes in or goes out is listed here: payments, refunds and expenses."), kit.NewPrimary(i18n.T("Add Transaction…"), icons.Add, l.Add)))
	}
	l.offer()
	l.takeFocus()
}

func (l *List) instead(o fyne.CanvasObject) {
	kit.Swap(l.d.Canvas(), l.middle, o)
}

// sum adds up in the background what the filter leaves. Methods that came to be used are offered by the filter from then on.
func (l *List) sum() {
	f := l.filter.query().Filter
	l.summer.Load(func(ctx context.Context) ([]app.TransactionSum, error) { return l.d.App.Transactions.Sum(ctx, f) }, func(sums []app.TransactionSum, err error) {
		if err != nil {
			l.total.fail(err)
			return
		}
		l.total.show(sums)
		l.object.Refresh()
		l.filter.offer(sums)
		n := int64(0)
		for _, s := range sums {
			n += s.N
		}
		if l.onCount != nil {
			l.onCount(n)
		}
	})
	l.known.Load(l.d.App.Transactions.Methods, func(all []string, err error) {
		if err == nil { // else the sums, or the rows, tell
			l.filter.methods = all
		}
	})
}

// offer lets the buttons be pressed where a row is chosen.
func (l *List) offer() {
	for _, b := range []*kit.Button{l.edit, l.remove} {
		if _, ok := l.rows.Chosen(); ok {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (l *List) menu(row int) *fyne.Menu {
	t, ok := l.rows.At(row)
	if !ok {
		return nil
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(i18n.T("Edit…"), l.open), fyne.NewMenuItem(i18n.T("Delete…"), l.delete)}
	if l.client == 0 && t.ClientID != nil {
		id := *t.ClientID
		items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(i18n.T("Open %s", t.ClientName), func() { l.d.Go.Client(id) }))
	}
	return fyne.NewMenu("", items...)
}

// Add asks for a transaction; where the list is of all clients, for the client first.
func (l *List) Add() {
	if l.client != 0 {
		Add(l.d, l.client)
		return
	}
	palette.ChooseClient(l.d, i18n.T("Which client is the transaction of?"), 0, func(c data.ClientRow) { Add(l.d, c.ID) })
}

func (l *List) open() {
	if t, ok := l.rows.Chosen(); ok {
		Edit(l.d, t.ID)
	}
}

func (l *List) delete() {
	if !l.d.Allowed(app.Deleting) {
		return
	}
	if t, ok := l.rows.Chosen(); ok {
		Delete(l.d, t.ID)
	}
}
