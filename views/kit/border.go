package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Border lays objects out at the edges and in the middle as the toolkit's own does, nil at an edge being nothing. That one puts the middle first, which is
// where Tab would go then before what stands above it: here the order is the one in which people read.
func Border(top, bottom, left, right fyne.CanvasObject, middle ...fyne.CanvasObject) *fyne.Container {
	inOrder := make([]fyne.CanvasObject, 0, len(middle)+4)
	for _, o := range append(append([]fyne.CanvasObject{top, left}, middle...), right, bottom) {
		if o != nil {
			inOrder = append(inOrder, o)
		}
	}
	return container.New(layout.NewBorderLayout(top, bottom, left, right), inOrder...)
}
