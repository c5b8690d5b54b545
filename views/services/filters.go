package services

import (
	"encoding/json"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/inputs"
	"clientele/views/kit"
)

// filterBar is the row of chips over the list: which services it shows. It also holds the order, which is remembered with them on the page of all.
type filterBar struct {
	search       *kit.Entry // nil where the list is of one client
	list         *List
	chips        *fyne.Container
	statuses     map[data.ServiceStatus]*kit.Chip
	product, due *kit.Chip
	reset        *kit.Button

	chosen     data.ServiceFilter
	byDue      bool
	descending bool
}

func newFilterBar(l *List) *filterBar {
	b := &filterBar{list: l, statuses: map[data.ServiceStatus]*kit.Chip{}, descending: true}
	var chips []fyne.CanvasObject
	for _, s := range app.ServiceStatuses {
		word, _ := Status(s)
		b.statuses[s] = kit.NewChip(word, false, func(bool) { b.pickStatuses() })
		chips = append(chips, b.statuses[s])
	}
	b.product = kit.NewMenuChip("", b.productMenu)
	b.due = kit.NewMenuChip("", b.dueMenu)
	b.reset = kit.NewQuiet(i18n.T("Clear Filters"), nil, b.clear)
	b.chips = kit.NewChips(append(chips, b.product, b.due, b.reset)...)
	return b
}

// searching is the field to search with, which the page of all has. What is typed on the list goes there too.
func (b *filterBar) searching() fyne.CanvasObject {
	b.search = kit.NewSearchBox(i18n.T("Search by client"), func(string) { b.list.restart() }, b.list.toGrid)
	b.list.grid.OnType = func(r rune) {
		b.list.d.Canvas().Focus(b.search)
		b.search.TypedRune(r)
	}
	return b.search
}

// query is what is to be shown, newest first unless chosen otherwise.
func (b *filterBar) query() data.ServiceQuery {
	f := b.chosen
	f.ClientID, f.Text = b.list.client, b.text()
	return data.ServiceQuery{Filter: f, ByDue: b.byDue, Descending: b.descending}
}

// text is what is searched for.
func (b *filterBar) text() string {
	if b.search == nil {
		return ""
	}
	return strings.TrimSpace(b.search.Text)
}

// forget empties the search, without reading the list for it.
func (b *filterBar) forget() {
	if b.search != nil {
		b.search.OnChanged = nil
		b.search.SetText("")
		b.search.OnChanged = func(string) { b.list.restart() }
	}
}

// any tells whether something is left out. A list by due date has only what is due.
func (b *filterBar) any() bool {
	return len(b.chosen.Statuses) > 0 || b.chosen.ProductID != 0 || !b.chosen.DueTo.IsZero() || b.byDue || b.text() != ""
}

// pickStatuses reads the chips. With none on, all are shown.
func (b *filterBar) pickStatuses() {
	b.choose(func(f *data.ServiceFilter) {
		f.Statuses = nil
		for _, s := range app.ServiceStatuses {
			if b.statuses[s].On() {
				f.Statuses = append(f.Statuses, s)
			}
		}
	})
}

func (b *filterBar) choose(change func(*data.ServiceFilter)) {
	change(&b.chosen)
	b.label()
	b.remember()
	b.list.restart()
}

func (b *filterBar) clear() {
	b.forget()
	b.byDue, b.descending = false, true
	b.choose(func(f *data.ServiceFilter) { *f = data.ServiceFilter{} })
}

func (b *filterBar) sort(byDue, descending bool) {
	b.byDue, b.descending = byDue, descending
	b.choose(func(*data.ServiceFilter) {})
}

// label lets the chips say what they do.
func (b *filterBar) label() {
	f := b.chosen
	for s, chip := range b.statuses {
		chip.Set(slices.Contains(f.Statuses, s))
	}
	product, due := i18n.T("Any product"), i18n.T("Due any day")
	if f.ProductID != 0 {
		product = b.list.productName(&f.ProductID)
	}
	if !f.DueTo.IsZero() {
		due = i18n.T("Due until %s", f.DueTo.Format(i18n.CurrentLocale()))
	}
	b.product.SetLabel(product)
	b.product.Set(f.ProductID != 0)
	b.due.SetLabel(due)
	b.due.Set(!f.DueTo.IsZero())
	if b.any() {
		b.reset.Show()
	} else {
		b.reset.Hide()
	}
	b.list.grid.SetSort(b.sortKey(), b.descending)
	b.chips.Refresh()
}

func (b *filterBar) sortKey() string {
	if b.byDue {
		return keyDue
	}
	return keyNumber
}

func (b *filterBar) productMenu() *fyne.Menu {
	pick := func(id int64) func() { return func() { b.choose(func(f *data.ServiceFilter) { f.ProductID = id }) } }
	m := fyne.NewMenu("", fyne.NewMenuItem(i18n.T("Any product"), pick(0)))
	for _, p := range b.list.products {
		m.Items = append(m.Items, fyne.NewMenuItem(p.Name, pick(p.ID)))
	}
	return m
}

func (b *filterBar) dueMenu() *fyne.Menu {
	today := date.Today(b.list.d.App.Now())
	pick := func(to date.Date) func() {
		return func() {
			b.choose(func(f *data.ServiceFilter) { f.DueTo = to })
		}
	}
	return fyne.NewMenu("",
		fyne.NewMenuItem(i18n.T("Due any day"), pick(date.Date{})),
		fyne.NewMenuItem(i18n.T("Until today"), pick(today)),
		fyne.NewMenuItem(i18n.T("Until in 7 days"), pick(today.AddDays(7))),
		fyne.NewMenuItem(i18n.T("Until in 30 days"), pick(today.AddDays(30))),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(i18n.T("Until…"), b.askDue),
	)
}

func (b *filterBar) askDue() {
	form := kit.NewForm(kit.Group{Fields: []kit.Field{{Key: app.FieldNextDue, Label: i18n.T("Due until"), Wide: true, Input: inputs.Date(b.list.d.Run.Now)}}})
	if !b.chosen.DueTo.IsZero() {
		form.SetValues(map[string]string{app.FieldNextDue: b.chosen.DueTo.Format(i18n.CurrentLocale())})
	}
	kit.ShowDialog(b.list.d.Canvas(), kit.Dialog{Title: i18n.T("Services that are due"), Form: form, Action: i18n.T("Show Services"), Do: func(done func(error)) {
		r := inputs.Read(form)
		to := r.Date(app.FieldNextDue)
		if !r.Good() {
			done(errMarked())
			return
		}
		done(nil)
		b.choose(func(f *data.ServiceFilter) { f.DueTo = to })
	}})
}

// remembered is how the page of all was left.
type remembered struct {
	Statuses   []data.ServiceStatus
	Product    int64
	DueTo      date.Date
	ByDue      bool
	Descending bool
}

const (
	prefList   = "services.list"
	prefWidths = "services.widths"
)

func (b *filterBar) remember() {
	if b.list.client != 0 {
		return
	}
	f := b.chosen
	if raw, err := json.Marshal(remembered{f.Statuses, f.ProductID, f.DueTo, b.byDue, b.descending}); err == nil {
		b.list.d.Prefs.SetString(prefList, string(raw))
	}
}

// restore shows the page of all as it was left. What cannot be read is as if it had never been kept.
func (b *filterBar) restore() {
	l := b.list
	if l.client == 0 {
		var r remembered
		if json.Unmarshal([]byte(l.d.Prefs.String(prefList)), &r) == nil {
			b.chosen = data.ServiceFilter{Statuses: r.Statuses, ProductID: r.Product, DueTo: r.DueTo}
			b.byDue, b.descending = r.ByDue, r.Descending
		}
		var widths map[string]float32
		if json.Unmarshal([]byte(l.d.Prefs.String(prefWidths)), &widths) == nil && len(widths) > 0 {
			l.grid.SetWidths(widths)
		}
		l.grid.OnWidths = func(widths map[string]float32) {
			if raw, err := json.Marshal(widths); err == nil {
				l.d.Prefs.SetString(prefWidths, string(raw))
			}
		}
	}
	b.label()
}
