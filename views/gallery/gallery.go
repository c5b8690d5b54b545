// Package gallery shows every widget of the kit in its states on one page, to
// look at and to compare with the pictures of the golden tests.
package gallery

import (
	"errors"
	"fmt"
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/assets/icons"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// GridRows is how many rows the table of the gallery has, enough to feel how it
// scrolls.
const GridRows = 100_000

// Page returns the gallery. The runner's clock tells double clicks; the day is
// where calendars open.
func Page(run *task.Runner, today func() time.Time) fyne.CanvasObject {
	sections := []fyne.CanvasObject{
		Section("Page header, search, filters, tabs", top()),
		Section("Table", Table(run)),
		Section("Form", Form(today)),
		Section("Words and cards", words()),
		Section("Empty and failed", States()),
		Section("Dialogs", dialogs()),
		Section("Results and running work", Bars(run)),
	}
	col := container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Inset), sections...)
	page := kit.Scrolled(container.New(layout.NewCustomPaddedLayout(theme.Inset, theme.Inset, theme.Inset, theme.Inset), col))
	rail := Rail()
	rail.OnGo = rail.SetPage
	return kit.Border(nil, nil, rail, nil, page)
}

// Section is one part of the gallery under its heading.
func Section(title string, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), kit.NewStrong(title), content)
}

// Rail shows the navigation with one mark of each state.
func Rail() *kit.Rail {
	r := kit.NewRail(
		[]kit.Place{
			{Key: "home", Word: "Home", Icon: icons.Home},
			{Key: "clients", Word: "Clients", Icon: icons.Clients},
			{Key: "invoices", Word: "Invoices", Icon: icons.Invoices},
			{Key: "transactions", Word: "Transactions", Icon: icons.Transactions},
			{Key: "services", Word: "Services", Icon: icons.Services},
			{Key: "mail", Word: "Mail", Icon: icons.Mail},
			{Key: "settings", Word: "Settings", Icon: icons.Settings},
		},
		[]kit.Place{
			{Key: "daily", Word: "Daily run: fine", Icon: icons.Daily},
			{Key: "outbox", Word: "3 mails waiting", Icon: icons.Outbox},
			{Key: "backup", Word: "Backup failed", Icon: icons.Backup},
		},
	)
	r.SetPage("clients")
	r.SetMark("outbox", "3 mails waiting", theme.Waiting)
	r.SetMark("backup", "Backup failed", theme.Danger)
	return r
}

func top() fyne.CanvasObject {
	add := kit.NewPrimary("Add New Client", icons.Add, nil)
	head := kit.NewHeader("Clients", "12,408 clients", kit.NewButton("Import", icons.Import, nil), add)
	search := kit.NewSearchBox("Search clients", nil, nil)
	chips := kit.NewChips(
		kit.NewChip("Active", true, nil),
		kit.NewChip("Inactive", false, nil),
		kit.NewChip("Closed", false, nil),
		kit.NewMenuChip("Any country", func() *fyne.Menu {
			return fyne.NewMenu("", fyne.NewMenuItem("Any country", nil), fyne.NewMenuItem("Germany", nil))
		}),
	)
	tabs := kit.NewTabs()
	tabs.Add("list", "Clients", kit.NewPara("The list of clients.", theme.Muted), true)
	tabs.Add("1", "Ada Lovelace", kit.NewPara("What is known of Ada Lovelace.", theme.Muted), false)
	tabs.Add("2", "Wilhelmina Featherstonehaugh-Cholmondeley", kit.NewPara("A name too long for its tab is cut.", theme.Muted), false)
	return container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), head, search, chips, tabs)
}

// columns are those of a client list.
var columns = []kit.Column{
	{Key: "id", Title: "ID", Kind: kit.NumberColumn, Width: 80, Sortable: true},
	{Key: "first", Title: "First Name", Width: 120, Sortable: true},
	{Key: "last", Title: "Last Name", Width: 150, Grow: true, Sortable: true},
	{Key: "company", Title: "Company", Width: 150, Grow: true, Sortable: true},
	{Key: "email", Title: "Email Address", Width: 190, Grow: true},
	{Key: "created", Title: "Created", Width: 104, Sortable: true},
	{Key: "balance", Title: "Balance Due", Kind: kit.NumberColumn, Width: 116, Sortable: true},
	{Key: "status", Title: "Status", Kind: kit.PillColumn, Width: 110},
}

var (
	firsts    = []string{"Ada", "Grace", "Wilhelmina", "Edsger", "Barbara", "Łukasz", "Zoë", "Ольга"}
	lasts     = []string{"Lovelace", "Hopper", "Featherstonehaugh-Cholmondeley", "Dijkstra", "Liskov", "Żółkiewski", "Müller", "Иванова"}
	companies = []string{"Analytical Engines Ltd", "", "Featherstone & Sons Import Export International", "Shortest Path BV", "", "Żuraw", "Bäckerei Müller", ""}
	states    = []struct {
		word string
		tone theme.Tone
	}{{"Active", theme.Good}, {"Active", theme.Good}, {"Inactive", theme.Waiting}, {"Active", theme.Good}, {"Closed", theme.Muted}, {"Overdue", theme.Danger}, {"New", theme.Info}, {"Active", theme.Good}}
)

// sample makes its rows when they are looked at.
type sample struct{ made map[int]*kit.Row }

func (s sample) Len() int { return GridRows }

func (s sample) Row(i int) *kit.Row {
	if r, ok := s.made[i]; ok {
		return r
	}
	k := i % len(firsts)
	st := states[k]
	r := &kit.Row{
		Cells: []string{
			fmt.Sprint(i + 1), firsts[k], lasts[k], companies[k], fmt.Sprintf("client%d@example.com", i+1),
			fmt.Sprintf("2026-%02d-%02d", i%12+1, i%28+1), fmt.Sprintf("%d.%02d", i*37%2000, i%100), st.word,
		},
		Tones: []theme.Tone{theme.Muted, 0, 0, 0, 0, 0, 0, st.tone},
		Muted: st.tone == theme.Muted,
	}
	if k == 5 {
		r.Tones[6] = theme.Danger
	}
	s.made[i] = r
	return r
}

func (s sample) Want(int, int) {}

// Table shows a client list.
func Table(run *task.Runner) fyne.CanvasObject {
	g := kit.NewGrid(run, columns...)
	g.Multi = true
	g.SetSource(sample{map[int]*kit.Row{}})
	g.SetSort("last", false)
	said := kit.NewLine("Nothing opened yet.", theme.Muted)
	say := func(f string, a ...any) { said.Set(fmt.Sprintf(f, a...), theme.Muted) }
	g.OnOpen = func(i int) { say("Opened row %d.", i+1) }
	g.OnDelete = func() { say("Asked to delete %d rows.", g.SelectedCount()) }
	g.OnType = func(r rune) { say("Typed %q.", r) }
	g.OnSort = func(key string, desc bool) { say("Sort by %s, descending %v.", key, desc) }
	g.OnMarks = func() { say("%d rows selected.", g.SelectedCount()) }
	g.Menu = func(i int) *fyne.Menu {
		return fyne.NewMenu(
			"",
			fyne.NewMenuItem("Open", func() { say("Opened row %d by the menu.", i+1) }),
			fyne.NewMenuItem("Send Email", nil),
		)
	}
	return kit.Border(nil, said, nil, nil, container.New(&tall{320}, g))
}

// tall gives something a height.
type tall struct{ h float32 }

func (l *tall) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, l.h)
}

func (l *tall) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }

// Form shows every kind of field, some of them wrong.
func Form(today func() time.Time) fyne.CanvasObject {
	dates := kit.DateFormat{
		Parse:  func(s string) (time.Time, error) { return time.Parse(time.DateOnly, s) },
		Format: func(t time.Time) string { return t.Format(time.DateOnly) },
		Hint:   "YYYY-MM-DD",
		Today:  today,
	}
	first := kit.NewText(100)
	f := kit.NewForm(
		kit.Group{Title: "Name", Fields: []kit.Field{
			{Key: "first", Label: "First Name", Required: true, Input: first},
			{Key: "last", Label: "Last Name", Required: true, Input: kit.NewText(100)},
			{Key: "email", Label: "Email Address", Required: true, Help: "Welcome mail and invoices go here.", Input: kit.NewText(254)},
			{Key: "password", Label: "Password", Help: "Leave it empty to keep the present one.", Input: kit.NewSecret(100, "Unchanged")},
		}},
		kit.Group{Title: "Billing", Fields: []kit.Field{
			{Key: "country", Label: "Country", Input: kit.NewSearchSelect("Choose a country", kit.Choice{Key: "DE", Label: "Germany"}, kit.Choice{Key: "FR", Label: "France"}, kit.Choice{Key: "PL", Label: "Poland"})},
			{Key: "method", Label: "Payment Method", Input: kit.NewSelect(kit.Choice{Key: "card", Label: "Credit Card"}, kit.Choice{Key: "bank", Label: "Bank Transfer"})},
			{Key: "credit", Label: "Credit", Input: kit.NewMoney(func(s string) (string, error) { return s, nil })},
			{Key: "since", Label: "Client Since", Input: kit.NewDateField(dates)},
			{Key: "colour", Label: "Group Colour", Input: kit.NewSwatches(
				kit.Swatch{Key: "blue", Name: "Blue", Color: color.NRGBA{0x24, 0x56, 0xc4, 0xff}},
				kit.Swatch{Key: "green", Name: "Green", Color: color.NRGBA{0x1a, 0x70, 0x43, 0xff}},
				kit.Swatch{Key: "amber", Name: "Amber", Color: color.NRGBA{0xd9, 0x95, 0x1c, 0xff}},
			)},
			{Key: "mails", Label: "Email Notifications", Input: kit.NewChecks(kit.Choice{Key: "general", Label: "General mail"}, kit.Choice{Key: "invoice", Label: "Invoices"}, kit.Choice{Key: "support", Label: "Support"})},
			{Key: "notes", Label: "Admin Notes", Wide: true, Help: "Only admins see these.", Input: kit.NewLongText(5000, 3)},
		}},
	)
	f.SetValues(map[string]string{"first": "Ada", "last": "Lovelace", "email": "ada@", "country": "DE", "credit": "1,250.00", "since": "2026-02-30", "mails": "general,invoice"})
	f.SetErrors(map[string]string{
		"email": "This is not an email address: something is missing after the @.",
		"since": "February 2026 has no 30th day.",
	})
	return kit.NewCard("", f)
}

func words() fyne.CanvasObject {
	pills := kit.NewChips(
		kit.NewPill("Paid", theme.Good), kit.NewPill("Unpaid", theme.Waiting), kit.NewPill("Overdue", theme.Danger),
		kit.NewPill("Draft", theme.Info), kit.NewPill("Closed", theme.Muted),
	)
	text := "A card holds what belongs together. Its text wraps where the card ends, and the card beside it moves below when the window is too narrow."
	return kit.NewCards(
		kit.NewCard("Status", pills),
		kit.NewCard("Contact", container.NewVBox(kit.NewCopyLabel("ada@example.com"), kit.NewCopyLabel("+44 20 7946 0000")), kit.NewQuiet("", icons.Edit, nil)),
		kit.NewCard("About", kit.NewPara(text, theme.Plain)),
		kit.NewCard("Buttons", kit.NewChips(
			kit.NewPrimary("Save Changes", nil, nil), kit.NewButton("Cancel", nil, nil), kit.NewDanger("Delete Client", nil, nil), kit.NewQuiet("More", icons.More, nil),
		)),
	)
}

// States shows an empty place and a failed one.
func States() fyne.CanvasObject {
	return container.NewGridWithColumns(
		2,
		kit.NewCard("", kit.NewEmptyState(icons.Clients, "No clients yet", "Clients that you add or import are listed here.", kit.NewPrimary("Add New Client", icons.Add, nil))),
		kit.NewCard("", kit.NewErrorState("The clients could not be read.", "Nothing was changed.", "Check that the disk is still there, then try again.", func() {})),
	)
}

func dialogs() fyne.CanvasObject {
	var row *fyne.Container
	on := func() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(row) }
	row = kit.NewChips(
		kit.NewButton("Delete …", nil, func() { ConfirmDelete(on()) }),
		kit.NewButton("Add Credit …", nil, func() { AddCredit(on()) }),
		kit.NewButton("Unsaved …", nil, func() {
			kit.AskUnsaved(on(), "Ada Lovelace has changes that are not saved.", func(done func(error)) { done(nil) }, func() {})
		}),
		kit.NewButton("Message …", nil, func() {
			kit.Message(on(), "The mail could not be sent", "The server refused the address. The mail stays in the outbox; correct the address and send it again.", "550 5.1.1 no such user")
		}),
		kit.NewButton("Palette …", nil, func() { palette(on()) }),
	)
	return row
}

// ConfirmDelete opens a dialog that asks before something is destroyed.
func ConfirmDelete(c fyne.Canvas) *kit.OpenDialog {
	return kit.Confirm(
		c, "Delete Ada Lovelace?",
		[]string{"14 records of this client are deleted: 3 invoices, 9 mails and 2 contacts.", "Payments stay in the journal without a name.", "This cannot be undone."},
		"Delete client and 14 records", true, func(done func(error)) { done(nil) },
	)
}

// AddCredit opens a dialog whose act fails as long as no amount is given.
func AddCredit(c fyne.Canvas) *kit.OpenDialog {
	f := kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: "amount", Label: "Amount", Required: true, Wide: true, Input: kit.NewMoney(func(s string) (string, error) { return s, nil })},
		{Key: "why", Label: "Description", Wide: true, Help: "The client sees this.", Input: kit.NewText(200)},
	}})
	return kit.ShowDialog(c, kit.Dialog{Title: "Add Credit", Form: f, Action: "Add Credit", Do: func(done func(error)) {
		if f.Value("amount") != "" {
			done(nil)
			return
		}
		f.SetErrors(map[string]string{"amount": "Say how much."})
		done(errors.New("the credit was not added: one field needs another look"))
	}})
}

func palette(c fyne.Canvas) {
	list := kit.NewPickList("Go to a client, a page, or do something")
	all := []kit.Pick{{Title: "Add New Client", Detail: "Ctrl+N"}, {Title: "Settings", Detail: "Ctrl+,"}, {Title: "Ada Lovelace", Detail: "Client #1"}}
	list.OnQuery = func(q string) {
		var hits []kit.Pick
		for _, p := range all {
			if len(q) <= len(p.Title) {
				hits = append(hits, p)
			}
		}
		list.SetPicks(hits)
	}
	kit.ShowPalette(c, list)
}

// Bars shows a result with Undo, a failure, and a task half way.
func Bars(run *task.Runner) fyne.CanvasObject {
	done, failed := kit.NewBar(run), kit.NewBar(run)
	show := func() {
		done.Say("Contact deleted.", kit.Action{Label: "Undo", Do: func() {}})
		failed.Fail("The mail to ada@example.com was refused.", kit.Action{Label: "Open", Do: func() {}})
	}
	show()
	strip := kit.NewTaskStrip(run)
	col := container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), done, failed, strip)
	return kit.Border(kit.NewChips(kit.NewButton("Show again", nil, show)), nil, nil, nil, col)
}
