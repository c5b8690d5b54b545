package duplicates

import (
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
			FirstName: "Grace", LastName: "Hopper", Email: email, Country: "GB", Currency: "GBP", Language: "en", Status: data.Active, Phone: "+44 20 7946 0018",
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	p := New(b.Desk)
	b.Show(p)
	if len(p.pairs) != 1 || p.pairs[0].why != data.SamePhone || p.merge.Disabled() {
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
