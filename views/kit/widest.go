package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/views/theme"
)

// widestCards is how wide a page of cards gets, with text of the usual size: in a wider window what belongs together would be further apart than one looks.
const widestCards float32 = 1600

// NoWiderThanCards keeps a page at the left of a very wide window as wide as its cards may be.
func NoWiderThanCards(o fyne.CanvasObject) *fyne.Container { return container.New(&widestLayout{}, o) }

type widestLayout struct{}

// MinSize is for the toolkit.
func (*widestLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout is for the toolkit.
func (*widestLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, min(size.Width, theme.Wider(widestCards)), size.Height)
}
