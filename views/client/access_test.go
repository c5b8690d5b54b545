package client

import (
	"strings"
	"testing"

	"clientele/app"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// SU-1, PW-4: "Reset & send password" asks first, and then a new password is in the outbox, for the client alone and not to be read here.
func TestResetPassword(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(mailReady)
	id := add(t, b, "grace@example.com", nil)
	addPerson(t, b, id, "Ann", "Other", "ann@example.org")
	p := open(t, b, id)
	before := p.got.client.PasswordHash
	press(t, b, "Reset & send password")
	mustSay(t, b, "The password that the client has now stops working at once.", "so the mail cannot say where to log in")
	if len(mails(t, b, id)) != 0 {
		t.Fatal("sent before it was confirmed")
	}
	press(t, b, "Send New Password")
	sent := mails(t, b, id)
	if kit.DialogOpen() || len(sent) != 1 || sent[0].ToLine == "" || strings.Contains(sent[0].ToLine, "ann@example.org") {
		t.Fatalf("%+v", sent)
	}
	view, err := b.App.Mails.View(t.Context(), sent[0].ID)
	if err != nil || !strings.Contains(view.BodyText, "*****") {
		t.Errorf("the password can be read: %q, %v", view.BodyText, err)
	}
	c, err := b.App.Clients.Get(t.Context(), id)
	if err != nil || c.PasswordHash == before || !c.PasswordMustChange {
		t.Errorf("the password is as it was: %v", err)
	}
}

// SU-1: "Open client area as this client" opens the browser where the site is, by a link that lets in as this client and names the admin. Where no site is known, it says
// so and opens nothing.
func TestOpenArea(t *testing.T) {
	b := viewtest.New(t)
	add(t, b, "ada@example.com", nil)
	id := add(t, b, "grace@example.com", nil)
	open(t, b, id)
	opened := viewtest.WatchOpened(t)
	press(t, b, "Open client area as this client")
	if opened.Last() != "" || !strings.HasPrefix(b.Bar.Text(), "The client area is not served.") {
		t.Errorf("%q was opened; the bar says %q", opened.Last(), b.Bar.Text())
	}
	b.Settings(func(s *app.Settings) { s.ClientAreaURL = "https://clients.example.com/" })
	press(t, b, "Open client area as this client")
	link, ok := strings.CutPrefix(opened.Last(), "https://clients.example.com/as/")
	if !ok || b.Bar.Text() != "The client area was opened in the browser. The log notes it." {
		t.Fatalf("%q was opened; the bar says %q", opened.Last(), b.Bar.Text())
	}
	secret, err := b.App.ClientArea.EnterAs(t.Context(), link)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := b.App.ClientArea.Visit(t.Context(), secret); err != nil || v.Client.ID != id || v.Admin != "Ann" {
		t.Errorf("it lets in as %d for %q: %v", v.Client.ID, v.Admin, err)
	}
}
