package importing

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	csvfile "clientele/app/importing"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // times of day are shown in the zone of the computer
	os.Exit(m.Run())
}

var ctx = context.Background()

const good = `First Name,Last Name,Email,Company Name,Credit,Creation Date
Ada,Lovelace,ada@example.com,Analytical Engines,12.50,2025-01-31
Grace,Hopper,grace@example.com,,0.00,2025-02-01
Edsger,Dijkstra,edsger@example.com,Shortest Path BV,3.00,2025-02-14
`

const bad = `First Name,Last Name,Email,Company Name,Credit,Creation Date
Ada,Lovelace,ada@example.com,Analytical Engines,12.50,2025-01-31
Grace,Hopper,grace@,,0.00,2025-02-30
Edsger,,edsger@example.com,Shortest Path BV,many,2025-02-14
Barbara,Liskov,ada@example.com,,0.00,2025-03-01
Alan,Turing,alan@example.com,Bletchley,0.00,2025-03-02
`

// write makes a file with some content.
func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// open shows the page for a file.
func open(t *testing.T, content string) (*viewtest.Bench, *Page) {
	t.Helper()
	b := viewtest.New(t)
	p := New(b.Desk, write(t, "clients.csv", content))
	b.Show(p)
	t.Cleanup(func() { p.Leave(func() {}) }) // so that the file is closed
	return b, p
}

// buttons are the labels in the header; those that cannot be pressed are in brackets.
func buttons(p *Page) string {
	var all []string
	for _, o := range p.buttons.Objects {
		b := o.(*kit.Button)
		if b.Disabled() {
			all = append(all, "("+b.Text+")")
		} else {
			all = append(all, b.Text)
		}
	}
	return strings.Join(all, ", ")
}

// press presses a button of the header, or of the dialog that is open.
func press(t *testing.T, p *Page, label string) {
	t.Helper()
	over := p.desk.Canvas().Overlays().Top()
	if over == nil {
		for _, o := range p.buttons.Objects {
			if b := o.(*kit.Button); b.Text == label && !b.Disabled() {
				test.Tap(b)
				return
			}
		}
		t.Fatalf("no button %q: %s", label, buttons(p))
	}
	for _, o := range test.LaidOutObjects(over) {
		if b, ok := o.(*kit.Button); ok && b.Text == label {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("the dialog has no button %q", label)
}

func clients(t *testing.T, b *viewtest.Bench) int64 {
	t.Helper()
	n, _, err := b.App.Clients.Count(ctx, data.ClientFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// IO-1: a file whose columns are named in the usual way is checked, imported and undone without any setting.
func TestImportAndUndo(t *testing.T) {
	b, p := open(t, good)
	if got := buttons(p); got != "Another File, Check File" {
		t.Fatalf("offered: %s", got)
	}
	if row := p.columns.rows[2]; !slices.Equal(row.Cells, []string{"Email", "Email", "ada@example.com", "grace@example.com", "edsger@example.com"}) {
		t.Errorf("the column shows %q", row.Cells)
	}
	press(t, p, "Check File")
	if clients(t, b) != 0 {
		t.Error("the check stored something")
	}
	if got := buttons(p); got != "Another File, Check Again, Import 3 Clients" || p.outcome.words() != "Nothing was stored yet. No row has a problem." {
		t.Fatalf("offered: %s; %s", got, p.outcome.words())
	}
	press(t, p, "Import 3 Clients")
	if clients(t, b) != 3 || b.Bar.Text() != "3 clients came in." {
		t.Fatalf("%d clients, bar %q", clients(t, b), b.Bar.Text())
	}
	if got := buttons(p); got != "Another File, Undo Import, Show Clients" {
		t.Errorf("offered: %s", got)
	}
	press(t, p, "Show Clients")
	if b.Went.Last() != "clients" {
		t.Errorf("went to %q", b.Went.Last())
	}
	press(t, p, "Undo Import")
	press(t, p, "Undo Import")
	if clients(t, b) != 0 || p.outcome.title() != "The import was undone" || buttons(p) != "Another File, Check File" {
		t.Errorf("%d clients, %s, offered: %s", clients(t, b), p.outcome.title(), buttons(p))
	}
}

// IO-1: every problem with its row, its column and a reason, before anything is stored.
func TestProblems(t *testing.T) {
	b, p := open(t, bad)
	press(t, p, "Check File")
	r := p.outcome.report
	if r.Rows != 5 || r.Imported != 2 || r.Rejected != 3 || len(r.Problems) != 5 {
		t.Fatalf("%d rows, %d would come in, %d left out, %d problems", r.Rows, r.Imported, r.Rejected, len(r.Problems))
	}
	if p.tabs.Current() != "problems" {
		t.Error("the problems are not in sight")
	}
	list := filepath.Join(t.TempDir(), "problems.csv")
	p.writeProblems(list, r.Problems)
	got, err := os.ReadFile(list)
	if err != nil || strings.Count(string(got), "\n") != 6 || !strings.Contains(string(got), "Creation Date") {
		t.Errorf("%v, wrote\n%s", err, got)
	}
	press(t, p, "Import 2 Clients")
	if clients(t, b) != 2 || !strings.Contains(p.outcome.words(), "were left out") {
		t.Errorf("%d clients; %s", clients(t, b), p.outcome.words())
	}
}

// replace saves a file as most programs do: a new one is written beside it and given its name.
func replace(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path+".new", []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

// shown are the texts that are drawn in the tab in sight, one a line.
func shown(p *Page) string {
	var all []string
	for _, o := range test.LaidOutObjects(p.tabs) {
		if text, ok := o.(*canvas.Text); ok {
			all = append(all, text.Text)
		}
	}
	return strings.Join(all, "\n")
}

// IO-1: what was mended in the file counts at the next check, whatever way it was saved; its problems take the place of those before.
func TestCheckAgain(t *testing.T) {
	b, p := open(t, bad)
	press(t, p, "Check File")
	if got := shown(p); !strings.Contains(got, "Problems (5)") || !strings.Contains(got, "many") {
		t.Fatalf("in sight:\n%s", got)
	}
	replace(t, p.path, strings.Replace(good, "2025-02-01", "2025-02-30", 1))
	press(t, p, "Check Again")
	if got := shown(p); !strings.Contains(got, "Problems (1)") || !strings.Contains(got, "2025-02-30") || strings.Contains(got, "many") || p.outcome.report.Rows != 3 {
		t.Fatalf("of %d rows, in sight:\n%s", p.outcome.report.Rows, got)
	}
	if got := buttons(p); got != "Another File, Check Again, Import 2 Clients" {
		t.Errorf("offered: %s", got)
	}
	replace(t, p.path, good)
	press(t, p, "Check Again")
	if got := shown(p); strings.Contains(got, "Problems") || p.tabs.Current() != "columns" {
		t.Errorf("nothing is wrong, but in sight:\n%s", got)
	}

	// Other columns: those that a client needs are asked for before the file is read.
	replace(t, p.path, strings.Replace(good, "Email", "Address of mail", 1))
	press(t, p, "Check Again")
	if got := buttons(p); got != "Another File, (Check File)" || !slices.Equal(p.found.missing(), []string{"Email"}) {
		t.Fatalf("offered: %s, missing %q", got, p.found.missing())
	}
	p.columns.grid.Select(2)
	p.columns.choose(csvfile.Email)
	press(t, p, "Check File")
	replace(t, p.path, strings.Replace(good, "Email", "Address of mail", 1)+"Alan,Turing,alan@example.com,Bletchley,0.00,2025-03-02\n")
	press(t, p, "Check Again") // the columns are the same, so what was said of them stays
	press(t, p, "Import 4 Clients")
	if clients(t, b) != 4 {
		t.Errorf("%d clients", clients(t, b))
	}
}

// A file that is gone is said to be, and the page stays as it was.
func TestCheckAgainWithoutTheFile(t *testing.T) {
	b, p := open(t, bad)
	press(t, p, "Check File")
	if err := os.Remove(p.path); err != nil {
		t.Fatal(err)
	}
	press(t, p, "Check Again")
	if !strings.Contains(b.Bar.Text(), "clients.csv") || buttons(p) != "Another File, Check File" || strings.Contains(shown(p), "Problems") {
		t.Errorf("the bar says %q, offered: %s", b.Bar.Text(), buttons(p))
	}
}

// IO-1: "all or nothing" lets nothing in while a row has a problem.
func TestAllOrNothing(t *testing.T) {
	b, p := open(t, bad)
	tick(p, keyStrict)
	press(t, p, "Check File")
	if got := buttons(p); got != "Another File, Check Again, (Import 0 Clients)" || !strings.Contains(p.outcome.words(), "All or nothing") {
		t.Errorf("offered: %s; %s", got, p.outcome.words())
	}
	tick(p, keyStrict)
	if got := buttons(p); got != "Another File, Check File" {
		t.Errorf("after another choice the check still counts: %s", got)
	}
	if clients(t, b) != 0 {
		t.Error("something came in")
	}
}

// tick changes a box of the file's form as a person does.
func tick(p *Page, key string) {
	for _, o := range test.LaidOutObjects(p.file.object) {
		if c, ok := o.(*kit.Tick); ok {
			before := p.file.form.Value(key)
			c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 15)})
			if p.file.form.Value(key) != before {
				return
			}
			c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 15)})
		}
	}
}

// IO-1: a column that nobody knows is mapped by hand, and what is missing is named until then.
func TestMapping(t *testing.T) {
	b, p := open(t, "Vorname;Nachname;Anschreiben\nÄda;Lovelace;ada@example.com\nGrace;Hopper;grace@example.com\n")
	if got := buttons(p); got != "Another File, (Check File)" || !slices.Equal(p.found.missing(), []string{"Email"}) {
		t.Fatalf("offered: %s, missing %q", got, p.found.missing())
	}
	if got := p.file.notes.Objects[0].(*kit.Para).Text(); !strings.Contains(got, "Every client needs: Email") {
		t.Errorf("said %q", got)
	}
	if p.columns.rows[2].Cells[2] != "ada@example.com" {
		t.Errorf("a column that is not mapped shows %q", p.columns.rows[2].Cells)
	}
	body := p.columns.grid.FocusTarget()
	b.Canvas().Focus(body)
	body.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	for _, r := range "Email" { // typing opens the choice at what is typed
		b.Canvas().Focused().TypedRune(r)
	}
	b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if p.found.mapping[2] != csvfile.Email || p.columns.rows[2].Cells[1] != "Email" {
		t.Fatalf("the column holds %s", p.found.mapping[2])
	}
	if got := buttons(p); got != "Another File, Check File" || p.columns.grid.Cursor() != 2 {
		t.Errorf("offered: %s, row %d", got, p.columns.grid.Cursor())
	}
	p.columns.grid.Select(0)
	p.columns.choose(csvfile.Email) // taken from the column that held it
	if !slices.Equal(p.found.missing(), []string{"First Name"}) || p.found.mapping[2] != csvfile.None {
		t.Errorf("missing %q", p.found.missing())
	}
	p.columns.choose(csvfile.FirstName)
	p.columns.grid.Select(2)
	p.columns.choose(csvfile.Email)
	press(t, p, "Check File")
	press(t, p, "Import 2 Clients")
	if clients(t, b) != 2 {
		t.Errorf("%d clients", clients(t, b))
	}
}

// What was found in the file can be changed: the characters, the delimiter, the first row.
func TestFormOfTheFile(t *testing.T) {
	_, p := open(t, good)
	values := p.file.form.Values()
	if values[keyEncoding] != "UTF-8" || values[keyDelimiter] != "," || values[keyHeader] != yes || values[keyDecimal] != point {
		t.Fatalf("found %v", values)
	}
	change := func(key, v string) {
		values := p.file.form.Values()
		values[key] = v
		p.file.changed(values)
	}
	change(keyDelimiter, ";")
	if len(p.found.header) != 1 || p.ready() {
		t.Errorf("%d columns, ready %v", len(p.found.header), p.ready())
	}
	change(keyDelimiter, ",")
	if len(p.found.header) != 6 || !p.ready() {
		t.Errorf("%d columns, ready %v", len(p.found.header), p.ready())
	}
	change(keyHeader, "")
	if p.found.header[0] != "#1" || p.ready() {
		t.Errorf("the columns are %q", p.found.header)
	}
	change(keyHeader, yes)
	change(keyDecimal, comma)
	if o := p.options(); o.DecimalComma == nil || !*o.DecimalComma {
		t.Error("the decimal comma is not taken")
	}
	change(keyEncoding, "UTF-16LE")
	if p.found.trouble == "" && p.ready() {
		t.Error("nonsense can be imported")
	}
	change(keyEncoding, "UTF-8")
	if !p.ready() {
		t.Errorf("the way back is closed: %q, missing %q", p.found.trouble, p.found.missing())
	}
}

// Dates that can be read in two ways are asked for, and the choice counts.
func TestAmbiguousDates(t *testing.T) {
	b, p := open(t, "First Name,Last Name,Email,Creation Date\nAda,Lovelace,ada@example.com,03/04/2025\n")
	if p.file.dates == nil || len(p.file.layouts) != 2 {
		t.Fatalf("%v is not asked for", p.file.layouts)
	}
	p.file.dates.SetValues(map[string]string{keyDates: "1"})
	press(t, p, "Check File")
	press(t, p, "Import One Client")
	c, err := b.App.Clients.Get(ctx, 1)
	if err != nil || p.file.layouts[1].Format(c.Created) != "03/04/2025" || p.file.layouts[0].Format(c.Created) == "03/04/2025" {
		t.Errorf("%v, created %s", err, c.Created)
	}
}

// A file that is none is refused in words, and the page stays where it was.
func TestFilesThatAreNone(t *testing.T) {
	for name, content := range map[string]string{"empty.csv": "", "sheet.csv": "PK\x03\x04 and more"} {
		b := viewtest.New(t)
		p := New(b.Desk, write(t, name, content))
		b.Show(p)
		if p.form != nil || !p.start.message.Visible() || p.start.message.Text() == "" {
			t.Errorf("%s: %q", name, p.start.message.Text())
		}
		p.Take(write(t, "clients.csv", good))
		if p.form == nil || p.start.message.Visible() {
			t.Errorf("%s: the next file was not taken", name)
		}
		p.Leave(func() {})
	}
	b := viewtest.New(t)
	p := New(b.Desk, filepath.Join(t.TempDir(), "gone.csv"))
	b.Show(p)
	if !strings.Contains(p.start.message.Text(), "gone.csv") {
		t.Errorf("said %q", p.start.message.Text())
	}
}

// A file of very many columns does not break the page.
func TestVeryManyColumns(t *testing.T) {
	var header, row []string
	for i := range 5000 {
		header, row = append(header, fmt.Sprintf("Column %d", i)), append(row, fmt.Sprint(i))
	}
	_, p := open(t, strings.Join(header, ",")+"\n"+strings.Join(row, ",")+"\n")
	if len(p.columns.rows) != 5000 || p.columns.rows[100].Cells[2] != "100" {
		t.Fatalf("%d columns", len(p.columns.rows))
	}
	p.columns.grid.Select(4999)
	p.columns.choose(csvfile.Email)
	if p.found.mapping[4999] != csvfile.Email {
		t.Error("the last column cannot be mapped")
	}
}

// An import that is cancelled leaves nothing.
func TestCancel(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("First Name,Last Name,Email\n")
	for i := range 3000 {
		fmt.Fprintf(&rows, "Ada,Lovelace,ada%d@example.com\n", i)
	}
	b, p := open(t, rows.String())
	press(t, p, "Check File")
	// The inline runner works in the very call that starts a task, so it is stopped from the work's own progress.
	p.outcome.run("Importing", func(ctx context.Context, _ *task.Progress) error {
		if got := buttons(p); got != "(Another File)" {
			t.Errorf("while it runs there is offered: %s", got)
		}
		b.Run.CancelAll()
		_, err := p.desk.App.Imports.Run(ctx, p.form, app.ImportOptions{}, app.Quiet{})
		return err
	}, func(err error) { b.Fail(err) })
	if clients(t, b) != 0 || b.Bar.Text() != "" || p.outcome.running() {
		t.Errorf("%d clients, bar %q", clients(t, b), b.Bar.Text())
	}
}

// While a file is read, leaving asks.
func TestLeavingAsksWhileItRuns(t *testing.T) {
	_, p := open(t, good)
	left := 0
	p.outcome.run("Importing", func(context.Context, *task.Progress) error {
		p.Leave(func() { left++ })
		if left != 0 || !kit.DialogOpen() {
			t.Error("it left without asking")
		}
		press(t, p, "Stop and Leave")
		return context.Canceled
	}, func(error) {})
	if left != 1 {
		t.Errorf("left %d times", left)
	}
}

// IO-1: earlier imports are listed and can be undone later; one whose clients were changed since is kept, in words.
func TestEarlierImports(t *testing.T) {
	b, p := open(t, good)
	press(t, p, "Check File")
	press(t, p, "Import 3 Clients")
	p = New(b.Desk, "")
	b.Show(p)
	if len(p.start.imports) != 1 || !p.start.earlier.Visible() || !p.start.undo.Disabled() {
		t.Fatalf("%d imports", len(p.start.imports))
	}
	c, err := b.App.Clients.Get(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	profile := app.ProfileOf(c)
	profile.City = "London"
	if err := b.App.Clients.Update(ctx, c.ID, c.Version, profile, ""); err != nil {
		t.Fatal(err)
	}
	p.start.grid.Select(0)
	p.start.undo.OnTapped()
	press(t, p, "Undo Import")
	if !kit.DialogOpen() || clients(t, b) != 3 {
		t.Fatalf("clients that were changed were removed: %d are left", clients(t, b))
	}
	press(t, p, "Cancel")
}

// A list as a spreadsheet has it, with one column for the person, needs no mapping; of a problem it says whose it is.
func TestListWithWholeNames(t *testing.T) {
	b, p := open(t, "Customer,Contact,E-Mail\nHarrogate Kitchens,Susan Pickles,susan@example.com\nBrewery,Lou,lou@example.com\n")
	press(t, p, "Check File")
	if got := p.outcome.report.Problems; len(got) != 1 || got[0].Who != "Brewery" || !strings.Contains(got[0].Reason, "one word") {
		t.Fatalf("%+v", got)
	}
	press(t, p, "Import One Client")
	if clients(t, b) != 1 {
		t.Errorf("%d clients", clients(t, b))
	}
}

// IO-1: a file with the columns of a WHMCS export, which are those of our own exports, needs nothing but two buttons.
func TestExportOfWHMCS(t *testing.T) {
	var header, row []string
	for _, f := range csvfile.Fields() {
		header = append(header, f.Key())
		row = append(row, map[csvfile.Field]string{
			csvfile.ID: "7", csvfile.FirstName: "Ada", csvfile.LastName: "Lovelace", csvfile.Email: "ada@example.com", csvfile.Country: "GB",
			csvfile.Currency: "GBP", csvfile.Status: "Active", csvfile.Credit: "12.50", csvfile.ClientGroup: "Gold", csvfile.CreationDate: "2025-01-31",
		}[f])
	}
	b, p := open(t, strings.Join(header, ",")+"\n"+strings.Join(row, ",")+"\n")
	press(t, p, "Check File")
	if got := p.outcome.report.NewGroups; !slices.Equal(got, []string{"Gold"}) {
		t.Errorf("new groups %q", got)
	}
	press(t, p, "Import One Client")
	if clients(t, b) != 1 {
		t.Errorf("%d clients", clients(t, b))
	}
}

// The looks, light and dark. After a wanted change look at the new ones in testdata/failed and put them in the place of the old ones.
func TestPictures(t *testing.T) {
	for mode, m := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(mode, func(t *testing.T) {
			b := viewtest.New(t)
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: m}))
			p := New(b.Desk, write(t, "clients.csv", bad))
			b.Window.SetPadded(false)
			b.Show(p)
			defer p.Leave(func() {})
			b.Window.Resize(fyne.NewSize(1100, 660))
			viewtest.Looks(t, "columns-"+mode+".png", b.Window.Canvas())
			press(t, p, "Check File")
			viewtest.Looks(t, "problems-"+mode+".png", b.Window.Canvas())
		})
	}
}

// With text of twice the size the page fits into a small window, where what does not is scrolled to.
func TestImportWithLargeText(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk, "")
	b.Show(p)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{TextFactor: theme.MaxFactor}))
	if least := p.Object().MinSize(); least.Height > 400 || least.Width > 900 {
		t.Errorf("the page needs %v", least)
	}
}

// Whoever takes step after step by Enter has the keyboard on the next one each time: check, import, show the clients.
func TestKeyboardGoesOnToTheNextStep(t *testing.T) {
	b, p := open(t, good)
	c := b.Canvas()
	c.Focus(p.buttons.Objects[len(p.buttons.Objects)-1].(*kit.Button))
	for _, want := range []string{"Import 3 Clients", "Show Clients"} {
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		b.Run.Advance(time.Second)
		if had, ok := c.Focused().(*kit.Button); !ok || had.Text != want {
			t.Fatalf("the keyboard is on %T, want %q", c.Focused(), want)
		}
	}
}
