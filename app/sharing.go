package app

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"clientele/app/configuration"
	"clientele/app/i18n"
	"clientele/data"
)

// databaseSecret is the name under which the password of the shared database is kept.
const databaseSecret = "database"

// oldestServer is the first version of PostgreSQL that has all that is used of it.
const oldestServer = 130000

// Sharing connects an office with the server that its desktops share, and moves its data there and back.
type Sharing struct {
	core
	keyring Keyring
	mails   *Mails
	unsaved *Unsaved
	file    string
}

// Server is a database on a server, as it is entered.
type Server struct {
	Address  string // postgres://name@server/database
	Password string
}

// Found is what is on a server.
type Found struct {
	// Words say it.
	Words string
	// Office tells that an office works there already; otherwise there is nothing yet.
	Office bool
}

// Address is the server that this office shares, without its password; empty where the data lies in a file.
func (s *Sharing) Address() string {
	if s.store.Engine() == "SQLite" {
		return ""
	}
	return s.store.Address()
}

// Look tries a server out and tells what is there. It changes nothing.
func (s *Sharing) Look(ctx context.Context, server Server) (Found, error) {
	full, _, err := server.full()
	if err != nil {
		return Found{}, err
	}
	p, err := data.Probe(ctx, full)
	switch {
	case errors.Is(err, data.ErrLogin):
		return Found{}, Problems{{Code: Invalid, Field: "password", Err: err, Message: i18n.T("The server refuses the name or the password.")}}
	case errors.Is(err, data.ErrNoDatabase):
		return Found{}, Problems{{Code: Invalid, Field: "address", Err: err, Message: i18n.T("The server has no database of this name. Make an empty one there first.")}}
	case err != nil:
		s.log.Warn("probe", "error", err)
		return Found{}, Problems{{Code: Unavailable, Field: "address", Err: err, Message: i18n.T("The server cannot be reached at this address. Check it, and whether the server allows this computer to connect.")}}
	case p.Server < oldestServer:
		return Found{}, s.unfit(i18n.T("The server's PostgreSQL is too old: version 13 or newer is needed."))
	case !p.Letters:
		return Found{}, s.unfit(i18n.T("This database cannot hold the letters of all languages. Make an empty one for Clientele with the encoding UTF8."))
	case p.Foreign > 0:
		return Found{}, s.unfit(i18n.T("Something else is in this database. Make an empty one for Clientele."))
	case p.Schema > data.SchemaVersion():
		return Found{}, s.unfit(i18n.T("A newer version of Clientele works there. Install the newer version here first."))
	case p.Schema == 0 && !p.Search:
		return Found{}, s.unfit(i18n.T("The server lacks the extension pg_trgm, which comes with PostgreSQL's own packages."))
	case p.Schema == 0 && !p.MayMake:
		return Found{}, s.unfit(i18n.T("This account may not make tables there. Give it a database that it owns."))
	case p.Clients > 0 || p.Admins > 0:
		return Found{Office: true, Words: i18n.N(p.Clients, "The server answers. An office with one client works there.", "The server answers. An office with %d clients works there.")}, nil
	}
	return Found{Words: i18n.T("The server answers. There is no office yet: one can begin there.")}, nil
}

func (s *Sharing) unfit(words string) error {
	return Problems{{Code: NotAllowed, Field: "address", Message: words}}
}

// Join has the next start open a server's office, or begin one there. It is for a first start, which has nothing of its own yet.
func (s *Sharing) Join(ctx context.Context, server Server) error {
	set, err := (&SettingsService{core: s.core}).Get(ctx)
	if err != nil {
		return err
	}
	if set.SetUp {
		return &Error{Code: NotAllowed, Message: i18n.T("There is an office here already. Move it to the server in the settings instead.")}
	}
	if _, err := s.Look(ctx, server); err != nil {
		return err
	}
	return s.keep(server)
}

// MoveToServer copies everything from the file on this computer to a server that has no office yet, and has the next start open it there. The file
// stays as it is.
func (s *Sharing) MoveToServer(ctx context.Context, server Server, p Progress) (done data.Copied, err error) {
	if err := s.may(Configuring); err != nil {
		return done, err
	}
	found, err := s.Look(ctx, server)
	if err != nil {
		return done, err
	}
	if found.Office {
		return done, s.unfit(i18n.T("An office works there already. Choose an empty database."))
	}
	full, _, err := server.full()
	if err != nil {
		return done, err
	}
	err = s.held(ctx, func() error {
		to, err := data.Open(ctx, data.Options{URL: full, Now: s.now})
		if err != nil {
			return err
		}
		done, err = s.copy(ctx, to, p)
		if err = errors.Join(err, to.Close()); err != nil {
			return err
		}
		return s.keep(server)
	})
	if err == nil {
		s.unsaved.Close()
	}
	return done, known(err)
}

// MoveToFile copies everything from the server to a file on this computer, and has the next start open that. What lies there under the name already is
// kept under another. On the server everything stays as it is.
func (s *Sharing) MoveToFile(ctx context.Context, p Progress) (done data.Copied, err error) {
	if err := s.may(Configuring); err != nil {
		return done, err
	}
	if s.Address() == "" || s.file == "" {
		return done, &Error{Code: NotAllowed, Message: i18n.T("The data lies in a file already.")}
	}
	err = s.held(ctx, func() error {
		made := s.file + ".moving"
		if err := os.Remove(made); err != nil && !os.IsNotExist(err) { // of a move that was broken off
			return err
		}
		to, err := data.Open(ctx, data.Options{Path: made, Now: s.now})
		if err != nil {
			return err
		}
		done, err = s.copy(ctx, to, p)
		if err = errors.Join(err, to.Close()); err != nil {
			return errors.Join(err, os.Remove(made))
		}
		if err := s.setAside(); err != nil {
			return err
		}
		if err := os.Rename(made, s.file); err != nil {
			return err
		}
		if err := s.config.Update(func(c *configuration.Configuration) error { c.DatabaseURL = ""; return nil }); err != nil {
			return err
		}
		return s.keyring.Set(databaseSecret, "")
	})
	if err == nil {
		s.unsaved.Close()
	}
	return done, known(err)
}

// setAside gives the file that is there another name.
func (s *Sharing) setAside() error {
	aside := s.file + ".before-" + s.now().UTC().Format("20060102-150405")
	for _, companion := range []string{"-wal", "-shm", ""} {
		if err := os.Rename(s.file+companion, aside+companion); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}

// held does a move while nothing is written here. Mails that wait could go out of both places, so there must be none.
func (s *Sharing) held(ctx context.Context, move func() error) error {
	release, err := s.store.Hold(ctx)
	if err != nil {
		return err
	}
	defer release()
	counts, err := s.mails.Counts(ctx)
	if err != nil {
		return err
	}
	if n := counts[data.MailQueued] + counts[data.MailSending] + counts[data.MailUncertain]; n > 0 {
		return &Error{Code: NotAllowed, Message: i18n.N(n,
			"One mail waits in the outbox. Send or cancel it first, so that it does not go out of both places.", "%d mails wait in the outbox. Send or cancel them first, so that they do not go out of both places.")}
	}
	return move()
}

// copy copies the store and has the copy checked as `clientele check` does.
func (s *Sharing) copy(ctx context.Context, to *data.Store, p Progress) (data.Copied, error) {
	p.Step(i18n.T("Copying"))
	done, err := s.store.CopyTo(ctx, to, func(_ string, rows int64) { p.Add(rows) })
	switch {
	case errors.Is(err, data.ErrOccupied):
		return done, s.unfit(i18n.T("An office works there already. Choose an empty database."))
	case err != nil:
		return done, err
	}
	p.Step(i18n.T("Checking the copy"))
	there := s.core
	there.store = to
	there.events = &Events{}
	r, err := (&Checks{core: there}).Run(ctx, Quiet{})
	if err != nil {
		return done, err
	}
	for _, c := range r.Checks {
		if len(c.Found) > 0 {
			return done, fmt.Errorf("app: the copy is not sound: %s: %s", c.Name, strings.Join(c.Found, "; "))
		}
	}
	return done, nil
}

// keep notes the server for the next start: its password in the keyring, the rest in the configuration.
func (s *Sharing) keep(server Server) error {
	_, bare, err := server.full()
	if err != nil {
		return err
	}
	u, _ := url.Parse(server.Address)
	password := server.Password
	if own, ok := u.User.Password(); ok && password == "" {
		password = own
	}
	if err := s.keyring.Set(databaseSecret, password); err != nil {
		return err
	}
	return s.config.Update(func(c *configuration.Configuration) error { c.DatabaseURL = bare; return nil })
}

// full is the address with its password, and bare the one without. Over a network the connection is encrypted unless the address says otherwise.
func (s Server) full() (full, bare string, err error) {
	wrong := func(words string) (string, string, error) {
		return "", "", Problems{{Code: Invalid, Field: "address", Message: words}}
	}
	u, err := url.Parse(strings.TrimSpace(s.Address))
	switch {
	case err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Host == "":
		return wrong(i18n.T("Enter an address such as postgres://name@server/database."))
	case strings.Trim(u.Path, "/") == "":
		return wrong(i18n.T("The address lacks the name of the database: postgres://name@server/database."))
	case u.User == nil || u.User.Username() == "":
		return wrong(i18n.T("The address lacks the name of the account: postgres://name@server/database."))
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return wrong(i18n.T("Enter an address such as postgres://name@server/database."))
		}
	}
	if q := u.Query(); q.Get("sslmode") == "" && !loopback(u.Hostname()) {
		q.Set("sslmode", "require")
		u.RawQuery = q.Encode()
	}
	password := s.Password
	if own, ok := u.User.Password(); ok && password == "" {
		password = own
	}
	u.User = url.User(u.User.Username())
	bare = u.String()
	if password != "" {
		u.User = url.UserPassword(u.User.Username(), password)
	}
	return u.String(), bare, nil
}

// DatabaseAddress is the address of the shared database that the configuration names, with the password from the keyring; empty where there is none.
func DatabaseAddress(c *configuration.Configuration, k Keyring) (string, error) {
	if c.DatabaseURL == "" {
		return "", nil
	}
	u, err := url.Parse(c.DatabaseURL)
	if err != nil || u.User == nil {
		return c.DatabaseURL, nil //nolint:nilerr // the driver says in its own words what is wrong with it
	}
	if _, has := u.User.Password(); has {
		return c.DatabaseURL, nil
	}
	password, err := k.Get(databaseSecret)
	switch {
	case errors.Is(err, ErrNoSecret), err == nil && password == "":
		return c.DatabaseURL, nil
	case err != nil:
		return "", &Error{Code: Unavailable, Err: err, Message: i18n.T("The keyring with the password of the shared database cannot be opened. Unlock it and start again.")}
	}
	u.User = url.UserPassword(u.User.Username(), password)
	return u.String(), nil
}
