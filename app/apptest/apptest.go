// Package apptest opens the application for tests: on a fresh store, with a clock that the test moves, a keyring in memory, and
// real SMTP to a scripted server on this machine.
package apptest

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/configuration"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/mail"
	"clientele/mail/mailtest"
)

// Clock is a time that only the test moves. It is safe for use by many goroutines.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now reads the clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock; a negative duration sets it back.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Set sets the clock to a time, and with it its zone.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// Keyring keeps secrets in memory. Err, where it is set, is what every call answers, as a locked keyring does.
type Keyring struct {
	mu      sync.Mutex
	secrets map[string]string
	Err     error
}

// Chosen has a client's password be one that they chose themselves, as after the first log-in.
func (o *Office) Chosen(t testing.TB, id int64) {
	t.Helper()
	hash := o.Get(t, id).PasswordHash
	if err := o.Store.Write(context.Background(), func(tx *data.Tx) error { return tx.SetPassword(id, hash, false, 0) }); err != nil {
		t.Fatal(err)
	}
}

// Get returns a secret or app.ErrNoSecret.
func (k *Keyring) Get(name string) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.Err != nil {
		return "", k.Err
	}
	if s, ok := k.secrets[name]; ok {
		return s, nil
	}
	return "", app.ErrNoSecret
}

// Set keeps a secret, or removes it where it is empty.
func (k *Keyring) Set(name, secret string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.Err != nil {
		return k.Err
	}
	if k.secrets == nil {
		k.secrets = map[string]string{}
	}
	if k.secrets[name] = secret; secret == "" {
		delete(k.secrets, name)
	}
	return nil
}

// Safe is true, as it is where the operating system has a keyring.
func (k *Keyring) Safe() bool { return true }

// Office is an application under test with all that it stands on.
type Office struct {
	*app.App
	Store         *data.Store
	Clock         *Clock
	Keyring       *Keyring
	Configuration *configuration.Configuration
	// Folder holds the configuration and, on SQLite, the data.
	Folder string

	options data.Options
}

// Open opens the application on a fresh SQLite store. Everything is closed with the test.
func Open(t testing.TB) *Office {
	t.Helper()
	folder := t.TempDir()
	return OpenIn(t, folder, data.Options{Path: Path(folder)})
}

// Path is the SQLite file in a data folder.
func Path(folder string) string { return filepath.Join(folder, "clientele.db") }

// OpenIn opens the application on the store that the options describe, with the configuration in a folder. Their clock is replaced by the
// office's own.
func OpenIn(t testing.TB, folder string, options data.Options) *Office {
	t.Helper()
	return open(t, folder, options, &Clock{now: datatest.Now})
}

func open(t testing.TB, folder string, options data.Options, clock *Clock) *Office {
	t.Helper()
	options.Now = clock.Now
	c, err := configuration.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	o := &Office{Store: datatest.OpenWith(t, options), Clock: clock, Keyring: &Keyring{}, Configuration: c, Folder: folder, options: options}
	o.Use(nil)
	return o
}

// Each runs a test on a fresh store of each engine. Where no PostgreSQL server is named, that half is skipped and says so.
func Each(t *testing.T, f func(t *testing.T, o *Office)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) { f(t, Open(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { f(t, OpenIn(t, t.TempDir(), data.Options{URL: datatest.PostgresURL(t)})) })
}

// Colleague opens the application again as another installation on the same data, with the same clock.
func (o *Office) Colleague(t testing.TB) *Office {
	t.Helper()
	return open(t, t.TempDir(), o.options, o.Clock)
}

// Use wires the application anew with another mailer; nil means one that trusts no certificate. What was queued stays, as after a restart.
func (o *Office) Use(m app.Mailer) {
	if m == nil {
		m = mail.New(mail.Options{Now: o.Clock.Now})
	}
	o.App = app.New(app.Params{
		Store: o.Store, Configuration: o.Configuration, Mailer: m, Scratch: filepath.Join(o.Folder, "opened"), File: Path(o.Folder), Backups: filepath.Join(o.Folder, "backups"), Keyring: o.Keyring, Now: o.Clock.Now, Who: "Alex Admin",
	})
}

// Mailer is real SMTP that trusts a server and gives up on it after a short time.
func (o *Office) Mailer(server *mailtest.Server, patience time.Duration) app.Mailer {
	return mail.New(mail.Options{
		Now: o.Clock.Now, ConnectTimeout: patience, ReplyTimeout: patience, CloseTimeout: time.Second, RootCAs: server.RootCAs(),
	})
}

// Serve sets the mail settings to those of a server, with its password in the keyring, and a mailer that waits patience for it.
func (o *Office) Serve(t testing.TB, server *mailtest.Server, patience time.Duration) {
	t.Helper()
	o.Use(o.Mailer(server, patience))
	m := server.MailServer()
	if err := o.Keyring.Set("smtp", m.Password); err != nil {
		t.Fatal(err)
	}
	o.Change(t, func(s *app.Settings) {
		s.SMTPHost, s.SMTPPort, s.SMTPSecurity, s.SMTPUser = m.Host, m.Port, m.Security, m.User
		s.BusinessName, s.MailFrom = "Northwind Studio", "office@example.com"
	})
}

// Change changes settings.
func (o *Office) Change(t testing.TB, change func(*app.Settings)) {
	t.Helper()
	s, err := o.Settings.Get(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	change(&s)
	if err := o.Settings.Save(context.Background(), s); err != nil {
		t.Fatal(err)
	}
}

// Profile is a form that can be saved.
func Profile(email string) app.Profile {
	return app.Profile{
		FirstName: "Ada", LastName: "Lovelace", Email: email, Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
	}
}

// Add adds a client who has an address and whatever change gives them.
func (o *Office) Add(t testing.TB, email string, change func(*app.NewClient)) int64 {
	t.Helper()
	n := app.NewClient{Profile: Profile(email)}
	if change != nil {
		change(&n)
	}
	id, err := o.Clients.Add(context.Background(), n)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// Get reads a client.
func (o *Office) Get(t testing.TB, id int64) app.Client {
	t.Helper()
	c, err := o.Clients.Get(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Sound fails the test where the application's own checks find anything.
func (o *Office) Sound(t testing.TB) {
	t.Helper()
	r, err := o.Checks.Run(context.Background(), app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Checks {
		for _, found := range c.Found {
			t.Errorf("%s: %s", c.Name, found)
		}
	}
}

// Activity reads the activity log of a client, newest line first.
func (o *Office) Activity(t testing.TB, client int64) (lines []data.Activity) {
	t.Helper()
	err := o.Store.Read(context.Background(), func(tx *data.Tx) (err error) {
		lines, err = tx.Activities(data.ActivityFilter{ClientID: client}, data.ActivityPlace{}, 1000)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
