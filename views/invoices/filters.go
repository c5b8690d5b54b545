package invoices

import (
	"encoding/json"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/clients"
	"clientele/views/kit"
)

// filterBar is the row of chips over the list: which invoices it shows. It also holds the order, which is remembered with them.
type filterBar struct {
	page   *Page
	object *fyne.Container

	statuses map[data.InvoiceStatus]*kit.Chip
	late     *kit.Chip
	due      *kit.Chip
	currency *kit.Chip // there only while one is chosen; pressing it chooses none
	reset    *kit.Button

	filter     data.InvoiceFilter // OverdueOn is filled in as it is asked
	overdue    bool
	sort       data.InvoiceSort
	descending bool
}

func newFilterBar(p *Page) *filterBar {
	b := &filterBar{page: p, statuses: map[data.InvoiceStatus]*kit.Chip{}, sort: data.InvoicesByID, descending: true}
	var chips []fyne.CanvasObject
	for _, s := range billing.InvoiceStatuses() {
		b.statuses[s] = kit.NewChip(s.Name(), false, func(bool) { b.pickStatuses() })
		chips = append(chips, b.statuses[s])
		if s == billing.Unpaid {
			b.late = kit.NewChip(i18n.T("Overdue"), false, b.pickOverdue)
			chips = append(chips, b.late)
		}
	}
	b.due = kit.NewMenuChip(i18n.T("Due"), b.dueMenu)
	b.currency = kit.NewChip("", true, func(bool) { b.filter.Currency = ""; b.apply() })
	b.reset = kit.NewQuiet(i18n.T("Clear Filters"), nil, b.clear)
	b.object = kit.NewChips(append(chips, b.due, b.currency, b.reset)...)
	return b
}

// query is the list as the chips and what is searched for say.
func (b *filterBar) query(text string) data.InvoiceQuery {
	f := b.filter
	f.Text = strings.TrimSpace(text)
	if b.overdue {
		f.OverdueOn = date.Today(b.page.desk.App.Now())
	}
	return data.InvoiceQuery{Filter: f, Sort: b.sort, Descending: b.descending}
}

// take shows what a filter says.
func (b *filterBar) take(f data.InvoiceFilter) {
	b.overdue = !f.OverdueOn.IsZero()
	f.OverdueOn, f.Number, f.Text = date.Date{}, "", ""
	b.filter = f
	b.label()
}

// pickStatuses reads the chips. With none on, all are shown. Overdue says Unpaid already, so it goes out.
func (b *filterBar) pickStatuses() {
	b.overdue, b.filter.Statuses = false, nil
	for _, s := range billing.InvoiceStatuses() {
		if b.statuses[s].On() {
			b.filter.Statuses = append(b.filter.Statuses, s)
		}
	}
	b.apply()
}

func (b *filterBar) pickOverdue(on bool) {
	b.overdue, b.filter.Statuses = on, nil
	b.apply()
}

// apply shows the list by the present filter.
func (b *filterBar) apply() {
	b.label()
	b.remember()
	b.page.reload()
}

// clear shows all.
func (b *filterBar) clear() {
	b.filter, b.overdue = data.InvoiceFilter{}, false
	b.apply()
}

// label lets the chips say what they do.
func (b *filterBar) label() {
	for s, chip := range b.statuses {
		chip.Set(slices.Contains(b.filter.Statuses, s))
	}
	b.late.Set(b.overdue)
	b.due.SetLabel(b.dueLabel())
	b.due.Set(!b.filter.DueFrom.IsZero() || !b.filter.DueTo.IsZero())
	b.currency.SetLabel(b.filter.Currency)
	b.currency.Set(true)
	if b.filter.Currency == "" {
		b.currency.Hide()
	} else {
		b.currency.Show()
	}
	if len(b.filter.Statuses) == 0 && !b.overdue && !b.due.On() && b.filter.Currency == "" {
		b.reset.Hide()
	} else {
		b.reset.Show()
	}
	b.object.Refresh()
}

func (b *filterBar) dueLabel() string {
	l := i18n.CurrentLocale()
	from, to := b.filter.DueFrom, b.filter.DueTo
	switch {
	case from.IsZero() && to.IsZero():
		return i18n.T("Due")
	case to.IsZero():
		return i18n.T("Due from %s", from.Format(l))
	case from.IsZero():
		return i18n.T("Due until %s", to.Format(l))
	}
	return i18n.T("Due %s to %s", from.Format(l), to.Format(l))
}

func (b *filterBar) dueMenu() *fyne.Menu {
	today := date.Today(b.page.desk.App.Now())
	pick := func(from, to date.Date) func() {
		return func() { b.filter.DueFrom, b.filter.DueTo = from, to; b.apply() }
	}
	month := today.StartOfMonth()
	return fyne.NewMenu("",
		fyne.NewMenuItem(i18n.T("Any time"), pick(date.Date{}, date.Date{})),
		fyne.NewMenuItem(i18n.T("Today"), pick(today, today)),
		fyne.NewMenuItem(i18n.T("Next 7 days"), pick(today, today.AddDays(6))),
		fyne.NewMenuItem(i18n.T("This month"), pick(month, month.AddMonths(1, 1).AddDays(-1))),
		fyne.NewMenuItem(i18n.T("Last month"), pick(month.AddMonths(-1, 1), month.AddDays(-1))),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(i18n.T("Between…"), func() {
			clients.AskDays(b.page.desk, i18n.T("Invoices due between"), i18n.T("Show Invoices"), b.filter.DueFrom, b.filter.DueTo, func(first, last date.Date) {
				b.filter.DueFrom, b.filter.DueTo = first, last
				b.apply()
			})
		}),
	)
}

// remembered is how the list was left.
type remembered struct {
	Statuses   []data.InvoiceStatus
	Overdue    bool
	From, To   date.Date
	Sort       data.InvoiceSort
	Descending bool
}

const (
	prefList   = "invoices.list"
	prefWidths = "invoices.widths"
)

// remember keeps filter and order for the next start.
func (b *filterBar) remember() {
	raw, err := json.Marshal(remembered{b.filter.Statuses, b.overdue, b.filter.DueFrom, b.filter.DueTo, b.sort, b.descending})
	if err == nil {
		b.page.desk.Prefs.SetString(prefList, string(raw))
	}
}

// restore shows the list as it was left. What cannot be read is as if it had never been kept.
func (p *Page) restore() {
	var r remembered
	if json.Unmarshal([]byte(p.desk.Prefs.String(prefList)), &r) == nil && r.Sort != "" {
		p.bar.filter = data.InvoiceFilter{Statuses: r.Statuses, DueFrom: r.From, DueTo: r.To}
		p.bar.overdue, p.bar.sort, p.bar.descending = r.Overdue, r.Sort, r.Descending
	}
	p.bar.label()
	p.list.Grid().SetSort(string(p.bar.sort), p.bar.descending)
	var widths map[string]float32
	if json.Unmarshal([]byte(p.desk.Prefs.String(prefWidths)), &widths) == nil && len(widths) > 0 {
		p.list.Grid().SetWidths(widths)
	}
}

func (p *Page) rememberWidths(widths map[string]float32) {
	if raw, err := json.Marshal(widths); err == nil {
		p.desk.Prefs.SetString(prefWidths, string(raw))
	}
}
