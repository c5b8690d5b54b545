package duplicates

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// The page lists pairs with what they have in common, and leads to their merge.
func TestDuplicates(t *testing.T) {
	b := viewtest.New(t)
	for _, email := range []string{"one@example.com", "two@example.com"} {
		_, err := b.App.Clients.Add(t.Context(), app.NewClient{Profile: app.Profile{
			FirstName: "Grace", LastName: "Hopper", Email: email, Country: "GB", Currency: "GBP", Language: "en", Status: data.Active, Phone: "+44 20 7946 0018", Postcode: "N1 9GU",
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	p := New(b.Desk)
	b.Show(p)
	if len(p.pairs) != 1 || p.pairs[0].why != "Same phone, Same name and postcode" || p.merge.Disabled() {
		t.Fatalf("%+v", p.pairs)
	}
	test.Tap(p.merge)
	if !kit.DialogOpen() {
		t.Fatal("no merge is shown")
	}
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		if k, ok := o.(*kit.Button); ok && k.Text == "Merge into #1 and Discard #2" {
			test.Tap(k)
		}
	}
	p.Shown()
	if len(p.pairs) != 0 {
		t.Errorf("after the merge: %+v", p.pairs)
	}
}

// Clients of different currencies cannot be merged: each of a group is paired with one of its own currency, and where there is none, the page says why.
func TestDuplicatesOfDifferentCurrencies(t *testing.T) {
	row := func(id int64, currency string) data.ClientRow { return data.ClientRow{ID: id, Currency: currency} }
	var got []string
	for _, x := range pairsOf(app.DuplicateGroup{Clients: []data.ClientRow{row(1, "AUD"), row(2, "USD"), row(3, "USD"), row(4, "AUD"), row(5, "EUR")}}) {
		got = append(got, fmt.Sprint(x.a.ID, x.b.ID, x.mergeable()))
	}
	if want := []string{"1 2 false", "2 3 true", "1 4 true", "1 5 false"}; !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
	b := viewtest.New(t)
	for _, currency := range []string{"GBP", "EUR"} {
		_, err := b.App.Clients.Add(t.Context(), app.NewClient{Profile: app.Profile{
			FirstName: "Grace", LastName: "Hopper", Email: currency + "@example.com", Country: "GB", Currency: currency, Language: "en", Status: data.Active, Phone: "+44 20 7946 0018",
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	p := New(b.Desk)
	b.Show(p)
	if len(p.pairs) != 1 || !p.merge.Disabled() || p.says.Text() != "One is billed in GBP and the other one in EUR, so these two cannot be merged." {
		t.Errorf("%d pairs, says %q", len(p.pairs), p.says.Text())
	}
}
