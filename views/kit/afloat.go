package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/views/theme"
)

// barWidth is how wide a bar gets over a page; longer texts have more lines.
const barWidth float32 = 720

// Afloat is a page with a bar over its foot.
func Afloat(page fyne.CanvasObject, bar *Bar) fyne.CanvasObject {
	l := &afloat{bar: bar}
	bar.place = l.put
	return container.New(l, page, bar)
}

type afloat struct {
	bar  *Bar
	size fyne.Size
}

func (l *afloat) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l *afloat) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
	l.size = size
	l.put()
}

// put has the bar as wide as its text needs, in the middle, and so high that the buttons at a page's foot stay in reach.
func (l *afloat) put() {
	if !l.bar.Visible() || l.size.Width <= 0 {
		return
	}
	width := min(l.bar.roomFor(), barWidth, l.size.Width-2*theme.Inset)
	l.bar.Resize(fyne.NewSize(width, l.bar.MinSize().Height))
	height := l.bar.MinSize().Height // with as many lines as the width makes
	l.bar.Resize(fyne.NewSize(width, height))
	foot := l.bar.actions.MinSize().Height + 6*theme.Unit // a row of buttons, with the room around it
	l.bar.Move(fyne.NewPos((l.size.Width-width)/2, max(l.size.Height-height-foot, 0)))
}
