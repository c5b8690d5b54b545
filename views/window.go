package views

import (
	"context"
	"log/slog"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/activity"
	"clientele/views/client"
	"clientele/views/clientarea"
	"clientele/views/clients"
	"clientele/views/dailyrun"
	"clientele/views/desk"
	"clientele/views/duplicates"
	"clientele/views/firststart"
	"clientele/views/home"
	"clientele/views/importing"
	"clientele/views/invoice"
	"clientele/views/invoices"
	"clientele/views/kit"
	"clientele/views/mails"
	"clientele/views/palette"
	"clientele/views/restoring"
	"clientele/views/services"
	"clientele/views/settings"
	"clientele/views/task"
	"clientele/views/theme"
	"clientele/views/transactions"
)

// The sections of the rail.
const (
	sectionHome         = "home"
	sectionClients      = "clients"
	sectionInvoices     = "invoices"
	sectionServices     = "services"
	sectionTransactions = "transactions"
	sectionMail         = "mail"
	sectionSettings     = "settings"
	sectionDaily        = "daily"
	listTab             = "list"
	addTab              = "add"
	importTab           = "import"
	logTab              = "log"
	duplicatesTab       = "duplicates"
	markBackups         = "backups"
)

// Window is the main window: the rail at the left, the palette's field at the top, the page in the middle, results at the bottom.
type Window struct {
	desk    *desk.Desk
	params  Params
	window  fyne.Window
	rail    *kit.Rail
	tabs    *kit.Tabs
	middle  *fyne.Container
	notices *fyne.Container
	palette *palette.Palette

	windows map[int64]separate   // clients in windows of their own
	pages   map[string]desk.Page // the sections by their keys, and what is open in tabs by theirs
	early   map[desk.Page]string // titles of pages that have no tab yet
	section string
	counts  *task.Loader[map[data.MailState]int64]
	gate    gate
	lock    lock
	backups *task.Loader[app.BackupState]
	daily   *task.Loader[app.DailyState]
	help    *helpWindow // nil where the guide is not open
	closing bool
	marking bool
}

// newWindow builds the window's inside on a window that is not shown yet.
func newWindow(w fyne.Window, run *task.Runner, p Params, prefs fyne.Preferences) *Window {
	s := &Window{params: p, window: w, pages: map[string]desk.Page{}, windows: map[int64]separate{}, early: map[desk.Page]string{}}
	s.desk = &desk.Desk{App: p.App, Run: run, Window: w, Bar: kit.NewBar(run), Go: s, Secrets: &desk.Secrets{}, Prefs: prefs}
	s.desk.Area = clientarea.NewKeeper(p.App, slog.Default(), func() { run.OnUI(s.areaChanged) })
	s.rail = kit.NewRail([]kit.Place{
		{Key: sectionHome, Word: i18n.T("Home"), Icon: icons.Home},
		{Key: sectionClients, Word: i18n.T("Clients"), Icon: icons.Clients},
		{Key: sectionInvoices, Word: i18n.T("Invoices"), Icon: icons.Invoices},
		{Key: sectionTransactions, Word: i18n.T("Transactions"), Icon: icons.Transactions},
		{Key: sectionServices, Word: i18n.T("Services"), Icon: icons.Services},
		{Key: sectionMail, Word: i18n.T("Mail"), Icon: icons.Mail},
		{Key: sectionSettings, Word: i18n.T("Settings"), Icon: icons.Settings},
	}, []kit.Place{
		{Key: sectionDaily, Word: i18n.T("Daily run"), Icon: icons.Daily},
		{Key: sectionMail, Word: i18n.T("Outbox"), Icon: icons.Outbox},
		{Key: markBackups, Word: i18n.T("Backups"), Icon: icons.Backup},
	})
	s.rail.OnGo = func(key string) {
		if key == markBackups {
			s.Settings(settings.Backups)
			return
		}
		s.Go(key)
	}
	s.backups = task.NewLoader[app.BackupState](run)
	s.tabs = kit.NewTabs()
	s.tabs.OnShow = s.tabShown
	s.tabs.OnClose = s.closeTab
	s.middle = container.NewStack()
	s.notices = container.NewVBox()
	s.palette = palette.New(s.desk, s.commands, s.acts()...)
	s.counts = task.NewLoader[map[data.MailState]int64](run)
	s.daily = task.NewLoader[app.DailyState](run)
	return s
}

// office builds the window as it is once the office is set up.
func (s *Window) office() {
	list := clients.New(s.desk)
	s.pages[listTab] = list
	s.tabs.Add(listTab, i18n.T("Clients"), list.Object(), true)
	find := kit.NewButton(i18n.T("Search or do…   %s", keyNames("K")), icons.Search, s.palette.Show)
	top := container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, theme.Inset, theme.Inset), container.NewBorder(nil, nil, find, nil))
	page := container.NewBorder(container.NewVBox(s.notices, top), nil, nil, nil, s.middle)
	foot := container.NewVBox(kit.NewTaskStrip(s.desk.Run), s.desk.Bar)
	s.window.SetContent(kit.Watched(container.New(&frame{rail: s.rail}, s.rail, container.NewBorder(nil, foot, nil, nil, page))))
	s.window.SetMainMenu(s.menu())
	undoKey(s.desk)
	s.window.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { s.dropped(uris) })
	s.watch()
	s.Go(sectionHome)
	s.mark()
	s.markBackup()
	s.markDaily()
}

// wizard asks the first questions.
func (s *Window) wizard() {
	first := firststart.New(s.desk, firststart.Params{
		Restore:  func() { restoring.Choose(s.desk) },
		Done:     s.office,
		Import:   func() { s.office(); s.Import() },
		OnSample: s.sample,
		OnShare:  s.share(),
	})
	foot := container.NewVBox(kit.NewTaskStrip(s.desk.Run), s.desk.Bar)
	s.window.SetContent(container.NewBorder(nil, foot, nil, nil, first.Object()))
	first.Shown()
}

// sample makes sample data and leaves this window for one that shows it.
func (s *Window) sample() {
	s.desk.Run.Task(i18n.T("Making sample data"), func(ctx context.Context, p *task.Progress) error { return s.params.OpenSample(ctx, p) }, func(err error) {
		if err != nil {
			s.desk.Fail(err)
			return
		}
		s.quit()
	})
}

// Go shows a section.
func (s *Window) Go(section string) {
	s.desk.Secrets.Hide()
	s.section = section
	s.rail.SetPage(section)
	page := s.current()
	object := fyne.CanvasObject(s.tabs)
	if section != sectionClients {
		object = page.Object()
	}
	s.middle.Objects = []fyne.CanvasObject{object}
	s.middle.Refresh()
	page.Shown()
}

// current is the page in sight.
func (s *Window) current() desk.Page {
	switch s.section {
	case sectionHome:
		return s.built(sectionHome, func() desk.Page { return home.New(s.desk) })
	case sectionInvoices:
		return s.invoices()
	case sectionMail:
		return s.mail()
	case sectionServices:
		return s.built(sectionServices, func() desk.Page { return services.New(s.desk) })
	case sectionTransactions:
		return s.transactions()
	case sectionDaily:
		return s.built(sectionDaily, func() desk.Page { return dailyrun.New(s.desk) })
	case sectionSettings:
		return s.settings()
	}
	return s.pages[s.tabs.Current()]
}

// built is the page of a section, made when it is first wanted.
func (s *Window) built(section string, build func() desk.Page) desk.Page {
	if s.pages[section] == nil {
		s.pages[section] = build()
	}
	return s.pages[section]
}

// to leads to a section, after asking about unsaved settings.
func (s *Window) to(section string) func() {
	return func() { s.leave(func() { s.Go(section) }) }
}

// mail is the Mail page. Pages are built when they are first wanted: the list of clients should not wait for them.
func (s *Window) mail() *mails.Page {
	if p, ok := s.pages[sectionMail].(*mails.Page); ok {
		return p
	}
	p := mails.New(s.desk)
	s.pages[sectionMail] = p
	return p
}

// invoices is the Invoices page.
func (s *Window) invoices() *invoices.Page {
	if p, ok := s.pages[sectionInvoices].(*invoices.Page); ok {
		return p
	}
	p := invoices.New(s.desk)
	s.pages[sectionInvoices] = p
	return p
}

// transactions is the Transactions page.
func (s *Window) transactions() *transactions.Page {
	if p, ok := s.pages[sectionTransactions].(*transactions.Page); ok {
		return p
	}
	p := transactions.New(s.desk)
	s.pages[sectionTransactions] = p
	return p
}

// settings is the Settings page.
func (s *Window) settings() *settings.Page {
	if p, ok := s.pages[sectionSettings].(*settings.Page); ok {
		return p
	}
	p := settings.New(s.desk, settings.Params{Version: s.params.Version, Folder: s.params.Folder, OnLook: s.look, Restart: s.restart,
		Language: s.desk.Prefs.String(prefLanguage), OnLanguage: s.language, Faults: s.params.Faults})
	s.pages[sectionSettings] = p
	return p
}

// leaveSettings asks about unsaved settings before another section comes; the tabs keep what is typed.
func (s *Window) leave(then func()) {
	if s.section == sectionSettings {
		s.settings().Leave(then)
		return
	}
	then()
}

func (s *Window) toTab(key string) {
	s.leave(func() {
		if s.section != sectionClients {
			s.section = sectionClients
			s.rail.SetPage(sectionClients)
			s.middle.Objects = []fyne.CanvasObject{s.tabs}
			s.middle.Refresh()
		}
		s.tabs.Go(key)
	})
}

// openTab shows a page in a tab, building it where it is not open yet.
func (s *Window) openTab(key, title string, build func() desk.Page) desk.Page {
	page, open := s.pages[key]
	if !open {
		page = build()
		s.pages[key] = page
		if named, ok := s.early[page]; ok { // it knew its title before it had a tab
			title = named
			delete(s.early, page)
			s.palette.Opened(key, title)
		}
		s.leave(func() {
			s.section = sectionClients
			s.rail.SetPage(sectionClients)
			s.middle.Objects = []fyne.CanvasObject{s.tabs}
			s.middle.Refresh()
			s.tabs.Add(key, title, page.Object(), false)
		})
		return page
	}
	s.toTab(key)
	return page
}

func (s *Window) tabShown(key string) {
	s.desk.Secrets.Hide()
	if page, ok := s.pages[key]; ok && s.section == sectionClients {
		s.palette.Again(key)
		page.Shown()
	}
}

// closeTab asks the page first. It answers false, and closes the tab later, where the page has to ask a person.
func (s *Window) closeTab(key string) bool {
	page, ok := s.pages[key]
	if !ok {
		return true
	}
	now, gone := true, false
	page.Leave(func() {
		delete(s.pages, key)
		gone = true
		if !now {
			s.tabs.Close(key)
		}
	})
	now = false
	return gone
}

// Clients shows the list.
func (s *Window) Clients() { s.toTab(listTab) }

// Client opens a client in a tab.
func (s *Window) Client(id int64) {
	key := "client " + strconv.FormatInt(id, 10)
	s.openTab(key, "#"+strconv.FormatInt(id, 10), func() desk.Page { return client.Open(s.desk, id) })
}

// WriteMail opens a client and begins a mail to them.
func (s *Window) WriteMail(clientID int64, m app.Manual) {
	s.Client(clientID)
	if page, ok := s.pages["client "+strconv.FormatInt(clientID, 10)].(*client.Page); ok {
		page.WriteMailWith(m)
	}
}

// AddClient opens the form.
func (s *Window) AddClient() {
	s.openTab(addTab, i18n.T("New client"), func() desk.Page { return client.New(s.desk) })
}

// Import opens the import of a file.
func (s *Window) Import() { s.importFile("") }

func (s *Window) importFile(path string) {
	page := s.openTab(importTab, i18n.T("Import"), func() desk.Page { return importing.New(s.desk, path) })
	if drop, ok := page.(interface{ Take(path string) }); ok && path != "" {
		drop.Take(path)
	}
}

// Daily shows the page of the daily run.
func (s *Window) Daily() { s.to(sectionDaily)() }

// Log opens the activity log of everything.
func (s *Window) Log() {
	s.openTab(logTab, i18n.T("Activity log"), func() desk.Page { return activity.New(s.desk) })
}

// Duplicates opens the list of clients who may be one and the same.
func (s *Window) Duplicates() {
	s.openTab(duplicatesTab, i18n.T("Likely duplicates"), func() desk.Page { return duplicates.New(s.desk) })
}

// Restart ends the program, which then starts anew on data that was put in the place of the old.
func (s *Window) Restart() { s.restart() }

// Mail shows the Mail page.
func (s *Window) Mail(states ...data.MailState) {
	s.leave(func() {
		s.mail().Filter(states...)
		s.Go(sectionMail)
	})
}

// Invoices shows the Invoices page.
func (s *Window) Invoices() { s.leave(func() { s.Go(sectionInvoices) }) }

// ClientsBy shows the clients that a filter leaves.
func (s *Window) ClientsBy(f data.ClientFilter) {
	if p, ok := s.pages[listTab].(*clients.Page); ok {
		p.Show(f)
	}
	s.toTab(listTab)
}

// InvoicesBy shows the invoices that a filter leaves.
func (s *Window) InvoicesBy(f data.InvoiceFilter) {
	s.leave(func() {
		s.invoices().Show(f)
		s.Go(sectionInvoices)
	})
}

// TransactionsBy shows the transactions that a filter leaves.
func (s *Window) TransactionsBy(f data.TransactionFilter) {
	s.leave(func() {
		s.transactions().Filter(f)
		s.Go(sectionTransactions)
	})
}

// Invoice opens an invoice in a tab.
func (s *Window) Invoice(id int64) {
	key := "invoice " + strconv.FormatInt(id, 10)
	s.openTab(key, i18n.T("Invoice"), func() desk.Page { return invoice.Open(s.desk, id) })
}

// NewInvoice opens an empty invoice of a client in a tab.
func (s *Window) NewInvoice(clientID int64) {
	key := "new invoice " + strconv.FormatInt(clientID, 10)
	s.openTab(key, i18n.T("New invoice"), func() desk.Page { return invoice.New(s.desk, clientID) })
}

// Settings shows a section of the settings.
func (s *Window) Settings(section string) {
	if section != "" {
		s.settings().Section(section)
	}
	s.Go(sectionSettings)
}

// CloseTab closes the tab of a page.
func (s *Window) CloseTab(p desk.Page) {
	if key := s.keyOf(p); key != "" {
		delete(s.pages, key)
		s.tabs.Close(key)
	}
}

// Retitle gives the tab of a page another title.
func (s *Window) Retitle(p desk.Page, title string) {
	if key := s.keyOf(p); key != "" {
		s.tabs.SetTitle(key, title)
		s.palette.Opened(key, title)
		return
	}
	s.early[p] = title
}

func (s *Window) keyOf(p desk.Page) string {
	for key, page := range s.pages {
		if page == p {
			return key
		}
	}
	return ""
}

// changed tells every open page of a commit.
func (s *Window) changed(c app.Change) {
	switch c.Topic {
	case app.TopicAdmins:
		s.admins()
	case app.TopicLine:
		s.showLine()
	case app.TopicSettings:
		s.lookLater() // the lock may have been set
	}
	for _, p := range s.pages {
		p.Changed(c)
	}
	for _, w := range s.windows {
		w.page.Changed(c)
	}
	if c.Topic == app.TopicMail || c.Topic == app.TopicOutbox {
		s.markSoon()
	}
	if c.Topic == app.TopicBackups {
		s.markBackup()
	}
	if c.Topic == app.TopicDaily {
		s.markDaily()
	}
}

// dropped gives files that were dropped onto the window to the page in sight, where it takes any, and otherwise opens the first one as an import.
func (s *Window) dropped(uris []fyne.URI) {
	if len(uris) == 0 || kit.DialogOpen() {
		return
	}
	if page, ok := s.current().(interface{ Dropped(paths []string) }); ok {
		page.Dropped(pathsOf(uris))
		return
	}
	s.importFile(uris[0].Path())
}

func pathsOf(uris []fyne.URI) []string {
	paths := make([]string, len(uris))
	for i, u := range uris {
		paths[i] = u.Path()
	}
	return paths
}

// frame lays rail and page out side by side; in a narrow window the rail has icons alone.
type frame struct{ rail *kit.Rail }

const narrow float32 = 1100

func (f *frame) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(f.rail.MinSize().Width+o[1].MinSize().Width, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

func (f *frame) Layout(o []fyne.CanvasObject, size fyne.Size) {
	f.rail.SetNarrow(size.Width < narrow)
	w := f.rail.MinSize().Width
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(w, size.Height))
	o[1].Move(fyne.NewPos(w, 0))
	o[1].Resize(fyne.NewSize(size.Width-w, size.Height))
}
