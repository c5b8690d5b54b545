package clients

import (
	"encoding/json"
	"image/color"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/settings/choices"
	"clientele/views/theme"
)

// filterBar is the row of chips over the list: which clients it shows. It also holds the order, which is remembered with them.
type filterBar struct {
	page   *Page
	object *fyne.Container // the chips, or the note in their place
	chips  *fyne.Container
	note   *kit.Para

	statuses map[data.Status]*kit.Chip
	group    *kit.Chip
	country  *kit.Chip
	credit   *kit.Chip
	owes     *kit.Chip
	created  *kit.Chip
	reset    *kit.Button

	filter     data.ClientFilter
	sort       data.ClientSort
	descending bool
	groups     []data.Group
	countries  []string
}

// usual are the statuses that are shown unless somebody chooses otherwise (CL-1).
var usual = []data.Status{data.Active, data.Inactive}

func newFilterBar(p *Page) *filterBar {
	b := &filterBar{page: p, statuses: map[data.Status]*kit.Chip{}, filter: data.ClientFilter{Statuses: usual}, sort: data.ByLastName}
	var chips []fyne.CanvasObject
	for _, s := range []data.Status{data.Active, data.Inactive, data.Closed} {
		b.statuses[s] = kit.NewChip(i18n.Text(string(s)), slices.Contains(usual, s), func(bool) { b.pickStatuses() })
		chips = append(chips, b.statuses[s])
	}
	b.group = kit.NewMenuChip(i18n.T("Group"), b.groupMenu)
	b.country = kit.NewMenuChip(i18n.T("Country"), b.countryMenu)
	b.credit = kit.NewChip(i18n.T("Has credit"), false, func(on bool) { b.filter.HasCredit = on; b.apply() })
	b.owes = kit.NewChip(i18n.T("Owes money"), false, func(on bool) { b.filter.Owes = on; b.apply() })
	b.created = kit.NewMenuChip(i18n.T("Created"), b.createdMenu)
	b.reset = kit.NewQuiet(i18n.T("Clear Filters"), nil, b.clear)
	chips = append(chips, b.group, b.country, b.credit, b.owes, b.created, b.reset)
	b.chips = kit.NewChips(chips...)
	b.note = kit.NewLine(i18n.T("Searching all clients, closed ones too. Filters count again when the search is empty."), theme.Muted)
	b.note.Hide()
	room := canvas.NewRectangle(color.Transparent) // so that the list does not jump when the note comes
	room.SetMinSize(fyne.NewSize(1, b.credit.MinSize().Height))
	b.object = container.NewStack(room, b.chips, container.NewVBox(layout.NewSpacer(), b.note, layout.NewSpacer()))
	return b
}

func (b *filterBar) query() data.ClientQuery {
	return data.ClientQuery{Filter: b.filter, Sort: b.sort, Descending: b.descending}
}

// pickStatuses reads the chips. With none on, all are shown.
func (b *filterBar) pickStatuses() {
	b.filter.Statuses = nil
	for _, s := range []data.Status{data.Active, data.Inactive, data.Closed} {
		if b.statuses[s].On() {
			b.filter.Statuses = append(b.filter.Statuses, s)
		}
	}
	b.apply()
}

// apply shows the list by the present filter.
func (b *filterBar) apply() {
	b.label()
	b.remember()
	b.page.reload()
}

// clear shows what is shown usually.
func (b *filterBar) clear() {
	b.filter = data.ClientFilter{Statuses: usual}
	b.apply()
}

// label lets the chips say what they do.
func (b *filterBar) label() {
	for s, chip := range b.statuses {
		chip.Set(slices.Contains(b.filter.Statuses, s))
	}
	b.credit.Set(b.filter.HasCredit)
	b.owes.Set(b.filter.Owes)
	group := i18n.T("Group")
	for _, g := range b.groups {
		if g.ID == b.filter.Group {
			group = g.Name
		}
	}
	b.group.SetLabel(group)
	b.group.Set(b.filter.Group != 0)
	country := i18n.T("Country")
	if b.filter.Country != "" {
		country = i18n.CountryName(b.filter.Country)
	}
	b.country.SetLabel(country)
	b.country.Set(b.filter.Country != "")
	b.created.SetLabel(b.createdLabel())
	b.created.Set(!b.filter.CreatedFrom.IsZero() || !b.filter.CreatedTo.IsZero())
	if slices.Equal(b.filter.Statuses, usual) && b.filter.Group == 0 && b.filter.Country == "" && !b.filter.HasCredit && !b.filter.Owes && !b.created.On() {
		b.reset.Hide()
	} else {
		b.reset.Show()
	}
	b.object.Refresh()
}

func (b *filterBar) createdLabel() string {
	l := i18n.CurrentLocale()
	from, to := b.filter.CreatedFrom, b.filter.CreatedTo
	switch {
	case from.IsZero() && to.IsZero():
		return i18n.T("Created")
	case to.IsZero():
		return i18n.T("Created from %s", from.Format(l))
	case from.IsZero():
		return i18n.T("Created until %s", to.Format(l))
	}
	return i18n.T("Created %s to %s", from.Format(l), to.Format(l))
}

// searching shows that a search looks at all clients, whatever the chips say.
func (b *filterBar) searching(on bool) {
	if on == b.note.Visible() {
		return
	}
	if on {
		b.chips.Hide()
		b.note.Show()
		b.page.grid.SetSort("", false) // what is found has an order of its own
	} else {
		b.note.Hide()
		b.chips.Show()
		b.page.grid.SetSort(string(b.sort), b.descending)
	}
}

// offer tells which groups and countries there are.
func (b *filterBar) offer(groups []data.Group, countries []string) {
	if slices.Equal(b.groups, groups) && slices.Equal(b.countries, countries) {
		return
	}
	b.groups, b.countries = groups, countries
	b.label()
}

func (b *filterBar) groupMenu() *fyne.Menu {
	pick := func(id int64) func() { return func() { b.filter.Group = id; b.apply() } }
	items := []*fyne.MenuItem{fyne.NewMenuItem(i18n.T("Any group"), pick(0))}
	for _, g := range b.groups {
		items = append(items, fyne.NewMenuItem(g.Name, pick(g.ID)))
	}
	return fyne.NewMenu("", items...)
}

// countryMenu offers the countries with most clients; the others can be searched for.
func (b *filterBar) countryMenu() *fyne.Menu {
	const most = 15
	pick := func(code string) func() { return func() { b.filter.Country = code; b.apply() } }
	items := []*fyne.MenuItem{fyne.NewMenuItem(i18n.T("Any country"), pick(""))}
	for _, code := range b.countries[:min(most, len(b.countries))] {
		if code != "" {
			items = append(items, fyne.NewMenuItem(i18n.CountryName(code), pick(code)))
		}
	}
	if len(b.countries) > most {
		items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(i18n.T("Other country…"), b.otherCountry))
	}
	return fyne.NewMenu("", items...)
}

func (b *filterBar) otherCountry() {
	input := choices.Country(i18n.T("Any country"))
	form := kit.NewForm(kit.Group{Fields: []kit.Field{{Key: "country", Label: i18n.T("Country"), Input: input, Wide: true}}})
	kit.ShowDialog(b.page.desk.Canvas(), kit.Dialog{
		Title: i18n.T("Clients of a country"), Form: form, Action: i18n.T("Show Clients"),
		Do: func(done func(error)) {
			b.filter.Country = input.Value()
			done(nil)
			b.apply()
		},
	})
}

func (b *filterBar) createdMenu() *fyne.Menu {
	today := date.Today(b.page.desk.App.Now())
	pick := func(from, to date.Date) func() {
		return func() { b.filter.CreatedFrom, b.filter.CreatedTo = from, to; b.apply() }
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
	AskDays(b.page.desk, i18n.T("Clients created between"), i18n.T("Show Clients"), b.filter.CreatedFrom, b.filter.CreatedTo, func(first, last date.Date) {
		b.filter.CreatedFrom, b.filter.CreatedTo = first, last
		b.apply()
	})
}

// DateFormat reads and writes dates as the person's locale does.
func DateFormat(now func() time.Time) kit.DateFormat {
	return kit.DateFormat{
		Parse: func(s string) (time.Time, error) {
			d, err := date.ParseLocal(s, i18n.CurrentLocale())
			return d.Time(), err
		},
		Format: func(t time.Time) string { return date.Today(t).Format(i18n.CurrentLocale()) },
		Hint:   date.LayoutOf(i18n.CurrentLocale()).String(),
		Today:  now,
	}
}

// remembered is how the list was left.
type remembered struct {
	Statuses   []data.Status
	Group      int64
	Country    string
	HasCredit  bool
	Owes       bool
	From, To   date.Date
	Sort       data.ClientSort
	Descending bool
}

const (
	prefList   = "clients.list"
	prefWidths = "clients.widths"
)

// remember keeps filter and order for the next start.
func (b *filterBar) remember() {
	f := b.filter
	raw, err := json.Marshal(remembered{f.Statuses, f.Group, f.Country, f.HasCredit, f.Owes, f.CreatedFrom, f.CreatedTo, b.sort, b.descending})
	if err == nil {
		b.page.desk.Prefs.SetString(prefList, string(raw))
	}
}

// restore shows the list as it was left. What cannot be read is as if it had never been kept.
func (p *Page) restore() {
	var r remembered
	if json.Unmarshal([]byte(p.desk.Prefs.String(prefList)), &r) == nil && r.Sort != "" {
		p.bar.filter = data.ClientFilter{
			Statuses: r.Statuses, Group: r.Group, Country: r.Country, HasCredit: r.HasCredit, Owes: r.Owes, CreatedFrom: r.From, CreatedTo: r.To,
		}
		p.bar.sort, p.bar.descending = r.Sort, r.Descending
	}
	p.bar.label()
	p.grid.SetSort(string(p.bar.sort), p.bar.descending)
	var widths map[string]float32
	if json.Unmarshal([]byte(p.desk.Prefs.String(prefWidths)), &widths) == nil && len(widths) > 0 {
		p.grid.SetWidths(widths)
	}
}

func (p *Page) rememberWidths(widths map[string]float32) {
	if raw, err := json.Marshal(widths); err == nil {
		p.desk.Prefs.SetString(prefWidths, string(raw))
	}
}
