// Package viewtest sets a page up as a test needs it: a fresh store, the services on it, a window of the test driver, and work that is done at once.
package viewtest

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/configuration"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/views/clientarea"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// Went is where pages asked to go, in words such as "client 7".
type Went struct{ Steps []string }

func (w *Went) note(format string, args ...any) {
	w.Steps = append(w.Steps, fmt.Sprintf(format, args...))
}

// Last is the newest step, or "".
func (w *Went) Last() string {
	if len(w.Steps) == 0 {
		return ""
	}
	return w.Steps[len(w.Steps)-1]
}

// Clients notes the step.
func (w *Went) Clients() { w.note("clients") }

// Client notes the step.
func (w *Went) Client(id int64) { w.note("client %d", id) }

// ClientWindow notes the step.
func (w *Went) ClientWindow(id int64) { w.note("window %d", id) }

// AddClient notes the step.
func (w *Went) AddClient() { w.note("add") }

// Import notes the step.
func (w *Went) Import() { w.note("import") }

// Mail notes the step.
func (w *Went) Mail(states ...data.MailState) { w.note("mail %v", states) }

// Invoices notes the step.
func (w *Went) Invoices() { w.note("invoices") }

// ClientsBy notes the step.
func (w *Went) ClientsBy(f data.ClientFilter) { w.note("clients %+v", f) }

// InvoicesBy notes the step.
func (w *Went) InvoicesBy(f data.InvoiceFilter) { w.note("invoices %+v", f) }

// TransactionsBy notes the step.
func (w *Went) TransactionsBy(f data.TransactionFilter) { w.note("transactions %+v", f) }

// Invoice notes the step.
func (w *Went) Invoice(id int64) { w.note("invoice %d", id) }

// NewInvoice notes the step.
func (w *Went) NewInvoice(clientID int64) { w.note("new invoice %d", clientID) }

// DeleteClient notes the step.
func (w *Went) DeleteClient(id int64) { w.note("delete client %d", id) }

// WriteMail notes the step.
func (w *Went) WriteMail(clientID int64, m app.Manual) {
	w.note("write to %d: invoices %v, statement %v", clientID, m.Invoices, m.Statement != nil)
}

// Reopen notes the step.
func (w *Went) Reopen(t app.Typed) { w.note("reopen %s", t.ID) }

// Settings notes the step.
func (w *Went) Settings(section string) { w.note("settings %s", section) }

// Daily notes the step.
func (w *Went) Daily() { w.note("daily") }

// Lock notes the step.
func (w *Went) Lock() { w.note("lock") }

// Restart notes the step.
func (w *Went) Restart() { w.note("restart") }

// CloseTab notes the step.
func (w *Went) CloseTab(desk.Page) { w.note("close") }

// Retitle notes the step.
func (w *Went) Retitle(_ desk.Page, title string) { w.note("title %s", title) }

// InFront says that the page is in sight: a test has one.
func (w *Went) InFront(desk.Page) bool { return true }

// Bench is a desk for a test.
type Bench struct {
	*desk.Desk
	Store *data.Store
	// Configuration is the file beside the data.
	Configuration *configuration.Configuration
	Went          *Went
	// Unsaved is the file that keeps what is being typed.
	Unsaved string
	t       testing.TB
}

// New makes a desk on a fresh store, in a window of 1100×760, light, in English.
func New(t testing.TB) *Bench {
	t.Helper()
	t.Cleanup(kit.CloseDialogs) // what a test leaves open would stand before the next one
	if err := i18n.SetLanguage("en"); err != nil {
		t.Fatal(err)
	}
	i18n.SetLocale(i18n.LocaleFor("en-GB"))
	store := datatest.Open(t)
	folder := t.TempDir()
	config, err := configuration.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	unsaved := filepath.Join(folder, "unsaved.json")
	a := app.New(app.Params{Store: store, File: filepath.Join(folder, "clientele.db"), Backups: filepath.Join(folder, "backups"), Configuration: config, Now: datatest.Clock, Who: "Ann", Keyring: app.FileKeyring{Configuration: config}, Scratch: filepath.Join(t.TempDir(), "opened"), Unsaved: unsaved})
	fa := test.NewTempApp(t)
	fa.Settings().SetTheme(theme.New(theme.Options{Mode: theme.Light}))
	run := task.NewInline()
	w := test.NewTempWindow(t, container.NewStack())
	w.Resize(fyne.NewSize(1100, 760))
	w.Canvas().Capture() // from now on the toolkit counts how long it keeps widgets; see Looks
	went := &Went{}
	d := &desk.Desk{App: a, Run: run, Window: w, Bar: kit.NewBar(run), Area: clientarea.NewKeeper(a, slog.New(slog.DiscardHandler), func() {}), Go: went, Secrets: &desk.Secrets{}, Keepers: desk.NewKeepers(), Prefs: fa.Preferences()}
	return &Bench{Desk: d, Store: store, Configuration: config, Went: went, Unsaved: unsaved, t: t}
}

// Show puts a page into the window, brings it to the front and tells it of changes.
func (b *Bench) Show(p desk.Page) {
	b.t.Helper()
	b.Window.SetContent(kit.Border(nil, b.Bar, nil, nil, p.Object()))
	cancel := b.App.Events.Subscribe(p.Changed)
	b.t.Cleanup(cancel)
	p.Shown()
}

// Settings changes the settings.
func (b *Bench) Settings(change func(*app.Settings)) {
	b.t.Helper()
	ctx := context.Background()
	s, err := b.App.Settings.Get(ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	change(&s)
	if err := b.App.Settings.Save(ctx, s); err != nil {
		b.t.Fatal(err)
	}
}

// Ended is the desk of the next run of the program on the same data, after this one was killed: nothing that was not kept by then is there.
func (b *Bench) Ended() *Bench {
	b.t.Helper()
	a := app.New(app.Params{Store: b.Store, Configuration: b.Configuration, Now: datatest.Clock, Who: "Ann", Keyring: app.FileKeyring{Configuration: b.Configuration}, Unsaved: b.Unsaved})
	a.Unsaved.Read()
	went, run := &Went{}, task.NewInline()
	w := test.NewTempWindow(b.t, container.NewStack())
	w.Resize(fyne.NewSize(1100, 760))
	d := *b.Desk
	d.App, d.Run, d.Window, d.Bar, d.Go, d.Keepers = a, run, w, kit.NewBar(run), went, desk.NewKeepers()
	return &Bench{Desk: &d, Store: b.Store, Configuration: b.Configuration, Went: went, Unsaved: b.Unsaved, t: b.t}
}
