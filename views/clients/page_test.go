package clients

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/views/kit"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

var ctx = context.Background()

// office is a bench with n clients whose last names sort by their numbers; every tenth is Closed, the third has credit.
func office(t *testing.T, n int) (*viewtest.Bench, *Page) {
	t.Helper()
	return officeOf(t, n, false)
}

// agreed is an office whose clients all agreed to marketing mail.
func agreed(t *testing.T, n int) (*viewtest.Bench, *Page) {
	t.Helper()
	return officeOf(t, n, true)
}

func officeOf(t *testing.T, n int, agreed bool) (*viewtest.Bench, *Page) {
	t.Helper()
	b := viewtest.New(t)
	cs := make([]data.Client, n)
	for i := range cs {
		cs[i] = datatest.Client(i + 1)
		cs[i].LastName, cs[i].MarketingOptIn = fmt.Sprintf("Last%05d", i+1), agreed
		if i%10 == 9 {
			cs[i].Status = data.Closed
		}
	}
	if n > 2 {
		cs[2].Credit = 1250
		cs[1].Owed = 7990
	}
	datatest.Add(t, b.Store, cs...)
	p := New(b.Desk)
	b.Show(p)
	return b, p
}

func cell(p *Page, row, col int) string {
	r := p.list.Row(row)
	if r == nil {
		return ""
	}
	return r.Cells[col]
}

// CL-1: Active and Inactive are shown, Closed behind the filter; the number is shown.
func TestListShowsTheUsualStatuses(t *testing.T) {
	_, p := office(t, 30)
	if p.list.Len() != 27 {
		t.Fatalf("%d rows, want 27", p.list.Len())
	}
	p.bar.statuses[data.Closed].OnTapped()
	if p.list.Len() != 30 {
		t.Errorf("%d rows with Closed, want 30", p.list.Len())
	}
	p.bar.clear()
	if p.list.Len() != 27 {
		t.Errorf("%d rows after clearing, want 27", p.list.Len())
	}
	if got := []string{cell(p, 0, 7), cell(p, 1, 7)}; got[0] != "–" || got[1] != "£79.90" {
		t.Errorf("owe %q", got)
	}
	if got := cell(p, 2, 6); got != "£12.50" {
		t.Errorf("credit is shown as %q", got)
	}
}

// Rows far down are read when they are wanted, from wherever the list is known.
func TestListReadsWhatIsInSight(t *testing.T) {
	_, p := office(t, 5000)
	want := func(first, last int) {
		t.Helper()
		p.list.Want(first, last)
		for _, i := range []int{first, last} {
			if got, name := cell(p, i, 2), nth(i); got != name {
				t.Errorf("row %d is %q, want %q", i, got, name)
			}
		}
	}
	want(0, 20)
	want(100, 120)
	want(p.list.Len()-20, p.list.Len()-1)
	want(2345, 2360)
	want(2000, 2010)
	want(4000, 4100)
	if len(p.list.rows) > keep+stride {
		t.Errorf("%d rows are in memory", len(p.list.rows))
	}
}

// nth is the last name of the row at i where every tenth client is hidden.
func nth(i int) string { return fmt.Sprintf("Last%05d", i/9*10+i%9+1) }

// CL-1: sorting by any header, and it is remembered.
func TestSortIsRemembered(t *testing.T) {
	b, p := office(t, 30)
	for _, c := range columns() {
		p.grid.SortBy(c.Key)
		if p.list.query.Sort != data.ClientSort(c.Key) || p.list.Row(0) == nil {
			t.Errorf("not sorted by %s", c.Key)
		}
	}
	p.grid.SortBy(string(data.ByID))
	p.grid.SortBy(string(data.ByID))
	if got := cell(p, 0, 0); got != "29" {
		t.Errorf("first by number, highest first: %s", got)
	}
	p.bar.credit.OnTapped()
	p.rememberWidths(map[string]float32{"id": 99})
	again := New(b.Desk)
	b.Show(again)
	if again.list.Len() != 1 || again.list.query.Sort != data.ByID || !again.list.query.Descending {
		t.Errorf("remembered %d rows by %q", again.list.Len(), again.list.query.Sort)
	}
}

// CL-2: search as one types, Closed ones too; what is found has its own order and count.
func TestSearchAsTyped(t *testing.T) {
	_, p := office(t, 30)
	for _, r := range "last00010" {
		p.search.TypedRune(r)
	}
	if p.list.Len() != 1 || cell(p, 0, 2) != "Last00010" || cell(p, 0, 9) != "Closed" {
		t.Fatalf("%d found, first %q %q", p.list.Len(), cell(p, 0, 2), cell(p, 0, 9))
	}
	p.search.SetText("nobody at all")
	if p.list.Len() != 0 || len(p.middle.Objects) != 1 || p.middle.Objects[0] == fyne.CanvasObject(p.grid) {
		t.Error("an empty answer shows no words")
	}
	p.search.SetText("")
	if p.list.Len() != 27 || p.middle.Objects[0] != fyne.CanvasObject(p.grid) {
		t.Errorf("%d rows after the search", p.list.Len())
	}
}

// A letter searches once, for what is in sight and a little more; the rest comes when somebody scrolls.
func TestLetterReadsWhatIsInSight(t *testing.T) {
	_, p := office(t, 300)
	p.search.SetText("Last")
	if p.list.Len() < 2*topRows || len(p.list.rows) != topRows {
		t.Errorf("%d rows were read of %d found, want %d", len(p.list.rows), p.list.Len(), topRows)
	}
	p.list.Want(topRows-1, topRows+10)
	if got := cell(p, topRows+10, 2); got == "" {
		t.Error("what was scrolled to was not read")
	}
}

// A search that finds many loads the others when they come into sight.
func TestSearchGoesOn(t *testing.T) {
	_, p := office(t, 300)
	p.search.SetText("last")
	if p.list.Len() != 300 {
		t.Fatalf("%d found", p.list.Len())
	}
	p.list.Want(200, 220)
	if got := cell(p, 210, 2); got != "Last00211" {
		t.Errorf("row 210 is %q", got)
	}
}

// CL-3: Enter opens; several rows are changed at once, after a question.
func TestActOnRows(t *testing.T) {
	b, p := office(t, 30)
	p.grid.Select(0)
	p.grid.OnOpen(0)
	if b.Went.Last() != "client 1" {
		t.Errorf("Enter went %q", b.Went.Last())
	}
	if p.chosen.Visible() {
		t.Error("one client is offered as several")
	}
	choose(t, p.menu(0), "Send Email to All Shown…")
	if p.grid.SelectedCount() != 27 || !kit.DialogOpen() {
		t.Errorf("the mail is for %d", p.grid.SelectedCount())
	}
	press(t, b, "Cancel")
	p.grid.Select(0)
	for label, want := range map[string]string{"New Invoice…": "new invoice 1", "Write Email…": "write to 1: invoices [], statement false", "Delete Client…": "delete client 1", "Open in a Window": "window 1"} {
		choose(t, p.menu(0), label)
		if b.Went.Last() != want {
			t.Errorf("%s went %q", label, b.Went.Last())
		}
	}
	choose(t, p.menu(0), "Select All 27 of the List")
	if m := p.chosen.Menu(); !p.chosen.Visible() || p.chosen.Text != "27 Selected" || m == nil || m.Items[len(m.Items)-1].Label != "Send Email to Many…" {
		t.Errorf("what is to be done with 27 clients is not in sight: %v %q", p.chosen.Visible(), p.chosen.Text)
	}
	p.setStatus(data.Inactive)
	if !kit.DialogOpen() {
		t.Fatal("many clients are changed without a question")
	}
	press(t, b, "Set status to Inactive")
	n, _, err := b.App.Clients.Count(ctx, data.ClientFilter{Statuses: []data.Status{data.Inactive}})
	if err != nil || n != 27 {
		t.Errorf("%d Inactive, %v", n, err)
	}
	closed, _, err := b.App.Clients.Count(ctx, data.ClientFilter{Statuses: []data.Status{data.Closed}})
	if err != nil || closed != 3 {
		t.Errorf("%d Closed, %v: those not in the list were changed", closed, err)
	}
}

// press taps the button with that label in the dialog on top.
func press(t *testing.T, b *viewtest.Bench, label string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(b.Window.Canvas().Overlays().Top()) {
		if button, ok := o.(*kit.Button); ok && button.Text == label {
			test.Tap(button)
			return
		}
	}
	t.Fatalf("no button %q", label)
}

// What is done next must hit the clients that were selected, also where others came in above them meanwhile.
func TestSelectionFollowsItsClients(t *testing.T) {
	b, p := office(t, 30)
	p.grid.Select(4)
	id := p.list.rows[4].id
	early := datatest.Client(900)
	early.LastName = "Aaa"
	datatest.Add(t, b.Store, early)
	p.refresh(false)
	if at := p.grid.Cursor(); at != 5 || p.list.rows[at].id != id {
		t.Errorf("the cursor is on row %d", at)
	}
	p.grid.SelectAll()
	early.LastName, early.Email, early.EmailKey = "Aab", "early2@example.com", "early2@example.com"
	datatest.Add(t, b.Store, early)
	p.refresh(false)
	if n := p.grid.SelectedCount(); n > 1 {
		t.Errorf("%d rows stayed selected though they are other clients now", n)
	}
}

// Changes come in by themselves, some times a second at most.
func TestChangesAreShown(t *testing.T) {
	b, p := office(t, 3)
	profile := app.NewProfile(app.Settings{Country: "GB", Currency: "GBP", Language: "en"})
	profile.FirstName, profile.LastName, profile.Email = "New", "Aaa", "new@example.com"
	if _, err := b.App.Clients.Add(ctx, app.NewClient{Profile: profile}); err != nil {
		t.Fatal(err)
	}
	if p.list.Len() != 3 {
		t.Error("the list was read at once")
	}
	b.Run.Advance(reloadEvery)
	if p.list.Len() != 4 || cell(p, 0, 2) != "Aaa" {
		t.Errorf("%d rows, first %q", p.list.Len(), cell(p, 0, 2))
	}
}

// IO-3: the list is written as it is filtered, and selected rows alone.
func TestExport(t *testing.T) {
	_, p := office(t, 30)
	path := filepath.Join(t.TempDir(), "c.csv")
	p.exportTo(path, nil)
	if got := lines(t, path); got != 28 {
		t.Errorf("%d lines of the whole list, want 28", got)
	}
	p.exportTo(path, []kit.Span{{First: 1, Last: 2}, {First: 5, Last: 5}})
	if got := lines(t, path); got != 4 {
		t.Errorf("%d lines of three rows, want 4", got)
	}
	p.search.SetText("last0001")
	p.exportTo(path, nil)
	if got := lines(t, path); got != 11 {
		t.Errorf("%d lines of what was found, want 11", got)
	}
}

func lines(t *testing.T, path string) int {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(b), "\r\n")
}

func TestEmptyAndBroken(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk)
	b.Show(p)
	if p.middle.Objects[0] == fyne.CanvasObject(p.grid) {
		t.Error("no clients, and nothing says so")
	}
	p.show(answer{}, errors.New("broken"), data.ClientQuery{}, "", true)
	if p.middle.Objects[0] == fyne.CanvasObject(p.grid) {
		t.Error("a list that cannot be read looks like one")
	}
}

func TestDaysBetween(t *testing.T) {
	for _, c := range []struct{ from, to, wrong string }{
		{"", "", ""},
		{"2026-01-31", "", ""},
		{"01/02/2026", "2026-02-01", ""},
		{"2026-02-02", "2026-02-01", "to"},
		{"x", "2026-02-01", "from"},
		{"2026-02-30", "", "from"},
	} {
		_, _, wrong := readDays(c.from, c.to)
		if _, ok := wrong[c.wrong]; (c.wrong != "") != ok || (c.wrong == "" && len(wrong) > 0) {
			t.Errorf("%q to %q: %v", c.from, c.to, wrong)
		}
	}
}

func TestPicture(t *testing.T) {
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(name, func(t *testing.T) {
			b, p := office(t, 40)
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: mode}))
			p.grid.Select(2)
			viewtest.Looks(t, "clients-"+name+".png", b.Window.Canvas())
		})
	}
}

// CL-3: a letter typed in the list goes into the search, with the keyboard.
func TestTypingInTheListSearches(t *testing.T) {
	b, p := office(t, 3)
	b.Show(p)
	b.Canvas().Focus(p.grid.FocusTarget())
	p.grid.FocusTarget().TypedRune('x')
	if p.search.Text != "x" || b.Canvas().Focused() != fyne.Focusable(p.search) {
		t.Errorf("the search has %q, the keyboard is at %T", p.search.Text, b.Canvas().Focused())
	}
}

// CL-3: several clients get a group at once, and those alone.
func TestGroupOfSeveral(t *testing.T) {
	b, p := office(t, 10)
	group, err := b.App.Groups.Save(ctx, data.Group{Name: "Partners", Colour: "#1f9d61"})
	if err != nil {
		t.Fatal(err)
	}
	p.grid.SelectAll()
	n := p.grid.SelectedCount()
	p.setGroup(group, "Partners")
	press(t, b, "Set group to Partners")
	got, _, err := b.App.Clients.Count(ctx, data.ClientFilter{Group: group})
	if err != nil || n < 2 || got != int64(n) {
		t.Errorf("%d of %d are in it, %v", got, n, err)
	}
}
