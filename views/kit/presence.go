package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// presence is called each time that somebody uses a window; nil where nobody asks.
var presence func()

// OnPresence has f called, on the UI thread, each time that somebody types or moves the pointer in a window. Only one can ask, and nil ends it.
func OnPresence(f func()) { presence = f }

// Present notes that somebody is there. Whatever takes keys or the wheel calls it; the pointer is noticed by [Watched].
func Present() {
	if presence != nil {
		presence()
	}
}

// Watched draws what it is given and notices the pointer moving over it. It takes nothing away from what lies in it: the toolkit asks everything below the pointer for its
// cursor, at each move.
func Watched(content fyne.CanvasObject) fyne.CanvasObject {
	w := &watched{content: content}
	w.ExtendBaseWidget(w)
	return w
}

type watched struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

var _ desktop.Cursorable = (*watched)(nil)

// Cursor is for the toolkit.
func (w *watched) Cursor() desktop.Cursor {
	Present()
	return desktop.DefaultCursor
}

// CreateRenderer is for the toolkit.
func (w *watched) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(w.content)
}
