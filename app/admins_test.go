package app_test

import (
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
	"clientele/data/datatest"
)

const (
	ownersWord = "amber lantern hill"
	staffsWord = "quiet copper river"
)

// shared is an office on a server with one owner, signed in.
func shared(t *testing.T) *apptest.Office {
	t.Helper()
	o := apptest.OpenIn(t, t.TempDir(), data.Options{URL: datatest.PostgresURL(t)})
	if e, err := o.Admins.Enter(ctx); e != app.FirstOwner || err != nil {
		t.Fatalf("a new shared office begins with %v, %v", e, err)
	}
	if err := o.Admins.AddFirst(ctx, "Olga Owner", ownersWord); err != nil {
		t.Fatal(err)
	}
	return o
}

// colleague opens the office of another desktop and signs an admin of that role in, whom it adds before.
func colleague(t *testing.T, o *apptest.Office, name string, role data.Role) *apptest.Office {
	t.Helper()
	if _, err := o.Admins.Add(ctx, app.NewAdmin{Name: name, Role: role, Password: staffsWord}); err != nil {
		t.Fatal(err)
	}
	other := o.Colleague(t)
	if e, err := other.Admins.Enter(ctx); e != app.SignIn || err != nil {
		t.Fatalf("a colleague's window begins with %v, %v", e, err)
	}
	if other.May(app.Deleting) || other.May(app.Configuring) || other.May(app.Revealing) {
		t.Error("something is allowed before anybody signed in")
	}
	if err := other.Admins.SignIn(ctx, name, staffsWord); err != nil {
		t.Fatal(err)
	}
	return other
}

// AP-4: where the data lies in a file nobody signs in, and everything is allowed.
func TestAFileHasOneAdmin(t *testing.T) {
	o := apptest.Open(t)
	if e, err := o.Admins.Enter(ctx); e != app.Open || err != nil {
		t.Errorf("begins with %v, %v", e, err)
	}
	if !o.May(app.Deleting) || !o.May(app.Configuring) || !o.May(app.Revealing) {
		t.Error("something is not allowed")
	}
}

// AP-4: staff do the daily work but do not delete, reveal or change settings; what they do is in the log by their name.
func TestRoles(t *testing.T) {
	o := shared(t)
	staff := colleague(t, o, "Sam Staff", data.Staff)
	id := staff.Add(t, "a@example.com", nil)
	if lines := o.Activity(t, id); len(lines) == 0 || lines[len(lines)-1].Who != "Sam Staff" {
		t.Errorf("the log has %+v", lines)
	}
	move, err := staff.Credit.Add(ctx, id, app.NewCredit{Date: date.MustNew(2026, 11, 20), Description: "x", Amount: money.New(100, "GBP")})
	if err != nil {
		t.Fatal(err)
	}
	if staff.May(app.Deleting) || staff.May(app.Configuring) || staff.May(app.Revealing) {
		t.Error("staff may too much")
	}
	if _, err := o.Credit.Delete(ctx, move); err != nil {
		t.Errorf("the owner may not delete: %v", err)
	}
}

// Wrong names and passwords are answered alike, cost more and more time, and are in the log without what was typed.
func TestSigningIn(t *testing.T) {
	o := shared(t)
	other := o.Colleague(t)
	if _, err := other.Admins.Enter(ctx); err != nil {
		t.Fatal(err)
	}
	nobody := other.Admins.SignIn(ctx, "Nobody", ownersWord)
	for range 4 {
		if err := other.Admins.SignIn(ctx, "olga  owner", "wrong word here"); err == nil || err.Error() != nobody.Error() {
			t.Fatalf("answered %v, and %v for a name that is not there", err, nobody)
		}
	}
	if err := other.Admins.SignIn(ctx, "Olga Owner", ownersWord); app.CodeOf(err) != app.NotAllowed || !strings.Contains(err.Error(), "2 seconds") {
		t.Errorf("the fifth try at once: %v", err)
	}
	o.Clock.Advance(3 * time.Second)
	if err := other.Admins.SignIn(ctx, " OLGA owner ", ownersWord); err != nil {
		t.Fatal(err)
	}
	if me, ok := other.Admins.Me(); !ok || me.Name != "Olga Owner" {
		t.Errorf("signed in as %+v", me)
	}
	if last := o.Activity(t, 0)[0]; last.Action != "admin.signed-in" || last.Who != "Olga Owner" {
		t.Errorf("the log has %+v", last)
	}
	refused := 0
	for _, l := range o.Activity(t, 0) {
		if l.Action == "admin.refused" {
			refused++
		}
		if strings.Contains(l.Details+l.Subject, "wrong word") || strings.Contains(l.Details+l.Subject, "Nobody") {
			t.Errorf("the log has what was typed: %+v", l)
		}
	}
	if refused != 4 {
		t.Errorf("%d refusals in the log", refused)
	}
	other.Admins.SignOut()
	if other.May(app.Configuring) {
		t.Error("signed out, but allowed")
	}
	// Whoever got in begins anew, and so does who was given another password.
	wrong := func(times int) {
		for range times {
			if err := other.Admins.SignIn(ctx, "Olga Owner", "wrong word here"); app.CodeOf(err) != app.Invalid {
				t.Errorf("a wrong one is answered by %v", err)
			}
		}
	}
	wrong(3)
	if err := other.Admins.SignIn(ctx, "Olga Owner", ownersWord); err != nil {
		t.Errorf("what was wrong before still counts: %v", err)
	}
	wrong(4)
	me, _ := o.Admins.Me()
	if err := o.Admins.Change(ctx, me.ID, app.NewAdmin{Name: me.Name, Role: me.Role, Password: staffsWord}); err != nil {
		t.Fatal(err)
	}
	if err := other.Admins.SignIn(ctx, "Olga Owner", staffsWord); err != nil {
		t.Errorf("with the password that was just given: %v", err)
	}
	if last := o.Activity(t, 0)[1]; last.Action != "admin.changed" || last.Subject != "Olga Owner" {
		t.Errorf("the log has %+v", last)
	}
}

// An office always has an owner; who was removed or has another role is what they are now, wherever they are signed in.
func TestOwnersAndRemoval(t *testing.T) {
	o := shared(t)
	me, _ := o.Admins.Me()
	if err := o.Admins.Delete(ctx, me.ID); app.CodeOf(err) != app.NotAllowed {
		t.Errorf("the only owner was removed: %v", err)
	}
	if err := o.Admins.Change(ctx, me.ID, app.NewAdmin{Name: me.Name, Role: data.Staff}); app.CodeOf(err) != app.NotAllowed {
		t.Errorf("the only owner was made staff: %v", err)
	}
	if err := o.Admins.AddFirst(ctx, "Eve", staffsWord); app.CodeOf(err) != app.NotAllowed {
		t.Errorf("a second first owner: %v", err)
	}
	other := colleague(t, o, "Sam Staff", data.Staff)
	sam, _ := other.Admins.Me()
	if err := o.Admins.Change(ctx, sam.ID, app.NewAdmin{Name: "Samantha", Role: data.Owner}); err != nil {
		t.Fatal(err)
	}
	if err := other.Admins.Recall(ctx); err != nil || !other.May(app.Deleting) {
		t.Errorf("promoted, but not allowed: %v", err)
	}
	for _, role := range []data.Role{data.Staff, data.Owner} { // by the same name
		if err := o.Admins.Change(ctx, sam.ID, app.NewAdmin{Name: "Samantha", Role: role}); err != nil {
			t.Fatal(err)
		}
		if err := other.Admins.Recall(ctx); err != nil || other.May(app.Deleting) != (role == data.Owner) {
			t.Errorf("as %s: allowed %v, %v", role, other.May(app.Deleting), err)
		}
	}
	if err := other.Admins.ChangeMine(ctx, "not it at all", "a new long one"); app.CodeOf(err) != app.Invalid {
		t.Errorf("changed a password without knowing it: %v", err)
	}
	if err := other.Admins.ChangeMine(ctx, staffsWord, "a new long one"); err != nil {
		t.Fatal(err)
	}
	if err := other.Admins.Recall(ctx); err != nil || !other.May(app.Deleting) {
		t.Errorf("signed out where the own password was changed: %v", err)
	}
	if err := o.Admins.Change(ctx, sam.ID, app.NewAdmin{Name: "Samantha", Role: data.Owner, Password: "given by an owner"}); err != nil {
		t.Fatal(err)
	}
	if err := other.Admins.Recall(ctx); err != nil || other.May(app.Deleting) {
		t.Errorf("still in by a password that was taken away: %v", err)
	}
	if err := other.Admins.SignIn(ctx, "Samantha", "given by an owner"); err != nil {
		t.Fatal(err)
	}
	if err := other.Admins.Delete(ctx, me.ID); err != nil {
		t.Fatal(err)
	}
	if err := o.Admins.Recall(ctx); err != nil || o.May(app.Deleting) {
		t.Errorf("removed, but allowed: %v", err)
	}
	if err := o.Admins.SignIn(ctx, "Olga Owner", ownersWord); app.CodeOf(err) != app.Invalid {
		t.Errorf("removed, but let in: %v", err)
	}
	o.Sound(t)
}

// Names and passwords are held to the same rules as those of clients.
func TestNewAdmins(t *testing.T) {
	o := shared(t)
	for what, n := range map[string]app.NewAdmin{
		"name":     {Name: "  ", Role: data.Staff, Password: staffsWord},
		"role":     {Name: "A", Role: "King", Password: staffsWord},
		"password": {Name: "A", Role: data.Staff, Password: "short"},
	} {
		_, err := o.Admins.Add(ctx, n)
		if ps := app.ProblemsOf(err); len(ps) != 1 || ps[0].Field != what {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := o.Admins.Add(ctx, app.NewAdmin{Name: "OLGA OWNER", Role: data.Staff, Password: staffsWord}); app.CodeOf(err) != app.Duplicate {
		t.Errorf("the same name twice: %v", err)
	}
}
