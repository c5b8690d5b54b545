package clients

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"clientele/app/date"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// choose presses an entry of a menu.
func choose(t *testing.T, m *fyne.Menu, label string) {
	t.Helper()
	for _, i := range m.Items {
		if i.Label == label {
			i.Action()
			return
		}
	}
	t.Fatalf("the menu has no %q", label)
}

// names are the last names in the list.
func names(p *Page) string {
	var all []string
	for i := range p.list.Len() {
		all = append(all, cell(p, i, 2))
	}
	return strings.Join(all, " ")
}

// various is an office whose three clients differ in all that the chips filter by. The test's day is in November 2026.
func various(t *testing.T) (*viewtest.Bench, *Page) {
	t.Helper()
	b := viewtest.New(t)
	group, err := b.App.Groups.Save(ctx, data.Group{Name: "Partners", Colour: "#1f9d61"})
	if err != nil {
		t.Fatal(err)
	}
	today := date.Today(b.App.Now())
	one, two, three := datatest.Client(1), datatest.Client(2), datatest.Client(3)
	one.LastName, one.Country, one.Created = "One", "DE", today
	two.LastName, two.Country, two.Created, two.GroupID = "Two", "GB", today.StartOfMonth().AddDays(-1), group
	three.LastName, three.Country, three.Created, three.Owed = "Three", "GB", today.StartOfMonth().AddMonths(-11, 1), 500
	datatest.Add(t, b.Store, one, two, three)
	p := New(b.Desk)
	b.Show(p)
	return b, p
}

// CL-1: each chip leaves the clients that it names, and what is chosen is there at the next start.
func TestEachFilter(t *testing.T) {
	b, p := various(t)
	for _, c := range []struct {
		name string
		do   func()
		want string
	}{
		{"country", func() { choose(t, p.bar.countryMenu(), "Germany") }, "One"},
		{"any country", func() { choose(t, p.bar.countryMenu(), "Any country") }, "One Three Two"},
		{"group", func() { choose(t, p.bar.groupMenu(), "Partners") }, "Two"},
		{"any group", func() { choose(t, p.bar.groupMenu(), "Any group") }, "One Three Two"},
		{"owes money", p.bar.owes.OnTapped, "Three"},
		{"no longer", p.bar.owes.OnTapped, "One Three Two"},
		{"created today", func() { choose(t, p.bar.createdMenu(), "Today") }, "One"},
		{"created this month", func() { choose(t, p.bar.createdMenu(), "This month") }, "One"},
		{"created last month", func() { choose(t, p.bar.createdMenu(), "Last month") }, "Two"},
		{"created in twelve months", func() { choose(t, p.bar.createdMenu(), "Last 12 months") }, "One Three Two"},
		{"created at any time", func() { choose(t, p.bar.createdMenu(), "Any time") }, "One Three Two"},
		{"last month again", func() { choose(t, p.bar.createdMenu(), "Last month") }, "Two"},
	} {
		if c.do(); names(p) != c.want {
			t.Errorf("%s: the list has %q, want %q", c.name, names(p), c.want)
		}
	}
	again := New(b.Desk)
	b.Show(again)
	if names(again) != "Two" || !again.bar.created.On() {
		t.Errorf("the next start shows %q", names(again))
	}
	again.bar.clear()
	if names(again) != "One Three Two" || again.bar.reset.Visible() {
		t.Errorf("cleared, it shows %q", names(again))
	}
}

// apart is how far the titles of two columns are from each other.
func apart(t *testing.T, b *viewtest.Bench, left, right string) float32 {
	t.Helper()
	at := map[string]float32{}
	for _, o := range test.LaidOutObjects(b.Canvas().Content()) {
		if text, ok := o.(*canvas.Text); ok && (text.Text == left || text.Text == right) {
			at[text.Text] = fyne.CurrentApp().Driver().AbsolutePositionForObject(text).X
		}
	}
	if at[right] <= at[left] {
		t.Fatalf("the titles are at %v", at)
	}
	return at[right] - at[left]
}

// CL-1: the width of a column that somebody drew is kept.
func TestWidthsAreKept(t *testing.T) {
	b, p := various(t)
	usual := apart(t, b, "Company", "Email")
	p.grid.OnWidths(map[string]float32{string(data.ByCompany): usual + 120})
	b.Show(New(b.Desk))
	if got := apart(t, b, "Company", "Email"); got < usual+60 { // others may give up some room
		t.Errorf("the next start has it %v wide, and %v if nobody drew it", got, usual)
	}
}

// CL-3: what the menu of a row does is done to the client of that row.
func TestMenuOfARow(t *testing.T) {
	b, p := various(t)
	p.grid.Select(2)
	id, address := p.list.rows[2].id, p.list.rows[2].email
	choose(t, p.menu(2), "Open")
	if want := "client 2"; b.Went.Last() != want || id != 2 {
		t.Errorf("Open went %q", b.Went.Last())
	}
	choose(t, p.menu(2), "Open in a Window")
	if !strings.HasSuffix(b.Went.Last(), " 2") || !strings.Contains(b.Went.Last(), "window") {
		t.Errorf("Open in a Window went %q", b.Went.Last())
	}
	choose(t, p.menu(2), "Copy Email Address")
	if got := fyne.CurrentApp().Clipboard().Content(); got != address || address == "" {
		t.Errorf("copied %q", got)
	}
	for _, i := range p.menu(2).Items {
		if i.Label == "Set Status" {
			choose(t, i.ChildMenu, "Inactive") // one client is changed without a question
		}
	}
	if c, err := b.App.Clients.Get(ctx, 2); err != nil || c.Status != data.Inactive || kit.DialogOpen() {
		t.Errorf("%v, %v", c.Status, err)
	}
}

// CL-2: what a search found is counted, closed ones are marked, and the chips, which do not count then, are not in sight.
func TestSearchIsCounted(t *testing.T) {
	_, p := office(t, 30)
	p.search.SetText("last0001")
	if note := foundNote(data.Found{Total: 1000, More: true}); note != "1,000+ found" {
		t.Errorf("more than a thousand: %q", note)
	}
	said := false
	for _, o := range test.LaidOutObjects(p.header) {
		text, ok := o.(*canvas.Text)
		said = said || ok && text.Text == "10 found"
	}
	if !said {
		t.Error("it is not said how many were found")
	}
	if p.bar.chips.Visible() || !p.bar.note.Visible() {
		t.Error("the chips are in sight while they do not count")
	}
	for i := range p.list.Len() {
		if row := p.list.Row(i); row.Muted != (row.Cells[9] == "Closed") {
			t.Errorf("row %d, %s, is marked: %v", i, row.Cells[9], row.Muted)
		}
	}
}

// CL-3: the selected clients are written as JSON where the file's name asks for it.
func TestExportOfSeveralAsJSON(t *testing.T) {
	_, p := office(t, 12)
	path := filepath.Join(t.TempDir(), "c.json")
	p.exportTo(path, []kit.Span{{First: 1, Last: 2}})
	if b, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(b), "[") {
		t.Errorf("%.40q, %v", b, err)
	}
}

// CL-3: rows that are in no memory are read as something is done with them, however far they reach.
func TestFarRowsAreRead(t *testing.T) {
	_, p := office(t, 5000)
	ids, err := p.list.ids(ctx, p.list.choose([]kit.Span{{First: 300, Last: 2699}, {First: 4400, Last: 4400}}))
	if err != nil || len(ids) != 2401 {
		t.Fatalf("%d clients, %v", len(ids), err)
	}
	for i, id := range ids {
		row := 300 + i
		if i == 2400 {
			row = 4400
		}
		if want := int64(row/9*10 + row%9 + 1); id != want {
			t.Fatalf("row %d is client %d, want %d", row, id, want)
		}
	}
}
