package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/configuration"
	"clientele/app/logfile"
	"clientele/app/vault"
)

// Jobs of children that work with cards.
const (
	rotateJob = "rotate"
	crashJob  = "crash"
)

// rotatedCards is how many cards the child seals anew each time.
const rotatedCards = 120

// R21, R3: a child that changes the hash again and again is killed at random moments. The next start has the old state or the new one: the hash in the configuration file opens every
// card, nothing waits to follow, and a hash that was replaced opens none.
func TestKillWhileChangingTheHash(t *testing.T) {
	k, kills := apptest.NewKiller(t, 6)
	o := started(t, k.Open())
	var ids []int64
	for n := range rotatedCards {
		ids = append(ids, o.Add(t, fmt.Sprintf("c%d@example.com", n), nil))
		store(t, o, ids[n], testNumber)
	}
	o.Store.Close()
	changed, promoted, dropped := 0, 0, 0
	var replaced []string // hashes that are not in force any more
	for ; k.Round < kills || k.Round < 6*kills && changed == 0; k.Round++ {
		known := ""
		for line := range k.Child(k.Folder, rotateJob, "ready", k.Moment(400*time.Millisecond)) {
			if hash, ok := strings.CutPrefix(line, "changed "); ok {
				changed++
				known = hash
			} else if line != "ready" {
				t.Fatalf("the child said %q", line)
			}
		}
		o := k.Open()
		before := o.Configuration.Vault()
		started(t, o)
		after := o.Configuration.Vault()
		switch {
		case before.PendingHash == "":
		case after.Hash == before.PendingHash:
			promoted++
		case after.Hash == before.Hash:
			dropped++
		default:
			t.Error("the hash is neither the old one nor the one that was to follow")
		}
		if after.PendingHash != "" {
			t.Error("a hash still waits to follow")
		}
		n := openedBy(t, o, ids, after.Hash)
		if n != rotatedCards {
			t.Errorf("the hash in the file opens %d of %d cards", n, rotatedCards)
		}
		if known != "" && known != after.Hash && before.PendingHash == "" && before.Hash == known {
			t.Error("an acknowledged hash is lost")
		}
		for _, old := range []string{before.Hash, before.PendingHash, known} {
			if old != "" && old != after.Hash {
				replaced = append(replaced, old)
			}
			if old != "" && old != after.Hash && openedBy(t, o, ids, old) != 0 {
				t.Error("a hash that was replaced opens cards")
			}
		}
		o.Sound(t)
		o.Store.Close()
		if t.Failed() {
			t.Fatalf("after kill %d", k.Round+1)
		}
	}
	// Of what was written half-way nothing is left once the hash has changed in peace.
	last := started(t, k.Open())
	gone := []string{last.Configuration.Vault().Hash}
	if _, err := last.Cards.ChangeHash(ctx, gone[0], app.Quiet{}); err != nil {
		t.Fatal(err)
	}
	last.Store.Close()
	nowhere(t, k.Folder, append(gone, replaced...)...)
	if left, err := filepath.Glob(filepath.Join(k.Folder, ".*.tmp")); err != nil || len(left) > 0 {
		t.Errorf("%q are left, %v", left, err)
	}
	t.Logf("%d kills; %d changes were acknowledged; %d were brought to their end at the next start, and %d taken back", k.Round, changed, promoted, dropped)
	if changed == 0 {
		t.Error("the children did too little for the test to mean anything")
	}
}

// openedBy counts the cards that a hash opens, past the waits after wrong tries.
func openedBy(t *testing.T, o *apptest.Office, ids []int64, hash string) (n int) {
	t.Helper()
	h, err := vault.ParseHash(hash)
	if err != nil {
		t.Fatal(err)
	}
	n, err = app.Opened(o.App, ids, h)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// R19, CC-7: a program that breaks down while it knows a number leaves no number and no hash in its last words, its log or its data, and no core file.
func TestCrashTellsNoNumber(t *testing.T) {
	o := started(t, apptest.Open(t))
	store(t, o, o.Add(t, "a@example.com", nil), testNumber)
	hash := o.Configuration.Vault()
	o.Store.Close()
	c := apptest.Command(t, o.Folder, crashJob, 0)
	c.Dir = o.Folder
	said, err := c.CombinedOutput()
	if err == nil || !strings.Contains(string(said), "a fault with") {
		t.Fatalf("it did not break down: %v\n%s", err, said)
	}
	last, err := os.ReadFile(filepath.Join(o.Folder, "crash.log"))
	if err != nil || !strings.Contains(string(last), "a fault with") {
		t.Errorf("no last words: %v\n%s", err, last)
	}
	if err := os.WriteFile(filepath.Join(o.Folder, "said"), said, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(o.Folder, configuration.Name)); err != nil { // the one place of the hash
		t.Fatal(err)
	}
	nowhere(t, o.Folder, "5555555555554444", testNumber, "4000056655665556", otherNumber, "4000 0566 5566 5556", hash.Hash, strings.ToUpper(hash.Hash))
	if cores, _ := filepath.Glob(filepath.Join(o.Folder, "core*")); len(cores) > 0 {
		t.Errorf("%v", cores)
	}
}

// cardChild is a child that changes the hash until it is killed, or breaks down while it knows a number.
func cardChild(c apptest.Child) int {
	a, _, err := c.Open()
	if err != nil {
		return c.Fail(err)
	}
	if err := a.Cards.Start(ctx); err != nil {
		return c.Fail(err)
	}
	fmt.Println("ready")
	if c.Job == crashJob {
		return breakDown(c, a)
	}
	hash, err := a.Cards.Hash()
	for err == nil {
		if hash, err = a.Cards.ChangeHash(ctx, hash.Hex(), app.Quiet{}); err == nil {
			fmt.Println("changed", hash.Hex())
		}
	}
	return c.Fail(err)
}

// breakDown ends the child as a fault of the program would, while it holds a number, the hash and what was typed.
func breakDown(c apptest.Child, a *app.App) int {
	if err := logfile.Crashes(filepath.Join(c.Folder, "crash.log")); err != nil {
		return c.Fail(err)
	}
	hash, err := a.Cards.Hash()
	if err != nil {
		return c.Fail(err)
	}
	n, err := a.Cards.Reveal(ctx, 1, hash.Hex())
	if err != nil {
		return c.Fail(err)
	}
	stored, err := a.Cards.Stored(ctx, 1)
	if err == nil {
		err = a.Cards.Save(ctx, 1, typed(otherNumber, stored.Version))
	}
	if err != nil {
		return c.Fail(err)
	}
	panic(fmt.Sprintf("a fault with %v, %+v, %q and %v", n, n, n, hash))
}
