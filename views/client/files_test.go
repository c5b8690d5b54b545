package client

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// keep stores a file of a client.
func keep(t testing.TB, b *viewtest.Bench, client int64, name string, adminOnly bool) int64 {
	t.Helper()
	n := app.NewFile{FileDetails: app.FileDetails{Name: name, AdminOnly: adminOnly}, Content: strings.NewReader("contents of " + name)}
	id, err := b.App.Files.Upload(t.Context(), client, n, app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func stored(t *testing.T, b *viewtest.Bench, client int64) []data.File {
	t.Helper()
	fs, err := b.App.Files.List(t.Context(), client, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

// filesTab opens a client with the Files in front.
func filesTab(t *testing.T, b *viewtest.Bench, client int64) *Page {
	t.Helper()
	p := Open(b.Desk, client)
	b.Show(p)
	p.bring(p.files)
	return p
}

// onDisk writes files to be uploaded and returns their paths.
func onDisk(t *testing.T, content map[string]string) (paths []string) {
	t.Helper()
	folder := t.TempDir()
	for name, c := range content {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(c), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, filepath.Join(folder, name))
	}
	return paths
}

// FI-1: files that are dropped are asked about, and are there after; one has a title, and Admin Only is ticked unless a person says otherwise.
func TestDropFiles(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "a@example.com", nil)
	p := filesTab(t, b, id)
	mustSay(t, b, "No files yet", "Drop files anywhere on this page")
	p.bring(p.parts[0])
	p.Dropped(onDisk(t, map[string]string{"offer.pdf": "%PDF-1.7"}))
	mustSay(t, b, "Upload a file", "offer.pdf, 8 bytes")
	press(t, b, "Upload")
	if fs := stored(t, b, id); len(fs) != 1 || fs[0].Title != "offer.pdf" || !fs[0].AdminOnly {
		t.Errorf("stored %+v", fs)
	}
	if b.Bar.Text() != "“offer.pdf” was uploaded." || p.current() != part(p.files) || len(p.files.all) != 1 {
		t.Errorf("the bar says %q and %d files are listed", b.Bar.Text(), len(p.files.all))
	}

	p.Dropped(onDisk(t, map[string]string{"same.pdf": "%PDF-1.7", "setup.exe": "MZ"}))
	mustSay(t, b, "Upload 2 files", "same.pdf, 8 bytes", "“setup.exe” is a program or may run as one")
	press(t, b, "Upload")
	if fs := stored(t, b, id); len(fs) != 3 || !strings.Contains(b.Bar.Text(), "2 files were uploaded.") || !strings.Contains(b.Bar.Text(), "“same.pdf” has the same contents as “offer.pdf”.") {
		t.Errorf("%d files, and the bar says %q", len(fs), b.Bar.Text())
	}
	p.Dropped([]string{t.TempDir()})
	if !strings.Contains(b.Bar.Text(), "is a folder") || b.Canvas().Overlays().Top() != nil {
		t.Errorf("for a folder the bar says %q", b.Bar.Text())
	}
}

// answer types the title and ticks Admin Only or not, in the dialog on a file.
func answer(t *testing.T, b *viewtest.Bench, title string, adminOnly bool) {
	t.Helper()
	typed, ticked := false, false
	for _, o := range test.LaidOutObjects(top(b)) {
		switch o := o.(type) {
		case *kit.Entry:
			if !typed {
				o.SetText(title)
				typed = true
			}
		case *kit.Tick:
			if o.Checked != adminOnly {
				test.Tap(o)
			}
			ticked = true
		}
	}
	if !typed || !ticked {
		t.Fatal("the dialog does not ask for title and Admin Only")
	}
}

// FI-1: a file has the title that was typed for it, and the client sees it where that was said.
func TestDropFileForTheClient(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "a@example.com", nil)
	p := filesTab(t, b, id)
	p.Dropped(onDisk(t, map[string]string{"offer.pdf": "%PDF-1.7"}))
	answer(t, b, "Our offer", false)
	press(t, b, "Upload")
	if fs := stored(t, b, id); len(fs) != 1 || fs[0].Title != "Our offer" || fs[0].Name != "offer.pdf" || fs[0].AdminOnly {
		t.Errorf("stored %+v", fs)
	}
}

// FI-1: a file that goes away before it is uploaded is named, and the others are uploaded.
func TestDroppedFileGoesAway(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "a@example.com", nil)
	p := filesTab(t, b, id)
	paths := onDisk(t, map[string]string{"a.txt": "a", "b.txt": "b"})
	slices.Sort(paths)
	p.Dropped(paths)
	if err := os.Remove(paths[0]); err != nil {
		t.Fatal(err)
	}
	press(t, b, "Upload")
	if fs := stored(t, b, id); len(fs) != 1 || fs[0].Name != "b.txt" || b.Bar.Text() != "“a.txt” is not where it was. Choose it again.\nOne file was uploaded." {
		t.Errorf("stored %+v; the bar says %q", fs, b.Bar.Text())
	}
}

// FI-1: the button for uploading asks for a file, on the tab with files and without any, and on the Summary.
func TestUploadButtons(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "a@example.com", nil)
	p := filesTab(t, b, id)
	asks := func(where, name string) {
		t.Helper()
		press(t, b, name)
		over := b.Canvas().Overlays().Top()
		if over == nil {
			t.Fatalf("%s: %s asks for no file", where, name)
		}
		b.Canvas().Overlays().Remove(over)
	}
	asks("the tab without files", "Upload…")
	p.Tab(1)
	asks("the Summary", "Add File")
	keep(t, b, id, "a.txt", true)
	p.bring(p.files)
	asks("the tab with files", "Upload…")
}

// FI-1: what cannot be uploaded is said beside what can, and does not keep it out.
func TestDropTooLarge(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(func(s *app.Settings) { s.MaxFileMB = 1 })
	id := add(t, b, "a@example.com", nil)
	p := filesTab(t, b, id)
	p.Dropped(onDisk(t, map[string]string{"a.txt": "a", "large.txt": strings.Repeat("x", 1<<20+1)}))
	mustSay(t, b, "“large.txt” is larger than 1 MB", "a.txt, 1 byte")
	press(t, b, "Upload")
	if fs := stored(t, b, id); len(fs) != 1 || fs[0].Name != "a.txt" {
		t.Errorf("stored %+v", fs)
	}
}

// FI-2, AP-6: rename, Admin Only, delete and undo, from the buttons, for one file and for several.
func TestFilesTab(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "a@example.com", nil)
	for i := range 3 {
		keep(t, b, id, fmt.Sprintf("%d.txt", i), true)
	}
	p := filesTab(t, b, id)
	mustSay(t, b, "3 files, 51 bytes")
	for _, name := range []string{"Open", "Save As…", "Rename…", "Show to Client", "Delete"} {
		if !button(b, name).Disabled() {
			t.Errorf("%s is offered for no file", name)
		}
	}
	p.files.grid.Select(0)
	press(t, b, "Rename…")
	test.Tap(button(b, "Cancel"))
	press(t, b, "Show to Client")
	if fs := stored(t, b, id); fs[0].AdminOnly || !strings.Contains(b.Bar.Text(), "sees one more file") || button(b, "Make Admin Only") == nil {
		t.Errorf("after showing it: %+v, %q", fs[0], b.Bar.Text())
	}
	p.files.grid.SelectAll()
	press(t, b, "Make Admin Only")
	if fs := stored(t, b, id); !fs[0].AdminOnly || b.Bar.Text() != "One file is Admin Only now." {
		t.Errorf("after hiding it: %+v, %q", fs[0], b.Bar.Text())
	}
	if !button(b, "Open").Disabled() || button(b, "Delete").Disabled() {
		t.Error("the wrong acts are offered for several files")
	}
	p.files.remove()
	if len(stored(t, b, id)) != 0 || b.Bar.Text() != "3 files were deleted." {
		t.Errorf("after deleting the bar says %q", b.Bar.Text())
	}
	mustSay(t, b, "No files yet")
	press(t, b, "Undo")
	if fs := stored(t, b, id); len(fs) != 3 || len(p.files.all) != 3 || b.Bar.Text() != "3 files are back in their places." {
		t.Errorf("%d files after undoing, %d listed, %q", len(fs), len(p.files.all), b.Bar.Text())
	}
	p.files.grid.Select(1)
	p.files.remove()
	if fs := stored(t, b, id); len(fs) != 2 || b.Bar.Text() != "“1.txt” was deleted." {
		t.Errorf("%d files, and the bar says %q", len(fs), b.Bar.Text())
	}
	press(t, b, "Undo")
	if fs := stored(t, b, id); len(fs) != 3 {
		t.Errorf("%d files after undoing", len(fs))
	}
	p.files.grid.Select(0)
	for i, want := range []string{"Open", "Save As…", "Rename…", "Show to Client", "", "Delete"} {
		if got := p.files.grid.Menu(0).Items[i].Label; got != want {
			t.Errorf("the menu's entry %d is %q", i, got)
		}
	}
}

// FI-2: two admins rename the same file; the second is told, and loses nothing of what was typed.
func TestRenameFile(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "a@example.com", nil)
	file := keep(t, b, id, "a.txt", true)
	p := filesTab(t, b, id)
	p.files.grid.Select(0)
	rename := func(title string) {
		t.Helper()
		press(t, b, "Rename…")
		for _, o := range test.LaidOutObjects(top(b)) {
			if e, ok := o.(*kit.Entry); ok && e.Text != "a.txt" || ok && title != "" {
				e.SetText(title)
				break
			}
		}
	}
	rename("Contract")
	press(t, b, "Save Changes")
	if fs := stored(t, b, id); fs[0].Title != "Contract" || fs[0].Name != "a.txt" || !fs[0].AdminOnly {
		t.Errorf("renamed to %+v", fs[0])
	}
	press(t, b, "Rename…")
	answer(t, b, "Contract", false)
	press(t, b, "Save Changes")
	if fs := stored(t, b, id); fs[0].Title != "Contract" || fs[0].AdminOnly {
		t.Errorf("shown to the client: %+v", fs[0])
	}
	rename("Mine")
	if err := colleague(t, b).Files.Change(t.Context(), file, 3, app.FileDetails{Title: "Theirs", Name: "a.txt"}); err != nil {
		t.Fatal(err)
	}
	press(t, b, "Save Changes")
	mustSay(t, b, "Somebody else changed this meanwhile")
	if fs := stored(t, b, id); fs[0].Title != "Theirs" {
		t.Errorf("overwritten by %+v", fs[0])
	}
	press(t, b, "Cancel")
}

// FI-2: a file is opened as a copy, and saved where a person says.
func TestOpenAndSaveFile(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "a@example.com", nil)
	keep(t, b, id, "a.txt", true)
	keep(t, b, id, "b.sh", true)
	p := filesTab(t, b, id)
	opened := viewtest.WatchOpened(t)
	p.files.grid.Select(1)
	press(t, b, "Open")
	if !strings.HasPrefix(b.Bar.Text(), "A copy of “a.txt” was opened.") || !strings.HasPrefix(opened.Last(), "file://") || !strings.HasSuffix(opened.Last(), "/a.txt") {
		t.Errorf("the bar says %q, and %q was opened", b.Bar.Text(), opened.Addresses)
	}
	p.files.grid.Select(0)
	press(t, b, "Open")
	if !strings.Contains(b.Bar.Text(), "is not opened from here") || len(opened.Addresses) != 1 {
		t.Errorf("the bar says %q, and %q was opened", b.Bar.Text(), opened.Addresses)
	}
	path := filepath.Join(t.TempDir(), "saved.sh")
	press(t, b, "Save As…")
	for _, o := range test.LaidOutObjects(top(b)) {
		if e, ok := o.(*kit.Entry); ok {
			e.SetText(path)
		}
	}
	press(t, b, "Save")
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, []byte("contents of b.sh")) {
		t.Errorf("saved %q: %v", got, err)
	}
}

// SU-1: the Summary lists the newest files and leads to all of them.
func TestFileCard(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "a@example.com", nil)
	p := Open(b.Desk, id)
	b.Show(p)
	mustSay(t, b, "No files.")
	if button(b, "Add File") == nil {
		t.Error("no file can be added")
	}
	for i := range 6 {
		keep(t, b, id, fmt.Sprintf("file %d.txt", i), i%2 == 0)
	}
	mustSay(t, b, "file 5.txt", "file 1.txt")
	if says(b, "file 0.txt") {
		t.Error("the oldest of six is listed")
	}
	press(t, b, "All Files")
	if p.current() != part(p.files) || len(p.files.all) != 6 {
		t.Error("all files are not shown")
	}
}

// Goal 26: a client with 2,000 files opens as one without any: the Summary and the tab read a part of them.
func TestManyFiles(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "a@example.com", nil)
	manyFiles(t, b, id, 2001)
	p := filesTab(t, b, id)
	if n := len(p.files.all); n != filePage || !p.files.more {
		t.Errorf("%d files were read at once", n)
	}
	if n := len(p.got.files); n > cardFiles+1 {
		t.Errorf("%d files were read for the Summary", n)
	}
	mustSay(t, b, "2,001 files")
	for n := len(p.files.all); p.files.more; n = len(p.files.all) {
		p.files.Want(0, n-1)
		if len(p.files.all) == n {
			t.Fatal("nothing older was read")
		}
	}
	if n := len(p.files.all); n != 2001 || p.files.all[2000].Title != "first.txt" {
		t.Errorf("%d files in the end", n)
	}
}

// The whole tab is used by the keyboard: it comes with the keyboard in the list, Enter opens, Delete deletes.
func TestFilesByKeyboard(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "a@example.com", nil)
	keep(t, b, id, "a.txt", true)
	p := filesTab(t, b, id)
	if !p.files.grid.Focused() {
		t.Fatal("the list does not have the keyboard")
	}
	strike := func(k fyne.KeyName) { b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k}) }
	strike(fyne.KeyDown)
	strike(fyne.KeyReturn)
	if !strings.HasPrefix(b.Bar.Text(), "A copy of “a.txt”") {
		t.Errorf("Enter: %q", b.Bar.Text())
	}
	strike(fyne.KeyDelete)
	if len(stored(t, b, id)) != 0 {
		t.Error("Delete does not delete")
	}
}

// Goal 26: what it takes to open the page of a client and go to the Files, with no files, a screenful, and 2,000.
func BenchmarkFilesTab(bench *testing.B) {
	for _, n := range []int{0, 20, 2000} {
		bench.Run(fmt.Sprint(n), func(bench *testing.B) {
			b := viewtest.New(bench)
			id, err := b.App.Clients.Add(bench.Context(), app.NewClient{Profile: app.Profile{
				FirstName: "Grace", LastName: "Hopper", Email: "a@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
			}})
			if err != nil {
				bench.Fatal(err)
			}
			if n > 0 {
				manyFiles(bench, b, id, n)
			}
			for bench.Loop() {
				p := Open(b.Desk, id)
				b.Window.SetContent(p.Object())
				p.bring(p.files)
			}
		})
	}
}

// manyFiles gives a client n files, which share their contents.
func manyFiles(t testing.TB, b *viewtest.Bench, client int64, n int) {
	t.Helper()
	file := keep(t, b, client, "first.txt", true)
	err := b.Store.Write(t.Context(), func(tx *data.Tx) error {
		first, err := tx.File(file)
		if err != nil {
			return err
		}
		for i := range n - 1 {
			f := first
			f.ID, f.Title = 0, fmt.Sprintf("File %d", i)
			if err := tx.InsertFile(&f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
