package invoices

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/payment"
	"clientele/views/task"
)

const (
	// pageSize is how many invoices are read at once.
	pageSize = 200
	// mostKept is how many are read anew in place after a change; who scrolled on further finds the rest by scrolling again.
	mostKept = 5000
)

// List is a grid of invoices that reads on as one scrolls, so that a million of them open as fast as ten.
type List struct {
	// OnRead is called each time the list was read from its beginning, or in place after a change.
	OnRead func(Answer, error)

	d         *desk.Desk
	oneClient bool
	grid      *kit.Grid
	loader    *task.Loader[read]

	query data.InvoiceQuery
	rows  []data.InvoiceRow
	shown []*kit.Row
	end   data.Cursor // the place of the last row
	more  bool        // there may be others after it
}

// Answer is how many invoices a list has; Exact is false where N is only a lower bound. None tells that without any filter there would be none either.
type Answer struct {
	N     int64
	Exact bool
	None  bool
	Sums  []app.InvoiceSum // what they come to, by currency; none where N is only a lower bound
}

// read is what one reading brought.
type read struct {
	Answer
	rows   []data.InvoiceRow
	places []data.Cursor
}

// NewList returns a list that has read nothing yet. One of one client does not name the client in each row.
func NewList(d *desk.Desk, oneClient bool) *List {
	l := &List{OnRead: func(Answer, error) {}, d: d, oneClient: oneClient, loader: task.NewLoader[read](d.Run)}
	l.grid = kit.NewGrid(d.Run, columns(oneClient)...)
	l.grid.OnOpen = l.open
	l.grid.Menu = l.menu
	l.grid.SetSource(l)
	return l
}

// Grid is what is drawn.
func (l *List) Grid() *kit.Grid { return l.grid }

// Show reads a list from its beginning.
func (l *List) Show(q data.InvoiceQuery) {
	l.query = q
	l.read(pageSize, true)
}

// Refresh reads the list anew where it is. The cursor stays on its invoice.
func (l *List) Refresh() { l.read(min(max(len(l.rows), pageSize), mostKept), false) }

func (l *List) read(n int, fromTop bool) {
	q := l.query
	l.loader.Load(func(ctx context.Context) (r read, err error) {
		s := l.d.App.Invoices
		if r.N, r.Exact, err = s.Count(ctx, q.Filter); err != nil {
			return r, err
		}
		if r.N == 0 {
			all, _, err := s.Count(ctx, data.InvoiceFilter{ClientID: q.Filter.ClientID})
			r.None = all == 0
			return r, err
		}
		if r.Exact && !l.oneClient {
			if r.Sums, err = s.Sum(ctx, q.Filter); err != nil {
				return r, err
			}
		}
		r.rows, r.places, err = s.Page(ctx, q, nil, false, n)
		return r, err
	}, func(r read, err error) {
		if err != nil {
			l.OnRead(r.Answer, err)
			return
		}
		at := l.chosen()
		l.rows, l.shown, l.end = nil, nil, nil
		l.take(r, n)
		l.OnRead(r.Answer, nil)
		if fromTop {
			l.grid.Reset()
			return
		}
		l.grid.Update()
		if i := slices.IndexFunc(l.rows, func(r data.InvoiceRow) bool { return r.ID == at }); i != l.grid.Cursor() {
			l.grid.Select(i)
		}
	})
}

// on reads further where the list ends.
func (l *List) on() {
	if !l.more || l.loader.Busy() {
		return
	}
	q, at := l.query, l.end
	l.loader.Load(func(ctx context.Context) (r read, err error) {
		r.rows, r.places, err = l.d.App.Invoices.Page(ctx, q, at, false, pageSize)
		return r, err
	}, func(r read, err error) {
		if err != nil {
			l.d.Fail(err)
			return
		}
		l.take(r, pageSize)
		l.grid.Update()
	})
}

// take appends what was read of n that were asked for.
func (l *List) take(r read, n int) {
	today := date.Today(l.d.App.Now())
	for _, row := range r.rows {
		l.rows = append(l.rows, row)
		l.shown = append(l.shown, present(row, today, l.oneClient))
	}
	if len(r.places) > 0 {
		l.end = r.places[len(r.places)-1]
	}
	l.more = len(r.rows) == n
}

// chosen is the invoice under the cursor, or 0.
func (l *List) chosen() int64 {
	if i := l.grid.Cursor(); i >= 0 && i < len(l.rows) {
		return l.rows[i].ID
	}
	return 0
}

func (l *List) open(row int) {
	if row >= 0 && row < len(l.rows) {
		l.d.Go.Invoice(l.rows[row].ID)
	}
}

func (l *List) menu(row int) *fyne.Menu {
	r := l.rows[row]
	items := []*fyne.MenuItem{fyne.NewMenuItem(i18n.T("Open"), func() { l.d.Go.Invoice(r.ID) })}
	if !l.oneClient {
		items = append(items, fyne.NewMenuItem(i18n.T("Open Client"), func() { l.d.Go.Client(r.ClientID) }))
	}
	if r.Status != billing.Draft {
		words := i18n.T("Email Invoice…")
		if billing.Overdue(r.Status, r.Due, date.Today(l.d.App.Now())) {
			words = i18n.T("Send Reminder…")
		}
		items = append(items, fyne.NewMenuItemSeparator())
		if r.Status == billing.Unpaid || r.Status == billing.Collections {
			items = append(items, fyne.NewMenuItem(i18n.T("Record Payment…"), func() { payment.Show(l.d, r.ClientID, r.ID) }))
		}
		items = append(items, fyne.NewMenuItem(words, func() { l.d.Go.WriteMail(r.ClientID, app.Manual{Invoices: []int64{r.ID}}) }), fyne.NewMenuItemSeparator())
	}
	if r.Number != "" {
		items = append(items, fyne.NewMenuItem(i18n.T("Copy Number"), func() { fyne.CurrentApp().Clipboard().SetContent(r.Number) }))
	}
	return fyne.NewMenu("", items...)
}

// Len is for the grid.
func (l *List) Len() int { return len(l.shown) }

// Row is for the grid.
func (l *List) Row(i int) *kit.Row { return l.shown[i] }

// Want is for the grid; nearing the end reads on.
func (l *List) Want(_, last int) {
	if last >= len(l.shown)-1 {
		l.on()
	}
}
