package app_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data/datatest"
)

// backupJob is the job of a child that makes the backup of one day after another.
const backupJob = "backup"

// daysOfChild is how many days a child has at most until the next one begins, some months later.
const daysOfChild = 400

// backupDay is the first day of a child.
func backupDay(round int) time.Time { return datatest.Now.AddDate(0, 0, daysOfChild*(round+1)) }

// R3: a child that backs up day after day, also before it deletes clients, and removes what is superfluous, is killed at random moments. Every backup that is there then is whole,
// the newest one that was acknowledged among them, and the next backup leaves as many as are to be kept, and nothing else.
func TestKillBetweenBackups(t *testing.T) {
	k, kills := apptest.NewKiller(t, 5)
	o := k.Open()
	o.Add(t, "a@example.com", nil)
	o.Store.Close()
	folder := o.Backups.Folder()
	made, unfinished, removed := 0, 0, 0
	for ; k.Round < kills || k.Round < 6*kills && (made == 0 || removed == 0); k.Round++ {
		newest := ""
		// Some days go by, and then come the ones in which the child is killed.
		after := fmt.Sprintf("made %d ", 1+k.Random.IntN(8))
		for line := range k.Child(k.Folder, backupJob, after, k.Moment(60*time.Millisecond)) {
			var day int
			switch {
			case line == "ready":
			case scanned(line, "made %d %s", &day, &newest):
				made++
			default:
				t.Fatalf("the child said %q", line)
			}
		}
		o := k.Open()
		o.Clock.Set(backupDay(k.Round+1).AddDate(0, 0, -1))
		before := sound(t, o)
		if newest != "" && !slices.ContainsFunc(before, func(b app.Backup) bool { return b.Name == newest }) {
			t.Errorf("%s was acknowledged and is not there", newest)
		}
		if newest != "" {
			m, wrong, err := o.Backups.Look(ctx, filepath.Join(folder, newest), "")
			if err != nil || len(wrong) > 0 || m.Clients == 0 {
				t.Errorf("%s does not open: %d clients, %q, %v", newest, m.Clients, wrong, err)
			}
		}
		unfinished += len(strangers(t, folder, before))

		b, did, err := o.Backups.MakeDaily(ctx, app.Quiet{})
		if err != nil || !did {
			t.Fatalf("no backup of the next day was made: %v", err)
		}
		all := append([]app.Backup{b}, before...)
		superfluous := app.Superfluous(all, o.Clock.Now())
		kept := slices.DeleteFunc(all, func(b app.Backup) bool {
			return slices.ContainsFunc(superfluous, func(gone app.Backup) bool { return gone.Name == b.Name })
		})
		removed += len(superfluous)
		then := sound(t, o)
		if !slices.Equal(namesOf(then), namesOf(kept)) {
			t.Errorf("%q are kept, not %q", namesOf(then), namesOf(kept))
		}
		if left := strangers(t, folder, then); len(left) > 0 {
			t.Errorf("%q are left", left)
		}
		o.Store.Close()
		if t.Failed() {
			t.Fatalf("after kill %d", k.Round+1)
		}
	}
	t.Logf("%d kills; %d backups were acknowledged, %d files were left unfinished and swept away, %d backups removed as superfluous after a kill", k.Round, made, unfinished, removed)
	if made == 0 || removed == 0 {
		t.Error("the children did too little for the test to mean anything")
	}
}

// sound lists the backups, and fails the test where one is not as its manifest says.
func sound(t *testing.T, o *apptest.Office) []app.Backup {
	t.Helper()
	all, err := o.Backups.List(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range all {
		content, err := os.ReadFile(filepath.Join(o.Backups.Folder(), b.Name))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(content); b.Verified.IsZero() || hex.EncodeToString(sum[:]) != b.SHA256 || int64(len(content)) != b.Size {
			t.Errorf("%s is not whole: found sound %v, %d bytes of %d", b.Name, b.Verified, len(content), b.Size)
		}
	}
	return all
}

func namesOf(bs []app.Backup) (all []string) {
	for _, b := range bs {
		all = append(all, b.Name)
	}
	return all
}

// strangers lists the files in a folder of backups that are neither one of these, nor what is said of it.
func strangers(t *testing.T, folder string, backups []app.Backup) (left []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, b := range backups {
		known[b.Name], known[strings.TrimSuffix(b.Name, ".db")+".json"] = true, true
	}
	for _, e := range entries {
		if !known[e.Name()] {
			left = append(left, e.Name())
		}
	}
	return left
}

// backupChild is the program that is killed. Each of its backups is of another day, and each third one comes before a client is deleted.
func backupChild(c apptest.Child) int {
	day := 0
	c.Now = func() time.Time { return backupDay(c.Round).AddDate(0, 0, day) }
	a, _, err := c.Open()
	if err != nil {
		return c.Fail(err)
	}
	fmt.Println("ready")
	for ; day < daysOfChild-1; day++ {
		b, _, err := a.Backups.MakeDaily(ctx, app.Quiet{})
		if err != nil {
			return c.Fail(err)
		}
		fmt.Println("made", day, b.Name)
		if day%3 != 2 {
			continue
		}
		id, err := a.Clients.Add(ctx, app.NewClient{Profile: apptest.Profile(fmt.Sprintf("b%d.%d@example.com", c.Round, day))})
		if err == nil {
			err = a.Clients.Delete(ctx, id, 1, app.Quiet{})
		}
		if err != nil {
			return c.Fail(err)
		}
	}
	return c.Fail(fmt.Errorf("the child outlived %d days", daysOfChild))
}
