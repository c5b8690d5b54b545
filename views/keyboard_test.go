package views

import (
	"testing"

	"fyne.io/fyne/v2"

	"clientele/views/kit"
)

// What had the keyboard is gone: the page in sight has it then, where it begins. What is still there keeps it.
func TestKeyboardIsNotLost(t *testing.T) {
	b, s := open(t)
	c := b.Window.Canvas()
	first := c.Focused()
	button := kit.NewButton("of a notice", nil, nil)
	s.notices.Add(button)
	c.Focus(button)
	s.keepKeyboard()
	if c.Focused() != fyne.Focusable(button) {
		t.Fatalf("the keyboard was taken away from what is there, to %T", c.Focused())
	}
	s.notices.RemoveAll()
	s.keepKeyboard()
	if first == nil || c.Focused() != first {
		t.Errorf("the keyboard is on %T, and was on %T as Home began", c.Focused(), first)
	}
	s.notices.Add(button)
	c.Focus(button)
	d := kit.Message(c, "a", "b", "") // as one that an act of a message opens, which closes that
	s.notices.RemoveAll()
	d.Dismiss()
	if c.Focused() != first {
		t.Errorf("after a dialog, what it returns to being gone, the keyboard is on %T", c.Focused())
	}
	kit.Begin(c, s.current().Object())
	idle := c.Focused().(*kit.Button)
	idle.Disable()
	s.keepKeyboard()
	if had, ok := c.Focused().(*kit.Button); !ok || had == idle || had.Disabled() {
		t.Errorf("from what is disabled the keyboard goes to %T", c.Focused())
	}
}
