package app_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/card"
	"clientele/app/configuration"
	"clientele/app/vault"
)

// The public test number that the tests store, in the forms in which it could be found.
const (
	testNumber  = "5555 5555 5555 4444"
	otherNumber = "4000-0566-5566-5556"
)

// typed is a card as it is typed.
func typed(number string, version int64) app.NewCard {
	return app.NewCard{Number: card.Text(number), Expiry: "08/29", Version: version}
}

// started is an office whose vault was made.
func started(t *testing.T, o *apptest.Office) *apptest.Office {
	t.Helper()
	if err := o.Cards.Start(ctx); err != nil {
		t.Fatal(err)
	}
	return o
}

// store stores a card for a client in the place of the one there is.
func store(t *testing.T, o *apptest.Office, client int64, number string) {
	t.Helper()
	c, err := o.Cards.Stored(ctx, client)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Cards.Save(ctx, client, typed(number, c.Version)); err != nil {
		t.Fatal(err)
	}
}

// reveal is the number that a hash opens.
func reveal(o *apptest.Office, client int64, hash string) (string, error) {
	n, err := o.Cards.Reveal(ctx, client, hash)
	return n.Grouped(), err
}

// CC-1, CC-2, CC-4, CC-5: a card is stored, seen, replaced, changed without its number, viewed with the hash, and cleared; each act has its line in the log, and none of them
// tells more than the last four digits.
func TestCards(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		started(t, o)
		id := o.Add(t, "a@example.com", nil)
		if c, err := o.Cards.Stored(ctx, id); err != nil || c.Stored {
			t.Fatalf("%+v, %v", c, err)
		}
		n := app.NewCard{Number: testNumber, Expiry: "8/2029", Start: "0325", Issue: "02"}
		if err := o.Cards.Save(ctx, id, n); err != nil {
			t.Fatal(err)
		}
		c, err := o.Cards.Stored(ctx, id)
		if err != nil || c.String() != "Mastercard •••• 4444" || c.Expiry.String() != "08/29" || c.Start.String() != "03/25" || c.Issue != "02" || c.Form != app.CardSealed || c.ExpiredNow || c.SavedBy != "Alex Admin" {
			t.Fatalf("%+v, %v", c, err)
		}
		if err := o.Cards.Save(ctx, id, typed(otherNumber, 0)); app.CodeOf(err) != app.Conflict {
			t.Errorf("a card that was not seen is overwritten: %v", err)
		}
		if err := o.Cards.Save(ctx, id, app.NewCard{Expiry: "09/31", Version: c.Version}); err != nil {
			t.Fatal(err)
		}
		seen := c.Version
		hash := o.Configuration.Vault().Hash
		if got, err := reveal(o, id, strings.ToUpper(hash[:30])+" - "+hash[30:]); got != testNumber || err != nil {
			t.Errorf("%q, %v", got, err)
		}
		store(t, o, id, otherNumber)
		if c, err = o.Cards.Stored(ctx, id); err != nil || c.Type != card.Visa || c.Last4 != "5556" || c.Issue != "" || !c.Start.IsZero() {
			t.Errorf("%+v, %v", c, err)
		}
		if err := o.Cards.Save(ctx, id, typed(testNumber, seen)); app.CodeOf(err) != app.Conflict {
			t.Errorf("what was saved over a card that was replaced meanwhile: %v", err)
		}
		if got, err := reveal(o, id, hash); got != "4000 0566 5566 5556" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
		o.Sound(t)
		if gone, err := o.Cards.As("Grace Hopper (client)").Clear(ctx, id); !gone || err != nil {
			t.Errorf("%v, %v", gone, err)
		}
		if _, err := o.Cards.Clear(ctx, id); app.CodeOf(err) != app.NotFound {
			t.Errorf("cleared twice: %v", err)
		}
		if _, err := reveal(o, id, hash); app.CodeOf(err) != app.NotFound {
			t.Errorf("viewed after it was cleared: %v", err)
		}
		var acts []string
		for _, a := range o.Activity(t, id) {
			acts = append(acts, a.Action)
			if strings.Contains(a.Details, "55555") || strings.Contains(a.Details, "40000") {
				t.Errorf("the log tells %q", a.Details)
			}
			if a.Action == "card.cleared" && a.Who != "Grace Hopper (client)" {
				t.Errorf("cleared by %q", a.Who)
			}
		}
		want := "card.cleared card.revealed card.replaced card.revealed card.changed card.added client.added"
		if got := strings.Join(acts, " "); got != want {
			t.Errorf("%s", got)
		}
	})
}

// CC-2: all that is wrong is said at once, beside its field, and nothing is stored.
func TestCardProblems(t *testing.T) {
	o := started(t, apptest.Open(t))
	id := o.Add(t, "a@example.com", nil)
	for name, c := range map[string]struct {
		n    app.NewCard
		want string
	}{
		"nothing":      {app.NewCard{}, "card_number"},
		"no number":    {app.NewCard{Expiry: "08/29"}, "card_number"},
		"a slip":       {app.NewCard{Number: "5555 5555 5555 4445", Expiry: "08/29"}, "card_number"},
		"all of it":    {app.NewCard{Number: "x", Expiry: "13/29", Start: "y", Issue: "12345", Type: "Gold"}, "card_type card_number card_expiry card_start card_issue"},
		"over":         {app.NewCard{Number: testNumber, Expiry: "10/26"}, "card_expiry"},
		"not yet":      {app.NewCard{Number: testNumber, Expiry: "10/29", Start: "01/28"}, "card_start"},
		"before start": {app.NewCard{Number: testNumber, Expiry: "11/26", Start: "12/26"}, "card_start"},
	} {
		err := o.Cards.Save(ctx, id, c.n)
		var fields []string
		for _, p := range app.ProblemsOf(err) {
			fields = append(fields, p.Field)
		}
		if got := strings.Join(fields, " "); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if c, err := o.Cards.Stored(ctx, id); err != nil || c.Stored {
		t.Errorf("%+v, %v", c, err)
	}
	if err := o.Cards.Save(ctx, 99, typed(testNumber, 0)); app.CodeOf(err) != app.NotFound {
		t.Errorf("a client who is not there: %v", err)
	}
	n := typed(testNumber, 0)
	n.Type = card.Maestro // what people choose counts, as the ranges of numbers change
	if err := o.Cards.Save(ctx, id, n); err != nil {
		t.Fatal(err)
	}
	c, _ := o.Cards.Stored(ctx, id)
	if c.Type != card.Maestro {
		t.Errorf("%s", c.Type)
	}
	if err := o.Cards.Save(ctx, id, app.NewCard{Expiry: "08/30", Type: card.Visa, Version: c.Version}); app.CodeOf(err) != app.Invalid {
		t.Errorf("another type without the number: %v", err)
	}
}

// Last 4 and expiry only: nothing is sealed, and nothing can be viewed.
func TestLast4Only(t *testing.T) {
	o := started(t, apptest.Open(t))
	a, b := o.Add(t, "a@example.com", nil), o.Add(t, "b@example.com", nil)
	store(t, o, b, testNumber)
	o.Change(t, func(s *app.Settings) { s.CardsLast4Only = true })
	if err := o.Cards.Save(ctx, a, typed(testNumber, 0)); app.CodeOf(err) != app.Invalid {
		t.Errorf("a full number is taken: %v", err)
	}
	if err := o.Cards.Save(ctx, a, app.NewCard{Number: "4444", Type: card.Mastercard, Expiry: "08/29"}); err != nil {
		t.Fatal(err)
	}
	hash := o.Configuration.Vault().Hash
	if _, err := reveal(o, a, hash); app.CodeOf(err) != app.NotAllowed {
		t.Errorf("%v", err)
	}
	if got, err := reveal(o, b, hash); got != testNumber || err != nil {
		t.Errorf("one that was stored before: %q, %v", got, err)
	}
	if n, err := o.Cards.RemoveNumbers(ctx); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	for _, id := range []int64{a, b} {
		if c, err := o.Cards.Stored(ctx, id); err != nil || c.Form != app.CardLast4 || c.Last4 != "4444" {
			t.Errorf("%+v, %v", c, err)
		}
	}
	o.Sound(t)
}

// R22, CC-4: every wrong hash is refused, the waits grow and outlive the program, a clock that is set back does not shorten them, and all of it is in the log.
func TestWrongHash(t *testing.T) {
	tries := 40
	if n, err := strconv.Atoi(os.Getenv("CLIENTELE_CARD_TRIES")); err == nil {
		tries = n
	}
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		started(t, o)
		id := o.Add(t, "a@example.com", nil)
		store(t, o, id, testNumber)
		right, err := vault.ParseHash(o.Configuration.Vault().Hash)
		if err != nil {
			t.Fatal(err)
		}
		wait := time.Duration(0)
		for i := range tries {
			wrong := vault.NewHash().Hex()
			if i%2 == 0 { // one bit differs
				b := []byte(right.Hex())
				b[5+i%50] = "1032547698badcfe"[strings.IndexByte("0123456789abcdef", b[5+i%50])]
				wrong = string(b)
			}
			if wait > 0 {
				o.Clock.Advance(wait - time.Second)
				if _, err := reveal(o, id, right.Hex()); app.CodeOf(err) != app.NotAllowed || !strings.Contains(err.Error(), "not looked at") {
					t.Fatalf("try %d, a second too soon: %v", i, err)
				}
				o.Use(nil) // a restart
				o.Clock.Advance(-time.Hour)
				if _, err := reveal(o, id, right.Hex()); app.CodeOf(err) != app.NotAllowed {
					t.Fatalf("try %d, after the clock was set back: %v", i, err)
				}
				o.Clock.Advance(wait)
			}
			got, err := reveal(o, id, wrong)
			if got != "" || app.CodeOf(err) != app.NotAllowed || !strings.HasPrefix(err.Error(), "This is not the CC Encryption Hash.") {
				t.Fatalf("try %d: %q, %v", i, got, err)
			}
			want := time.Duration(0)
			if i >= 2 {
				want = min(2*time.Second<<min(i-2, 10), 15*time.Minute)
			}
			if wait = want; wait > 0 != strings.Contains(err.Error(), "Wait") {
				t.Fatalf("try %d: %v", i, err)
			}
		}
		if _, err := reveal(o, id, "nonsense"); app.CodeOf(err) != app.Invalid {
			t.Errorf("%v", err)
		}
		if _, err := reveal(o, id, right.Text()+"GGGGGG"); app.CodeOf(err) != app.Invalid || !strings.Contains(err.Error(), "slip") {
			t.Errorf("%v", err)
		}
		o.Clock.Advance(wait)
		if got, err := reveal(o, id, right.Text()+"-"+right.Check()); got != testNumber || err != nil {
			t.Errorf("%q, %v", got, err)
		}
		if _, err := reveal(o, id, vault.NewHash().Hex()); strings.Contains(err.Error(), "Wait") {
			t.Errorf("the count does not begin anew: %v", err)
		}
		refused := 0
		for _, a := range o.Activity(t, id) {
			if a.Action == "card.refused" {
				refused++
			}
			if strings.Contains(a.Details, right.Groups()[0]) {
				t.Error("the log tells the hash")
			}
		}
		if want := tries + 2*max(tries-3, 0) + 3; refused != want {
			t.Errorf("%d lines in the log, wanted %d", refused, want)
		}
	})
}

// CC-6, R21: after the hash was changed every card opens with the new one and none with the old; which is in the configuration file alone.
func TestChangeHash(t *testing.T) {
	n := cardCount(100)
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		started(t, o)
		var ids []int64
		for i := range n {
			ids = append(ids, o.Add(t, fmt.Sprintf("c%d@example.com", i), nil))
			store(t, o, ids[i], testNumber)
		}
		old := o.Configuration.Vault().Hash
		if _, err := o.Cards.ChangeHash(ctx, vault.NewHash().Hex(), app.Quiet{}); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("a wrong hash changes it: %v", err)
		}
		begun := time.Now()
		next, err := o.Cards.ChangeHash(ctx, old, app.Quiet{})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d cards in %v", n, time.Since(begun))
		v := o.Configuration.Vault()
		if v.Hash != next.Hex() || v.PendingHash != "" || v.Recipient != next.Recipient().Hex() || v.Saved {
			t.Errorf("the configuration is not as it should be")
		}
		for i, id := range ids {
			if got, err := reveal(o, id, v.Hash); got != testNumber || err != nil {
				t.Fatalf("client %d: %q, %v", id, got, err)
			}
			if i < 3 {
				if _, err := reveal(o, id, old); app.CodeOf(err) != app.NotAllowed {
					t.Errorf("the old hash: %v", err)
				}
			}
		}
		store(t, o, ids[0], otherNumber)
		if got, err := reveal(o, ids[0], v.Hash); got != "4000 0566 5566 5556" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
		o.Sound(t)
	})
}

// A change of the hash that is stopped, or meets a card that cannot be opened, leaves all as it was.
func TestChangeHashFails(t *testing.T) {
	o := started(t, apptest.Open(t))
	id := o.Add(t, "a@example.com", nil)
	store(t, o, id, testNumber)
	before := o.Configuration.Vault()
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := o.Cards.ChangeHash(stopped, before.Hash, app.Quiet{}); err == nil {
		t.Error("it was not stopped")
	}
	spoil(t, apptest.Path(o.Folder), "UPDATE cards SET last4 = '1111'")
	if _, err := o.Cards.ChangeHash(ctx, before.Hash, app.Quiet{}); app.CodeOf(err) != app.NotAllowed || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("%v", err)
	}
	if o.Configuration.Vault() != before {
		t.Error("the configuration was changed")
	}
	if _, err := reveal(o, id, before.Hash); app.CodeOf(err) != app.Unavailable {
		t.Errorf("a number that was bound to other digits is shown: %v", err)
	}
	spoil(t, apptest.Path(o.Folder), "UPDATE cards SET last4 = '4444'")
	if got, err := reveal(o, id, before.Hash); got != testNumber || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	release, ok, err := o.Store.Lease(ctx, "cards")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if _, err := o.Cards.ChangeHash(ctx, before.Hash, app.Quiet{}); app.CodeOf(err) != app.Unavailable {
		t.Errorf("two at once: %v", err)
	}
	release()
}

// The lost hash: the last four digits and the dates stay, new cards go to the new key, and what was sealed before opens with the old hash, should it turn up, unless it was
// removed.
func TestLostHash(t *testing.T) {
	for _, keep := range []bool{true, false} {
		o := started(t, apptest.Open(t))
		id, other := o.Add(t, "a@example.com", nil), o.Add(t, "b@example.com", nil)
		store(t, o, id, testNumber)
		if _, err := o.Cards.NewVault(ctx, keep, app.Quiet{}); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("a hash that is there is called lost: %v", err)
		}
		old := takeAway(t, o)
		if _, err := o.Cards.Hash(); app.CodeOf(err) != app.NotFound {
			t.Errorf("%v", err)
		}
		next, err := o.Cards.NewVault(ctx, keep, app.Quiet{})
		if err != nil {
			t.Fatal(err)
		}
		store(t, o, other, otherNumber)
		if got, err := reveal(o, other, next.Hex()); got == "" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
		c, err := o.Cards.Stored(ctx, id)
		got, refused := reveal(o, id, old)
		if err != nil || c.Last4 != "4444" || c.Form != map[bool]app.CardForms{true: app.CardOld, false: app.CardLast4}[keep] || (got == testNumber) != keep || (refused == nil) != keep {
			t.Errorf("keep %v: %+v, %q, %v, %v", keep, c, got, err, refused)
		}
		o.Sound(t)
	}
}

// takeAway takes the hash off the machine and returns it.
func takeAway(t *testing.T, o *apptest.Office) string {
	t.Helper()
	h, err := o.Cards.Hash()
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Cards.TakeHashAway(ctx, "AAAAAA"); app.CodeOf(err) != app.Invalid {
		t.Errorf("%v", err)
	}
	if _, err := o.Cards.Hash(); err != nil {
		t.Errorf("gone after a wrong answer: %v", err)
	}
	if err := o.Cards.TakeHashAway(ctx, " "+strings.ToLower(h.Check())); err != nil {
		t.Fatal(err)
	}
	return h.Hex()
}

// Cards can be stored without the hash, and whoever has the data folder then has no number: nothing in it holds the hash.
func TestHashTakenAway(t *testing.T) {
	o := started(t, apptest.Open(t))
	id := o.Add(t, "a@example.com", nil)
	hash := takeAway(t, o)
	store(t, o, id, testNumber)
	v, err := o.Cards.Vault(ctx)
	if err != nil || v.State != app.VaultReady || v.HashHere || v.Sealed != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	err = filepath.WalkDir(o.Folder, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), hash) {
			t.Errorf("%s holds the hash", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := reveal(o, id, hash); got != testNumber || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

// PCI 3.7.7: a key that somebody put into the configuration file is noticed at start, written down, and nothing is sealed to it; who has the hash sets it right.
func TestForeignKey(t *testing.T) {
	o := started(t, apptest.Open(t))
	id := o.Add(t, "a@example.com", nil)
	hash := o.Configuration.Vault().Hash
	evil := vault.NewHash()
	err := o.Configuration.Update(func(c *configuration.Configuration) error {
		c.Cards.Recipient, c.Cards.KeyID = evil.Recipient().Hex(), evil.Recipient().KeyID()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	started(t, o)
	lines := o.Activity(t, 0)
	if len(lines) == 0 || lines[0].Action != "card.key-foreign" {
		t.Errorf("not in the log: %+v", lines)
	}
	v, err := o.Cards.Vault(ctx)
	if err != nil || v.State != app.VaultForeign || !strings.Contains(v.State.Words(), "fingerprint") {
		t.Errorf("%+v, %v", v, err)
	}
	if err := o.Cards.Save(ctx, id, typed(testNumber, 0)); app.CodeOf(err) != app.NotAllowed {
		t.Errorf("stored: %v", err)
	}
	if err := o.Cards.Adopt(ctx, evil.Hex()); app.CodeOf(err) != app.NotAllowed {
		t.Errorf("adopted by the other hash: %v", err)
	}
	if err := o.Cards.Adopt(ctx, hash); err != nil {
		t.Fatal(err)
	}
	store(t, o, id, testNumber)
	if got, err := reveal(o, id, hash); got != testNumber || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

// Two desktops on one database: the second one learns the key from somebody who has the hash, and again after the hash was changed on the first.
func TestCardsOfTwoDesktops(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		started(t, o)
		id := o.Add(t, "a@example.com", nil)
		colleague := started(t, o.Colleague(t))
		if v := colleague.Configuration.Vault(); v.Hash != "" || v.Recipient != "" {
			t.Errorf("the second desktop made a key of its own")
		}
		state := func() app.VaultState {
			v, err := colleague.Cards.Vault(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return v.State
		}
		hash := o.Configuration.Vault().Hash
		if state() != app.VaultUnknown {
			t.Errorf("%s", state())
		}
		if err := colleague.Cards.Save(ctx, id, typed(testNumber, 0)); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("%v", err)
		}
		if err := colleague.Cards.Adopt(ctx, hash); err != nil || state() != app.VaultReady {
			t.Errorf("%s, %v", state(), err)
		}
		store(t, colleague, id, testNumber)
		next, err := o.Cards.ChangeHash(ctx, hash, app.Quiet{})
		if err != nil {
			t.Fatal(err)
		}
		if state() != app.VaultChanged {
			t.Errorf("%s", state())
		}
		if err := colleague.Cards.Adopt(ctx, next.Hex()); err != nil || state() != app.VaultReady || colleague.Configuration.Vault().Hash != "" {
			t.Errorf("%s, %v", state(), err)
		}
		if got, err := reveal(colleague, id, next.Hex()); got != testNumber || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	})
}

// Programs that start at once on new data make one key, and the file that holds its hash has the right one.
func TestVaultIsMadeOnce(t *testing.T) {
	o := apptest.Open(t)
	var beside []*app.App
	for range 8 {
		c, err := configuration.Open(o.Folder)
		if err != nil {
			t.Fatal(err)
		}
		beside = append(beside, app.New(app.Params{Store: o.Store, Configuration: c, Now: o.Clock.Now, Keyring: o.Keyring, Who: "x"}))
	}
	errs := make(chan error)
	for _, a := range beside {
		go func() { errs <- a.Cards.Start(ctx) }()
	}
	for range beside {
		if err := <-errs; err != nil {
			t.Fatal(err)
		}
	}
	id := o.Add(t, "a@example.com", nil)
	again, err := configuration.Open(o.Folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range beside {
		c, _ := a.Cards.Stored(ctx, id)
		if err := a.Cards.Save(ctx, id, typed(testNumber, c.Version)); err != nil {
			t.Fatal(err)
		}
		n, err := a.Cards.Reveal(ctx, id, again.Vault().Hash)
		if err != nil || n.Grouped() != testNumber {
			t.Fatal(err)
		}
	}
}

// The check of the data names a card whose row cannot be right.
func TestCheckCards(t *testing.T) {
	for name, spoiling := range map[string]string{
		"cut":         "UPDATE cards SET sealed = substr(sealed, 1, 70)",
		"other suite": "UPDATE cards SET sealed = x'09' || substr(sealed, 2)",
		"type":        "UPDATE cards SET type = 'Gold'",
		"digits":      "UPDATE cards SET last4 = '55555555'",
		"month":       "UPDATE cards SET exp_month = 13",
		"a key":       "UPDATE card_keys SET recipient = x'00'",
	} {
		o := started(t, apptest.Open(t))
		id := o.Add(t, "a@example.com", nil)
		store(t, o, id, testNumber)
		o.Sound(t)
		spoil(t, apptest.Path(o.Folder), spoiling)
		r, err := o.Checks.Run(ctx, app.Quiet{})
		if err != nil || r.Sound() {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A card can be given to another client and is still opened by the same hash; of two, the one that is not kept goes.
func TestMoveCard(t *testing.T) {
	for _, keep := range []bool{true, false} {
		o := started(t, apptest.Open(t))
		from, to, third := o.Add(t, "a@example.com", nil), o.Add(t, "b@example.com", nil), o.Add(t, "c@example.com", nil)
		store(t, o, from, testNumber)
		hash := o.Configuration.Vault().Hash
		if err := app.MoveCard(o.App, from, third, keep); err != nil {
			t.Fatal(err)
		}
		if got, err := reveal(o, third, hash); got != testNumber || err != nil {
			t.Errorf("%q, %v", got, err)
		}
		store(t, o, to, otherNumber)
		if err := app.MoveCard(o.App, third, to, keep); err != nil {
			t.Fatal(err)
		}
		want := map[bool]string{true: "4000 0566 5566 5556", false: testNumber}[keep]
		if got, err := reveal(o, to, hash); got != want || err != nil {
			t.Errorf("keep %v: %q, %v", keep, got, err)
		}
		if c, err := o.Cards.Stored(ctx, third); c.Stored || err != nil {
			t.Errorf("%+v, %v", c, err)
		}
		if err := app.MoveCard(o.App, from, to, keep); err != nil {
			t.Errorf("a client without a card: %v", err)
		}
		o.Sound(t)
	}
}
