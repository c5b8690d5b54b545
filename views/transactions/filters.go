package transactions

import (
	"encoding/json"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/clients"
	"clientele/views/kit"
)

// filterBar is the row of chips over the list: which transactions it shows. It also holds the order, which is remembered with them on the page of all.
type filterBar struct {
	search                 *kit.Entry // nil where the list is of one client
	list                   *List
	chips                  *fyne.Container
	when, method, currency *kit.Chip
	reset                  *kit.Button

	chosen     data.TransactionFilter
	ascending  bool
	methods    []string
	currencies []string
}

func newFilterBar(l *List) *filterBar {
	b := &filterBar{list: l}
	b.when = kit.NewMenuChip("", b.whenMenu)
	b.method = kit.NewMenuChip("", b.methodMenu)
	b.currency = kit.NewMenuChip("", b.currencyMenu)
	b.reset = kit.NewQuiet(i18n.T("Clear Filters"), nil, b.clear)
	b.chips = kit.NewChips(b.when, b.method, b.currency, b.reset)
	return b
}

// searching is the field to search with, which the page of all has. What is typed on the list goes there too.
func (b *filterBar) searching() fyne.CanvasObject {
	b.search = kit.NewSearchBox(i18n.T("Search by client, or by a whole transaction ID"), func(string) { b.list.restart() }, b.list.toGrid)
	b.list.grid.OnType = func(r rune) {
		b.list.d.Canvas().Focus(b.search)
		b.search.TypedRune(r)
	}
	return b.search
}

// query is what is to be shown, newest first unless chosen otherwise.
func (b *filterBar) query() data.TransactionQuery {
	f := b.chosen
	f.ClientID, f.Text = b.list.client, b.text()
	return data.TransactionQuery{Filter: f, Descending: !b.ascending}
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

// any tells whether something is left out.
func (b *filterBar) any() bool { return b.chosen != data.TransactionFilter{} || b.text() != "" }

func (b *filterBar) choose(change func(*data.TransactionFilter)) {
	change(&b.chosen)
	b.label()
	b.remember()
	b.list.restart()
}

func (b *filterBar) clear() {
	b.forget()
	b.choose(func(f *data.TransactionFilter) { *f = data.TransactionFilter{} })
}

func (b *filterBar) sort(descending bool) {
	b.ascending = !descending
	b.remember()
	b.list.restart()
}

// offer notes which currencies there are; a filter by one of them does not take the others away.
func (b *filterBar) offer(sums []app.TransactionSum) {
	for _, s := range sums {
		if c := string(s.In.Currency); !slices.Contains(b.currencies, c) {
			b.currencies = append(b.currencies, c)
		}
	}
	slices.Sort(b.currencies)
	b.label()
}

// label lets the chips say what they do. Where all is in one currency, there is nothing to choose.
func (b *filterBar) label() {
	f := b.chosen
	set := func(c *kit.Chip, word, chosen string) {
		if chosen != "" {
			word = chosen
		}
		c.SetLabel(word)
		c.Set(chosen != "")
	}
	set(b.when, i18n.T("Any day"), daysWords(f.From, f.To))
	set(b.method, i18n.T("Any method"), app.PaymentMethodWords(f.Method))
	set(b.currency, i18n.T("Any currency"), f.Currency)
	show(b.currency, len(b.currencies) > 1 || f.Currency != "")
	show(b.reset, b.any())
	b.chips.Refresh()
}

// daysWords is a range of days in words, or empty where it is open at both ends.
func daysWords(from, to date.Date) string {
	l := i18n.CurrentLocale()
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return i18n.T("From %s", from.Format(l))
	case from.IsZero():
		return i18n.T("Until %s", to.Format(l))
	}
	return i18n.T("%s to %s", from.Format(l), to.Format(l))
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

func (b *filterBar) whenMenu() *fyne.Menu {
	today := date.Today(b.list.d.App.Now())
	pick := func(from, to date.Date) func() {
		return func() { b.choose(func(f *data.TransactionFilter) { f.From, f.To = from, to }) }
	}
	month := today.StartOfMonth()
	year := date.MustNew(today.Year(), 1, 1)
	return fyne.NewMenu("",
		fyne.NewMenuItem(i18n.T("Any day"), pick(date.Date{}, date.Date{})),
		fyne.NewMenuItem(i18n.T("Last 7 days"), pick(today.AddDays(-6), today)),
		fyne.NewMenuItem(i18n.T("This month"), pick(month, month.AddMonths(1, 1).AddDays(-1))),
		fyne.NewMenuItem(i18n.T("Last month"), pick(month.AddMonths(-1, 1), month.AddDays(-1))),
		fyne.NewMenuItem(i18n.T("This year"), pick(year, date.MustNew(today.Year(), 12, 31))),
		fyne.NewMenuItem(i18n.T("Last year"), pick(year.AddMonths(-12, 1), year.AddDays(-1))),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(i18n.T("Between…"), b.between),
	)
}

func (b *filterBar) between() {
	clients.AskDays(b.list.d, i18n.T("Transactions between"), i18n.T("Show Transactions"), b.chosen.From, b.chosen.To, func(first, last date.Date) {
		b.choose(func(f *data.TransactionFilter) { f.From, f.To = first, last })
	})
}

func (b *filterBar) methodMenu() *fyne.Menu {
	return choiceMenu(i18n.T("Any method"), b.methods, app.PaymentMethodWords, func(v string) { b.choose(func(f *data.TransactionFilter) { f.Method = v }) })
}

func (b *filterBar) currencyMenu() *fyne.Menu {
	return choiceMenu(i18n.T("Any currency"), b.currencies, func(code string) string { return code }, func(v string) { b.choose(func(f *data.TransactionFilter) { f.Currency = v }) })
}

func choiceMenu(none string, all []string, words func(string) string, pick func(string)) *fyne.Menu {
	m := fyne.NewMenu("", fyne.NewMenuItem(none, func() { pick("") }))
	for _, v := range all {
		m.Items = append(m.Items, fyne.NewMenuItem(words(v), func() { pick(v) }))
	}
	return m
}

// remembered is how the page of all was left.
type remembered struct {
	From, To         date.Date
	Method, Currency string
	Ascending        bool
}

const (
	prefList   = "transactions.list"
	prefWidths = "transactions.widths"
)

func (b *filterBar) remember() {
	b.list.grid.SetSort("date", !b.ascending)
	if b.list.client != 0 {
		return
	}
	f := b.chosen
	if raw, err := json.Marshal(remembered{f.From, f.To, f.Method, f.Currency, b.ascending}); err == nil {
		b.list.d.Prefs.SetString(prefList, string(raw))
	}
}

// restore shows the page of all as it was left. What cannot be read is as if it had never been kept.
func (b *filterBar) restore() {
	l := b.list
	if l.client == 0 {
		var r remembered
		if json.Unmarshal([]byte(l.d.Prefs.String(prefList)), &r) == nil {
			b.chosen = data.TransactionFilter{From: r.From, To: r.To, Method: r.Method, Currency: r.Currency}
			b.ascending = r.Ascending
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
	l.grid.SetSort("date", !b.ascending)
	b.label()
}
