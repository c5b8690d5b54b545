package client

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/money"
	"clientele/data"
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
	mustSay(t, b, "Delete Grace Hopper?", "one entry of credit", "£15.00 of credit", "There are no transactions to keep.", "A backup is made before.")
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

// Whoever deletes a client with invoices that were issued reads that they may have to be kept; a draft is no such invoice.
func TestDeletingRemindsOfInvoices(t *testing.T) {
	reminds := func(drafts int64) bool {
		r := app.Removal{Possessions: data.Possessions{Invoices: map[data.InvoiceStatus]data.InvoiceSum{"Paid": {N: 2}}}, Drafts: drafts}
		return strings.Contains(strings.Join(removalWords(r), "\n"), "often have to be kept")
	}
	if reminds(2) || !reminds(1) || !reminds(0) {
		t.Errorf("of two invoices, two drafts: %v, one: %v, none: %v", reminds(2), reminds(1), reminds(0))
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
	turn := func(to fyne.KeyName) {
		for _, o := range test.LaidOutObjects(top(b)) {
			if way, ok := o.(*kit.Radio); ok {
				b.Canvas().Focus(way.Focus())
				b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: to})
				return
			}
		}
		t.Fatal("no direction can be chosen")
	}
	dialog := top(b)
	turn(fyne.KeyDown)
	mustSay(t, b, "#2, kept", "one@example.com becomes a contact")
	if button(b, "Merge into #2 and Discard #1") == nil {
		t.Error("the button does not say what it would do now")
	}
	if top(b) != dialog {
		t.Error("another dialog was opened, in which the keyboard is not where it was")
	}
	turn(fyne.KeyUp)
	mustSay(t, b, "#1, kept", "two@example.com becomes a contact")
	tapWords(t, b, "two@example.com")
	mustSay(t, b, "one@example.com becomes a contact")
	tapWords(t, b, "two@example.com")
	mustSay(t, b, "two@example.com becomes a contact")
	press(t, b, "Merge into #1 and Discard #2")
	c := get(t, b, one)
	if c.City != "Bath" || len(c.Contacts) != 1 {
		t.Errorf("%+v", c)
	}
	if b.Went.Last() != "client 1" { // of the dialog, and of the page of the client that is gone
		t.Errorf("%q", b.Went.Steps)
	}
}

// tapWords clicks on a text.
func tapWords(t *testing.T, b *viewtest.Bench, text string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(top(b)) {
		if p, ok := o.(*kit.Para); ok && p.Text() == text {
			test.TapCanvas(b.Canvas(), fyne.CurrentApp().Driver().AbsolutePositionForObject(p).AddXY(2, 2))
			return
		}
	}
	t.Fatalf("nothing says %q", text)
}

// CL-11: a client that is closed, with nothing left to cancel, is not offered to be closed; where it is asked for all the same, that is said.
func TestCloseClosedClient(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	p := Open(b.Desk, id)
	b.Show(p)
	closing := p.parts[0].(*summary).closing
	if closing.Hidden {
		t.Error("an active client cannot be closed")
	}
	p.CloseClient()
	mustSay(t, b, "Close Grace Hopper?", "The status becomes Closed")
	press(t, b, "Close Client")
	if c := get(t, b, id); c.Status != data.Closed || !closing.Hidden {
		t.Errorf("%s, and the button is hidden: %v", c.Status, closing.Hidden)
	}
	p.CloseClient()
	if kit.DialogOpen() || b.Bar.Text() != "Grace Hopper is closed already, and there is nothing left to cancel." {
		t.Errorf("%q", b.Bar.Text())
	}
	p.DeleteClient()
	mustSay(t, b, "Delete Grace Hopper?", "This cannot be undone.")
	if button(b, "Close Client Instead…") != nil {
		t.Error("closing is offered for a client that is closed")
	}
	press(t, b, "Cancel")
}
