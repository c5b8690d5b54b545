package app_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
)

// dumpJob has the child import a dump and undo that, again and again.
const dumpJob = "dump"

// dumpClients is how many clients that dump has.
const dumpClients = 120

// R1, IO-2: an import of a dump that is killed at a random moment, and its undoing, are there whole or not at all.
func TestDumpKill(t *testing.T) {
	k, kills := apptest.NewKiller(t, 4)
	var text bytes.Buffer
	if _, err := (apptest.Dump{Version: 8, Clients: dumpClients, Mails: 1}).Write(&text); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(k.Folder, "whmcs.sql"), text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	k.Open().Store.Close()
	there := 0
	for ; k.Round < kills; k.Round++ {
		delay := k.Moment(1500 * time.Millisecond)
		for line := range k.Child(k.Folder, dumpJob, "ready", delay) {
			if !strings.HasPrefix(line, "ready") && line != "in" && line != "out" {
				t.Fatalf("the child said %q", line)
			}
		}
		o := k.Open()
		o.Sound(t)
		switch n := count(t, o); n {
		case 0:
			if left := leftovers(t, o); left != "" {
				t.Errorf("by half: %s", left)
			}
		case dumpClients:
			there++
		default:
			t.Errorf("%d clients are there", n)
		}
		o.Store.Close()
		if t.Failed() {
			t.Fatalf("after kill %d", k.Round+1)
		}
	}
	t.Logf("%d kills; after %d of them the import was there", kills, there)
}

// dumpChild is the program that is killed.
func dumpChild(c apptest.Child) int {
	a, _, err := c.Open()
	if err != nil {
		return c.Fail(err)
	}
	fmt.Println("ready")
	for {
		is, err := a.Imports.List(ctx, 1)
		if err != nil {
			return c.Fail(err)
		}
		if len(is) > 0 && is[0].UndoneAt == nil {
			if _, err := a.Imports.Undo(ctx, is[0].ID, app.Quiet{}); err != nil {
				return c.Fail(err)
			}
			fmt.Println("out")
			continue
		}
		d, err := a.Imports.OpenDump(ctx, filepath.Join(c.Folder, "whmcs.sql"), app.Quiet{})
		if err != nil {
			return c.Fail(err)
		}
		_, err = a.Imports.RunDump(ctx, d, app.DumpOptions{}, app.Quiet{})
		d.Close()
		if err != nil {
			return c.Fail(err)
		}
		fmt.Println("in")
	}
}
