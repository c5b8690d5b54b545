package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
)

// watching calls a function at each step of some work.
type watching struct {
	app.Quiet
	step func()
}

func (w watching) Step(string) { w.step() }

// IO-4: where a backup is encrypted, nothing plain is ever written to the place it goes to, which may be a stick that others get.
func TestNothingPlainBesideAnEncryptedBackup(t *testing.T) {
	o := apptest.Open(t)
	o.Add(t, "ada@example.com", nil)
	stick := t.TempDir()
	steps, plain := 0, 0
	look := func() {
		steps++
		for _, folder := range []string{stick, o.Folder} {
			files, err := filepath.Glob(filepath.Join(folder, ".clientele-*.tmp"))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range files {
				raw, err := os.ReadFile(f)
				if err != nil {
					t.Fatal(err)
				}
				if bytes.Contains(raw, []byte("ada@example.com")) {
					if plain++; folder == stick {
						t.Errorf("%s is readable", f)
					}
				}
			}
		}
	}
	if _, err := o.Backups.WriteTo(ctx, filepath.Join(stick, "b.db"), "correct horse battery", watching{step: look}); err != nil {
		t.Fatal(err)
	}
	if steps < 2 || plain == 0 {
		t.Errorf("%d steps, of which %d had a plain copy anywhere", steps, plain)
	}
	for _, folder := range []string{stick, o.Folder} {
		if left, _ := filepath.Glob(filepath.Join(folder, ".clientele-*")); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
	}
}
