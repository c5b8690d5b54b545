package invoice

import (
	"testing"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

// The looks of a draft and of a paid invoice, light and dark, from fixed data and a fixed clock. After a wanted change look at the new pictures in
// testdata/failed and put them in the place of the old ones.
func TestPictures(t *testing.T) {
	pages := map[string]func(*testing.T, *viewtest.Bench) *Page{
		"draft": func(t *testing.T, b *viewtest.Bench) *Page {
			p := Open(b.Desk, office(t, b))
			b.Show(p)
			p.editor.lines.add(2)
			put(p, 3, cellPrice, "1.234")
			put(p, 3, cellDescription, "Not yet clear")
			p.Save()
			return p
		},
		"paid": func(t *testing.T, b *viewtest.Bench) *Page {
			id := office(t, b)
			if err := b.App.Invoices.Publish(ctx, id, 1); err != nil {
				t.Fatal(err)
			}
			_, err := b.App.Transactions.Record(ctx, 1, app.NewPayment{
				Amount: pounds(600_000), Method: "Bank transfer", Reference: "2026-77-0042", Invoices: []int64{id},
			})
			if err != nil {
				t.Fatal(err)
			}
			p := Open(b.Desk, id)
			b.Show(p)
			return p
		},
	}
	for name, show := range pages {
		for mode, m := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
			t.Run(name+"-"+mode, func(t *testing.T) {
				b := viewtest.New(t)
				fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: m}))
				b.Window.SetPadded(false)
				b.Window.Resize(fyne.NewSize(1000, 680))
				show(t, b)
				if b.Canvas().Focused() != nil {
					b.Canvas().Unfocus() // a caret blinks
				}
				viewtest.Looks(t, name+"-"+mode+".png", b.Canvas())
			})
		}
	}
}

// office is a client with credit and a draft of which everything is filled in.
func office(t *testing.T, b *viewtest.Bench) int64 {
	t.Helper()
	tax(t, b)
	c := client(t, b, "wilhelmina@example.com", func(n *app.NewClient) {
		n.FirstName, n.LastName = "Wilhelmina", "Featherstonehaugh-Cholmondeley"
		n.Company = "Featherstone & Sons Import Export International Holdings"
		n.Address1, n.City, n.Postcode, n.TaxID = "The Old Vicarage", "Great Snoring", "NR21 0HN", "GB123456789"
	})
	if _, err := b.App.Credit.Add(ctx, c, app.NewCredit{Description: "Gift", Amount: pounds(5_000)}); err != nil {
		t.Fatal(err)
	}
	line := func(words string, q billing.Quantity, pence int64, percent int64, taxed bool) app.InvoiceLine {
		return app.InvoiceLine{Kind: data.LineItem, Line: billing.Line{
			Description: words, Quantity: q, UnitPrice: pounds(pence), Taxed: taxed, Discount: rate(percent),
		}}
	}
	id, err := b.App.Invoices.Create(ctx, c, app.InvoiceDraft{
		Notes: "Thank you. Please name the number of the invoice.", PaymentMethod: "bank transfer",
		Lines: []app.InvoiceLine{
			line("Design of the new catalogue, with two rounds of changes and photographs", 12*billing.One+billing.One/2, 8_500, 10, true),
			line("Printing, 5,000 copies", billing.One, 345_678, 0, true),
			line("Postage, as paid", 5*billing.One, 1_250, 0, false),
		},
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func rate(percent int64) money.Rate { return money.PercentOf(percent) }
