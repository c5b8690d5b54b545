package activity

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/date"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // times of day are shown in the zone of the computer
	os.Exit(m.Run())
}

// add stores a client.
func add(t *testing.T, b *viewtest.Bench, first, last string) int64 {
	t.Helper()
	id, err := b.App.Clients.Add(t.Context(), app.NewClient{Profile: app.Profile{
		FirstName: first, LastName: last, Email: strings.ToLower(first) + "@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
	}})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// work does some things, which are in the log then.
func work(t *testing.T, b *viewtest.Bench) (grace, ada int64) {
	t.Helper()
	grace, ada = add(t, b, "Grace", "Hopper"), add(t, b, "Ada", "Lovelace")
	c, err := b.App.Clients.Get(t.Context(), grace)
	if err != nil {
		t.Fatal(err)
	}
	p := app.ProfileOf(c)
	p.Phone, p.City = "+44 20 7946 0958", "Arlington"
	if err := b.App.Clients.Update(t.Context(), grace, c.Version, p, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := b.App.Notes.Add(t.Context(), app.NewNote{ClientID: grace, Body: "Call **first**"}); err != nil {
		t.Fatal(err)
	}
	return grace, ada
}

// says tells whether a text stands somewhere.
func says(b *viewtest.Bench, text string) bool {
	return slices.ContainsFunc(test.LaidOutObjects(b.Canvas().Content()), func(o fyne.CanvasObject) bool {
		p, ok := o.(*kit.Para)
		return ok && p.Visible() && strings.Contains(p.Text(), text)
	})
}

// cells are the rows as they are drawn.
func cells(l *List) (all []string) {
	for _, r := range l.rows {
		all = append(all, strings.Join(r.Cells, " | "))
	}
	return all
}

// SU-5: the log of a client, readable: when, who, what, and from what to what; the line under the cursor in full.
func TestLogOfAClient(t *testing.T) {
	b := viewtest.New(t)
	grace, _ := work(t, b)
	l := NewList(b.Desk, grace)
	b.Window.SetContent(l.Object())
	if len(l.rows) != 0 {
		t.Error("read before it was looked at")
	}
	l.Show(b.Canvas())
	want := []string{
		"20/11/2026 09:30 | Ann | Note added | Call first | ",
		"20/11/2026 09:30 | Ann | Profile changed |  | City: – → Arlington  ·  Phone: – → +44 20 7946 0958",
		"20/11/2026 09:30 | Ann | Client added |  | ",
	}
	if !slices.Equal(cells(l), want) {
		t.Errorf("shows\n%s", strings.Join(cells(l), "\n"))
	}
	if !l.grid.Focused() {
		t.Error("the list does not have the keyboard")
	}
	l.grid.Select(1)
	if !says(b, "Profile changed") || !says(b, "City: – → Arlington\nPhone: – → +44 20 7946 0958") {
		t.Error("the whole line is not shown")
	}
	cancel := b.App.Events.Subscribe(l.Changed)
	defer cancel()
	if err := b.App.Notes.SetSticky(t.Context(), 1, true); err != nil {
		t.Fatal(err)
	}
	b.Run.Advance(reloadEvery)
	if len(l.rows) != 4 || l.grid.Cursor() != 2 || !says(b, "City: – → Arlington") {
		t.Errorf("%d lines, the cursor is on %d", len(l.rows), l.grid.Cursor())
	}
}

// The whole log names the client, opens it, and is narrowed down by kind, person and day.
func TestWholeLog(t *testing.T) {
	b := viewtest.New(t)
	grace, _ := work(t, b)
	p := New(b.Desk)
	b.Show(p)
	l := p.list
	if len(l.rows) != 4 || l.rows[0].Cells[2] != "Grace Hopper" || l.rows[2].Cells[2] != "Ada Lovelace" {
		t.Fatalf("shows\n%s", strings.Join(cells(l), "\n"))
	}
	l.grid.Select(0)
	l.grid.FocusTarget().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if b.Went.Last() != fmt.Sprintf("client %d", grace) {
		t.Errorf("went %q", b.Went.Last())
	}
	choose := func(m *fyne.Menu, label string) {
		t.Helper()
		i := slices.IndexFunc(m.Items, func(i *fyne.MenuItem) bool { return i.Label == label })
		if i < 0 {
			t.Fatalf("the menu has no %q", label)
		}
		m.Items[i].Action()
	}
	f := l.filter
	choose(f.kindMenu(), "Notes")
	if len(l.rows) != 1 || f.kind.Text != "Notes" || !f.reset.Visible() {
		t.Errorf("notes: %d lines", len(l.rows))
	}
	choose(f.personMenu(), "Ann")
	choose(f.whenMenu(), "Today")
	if len(l.rows) != 1 || f.person.Text != "Ann" || f.when.Text != "20/11/2026" {
		t.Errorf("notes by Ann, today: %d lines; %q %q", len(l.rows), f.person.Text, f.when.Text)
	}
	choose(f.whenMenu(), "Last month")
	if len(l.rows) != 0 || !says(b, "Nothing was done that fits") {
		t.Errorf("last month: %d lines", len(l.rows))
	}
	f.clear()
	if len(l.rows) != 4 || f.reset.Visible() || f.when.Text != "When" {
		t.Errorf("cleared: %d lines", len(l.rows))
	}
	f.between()
	if !kit.DialogOpen() {
		t.Error("Between asks nothing")
	}
	f.choose(func(x *app.LogFilter) { x.From = date.Today(b.App.Now()).AddDays(1) })
	if len(l.rows) != 0 || f.when.Text != "From 21/11/2026" {
		t.Errorf("from tomorrow: %d lines, %q", len(l.rows), f.when.Text)
	}
}

// An export has the lines that are shown, those that were not read yet too.
func TestExport(t *testing.T) {
	b := viewtest.New(t)
	work(t, b)
	for i := range 2 * pageSize {
		if err := b.App.Notes.SetSticky(t.Context(), 1, i%2 == 0); err != nil {
			t.Fatal(err)
		}
	}
	p := New(b.Desk)
	b.Show(p)
	p.list.filter.choose(func(f *app.LogFilter) { f.Kind = app.LogNotes })
	p.list.export()
	path := filepath.Join(t.TempDir(), "log.csv")
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		if e, ok := o.(*kit.Entry); ok {
			e.SetText(path)
		}
	}
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		if button, ok := o.(*kit.Button); ok && button.Text == "Export" {
			test.Tap(button)
		}
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(file))).ReadAll()
	if err != nil || len(rows) != 2*pageSize+2 || b.Bar.Text() != "401 lines were written to log.csv." {
		t.Errorf("%d rows, %v; the bar says %q", len(rows), err, b.Bar.Text())
	}
}

// Goal 26: however long the log is, a page of it is read at first, and the next where the list ends.
func TestLongLog(t *testing.T) {
	b := viewtest.New(t)
	grace, _ := work(t, b)
	err := b.Store.LongWrite(t.Context(), func(tx *data.Tx) error {
		lines := make([]data.Activity, 10_000)
		for i := range lines {
			lines[i] = data.Activity{Who: "Ann", Action: "client.changed", ClientID: &grace, Details: fmt.Sprint("line ", i+1)}
		}
		return tx.AddActivity(lines...)
	})
	if err != nil {
		t.Fatal(err)
	}
	l := NewList(b.Desk, grace)
	b.Window.SetContent(l.Object())
	l.Show(b.Canvas())
	if len(l.rows) != pageSize {
		t.Fatalf("%d lines", len(l.rows))
	}
	l.Want(0, pageSize-1)
	if len(l.rows) != 2*pageSize || l.lines[2*pageSize-1].Details != "line 9601" {
		t.Errorf("%d lines, the last is %q", len(l.rows), l.lines[len(l.lines)-1].Details)
	}
}

// The looks of the whole log, light and dark.
func TestPictures(t *testing.T) {
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(name, func(t *testing.T) {
			b := viewtest.New(t)
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: mode}))
			work(t, b)
			b.Window.SetPadded(false)
			p := New(b.Desk)
			b.Show(p)
			b.Window.SetContent(container.NewStack(p.Object()))
			p.list.grid.Select(1)
			viewtest.Looks(t, "log-"+name+".png", b.Canvas())
		})
	}
}
