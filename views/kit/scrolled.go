package kit

import (
	"slices"
	"weak"

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
	l := &scrolledLayout{scroll: s, content: content, wheel: w}
	panes = append(slices.DeleteFunc(panes, func(p weak.Pointer[scrolledLayout]) bool { return p.Value() == nil }), weak.Make(l))
	return container.New(l, s, w)
}

// panes are what [Scrolled] made and is still in use, what lies in another one before that.
var panes []weak.Pointer[scrolledLayout]

// Reveal brings an object into sight that lies in what [Scrolled] returned. Of
// one that is higher than the place it shows the top. Whatever the keyboard
// comes to does so with itself.
func Reveal(o fyne.CanvasObject) {
	if fyne.CurrentApp().Driver().CanvasForObject(o) == nil {
		return
	}
	for _, p := range panes {
		if l := p.Value(); l != nil && liesIn(o, l.content) {
			l.reveal(o)
		}
	}
}

// Seen tells whether an object is on a page in sight, scrolled away or not. What was not drawn yet counts as seen.
func Seen(o fyne.CanvasObject) bool {
	return fyne.CurrentApp().Driver().CanvasForObject(o) == nil || liesIn(o, o)
}

// liesIn tells whether an object lies in another one and is shown: it moves with it then. The toolkit does not say in what an object lies.
func liesIn(o, in fyne.CanvasObject) bool {
	driver := fyne.CurrentApp().Driver()
	before, at := driver.AbsolutePositionForObject(o), in.Position()
	in.Move(at.AddXY(0, 1))
	defer in.Move(at)
	return driver.AbsolutePositionForObject(o) != before
}

func (l *scrolledLayout) reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
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

// inSight brings what the keyboard came to into sight, by itself or as its form says.
func inSight(o fyne.CanvasObject, form func(fyne.CanvasObject)) {
	if form == nil {
		form = Reveal
	}
	form(o)
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
