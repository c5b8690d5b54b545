package cards

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/card"
	"clientele/app/vault"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}

var ctx = context.Background()

const (
	number  = "4000 0566 5566 5556"
	another = "5555-5555-5555-4444"
)

// office is a client, with the number of a card where it is not empty.
func office(t *testing.T, number string) (*viewtest.Bench, int64) {
	t.Helper()
	b := viewtest.New(t)
	if err := b.App.Cards.Start(ctx); err != nil {
		t.Fatal(err)
	}
	client, err := b.App.Clients.Add(ctx, app.NewClient{Profile: app.Profile{
		FirstName: "Grace", LastName: "Hopper", Email: "grace@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
	}})
	if err == nil && number != "" {
		err = b.App.Cards.Save(ctx, client, app.NewCard{Number: card.Text(number), Expiry: "08/29", Issue: "02"})
	}
	if err != nil {
		t.Fatal(err)
	}
	return b, client
}

func hash(t *testing.T, b *viewtest.Bench) vault.Hash {
	t.Helper()
	h, err := b.App.Cards.Hash()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// press presses the button with that word in the dialog on top.
func press(t *testing.T, b *viewtest.Bench, word string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		if k, ok := o.(*kit.Button); ok && k.Text == word && k.Visible() && !k.Disabled() {
			test.Tap(k)
			return
		}
	}
	t.Fatalf("no button %q", word)
}

// says tells whether a text can be read in the dialog on top.
func says(b *viewtest.Bench, words string) bool {
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		if p, ok := o.(*kit.Para); ok && p.Visible() && strings.Contains(p.Text(), words) {
			return true
		}
	}
	return false
}

// written is everything that the dialog shows or that can be typed over, visible or not.
func written(b *viewtest.Bench) string {
	var all strings.Builder
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch v := o.(type) {
		case *kit.Para:
			all.WriteString(v.Text() + "\n")
		case *kit.Entry:
			all.WriteString(v.Text + "\n")
		}
		if c, ok := o.(*fyne.Container); ok {
			for _, o := range c.Objects {
				walk(o)
			}
		}
	}
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		walk(o)
	}
	return all.String()
}

// CC-1, CC-2: what is stored is seen at once; a card is added and replaced at the bottom, and what is wrong is said beside its field.
func TestAddAndReplace(t *testing.T) {
	b, client := office(t, "")
	c := Show(b.Desk, client)
	if !says(b, "No card is stored") || !says(b, "Add a card") || !c.clear.Disabled() || c.reveal.asked.Visible() || !says(b, "Their key, the CC Encryption Hash, lies on this computer too") {
		t.Error("an empty page does not say so")
	}
	c.form.SetValues(map[string]string{app.FieldCardNumber: "4000 0566 5566 5557", app.FieldCardExpiry: "13/29"})
	press(t, b, "Save Changes")
	if !says(b, "its last digit does not fit") || !says(b, "Enter the month and the year") {
		t.Error("not said what is wrong")
	}
	const refused = "Nothing was saved yet"
	at := c.save.Position()
	if !says(b, refused) {
		t.Error("it is not said that nothing was saved")
	}
	c.number.SetValue("")
	b.Canvas().Focus(c.number.Focus())
	b.Canvas().Focused().TypedRune('4')
	if says(b, refused) || c.save.Position() != at {
		t.Errorf("once it is mended it says so still, or the button went from %v to %v", at, c.save.Position())
	}
	c.form.SetValues(map[string]string{app.FieldCardNumber: number, app.FieldCardExpiry: "08/29", app.FieldCardIssue: "02", app.FieldCardStart: "03/25"})
	press(t, b, "Save Changes")
	for _, words := range []string{"Visa", "5556", "08/29", "02", "03/25", "Replace the card"} {
		if !says(b, words) {
			t.Errorf("%q is not seen", words)
		}
	}
	if strings.Contains(written(b), "0566") {
		t.Error("the number stays in the form")
	}
	c.form.SetValues(map[string]string{app.FieldCardNumber: another, app.FieldCardExpiry: "01/30"})
	press(t, b, "Save Changes")
	if !says(b, "Mastercard") || !says(b, "4444") || says(b, "03/25") {
		t.Error("not replaced")
	}
	c.form.SetValues(map[string]string{app.FieldCardExpiry: "02/31"})
	press(t, b, "Save Changes")
	if !says(b, "02/31") || !says(b, "4444") {
		t.Error("the expiry alone cannot be changed")
	}
}

// CC-4: the right hash shows the number, which hides after 30 seconds; a wrong one shows nothing and says so; both are in the log.
func TestReveal(t *testing.T) {
	b, client := office(t, number)
	c := Show(b.Desk, client)
	if !says(b, "View full card number") && !strings.Contains(written(b), "CC Encryption Hash") {
		t.Error("no heading, or no box")
	}
	c.reveal.hash.SetValue(vault.NewHash().Text())
	press(t, b, "Submit")
	if !says(b, "This is not the CC Encryption Hash.") || strings.Contains(written(b), number) {
		t.Error("a wrong hash is not refused")
	}
	show := func() {
		t.Helper()
		c.reveal.hash.SetValue(hash(t, b).Text())
		press(t, b, "Submit")
		if !says(b, number) || !says(b, "Hidden again in 30 seconds.") || c.reveal.asked.Visible() {
			t.Fatalf("not shown: %s", written(b))
		}
		if strings.Contains(written(b), hash(t, b).Groups()[2]) {
			t.Error("the hash stays in the box")
		}
	}
	hidden := func(why string) {
		t.Helper()
		if strings.Contains(written(b), "0566") || !c.reveal.asked.Visible() || !c.reveal.digits.IsZero() {
			t.Errorf("%s, and it is still there", why)
		}
	}
	show()
	b.Run.Advance(29 * time.Second)
	if !says(b, number) || !says(b, "Hidden again in one second.") {
		t.Error("hidden too early")
	}
	b.Run.Advance(time.Second)
	hidden("30 seconds have passed")
	show()
	b.Secrets.Hide() // as the window does where it loses the keyboard, and where another page comes
	hidden("the window was left")
	b.Run.Advance(time.Minute) // the timer that was stopped does no harm
	show()
	press(t, b, "Hide")
	hidden("Hide was pressed")
	show()
	press(t, b, "Close")
	if !c.reveal.digits.IsZero() || c.reveal.number.Text() != "" {
		t.Error("the closed dialog still has it")
	}
	var acts []string
	err := b.Store.Read(ctx, func(tx *data.Tx) error {
		lines, err := tx.Activities(data.ActivityFilter{ClientID: client}, data.ActivityPlace{}, 100)
		for _, l := range lines {
			acts = append(acts, l.Action)
		}
		return err
	})
	if got := strings.Join(acts, " "); err != nil || strings.Count(got, "card.revealed") != 4 || strings.Count(got, "card.refused") != 1 {
		t.Errorf("%s, %v", got, err)
	}
}

// The keyboard goes where the number comes and goes, and Escape leaves the dialog from wherever it is, with the number hidden.
func TestKeyboard(t *testing.T) {
	b, client := office(t, "")
	c := Show(b.Desk, client)
	if b.Canvas().Focused() != c.number.Focus() {
		t.Errorf("without a card the keyboard is at %T", b.Canvas().Focused())
	}
	c.form.SetValues(map[string]string{app.FieldCardNumber: number, app.FieldCardExpiry: "08/29"})
	b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !says(b, "5556") || !says(b, "20/11/2026 09:30 by Ann") {
		t.Errorf("not saved, or not told when as the locale writes it: %s", written(b))
	}
	hash, escape := hash(t, b).Text(), &fyne.KeyEvent{Name: fyne.KeyEscape}
	enter := func() {
		t.Helper()
		c.reveal.hash.SetValue(hash)
		b.Canvas().Focus(c.reveal.hash.Focus())
		b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if b.Canvas().Focused() != c.reveal.away {
			t.Errorf("the keyboard is at %T while the number is shown", b.Canvas().Focused())
		}
	}
	enter()
	b.Run.Advance(revealFor)
	if b.Canvas().Focused() != c.reveal.hash.Focus() {
		t.Errorf("the keyboard is at %T once the number is hidden", b.Canvas().Focused())
	}
	enter()
	b.Canvas().Focus(c.number.Focus()) // somebody goes on to replace it
	b.Run.Advance(revealFor)
	if b.Canvas().Focused() != c.number.Focus() {
		t.Errorf("the keyboard is taken from what is typed to %T", b.Canvas().Focused())
	}
	enter()
	b.Canvas().Focused().TypedKey(escape)
	if kit.DialogOpen() || !c.reveal.digits.IsZero() {
		t.Error("Escape does not leave the dialog, or the number stays")
	}
	c = Show(b.Desk, client)
	b.Canvas().Focus(c.reveal.hash.Focus())
	b.Canvas().Focused().TypedKey(escape)
	if kit.DialogOpen() {
		t.Error("Escape in the box for the hash does not leave the dialog")
	}
}

// The number that was copied is taken from the clipboard again, unless something else is there by then.
func TestCopy(t *testing.T) {
	b, client := office(t, number)
	c := Show(b.Desk, client)
	board := fyne.CurrentApp().Clipboard()
	for _, replaced := range []bool{false, true} {
		c.reveal.hash.SetValue(hash(t, b).Text())
		press(t, b, "Submit")
		press(t, b, "Copy")
		if got := board.Content(); got != "4000056655665556" {
			t.Errorf("%q", got)
		}
		want := ""
		if replaced {
			want = "something else"
			board.SetContent(want)
		}
		b.Run.Advance(desk.ClipboardLife)
		if got := board.Content(); got != want {
			t.Errorf("%q is on the clipboard", got)
		}
		press(t, b, "Hide")
	}
	c.reveal.hash.SetValue(hash(t, b).Text())
	press(t, b, "Submit")
	press(t, b, "Copy")
	b.Secrets.Forget() // the program ends
	if got := board.Content(); got != "" {
		t.Errorf("%q is on the clipboard after the end", got)
	}
}

// CC-5: Clear Details asks, and removes the card.
func TestClear(t *testing.T) {
	b, client := office(t, number)
	Show(b.Desk, client)
	press(t, b, "Clear Details")
	if !says(b, "Visa •••• 5556 is removed") {
		t.Error("not said what goes")
	}
	press(t, b, "Clear Details")
	if c, err := b.App.Cards.Stored(ctx, client); err != nil || c.Stored || !says(b, "No card is stored") {
		t.Errorf("%+v, %v", c, err)
	}
}

// Where only the last four digits are kept, the page says so and asks for no more.
func TestLast4Only(t *testing.T) {
	b, client := office(t, "")
	b.Settings(func(s *app.Settings) { s.CardsLast4Only = true })
	c := Show(b.Desk, client)
	c.form.SetValues(map[string]string{app.FieldCardNumber: "4242", app.FieldCardType: "Visa", app.FieldCardExpiry: "08/29"})
	press(t, b, "Save Changes")
	if !says(b, "4242") || !says(b, "Only the last four digits of this card are kept.") || c.reveal.asked.Visible() {
		t.Errorf("%s", written(b))
	}
}
