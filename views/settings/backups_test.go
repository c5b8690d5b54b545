package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// IO-4: a backup is made, listed, verified and deleted from the settings, and the only sound one stays.
func TestBackups(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk, Params{})
	b.Show(p)
	p.Section(Backups)
	s := p.current.section.(*backupSection)
	if len(s.backups) != 0 {
		t.Fatalf("%+v", s.backups)
	}
	s.now()
	if len(s.backups) != 1 || s.backups[0].Reason != app.BackupByHand || s.backups[0].Verified.IsZero() {
		t.Fatalf("%+v", s.backups)
	}
	s.grid.Select(0)
	s.at(s.verify)
	if got := b.Bar.Text(); got == "" {
		t.Error("nothing was said of the verification")
	}
	s.now()
	if len(s.backups) != 2 {
		t.Fatalf("%+v", s.backups)
	}
	if err := b.App.Backups.Delete(t.Context(), s.backups[1].Name); err != nil {
		t.Fatal(err)
	}
	if len(s.backups) != 1 {
		t.Errorf("the list shows %+v", s.backups)
	}
}

// IO-3: everything is written into a new folder that the window asks for, and what is in a folder that is there is left alone.
func TestExportAll(t *testing.T) {
	b := viewtest.New(t)
	b.Window.SetContent(container.NewStack(b.Bar))
	folder := filepath.Join(t.TempDir(), "new")
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "mine.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	ExportAll(b.Desk)
	inDialog := func(f func(fyne.CanvasObject)) {
		for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
			f(o)
		}
	}
	export := func(to string) {
		inDialog(func(o fyne.CanvasObject) {
			if e, ok := o.(*kit.Entry); ok {
				e.SetText(to)
			}
		})
		inDialog(func(o fyne.CanvasObject) {
			if k, ok := o.(*kit.Button); ok && k.Text == "Export" {
				test.Tap(k)
			}
		})
	}
	for _, bad := range []string{full, filepath.Join(full, "mine.txt"), "relative", filepath.Join(full, "no", "new")} {
		export(bad)
		if !kit.DialogOpen() {
			t.Fatalf("%q was taken", bad)
		}
	}
	export(folder)
	if kit.DialogOpen() || !strings.Contains(b.Bar.Text(), "lists were written to “"+folder) {
		t.Errorf("says %q", b.Bar.Text())
	}
	for _, name := range []string{"clients.csv", "invoices.csv", "activity.csv"} {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(full); err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
}

// IO-4: a backup is written to a file with a passphrase, which has to be typed twice alike.
func TestSaveBackup(t *testing.T) {
	b := viewtest.New(t)
	b.Window.SetContent(container.NewStack(b.Bar))
	path := filepath.Join(t.TempDir(), "mine.age")
	backupTo(b.Desk, path)
	save := func(first, again string) {
		for i, o := range secrets(b) {
			o.SetText([]string{first, again}[i])
		}
		for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
			if k, ok := o.(*kit.Button); ok && k.Text == "Save Backup" {
				test.Tap(k)
			}
		}
	}
	save("correct horse", "correct mare")
	if _, err := os.Stat(path); err == nil || !kit.DialogOpen() {
		t.Fatal("a passphrase with a slip in it was taken")
	}
	save("correct horse", "correct horse")
	if kit.DialogOpen() {
		t.Fatal("the backup was not saved")
	}
	if _, _, err := b.App.Backups.Look(t.Context(), path, "correct mare"); err == nil {
		t.Error("another passphrase opens it")
	}
	if _, wrong, err := b.App.Backups.Look(t.Context(), path, "correct horse"); err != nil || len(wrong) > 0 {
		t.Errorf("%q, %v", wrong, err)
	}
}

// secrets are the fields of the dialog on top.
func secrets(b *viewtest.Bench) (all []*kit.Entry) {
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		if e, ok := o.(*kit.Entry); ok {
			all = append(all, e)
		}
	}
	return all
}
