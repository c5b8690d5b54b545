package configuration

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
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
	first.mu, second.mu = nil, nil
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

// Two programs that have read the file each change another part of it: both changes are in it afterwards, and whoever failed changed nothing.
func TestUpdate(t *testing.T) {
	dir := t.TempDir()
	window, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	command, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := window.Update(func(c *Configuration) error { c.Cards.Hash = "ab"; return nil }); err != nil {
		t.Fatal(err)
	}
	if err := command.Update(func(c *Configuration) error { c.SMTPPassword = "cd"; return nil }); err != nil {
		t.Fatal(err)
	}
	refused := errors.New("refused")
	if err := window.Update(func(c *Configuration) error { c.Cards.Hash = "ef"; return refused }); !errors.Is(err, refused) {
		t.Errorf("%v", err)
	}
	again, err := Open(dir)
	if err != nil || again.Vault().Hash != "ab" || again.SMTPPassword != "cd" || command.Vault().Hash != "ab" {
		t.Errorf("%+v, %v", again, err)
	}
	if err := os.WriteFile(filepath.Join(dir, Name), []byte("cc_encryption_hash = ab canary"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, ErrUnreadable) || strings.Contains(err.Error(), "canary") {
		t.Errorf("what is told of a file that cannot be read: %v", err)
	}
}

// CC-3: what a write that was killed left of the file holds its keys too, and goes with the next change.
func TestUpdateLeavesNoHalfFile(t *testing.T) {
	dir := t.TempDir()
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(dir, "."+Name+".1234.tmp")
	if err := os.WriteFile(half, []byte("cc_encryption_hash = 'abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.Update(func(c *Configuration) error { c.Cards.Hash = ""; return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
}
