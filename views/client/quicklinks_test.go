package client

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"clientele/views/kit"
	"clientele/views/viewtest"
)

// SU-2: the Summary has every quick link, each of them leads somewhere, and the one that deletes is red.
func TestQuickLinks(t *testing.T) {
	b := viewtest.New(t)
	id := add(t, b, "grace@example.com", nil)
	for _, link := range []string{
		"Manage Credits", "Manage Credit Card Information", "New Invoice", "Generate Due Invoices", "Account Statement", "Merge Client Accounts", "Close Client…", "Delete Client",
	} {
		open(t, b, id)
		b.Window.Resize(fyne.NewSize(1280, 2000)) // so that all of them are in sight
		quick := button(b, link)
		if quick == nil {
			t.Errorf("there is no %s", link)
			continue
		}
		if red := quick.Importance == widget.DangerImportance; red != (link == "Delete Client") {
			t.Errorf("%s is red: %v", link, red)
		}
		went, said := slices.Clone(b.Went.Steps), b.Bar.Text()
		quick.OnTapped()
		over := b.Canvas().Overlays().Top()
		if over == nil && slices.Equal(went, b.Went.Steps) && said == b.Bar.Text() {
			t.Errorf("%s does nothing", link)
		}
		for kit.DialogOpen() {
			b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		}
		for over := b.Canvas().Overlays().Top(); over != nil; over = b.Canvas().Overlays().Top() {
			b.Canvas().Overlays().Remove(over) // the list of clients to merge with is no dialog
		}
	}
}
