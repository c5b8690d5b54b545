package kit

import (
	"fyne.io/fyne/v2"
	ftheme "fyne.io/fyne/v2/theme"

	"clientele/views/theme"
)

// railLayout lays the pages out from the top and the marks at the foot. Where the window is too low for all of them, as with large text, each is lower, down to
// its icon: scrolling would cut the words that an icon shows beside the rail.
type railLayout struct{ pages int }

// least is how low an entry can be.
func (l *railLayout) least() float32 { return ftheme.IconInlineSize() + theme.Unit }

func (l *railLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := float32(0)
	for _, one := range o {
		w = max(w, one.MinSize().Width)
	}
	return fyne.NewSize(w, float32(len(o))*(l.least()+theme.Unit)-theme.Unit)
}

func (l *railLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	n := float32(len(o))
	h := max(min(theme.RowHeight()+theme.Unit, (size.Height+theme.Unit)/n-theme.Unit), l.least())
	marks := size.Height + theme.Unit - float32(len(o)-l.pages)*(h+theme.Unit)
	for i, one := range o {
		y := float32(i) * (h + theme.Unit)
		if i >= l.pages {
			y = marks + float32(i-l.pages)*(h+theme.Unit)
		}
		place(one, 0, y, size.Width, h)
	}
}
