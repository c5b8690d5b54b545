package app_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/configuration"
	"clientele/app/logfile"
	"clientele/app/vault"
	"clientele/data"
	"clientele/data/datatest"
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
	k, kills := killer(t, 6)
	o := started(t, k.open())
	var ids []int64
	for n := range rotatedCards {
		ids = append(ids, o.Add(t, fmt.Sprintf("c%d@example.com", n), nil))
		store(t, o, ids[n], testNumber)
	}
	o.Store.Close()
	changed, promoted, dropped := 0, 0, 0
	for ; k.round < kills || k.round < 6*kills && changed == 0; k.round++ {
		known := ""
		for line := range k.child(k.folder, rotateJob, "ready", time.Duration(k.random.Int64N(int64(400*time.Millisecond)))) {
			if hash, ok := strings.CutPrefix(line, "changed "); ok {
				changed++
				known = hash
			} else if line != "ready" {
				t.Fatalf("the child said %q", line)
			}
		}
		o := k.open()
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
			if old != "" && old != after.Hash && openedBy(t, o, ids, old) != 0 {
				t.Error("a hash that was replaced opens cards")
			}
		}
		o.Sound(t)
		o.Store.Close()
		if t.Failed() {
			t.Fatalf("after kill %d", k.round+1)
		}
	}
	t.Logf("%d kills; %d changes were acknowledged; %d were brought to their end at the next start, and %d taken back", k.round, changed, promoted, dropped)
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
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self)
	c.Dir = o.Folder
	c.Env = append(os.Environ(), childVariable+"="+o.Folder, jobVariable+"="+crashJob)
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
func cardChild(folder, job string) int {
	fail := func(err error) int {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	now := datatest.Clock
	s, err := data.Open(ctx, data.Options{Path: apptest.Path(folder), Now: now})
	if err != nil {
		return fail(err)
	}
	c, err := configuration.Open(folder)
	if err != nil {
		return fail(err)
	}
	a := app.New(app.Params{
		Store: s, Configuration: c, File: apptest.Path(folder), Backups: filepath.Join(folder, "backups"), Now: now, Who: "child", Keyring: &apptest.Keyring{},
	})
	if err := a.Cards.Start(ctx); err != nil {
		return fail(err)
	}
	fmt.Println("ready")
	if job == crashJob {
		return breakDown(folder, a, c)
	}
	for {
		next, err := a.Cards.ChangeHash(ctx, c.Vault().Hash, app.Quiet{})
		if err != nil {
			return fail(err)
		}
		fmt.Println("changed", next.Hex())
	}
}

// breakDown ends the child as a fault of the program would, while it holds a number, the hash and what was typed.
func breakDown(folder string, a *app.App, c *configuration.Configuration) int {
	if err := logfile.Crashes(filepath.Join(folder, "crash.log")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	hash := c.Vault().Hash
	n, err := a.Cards.Reveal(ctx, 1, hash)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := a.Cards.Save(ctx, 1, app.NewCard{Number: otherNumber, Expiry: "08/29", Version: 1}); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	panic(fmt.Sprintf("a fault with %v, %+v and %q", n, n, n))
}
