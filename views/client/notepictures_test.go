package client

import (
	"testing"

	"fyne.io/fyne/v2"

	"clientele/views/theme"
	"clientele/views/viewtest"
)

// The looks of the Notes and the Log of a client with sticky notes, light and dark. See TestPictures.
func TestNoteAndLogPictures(t *testing.T) {
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		open := func(t *testing.T) (*viewtest.Bench, *Page) {
			b := viewtest.New(t)
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: mode}))
			office(t, b)
			jot(t, b, 1, "# After the call in *March*\n\nShe wants **three things**, and a link to [the offer](https://example.com/offer):\n"+
				"- delivery before Easter\n- one invoice a *quarter*\n  - in pounds\n1. first\n\nSee https://example.com/terms.", false)
			jot(t, b, 1, "Never call before **ten**: the office in Great Snoring opens late, and the bookkeeper is the only one who answers the telephone before noon on most days.", true)
			jot(t, b, 1, "Invoices go to the *bookkeeper*.", true)
			b.Window.SetPadded(false)
			b.Window.Resize(fyne.NewSize(1100, 760))
			p := Open(b.Desk, 1)
			b.Show(p)
			return b, p
		}
		match := func(t *testing.T, b *viewtest.Bench, picture string) {
			b.Canvas().Unfocus() // a caret blinks
			viewtest.Looks(t, picture+"-"+name+".png", b.Canvas())
		}
		t.Run("notes-"+name, func(t *testing.T) {
			b, p := open(t)
			front[*notes](t, p)
			match(t, b, "notes")
		})
		t.Run("log-"+name, func(t *testing.T) {
			b, p := open(t)
			front[*log](t, p)
			match(t, b, "log")
		})
	}
}
