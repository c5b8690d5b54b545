package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// Scrolled lets something scroll up and down whose height depends on its width,
// such as a form, wrapped text or cards: it is given its width first and asked
// for its height then. While the content is higher than its place, the wheel
// scrolls it wherever the pointer is; else whatever lies below the pointer.
func Scrolled(content fyne.CanvasObject) fyne.CanvasObject {
	s := container.NewVScroll(content)
	w := newWheel(s)
	return container.New(&scrolledLayout{scroll: s, content: content, wheel: w}, s, w)
}

// Reveal brings an object into sight that lies in what [Scrolled] returned. Of
// one that is higher than the place it shows the top.
func Reveal(scrolled, o fyne.CanvasObject) {
	c, ok := scrolled.(*fyne.Container)
	if !ok {
		return
	}
	l, ok := c.Layout.(*scrolledLayout)
	driver := fyne.CurrentApp().Driver()
	if !ok || driver.CanvasForObject(o) == nil {
		return
	}
	const room = 2 * theme.Unit // so that nothing clings to the edge
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(l.content).Y
	bottom := top + o.Size().Height + room
	top -= room
	at, height := l.scroll.Offset.Y, l.scroll.Size().Height
	switch {
	case top < at || bottom-top > height:
		l.scroll.ScrollToOffset(fyne.NewPos(0, max(top, 0)))
	case bottom > at+height:
		l.scroll.ScrollToOffset(fyne.NewPos(0, bottom-height))
	}
}

type scrolledLayout struct {
	scroll  *container.Scroll
	content fyne.CanvasObject
	wheel   *wheel
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
	l.wheel.Move(fyne.Position{})
	l.wheel.Resize(size)
	setVisible(l.wheel, l.content.MinSize().Height > size.Height)
}

// wheel lies over what scrolls, draws nothing, and takes the wheel alone: the
// toolkit's text field would swallow it though it has nothing to scroll. Clicks
// and the rest reach what lies below, as it has no methods for them.
type wheel struct {
	widget.BaseWidget
	scroll *container.Scroll
}

var _ fyne.Scrollable = (*wheel)(nil)

func newWheel(s *container.Scroll) *wheel {
	w := &wheel{scroll: s}
	w.ExtendBaseWidget(w)
	w.Hide()
	return w
}

// Scrolled is for the toolkit.
func (w *wheel) Scrolled(ev *fyne.ScrollEvent) {
	Present()
	w.scroll.Scrolled(ev)
}

// CreateRenderer is for the toolkit.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}
