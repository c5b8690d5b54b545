package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"clientele/data"
	"clientele/data/datatest"
)

func TestBackupIsSoundAndClosed(t *testing.T) {
	s := datatest.Open(t)
	datatest.Add(t, s, datatest.Client(1), datatest.Client(2))
	folder := filepath.Join(t.TempDir(), "back ups?#")
	now := func() time.Time { return time.Date(2026, 11, 22, 7, 8, 9, 0, time.FixedZone("", 3600)) }
	before := BackupBefore(folder, now)
	for range 2 { // the second is of the same second
		if err := before(context.Background(), s, data.SchemaVersion()); err != nil {
			t.Fatal(err)
		}
	}
	files := names(t, folder)
	name := fmt.Sprintf("clientele-20261122-060809Z-v%02d", data.SchemaVersion())
	if !slices.Equal(files, []string{name + "-2.db", name + "-2.json", name + ".db", name + ".json"}) {
		t.Fatalf("%q", files)
	}
	for _, f := range []string{files[0], files[2]} {
		path := filepath.Join(folder, f)
		if info, err := os.Stat(path); err != nil || (runtime.GOOS != "windows" && info.Mode().Perm() != 0o600) {
			t.Errorf("%s: %v, %v", f, info.Mode(), err)
		}
		in, err := data.Inspect(context.Background(), path)
		if err != nil || in.Clients != 2 || in.Version != data.SchemaVersion() || in.Wrong != nil {
			t.Errorf("%s: %+v, %v", f, in, err)
		}
	}
	if got := names(t, folder); len(got) != 4 {
		t.Errorf("looking made files: %q", got)
	}
}

// TestBackupThatFailsLeavesNothing: what bears the name of a backup is one.
func TestBackupThatFailsLeavesNothing(t *testing.T) {
	s := datatest.Open(t)
	folder := t.TempDir()
	for name, err := range map[string]error{
		"wrong version": BackupBefore(folder, datatest.Clock)(context.Background(), s, data.SchemaVersion()+1),
		"cancelled": func() error {
			ctx, stop := context.WithCancel(context.Background())
			stop()
			return BackupBefore(folder, datatest.Clock)(ctx, s, data.SchemaVersion())
		}(),
		"no folder": func() error {
			file := filepath.Join(t.TempDir(), "file")
			if err := os.WriteFile(file, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			return BackupBefore(filepath.Join(file, "x"), datatest.Clock)(context.Background(), s, data.SchemaVersion())
		}(),
	} {
		if err == nil || CodeOf(err) != Unavailable || !strings.Contains(Explain(err), "nothing was changed") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left := names(t, folder); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

// TestInspectRefuses: a file from elsewhere or a broken one is no backup.
func TestInspectRefuses(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.db")
	s := datatest.OpenWith(t, data.Options{Path: path, Now: datatest.Clock})
	for n := range 200 {
		datatest.Add(t, s, datatest.Client(n))
	}
	copied := filepath.Join(dir, "b.db")
	if err := s.Backup(context.Background(), copied); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"text":      []byte("this is no database at all, and long enough to be looked at"),
		"empty":     nil,
		"cut short": whole[:len(whole)/2/4096*4096],
		"torn":      append(append(append([]byte(nil), whole[:8192]...), make([]byte, len(whole)-8192-4096)...), whole[len(whole)-4096:]...),
	} {
		broken := filepath.Join(dir, strings.ReplaceAll(name, " ", "")+".db")
		if err := os.WriteFile(broken, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if in, err := data.Inspect(context.Background(), broken); err == nil && in.Wrong == nil {
			t.Errorf("%s passes: %+v", name, in)
		}
	}
	if _, err := data.Inspect(context.Background(), filepath.Join(dir, "none.db")); err == nil {
		t.Error("a missing file passes")
	}
}

func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	all := make([]string, len(entries))
	for i, e := range entries {
		all[i] = e.Name()
	}
	return all
}
