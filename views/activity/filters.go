package activity

import (
	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/views/clients"
	"clientele/views/desk"
	"clientele/views/kit"
)

// filterBar is the row of chips over the list: which lines it shows.
type filterBar struct {
	d        *desk.Desk
	clientID int64
	apply    func()

	chips              *fyne.Container
	kind, person, when *kit.Chip
	reset              *kit.Button

	chosen app.LogFilter
	people []string
}

func newFilterBar(d *desk.Desk, clientID int64, apply func()) *filterBar {
	b := &filterBar{d: d, clientID: clientID, apply: apply}
	b.kind = kit.NewMenuChip("", b.kindMenu)
	b.person = kit.NewMenuChip("", b.personMenu)
	b.when = kit.NewMenuChip("", b.whenMenu)
	b.reset = kit.NewQuiet(i18n.T("Clear Filters"), nil, b.clear)
	b.chips = kit.NewButtons(b.kind, b.person, b.when, b.reset)
	b.label()
	return b
}

// filter is what is to be shown.
func (b *filterBar) filter() app.LogFilter {
	f := b.chosen
	f.ClientID = b.clientID
	return f
}

// any tells whether something is left out.
func (b *filterBar) any() bool { return b.chosen != app.LogFilter{} }

// choose shows the lines of another filter.
func (b *filterBar) choose(change func(*app.LogFilter)) {
	change(&b.chosen)
	b.label()
	b.apply()
}

func (b *filterBar) clear() { b.choose(func(f *app.LogFilter) { *f = app.LogFilter{} }) }

// label lets the chips say what they do.
func (b *filterBar) label() {
	f := b.chosen
	kind, person := i18n.T("Kind"), i18n.T("Person")
	if f.Kind != "" {
		kind = app.KindName(f.Kind)
	}
	if f.Who != "" {
		person = f.Who
	}
	b.kind.SetLabel(kind)
	b.kind.Set(f.Kind != "")
	b.person.SetLabel(person)
	b.person.Set(f.Who != "")
	b.when.SetLabel(b.whenLabel())
	b.when.Set(!f.From.IsZero() || !f.To.IsZero())
	if b.any() {
		b.reset.Show()
	} else {
		b.reset.Hide()
	}
	b.chips.Refresh()
}

func (b *filterBar) whenLabel() string {
	l := i18n.CurrentLocale()
	from, to := b.chosen.From, b.chosen.To
	switch {
	case from.IsZero() && to.IsZero():
		return i18n.T("When")
	case to.IsZero():
		return i18n.T("From %s", from.Format(l))
	case from.IsZero():
		return i18n.T("Until %s", to.Format(l))
	case from == to:
		return from.Format(l)
	}
	return i18n.T("%s to %s", from.Format(l), to.Format(l))
}

func (b *filterBar) kindMenu() *fyne.Menu {
	pick := func(kind app.LogKind) func() { return func() { b.choose(func(f *app.LogFilter) { f.Kind = kind }) } }
	m := fyne.NewMenu("", fyne.NewMenuItem(i18n.T("Any kind"), pick("")))
	for _, k := range b.d.App.Log.Kinds() {
		m.Items = append(m.Items, fyne.NewMenuItem(app.KindName(k), pick(k)))
	}
	return m
}

func (b *filterBar) personMenu() *fyne.Menu {
	pick := func(who string) func() { return func() { b.choose(func(f *app.LogFilter) { f.Who = who }) } }
	m := fyne.NewMenu("", fyne.NewMenuItem(i18n.T("Any person"), pick("")))
	for _, who := range b.people {
		m.Items = append(m.Items, fyne.NewMenuItem(who, pick(who)))
	}
	return m
}

func (b *filterBar) whenMenu() *fyne.Menu {
	today := date.Today(b.d.App.Now())
	pick := func(from, to date.Date) func() {
		return func() { b.choose(func(f *app.LogFilter) { f.From, f.To = from, to }) }
	}
	month := today.StartOfMonth()
	return fyne.NewMenu("",
		fyne.NewMenuItem(i18n.T("Any time"), pick(date.Date{}, date.Date{})),
		fyne.NewMenuItem(i18n.T("Today"), pick(today, today)),
		fyne.NewMenuItem(i18n.T("Last 7 days"), pick(today.AddDays(-6), today)),
		fyne.NewMenuItem(i18n.T("This month"), pick(month, today)),
		fyne.NewMenuItem(i18n.T("Last month"), pick(month.AddMonths(-1, 1), month.AddDays(-1))),
		fyne.NewMenuItem(i18n.T("Last 12 months"), pick(month.AddMonths(-11, 1), today)),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(i18n.T("Between…"), b.between),
	)
}

// between asks for two days.
func (b *filterBar) between() {
	clients.AskDays(b.d, i18n.T("What was done between"), i18n.T("Show Lines"), b.chosen.From, b.chosen.To, func(first, last date.Date) {
		b.choose(func(f *app.LogFilter) { f.From, f.To = first, last })
	})
}
