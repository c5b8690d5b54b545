package app_test

import (
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
)

// AP-6: the newest deletion by the admin at this desktop is the one that Undo takes back: not what somebody else deleted, nor what is back in its place, nor what was
// deleted too long ago.
func TestLastDeletion(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "grace@example.com", nil)
		first, second, third := note(t, o, client, "first"), note(t, o, client, "second"), note(t, o, client, "third")
		last := func(want string) int64 {
			t.Helper()
			u, ok, err := o.Undos.Last(ctx)
			if err != nil || ok != (want != "") || u.Subject != want && ok {
				t.Errorf("the last deletion is %q, %v, %v, not %q", u.Subject, ok, err, want)
			}
			return u.ID
		}
		remove := func(a *app.App, id int64) {
			t.Helper()
			if _, err := a.Notes.Delete(ctx, id); err != nil {
				t.Fatal(err)
			}
		}
		last("")
		remove(o.App, first.ID)
		o.Clock.Advance(time.Hour)
		remove(o.App, second.ID)
		remove(app.New(app.Params{Store: o.Store, Configuration: o.Configuration, Keyring: o.Keyring, Now: o.Clock.Now, Who: "Ben"}), third.ID)
		if _, err := o.Undos.Undo(ctx, last("second")); err != nil {
			t.Fatal(err)
		}
		undo := last("first")
		o.Clock.Advance(app.UndoLife - time.Hour)
		last("first")
		o.Clock.Advance(time.Second)
		last("")
		if _, err := o.Undos.Undo(ctx, undo); !says("deletions are kept for 30 days only")(err) {
			t.Errorf("undone too late: %v", err)
		}
		remove(o.App, second.ID)
		undo = last("second")
		if err := o.Clients.Delete(ctx, client, o.Get(t, client).Version, app.Quiet{}); err != nil {
			t.Fatal(err)
		}
		last("")
		if _, err := o.Undos.Undo(ctx, undo); !says("go with their client")(err) {
			t.Errorf("undone without its client: %v", err)
		}
	})
}
