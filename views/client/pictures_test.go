package client

import (
	"testing"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

// The looks of the pages, light and dark, from fixed data and a fixed clock. After a wanted change look at the new pictures in testdata/failed
// and put them in the place of the old ones.
func TestPictures(t *testing.T) {
	modes := map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark}
	pages := map[string]func(*testing.T, *viewtest.Bench) desk.Page{
		"add": func(t *testing.T, b *viewtest.Bench) desk.Page {
			p := New(b.Desk)
			b.Show(p)
			fill(t, p.form, app.FieldFirstName, "Grace")
			fill(t, p.form, app.FieldPhone, "+44 20 7946 0018")
			b.Run.Advance(hintPause)
			p.Save()
			return p
		},
		"contacts": func(t *testing.T, b *viewtest.Bench) desk.Page {
			ann := addPerson(t, b, 1, "Ann-Sophie", "Featherstonehaugh-Cholmondeley", "ann@example.org", app.Invoice, app.Support)
			addPerson(t, b, 1, "明", "王", "wang@example.org")
			change(t, b.App, 1, func(p *app.Profile) { p.BillingContactID = ann })
			p := open(t, b, 1)
			front[*contacts](t, p)
			return p
		},
		"summary": func(t *testing.T, b *viewtest.Bench) desk.Page { return open(t, b, 1) },
	}
	for name, show := range pages {
		for mode, m := range modes {
			t.Run(name+"-"+mode, func(t *testing.T) {
				b := viewtest.New(t)
				fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: m}))
				office(t, b)
				b.Window.SetPadded(false)
				b.Window.Resize(fyne.NewSize(1100, 760))
				show(t, b)
				if f := b.Canvas().Focused(); f != nil {
					b.Canvas().Unfocus() // a caret blinks
				}
				viewtest.Looks(t, name+"-"+mode+".png", b.Canvas())
			})
		}
	}
}

// office is a client about whom everything is known.
func office(t *testing.T, b *viewtest.Bench) {
	t.Helper()
	b.Settings(mailReady)
	group, err := b.App.Groups.Save(t.Context(), data.Group{Name: "Partners", Colour: "#1f9d61"})
	if err != nil {
		t.Fatal(err)
	}
	field, err := b.App.Fields.Save(t.Context(), data.CustomField{Name: "Contract until", Kind: data.FieldDate})
	if err != nil {
		t.Fatal(err)
	}
	add(t, b, "wilhelmina.featherstonehaugh-cholmondeley@example.com", func(n *app.NewClient) {
		n.FirstName, n.LastName = "Wilhelmina", "Featherstonehaugh-Cholmondeley"
		n.Company = "Featherstone & Sons Import Export International Holdings"
		n.Address1, n.City, n.State, n.Postcode = "The Old Vicarage", "Great Snoring", "Norfolk", "NR21 0HN"
		n.Phone, n.TaxID, n.PaymentMethod, n.GroupID = "+44 20 7946 0018", "GB123456789", "bank transfer", group
		n.NoLateFees, n.SendWelcome = true, true
		n.Notes = "Pays late every January; call the bookkeeper first.\n\nRenewal talk in March."
		n.Custom = map[int64]string{field: "2027-03-31"}
	})
}
