package views

import (
	"context"
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	ftheme "fyne.io/fyne/v2/theme"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/clientarea"
	"clientele/views/desk"
	"clientele/views/firststart"
	"clientele/views/kit"
	"clientele/views/palette"
	"clientele/views/restoring"
	"clientele/views/settings"
	"clientele/views/task"
	"clientele/views/theme"
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
	markOutbox          = "outbox"
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
	counts  *task.Loader[sending]
	spoken  settings.Speech // what was chosen when the windows were built
	gate    gate
	lock    lock
	backups *task.Loader[app.BackupState]
	// serverless says that no mail server is set up and no mail waits for one.
	serverless bool
	daily      *task.Loader[app.DailyState]
	help       *helpWindow // nil where the guide is not open
	closing    bool
	marking    bool
}

// newWindow builds the window's inside on a window that is not shown yet.
func newWindow(w fyne.Window, run *task.Runner, p Params, prefs fyne.Preferences) *Window {
	s := &Window{params: p, window: w, pages: map[string]desk.Page{}, windows: map[int64]separate{}, early: map[desk.Page]string{}}
	s.desk = &desk.Desk{App: p.App, Run: run, Window: w, Bar: kit.NewBar(run), Go: s, Secrets: &desk.Secrets{}, Keepers: desk.NewKeepers(), Prefs: prefs}
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
		{Key: markOutbox, Word: i18n.T("Outbox"), Icon: icons.Outbox},
		{Key: markBackups, Word: i18n.T("Backups"), Icon: icons.Backup},
	})
	s.rail.OnGo = func(key string) {
		switch {
		case key == markBackups:
			s.Settings(settings.Backups)
		case key == markOutbox && s.serverless:
			s.Settings(settings.Mail)
		case key == markOutbox:
			s.Go(sectionMail)
		default:
			s.Go(key)
		}
	}
	s.backups = task.NewLoader[app.BackupState](run)
	s.tabs = kit.NewTabs()
	s.tabs.OnShow = s.tabShown
	s.tabs.OnClose = s.closeTab
	s.middle = container.NewStack()
	s.notices = container.New(&noticed{layout.NewCustomPaddedVBoxLayout(theme.Unit)})
	s.palette = palette.New(s.desk, p.Folder, s.commands, s.acts()...)
	s.spoken = speech(prefs)
	s.counts = task.NewLoader[sending](run)
	s.daily = task.NewLoader[app.DailyState](run)
	kit.OnLost = s.keepKeyboard
	s.gate.entrance, s.gate.settings = task.NewLoader[app.Entrance](run), task.NewLoader[app.Settings](run)
	return s
}

// office builds the window as it is once the office is set up.
func (s *Window) office() {
	find := kit.NewButton(i18n.T("Search, or do anything   %s", keyNames("K")), icons.Search, s.palette.Show)
	top := container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, theme.Inset, theme.Inset), kit.Border(nil, nil, find, nil))
	page := kit.Border(container.NewVBox(s.notices, top), nil, nil, nil, s.middle)
	work := kit.Border(nil, kit.NewTaskStrip(s.desk.Run), nil, nil, kit.Afloat(page, s.desk.Bar))
	s.window.SetContent(kit.Watched(container.New(&frame{rail: s.rail}, work, s.rail)))
	s.window.SetMainMenu(s.menu())
	undoKey(s.desk)
	s.window.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { s.dropped(uris) })
	s.watch()
	s.Go(sectionHome)
	s.mark()
	s.markBackup()
	s.markDaily()
	s.sayRestored()
}

// wizard asks the first questions.
func (s *Window) wizard() {
	params := firststart.Params{
		Done:     s.office,
		Import:   func() { s.office(); s.Import() },
		OnSample: s.sample,
		OnShare:  s.share(),
	}
	if s.params.App.Backups.Available() {
		params.Restore = func() { restoring.Choose(s.desk) }
	}
	first := firststart.New(s.desk, params)
	s.window.SetContent(kit.Border(nil, kit.NewTaskStrip(s.desk.Run), nil, nil, kit.Afloat(first.Object(), s.desk.Bar)))
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
	if c.Topic == app.TopicMail || c.Topic == app.TopicOutbox || c.Topic == app.TopicSettings {
		s.markSoon()
	}
	if c.Topic == app.TopicBackups {
		s.markBackup()
	}
	if c.Topic == app.TopicDaily {
		s.markDaily()
	}
}

// noticed lays what stands above all pages below each other, as far from the edges as the pages are; where there is nothing it takes no room.
type noticed struct{ column fyne.Layout }

func (n *noticed) MinSize(o []fyne.CanvasObject) fyne.Size {
	if len(o) == 0 {
		return fyne.Size{}
	}
	return n.column.MinSize(o).AddWidthHeight(2*theme.Inset, 2*theme.Unit)
}

func (n *noticed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	n.column.Layout(o, size.SubtractWidthHeight(2*theme.Inset, 2*theme.Unit))
	for _, one := range o {
		one.Move(one.Position().AddXY(theme.Inset, 2*theme.Unit))
	}
}

// frame lays page and rail out side by side; in a narrow window, or one that is narrow for its text, the rail has icons alone. The rail is drawn after the page, as its words for an icon reach over that.
type frame struct{ rail *kit.Rail }

const narrow float32 = 1100

func (f *frame) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(f.rail.MinSize().Width+o[0].MinSize().Width, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

func (f *frame) Layout(o []fyne.CanvasObject, size fyne.Size) {
	f.rail.SetNarrow(size.Width < narrow*max(ftheme.TextSize()/14, 1))
	w := f.rail.MinSize().Width
	o[0].Move(fyne.NewPos(w, 0))
	o[0].Resize(fyne.NewSize(size.Width-w, size.Height))
	o[1].Move(fyne.NewPos(0, 0))
	o[1].Resize(fyne.NewSize(w, size.Height))
}
