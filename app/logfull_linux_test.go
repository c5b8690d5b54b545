package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
)

// R4: on a full disk no act is done by half: what was acknowledged is there with its line in the log, what was refused has left neither, and the chain is whole.
func TestNotesOnFullDisk(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("a small disk can only be mounted by root")
	}
	folder := t.TempDir()
	if err := syscall.Mount("clientele-test", folder, "tmpfs", 0, "size=12m,mode=700"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
	o := apptest.OpenIn(t, t.TempDir(), data.Options{Path: apptest.Path(folder)})
	client := o.Add(t, "a@example.com", nil)
	ballast := filepath.Join(folder, "ballast")
	kept := 0
	for round := range 3 {
		fillDisk(t, folder, ballast, int64(round+1)*300<<10)
		var full error
		for i := 0; i < 1000 && full == nil; i++ {
			if full = add(o, app.NewNote{ClientID: client, Body: fmt.Sprintf("%d.%d %s", round, i, strings.Repeat("text ", 1500))}); full == nil {
				kept++
			}
		}
		if app.CodeOf(full) != app.Unavailable || !strings.Contains(app.Explain(full), "The disk is full") {
			t.Fatalf("the full disk gave %v", full)
		}
		notes, err := o.Notes.List(ctx, client, 0, 10_000)
		if err != nil || len(notes) != kept || len(logOf(t, o, client)) != kept+1 {
			t.Errorf("%d notes and %d lines are there, %d were acknowledged: %v", len(notes), len(logOf(t, o, client))-1, kept, err)
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		o.Sound(t)
	}
	if kept == 0 {
		t.Error("nothing was acknowledged, so nothing could be lost")
	}
}
