package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/configuration"
)

const (
	lockPhrase = "amber lantern hill"
	nextPhrase = "quiet copper river"
)

// AP-4: the lock is set, opened by its passphrase alone, changed and removed; the configuration file has its hash and nothing has the passphrase.
func TestLock(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		if s := o.Lock.State(); s.Set || o.Lock.Unlock(ctx, "") != nil {
			t.Fatalf("%+v where none was set", s)
		}
		for field, err := range map[string]error{
			"new_passphrase": o.Lock.Set(ctx, "too short", 5),
			"lock_minutes":   o.Lock.Set(ctx, lockPhrase, 7),
		} {
			if got := strings.Join(fields(err), " "); got != field {
				t.Errorf("%q, wanted %s: %v", got, field, err)
			}
		}
		if err := o.Lock.SetIdle(ctx, 5); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("a time without a passphrase: %v", err)
		}
		if err := o.Lock.Set(ctx, lockPhrase, 5); err != nil {
			t.Fatal(err)
		}
		if err := o.Lock.Set(ctx, nextPhrase, 5); app.CodeOf(err) != app.Conflict {
			t.Errorf("set over the one there is: %v", err)
		}
		if s := o.Lock.State(); !s.Set || s.Idle != 5*time.Minute {
			t.Errorf("%+v", s)
		}
		opens := func(passphrase string, want bool) {
			t.Helper()
			if err := o.Lock.Unlock(ctx, passphrase); (err == nil) != want {
				t.Errorf("%q: %v", passphrase, err)
			}
		}
		opens(lockPhrase, true)
		opens(lockPhrase+" ", false)
		opens("", false)
		opens(strings.Repeat("x", 300), false)
		o.Clock.Advance(time.Minute)
		if err := o.Lock.Change(ctx, nextPhrase, nextPhrase); strings.Join(fields(err), " ") != "lock_passphrase" {
			t.Errorf("changed without the present one: %v", err)
		}
		o.Clock.Advance(time.Minute)
		if err := o.Lock.Change(ctx, lockPhrase, "short"); strings.Join(fields(err), " ") != "new_passphrase" {
			t.Errorf("%v", err)
		}
		if err := o.Lock.Change(ctx, lockPhrase, nextPhrase); err != nil {
			t.Fatal(err)
		}
		opens(lockPhrase, false)
		opens(nextPhrase, true)
		if err := o.Lock.SetIdle(ctx, 30); err != nil || o.Lock.State().Idle != 30*time.Minute {
			t.Errorf("%+v, %v", o.Lock.State(), err)
		}
		again, err := configuration.Open(o.Folder) // as the next start reads it
		if err != nil || !strings.HasPrefix(again.AppLock().Passphrase, "$argon2id$") || again.AppLock().Minutes != 30 {
			t.Errorf("%+v, %v", again.AppLock(), err)
		}
		nowhere(t, o.Folder, lockPhrase, nextPhrase)
		if err := o.Lock.Remove(ctx, lockPhrase); err == nil {
			t.Error("removed without the present one")
		}
		if err := o.Lock.Remove(ctx, nextPhrase); err != nil || o.Lock.State().Set {
			t.Errorf("%+v, %v", o.Lock.State(), err)
		}
		var acts []string
		for _, a := range o.Activity(t, 0) {
			acts = append(acts, strings.TrimPrefix(a.Action, "lock."))
		}
		if got := strings.Join(acts, " "); got != "removed refused changed refused changed refused refused refused refused set" {
			t.Errorf("%s", got)
		}
	})
}

// nowhere fails where a file in a folder holds one of the secrets.
func nowhere(t *testing.T, folder string, secrets ...string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, s := range secrets {
			if strings.Contains(string(b), s) {
				t.Errorf("%s holds %q", filepath.Base(path), s)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The waits after wrong passphrases grow as those after wrong hashes do, outlive the program, and are each desktop's own; the right one ends them.
func TestLockWaits(t *testing.T) {
	o := apptest.Open(t)
	if err := o.Lock.Set(ctx, lockPhrase, 5); err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		err := o.Lock.Unlock(ctx, "wrong")
		if app.CodeOf(err) != app.NotAllowed || i >= 2 != strings.Contains(err.Error(), "Wait") {
			t.Fatalf("try %d: %v", i, err)
		}
		if i < 2 {
			continue
		}
		wait := 2 * time.Second << (i - 2)
		o.Clock.Advance(wait - time.Second)
		o.Use(nil) // a restart
		if err := o.Lock.Unlock(ctx, lockPhrase); app.CodeOf(err) != app.NotAllowed || !strings.Contains(err.Error(), "not looked at") {
			t.Fatalf("try %d, a second too soon: %v", i, err)
		}
		o.Clock.Advance(time.Second)
	}
	if err := o.Lock.Unlock(ctx, lockPhrase); err != nil {
		t.Fatal(err)
	}
	if err := o.Lock.Unlock(ctx, "wrong"); strings.Contains(err.Error(), "Wait") {
		t.Errorf("the count does not begin anew: %v", err)
	}
}

// Data that cannot be written keeps nobody out who has the passphrase, and gives nobody more tries.
func TestLockWithoutData(t *testing.T) {
	o := apptest.Open(t)
	if err := o.Lock.Set(ctx, lockPhrase, 5); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		_ = o.Lock.Unlock(ctx, "wrong")
	}
	o.Store.Close()
	if err := o.Lock.Unlock(ctx, lockPhrase); err != nil {
		t.Errorf("kept out: %v", err)
	}
	for i := range 4 {
		err := o.Lock.Unlock(ctx, "wrong")
		if app.CodeOf(err) != app.NotAllowed || i >= 2 != strings.Contains(err.Error(), "Wait") {
			t.Errorf("try %d: %v", i, err)
		}
	}
	if err := o.Lock.Unlock(ctx, lockPhrase); app.CodeOf(err) != app.NotAllowed {
		t.Errorf("too soon, and open: %v", err)
	}
}

// A line that somebody spoiled is told of, with what to do.
func TestLockDamaged(t *testing.T) {
	o := apptest.Open(t)
	err := o.Configuration.Update(func(c *configuration.Configuration) error { c.Lock.Passphrase = "$argon2id$x"; return nil })
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Lock.Unlock(ctx, lockPhrase); app.CodeOf(err) != app.Unavailable || !strings.Contains(err.Error(), "app_lock") {
		t.Errorf("%v", err)
	}
}

// What a try costs is what trust asks for; tests alone pay less.
func TestLockCost(t *testing.T) {
	if c := app.RealLockCost; c.Memory != 128*1024 || c.Iterations != 3 || c.Parallelism != 2 || c.SaltLength < 16 || c.KeyLength < 32 {
		t.Errorf("%+v", c)
	}
}
