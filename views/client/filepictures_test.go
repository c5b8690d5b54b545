package client

import (
	"testing"

	"fyne.io/fyne/v2"

	"clientele/views/theme"
	"clientele/views/viewtest"
)

// The looks of the Files of a client, light and dark. See TestPictures.
func TestFilePictures(t *testing.T) {
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(name, func(t *testing.T) {
			b := viewtest.New(t)
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: mode}))
			id := add(t, b, "a@example.com", nil)
			for i, file := range []string{"Framework agreement, signed.pdf", "price-list.csv", "passport of the managing director (scan).jpg"} {
				keep(t, b, id, file, i != 1)
			}
			p := filesTab(t, b, id)
			p.files.grid.Select(1)
			b.Window.SetPadded(false)
			b.Window.SetContent(p.files.object())
			b.Window.Resize(fyne.NewSize(960, 480))
			b.Canvas().Unfocus()
			viewtest.Looks(t, "files-"+name+".png", b.Canvas())
		})
	}
}
