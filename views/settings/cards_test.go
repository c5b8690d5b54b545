package settings

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/card"
	"clientele/data/datatest"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

const cardNumber = "5555 5555 5555 4444"

// cardsOpen is the section with a client's card stored, and that client.
func cardsOpen(t *testing.T) (*viewtest.Bench, *cardsSection, int64) {
	t.Helper()
	b := viewtest.New(t)
	client := datatest.Add(t, b.Store, datatest.Client(1))[0].ID
	if err := b.App.Cards.Start(ctx); err != nil {
		t.Fatal(err)
	}
	saveCard(t, b, client)
	p := New(b.Desk, Params{})
	b.Show(p)
	p.Section(Cards)
	return b, p.current.section.(*cardsSection), client
}

func saveCard(t *testing.T, b *viewtest.Bench, client int64) {
	t.Helper()
	c, err := b.App.Cards.Stored(ctx, client)
	if err == nil {
		err = b.App.Cards.Save(ctx, client, app.NewCard{Number: card.Text(cardNumber), Expiry: "08/29", Version: c.Version})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// opens is the number that a hash opens.
func opens(b *viewtest.Bench, client int64, hash string) string {
	n, err := b.App.Cards.Reveal(ctx, client, hash)
	if err != nil {
		return err.Error()
	}
	return n.Grouped()
}

// offered are the words of the acts that can be chosen.
func (s *cardsSection) offered() (all []string) {
	for _, o := range s.buttons.Objects {
		if k := o.(*kit.Button); k.Visible() {
			all = append(all, k.Text)
		}
	}
	return all
}

// answer fills the field of the dialog on top in, and presses its button.
func answer(t *testing.T, b *viewtest.Bench, text, button string) {
	t.Helper()
	fields := secrets(b)
	if len(fields) != 1 {
		t.Fatalf("%d fields in %q", len(fields), words(b.Window))
	}
	fields[0].SetText(text)
	press(t, b.Window, button)
}

func dialogSays(b *viewtest.Bench, sentence string) bool {
	return kit.DialogOpen() && strings.Contains(strings.Join(words(b.Window), "\n"), sentence)
}

// CC-3: the recovery sheet is saved; by its check characters the hash is taken off the machine; cards are stored and viewed all the same.
func TestHashIsTakenAway(t *testing.T) {
	b, s, client := cardsOpen(t)
	hash, err := b.App.Cards.Hash()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Save Recovery Sheet…", "Take the Hash off This Machine…", "Change the Hash…", "Remove All Stored Numbers…", "Backups with Old Cards…"}; !slices.Equal(s.offered(), want) {
		t.Errorf("%q", s.offered())
	}
	if !strings.Contains(s.words.Text(), "whoever copies the whole data folder can read the cards") || s.words.Hidden {
		t.Error("it is not said that the hash is on this machine")
	}
	sheet := filepath.Join(t.TempDir(), "sheet.txt")
	test.Tap(s.sheetOf)
	answer(t, b, sheet, "Save")
	content, err := os.ReadFile(sheet)
	if err != nil || !strings.Contains(string(content), hash.Check()) || !strings.Contains(string(content), hash.Groups()[7]) {
		t.Fatalf("%q, %v", content, err)
	}

	test.Tap(s.away)
	answer(t, b, "GGGGGG", "Take It Off")
	if !dialogSays(b, "not the six check characters") || b.Configuration.Vault().Hash == "" {
		t.Errorf("wrong check characters take it off: %q", words(b.Window))
	}
	answer(t, b, strings.ToLower(hash.Check()), "Take It Off")
	if kit.DialogOpen() || b.Configuration.Vault().Hash != "" {
		t.Errorf("it is still there: %q", words(b.Window))
	}
	if want := []string{"Change the Hash…", "The Hash Is Lost…", "Remove All Stored Numbers…", "Backups with Old Cards…"}; !slices.Equal(s.offered(), want) || !s.words.Hidden {
		t.Errorf("%q, %q", s.offered(), s.words.Text())
	}
	saveCard(t, b, client)
	if got := opens(b, client, hash.Hex()); got != cardNumber {
		t.Error(got)
	}
}

// CC-6: the hash is changed by whoever has the present one, and the new recovery sheet is offered at once.
func TestHashIsChanged(t *testing.T) {
	b, s, client := cardsOpen(t)
	old := b.Configuration.Vault().Hash
	test.Tap(s.change)
	if !dialogSays(b, "One card is sealed anew") {
		t.Errorf("not said what it does: %q", words(b.Window))
	}
	answer(t, b, strings.Repeat("ab", 32), "Change the Hash")
	if !dialogSays(b, "This is not the CC Encryption Hash.") || b.Configuration.Vault().Hash != old {
		t.Errorf("a wrong hash: %q", words(b.Window))
	}
	answer(t, b, old, "Change the Hash")
	next := b.Configuration.Vault().Hash
	if next == old || !dialogSays(b, "The old recovery sheet opens no card any more.") {
		t.Fatalf("not changed, or not told of the sheet: %q", words(b.Window))
	}
	press(t, b.Window, "Save Recovery Sheet…")
	sheet := filepath.Join(t.TempDir(), "sheet.txt")
	answer(t, b, sheet, "Save")
	if content, err := os.ReadFile(sheet); err != nil || !strings.Contains(string(content), next[:8]) {
		t.Errorf("not the sheet of the new hash: %q, %v", content, err)
	}
	if got := opens(b, client, next); got != cardNumber {
		t.Error(got)
	}
	if got := opens(b, client, old); !strings.Contains(got, "not the CC Encryption Hash") {
		t.Errorf("the old one: %s", got)
	}
	// The backup before the change holds the number sealed with the old hash.
	test.Tap(s.backups)
	if !dialogSays(b, "one number") {
		t.Errorf("%q", words(b.Window))
	}
}

// The lost hash: last four digits and dates stay, the numbers go where that was chosen, and what is entered from then on belongs to another hash.
func TestHashIsLost(t *testing.T) {
	b, s, client := cardsOpen(t)
	hash, err := b.App.Cards.Hash()
	if err != nil {
		t.Fatal(err)
	}
	if err := b.App.Cards.TakeHashAway(ctx, hash.Check()); err != nil {
		t.Fatal(err)
	}
	test.Tap(s.lost)
	if !dialogSays(b, "The number of one card can no longer be viewed.") {
		t.Errorf("not said what is lost: %q", words(b.Window))
	}
	press(t, b.Window, "Begin a New Vault")
	if !dialogSays(b, "The hash is another one now") {
		t.Fatalf("%q", words(b.Window))
	}
	press(t, b.Window, "Later")
	c, err := b.App.Cards.Stored(ctx, client)
	if err != nil || c.Form != app.CardOld || c.Last4 != "4444" {
		t.Errorf("%+v, %v", c, err)
	}
	if got := opens(b, client, hash.Hex()); got != cardNumber {
		t.Errorf("the hash that turned up: %s", got)
	}
	saveCard(t, b, client)
	if got := opens(b, client, b.Configuration.Vault().Hash); got != cardNumber {
		t.Error(got)
	}
}

// An office that keeps the last four digits only says so, and removes the numbers that are stored.
func TestNumbersAreRemoved(t *testing.T) {
	b, s, client := cardsOpen(t)
	enter(t, b.Window, s.form, map[string]string{})
	s.form.SetValues(map[string]string{last4Key: ticked})
	s.form.Submit()
	if set, err := b.App.Settings.Get(ctx); err != nil || !set.CardsLast4Only {
		t.Errorf("not saved: %v", err)
	}
	test.Tap(s.numbers)
	if !dialogSays(b, "The number of one card is removed for good.") {
		t.Errorf("not said what goes: %q", words(b.Window))
	}
	press(t, b.Window, "Remove All Numbers")
	c, err := b.App.Cards.Stored(ctx, client)
	if err != nil || c.Form != app.CardLast4 || c.Last4 != "4444" || s.numbers.Visible() {
		t.Errorf("%+v, %v, still offered: %v", c, err, s.numbers.Visible())
	}
}

// The page begins with the hash: to put the keyboard into the form below it would scroll the beginning out of sight.
func TestCardsBeginAtTheTop(t *testing.T) {
	b, s, _ := cardsOpen(t)
	if f := b.Canvas().Focused(); f != fyne.Focusable(s.sheetOf) {
		t.Errorf("the keyboard is at %T", f)
	}
}
