package app_test

import (
	"bytes"
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/configuration"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/mail/mailtest"
)

// serverOf is an empty database as a person enters it: the address, and the password apart from it.
func serverOf(t *testing.T, like ...string) app.Server {
	t.Helper()
	u, err := url.Parse(datatest.PostgresURL(t, like...))
	if err != nil {
		t.Fatal(err)
	}
	password, _ := u.User.Password()
	u.User = url.User(u.User.Username())
	return app.Server{Address: u.String(), Password: password}
}

// nextStart opens what an office's configuration names, as the next start does.
func nextStart(t *testing.T, o *apptest.Office) *apptest.Office {
	t.Helper()
	config, err := configuration.Open(o.Folder)
	if err != nil {
		t.Fatal(err)
	}
	options := data.Options{Path: apptest.Path(o.Folder)}
	if options.URL, err = app.DatabaseAddress(config, o.Keyring); err != nil {
		t.Fatal(err)
	}
	if options.URL != "" {
		options.Path = ""
	}
	again := apptest.OpenIn(t, o.Folder, options)
	again.Keyring = o.Keyring
	again.Use(nil)
	return again
}

// AP-4: an office moves from its file to a server and back, and every row is as it was.
func TestMoveToServerAndBack(t *testing.T) {
	server := serverOf(t)
	o := apptest.Open(t)
	clients := 60
	if apptest.RaceDetector {
		clients = 20
	}
	if err := o.Demo(ctx, clients, 3, app.Quiet{}); err != nil {
		t.Fatal(err)
	}
	id := o.Add(t, "a@example.com", nil)
	note, err := o.Notes.Add(ctx, app.NewNote{ClientID: id, Body: "Called."})
	if err != nil {
		t.Fatal(err)
	}
	undo, err := o.Notes.Delete(ctx, note)
	if err != nil {
		t.Fatal(err)
	}
	waiting(t, o)
	there, err := o.Sharing.MoveToServer(ctx, server, stepping(func() {
		if _, err := o.Notes.Add(ctx, app.NewNote{ClientID: id, Body: "Written while all is copied."}); err == nil {
			t.Error("something was written that does not move")
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(o.Folder, configuration.Name))
	if err != nil || bytes.Contains(file, []byte(server.Password)) {
		t.Errorf("the password is in the configuration: %v", err)
	}
	on := nextStart(t, o)
	if !on.Shared() {
		t.Fatal("the next start does not open the server")
	}
	if err := on.Admins.AddFirst(ctx, "Olga Owner", ownersWord); err != nil {
		t.Fatal(err)
	}
	next := on.Add(t, "b@example.com", nil) // the numbers go on where they were
	if next != id+1 {
		t.Errorf("the next client has number %d after %d", next, id)
	}
	if _, err := on.Undos.Undo(ctx, undo); err != nil {
		t.Errorf("what was deleted before the move: %v", err)
	}
	on.Sound(t)
	if err := os.WriteFile(apptest.Path(o.Folder)+".moving", []byte("half of a move that was broken off"), 0o600); err != nil {
		t.Fatal(err)
	}
	back, err := on.Sharing.MoveToFile(ctx, app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	if there.Rows < int64(clients) || back.Rows <= there.Rows || there.Tables != back.Tables {
		t.Errorf("%+v there, %+v back", there, back)
	}
	if secret, err := o.Keyring.Get("database"); secret != "" {
		t.Errorf("the password of the server stays in the keyring, %v", err)
	}
	home := nextStart(t, o)
	if home.Shared() {
		t.Fatal("the next start does not open the file")
	}
	home.Sound(t)
	if c := home.Get(t, next); c.Email != "b@example.com" {
		t.Errorf("read %+v", c)
	}
	if found, err := home.Clients.Search(ctx, "b@example.com", 5); err != nil || len(found.Rows) != 1 {
		t.Errorf("found %+v, %v", found, err)
	}
	if kept, err := filepath.Glob(filepath.Join(o.Folder, "clientele.db.before-*")); err != nil || len(kept) == 0 {
		t.Errorf("the file that was there before is gone: %v", err)
	}
	// Equal to the last row: a third copy of either has as many rows, and CopyTo compares their contents.
	third := datatest.OpenWith(t, data.Options{Path: filepath.Join(t.TempDir(), "c.db"), Now: o.Clock.Now})
	if again, err := home.Store.CopyTo(ctx, third, func(string, int64) {}); err != nil || again != back {
		t.Errorf("%+v again, %v", again, err)
	}
}

// stepping is a Progress that does something at each step.
type stepping func()

func (s stepping) Step(string)  { s() }
func (stepping) SetTotal(int64) {}
func (stepping) Add(int64)      {}

// waiting queues nothing: a move waits for the outbox to be empty, and says so.
func waiting(t *testing.T, o *apptest.Office) {
	t.Helper()
	counts, err := o.Mails.Counts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if counts[data.MailQueued] > 0 {
		o.Serve(t, mailtest.Start(t, mailtest.Script{}), long)
		send(t, o)
	}
}

// A mail that waits could go out of both places: so nothing moves while there is one, and nothing has changed then.
func TestNothingMovesWhileAMailWaits(t *testing.T) {
	server := serverOf(t)
	o := apptest.Open(t)
	o.Serve(t, mailtest.Start(t, mailtest.Script{}), long)
	o.Add(t, "a@example.com", func(n *app.NewClient) { n.SendWelcome = true })
	path := filepath.Join(o.Folder, configuration.Name)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Sharing.MoveToServer(ctx, server, app.Quiet{}); err == nil || !strings.Contains(app.Explain(err), "One mail waits in the outbox. Send or cancel it first") {
		t.Fatalf("it says %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the configuration is changed: %v", err)
	}
	waiting(t, o)
	if _, err := o.Sharing.MoveToServer(ctx, server, app.Quiet{}); err != nil {
		t.Errorf("once the mail has gone: %v", err)
	}
}

// What is wrong with a server is said before anything is changed.
func TestLookAtServers(t *testing.T) {
	o := apptest.Open(t)
	good := serverOf(t)
	found, err := o.Sharing.Look(ctx, good)
	if err != nil || found.Office {
		t.Fatalf("an empty database: %+v, %v", found, err)
	}
	missing := good
	missing.Address = strings.Replace(missing.Address, "/t", "/nothing_t", 1)
	for what, c := range map[string]struct {
		server app.Server
		field  string
	}{
		"a wrong password":  {app.Server{Address: good.Address, Password: "wrong"}, "password"},
		"no such database":  {missing, "address"},
		"nonsense":          {app.Server{Address: "our server"}, "address"},
		"no name":           {app.Server{Address: "postgres://server/office"}, "address"},
		"no database":       {app.Server{Address: "postgres://me@server"}, "address"},
		"nobody listens":    {app.Server{Address: "postgres://me@127.0.0.1:1/office", Password: "x"}, "address"},
		"few letters":       {serverOf(t, "TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"), "address"},
		"another's program": {app.Server{Address: "mysql://me@server/office"}, "address"},
	} {
		_, err := o.Sharing.Look(ctx, c.server)
		if ps := app.ProblemsOf(err); len(ps) != 1 || ps[0].Field != c.field {
			t.Errorf("%s: %v", what, err)
		}
		if err != nil && c.server.Password != "" && strings.Contains(err.Error(), c.server.Password) && len(c.server.Password) > 3 {
			t.Errorf("%s: the password is told: %v", what, err)
		}
	}
	if err := o.Sharing.Join(ctx, good); err != nil {
		t.Fatal(err)
	}
	other := apptest.Open(t)
	if other.Change(t, func(s *app.Settings) { s.SetUp, s.BusinessName = true, "Northwind" }); app.CodeOf(other.Sharing.Join(ctx, good)) != app.NotAllowed {
		t.Error("an office that is here already was left for another one")
	}
	on := nextStart(t, o)
	if err := on.Admins.AddFirst(context.Background(), "Olga Owner", ownersWord); err != nil {
		t.Fatal(err)
	}
	if found, err := o.Sharing.Look(ctx, good); err != nil || !found.Office {
		t.Errorf("an office: %+v, %v", found, err)
	}
	if _, err := o.Sharing.MoveToServer(ctx, good, app.Quiet{}); app.CodeOf(err) != app.NotAllowed {
		t.Errorf("moved onto an office: %v", err)
	}
}

// What is in a database decides whether an office can be there: nothing of others is touched, and nothing that a newer program made.
func TestLookAtWhatIsThere(t *testing.T) {
	o := apptest.Open(t)
	for what, c := range map[string]struct {
		statements []string
		words      string
	}{
		"something else": {[]string{"CREATE TABLE wordpress (id int)"}, "Something else is in this database"},
		"a newer office": {[]string{"INSERT INTO schema_version (n) VALUES (9999)"}, "A newer version of Clientele works there"},
	} {
		address := datatest.PostgresURL(t)
		if what == "a newer office" {
			datatest.OpenWith(t, data.Options{URL: address, Now: datatest.Clock}).Close()
		}
		db, err := sql.Open("pgx", address)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range c.statements {
			if _, err := db.ExecContext(ctx, s); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Sharing.Look(ctx, app.Server{Address: address}); app.CodeOf(err) != app.NotAllowed || !strings.Contains(app.Explain(err), c.words) {
			t.Errorf("%s: %v", what, err)
		}
		if err := o.Sharing.Join(ctx, app.Server{Address: address}); err == nil {
			t.Errorf("%s was joined", what)
		}
	}
}
