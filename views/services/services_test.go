package services

import (
	"context"
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

// client adds a client with three services of two kinds.
func client(t *testing.T, b *viewtest.Bench, name string) int64 {
	t.Helper()
	id, err := b.App.Clients.Add(ctx, app.NewClient{Profile: app.Profile{
		FirstName: name, LastName: "Lovelace", Email: name + "@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []app.ServiceDetails{
		{Description: "Hosting of " + name + ".example", Quantity: billing.One, Amount: pounds(1250), Cycle: billing.Monthly, NextDue: date.MustNew(2026, 12, 1), Status: data.ServiceActive},
		{Description: "Domain " + name + ".example", Quantity: 2 * billing.One, Amount: pounds(900), Cycle: billing.Annually, NextDue: date.MustNew(2027, 3, 1), Status: data.ServiceActive},
		{Description: "Design", Quantity: 7500, Amount: pounds(8000), Cycle: billing.OneTime, Status: data.ServiceCancelled},
	} {
		if _, err := b.App.Services.Add(ctx, id, s, ""); err != nil {
			t.Fatal(err)
		}
	}
	return id
}

func pounds(minor int64) money.Money { return money.New(minor, "GBP") }

func open(t *testing.T) (*viewtest.Bench, *Page, int64) {
	t.Helper()
	b := viewtest.New(t)
	id := client(t, b, "Ada")
	client(t, b, "Bea")
	p := New(b.Desk)
	b.Show(p)
	return b, p, id
}

func words(l *List) string {
	var all []string
	for i := range l.rows.Len() {
		all = append(all, strings.Join(l.rows.Row(i).Cells, "|"))
	}
	return strings.Join(all, "\n")
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

// IN-1: all are listed, by number or by what is due next, and narrowed down.
func TestList(t *testing.T) {
	_, p, _ := open(t)
	l := p.list
	if l.rows.Len() != 6 || words(l) == "" || l.rows.Row(0).Cells[2] != "Design" {
		t.Fatalf("shown:\n%s", words(l))
	}
	if got := strings.Join(l.rows.Row(1).Cells, "|"); got != "5|Bea Lovelace|Domain Bea.example||2|£9.00|Annually|01/03/2027|Active" {
		t.Errorf("row %q", got)
	}
	l.grid.SortBy(keyDue)
	if l.rows.Len() != 4 || !strings.HasPrefix(l.rows.Row(0).Cells[2], "Hosting") {
		t.Errorf("by due date:\n%s", words(l))
	}
	l.filter.clear()
	l.filter.statuses[data.ServiceCancelled].OnTapped()
	if l.rows.Len() != 2 {
		t.Errorf("cancelled ones:\n%s", words(l))
	}
	l.filter.clear()
	l.filter.choose(func(f *data.ServiceFilter) { f.DueTo = date.MustNew(2026, 12, 31) })
	if l.rows.Len() != 2 {
		t.Errorf("due this year:\n%s", words(l))
	}
	l.filter.choose(func(f *data.ServiceFilter) { f.DueTo = date.MustNew(2020, 1, 1) })
	if l.rows.Len() != 0 || l.middle.Objects[0] == fyne.CanvasObject(l.grid) {
		t.Error("an empty table is shown in place of words")
	}
}

// IN-1: a product fills in what it says for the client's currency; what is wrong stays in the dialog; it is added once.
func TestAddFromProduct(t *testing.T) {
	b, _, id := open(t)
	if _, err := b.App.Products.Save(ctx, app.ProductOffer{Product: data.Product{Name: "Web shop", Taxed: true}, Prices: []data.ProductPrice{
		{Currency: "GBP", Cycle: string(billing.Quarterly), Price: 4500, SetupFee: 9900}, {Currency: "GBP", Cycle: string(billing.Annually), Price: 16000},
	}}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.App.Products.Save(ctx, app.ProductOffer{Product: data.Product{Name: "Old", Retired: true}}); err != nil {
		t.Fatal(err)
	}
	l := NewList(b.Desk, id)
	l.Actions()
	b.Window.SetContent(l.Object())
	l.Show(b.Window.Canvas())
	cancel := b.App.Events.Subscribe(l.Changed)
	t.Cleanup(cancel)
	l.Add()
	f := form(t, b.Window)
	choose(f, app.FieldProduct, "1")
	v := f.Values()
	if v[app.FieldDescription] != "Web shop" || v[app.FieldCycle] != string(billing.Quarterly) || v[app.FieldAmount] != "45.00" || v[app.FieldSetupFee] != "99.00" || v[keyTaxed] != ticked {
		t.Errorf("filled in %v", v)
	}
	choose(f, app.FieldCycle, string(billing.Annually))
	if v := f.Values(); v[app.FieldAmount] != "160.00" || v[app.FieldSetupFee] != "" {
		t.Errorf("for the year %v", v)
	}
	f.SetValues(map[string]string{app.FieldQuantity: "many"})
	f.Submit()
	if !kit.DialogOpen() {
		t.Fatal("no quantity was taken")
	}
	f.SetValues(map[string]string{app.FieldQuantity: "1.5", app.FieldNextDue: ""})
	f.Submit()
	if !kit.DialogOpen() {
		t.Fatal("an active service without a due date was taken")
	}
	f.SetValues(map[string]string{app.FieldNextDue: "24/12/2026"})
	f.Submit()
	b.Run.Advance(reloadEvery)
	if kit.DialogOpen() || l.rows.Len() != 4 || strings.Join(l.rows.Row(0).Cells, "|") != "7|Web shop|Web shop|1.5|£160.00|Annually|24/12/2026|Active" {
		t.Errorf("open %v:\n%s", kit.DialogOpen(), words(l))
	}
}

// choose fills a field in as a person does: the form hears of it.
func choose(f *kit.Form, key, value string) {
	v := f.Values()
	v[key] = value
	f.SetValues(v)
	f.OnDirty(true)
}

// IN-1: the status is changed at once, with a way back; a service is edited, and deleted with Undo.
func TestStatusEditDelete(t *testing.T) {
	b, p, _ := open(t)
	l := p.list
	l.grid.Select(1)
	status := func() string { return l.rows.Row(1).Cells[8] }
	x, _ := l.rows.Chosen()
	l.setStatus(x, data.ServiceSuspended)
	b.Run.Advance(reloadEvery)
	if status() != "Suspended" || l.grid.Cursor() != 1 {
		t.Errorf("it is %s, row %d", status(), l.grid.Cursor())
	}
	l.grid.OnOpen(1)
	f := form(t, b.Window)
	f.SetValues(map[string]string{app.FieldDescription: "Two domains", app.FieldStatus: string(data.ServiceActive)})
	f.Submit()
	b.Run.Advance(reloadEvery)
	if status() != "Active" || l.rows.Row(1).Cells[2] != "Two domains" {
		t.Errorf("shown:\n%s", words(l))
	}
	l.grid.OnDelete()
	b.Run.Advance(reloadEvery)
	if l.rows.Len() != 5 {
		t.Errorf("after deleting:\n%s", words(l))
	}
	b.UndoLast()
	b.Run.Advance(reloadEvery)
	if l.rows.Len() != 6 {
		t.Errorf("after undoing:\n%s", words(l))
	}
}

// What is active and recurs needs a due date: the refusal leads to the form.
func TestActiveNeedsADueDate(t *testing.T) {
	b, p, id := open(t)
	s := app.ServiceDetails{Description: "Later", Quantity: billing.One, Amount: pounds(1), Cycle: billing.Monthly, Status: data.ServicePending}
	if _, err := b.App.Services.Add(ctx, id, s, ""); err != nil {
		t.Fatal(err)
	}
	b.Run.Advance(reloadEvery)
	p.list.grid.Select(0)
	x, _ := p.list.rows.Chosen()
	p.list.setStatus(x, data.ServiceActive)
	if !strings.Contains(b.Bar.Text(), "due next") {
		t.Errorf("told %q", b.Bar.Text())
	}
}

// The looks, light and dark. After a wanted change look at the new ones in testdata/failed and put them in the place of the old ones.
func TestPictures(t *testing.T) {
	for mode, m := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(mode, func(t *testing.T) {
			b := viewtest.New(t)
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: m}))
			client(t, b, "Ada")
			client(t, b, "Bea")
			p := New(b.Desk)
			b.Window.SetPadded(false)
			b.Show(p)
			p.list.grid.Select(1)
			b.Window.Resize(fyne.NewSize(1100, 560))
			viewtest.Looks(t, "services-"+mode+".png", b.Window.Canvas())
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

// Services are searched by client, within what the chips leave; what is typed on the list goes to the search.
func TestSearch(t *testing.T) {
	b, p, _ := open(t)
	l := p.list
	for _, r := range "bea" {
		b.Canvas().Focused().TypedRune(r)
	}
	if b.Canvas().Focused() != fyne.Focusable(l.filter.search) || l.rows.Len() != 3 || !strings.Contains(words(l), "Bea Lovelace") {
		t.Fatalf("searched for %q:\n%s", l.filter.search.Text, words(l))
	}
	l.filter.statuses[data.ServiceCancelled].OnTapped()
	if l.rows.Len() != 1 {
		t.Errorf("cancelled ones of Bea:\n%s", words(l))
	}
	l.filter.search.SetText("nobody")
	if l.rows.Len() != 0 || l.middle.Objects[0] == fyne.CanvasObject(l.grid) {
		t.Errorf("of nobody:\n%s", words(l))
	}
	l.filter.clear()
	if l.rows.Len() != 6 || l.filter.search.Text != "" {
		t.Errorf("after clearing:\n%s", words(l))
	}
}
