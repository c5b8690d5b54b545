package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Scrolled lets something scroll up and down whose height depends on its width,
// such as a form, wrapped text or cards: it is given its width first and asked
// for its height then.
func Scrolled(content fyne.CanvasObject) fyne.CanvasObject {
	s := container.NewVScroll(content)
	return container.New(&scrolledLayout{scroll: s, content: content}, s)
}

type scrolledLayout struct {
	scroll  *container.Scroll
	content fyne.CanvasObject
}

func (l *scrolledLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.content.MinSize().Width, 32)
}

func (l *scrolledLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	l.content.Resize(fyne.NewSize(size.Width, l.content.MinSize().Height))
	l.scroll.Move(fyne.Position{})
	l.scroll.Resize(size)
	l.scroll.Refresh()
}
