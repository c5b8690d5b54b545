package client

import (
	"strings"
	"testing"

	"clientele/app"
	"clientele/views/desk"
	"clientele/views/viewtest"
)

// What was typed in a profile comes back; where somebody else stored something in the same field meanwhile, saving says so.
func TestProfileComesBack(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := Open(b.Desk, id)
	b.Show(p)
	fill(t, p.profile.form, app.FieldCity, "Arlington")
	fill(t, p.profile.form, app.FieldPassword, "marker-of-a-secret")
	b.Run.Advance(desk.KeepAfter)

	b = b.Ended()
	left := onlyLeft(t, b)
	if _, secret := left.Values[app.FieldPassword]; secret || left.Title() != "The profile of Grace Hopper" {
		t.Errorf("left is %+v", left)
	}
	stored := get(t, b, id)
	theirs := app.ProfileOf(stored)
	theirs.City = "New York"
	if err := b.App.Clients.Update(t.Context(), id, stored.Version, theirs, ""); err != nil {
		t.Fatal(err)
	}
	p = Open(b.Desk, id)
	b.Show(p)
	p.Reopen(left)
	if got := p.profile.form.Value(app.FieldCity); got != "Arlington" || !p.profile.unsaved() || p.Part() != "profile" {
		t.Fatalf("back is %q on %s", got, p.Part())
	}
	p.Save()
	mustSay(t, b, "New York")
	if c := get(t, b, id); c.City != "New York" {
		t.Errorf("%q was written over what somebody else stored", c.City)
	}
}

// A half-typed contact comes back and is stored once.
func TestContactComesBack(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := Open(b.Desk, id)
	b.Show(p)
	p.people.form.Fill(map[string]string{app.FieldFirstName: "Howard", app.FieldLastName: "Aiken"})
	b.Run.Advance(desk.KeepAfter)

	b = b.Ended()
	p = Open(b.Desk, id)
	b.Show(p)
	p.Reopen(onlyLeft(t, b))
	if p.people.form.Value(app.FieldLastName) != "Aiken" || !p.people.unsaved() {
		t.Fatalf("back are %v", p.people.form.Values())
	}
	p.people.form.Fill(map[string]string{app.FieldEmail: "howard@example.com"})
	p.Save()
	if c := get(t, b, id); len(c.Contacts) != 1 || c.Contacts[0].FirstName != "Howard" {
		t.Errorf("stored are %+v", c.Contacts)
	}
	nothingKept(t, b)
}

// A mail that was being written comes back with its subject and text; once it is sent nothing of it is kept.
func TestMailComesBack(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := Open(b.Desk, id)
	b.Show(p)
	p.WriteMail()
	p.emails.writer.subject.SetValue("About the compiler")
	p.emails.writer.body.SetValue("It works.")
	b.Run.Advance(desk.KeepAfter)

	b = b.Ended()
	left := onlyLeft(t, b)
	if left.Title() != "A mail to Grace Hopper" || !strings.Contains(left.Text(), "It works.") {
		t.Errorf("left is %q: %q", left.Title(), left.Text())
	}
	p = Open(b.Desk, id)
	b.Show(p)
	p.Reopen(left)
	w := p.emails.writer
	if w == nil || w.subject.Value() != "About the compiler" || w.body.Value() != "It works." || !w.unsent() {
		t.Fatal("the mail did not come back")
	}
	b.Run.Advance(desk.KeepAfter)
	if n := len(b.Ended().App.Unsaved.Left()); n != 1 {
		t.Errorf("a second kill would leave %d", n)
	}
	press(t, b, "Send")
	if p.emails.writer != nil {
		t.Fatal("it was not sent")
	}
	nothingKept(t, b)
}
