package invoices

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}

var ctx = context.Background()

// office is a client with n invoices, made in the store; change says what the i-th is, from 0.
func office(t *testing.T, n int, change func(i int, inv *data.Invoice)) *viewtest.Bench {
	t.Helper()
	b := viewtest.New(t)
	client, err := b.App.Clients.Add(ctx, app.NewClient{Profile: app.Profile{
		FirstName: "Grace", LastName: "Hopper", Company: "Hopper & Daughters", Email: "grace@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
	}})
	if err != nil {
		t.Fatal(err)
	}
	today := date.Today(b.App.Now())
	for from := 0; from < n; from += 1000 {
		err := b.Store.LongWrite(ctx, func(tx *data.Tx) error {
			for i := from; i < min(from+1000, n); i++ {
				number := fmt.Sprintf("2026-%05d", i+1)
				w := data.WholeInvoice{Invoice: data.Invoice{
					ClientID: client, Number: &number, Status: billing.Unpaid, Currency: "GBP", Issued: today, Due: today.AddDays(14), TaxMode: string(billing.Exclusive),
					Subtotal: 12_345, Total: 12_345,
				}}
				if change != nil {
					change(i, &w.Invoice)
				}
				if err := tx.AddInvoice(&w); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func page(t *testing.T, b *viewtest.Bench) *Page {
	t.Helper()
	p := New(b.Desk)
	b.Show(p)
	return p
}

// mixed makes invoices of every kind, one of them overdue.
func mixed(b date.Date) func(int, *data.Invoice) {
	return func(i int, inv *data.Invoice) {
		all := billing.InvoiceStatuses()
		switch i {
		case len(all):
			inv.Due = b.AddDays(-3)
		default:
			inv.Status = all[i%len(all)]
		}
		switch inv.Status {
		case billing.Draft:
			inv.Number, inv.Issued = nil, date.Date{}
		case billing.Paid:
			inv.Paid = inv.Total
		}
	}
}

// IN-2: the chips say which invoices are shown, Overdue among them; the number is looked for as a whole, the client as in the list of clients.
func TestFilters(t *testing.T) {
	b := office(t, 7, func(i int, inv *data.Invoice) { mixed(inv.Issued)(i, inv) })
	p := page(t, b)
	if p.list.Len() != 7 || p.list.Row(0).Cells[2] != "Overdue" || p.list.Row(6).Cells[0] != "Draft" {
		t.Fatalf("%d rows, %v first, %v last", p.list.Len(), p.list.Row(0), p.list.Row(6))
	}
	if p.list.Row(0).Tones[2] != theme.Danger || p.list.Row(0).Tones[6] != theme.Danger {
		t.Error("an overdue invoice is not marked")
	}
	p.bar.statuses[billing.Unpaid].OnTapped()
	if p.list.Len() != 2 {
		t.Errorf("%d unpaid ones, want 2", p.list.Len())
	}
	p.bar.late.OnTapped()
	if p.list.Len() != 1 || p.bar.statuses[billing.Unpaid].On() {
		t.Errorf("%d overdue ones; Unpaid is on: %v", p.list.Len(), p.bar.statuses[billing.Unpaid].On())
	}
	p.bar.statuses[billing.Paid].OnTapped()
	p.bar.statuses[billing.Cancelled].OnTapped()
	if p.list.Len() != 2 || p.bar.late.On() {
		t.Errorf("%d paid or cancelled ones", p.list.Len())
	}
	p.bar.clear()
	p.search.SetText("#2026-00003")
	if p.list.Len() != 1 || p.list.Row(0).Cells[0] != "2026-00003" {
		t.Errorf("%d found", p.list.Len())
	}
	p.search.SetText("2026")
	if p.list.Len() != 0 || p.middle.Objects[0] == fyne.CanvasObject(p.list.Grid()) {
		t.Errorf("a part of a number found %d", p.list.Len())
	}
	p.search.SetText("hopp daug")
	if p.list.Len() != 7 {
		t.Errorf("%d found of the client", p.list.Len())
	}
	p.bar.statuses[billing.Paid].OnTapped()
	if p.list.Len() != 1 {
		t.Errorf("%d paid ones found of the client", p.list.Len())
	}
	p.bar.clear()
	p.search.SetText("nobody")
	if p.list.Len() != 0 || p.middle.Objects[0] == fyne.CanvasObject(p.list.Grid()) {
		t.Errorf("%d found of nobody", p.list.Len())
	}
	p.search.SetText("")
	p.bar.statuses[billing.Draft].OnTapped()
	if again := page(t, b); again.list.Len() != 1 || again.list.Row(0).Cells[0] != "Draft" {
		t.Error("the filter was not remembered")
	}
}

// A list of many is read a page at a time as one scrolls, in the order of the heading, and opens what is chosen.
func TestManyAreReadAsOneScrolls(t *testing.T) {
	const n = 1000
	p := page(t, office(t, n, func(i int, inv *data.Invoice) { inv.Total = int64(i * 7919 % n) }))
	if p.list.Len() != pageSize || p.header == nil {
		t.Fatalf("%d rows were read at first", p.list.Len())
	}
	for p.list.more {
		p.list.Want(0, p.list.Len()-1)
	}
	seen := map[int64]bool{}
	for _, r := range p.list.rows {
		seen[r.ID] = true
	}
	if len(seen) != n || p.list.Len() != n {
		t.Errorf("%d invoices in %d rows", len(seen), p.list.Len())
	}
	p.list.Grid().SortBy(string(data.InvoicesByTotal))
	p.list.Want(0, p.list.Len()-1)
	for i := 1; i < p.list.Len(); i++ {
		if p.list.rows[i-1].Total > p.list.rows[i].Total {
			t.Fatalf("row %d is out of order", i)
		}
	}
	p.list.Grid().OnOpen(3)
	if got, want := p.desk.Go.(*viewtest.Went).Last(), fmt.Sprintf("invoice %d", p.list.rows[3].ID); got != want {
		t.Errorf("went %q, want %q", got, want)
	}
}

// After a change the list is read anew where it is, and the cursor stays on its invoice.
func TestChangesAreFollowed(t *testing.T) {
	b := office(t, 5, nil)
	p := page(t, b)
	p.list.Grid().Select(2)
	was := p.list.chosen()
	if err := b.App.Invoices.Cancel(ctx, was); err != nil {
		t.Fatal(err)
	}
	if _, err := b.App.Invoices.Create(ctx, 1, app.InvoiceDraft{Lines: []app.InvoiceLine{{Line: billing.Line{
		Description: "New", Quantity: billing.One, UnitPrice: money.New(1, "GBP"),
	}}}}, ""); err != nil {
		t.Fatal(err)
	}
	b.Run.Advance(reloadEvery)
	if p.list.Len() != 6 || p.list.chosen() != was || p.list.Grid().Cursor() != 3 || p.list.Row(3).Cells[2] != "Cancelled" {
		t.Errorf("%d rows, cursor on %d", p.list.Len(), p.list.Grid().Cursor())
	}
}

// IO-3: what is exported is the list as it is filtered.
func TestExport(t *testing.T) {
	b := office(t, 7, func(i int, inv *data.Invoice) { mixed(inv.Issued)(i, inv) })
	p := page(t, b)
	p.bar.late.OnTapped()
	path := filepath.Join(t.TempDir(), "late.csv")
	p.export().To(p.desk, path)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(strings.TrimSpace(string(raw)), "\n"); len(lines) != 2 || !strings.Contains(lines[1], "2026-00007") || !strings.Contains(lines[0], "ID,Number,Client ID,Client Name,Status,Currency,Date,Due Date,Subtotal,Tax,Total,Credit,Paid,Balance") ||
		!strings.HasSuffix(strings.TrimSpace(lines[1]), ",123.45,0.00,123.45,0.00,0.00,123.45") {
		t.Errorf("exported %q", raw)
	}
}

// What is shown is summed, by what the filters and the search leave: the total of all, and the balance of what is to be paid.
func TestSums(t *testing.T) {
	b := office(t, 7, func(i int, inv *data.Invoice) { mixed(inv.Issued)(i, inv) })
	p := page(t, b)
	says := func(want string) {
		t.Helper()
		if got := p.sums.Text(); got != want || p.sums.Visible() != (want != "") {
			t.Errorf("says %q, want %q", got, want)
		}
	}
	says("GBP:  total £864.15  ·  balance £370.35") // seven; one Unpaid, one in Collections and one overdue are to be paid
	p.bar.late.OnTapped()
	says("GBP:  total £123.45  ·  balance £123.45")
	p.bar.clear()
	p.bar.statuses[billing.Paid].OnTapped()
	says("GBP:  total £123.45  ·  balance £0.00")
	p.bar.clear()
	p.search.SetText("2026-00007")
	says("GBP:  total £123.45  ·  balance £123.45")
	p.search.SetText("nobody")
	says("")
}

// An office without invoices is told how to write the first one.
func TestNone(t *testing.T) {
	p := page(t, office(t, 0, nil))
	if p.middle.Objects[0] == fyne.CanvasObject(p.list.Grid()) {
		t.Error("an empty list is shown")
	}
}

// The looks of the page, light and dark.
func TestPictures(t *testing.T) {
	for mode, m := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(mode, func(t *testing.T) {
			b := office(t, 9, func(i int, inv *data.Invoice) {
				if i >= 7 {
					inv.Status, inv.Paid = billing.Paid, inv.Total
					return
				}
				mixed(inv.Issued)(i, inv)
			})
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: m}))
			b.Window.SetPadded(false)
			b.Window.Resize(fyne.NewSize(1000, 640))
			page(t, b)
			if b.Canvas().Focused() != nil {
				b.Canvas().Unfocus()
			}
			viewtest.Looks(t, "invoices-"+mode+".png", b.Canvas())
		})
	}
}
