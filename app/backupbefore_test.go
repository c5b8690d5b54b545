package app_test

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
)

// ME-3, DE-1, IO-1: before clients are merged, a client is deleted, or clients are imported, a backup of what was there is made; where it cannot be made, nothing is done.
func TestBackupBeforeWhatHurts(t *testing.T) {
	o := apptest.Open(t)
	keep, gone, deleted := o.Add(t, "a@example.com", nil), o.Add(t, "b@example.com", nil), o.Add(t, "c@example.com", nil)
	acts := []func() error{
		func() error {
			m := app.Merge{Keep: keep, Discard: gone, KeepVersion: o.Get(t, keep).Version, DiscardVersion: o.Get(t, gone).Version}
			return o.Clients.Merge(ctx, m, app.Quiet{})
		},
		func() error { return o.Clients.Delete(ctx, deleted, o.Get(t, deleted).Version, app.Quiet{}) },
		func() error {
			_, err := o.Imports.Run(ctx, inspect(t, o, mixed), app.ImportOptions{}, app.Quiet{})
			return err
		},
	}

	// A file where the folder should be: no backup can be made.
	if err := os.RemoveAll(o.Backups.Folder()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(o.Backups.Folder(), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, act := range acts {
		if err := act(); err == nil || count(t, o) != 3 {
			t.Fatalf("act %d was done without a backup: %v, %d clients", i, err, count(t, o))
		}
	}

	if err := os.Remove(o.Backups.Folder()); err != nil {
		t.Fatal(err)
	}
	for i, act := range acts {
		if err := act(); err != nil {
			t.Fatalf("act %d: %v", i, err)
		}
	}
	all, err := o.Backups.List(ctx)
	var got []string
	for _, b := range all {
		got = append(got, fmt.Sprint(b.Reason, " ", b.Clients))
	}
	slices.Sort(got)
	want := []string{fmt.Sprint(app.BackupMerge, " ", 3), fmt.Sprint(app.BackupDelete, " ", 2), fmt.Sprint(app.BackupImport, " ", 1)}
	slices.Sort(want)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, not %q: %v", got, want, err)
	}
	o.Sound(t)
}
