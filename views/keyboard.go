package views

import (
	"fyne.io/fyne/v2"

	"clientele/views/desk"
	"clientele/views/kit"
)

// keepKeyboard finds the keyboard a place again where what had it is gone or disabled, as a button is that did what it was for: the toolkit would go on giving the
// keys to what nobody sees, or Tab would begin anew. The page in sight says where it begins; next to what is disabled it goes on.
func (s *Window) keepKeyboard() {
	if kit.Blanked() {
		return
	}
	if s.section != "" {
		s.keepOn(s.window.Canvas(), s.current())
	}
	for _, w := range s.windows {
		s.keepOn(w.window.Canvas(), w.page)
	}
}

func (s *Window) keepOn(c fyne.Canvas, page desk.Page) {
	if kit.KeepInDialog(c) || c.Overlays().Top() != nil || page == nil {
		return
	}
	if had, ok := c.Focused().(fyne.CanvasObject); ok && !kit.Seen(had) {
		c.Unfocus()
		begin(c, page)
	}
	if kit.Idle(c) && len(s.desk.Run.Tasks()) == 0 { // what is being done may enable it again
		kit.GoOn(c, page.Object())
	}
}

// turnTo shows the page in the middle. The keyboard goes along from what lies beside it, such as the rail.
func (s *Window) turnTo(page desk.Page) {
	s.desk.Bar.Turned()
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
