package invoice

import (
	"testing"

	"clientele/app"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/viewtest"
)

// A new invoice that was being written comes back with all its lines, also those that cannot be read yet, and is stored as one.
func TestNewInvoiceComesBack(t *testing.T) {
	b := viewtest.New(t)
	id, err := b.App.Clients.Add(t.Context(), app.NewClient{Profile: app.Profile{
		FirstName: "Grace", LastName: "Hopper", Email: "grace@example.com", Country: "US", Currency: "USD", Language: "en", Status: data.Active,
	}})
	if err != nil {
		t.Fatal(err)
	}
	p := New(b.Desk, id)
	b.Show(p)
	e := p.editor
	e.lines.all[0].Text = [cellCount]string{"Design", "2", "450.00", ""}
	e.lines.add(0)
	e.lines.all[1].Text = [cellCount]string{"Hosting", "1", "12,,", ""}
	e.lines.tell()
	b.Run.Advance(desk.KeepAfter)

	b = b.Ended()
	left := b.App.Unsaved.Left()
	if len(left) != 1 || left[0].Values[app.FieldLines] != "2 × Design: 450.00\n1 × Hosting: 12,," {
		t.Fatalf("left is %+v", left)
	}
	p = New(b.Desk, id)
	b.Show(p)
	p.Reopen(left[0])
	e = p.editor
	if len(e.lines.all) != 2 || e.lines.all[1].Text[cellPrice] != "12,," || !e.unsaved() {
		t.Fatalf("back are %+v", e.lines.typed())
	}
	e.lines.all[1].Text[cellPrice] = "12.00"
	e.saveDraft()
	b.Run.Advance(desk.KeepAfter)
	if left := b.Ended().App.Unsaved.Left(); len(left) != 0 {
		t.Errorf("kept is %+v", left)
	}
}
