package importing

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/views/viewtest"
)

// openDump shows the page for a made-up dump.
func openDump(t *testing.T, d apptest.Dump) (*viewtest.Bench, *Page) {
	t.Helper()
	var text bytes.Buffer
	if _, err := d.Write(&text); err != nil {
		t.Fatal(err)
	}
	b := viewtest.New(t)
	p := New(b.Desk, write(t, "whmcs.sql", text.String()))
	b.Show(p)
	t.Cleanup(func() { p.Leave(func() {}) })
	return b, p
}

// IO-2: a dump is looked at, checked, imported, its billing confirmed, and another one undone, all on the page.
func TestDumpOnThePage(t *testing.T) {
	b, p := openDump(t, apptest.Dump{Version: 8, Clients: 30, Mails: 1})
	if got := buttons(p); got != "Another File, Check File" || p.dump.dump.Company != "Example & Sons" || p.dump.tabs.Current() != "contents" {
		t.Fatalf("offered: %s; %+v", got, p.dump.dump)
	}
	press(t, p, "Check File")
	if clients(t, b) != 0 || buttons(p) != "Another File, Check Again, Import 30 Clients" || p.dump.tabs.Current() != "money" || !p.dump.report.Sound() {
		t.Fatalf("%d clients, offered: %s, %+v", clients(t, b), buttons(p), p.dump.report)
	}
	p.dump.files.SetValue(t.TempDir())
	p.dump.void()
	if got := buttons(p); got != "Another File, Check File" {
		t.Errorf("after another choice the check still counts: %s", got)
	}
	press(t, p, "Check File")
	press(t, p, "Import 30 Clients")
	if clients(t, b) != 30 || buttons(p) != "Another File, Undo Import, Confirm Billing, Show Clients" || !strings.Contains(p.dump.words().text, "not billed") {
		t.Fatalf("%d clients, offered: %s, %s", clients(t, b), buttons(p), p.dump.words().text)
	}
	press(t, p, "Undo Import")
	press(t, p, "Undo Import")
	if clients(t, b) != 0 || p.dump.title() != "The import was undone" {
		t.Fatalf("%d clients, %s", clients(t, b), p.dump.title())
	}
	press(t, p, "Check File")
	press(t, p, "Import 30 Clients")
	press(t, p, "Confirm Billing")
	press(t, p, "Confirm Billing")
	if held, err := b.App.Imports.Held(ctx); held != 0 || err != nil || buttons(p) != "Another File, Undo Import, Show Clients" {
		t.Errorf("%d are held, %v, offered: %s", held, err, buttons(p))
	}
}

// Problems are listed by table and row, and can be saved.
func TestDumpProblemsOnThePage(t *testing.T) {
	_, p := openDump(t, apptest.Dump{Version: 8, Clients: 3, Odd: "INSERT INTO tblclients (id, email) VALUES (9,'nobody');\n"})
	press(t, p, "Check File")
	if p.dump.report.Faults() == 0 {
		t.Fatal("no problems")
	}
	p.dump.tabs.Go("problems")
	list := filepath.Join(t.TempDir(), "problems.csv")
	p.dump.writeProblems(list, p.dump.report.Problems)
	got, err := os.ReadFile(list)
	if err != nil || !strings.Contains(string(got), "tblclients,9,") {
		t.Errorf("%v\n%s", err, got)
	}
}

// What is no dump is said in words, and the next file can be chosen.
func TestBrokenDumpOnThePage(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk, write(t, "whmcs.sql", "CREATE TABLE tblclients (id int);\nINSERT INTO tblclients VALUES (1"))
	b.Show(p)
	t.Cleanup(func() { p.Leave(func() {}) })
	if p.dump.shown() || !strings.Contains(p.start.message.Text(), "cut off") {
		t.Errorf("it says %q", p.start.message.Text())
	}
	p.Take(write(t, "clients.csv", good))
	if p.form == nil || buttons(p) != "Another File, Check File" {
		t.Errorf("offered: %s", buttons(p))
	}
	if !app.IsDump("Backup.SQL.gz") || app.IsDump("clients.csv") || app.IsDump("sql") {
		t.Error("files are taken for others")
	}
}
