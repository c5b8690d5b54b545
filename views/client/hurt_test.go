package client

import (
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/money"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// DE-1: Delete Client says what goes and what stays, deletes, and leads to the list.
func TestDeleteClient(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	if _, err := b.App.Credit.Add(t.Context(), id, app.NewCredit{Description: "Gift", Amount: money.New(1500, "GBP")}); err != nil {
		t.Fatal(err)
	}
	p := Open(b.Desk, id)
	b.Show(p)
	p.DeleteClient()
	mustSay(t, b, "Delete Grace Hopper?", "£15.00 of credit", "There are no transactions to keep.", "A backup is made before.")
	if button(b, "Close Client Instead…") == nil {
		t.Error("closing is not offered instead")
	}
	press(t, b, "Delete client and one record")
	if _, err := b.App.Clients.Get(t.Context(), id); app.CodeOf(err) != app.NotFound {
		t.Errorf("the client is there: %v", err)
	}
	if b.Went.Last() != "clients" {
		t.Errorf("%q", b.Went.Steps)
	}
	if kit.DialogOpen() {
		t.Error("the question is still open")
	}
}

// ME-1: the preview of a merge shows both clients, can be turned round, and takes the fields that are ticked; an old number leads to the kept client.
func TestMergeClients(t *testing.T) {
	b := viewtest.New(t)
	one := add(t, b, "one@example.com", nil)
	two := add(t, b, "two@example.com", func(n *app.NewClient) { n.City = "Bath" })
	b.Show(Open(b.Desk, two))
	PreviewMerge(b.Desk, one, two)
	mustSay(t, b, "Merge Client Accounts", "#1, kept", "#2, discarded", "After the merge", "two@example.com becomes a contact")
	turn := func(to int) {
		for _, o := range test.LaidOutObjects(top(b)) {
			if way, ok := o.(*widget.RadioGroup); ok {
				way.SetSelected(way.Options[to])
				return
			}
		}
		t.Fatal("no direction can be chosen")
	}
	turn(1)
	mustSay(t, b, "#2, kept")
	turn(0)
	press(t, b, "Merge into #1 and Discard #2")
	c := get(t, b, one)
	if c.City != "Bath" || len(c.Contacts) != 1 {
		t.Errorf("%+v", c)
	}
	if b.Went.Last() != "client 1" { // of the dialog, and of the page of the client that is gone
		t.Errorf("%q", b.Went.Steps)
	}
}
