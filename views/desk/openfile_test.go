package desk

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// files makes a folder with these files, of which those that end in "/" are folders.
func files(t *testing.T, names ...string) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range names {
		path := filepath.Join(folder, name)
		var err error
		if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(path, 0o700)
		} else {
			err = os.WriteFile(path, []byte("12345"), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// A folder is listed with the way up and its folders first, without what is hidden and what has another ending.
func TestReadFolder(t *testing.T) {
	folder := files(t, "b.CSV", "a.csv", "Zoo/", "apes/", ".hidden.csv", "c.pdf")
	for name, want := range map[string]struct {
		o     OpenFile
		names []string
	}{
		"all":     {OpenFile{}, []string{"..", "apes", "Zoo", "a.csv", "b.CSV", "c.pdf"}},
		"endings": {OpenFile{Endings: []string{".csv"}}, []string{"..", "apes", "Zoo", "a.csv", "b.CSV"}},
		"folders": {OpenFile{Folder: true}, []string{"..", "apes", "Zoo"}},
	} {
		l, err := readFolder(t.Context(), folder, want.o)
		var got []string
		for _, e := range l.entries {
			got = append(got, e.name)
		}
		if err != nil || l.file || !slices.Equal(got, want.names) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if l, err := readFolder(t.Context(), filepath.Join(folder, "c.pdf"), OpenFile{}); err != nil || !l.file {
		t.Errorf("a file: %+v, %v", l, err)
	}
	if _, err := readFolder(t.Context(), filepath.Join(folder, "none"), OpenFile{}); err == nil || !strings.Contains(err.Error(), "is not there") {
		t.Errorf("nothing there: %v", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := readFolder(stopped, folder, OpenFile{}); err == nil {
		t.Error("it cannot be stopped")
	}
}

// asked opens the dialog in a folder and answers what was chosen.
func asked(t *testing.T, o OpenFile, folder string) (d *Desk, chosen *string) {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Options{Mode: theme.Light}))
	w := test.NewTempWindow(t, container.NewStack())
	w.Resize(fyne.NewSize(1000, 700))
	d = &Desk{Run: task.NewInline(), Window: w, Prefs: a.Preferences()}
	d.Prefs.SetString(prefFolder, folder)
	chosen = new(string)
	o.Chosen = func(path string) { *chosen = path }
	o.Ask(d)
	t.Cleanup(kit.CloseDialogs)
	return d, chosen
}

func typed(d *Desk, keys ...fyne.KeyName) {
	for _, k := range keys {
		d.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// A file is found, chosen and left by the keyboard alone, from the folder that was chosen from last.
func TestOpenFile(t *testing.T) {
	folder := files(t, "deep/", "deep/er/", "deep/x.csv", "a.csv")
	d, chosen := asked(t, OpenFile{Title: "Import", Endings: []string{".csv"}}, folder)
	d.Canvas().Focused().TypedRune('d')
	typed(d, fyne.KeyReturn) // into the folder
	if *chosen != "" || !kit.DialogOpen() {
		t.Fatalf("a folder was chosen: %q", *chosen)
	}
	typed(d, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if *chosen != filepath.Join(folder, "deep", "x.csv") || kit.DialogOpen() {
		t.Errorf("chosen %q, open %v", *chosen, kit.DialogOpen())
	}
	if d.Prefs.String(prefFolder) != filepath.Join(folder, "deep") {
		t.Errorf("%q is remembered", d.Prefs.String(prefFolder))
	}
	left := false
	d, chosen = asked(t, OpenFile{Title: "Import", Left: func() { left = true }}, folder)
	typed(d, fyne.KeyEscape)
	if kit.DialogOpen() || !left || *chosen != "" {
		t.Errorf("Escape: open %v, left %v, chosen %q", kit.DialogOpen(), left, *chosen)
	}
}

// A path can be typed, of a file that is not listed too; what is not there is said, and the dialog stays.
func TestOpenFileByPath(t *testing.T) {
	folder := files(t, "deep/", "a.csv", "b.pdf")
	for name, c := range map[string]struct {
		o           OpenFile
		path, wants string // wants is the path chosen below the folder; empty where the dialog stays
	}{
		"another ending":  {OpenFile{Endings: []string{".csv"}}, filepath.Join(folder, "b.pdf"), "b.pdf"},
		"in quotes":       {OpenFile{}, `"` + filepath.Join(folder, "a.csv") + `"`, "a.csv"},
		"relative":        {OpenFile{}, "a.csv", "a.csv"},
		"not there":       {OpenFile{}, "none.csv", ""},
		"a folder":        {OpenFile{}, "deep", ""},
		"a folder wanted": {OpenFile{Folder: true}, "deep", "deep"},
		"a file instead":  {OpenFile{Folder: true}, "a.csv", ""},
	} {
		d, chosen := asked(t, c.o, folder)
		var field *kit.Entry
		for _, o := range test.LaidOutObjects(d.Canvas().Overlays().Top()) {
			if e, ok := o.(*kit.Entry); ok {
				field = e
				d.Canvas().Focus(e)
				e.SetText(c.path)
				e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			}
		}
		want := ""
		if c.wants != "" {
			want = filepath.Join(folder, c.wants)
		}
		if *chosen != want || kit.DialogOpen() != (want == "") {
			t.Errorf("%s: chosen %q, open %v", name, *chosen, kit.DialogOpen())
		}
		if name == "not there" && d.Canvas().Focused() != fyne.Focusable(field) {
			t.Errorf("%s: the keyboard is at %T, and not where it can be mended", name, d.Canvas().Focused())
		}
		kit.CloseDialogs()
	}
}

// Whoever types a path while the list has the keyboard writes it above the list.
func TestOpenFileByPathFromTheList(t *testing.T) {
	folder := files(t, "a.csv", "deep/", "deep/x.csv")
	d, _ := asked(t, OpenFile{Title: "Import"}, folder)
	for _, r := range "/deep/x.csv" {
		d.Canvas().Focused().TypedRune(r)
	}
	if e, ok := d.Canvas().Focused().(*kit.Entry); !ok || e.Text != "/deep/x.csv" {
		t.Errorf("the keyboard is on %T", d.Canvas().Focused())
	}
}
