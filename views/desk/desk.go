// Package desk is what every page of the window stands on: the services, the ways off the UI thread and back, the bar for results, and
// the ways to other pages. Pages know each other by it alone.
package desk

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/clientarea"
	"clientele/views/kit"
	"clientele/views/task"
)

// Desk is the window's inside as pages see it. It is used on the UI thread only.
type Desk struct {
	App    *app.App
	Run    *task.Runner
	Window fyne.Window
	// Bar tells results.
	Bar *kit.Bar
	// Area serves the clients' web site, where the settings say so.
	Area *clientarea.Keeper
	// Go leads to other pages.
	Go Navigator
	// Secrets hides what must not stay in sight, such as a full card number.
	Secrets *Secrets
	// Keepers have what is typed come back after a crash.
	Keepers *Keepers
	// Prefs remember how a list was left: widths, sorting, filters. Nothing that matters is in them.
	Prefs fyne.Preferences
}

// Navigator leads from one page to another.
type Navigator interface {
	// Clients shows the list of clients as it was.
	Clients()
	// Client opens a client beside the list.
	Client(id int64)
	// ClientWindow opens a client in a window of its own.
	ClientWindow(id int64)
	// DeleteClient asks whether a client is to be deleted, and says with what.
	DeleteClient(id int64)
	// AddClient opens the Add New Client form.
	AddClient()
	// Import opens the import of a file.
	Import()
	// Mail shows the Mail page with mails in these states; none means all.
	Mail(states ...data.MailState)
	// Invoices shows the Invoices page.
	Invoices()
	// ClientsBy, InvoicesBy and TransactionsBy show what a filter leaves in the lists of all, as a figure's list is opened.
	ClientsBy(f data.ClientFilter)
	InvoicesBy(f data.InvoiceFilter)
	TransactionsBy(f data.TransactionFilter)
	// Invoice opens an invoice in a tab.
	Invoice(id int64)
	// NewInvoice opens an empty invoice of a client in a tab. Nothing is stored before somebody saves it.
	NewInvoice(clientID int64)
	// WriteMail opens a client and begins a mail to them with the documents of m, its invoices and its account statement.
	WriteMail(clientID int64, m app.Manual)
	// Reopen opens the form in which an earlier run left something, with it.
	Reopen(t app.Typed)
	// Settings shows a section of the settings: "office", "mail", "groups", "fields", "look"; empty means the first.
	Settings(section string)
	// Daily shows the daily run: what is due, and what the runs did.
	Daily()
	// Lock locks the window at once, where a passphrase is set.
	Lock()
	// Restart ends the program, which then starts anew on data that was put in the place of the old.
	Restart()
	// CloseTab closes the tab of the page that calls it, without asking.
	CloseTab(p Page)
	// Retitle gives the tab of a page another title.
	Retitle(p Page, title string)
	// InFront tells whether a page is the one in sight.
	InFront(p Page) bool
}

// Page is what fills the window or a tab of it. All methods are called on the UI thread.
type Page interface {
	// Object is what is drawn; it is built once.
	Object() fyne.CanvasObject
	// Shown is called each time the page comes to the front.
	Shown()
	// Changed is called after each commit, whether the page is in sight or not; a page that does not show such a thing ignores it.
	Changed(c app.Change)
	// Leave is called before the page goes away or is closed. It calls proceed once nothing that was typed would be lost, now or after having
	// asked.
	Leave(proceed func())
	// Save is Ctrl+S, Find is Ctrl+F. A page without anything to save or to find in does nothing.
	Save()
	Find()
}

// Plain is embedded by pages that have nothing to lose, to save or to find.
type Plain struct{}

// Shown does nothing.
func (Plain) Shown() {}

// Changed does nothing.
func (Plain) Changed(app.Change) {}

// Leave proceeds.
func (Plain) Leave(proceed func()) { proceed() }

// Save does nothing.
func (Plain) Save() {}

// Find does nothing.
func (Plain) Find() {}

// Canvas is where dialogs go.
func (d *Desk) Canvas() fyne.Canvas { return d.Window.Canvas() }

// Say tells a result in the bar.
func (d *Desk) Say(text string, actions ...kit.Action) { d.Bar.Say(text, actions...) }

// Fail tells in the bar what went wrong. Being stopped is no failure.
func (d *Desk) Fail(err error, actions ...kit.Action) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	d.Bar.Fail(app.Explain(err), actions...)
}

// Allowed tells whether the admin at this desktop may do such a thing, and says in the bar why not. It is asked before a dialog begins what would be refused
// at its end.
func (d *Desk) Allowed(p app.Permission) bool {
	err := d.App.Allowed(p)
	d.Fail(err)
	return err == nil
}

// ErrorState is what a page shows in place of what it could not load.
func (d *Desk) ErrorState(err error, retry func()) fyne.CanvasObject {
	return kit.NewErrorState(i18n.T("This could not be loaded"), app.Explain(err), "", retry)
}

// Moment is a time as the locale writes day and time, in the zone of this computer.
func Moment(t time.Time) string {
	t, l := t.Local(), i18n.CurrentLocale()
	return date.Today(t).Format(l) + " " + l.Digits(t.Format("15:04"))
}

// FieldErrors splits err into the words for each field and those for the form as a whole. With an error of another kind the words explain it.
func FieldErrors(err error) (fields map[string]string, rest string) {
	fields = map[string]string{}
	ps := app.ProblemsOf(err)
	if ps == nil {
		return fields, app.Explain(err)
	}
	for _, p := range ps {
		switch {
		case p.Field == "":
			rest = p.Message
		case fields[p.Field] == "":
			fields[p.Field] = p.Message
		}
	}
	return fields, rest
}

// Act does something short off the UI thread and tells in the bar where it failed. done is called on the UI thread after it went well.
func (d *Desk) Act(title string, act func(context.Context) error, done func()) {
	d.Run.Task(title, func(ctx context.Context, _ *task.Progress) error { return act(ctx) }, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		if done != nil {
			done()
		}
	})
}

// Explained is err in words for a person, for a dialog to show; nil stays nil.
func Explained(err error) error {
	if err == nil {
		return nil
	}
	return errors.New(app.Explain(err))
}
