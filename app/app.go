// Package app holds the rules of Clientele: what an admin can do with clients, credit, groups, fields, settings, mails and files, for windows,
// web pages and the command line alike. It stores through data and sends through a Mailer; it knows nothing of windows.
package app

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"clientele/app/configuration"
	"clientele/data"
)

// Params are what the application is made of.
type Params struct {
	Store         *data.Store
	Configuration *configuration.Configuration
	Mailer        Mailer
	Keyring       Keyring
	Now           func() time.Time
	// Scratch is a folder that this program alone uses, for copies of the files that are opened. It need not be there.
	Scratch string
	// File is where the data lies, or would lie, where it is in a file on this computer.
	File string
	// Backups is the folder of the automatic backups. It need not be there.
	Backups string
	// Unsaved is the file of this computer that keeps what is being typed. It need not be there; an empty name keeps nothing.
	Unsaved string
	// Who is the operating system's name for the admin at this desktop, for the activity log. In a shared office they sign in by another.
	Who string
	Log *slog.Logger
}

// App is everything that Clientele can do, for windows, web pages and the command line alike.
type App struct {
	Events       *Events
	Settings     *SettingsService
	Clients      *Clients
	Contacts     *Contacts
	Files        *Files
	Notes        *Notes
	Groups       *Groups
	Fields       *Fields
	Credit       *Credit
	Invoices     *Invoices
	Transactions *Transactions
	Services     *Services
	Products     *Products
	Mails        *Mails
	Templates    *MailTemplates
	Campaigns    *Campaigns
	Outbox       *Outbox
	Imports      *Imports
	Exports      *Exports
	Checks       *Checks
	Undos        *Undos
	Home         *Home
	Documents    *Documents
	Log          *Log
	Backups      *Backups
	Admins       *Admins
	Together     *Together
	ClientArea   *ClientArea
	Sharing      *Sharing
	Cards        *Cards
	Daily        *Daily
	Lock         *Lock
	Unsaved      *Unsaved

	core
}

// core is what every service has.
type core struct {
	store  *data.Store
	events *Events
	config *configuration.Configuration
	now    func() time.Time
	seat   *seat
	log    *slog.Logger
	scrubs *scrubber
}

// New wires the services.
func New(p Params) *App {
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	c := core{store: p.Store, events: &Events{}, config: p.Configuration, now: p.Now, seat: &seat{user: p.Who}, log: p.Log, scrubs: &scrubber{kick: make(chan struct{}, 1)}}
	a := &App{Events: c.events, core: c}
	a.Settings = &SettingsService{core: c, keyring: p.Keyring}
	a.Mails = &Mails{core: c, settings: a.Settings, mailer: p.Mailer}
	a.Backups = &Backups{core: c, folder: p.Backups, restorer: &Restorer{Database: p.File, Backups: p.Backups, Now: p.Now}}
	a.Files = &Files{core: c, settings: a.Settings, scratch: p.Scratch}
	a.Clients = &Clients{core: c, settings: a.Settings, mails: a.Mails, files: a.Files, backups: a.Backups}
	a.Contacts = &Contacts{core: c}
	a.Notes = &Notes{core: c}
	a.Groups = &Groups{core: c}
	a.Fields = &Fields{core: c}
	a.Credit = &Credit{core: c}
	a.Invoices = &Invoices{core: c, settings: a.Settings, mails: a.Mails}
	a.Transactions = &Transactions{core: c, mails: a.Mails}
	a.Services = &Services{core: c, settings: a.Settings}
	a.Products = &Products{core: c}
	a.Campaigns = newCampaigns(c, a.Mails)
	a.Templates = &MailTemplates{core: c}
	a.Outbox = newOutbox(c, a.Settings, p.Mailer)
	a.Imports = &Imports{core: c, settings: a.Settings, scratch: p.Scratch, backups: a.Backups}
	a.Checks = &Checks{core: c}
	a.Undos = &Undos{core: c}
	a.Documents = &Documents{core: c, settings: a.Settings, invoices: a.Invoices, files: a.Files}
	a.Mails.documents, a.Outbox.documents = a.Documents, a.Documents
	a.Log = &Log{core: c}
	a.Exports = &Exports{core: c, files: a.Files, activity: a.Log}
	a.Admins = &Admins{core: c}
	a.Together = &Together{core: c, admins: a.Admins}
	a.Cards = &Cards{core: c, backups: a.Backups}
	a.ClientArea = &ClientArea{
		core: c, settings: a.Settings, clients: a.Clients, documents: a.Documents, files: a.Files, mails: a.Mails, cards: a.Cards,
	}
	a.Sharing = &Sharing{core: c, keyring: p.Keyring, mails: a.Mails, file: p.File}
	a.Daily = &Daily{core: c, settings: a.Settings, mails: a.Mails, undos: a.Undos, files: a.Files, backups: a.Backups, area: a.ClientArea, unseen: new(atomic.Int64)}
	a.Lock = &Lock{core: c}
	a.Unsaved = newUnsaved(c, p.Unsaved)
	a.Sharing.unsaved = a.Unsaved
	a.Home = &Home{core: c, settings: a.Settings, backups: a.Backups, daily: a.Daily}
	return a
}

// Now is the time by the application's clock.
func (a *App) Now() time.Time { return a.now() }

// Shared tells whether the data lies on a server that several desktops use.
func (a *App) Shared() bool { return a.store.Engine() != "SQLite" }

// ReadOnly tells whether the data can be read but not changed, because its file was found damaged.
func (a *App) ReadOnly() bool { return a.store.ReadOnly() }

// write runs one act in one transaction and tells everyone of its changes once they are durable.
func (c *core) write(ctx context.Context, act func(*data.Tx, *[]Change) error) error {
	return c.writing(ctx, c.store.Write, act)
}

// longWrite is write without the time limit.
func (c *core) longWrite(ctx context.Context, act func(*data.Tx, *[]Change) error) error {
	return c.writing(ctx, c.store.LongWrite, act)
}

func (c *core) writing(ctx context.Context, in func(context.Context, func(*data.Tx) error) error, act func(*data.Tx, *[]Change) error) error {
	var changes []Change
	err := in(ctx, func(tx *data.Tx) error {
		changes = changes[:0]
		if err := act(tx, &changes); err != nil {
			return err
		}
		announce(tx, changes)
		return nil
	})
	if err != nil {
		return known(err)
	}
	for _, change := range changes {
		c.events.publish(change)
	}
	return nil
}

// read runs f on the newest committed state.
func (c *core) read(ctx context.Context, f func(*data.Tx) error) error {
	return known(c.store.Read(ctx, f))
}

// snapshot runs f on one committed state.
func (c *core) snapshot(ctx context.Context, f func(*data.Tx) error) error {
	return known(c.store.Snapshot(ctx, f))
}

// known puts what the store says into words where there are any.
func known(err error) error {
	if err == nil || ProblemsOf(err) != nil {
		return err
	}
	if e := storeError(err); e != nil {
		return e
	}
	return err
}

// Progress is how long work tells how far it is. Its methods may be called from any goroutine.
type Progress interface {
	Step(what string)
	SetTotal(n int64)
	Add(n int64)
}

// Quiet is a Progress that nobody watches.
type Quiet struct{}

// Step does nothing.
func (Quiet) Step(string) {}

// SetTotal does nothing.
func (Quiet) SetTotal(int64) {}

// Add does nothing.
func (Quiet) Add(int64) {}
