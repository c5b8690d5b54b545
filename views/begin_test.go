package views

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"clientele/views/client"
	"clientele/views/kit"
	"clientele/views/settings"
	"clientele/views/viewtest"
)

// holdsKeyboard fails where the keyboard is not in the page in the middle. It was on the rail before, as if somebody had come from there.
func holdsKeyboard(t *testing.T, b *viewtest.Bench, s *Window, name string, show func()) {
	t.Helper()
	c := b.Window.Canvas()
	kit.Begin(c, s.rail)
	if had, ok := c.Focused().(fyne.CanvasObject); !ok || kit.Holds(c, s.middle) {
		t.Fatalf("the keyboard is not on the rail, but on %T", had)
	}
	show()
	b.Run.Advance(time.Second)
	s.keepKeyboard()
	if !kit.Holds(c, s.middle) {
		t.Errorf("%s: the keyboard is on %T", name, c.Focused())
	}
}

// interface.md: each page of the rail, each section of the settings and each tab of a client begins with the keyboard in it, also where there is nothing to list,
// the first time and each time it is come back to.
func TestPagesBeginWithTheKeyboard(t *testing.T) {
	b, s := open(t)
	for range 2 {
		for _, section := range []string{sectionHome, sectionClients, sectionInvoices, sectionTransactions, sectionServices, sectionMail, sectionDaily, sectionSettings} {
			holdsKeyboard(t, b, s, section, func() { s.Go(section) })
		}
		for _, section := range []string{
			settings.Office, settings.Mail, settings.Templates, settings.Products, settings.Taxes, settings.Invoices, settings.Area, settings.Cards, settings.Daily,
			settings.Groups, settings.Fields, settings.Sharing, settings.Backups, settings.Lock, settings.Look, settings.About,
		} {
			holdsKeyboard(t, b, s, "settings "+section, func() { s.Settings(section) })
		}
		for name, show := range map[string]func(){
			"client": func() { s.Client(1) }, "add": s.AddClient, "import": s.Import, "log": s.Log, "duplicates": s.Duplicates, "invoice": func() { s.NewInvoice(1) },
		} {
			holdsKeyboard(t, b, s, name, show)
		}
		s.Client(1)
		for n := 1; n <= 10; n++ {
			holdsKeyboard(t, b, s, fmt.Sprintf("tab %d of a client", n), func() { s.current().(*client.Page).Tab(n) })
		}
	}
}
