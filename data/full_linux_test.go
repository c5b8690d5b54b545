package data_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"clientele/data"
	"clientele/data/datatest"
)

// R4: on a full disk a write says so, what was acknowledged is there, reading goes on, and with space so does writing.
func TestDiskFull(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("a small disk can only be mounted by root")
	}
	dir := t.TempDir()
	if err := syscall.Mount("clientele-test", dir, "tmpfs", 0, "size=3m,mode=700"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	ballast := filepath.Join(dir, "ballast")
	s, err := data.Open(ctx, data.Options{Path: filepath.Join(dir, "c.db"), Now: datatest.Clock})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	next, acknowledged := 0, map[int64]bool{}
	add := func() error {
		next++
		c := datatest.Client(next)
		err := s.Write(ctx, func(tx *data.Tx) error { return tx.InsertClient(&c) })
		if err == nil {
			acknowledged[c.ID] = true
		}
		return err
	}
	check := func() {
		t.Helper()
		err := s.Read(ctx, func(tx *data.Tx) error {
			ids, err := tx.ClientIDs(data.ClientFilter{}, 0, 100_000)
			if len(ids) != len(acknowledged) {
				t.Errorf("%d clients are there, %d were acknowledged", len(ids), len(acknowledged))
			}
			for _, id := range ids {
				if !acknowledged[id] {
					t.Errorf("client %d is there without having been acknowledged", id)
				}
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	for range 5 {
		if err := add(); err != nil {
			t.Fatal(err)
		}
		fillUp(t, ballast)
		var full error
		for range 2000 {
			if full = add(); full != nil {
				break
			}
		}
		if !errors.Is(full, data.ErrFull) {
			t.Fatalf("the full disk gave %v", full)
		}
		check()
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		if err := add(); err != nil {
			t.Fatalf("with space again: %v", err)
		}
		check()
	}
	sound(t, s)
}

// fillUp leaves a few pages of a disk.
func fillUp(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if info, err := f.Stat(); err == nil {
		if err := f.Truncate(max(0, info.Size()-64<<10)); err != nil {
			t.Fatal(err)
		}
	}
}
