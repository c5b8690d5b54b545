package kit

import (
	"fyne.io/fyne/v2"

	"clientele/views/theme"
)

// Aside puts a second object beside the first where there is room for both, and above or below it where there is not.
type Aside struct {
	// Share is which part of the width the second one takes where it stands beside; it is never less than it needs.
	Share float32
	// Above has it come first where it does not stand beside.
	Above bool

	width float32
}

// asideLeast is how wide what stands beside is at least, and asideFrom the width from which there is room for both, with text of the usual size.
const (
	asideLeast float32 = 300
	asideFrom  float32 = 840
)

func (l *Aside) flow(o []fyne.CanvasObject, width float32) float32 {
	put := func(o fyne.CanvasObject, x, y, w float32) float32 {
		o.Resize(fyne.NewSize(w, o.Size().Height))
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(x, y))
		return h
	}
	if width >= theme.Wider(asideFrom) {
		side := max(theme.Wider(asideLeast), width*l.Share)
		main := width - side - theme.Inset
		return max(put(o[0], 0, 0, main), put(o[1], main+theme.Inset, 0, side))
	}
	first, second := o[0], o[1]
	if l.Above {
		first, second = second, first
	}
	h := put(first, 0, 0, width) + theme.Gap
	return h + put(second, 0, h, width)
}

// MinSize is for the toolkit.
func (l *Aside) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(asideLeast, l.flow(o, max(l.width, asideLeast)))
}

// Layout is for the toolkit.
func (l *Aside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.flow(o, size.Width)
}
