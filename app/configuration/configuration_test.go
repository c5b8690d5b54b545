package configuration

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestOpenMakesOnceAndReadsAgain(t *testing.T) {
	dir := t.TempDir()
	first, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	first.DatabaseURL = "postgres://office"
	if err := first.Save(); err != nil {
		t.Fatal(err)
	}
	second, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if *first != *second {
		t.Errorf("read %+v, wrote %+v", second, first)
	}
	if key, err := second.Key(); err != nil || len(key) != 32 {
		t.Errorf("key of %d bytes, %v", len(key), err)
	}
	info, err := os.Stat(filepath.Join(dir, Name))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestOpenClosesTheFileToOthers(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, Name)
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
}

func FuzzOpen(f *testing.F) {
	f.Add("installation = \"ab\"\nmail_key = \"00\"")
	f.Add("= = =")
	f.Fuzz(func(t *testing.T, text string) {
		dir := t.TempDir()
		os.WriteFile(filepath.Join(dir, Name), []byte(text), 0o600)
		c, err := Open(dir)
		if err != nil {
			if !errors.Is(err, ErrUnreadable) {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if _, err := c.Key(); err != nil {
			t.Errorf("%q was read without a key", text)
		}
	})
}
