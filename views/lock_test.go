package views

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/alexedwards/argon2id"

	"clientele/app"
	"clientele/app/card"
	"clientele/app/configuration"
	"clientele/app/money"
	"clientele/views/cards"
	"clientele/views/credit"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

const passphrase = "amber lantern hill"

// withLock has the window of a bench open by a passphrase. Trying it costs next to nothing here.
func withLock(t *testing.T, b *viewtest.Bench, minutes int) {
	t.Helper()
	hash, err := argon2id.CreateHash(passphrase, &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err == nil {
		err = b.Configuration.Update(func(c *configuration.Configuration) error {
			c.Lock = configuration.Lock{Passphrase: hash, Minutes: minutes}
			return nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// seen is every text on a canvas, in sight or not.
func seen(c fyne.Canvas) string {
	var all strings.Builder
	roots := append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...)
	for _, root := range roots {
		for _, o := range test.LaidOutObjects(root) {
			switch v := o.(type) {
			case *kit.Para:
				all.WriteString(v.Text() + "\n")
			case *kit.Button:
				all.WriteString(v.Text + "\n")
			case *kit.Entry:
				all.WriteString(v.Text + "\n")
			case *widget.Label:
				all.WriteString(v.Text + "\n")
			}
		}
	}
	return all.String()
}

func unlock(t *testing.T, b *viewtest.Bench, phrase string) {
	t.Helper()
	fill(t, b.Window.Canvas(), map[string]string{app.FieldLockPassphrase: phrase})
}

// AP-4: locking takes everything off the window, dialogs too; wrong passphrases leave it so; the right one brings all back as it was, with what was typed and where the keyboard was.
func TestLock(t *testing.T) {
	b, s := open(t)
	c := b.Window.Canvas()
	s.Lock()
	if s.lock.page != nil || !strings.Contains(seen(c), "Set a passphrase first") {
		t.Fatal("locked without a passphrase, or not told why it was not")
	}
	withLock(t, b, 5)
	s.AddClient()
	c.Focused().TypedRune('x')
	credit.Add(s.desk, 1, money.New(2500, "EUR"))
	before, focused, overlays := seen(c), c.Focused(), len(c.Overlays().List())
	if overlays == 0 || focused == nil {
		t.Fatal("no dialog is open")
	}
	s.lockItem().Action()
	if s.lock.page == nil {
		t.Fatal("Ctrl+L does not lock while a dialog is open")
	}
	said := seen(c)
	for _, line := range strings.Split(before, "\n") {
		if len(line) > 2 && strings.Contains(said, line) {
			t.Errorf("the locked window still has %q", line)
		}
	}
	if len(c.Overlays().List()) != 0 || len(s.window.MainMenu().Items) != 0 {
		t.Error("a dialog or the menu is still there")
	}
	if _, ok := c.Focused().(*kit.Entry); !ok {
		t.Errorf("the keyboard is at %T", c.Focused())
	}
	undone := s.section
	s.dropped(nil)
	s.Lock()
	unlock(t, b, "not this one at all")
	if s.lock.page == nil || !strings.Contains(seen(c), "This is not the passphrase.") || strings.Contains(seen(c), "not this one") {
		t.Fatalf("a wrong passphrase: %s", seen(c))
	}
	late := kit.Message(c, "Done", "The work for Acme ended.", "") // what ends meanwhile must not be read by anybody
	if strings.Contains(seen(c), "Acme") {
		t.Error("a dialog opens over the lock")
	}
	unlock(t, b, passphrase)
	if s.lock.page != nil || !strings.Contains(seen(c), "Acme") || !late.Open() {
		t.Fatal("not opened, or the dialog that waited is lost")
	}
	late.Dismiss()
	if got := seen(c); got != before {
		t.Errorf("it is not as it was:\n%s\nbefore:\n%s", got, before)
	}
	if s.section != undone || len(c.Overlays().List()) != overlays || len(s.window.MainMenu().Items) == 0 || c.Focused() != focused {
		t.Errorf("section %s, %d overlays, keyboard at %T", s.section, len(c.Overlays().List()), c.Focused())
	}
	for range overlays {
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
}

// The program begins locked, and shows nothing of the office before.
func TestBeginsLocked(t *testing.T) {
	b, s := open(t)
	withLock(t, b, 5)
	b.Settings(func(set *app.Settings) {
		set.SetUp, set.BusinessName, set.Country, set.Currency, set.Language = true, "Acme", "GB", "GBP", "en"
	})
	s = newWindow(b.Window, b.Run, s.params, b.Prefs)
	if err := s.begin(context.Background()); err != nil {
		t.Fatal(err)
	}
	if s.lock.page == nil || len(s.pages) != 0 {
		t.Fatal("it begins open")
	}
	unlock(t, b, passphrase)
	if s.lock.page != nil || len(s.pages) == 0 || b.Window.MainMenu() == nil || len(b.Window.MainMenu().Items) == 0 {
		t.Error("the passphrase leads nowhere")
	}
}

// The window locks itself when nobody was there for so long, and not while somebody types or moves the pointer; whoever comes back to a computer that slept finds it locked.
func TestLocksItself(t *testing.T) {
	b, s := open(t)
	withLock(t, b, 5)
	if err := b.App.Lock.SetIdle(context.Background(), 5); err != nil { // as the settings tell the window
		t.Fatal(err)
	}
	s.AddClient()
	entry := b.Window.Canvas().Focused()
	for range 3 {
		b.Run.Advance(4 * time.Minute)
		entry.TypedRune('x')
		b.Run.Advance(4 * time.Minute)
		b.Window.Content().(desktop.Cursorable).Cursor() // as the toolkit asks at each move of the pointer
	}
	if s.lock.page != nil {
		t.Fatal("locked while somebody is there")
	}
	b.Run.Advance(4*time.Minute + 59*time.Second)
	if s.lock.page != nil {
		t.Fatal("locked too early")
	}
	b.Run.Advance(time.Second)
	if s.lock.page == nil {
		t.Fatal("not locked after five minutes")
	}
	unlock(t, b, passphrase)
	s.lock.seen = s.wall().Add(-6 * time.Minute) // the clock went on, and no timer ran
	entry.TypedRune('y')
	if s.lock.page == nil {
		t.Fatal("open after the computer slept")
	}
	unlock(t, b, passphrase)
	if err := b.App.Lock.SetIdle(context.Background(), 0); err != nil {
		t.Fatal(err)
	}
	b.Run.Advance(24 * time.Hour)
	if s.lock.page != nil {
		t.Error("locked though it never should by itself")
	}
}

// CC-4: a full number that is in sight is hidden by locking, and a copied one leaves the clipboard.
func TestLockHidesNumbers(t *testing.T) {
	b, s := open(t)
	ctx := context.Background()
	withLock(t, b, 5)
	if err := b.App.Cards.Start(ctx); err != nil {
		t.Fatal(err)
	}
	const number = "4000 0566 5566 5556"
	if err := b.App.Cards.Save(ctx, 1, app.NewCard{Number: card.Text(number), Expiry: "08/29"}); err != nil {
		t.Fatal(err)
	}
	cards.Show(s.desk, 1)
	fill(t, b.Window.Canvas(), map[string]string{app.FieldHash: b.Configuration.Vault().Hash})
	tap(t, b, "Copy")
	if !strings.Contains(seen(b.Window.Canvas()), number) {
		t.Fatal("the number is not shown")
	}
	s.Lock()
	if strings.Contains(seen(b.Window.Canvas()), number) || fyne.CurrentApp().Clipboard().Content() != "" {
		t.Error("the number is still there")
	}
	unlock(t, b, passphrase)
	if strings.Contains(seen(b.Window.Canvas()), number) {
		t.Error("the number is there again")
	}
	tap(t, b, "Close")
}

// A locked window can be left, but says first that this loses what is not saved.
func TestQuitWhileLocked(t *testing.T) {
	b, s := open(t)
	withLock(t, b, 5)
	s.Lock()
	s.close()
	if got := seen(b.Window.Canvas()); !strings.Contains(got, "is lost by quitting") || !strings.Contains(got, "Quit Anyway") {
		t.Errorf("%s", got)
	}
	unlock(t, b, passphrase)
}
