package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/exporting"
	"clientele/data"
)

// IO-3: a list that the disk has no room for is not written: it is said so, and what was there stays.
func TestExportOnFullDisk(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("a small disk can only be mounted by root")
	}
	folder := t.TempDir()
	if err := syscall.Mount("clientele-test", folder, "tmpfs", 0, "size=1m,mode=700"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
	o := apptest.Open(t)
	for i := range 40 {
		o.Add(t, fmt.Sprintf("c%d@example.com", i), nil)
	}
	path := filepath.Join(folder, "clients.csv")
	write := func() error {
		_, err := o.Exports.Clients(ctx, path, exporting.FormatCSV, data.ClientFilter{}, []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, app.Quiet{})
		return err
	}
	if err := write(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	fillDisk(t, folder, filepath.Join(folder, "ballast"), 0)
	if err := write(); !says("The disk is full, so “clients.csv” was not saved")(err) {
		t.Errorf("it says %v", err)
	}
	left, err := os.ReadDir(folder)
	if now, _ := os.ReadFile(path); err != nil || len(left) != 2 || string(now) != string(before) {
		t.Errorf("the disk has %v, %v", left, err)
	}
}
