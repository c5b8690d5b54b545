package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// padded puts the same room on every side of something.
func padded(room float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(room, room, room, room), o)
}

// popBelow opens a small window below an object, or above it where there is no
// room, and answers how to close it. The keyboard goes to first, and to back when
// hide is called.
func popBelow(under, content fyne.CanvasObject, width float32, first, back fyne.Focusable) (hide func()) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(under)
	if c == nil {
		return func() {}
	}
	leaveTips()
	pop := widget.NewPopUp(Watched(padded(2*theme.Unit, content)), c)
	size := pop.MinSize()
	size.Width = min(max(size.Width, width), c.Size().Width-2*theme.Unit)
	pos := driver.AbsolutePositionForObject(under)
	y := pos.Y + under.Size().Height
	if y+size.Height > c.Size().Height {
		y = max(pos.Y-size.Height, theme.Unit)
	}
	x := max(min(pos.X, c.Size().Width-size.Width-theme.Unit), theme.Unit)
	pop.ShowAtPosition(fyne.NewPos(x, y))
	pop.Resize(size)
	c.Focus(first)
	return func() {
		pop.Hide()
		if back != nil {
			c.Focus(back)
		}
	}
}

// paletteTop is how far below the window's upper edge a palette begins, and paletteWidth how wide one is with text of the usual size.
const (
	paletteTop           = 56
	paletteWidth float32 = 560
)

// palette is the one that was shown last. A click beside it hides it without a word of the toolkit, so that it is asked whether it is to be seen.
var palette struct {
	list *PickList
	pop  *widget.PopUp
}

// PaletteShows tells whether a list is the palette that is to be seen now.
func PaletteShows(list *PickList) bool {
	return list != nil && palette.list == list && palette.pop.Visible()
}

// ShowPalette opens a [PickList] in the upper middle of a canvas, as the command
// palette. It closes by itself when something is picked, and leaves one that is there already.
func ShowPalette(c fyne.Canvas, list *PickList) (hide func()) {
	leaveTips()
	if PaletteShows(palette.list) {
		palette.list.OnLeave()
	}
	pop := widget.NewPopUp(Watched(padded(2*theme.Unit, list)), c)
	width := min(max(pop.MinSize().Width, theme.Wider(paletteWidth)), c.Size().Width-4*theme.Inset)
	leave := list.OnLeave
	palette.list, palette.pop = list, pop
	hide = func() {
		pop.Hide()
		list.OnLeave = leave
	}
	list.OnLeave = func() {
		hide()
		if leave != nil {
			leave()
		}
	}
	// In a low window, or with large text, it has fewer lines rather than some below the edge.
	room := c.Size().Height - paletteTop - theme.Inset - (pop.MinSize().Height - pickRows*theme.RowHeight())
	list.rows = max(min(int(room/theme.RowHeight()), pickRows), 3)
	list.list.Refresh()
	pop.ShowAtPosition(fyne.NewPos((c.Size().Width-width)/2, paletteTop))
	pop.Resize(fyne.NewSize(width, pop.MinSize().Height))
	c.Focus(list.entry)
	if list.OnQuery != nil {
		list.OnQuery(list.entry.Text)
	}
	return hide
}
