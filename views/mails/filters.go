package mails

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/clients"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/palette"
)

// searchAfter is how long nothing must be typed before a text is looked for.
const searchAfter = 300 * time.Millisecond

// filters are what narrows the list besides the states: a text, what kind of mail it is, who it went to, and when.
type filters struct {
	d       *desk.Desk
	apply   func()
	chosen  app.MailFilter // its states are those of the chips below
	client  string         // the name of the chosen one
	own     []app.MailTemplate
	pending func()

	search             *kit.Entry
	kind, person, when *kit.Chip
	reset              *kit.Button
	object             *fyne.Container
}

func newFilters(d *desk.Desk, apply func(), goOn func()) *filters {
	f := &filters{d: d, apply: apply}
	f.search = kit.NewSearchBox(i18n.T("Subject or address"), f.typed, goOn)
	f.kind = kit.NewMenuChip("", f.kindMenu)
	f.person = kit.NewMenuChip("", f.personMenu)
	f.when = kit.NewMenuChip("", f.whenMenu)
	f.reset = kit.NewQuiet(i18n.T("Clear Filters"), nil, f.clear)
	f.object = kit.Border(nil, nil, nil, kit.NewButtons(f.kind, f.person, f.when, f.reset), f.search)
	f.label()
	return f
}

// typed looks for a text once nothing more is typed.
func (f *filters) typed(text string) {
	if f.pending != nil {
		f.pending()
	}
	f.pending = f.d.Run.After(searchAfter, func() {
		f.pending = nil
		if text = strings.TrimSpace(text); text != f.chosen.Text {
			f.choose(func(m *app.MailFilter) { m.Text = text })
		}
	})
}

// choose shows the mails of another filter.
func (f *filters) choose(change func(*app.MailFilter)) {
	change(&f.chosen)
	f.label()
	f.apply()
}

func (f *filters) clear() {
	f.client = ""
	f.search.SetText("")
	f.choose(func(m *app.MailFilter) { *m = app.MailFilter{} })
}

// label lets the chips say what they do.
func (f *filters) label() {
	kind, person := i18n.T("Kind"), i18n.T("Client")
	if f.chosen.Kind != "" {
		kind = f.nameOf(f.chosen.Kind)
	}
	if f.chosen.ClientID != 0 {
		person = f.client
	}
	f.kind.SetLabel(kind)
	f.kind.Set(f.chosen.Kind != "")
	f.person.SetLabel(person)
	f.person.Set(f.chosen.ClientID != 0)
	f.when.SetLabel(f.whenLabel())
	f.when.Set(!f.chosen.From.IsZero() || !f.chosen.To.IsZero())
	f.reset.Hidden = !f.chosen.Narrowed()
	f.object.Refresh()
}

func (f *filters) whenLabel() string {
	l := i18n.CurrentLocale()
	from, to := f.chosen.From, f.chosen.To
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

func (f *filters) nameOf(kind string) string {
	for _, k := range app.MailKinds() {
		if k.Kind == kind {
			return k.Name
		}
	}
	for _, t := range f.own {
		if t.Kind == kind {
			return t.Name
		}
	}
	return kind
}

func (f *filters) kindMenu() *fyne.Menu {
	pick := func(kind string) func() { return func() { f.choose(func(m *app.MailFilter) { m.Kind = kind }) } }
	m := fyne.NewMenu("", fyne.NewMenuItem(i18n.T("Any kind"), pick("")))
	for _, k := range app.MailKinds() {
		m.Items = append(m.Items, fyne.NewMenuItem(k.Name, pick(k.Kind)))
	}
	for _, t := range f.own {
		m.Items = append(m.Items, fyne.NewMenuItem(t.Name, pick(t.Kind)))
	}
	return m
}

func (f *filters) personMenu() *fyne.Menu {
	return fyne.NewMenu("",
		fyne.NewMenuItem(i18n.T("Any client"), func() { f.choose(func(m *app.MailFilter) { m.ClientID = 0 }) }),
		fyne.NewMenuItem(i18n.T("Choose a Client…"), func() {
			palette.ChooseClient(f.d, i18n.T("Mails to which client?"), 0, func(c data.ClientRow) {
				f.client = strings.TrimSpace(c.FirstName + " " + c.LastName)
				f.choose(func(m *app.MailFilter) { m.ClientID = c.ID })
			})
		}))
}

func (f *filters) whenMenu() *fyne.Menu {
	today := date.Today(f.d.App.Now())
	pick := func(from, to date.Date) func() {
		return func() { f.choose(func(m *app.MailFilter) { m.From, m.To = from, to }) }
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
		fyne.NewMenuItem(i18n.T("Between…"), func() {
			clients.AskDays(f.d, i18n.T("Mails written between"), i18n.T("Show Mails"), f.chosen.From, f.chosen.To, func(first, last date.Date) {
				f.choose(func(m *app.MailFilter) { m.From, m.To = first, last })
			})
		}),
	)
}
