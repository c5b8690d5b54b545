package configuration

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// 2.13: the anchor of each database is kept apart from it, readable by its owner alone, and without touching the keys.
func TestAnchors(t *testing.T) {
	dir := t.TempDir()
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, Name))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok, err := c.Anchor("file"); ok || err != nil {
		t.Errorf("an anchor before there is one: %v, %v", ok, err)
	}
	file := Anchor{Lines: 7, Hash: "ab", Seen: time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)}
	server := Anchor{Lines: 9, Hash: "cd", Seen: file.Seen, Accepted: 12}
	for database, a := range map[string]Anchor{"file": file, "db.example:5432/office": server} {
		if err := c.SetAnchor(database, a); err != nil {
			t.Fatal(err)
		}
	}
	again, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for database, want := range map[string]Anchor{"file": file, "db.example:5432/office": server} {
		if got, ok, err := again.Anchor(database); got != want || !ok || err != nil {
			t.Errorf("%s: %+v, %v, %v", database, got, ok, err)
		}
	}
	path := filepath.Join(dir, AnchorsName)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if after, err := os.ReadFile(filepath.Join(dir, Name)); err != nil || string(after) != string(before) {
		t.Error("the configuration was written anew")
	}
	if err := os.WriteFile(path, []byte("= = ="), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := again.Anchor("file"); !errors.Is(err, ErrUnreadable) {
		t.Errorf("nonsense is read: %v", err)
	}
	if err := again.SetAnchor("file", file); !errors.Is(err, ErrUnreadable) {
		t.Errorf("nonsense is overwritten: %v", err)
	}
}
