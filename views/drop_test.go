package views

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"clientele/views/kit"
)

// FI-1, IO-1: files that are dropped onto the window go to the client in sight, and elsewhere the first one is taken for an import; while a dialog is open, none is.
func TestDroppedFiles(t *testing.T) {
	b, s := open(t)
	folder := t.TempDir()
	drop := func(names ...string) {
		t.Helper()
		var uris []fyne.URI
		for _, name := range names {
			path := filepath.Join(folder, name)
			if err := os.WriteFile(path, []byte("E-mail\na@example.com\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			uris = append(uris, storage.NewFileURI(path))
		}
		s.dropped(uris)
	}
	s.Client(1)
	drop("a.txt", "b.txt")
	if got := seen(b.Canvas()); !kit.DialogOpen() || !strings.Contains(got, "Upload 2 files") {
		t.Fatalf("nothing asks about files that were dropped onto a client: %s", got)
	}
	drop("c.txt")
	if strings.Contains(seen(b.Canvas()), "c.txt") {
		t.Error("a dialog takes what is dropped beside it")
	}
	b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	s.Go(sectionMail)
	drop("clients.csv", "more.csv")
	if kit.DialogOpen() || s.section != sectionClients || s.tabs.Current() != importTab || !strings.Contains(seen(b.Canvas()), "clients.csv") {
		t.Errorf("dropped elsewhere: %s, %s\n%s", s.section, s.tabs.Current(), seen(b.Canvas()))
	}
}
