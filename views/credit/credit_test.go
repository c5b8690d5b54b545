package credit

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}

var ctx = context.Background()

func pounds(minor int64) money.Money { return money.New(minor, "GBP") }

// office is a client with two entries of credit, one of them removed from the other.
func office(t *testing.T) (*viewtest.Bench, int64) {
	t.Helper()
	b := viewtest.New(t)
	client, err := b.App.Clients.Add(ctx, app.NewClient{Profile: app.Profile{
		FirstName: "Grace", LastName: "Hopper", Email: "grace@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []struct {
		words  string
		amount int64
		enter  func(context.Context, int64, app.NewCredit) (int64, error)
	}{{"Downtime in March", 4000, b.App.Credit.Add}, {"Correction", 1500, b.App.Credit.Remove}} {
		if _, err := n.enter(ctx, client, app.NewCredit{Description: n.words, Amount: pounds(n.amount)}); err != nil {
			t.Fatal(err)
		}
	}
	return b, client
}

// top is what lies on top of the window.
func top(b *viewtest.Bench) fyne.CanvasObject { return b.Canvas().Overlays().Top() }

// press presses the button with that word in the dialog on top.
func press(t *testing.T, b *viewtest.Bench, word string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(top(b)) {
		if k, ok := o.(*kit.Button); ok && k.Text == word && k.Visible() {
			test.Tap(k)
			return
		}
	}
	t.Fatalf("no button %q", word)
}

// fill types into the fields of the dialog on top, in their order.
func fill(t *testing.T, b *viewtest.Bench, texts ...string) {
	t.Helper()
	i := 0
	for _, o := range test.LaidOutObjects(top(b)) {
		if e, ok := o.(*kit.Entry); ok && i < len(texts) {
			if texts[i] != "" {
				e.SetText(texts[i])
			}
			i++
		}
	}
	if i < len(texts) {
		t.Fatalf("%d fields, wanted %d", i, len(texts))
	}
}

// says tells whether a text can be read in the dialog on top.
func says(b *viewtest.Bench, words string) bool {
	for _, o := range test.LaidOutObjects(top(b)) {
		if p, ok := o.(*kit.Para); ok && p.Visible() && strings.Contains(p.Text(), words) {
			return true
		}
	}
	return false
}

func balance(t *testing.T, b *viewtest.Bench, client int64) int64 {
	t.Helper()
	c, err := b.App.Clients.Get(ctx, client)
	if err != nil {
		t.Fatal(err)
	}
	return c.Credit
}

// CR-1, CR-2: the log with its running balance; an entry is added and removed, amounts are read as the locale has them, and what is wrong is said beside its field with
// the dialog open.
func TestEnter(t *testing.T) {
	b, client := office(t)
	c := Show(b.Desk, client)
	if !c.grid.Focused() {
		t.Errorf("the dialog begins with the keyboard on %T", b.Canvas().Focused())
	}
	if !says(b, "Credit balance: £25.00") || len(c.log.Entries) != 2 || c.log.Entries[1].Balance.Minor != 2500 {
		t.Fatalf("%+v", c.log)
	}
	press(t, b, "Add Credit")
	fill(t, b, "", "", "1.234")
	press(t, b, "Save Changes")
	if balance(t, b, client) != 2500 || !says(b, "decimals") {
		t.Error("too many decimals were taken")
	}
	fill(t, b, "", "Goodwill", "1,000.50")
	press(t, b, "Save Changes")
	if got := balance(t, b, client); got != 102550 || len(c.log.Entries) != 3 {
		t.Errorf("balance %d, %d entries", got, len(c.log.Entries))
	}
	press(t, b, "Remove Credit")
	fill(t, b, "", "Too much", "2000")
	press(t, b, "Save Changes")
	if got := balance(t, b, client); got != 102550 || !says(b, "only, so") {
		t.Errorf("more than there is was removed: %d", got)
	}
	fill(t, b, "", "", "1000.50")
	press(t, b, "Save Changes")
	if got := balance(t, b, client); got != 2500 {
		t.Errorf("balance %d", got)
	}
}

// After the first entry of a client the keyboard is in the list, as the button that it was on is gone.
func TestKeyboardAfterTheFirstEntry(t *testing.T) {
	b := viewtest.New(t)
	client, err := b.App.Clients.Add(ctx, app.NewClient{Profile: app.Profile{
		FirstName: "Grace", LastName: "Hopper", Email: "grace@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
	}})
	if err != nil {
		t.Fatal(err)
	}
	c := Show(b.Desk, client)
	first, ok := b.Canvas().Focused().(*kit.Button)
	if !ok || !kit.Holds(b.Canvas(), c.body) {
		t.Fatalf("the dialog begins with the keyboard on %T", b.Canvas().Focused())
	}
	test.Tap(first)
	fill(t, b, "", "Sorry for the delay", "10")
	press(t, b, "Save Changes")
	if !c.grid.Focused() || len(c.log.Entries) != 1 {
		t.Errorf("the keyboard is at %T; %d entries", b.Canvas().Focused(), len(c.log.Entries))
	}
}

// CR-3: deleting names both balances, deducts the entry, and can be undone; where the balance would go below zero it is refused in words.
func TestDelete(t *testing.T) {
	b, client := office(t)
	c := Show(b.Desk, client)
	c.grid.Select(0)
	press(t, b, "Delete Entry…")
	if !says(b, "used already") {
		t.Error("not said why the entry stays")
	}
	press(t, b, "Close")
	c.grid.Select(1)
	press(t, b, "Delete Entry…")
	if !says(b, "from £25.00 to £40.00") {
		t.Error("the balances are not named")
	}
	press(t, b, "Delete Entry")
	if got := balance(t, b, client); got != 4000 || len(c.log.Entries) != 1 {
		t.Errorf("balance %d, %d entries", got, len(c.log.Entries))
	}
	b.UndoLast()
	if got := balance(t, b, client); got != 2500 || len(c.log.Entries) != 2 {
		t.Errorf("after undoing: balance %d, %d entries", got, len(c.log.Entries))
	}
}

// CR-7: an adjustment on the profile is no entry; the foot line says what they come to.
func TestUnlogged(t *testing.T) {
	b, client := office(t)
	one, err := b.App.Clients.Get(ctx, client)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.App.Credit.Adjust(ctx, client, one.Version, pounds(3000)); err != nil {
		t.Fatal(err)
	}
	c := Show(b.Desk, client)
	if len(c.log.Entries) != 2 || !says(b, "Unlogged adjustments: +£5.00") || !says(b, "Credit balance: £30.00") {
		t.Errorf("%+v", c.log)
	}
}

// The balance is said on one line: it is the first thing that somebody looks for.
func TestBalanceIsOnOneLine(t *testing.T) {
	b, client := office(t)
	Show(b.Desk, client)
	for _, o := range test.LaidOutObjects(top(b)) {
		if p, ok := o.(*kit.Para); ok && strings.HasPrefix(p.Text(), "Credit balance") {
			if line := fyne.MeasureText(p.Text(), 14, fyne.TextStyle{Bold: true}); p.Size().Width < line.Width || p.MinSize().Height > 1.5*line.Height {
				t.Errorf("it has %v for %v", p.Size(), line)
			}
			return
		}
	}
	t.Error("no balance")
}
