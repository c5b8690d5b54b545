package home

import (
	"fyne.io/fyne/v2"

	"clientele/views/theme"
)

// tiles lays equal tiles out beside one another: all of them, two, or one a row, as the width allows.
type tiles struct{ width float32 }

// tileLeast is the least width of a tile with text of the usual size.
const tileLeast float32 = 190

func (t *tiles) columns(n int, width float32) int {
	for _, columns := range []int{n, 2} {
		if (width+theme.Gap)/float32(columns)-theme.Gap >= theme.Wider(tileLeast) {
			return columns
		}
	}
	return 1
}

func (t *tiles) MinSize(objects []fyne.CanvasObject) fyne.Size {
	n := t.columns(len(objects), max(t.width, tileLeast))
	rows := (len(objects) + n - 1) / n
	return fyne.NewSize(tileLeast, float32(rows)*(tallest(objects)+theme.Gap)-theme.Gap)
}

func (t *tiles) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	t.width = size.Width
	n, h := t.columns(len(objects), size.Width), tallest(objects)
	w := (size.Width+theme.Gap)/float32(n) - theme.Gap
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i%n)*(w+theme.Gap), float32(i/n)*(h+theme.Gap)))
		o.Resize(fyne.NewSize(w, h))
	}
}

func tallest(objects []fyne.CanvasObject) (h float32) {
	for _, o := range objects {
		h = max(h, o.MinSize().Height)
	}
	return h
}

// sideBySide lays two cards out beside one another, equally high, or below one another where there is no room.
type sideBySide struct{ width float32 }

// besideLeast is the least width for two cards in a row.
const besideLeast float32 = 760

func (s *sideBySide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if s.width >= besideLeast {
		return fyne.NewSize(tileLeast, tallest(objects))
	}
	h := -theme.Gap
	for _, o := range objects {
		h += o.MinSize().Height + theme.Gap
	}
	return fyne.NewSize(tileLeast, h)
}

func (s *sideBySide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s.width = size.Width
	if size.Width >= besideLeast {
		w, h := (size.Width-theme.Gap)/2, tallest(objects)
		for i, o := range objects {
			o.Move(fyne.NewPos(float32(i)*(w+theme.Gap), 0))
			o.Resize(fyne.NewSize(w, h))
		}
		return
	}
	y := float32(0)
	for _, o := range objects {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h + theme.Gap
	}
}
