package transactions

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

var ctx = context.Background()

func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}

func pounds(minor int64) money.Money { return money.New(minor, "GBP") }

// client adds a client with an invoice of 100 pounds, paid with 20 too much, and an expense.
func client(t *testing.T, b *viewtest.Bench, name, currency string) (id int64) {
	t.Helper()
	id, err := b.App.Clients.Add(ctx, app.NewClient{Profile: app.Profile{
		FirstName: name, LastName: "Lovelace", Email: name + "@example.com", Country: "GB", Currency: currency, Language: "en", Status: data.Active,
	}})
	if err != nil {
		t.Fatal(err)
	}
	amount := func(minor int64) money.Money { return money.New(minor, money.Currency(currency)) }
	line := app.InvoiceLine{Line: billing.Line{Description: "Work", Quantity: billing.One, UnitPrice: amount(10000)}}
	invoice, err := b.App.Invoices.Create(ctx, id, app.InvoiceDraft{Lines: []app.InvoiceLine{line}}, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.App.Invoices.Publish(ctx, invoice, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := b.App.Transactions.Record(ctx, id, app.NewPayment{
		Date: date.MustNew(2026, 11, 2), Amount: amount(12000), Fees: amount(150), Method: "card", Reference: "ch_" + name, Invoices: []int64{invoice},
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.App.Transactions.Add(ctx, id, app.TransactionDetails{Date: date.MustNew(2026, 11, 5), Out: amount(499), Method: "cash", Description: "Stamps"}, ""); err != nil {
		t.Fatal(err)
	}
	return id
}

func open(t *testing.T) (*viewtest.Bench, *Page, int64) {
	t.Helper()
	b := viewtest.New(t)
	id := client(t, b, "Ada", "GBP")
	client(t, b, "Bea", "EUR")
	p := New(b.Desk)
	b.Show(p)
	return b, p, id
}

// words answers what the rows show, a line a row.
func words(l *List) string {
	var all []string
	for i := range l.rows.Len() {
		all = append(all, strings.Join(l.rows.Row(i).Cells, "|"))
	}
	return strings.Join(all, "\n")
}

func shown(w fyne.Window) string {
	var all []string
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		if p, ok := o.(*kit.Para); ok {
			all = append(all, p.Text())
		}
	}
	return strings.Join(all, "\n")
}

func press(t *testing.T, w fyne.Window, label string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		if b, ok := o.(*kit.Button); ok && b.Text == label {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button %q", label)
}

func form(t *testing.T, w fyne.Window) *kit.Form {
	t.Helper()
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		if f, ok := o.(*kit.Form); ok {
			return f
		}
	}
	t.Fatal("no form is open")
	return nil
}

// IN-6, IN-7: all are listed, newest first and the other way round; sums are of each currency alone and of what the filter leaves.
func TestListAndSums(t *testing.T) {
	_, p, _ := open(t)
	l := p.list
	if l.rows.Len() != 4 || !strings.HasPrefix(l.rows.Row(0).Cells[0], "05/11") {
		t.Fatalf("shown:\n%s", words(l))
	}
	if got := l.total.words.Text(); got != "EUR:  in €120.00  ·  fees €1.50  ·  out €4.99  ·  net €113.51\nGBP:  in £120.00  ·  fees £1.50  ·  out £4.99  ·  net £113.51" {
		t.Errorf("sums %q", got)
	}
	l.grid.SortBy("date")
	if !strings.HasPrefix(l.rows.Row(0).Cells[0], "02/11") {
		t.Errorf("oldest first:\n%s", words(l))
	}
	l.filter.choose(func(f *data.TransactionFilter) { f.Currency, f.Method = "GBP", "cash" })
	if l.rows.Len() != 1 || l.total.words.Text() != "GBP:  in £0.00  ·  fees £0.00  ·  out £4.99  ·  net -£4.99" {
		t.Errorf("%q:\n%s", l.total.words.Text(), words(l))
	}
	l.filter.choose(func(f *data.TransactionFilter) { f.To = date.MustNew(2026, 11, 1) })
	if l.rows.Len() != 0 || l.middle.Objects[0] == fyne.CanvasObject(l.grid) {
		t.Error("an empty table is shown in place of words")
	}
	l.filter.clear()
	if l.rows.Len() != 4 || l.filter.any() {
		t.Errorf("after clearing:\n%s", words(l))
	}
}

// Transactions are searched by client and by their reference, within what the chips leave; the sums are of what was found, and what is typed on the list goes to the
// search.
func TestSearch(t *testing.T) {
	b, p, id := open(t)
	l := p.list
	for _, r := range "ada lov" {
		b.Canvas().Focused().TypedRune(r)
	}
	if b.Canvas().Focused() != fyne.Focusable(l.filter.search) || l.filter.search.Text != "ada lov" {
		t.Fatalf("typed on the list, the search is for %q", l.filter.search.Text)
	}
	if l.rows.Len() != 2 || l.total.words.Text() != "GBP:  in £120.00  ·  fees £1.50  ·  out £4.99  ·  net £113.51" {
		t.Errorf("of Ada %q:\n%s", l.total.words.Text(), words(l))
	}
	l.filter.search.SetText("ch_Bea")
	if l.rows.Len() != 1 || !strings.Contains(words(l), "ch_Bea") {
		t.Errorf("by reference:\n%s", words(l))
	}
	l.filter.choose(func(f *data.TransactionFilter) { f.Method = "cash" })
	if l.rows.Len() != 0 || l.middle.Objects[0] == fyne.CanvasObject(l.grid) {
		t.Errorf("by reference, among those in cash:\n%s", words(l))
	}
	l.filter.clear()
	if l.rows.Len() != 4 || l.filter.search.Text != "" {
		t.Errorf("after clearing:\n%s", words(l))
	}
	l.filter.search.SetText("ada")
	p.Filter(data.TransactionFilter{Currency: "EUR"})
	if l.rows.Len() != 2 || l.filter.search.Text != "" {
		t.Errorf("shown from elsewhere, with what was searched for before:\n%s", words(l))
	}
	if one := NewList(b.Desk, id); one.filter.search != nil {
		t.Error("the list of one client is searched by client")
	}
}

// IN-7: where there are many currencies, those used most are summed beside the list, and all in a dialog.
func TestManyCurrencies(t *testing.T) {
	b := viewtest.New(t)
	for i, c := range []string{"GBP", "EUR", "USD", "JPY", "CHF"} {
		client(t, b, fmt.Sprint("C", i), c)
	}
	client(t, b, "More", "JPY")
	p := New(b.Desk)
	b.Show(p)
	if got := p.list.total.words.Text(); !strings.HasPrefix(got, "JPY:") || strings.Count(got, "\n") != inSight-1 || !p.list.total.all.Visible() {
		t.Errorf("beside the list %q", got)
	}
	test.Tap(p.list.total.all)
	if rows := p.list.total.rows(); len(rows) != 5 || rows[0].Cells[0] != "CHF" || !kit.DialogOpen() {
		t.Errorf("%d lines", len(rows))
	}
	press(t, b.Window, "Close")
}

// The filter and the order are as they were left.
func TestRemembered(t *testing.T) {
	b, p, _ := open(t)
	p.list.filter.choose(func(f *data.TransactionFilter) { f.Method = "card" })
	p.list.grid.SortBy("date")
	again := New(b.Desk)
	b.Show(again)
	if again.list.rows.Len() != 2 || !again.list.filter.ascending {
		t.Errorf("shown:\n%s", words(again.list))
	}
}

// IN-6: a client's tab has its own alone.
func TestOfOneClient(t *testing.T) {
	b, _, id := open(t)
	l := NewList(b.Desk, id)
	b.Window.SetContent(l.Object())
	l.Show(b.Window.Canvas())
	if l.rows.Len() != 2 || len(l.rows.Row(0).Cells) != len(columns(false)) || strings.Contains(l.total.words.Text(), "EUR") {
		t.Errorf("%q:\n%s", l.total.words.Text(), words(l))
	}
}

// IN-6: one is added once, whatever is wrong at first, with the reference warned of (IN-5).
func TestAdd(t *testing.T) {
	b, p, id := open(t)
	Add(b.Desk, id)
	f := form(t, b.Window)
	f.SetValues(map[string]string{app.FieldIn: "12,x"})
	f.Submit()
	if !kit.DialogOpen() {
		t.Fatal("an amount that cannot be read was taken")
	}
	f.SetValues(map[string]string{app.FieldIn: "12.50", app.FieldMethod: "card", app.FieldReference: "ch_Ada", app.FieldDescription: "Gift"})
	f.Submit()
	if !kit.DialogOpen() || !strings.Contains(shown(b.Window), "press the button again") {
		t.Fatalf("the same reference was taken without a word: %q", shown(b.Window))
	}
	f.Submit()
	b.Run.Advance(reloadEvery)
	if kit.DialogOpen() || p.list.rows.Len() != 5 {
		t.Errorf("shown:\n%s", words(p.list))
	}
}

// IN-6: the amounts of a payment of invoices are told and not asked for; the rest can be changed. One without invoices is edited whole.
func TestEdit(t *testing.T) {
	b, p, _ := open(t)
	p.list.filter.choose(func(f *data.TransactionFilter) { f.Currency = "GBP" })
	p.list.grid.Select(1)
	p.list.grid.OnOpen(1)
	f := form(t, b.Window)
	if _, asked := f.Values()[app.FieldIn]; asked || !strings.Contains(shown(b.Window), "In: £120.00.") {
		t.Errorf("the amount: %q", shown(b.Window))
	}
	f.SetValues(map[string]string{app.FieldMethod: "paypal"})
	f.Submit()
	b.Run.Advance(reloadEvery)
	if !strings.Contains(words(p.list), "PayPal") || kit.DialogOpen() {
		t.Errorf("shown:\n%s", words(p.list))
	}
	p.list.grid.Select(0)
	p.list.grid.OnOpen(0)
	f = form(t, b.Window)
	f.SetValues(map[string]string{app.FieldOut: "7.50"})
	f.Submit()
	b.Run.Advance(reloadEvery)
	if !strings.Contains(words(p.list), "£7.50") {
		t.Errorf("shown:\n%s", words(p.list))
	}
}

// IN-6, CR-8: deleting says first what it does, and refuses in words.
func TestDelete(t *testing.T) {
	b, p, id := open(t)
	p.list.filter.choose(func(f *data.TransactionFilter) { f.Currency = "GBP" })
	p.list.grid.Select(1)
	p.list.grid.OnDelete()
	got := shown(b.Window)
	for _, want := range []string{"£100.00 is no longer paid", "with £100.00 owed", "£20.00 of credit is taken back. The credit balance is £0.00 then."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said: %q", want, got)
		}
	}
	press(t, b.Window, "Cancel")
	if _, err := b.App.Credit.Remove(ctx, id, app.NewCredit{Description: "Spent", Amount: pounds(1500)}); err != nil {
		t.Fatal(err)
	}
	p.list.grid.OnDelete()
	if got := shown(b.Window); !strings.Contains(got, "part was spent already") {
		t.Errorf("refused by %q", got)
	}
	press(t, b.Window, "Close")
	p.list.grid.Select(0)
	p.list.grid.OnDelete()
	press(t, b.Window, "Delete Transaction")
	b.Run.Advance(reloadEvery)
	if p.list.rows.Len() != 1 || kit.DialogOpen() {
		t.Errorf("shown:\n%s", words(p.list))
	}
}

// A long list is read on as one scrolls, each row once.
func TestLongList(t *testing.T) {
	b, p, id := open(t)
	err := b.Store.LongWrite(ctx, func(tx *data.Tx) error {
		for i := range 950 {
			tr := data.Transaction{ClientID: &id, ClientName: "Ada Lovelace", Date: date.MustNew(2026, 1, 1+i%28), Currency: "GBP", AmountIn: 1, Description: fmt.Sprint(i)}
			if err := tx.AddTransaction(&tr); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	p.list.restart()
	for last := -1; p.list.rows.Len() != last; {
		last = p.list.rows.Len()
		p.list.grid.Select(last - 1)
		p.list.rows.Want(last-1, last-1)
	}
	seen := map[int64]bool{}
	for i := range p.list.rows.Len() {
		x, _ := p.list.rows.At(i)
		seen[x.ID] = true
	}
	if len(seen) != 954 || p.list.rows.Len() != 954 {
		t.Errorf("%d rows, %d different", p.list.rows.Len(), len(seen))
	}
}

// The looks, light and dark. After a wanted change look at the new ones in testdata/failed and put them in the place of the old ones.
func TestPictures(t *testing.T) {
	for mode, m := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(mode, func(t *testing.T) {
			b := viewtest.New(t)
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: m}))
			client(t, b, "Ada", "GBP")
			client(t, b, "Bea", "EUR")
			p := New(b.Desk)
			b.Window.SetPadded(false)
			b.Show(p)
			p.list.grid.Select(1)
			b.Window.Resize(fyne.NewSize(1100, 560))
			viewtest.Looks(t, "transactions-"+mode+".png", b.Window.Canvas())
		})
	}
}

// IO-3: the list is exported as it is filtered.
func TestExport(t *testing.T) {
	b, p, _ := open(t)
	path := filepath.Join(t.TempDir(), "list.csv")
	p.list.export().To(b.Desk, path)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(strings.TrimSpace(string(raw)), "\n"); len(lines) != p.list.rows.Len()+1 || p.list.rows.Len() == 0 {
		t.Errorf("%d rows in the list, exported %q", p.list.rows.Len(), raw)
	}
}
