package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/views/theme"
)

// buttonGap stands between the buttons of a row, as between chips.
const buttonGap = 2 * theme.Unit

// NewButtons arranges buttons beside each other at the foot of something; a spacer between them takes what is left of the width.
func NewButtons(buttons ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(buttonGap), buttons...)
}

// NewActions arranges buttons in a row that goes on below where they have no room.
func NewActions(buttons ...fyne.CanvasObject) *fyne.Container {
	return container.New(&actionsLayout{}, buttons...)
}

// NewTrailing arranges buttons at the right, as at the foot of a dialog or above a list, in as many rows as they need.
func NewTrailing(buttons ...fyne.CanvasObject) *fyne.Container {
	return container.New(&actionsLayout{trailing: true}, buttons...)
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
				width += buttonGap
			}
			width += o.MinSize().Width
		}
	}
	return width
}

// actionsHeight is how high actions are in a width.
func actionsHeight(actions fyne.CanvasObject, width float32) float32 {
	return flowActions(actions.(*fyne.Container).Objects, width, false, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
}

// flowActions answers how high the objects are in a width, and where each of them comes: from the left, or trailing at the right.
func flowActions(objects []fyne.CanvasObject, width float32, trailing bool, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	const roundings = 0.5 // of widths that were added up elsewhere
	var y float32
	for len(objects) > 0 {
		var row []fyne.CanvasObject
		var used, high float32
		for len(objects) > 0 {
			o := objects[0]
			if o.Visible() {
				m := o.MinSize()
				gap := float32(0)
				if len(row) > 0 {
					gap = buttonGap
				}
				if len(row) > 0 && used+gap+m.Width > width+roundings {
					break
				}
				row, used, high = append(row, o), used+gap+m.Width, max(high, m.Height)
			}
			objects = objects[1:]
		}
		if len(row) == 0 {
			break
		}
		if y > 0 {
			y += buttonGap
		}
		x := float32(0)
		if trailing {
			x = max(width-used, 0)
		}
		for _, o := range row {
			m := o.MinSize()
			put(o, fyne.NewPos(x, y), m)
			x += m.Width + buttonGap
		}
		y += high
	}
	return y
}

type actionsLayout struct {
	trailing bool
	width    float32
}

// MinSize is for the toolkit.
func (l *actionsLayout) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	for _, o := range objects {
		if o.Visible() {
			m.Width = max(m.Width, o.MinSize().Width)
		}
	}
	width := max(l.width, m.Width)
	if l.width <= 0 { // it has no place yet
		width = math.MaxFloat32
	}
	m.Height = flowActions(objects, width, l.trailing, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
	return m
}

// Layout is for the toolkit.
func (l *actionsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	flowActions(objects, size.Width, l.trailing, func(o fyne.CanvasObject, at fyne.Position, m fyne.Size) { place(o, at.X, at.Y, m.Width, m.Height) })
}
