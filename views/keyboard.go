package views

import (
	"fyne.io/fyne/v2"

	"clientele/views/desk"
	"clientele/views/kit"
)

// keepKeyboard finds the keyboard a place again where what had it is gone, as a button is that did what it was for: the toolkit would go on giving the keys to
// what nobody sees. The page in sight says where it begins.
func (s *Window) keepKeyboard() {
	if kit.Blanked() {
		return
	}
	if s.section != "" {
		keepKeyboard(s.window.Canvas(), s.current())
	}
	for _, w := range s.windows {
		keepKeyboard(w.window.Canvas(), w.page)
	}
}

func keepKeyboard(c fyne.Canvas, page desk.Page) {
	had, ok := c.Focused().(fyne.CanvasObject)
	if !ok || kit.Seen(had) || c.Overlays().Top() != nil {
		return
	}
	c.Unfocus()
	if page != nil {
		begin(c, page)
	}
}

// turnTo shows the page in the middle. The keyboard goes along from what lies beside it, such as the rail.
func (s *Window) turnTo(page desk.Page) {
	c := s.window.Canvas()
	if !kit.Holds(c, s.middle) {
		c.Unfocus()
	}
	begin(c, page)
}

// begin shows a page, with the keyboard where it says that it begins, or else at the first thing that takes it.
func begin(c fyne.Canvas, page desk.Page) {
	page.Shown()
	if c.Focused() == nil {
		kit.Begin(c, page.Object())
	}
}
