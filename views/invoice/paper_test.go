package invoice

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"clientele/views/kit"
	"clientele/views/viewtest"
)

// IN-4: a published invoice is mailed from its page, by the client's page with the invoice attached, and opened and saved from the menu.
func TestEmailInvoice(t *testing.T) {
	b := viewtest.New(t)
	id := client(t, b, "grace@example.com", nil)
	invoice := published(t, b, id, 10_000)
	p := shown(b, Open(b.Desk, invoice))
	for _, o := range p.view.buttons() {
		if k, ok := o.(*kit.Button); ok && k.Text == "Email Invoice…" {
			test.Tap(k)
		}
	}
	if b.Went.Last() != fmt.Sprintf("write to %d: invoices [%d], statement false", id, invoice) {
		t.Errorf("went %q", b.Went.Last())
	}
	var words []string
	for _, item := range p.view.more() {
		words = append(words, item.Label)
	}
	if !slices.Contains(words, "Open PDF to Print") || !slices.Contains(words, "Save PDF…") {
		t.Errorf("offered is %q", words)
	}
}
