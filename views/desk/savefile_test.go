package desk_test

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// A file that is there is not touched before the person was told of it and pressed again, and not by the question itself (IO-3).
func TestSaveFileAsksBeforeItReplaces(t *testing.T) {
	b := viewtest.New(t)
	b.Window.SetContent(container.NewStack())
	path := filepath.Join(t.TempDir(), "old.csv")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	wrote := ""
	desk.SaveFile{Title: "Export", Name: "x.csv", Action: "Export", Write: func(p string) { wrote = p }}.Ask(b.Desk)
	press := func() {
		t.Helper()
		for _, o := range test.LaidOutObjects(b.Window.Canvas().Overlays().Top()) {
			if button, ok := o.(*kit.Button); ok && button.Text == "Export" {
				test.Tap(button)
				return
			}
		}
		t.Fatal("no button")
	}
	field := func() *kit.Entry {
		for _, o := range test.LaidOutObjects(b.Window.Canvas().Overlays().Top()) {
			if e, ok := o.(*kit.Entry); ok {
				return e
			}
		}
		t.Fatal("no field")
		return nil
	}
	for _, bad := range []string{"", "relative.csv", filepath.Join(t.TempDir(), "no", "x.csv"), filepath.Dir(path)} {
		field().SetText(bad)
		press()
		if wrote != "" || !kit.DialogOpen() {
			t.Fatalf("%q was taken", bad)
		}
	}
	field().SetText(path)
	press()
	if wrote != "" || !kit.DialogOpen() {
		t.Fatal("an existing file was replaced without a word")
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "old" {
		t.Fatalf("the question touched the file: %q, %v", got, err)
	}
	press()
	if wrote != path || kit.DialogOpen() {
		t.Errorf("wrote %q, dialog open %v", wrote, kit.DialogOpen())
	}
}
