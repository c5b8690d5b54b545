package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	ftheme "fyne.io/fyne/v2/theme"

	"clientele/views/theme"
)

// NewActions arranges buttons in a row that goes on below where they have no room.
func NewActions(buttons ...fyne.CanvasObject) *fyne.Container {
	return container.New(&actionsLayout{}, buttons...)
}

// NewHeadLine puts what can be done at the right of a title. Where that would cut the title, as with large text in a small window, it stands below. The title is
// somewhere in words.
func NewHeadLine(title *Para, words fyne.CanvasObject, actions *fyne.Container) fyne.CanvasObject {
	return container.New(&headLineLayout{title: title}, words, actions)
}

type headLineLayout struct {
	title *Para
	width float32
}

// below tells whether the actions have no room beside the title.
func (l *headLineLayout) below(actions fyne.CanvasObject) bool {
	buttons := natural(actions)
	if l.width <= 0 || buttons <= 0 {
		return false
	}
	title := newCutter(l.title.textSize(), l.title.style()).width(l.title.Text()) + 1
	return title+theme.Gap+buttons > l.width
}

// MinSize is for the toolkit.
func (l *headLineLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	words, actions := o[0].MinSize(), o[1].MinSize()
	if l.below(o[1]) {
		return fyne.NewSize(max(words.Width, actions.Width), words.Height+theme.Unit+actionsHeight(o[1], l.width))
	}
	return fyne.NewSize(max(words.Width, actions.Width), max(words.Height, actionsHeight(o[1], natural(o[1]))))
}

// Layout is for the toolkit.
func (l *headLineLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	if l.below(o[1]) {
		h := o[0].MinSize().Height
		place(o[0], 0, 0, size.Width, h)
		place(o[1], 0, h+theme.Unit, size.Width, max(size.Height-h-theme.Unit, 0))
		return
	}
	buttons := natural(o[1])
	h, beside := actionsHeight(o[1], buttons), buttons
	if buttons > 0 {
		beside += theme.Gap
	}
	place(o[0], 0, 0, max(size.Width-beside, 0), size.Height)
	place(o[1], size.Width-buttons, (size.Height-h)/2, buttons, h)
}

// natural is how wide actions are in one row.
func natural(actions fyne.CanvasObject) (width float32) {
	for _, o := range actions.(*fyne.Container).Objects {
		if o.Visible() {
			if width > 0 {
				width += ftheme.Padding()
			}
			width += o.MinSize().Width
		}
	}
	return width
}

// actionsHeight is how high actions are in a width.
func actionsHeight(actions fyne.CanvasObject, width float32) float32 {
	return flowActions(actions.(*fyne.Container).Objects, width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
}

// flowActions answers how high the objects are in a width, and where each of them comes.
func flowActions(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	const roundings = 0.5 // of widths that were added up elsewhere
	var x, y, row float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if x > 0 && x+m.Width > width+roundings {
			x, y, row = 0, y+row+theme.Unit, 0
		}
		put(o, fyne.NewPos(x, y), m)
		x += m.Width + ftheme.Padding()
		row = max(row, m.Height)
	}
	return y + row
}

type actionsLayout struct{ width float32 }

// MinSize is for the toolkit.
func (l *actionsLayout) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	for _, o := range objects {
		if o.Visible() {
			m.Width = max(m.Width, o.MinSize().Width)
		}
	}
	m.Height = flowActions(objects, max(l.width, m.Width), func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
	return m
}

// Layout is for the toolkit.
func (l *actionsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	flowActions(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position, m fyne.Size) { place(o, at.X, at.Y, m.Width, m.Height) })
}
