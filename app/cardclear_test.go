package app_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/vault"
	"clientele/data"
)

// cardCount is with how many cards a test works; CLIENTELE_CARDS names another number.
func cardCount(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("CLIENTELE_CARDS")); err == nil {
		return n
	}
	return usual
}

// mostDeleted is up to which card a client is deleted now and then.
const mostDeleted = 1000

// R20, CC-5, DE-1: of cards that were replaced, cleared, or went with their client no sealed byte is left in the data file, or beside it.
func TestClearedCardsLeaveNothing(t *testing.T) {
	n := max(cardCount(100), 20)
	o := started(t, apptest.Open(t))
	var ids []int64
	var gone [][]byte
	note := func(id int64) {
		t.Helper()
		sealed, err := app.Sealed(o.App, id)
		if err != nil || len(sealed) < 40 {
			t.Fatalf("%d bytes, %v", len(sealed), err)
		}
		gone = append(gone, sealed)
	}
	for i := range n {
		id := o.Add(t, fmt.Sprintf("c%d@example.com", i), nil)
		ids = append(ids, id)
		store(t, o, id, testNumber)
		note(id)
	}
	if left(t, o.Folder, gone[:1]) == 0 {
		t.Fatal("this test would not notice anything")
	}
	stays := ids[n-1]
	kept, _ := app.Sealed(o.App, stays)
	gone = gone[:n-1]
	for i, id := range ids[:n-1] {
		switch {
		case i%20 == 0 && i < mostDeleted: // with a backup before each
			c := o.Get(t, id)
			if err := o.Clients.Delete(ctx, id, c.Version, app.Quiet{}); err != nil {
				t.Fatal(err)
			}
			continue
		case i%3 == 0:
			store(t, o, id, otherNumber)
			note(id)
		}
		if _, err := o.Cards.Clear(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	if done, err := o.Cards.Scrub(ctx); !done || err != nil {
		t.Fatalf("%v, %v", done, err)
	}
	if got := left(t, o.Folder, gone); got != 0 {
		t.Errorf("%d traces of %d sealed numbers are left", got, len(gone))
	}
	if left(t, o.Folder, [][]byte{kept}) == 0 {
		t.Error("what was not removed is gone")
	}
	t.Logf("%d cards, %d sealed numbers removed", n, len(gone))
}

// mark is how much of a sealed number is looked for: nothing else has the same bytes by chance.
const mark = 16

// left counts how often a part of any of the values is in the data file or beside it.
func left(t *testing.T, folder string, values [][]byte) (n int) {
	t.Helper()
	wanted := map[[mark]byte]bool{}
	for _, v := range values { // what is sealed begins with its version, then a key of its own
		wanted[[mark]byte(v[1:])], wanted[[mark]byte(v[len(v)-mark:])] = true, true
	}
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		b, err := os.ReadFile(apptest.Path(folder) + suffix)
		if errors.Is(err, os.ErrNotExist) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+mark <= len(b); i++ {
			if wanted[[mark]byte(b[i:])] {
				n++
			}
		}
	}
	return n
}

// AP-4: staff see what is seen at once, and add and replace cards; they see no number, clear none, and have no hash.
func TestCardsAreTheOwners(t *testing.T) {
	o := started(t, shared(t))
	staff := started(t, colleague(t, o, "Sam Staff", data.Staff))
	id := o.Add(t, "a@example.com", nil)
	store(t, o, id, testNumber)
	hash := o.Configuration.Vault().Hash
	before := o.Configuration.Vault()
	path := filepath.Join(t.TempDir(), "sheet.pdf")
	for name, act := range map[string]func() error{
		"view":        func() error { _, err := staff.Cards.Reveal(ctx, id, hash); return err },
		"clear":       func() error { _, err := staff.Cards.Clear(ctx, id); return err },
		"change":      func() error { _, err := staff.Cards.ChangeHash(ctx, hash, app.Quiet{}); return err },
		"new vault":   func() error { _, err := staff.Cards.NewVault(ctx, false, app.Quiet{}); return err },
		"remove":      func() error { _, err := staff.Cards.RemoveNumbers(ctx); return err },
		"hash":        func() error { _, err := staff.Cards.Hash(); return err },
		"take away":   func() error { return staff.Cards.TakeHashAway(ctx, "GGGGGG") },
		"adopt":       func() error { return staff.Cards.Adopt(ctx, hash) },
		"save a page": func() error { return staff.Cards.SaveSheet(ctx, path, vault.NewHash()) },
	} {
		if err := act(); app.CodeOf(err) != app.NotAllowed || !strings.Contains(err.Error(), "owner") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if c, err := staff.Cards.Stored(ctx, id); err != nil || c.Last4 != "4444" {
		t.Errorf("%+v, %v", c, err)
	}
	if o.Configuration.Vault() != before {
		t.Error("the owner's configuration was changed")
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a sheet was written")
	}
	if err := o.Cards.Adopt(ctx, hash); err != nil { // the owner may, on this desktop and on the other
		t.Error(err)
	}
	for _, a := range o.Activity(t, id) {
		if a.Who == "Sam Staff" {
			t.Errorf("the log has %s by staff", a.Action)
		}
	}
}

// CC-5, DE-1: where somebody reads just as a client with a card is deleted, or merged with its card wiped, it is remembered that bytes are left, and they go later.
func TestWipedCardIsRemembered(t *testing.T) {
	for name, act := range map[string]func(o *apptest.Office, id, other int64) error{
		"deleted": func(o *apptest.Office, id, _ int64) error {
			return o.Clients.Delete(ctx, id, o.Get(t, id).Version, app.Quiet{})
		},
		"merged": func(o *apptest.Office, id, other int64) error {
			m := app.Merge{Keep: other, Discard: id, KeepVersion: o.Get(t, other).Version, DiscardVersion: o.Get(t, id).Version}
			return o.Clients.Merge(ctx, m, app.Quiet{})
		},
	} {
		o := started(t, apptest.Open(t))
		id, other := o.Add(t, "a@example.com", nil), o.Add(t, "b@example.com", nil)
		store(t, o, id, testNumber)
		store(t, o, other, otherNumber)
		sealed, err := app.Sealed(o.App, id)
		if err != nil {
			t.Fatal(err)
		}
		err = o.Store.Snapshot(ctx, func(tx *data.Tx) error {
			if _, err := tx.Client(id); err != nil {
				return err
			}
			return act(o, id, other)
		})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		pending := false
		if err := o.Store.Read(ctx, func(tx *data.Tx) (err error) { pending, err = tx.ScrubPending(); return err }); err != nil || !pending {
			t.Errorf("%s: it is not remembered that bytes are left: %v", name, err)
		}
		if done, err := o.Cards.Scrub(ctx); !done || err != nil {
			t.Errorf("%s: %v, %v", name, done, err)
		}
		if n := left(t, o.Folder, [][]byte{sealed}); n != 0 {
			t.Errorf("%s: %d traces of the card are left", name, n)
		}
	}
}
