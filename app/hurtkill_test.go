package app_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/money"
	"clientele/data"
	"clientele/data/datatest"
)

// Jobs of children that do what could hurt until they are killed.
const (
	hurtJob    = "hurt"
	restoreJob = "restore"
)

// R1: a child that merges and deletes clients is killed at random moments. Each merge and each deletion is there as a whole or not at all, none that was acknowledged is lost, and
// no sum differs.
func TestKillBetweenHurtfulActs(t *testing.T) {
	k, kills := apptest.NewKiller(t, 5)
	merged, deleted := 0, 0
	for ; k.Round < kills || k.Round < 6*kills && (merged == 0 || deleted == 0); k.Round++ {
		var last [2]int64
		acknowledged := ""
		for line := range k.Child(k.Folder, hurtJob, "ready", k.Moment(500*time.Millisecond)) {
			var a, b int64
			switch {
			case line == "ready":
			case scanned(line, "pair %d %d", &a, &b):
				last, acknowledged = [2]int64{a, b}, ""
			case line == "merged", line == "deleted":
				acknowledged = line
			default:
				t.Fatalf("the child said %q", line)
			}
			switch line {
			case "merged":
				merged++
			case "deleted":
				deleted++
			}
		}
		o := k.Open()
		o.Sound(t)
		if last != [2]int64{} {
			hurt(t, o, last[0], last[1], acknowledged)
		}
		o.Store.Close()
		if t.Failed() {
			t.Fatalf("after kill %d", k.Round+1)
		}
	}
	t.Logf("%d kills; %d merges and %d deletions were acknowledged", k.Round, merged, deleted)
	if merged == 0 || deleted == 0 {
		t.Error("the children did too little for the test to mean anything")
	}
}

func scanned(line, format string, into ...any) bool {
	n, err := fmt.Sscanf(line, format, into...)
	return err == nil && n == len(into)
}

// hurt looks at a pair, of which the second one was merged into the first, or the first was deleted after that.
func hurt(t *testing.T, o *apptest.Office, a, b int64, acknowledged string) {
	t.Helper()
	first, errA := o.Clients.Get(ctx, a)
	second, errB := o.Clients.Get(ctx, b)
	notes := func(id int64) int {
		all, err := o.Notes.List(ctx, id, 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	switch {
	case errA == nil && errB == nil: // before the merge
		if acknowledged != "" || first.Credit != 700 || second.Credit != 300 || notes(a) != 1 || notes(b) != 1 {
			t.Errorf("%q: both are there with %d and %d of credit, %d and %d notes", acknowledged, first.Credit, second.Credit, notes(a), notes(b))
		}
	case errA == nil: // after it
		into, err := o.Clients.MergedInto(ctx, b)
		if acknowledged == "deleted" || first.Credit != 1000 || notes(a) < 2 || into != a || err != nil {
			t.Errorf("%q: merged with %d of credit, %d notes, into %d, %v", acknowledged, first.Credit, notes(a), into, err)
		}
	case app.CodeOf(errA) == app.NotFound && app.CodeOf(errB) == app.NotFound: // after the deletion
		if into, err := o.Clients.MergedInto(ctx, b); notes(a) != 0 || into != 0 || err != nil {
			t.Errorf("deleted, but %d notes are there, and it leads to %d, %v", notes(a), into, err)
		}
	default:
		t.Errorf("%v, %v", errA, errB)
	}
}

// hurtForever is the child's part.
func hurtForever(a *app.App, round int) error {
	for i := 0; ; i++ {
		var ids [2]int64
		for n := range ids {
			id, err := a.Clients.Add(ctx, app.NewClient{Profile: apptest.Profile(fmt.Sprintf("h%d.%d.%d@example.com", round, i, n))})
			if err != nil {
				return err
			}
			ids[n] = id
			if _, err := a.Credit.Add(ctx, id, app.NewCredit{Description: "Gift", Amount: money.New(int64(700-400*n), "GBP")}); err != nil {
				return err
			}
			if _, err := a.Notes.Add(ctx, app.NewNote{ClientID: id, Body: "note"}); err != nil {
				return err
			}
		}
		fmt.Println("pair", ids[0], ids[1])
		m := app.Merge{Keep: ids[0], Discard: ids[1]}
		for id, version := range map[int64]*int64{m.Keep: &m.KeepVersion, m.Discard: &m.DiscardVersion} {
			c, err := a.Clients.Get(ctx, id)
			if err != nil {
				return err
			}
			*version = c.Version
		}
		if err := a.Clients.Merge(ctx, m, app.Quiet{}); err != nil {
			return err
		}
		fmt.Println("merged")
		c, err := a.Clients.Get(ctx, m.Keep)
		if err != nil {
			return err
		}
		if err := a.Clients.Delete(ctx, m.Keep, c.Version, app.Quiet{}); err != nil {
			return err
		}
		fmt.Println("deleted")
	}
}

// R3: a child that restores one backup and another, again and again, is killed at random moments. The next start finds the old data or the new, whole, and every start succeeds.
func TestKillBetweenRestores(t *testing.T) {
	k, kills := apptest.NewKiller(t, 6)
	o := k.Open()
	for n := range 3 {
		o.Add(t, fmt.Sprintf("r%d@example.com", n), nil)
		if n != 1 { // backups with one client and with three
			if _, err := o.Backups.WriteTo(ctx, filepath.Join(k.Folder, fmt.Sprintf("%d.db", n+1)), "", app.Quiet{}); err != nil {
				t.Fatal(err)
			}
		}
	}
	o.Store.Close()
	restored := 0
	for ; k.Round < kills || k.Round < 6*kills && restored == 0; k.Round++ {
		for line := range k.Child(k.Folder, restoreJob, "ready", k.Moment(500*time.Millisecond)) {
			if line == "restored" {
				restored++
			} else if line != "ready" {
				t.Fatalf("the child said %q", line)
			}
		}
		r := &app.Restorer{Database: apptest.Path(k.Folder), Backups: filepath.Join(k.Folder, "backups"), Now: datatest.Clock}
		if err := r.Finish(ctx); err != nil {
			t.Fatal(err)
		}
		o := k.Open()
		if _, wrong, _, err := o.Backups.Restored(ctx); err != nil || len(wrong) > 0 {
			t.Fatalf("%q, %v", wrong, err)
		}
		n, _, err := o.Clients.Count(ctx, data.ClientFilter{})
		if err != nil || n != 1 && n != 3 {
			t.Errorf("%d clients, %v", n, err)
		}
		o.Sound(t)
		o.Store.Close()
		if left, err := filepath.Glob(filepath.Join(k.Folder, ".clientele-*")); err != nil || len(left) > 0 {
			t.Errorf("%q are left, %v", left, err)
		}
		for _, left := range []string{".restore.json", ".restoring"} {
			if _, err := os.Stat(r.Database + left); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("%s is left: %v", left, err)
			}
		}
		if t.Failed() {
			t.Fatalf("after kill %d", k.Round+1)
		}
	}
	t.Logf("%d kills; %d restores were acknowledged", k.Round, restored)
}

// hurtChild is a child that does what could hurt, or restores.
func hurtChild(c apptest.Child) int {
	r := &app.Restorer{Database: apptest.Path(c.Folder), Backups: c.Backups(), Now: c.Now}
	for n := 0; ; n++ {
		if err := r.Finish(ctx); err != nil {
			return c.Fail(err)
		}
		a, s, err := c.Open()
		if err != nil {
			return c.Fail(err)
		}
		_, wrong, done, err := a.Backups.Restored(ctx)
		if err != nil || len(wrong) > 0 {
			return c.Fail(fmt.Errorf("%q: %w", wrong, err))
		}
		if n == 0 {
			fmt.Println("ready")
		} else if done {
			fmt.Println("restored")
		}
		if c.Job == hurtJob {
			return c.Fail(hurtForever(a, c.Round))
		}
		if err := a.Backups.PrepareRestore(ctx, filepath.Join(c.Folder, fmt.Sprintf("%d.db", 1+2*(n%2))), "", app.Quiet{}); err != nil {
			return c.Fail(err)
		}
		if err := s.Close(); err != nil {
			return c.Fail(err)
		}
	}
}
