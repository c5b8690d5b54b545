package client

import (
	"strings"
	"testing"

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
	mustSay(t, b, "The password that the client has now stops working at once.")
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
