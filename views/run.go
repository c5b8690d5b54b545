// Package views is the window: its frame, its pages, and how it begins and ends. What is shown comes from package app, and what is done goes
// there.
package views

import (
	"context"
	"encoding/json"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets"
	"clientele/data"
	"clientele/views/dailyrun"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/settings"
	"clientele/views/task"
	"clientele/views/theme"
)

// ID names the program to the desktop.
const ID = "app.clientele.Clientele"

// Params are what the window needs from the program around it.
type Params struct {
	App     *app.App
	Version string
	// Folder is where the data lies, to be shown.
	Folder string
	// Sample tells that the data is made up.
	Sample bool
	// Show receives something each time another start of the program asks this one to come to the front.
	Show <-chan struct{}
	// OpenSample makes sample data in a place of its own and opens it in another window. It reports how far it is.
	OpenSample func(ctx context.Context, p app.Progress) error
	// Restart has the program start anew once this window is closed, since the data lies elsewhere now. It is called before that.
	Restart func()
	// Spoken is the language of the system, and Locale how dates and numbers are written there.
	Spoken, Locale i18n.Locale
	// Faults are what is wrong with translations that lie in the data folder, by the names of their files.
	Faults map[string]error
	// Restored is the backup that was just put in the place of the data; it has no name where none was.
	Restored app.Restore
	// Now is the program's clock.
	Now func() time.Time
}

const (
	prefWidth  = "window.width"
	prefHeight = "window.height"
	prefLook   = "window.look"
)

// Run shows the window until it is closed. Mail is sent meanwhile.
func Run(ctx context.Context, p Params) error {
	fyneapp.SetMetadata(fyne.AppMetadata{ID: ID, Name: "Clientele", Version: p.Version, Migrations: map[string]bool{"fyneDo": true}})
	a := fyneapp.NewWithID(ID)
	a.SetIcon(assets.Icon)
	prefs := a.Preferences()
	a.Settings().SetTheme(theme.New(lookOf(prefs)))
	if err := speak(prefs, p.Spoken, p.Locale); err != nil {
		return err
	}
	run := task.New(p.Now)
	title := "Clientele"
	if p.Sample {
		title = i18n.T("Clientele – sample data")
	}
	w := a.NewWindow(title)
	w.SetMaster()
	w.Resize(fyne.NewSize(float32(prefs.FloatWithFallback(prefWidth, 1280)), float32(prefs.FloatWithFallback(prefHeight, 800))))
	w.CenterOnScreen()
	s := newWindow(w, run, p, prefs)
	run.AfterEach = s.keepKeyboard
	if err := s.begin(ctx); err != nil {
		return err
	}
	w.SetCloseIntercept(s.close)

	// The system asks the program to end, as it does when the person logs out: what is being done is stopped whole.
	defer context.AfterFunc(ctx, func() { run.OnUI(s.quit) })()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	background := run.Background(ctx, p.App.Outbox.Run)
	campaigns := run.Background(ctx, p.App.Campaigns.Run)
	tidied := run.Background(ctx, p.App.Tidy)
	served := run.Background(ctx, s.desk.Area.Run)
	scrubbed := run.Background(ctx, p.App.Cards.Run)
	scheduled := run.Background(ctx, s.schedule)
	defer p.App.Events.Subscribe((&inbox{run: run, deliver: s.changed}).put)()
	run.Follow(ctx, p.Show, w.RequestFocus)
	together := run.Background(ctx, p.App.Together.Follow)
	run.After(checkAfter, func() { run.Background(ctx, s.check) })
	a.Lifecycle().SetOnExitedForeground(s.desk.Secrets.Hide)
	w.ShowAndRun()
	stop()
	background()
	campaigns()
	tidied()
	served()
	together()
	scrubbed()
	scheduled()
	return nil
}

// checkAfter is how long the file is not checked after the start: reading all of it would take a processor from the first picture.
const checkAfter = 3 * time.Second

// check looks whether the file is sound. Nobody waits for it, not even the end of the program: it only reads.
func (s *Window) check(ctx context.Context) {
	words, err := s.desk.App.Checks.Quick(ctx)
	s.desk.Run.OnUI(func() {
		if words != "" {
			s.damaged(words)
		}
		s.desk.Fail(err)
	})
	if err == nil && words == "" {
		s.checkLog(ctx)
	}
}

// look applies and keeps another look.
func (s *Window) look(o theme.Options) {
	if raw, err := json.Marshal(o); err == nil {
		s.desk.Prefs.SetString(prefLook, string(raw))
	}
	s.themed(func() { fyne.CurrentApp().Settings().SetTheme(theme.New(o)) })
}

// themed changes the look with the pages that are out of sight at hand as well. The toolkit looks for what it has to draw anew in what is in a window alone. An
// icon elsewhere would keep its old colour until it is refreshed; where it is given another size before that, as when the text became larger, the old colour is
// kept in a store for all icons of that name and size, and then no refresh helps.
func (s *Window) themed(change func()) {
	behind := container.NewWithoutLayout()
	for key, p := range s.pages {
		if s.section == "" || key != s.section && p != s.current() {
			behind.Add(p.Object())
		}
	}
	if s.section != sectionClients {
		behind.Add(s.tabs)
	}
	in := s.middle.Objects
	s.middle.Objects = append(in[:len(in):len(in)], behind)
	change()
	s.middle.Objects = in
}

// lookOf is the look that was kept.
func lookOf(prefs fyne.Preferences) (o theme.Options) {
	if json.Unmarshal([]byte(prefs.String(prefLook)), &o) != nil {
		return theme.Options{}
	}
	return o
}

// sayRestored tells once that the data is that of a backup now: nothing else in the window does.
func (s *Window) sayRestored() {
	r := s.params.Restored
	if r.From == "" {
		return
	}
	s.params.Restored = app.Restore{}
	words := i18n.T("The backup of %s was restored.", desk.Moment(r.Made))
	if r.Replaced != "" {
		words += " " + i18n.T("What was here before is in the backup “%s”.", r.Replaced)
	}
	s.desk.Say(words, kit.Action{Label: i18n.T("Backups"), Do: func() { s.Settings(settings.Backups) }})
}

// markEvery is how often the marks at the foot of the rail follow what happens.
const markEvery = 250 * time.Millisecond

// markSoon shows how sending stands, some times a second at most.
func (s *Window) markSoon() {
	if !s.marking {
		s.marking = true
		s.desk.Run.After(markEvery, func() { s.marking = false; s.mark() })
	}
}

// sending is what is known of the mails of the office.
type sending struct {
	mails map[data.MailState]int64
	ready bool // a mail server is set up
}

// mark shows at the foot of the rail how sending stands.
func (s *Window) mark() {
	status := s.params.App.Outbox.Status()
	s.counts.Load(func(ctx context.Context) (is sending, err error) {
		if is.mails, err = s.params.App.Mails.Counts(ctx); err != nil {
			return is, err
		}
		set, err := s.params.App.Settings.Get(ctx)
		is.ready = set.MailReady()
		return is, err
	}, func(is sending, err error) {
		n := is.mails
		s.serverless = false
		waiting := n[data.MailQueued] + n[data.MailSending] + n[data.MailUncertain]
		switch {
		case err != nil:
			return // the page that is in sight tells of it
		case status.Blocked != "" && waiting > 0:
			s.rail.SetMark(markOutbox, i18n.N(waiting, "One mail stuck", "%d mails stuck"), theme.Danger)
		case n[data.MailFailed] > 0:
			s.rail.SetMark(markOutbox, i18n.N(n[data.MailFailed], "One mail failed", "%d mails failed"), theme.Danger)
		case waiting > 0:
			s.rail.SetMark(markOutbox, i18n.N(waiting, "One mail waits", "%d mails wait"), theme.Waiting)
		case !is.ready:
			s.serverless = true
			s.rail.SetMark(markOutbox, i18n.T("No mail server yet"), theme.Muted)
		default:
			s.rail.SetMark(markOutbox, i18n.T("All mail is sent"), theme.Muted)
		}
	})
}

// oldBackup is from how many days on the newest backup is told of as old.
const oldBackup = 3

// markBackup shows at the foot of the rail how the backups stand.
func (s *Window) markBackup() {
	s.backups.Load(s.params.App.Backups.State, func(st app.BackupState, err error) {
		switch {
		case err != nil:
			s.rail.SetMark(markBackups, i18n.T("The backups cannot be read"), theme.Danger)
		case !st.Available:
			s.rail.SetMark(markBackups, i18n.T("Server backups"), theme.Muted)
		case st.Newest.Name == "":
			s.rail.SetMark(markBackups, i18n.T("No backup yet"), theme.Waiting)
		case st.Days == 0:
			s.rail.SetMark(markBackups, i18n.T("Backed up today"), theme.Muted)
		case st.Days < oldBackup:
			s.rail.SetMark(markBackups, i18n.N(int64(st.Days), "Backed up yesterday", "Backed up %d days ago"), theme.Muted)
		default:
			s.rail.SetMark(markBackups, i18n.N(int64(st.Days), "Backed up one day ago", "Backed up %d days ago"), theme.Waiting)
		}
	})
}

// schedule starts the daily run when it is due. Made-up clients are billed by hand alone.
func (s *Window) schedule(ctx context.Context) {
	if s.params.Sample {
		return
	}
	s.params.App.Daily.Watch(ctx, func(cause app.DailyCause) {
		s.desk.Run.OnUI(func() { dailyrun.Automatic(s.desk, cause) })
	})
}

// markDaily shows at the foot of the rail how the daily run stands.
func (s *Window) markDaily() {
	s.daily.Load(s.params.App.Daily.State, func(st app.DailyState, err error) {
		switch {
		case err != nil:
			return // the page that is in sight tells of it
		case st.Last != nil && st.Last.State == data.RunFailed:
			s.rail.SetMark(sectionDaily, i18n.T("Daily run failed"), theme.Danger)
		case st.Last != nil && st.Last.State == data.RunStopped:
			s.rail.SetMark(sectionDaily, i18n.T("Daily run was stopped"), theme.Waiting)
		case !st.Today:
			s.rail.SetMark(sectionDaily, i18n.T("Daily run waits"), theme.Waiting)
		default:
			s.rail.SetMark(sectionDaily, i18n.T("Daily run is done"), theme.Muted)
		}
	})
}

// damaged says for good that the file can be read but not changed.
func (s *Window) damaged(words string) {
	s.notices.Add(kit.NewPara(words, theme.Danger))
	kit.Message(s.window.Canvas(), i18n.T("The data file is damaged"), words, "")
}

// close asks every page that has something to lose, waits for what is being done, and ends the program.
func (s *Window) close() { s.closeAnd(s.quit) }

// closeAnd does the same, and ends the program in another way.
func (s *Window) closeAnd(end func()) {
	if s.lock.page != nil {
		s.lock.page.Quit()
		return
	}
	if s.closing || kit.DialogOpen() {
		return
	}
	s.closing = true
	s.desk.Run.After(0, func() { s.closing = false })
	keys := make([]string, 0, len(s.pages))
	for key := range s.pages {
		keys = append(keys, key)
	}
	s.leaveAll(keys, func() { s.leaveWindows(func() { s.finishTasks(end) }) })
}

// leaveWindows asks the clients in windows of their own, one after another.
func (s *Window) leaveWindows(then func()) {
	for id, open := range s.windows {
		open.page.Leave(func() {
			delete(s.windows, id)
			open.window.Close()
			s.leaveWindows(then)
		})
		return
	}
	then()
}

// leaveAll asks one page after another.
func (s *Window) leaveAll(keys []string, then func()) {
	if len(keys) == 0 {
		then()
		return
	}
	page, ok := s.pages[keys[0]]
	if !ok {
		s.leaveAll(keys[1:], then)
		return
	}
	page.Leave(func() { s.leaveAll(keys[1:], then) })
}

// finishTasks ends the program where nothing is being done, or stops it where the person says so.
func (s *Window) finishTasks(end func()) {
	running := s.desk.Run.Tasks()
	if len(running) == 0 {
		end()
		return
	}
	var lines []string
	for _, t := range running {
		lines = append(lines, t.Title)
	}
	kit.ShowDialog(s.window.Canvas(), kit.Dialog{
		Title: i18n.T("Something is still being done"), Consequences: lines,
		Text:   i18n.T("What is stopped leaves nothing half done."),
		Action: i18n.T("Stop and Quit"), Danger: true, Close: i18n.T("Keep Working"),
		Do: func(done func(error)) {
			s.desk.Run.CancelAll()
			done(nil)
			end()
		},
	})
}

// quitWait is how long the end of the program waits for work that was told to stop.
const quitWait = 20 * time.Second

func (s *Window) quit() {
	size := s.window.Canvas().Size()
	s.desk.Prefs.SetFloat(prefWidth, float64(max(size.Width, 640)))
	s.desk.Prefs.SetFloat(prefHeight, float64(max(size.Height, 480)))
	s.desk.Flush() // where nobody was asked, as when the system ends the program
	s.desk.Run.CancelAll()
	ctx, stop := context.WithTimeout(context.Background(), quitWait)
	defer stop()
	if err := s.desk.Run.Wait(ctx); err != nil {
		s.desk.Fail(err)
	}
	s.desk.Secrets.Forget()
	fyne.CurrentApp().Quit()
}

// areaChanged shows how serving the client area stands now.
func (s *Window) areaChanged() {
	if p, ok := s.pages[sectionSettings].(*settings.Page); ok {
		p.AreaChanged()
	}
}
