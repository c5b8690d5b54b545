package home_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/home"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}

var ctx = context.Background()

// office has two clients, with invoices due today, in ten days and long ago, and a payment of this month; bills in one more currency where several.
func office(t *testing.T, currencies ...string) *viewtest.Bench {
	t.Helper()
	b := viewtest.New(t)
	b.Settings(func(s *app.Settings) { s.Currency = "GBP" })
	today := date.Today(b.App.Now())
	for _, c := range append([]string{"GBP"}, currencies...) {
		id, err := b.App.Clients.Add(ctx, app.NewClient{Profile: app.Profile{
			FirstName: "Grace", LastName: "Hopper", Company: "Hopper " + c, Email: c + "@example.com", Country: "GB", Currency: c, Language: "en", Status: data.Active,
		}})
		if err != nil {
			t.Fatal(err)
		}
		err = b.Store.Write(ctx, func(tx *data.Tx) error {
			for i, days := range []int{0, 10, -100} {
				number := c + "-" + string(rune('1'+i))
				total := int64(10_000 * (i + 1))
				err := tx.AddInvoice(&data.WholeInvoice{Invoice: data.Invoice{
					ClientID: id, Number: &number, Status: billing.Unpaid, Currency: c, Issued: today, Due: today.AddDays(days), TaxMode: string(billing.Exclusive), Subtotal: total, Total: total,
				}})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.App.Transactions.Add(ctx, id, app.TransactionDetails{In: money.New(5_000, money.Currency(c)), Method: "card"}, ""); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// all are the widgets of a kind in the window.
func all[T any](b *viewtest.Bench) (found []T) {
	for _, o := range test.LaidOutObjects(b.Window.Content()) {
		if x, ok := o.(T); ok && o.Visible() {
			found = append(found, x)
		}
	}
	return found
}

// AP-3: each figure, column and line says how the office stands, and opens the list behind it.
func TestEveryFigureOpensItsList(t *testing.T) {
	b := office(t)
	b.Show(home.New(b.Desk))
	figures := all[*kit.Figure](b)
	var said []string
	for _, f := range figures {
		said = append(said, f.AccessibilityLabel())
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	if got, want := strings.Join(said, "|"), "Owed to you: £600.00, 3 invoices|Overdue: £300.00, one invoice|Due in the next 7 days: £100.00, one invoice|"+
		"Came in this month: £50.00, one transaction"; got != want {
		t.Errorf("the figures say %q", got)
	}
	charts := all[*kit.Chart](b)
	if len(charts) != 2 {
		t.Fatalf("%d charts", len(charts))
	}
	var tips []string
	for _, bar := range charts[0].Bars() {
		tips = append(tips, bar.Tip)
		bar.Open()
	}
	if got := strings.Join(tips, "|"); got != "Due later: £200.00, one invoice|Due in the next 7 days: £100.00, one invoice|1 to 30 days overdue: £0.00, 0 invoices|"+
		"31 to 60 days overdue: £0.00, 0 invoices|61 to 90 days overdue: £0.00, 0 invoices|More than 90 days overdue: £300.00, one invoice" {
		t.Errorf("the ageing says %q", got)
	}
	months := charts[1].Bars()
	if last := months[len(months)-1]; len(months) != 12 || last.Value != 5_000 || last.Tip != "Nov 2026: £50.00 in" {
		t.Errorf("%d months, the last is %+v", len(months), last)
	}
	months[0].Open()
	for _, line := range all[*kit.Item](b) {
		test.Tap(line)
	}
	steps := strings.Join(b.Went.Steps, "\n")
	for _, want := range []string{
		"Statuses:[Unpaid Collections]", "OverdueOn:2026-11-20", "DueFrom:2026-11-20 DueTo:2026-11-27 Currency:GBP", "transactions {ClientID:0 From:2026-11-01 To:2026-11-30 Method: Currency:GBP Text:",
		"DueTo:2026-08-21", "From:2025-12-01 To:2025-12-31", "invoice 1", "settings mail",
	} {
		if !strings.Contains(steps, want) {
			t.Errorf("nothing leads to %q:\n%s", want, steps)
		}
	}
}

// IN-7: amounts of two currencies are never added up: one is shown, and another can be chosen, which is remembered.
func TestCurrenciesAreChosen(t *testing.T) {
	b := office(t, "EUR")
	b.Show(home.New(b.Desk))
	chips := all[*kit.Chip](b)
	if len(chips) != 2 || chips[1].Text != "EUR: €600.00 owed" || !chips[0].On() {
		t.Fatalf("%d chips", len(chips))
	}
	test.Tap(chips[1])
	if got := all[*kit.Figure](b)[0].Value(); got != "€600.00" {
		t.Errorf("after choosing euro, %s is owed", got)
	}
	again := home.New(b.Desk)
	b.Show(again)
	if got := all[*kit.Figure](b)[0].Value(); got != "€600.00" {
		t.Errorf("a page that is opened later shows %s", got)
	}
}

// Many currencies do not push the figures out of sight.
func TestManyCurrenciesAreInAMenu(t *testing.T) {
	b := office(t, "EUR", "USD", "CHF", "SEK", "NOK")
	b.Show(home.New(b.Desk))
	if chips := all[*kit.Chip](b); len(chips) != 1 || chips[0].Text != "GBP: £600.00 owed" {
		t.Errorf("%d chips", len(chips))
	}
}

// The page follows what others do, and says where mail failed.
func TestHomeFollows(t *testing.T) {
	b := office(t)
	b.Show(home.New(b.Desk))
	if _, err := b.App.Transactions.Record(ctx, 1, app.NewPayment{Amount: money.New(10_000, "GBP"), Method: "card", Invoices: []int64{1}}); err != nil {
		t.Fatal(err)
	}
	client := int64(1)
	err := b.Store.Write(ctx, func(tx *data.Tx) error {
		return tx.QueueMail(&data.Mail{MessageID: "x", ClientID: &client, State: data.MailFailed, Subject: "Welcome"})
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Run.Advance(time.Minute)
	if got := all[*kit.Figure](b)[0].Value(); got != "£500.00" {
		t.Errorf("after a payment %s is owed", got)
	}
	for _, line := range all[*kit.Item](b) {
		if strings.HasPrefix(line.AccessibilityLabel(), "One mail failed") {
			test.Tap(line)
		}
	}
	if b.Went.Last() != "mail [failed]" {
		t.Errorf("went %q", b.Went.Last())
	}
}

// Nothing waits for what is read: the page is there, and has the keyboard, before any answer came.
func TestHomeIsThereBeforeItsAnswer(t *testing.T) {
	b := office(t)
	p := home.New(b.Desk)
	b.Window.SetContent(p.Object())
	if n := len(all[*kit.Figure](b)); n != 4 {
		t.Errorf("%d figures before anything was read", n)
	}
	for _, f := range all[*kit.Figure](b) {
		test.Tap(f)
	}
	if len(b.Went.Steps) != 0 {
		t.Errorf("went %v", b.Went.Steps)
	}
}

// What is owed on an invoice that is due soon is read whole, however narrow the window.
func TestAmountsDueSoonAreWhole(t *testing.T) {
	b := office(t)
	b.Show(home.New(b.Desk))
	for _, size := range []fyne.Size{{Width: 640, Height: 480}, {Width: 1280, Height: 800}} {
		b.Window.Resize(size)
		seen := 0
		for _, p := range all[*kit.Para](b) {
			want := fyne.MeasureText(p.Text(), theme.TextSize(), fyne.TextStyle{})
			if p.Text() != "£100.00" || p.MinSize().Height > want.Height+1 {
				continue // another, or the figure above
			}
			if seen++; p.Size().Width < want.Width {
				t.Errorf("at %v the amount has %v of %v", size, p.Size().Width, want.Width)
			}
		}
		if seen != 1 {
			t.Errorf("at %v the amount is there %d times", size, seen)
		}
	}
}

// The page fits the smallest window and large text.
func TestHomeFits(t *testing.T) {
	b := office(t, "EUR")
	b.Show(home.New(b.Desk))
	for _, size := range []fyne.Size{{Width: 640, Height: 480}, {Width: 1024, Height: 700}, {Width: 2560, Height: 1400}, {Width: 3840, Height: 2160}} {
		b.Window.Resize(size)
		if least := b.Window.Content().MinSize(); least.Width > size.Width {
			t.Errorf("at %v it wants %v", size, least)
		}
		for _, f := range all[*kit.Figure](b) {
			if end := f.Position().X + f.Size().Width; end > min(size.Width, 1600) { // further apart than that they are not seen together
				t.Errorf("at %v a figure ends at %v", size, end)
			}
		}
	}
}

// AP-3: of the invoices that are due soon the soonest are named, and the others are one press away; drafts, which nobody owes yet, are told of too.
func TestManyDueSoon(t *testing.T) {
	b := office(t)
	today := date.Today(b.App.Now())
	err := b.Store.Write(ctx, func(tx *data.Tx) error {
		for i := range app.HomeDueSoon + 1 {
			number, status := "N"+string(rune('0'+i)), billing.Unpaid
			draft := data.Invoice{ClientID: 1, Number: &number, Status: status, Currency: "GBP", Due: today.AddDays(7 - i), TaxMode: string(billing.Exclusive), Subtotal: 100, Total: 100}
			if err := tx.AddInvoice(&data.WholeInvoice{Invoice: draft}); err != nil {
				return err
			}
		}
		return tx.AddInvoice(&data.WholeInvoice{Invoice: data.Invoice{
			ClientID: 1, Status: billing.Draft, Currency: "GBP", Due: today, TaxMode: string(billing.Exclusive), Subtotal: 100, Total: 100,
		}})
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Show(home.New(b.Desk))
	var named []string
	for _, line := range all[*kit.Item](b) {
		label := line.AccessibilityLabel()
		if strings.HasPrefix(label, "Grace") {
			named = append(named, label)
		}
		if strings.HasPrefix(label, "One draft") {
			test.Tap(line)
		}
	}
	if len(named) != app.HomeDueSoon || !strings.Contains(named[0], "GBP-1 · due today") || !strings.Contains(named[1], "N6 · due 21/11/2026") || !strings.Contains(named[5], "N2") {
		t.Errorf("named are %q", named)
	}
	if !strings.Contains(b.Went.Last(), "Statuses:[Draft]") {
		t.Errorf("the draft leads to %q", b.Went.Last())
	}
	for _, button := range all[*kit.Button](b) {
		if button.Text == "Show all 8" {
			test.Tap(button)
		}
	}
	if !strings.Contains(b.Went.Last(), "DueFrom:2026-11-20 DueTo:2026-11-27") {
		t.Errorf("all of them are at %q", b.Went.Last())
	}
}

// What came in is not taken for what is left of it, where some went out again.
func TestWhatIsLeftOfTheMonth(t *testing.T) {
	b := office(t)
	if _, err := b.App.Transactions.Add(ctx, 1, app.TransactionDetails{Out: money.New(500, "GBP"), Fees: money.New(100, "GBP"), Method: "card"}, ""); err != nil {
		t.Fatal(err)
	}
	b.Show(home.New(b.Desk))
	if got, want := all[*kit.Figure](b)[3].AccessibilityLabel(), "Came in this month: £50.00, 2 transactions, net £44.00"; got != want {
		t.Errorf("with money that went out the figure says %q", got)
	}
}
