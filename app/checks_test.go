package app_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
)

// Words for people: whole sentences for what they can act on, a reference for what they cannot, and never the error's own text.
func TestExplain(t *testing.T) {
	for _, c := range []struct {
		err  error
		code app.Code
		part string
	}{
		{data.ErrFull, app.Unavailable, "The disk is full"},
		{data.ErrReadOnly, app.Unavailable, "can be read but not changed"},
		{data.ErrBusy, app.Unavailable, "Another program"},
		{data.ErrNewer, app.Unavailable, "newer version"},
		{data.ErrForeign, app.Unavailable, "not a Clientele file"},
		{data.ErrDamaged, app.Unavailable, "damaged"},
		{data.ErrMissing, app.Unavailable, "not where it was"},
		{data.ErrUnreachable, app.Unavailable, "database server"},
		{data.ErrChanged, app.Conflict, "Somebody else"},
		{data.ErrNotFound, app.NotFound, "no longer there"},
		{os.ErrPermission, app.Unavailable, "cannot be written"},
		{errors.New("pq: secret innards"), "", "(ref "},
	} {
		words := app.Explain(c.err)
		if !strings.Contains(words, c.part) || strings.Contains(words, "innards") || !strings.HasSuffix(words, ".") {
			t.Errorf("%v: %q", c.err, words)
		}
	}
	if app.Explain(nil) != "" {
		t.Error("words for no error")
	}
	two := app.Problems{{Code: app.Invalid, Message: "One."}, {Code: app.Invalid, Message: "Two."}}
	if got := app.Explain(two); got != "One.\nTwo." {
		t.Errorf("%q", got)
	}
}

// The checks find what does not belong together, and name it.
func TestChecksFindFaults(t *testing.T) {
	for name, c := range map[string]struct{ spoil, want string }{
		"a ledger":       {"UPDATE clients SET credit = credit + 1 WHERE id = 1", "clients whose credit is not the sum of their ledger: 1"},
		"a status":       {"UPDATE clients SET status = 'Closed' WHERE id = 1", "counts of clients differ from the clients: 2"},
		"a search text":  {"UPDATE clients SET last_name = 'Other' WHERE id = 1", "client #1 is found by text that is out of date"},
		"an activity":    {"DROP TRIGGER activity_keep; UPDATE activity SET details = 'nothing' WHERE id = 1", "line 1 of the activity log was changed"},
		"a lost line":    {"DROP TRIGGER activity_stay; DELETE FROM activity WHERE id = 1", "line 1 of the activity log is missing"},
		"a search entry": {"DELETE FROM search_docs WHERE client_id = 1", "client #1 cannot be found by searching"},
	} {
		t.Run(name, func(t *testing.T) {
			o := apptest.Open(t)
			o.Add(t, "a@example.com", nil)
			o.Add(t, "b@example.com", nil)
			o.Sound(t)
			spoil(t, apptest.Path(o.Folder), c.spoil)
			r, err := o.Checks.Run(ctx, app.Quiet{})
			if err != nil {
				t.Fatal(err)
			}
			found := func(k app.Check) bool {
				return slices.ContainsFunc(k.Found, func(s string) bool { return strings.Contains(s, c.want) })
			}
			if r.Sound() || !slices.ContainsFunc(r.Checks, found) || r.Clients != 2 {
				t.Errorf("%+v", r)
			}
		})
	}
	o := apptest.Open(t)
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := o.Checks.Run(stopped, app.Quiet{}); err == nil {
		t.Error("a check that was stopped says that all is well")
	}
	if words, err := o.Checks.Quick(ctx); words != "" || err != nil || o.ReadOnly() {
		t.Errorf("a sound file: %q, %v", words, err)
	}
}

// spoil changes a data file behind the application's back.
func spoil(t *testing.T, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
}
