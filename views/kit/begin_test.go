package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// The keyboard begins at the first thing that is shown and enabled, in a form, a card or what scrolls too, and goes along with what is shown instead of another.
func TestBegin(t *testing.T) {
	off, hidden, on, field := NewButton("off", nil, nil), NewButton("hidden", nil, nil), NewButton("on", nil, nil), NewText(10)
	off.Disable()
	hidden.Hide()
	form := NewForm(Group{Fields: []Field{{Key: "field", Label: "Field", Input: field}}})
	in := container.NewStack(NewEmptyState(nil, "Nothing", "", on))
	c := window(t, container.NewVBox(NewHeader("Title", "", off, hidden), Scrolled(NewCard("Card", form)), in), 600, 400).Canvas()
	whole := c.Content()
	if !Begin(c, whole) || c.Focused() != field.Focus() || !Holds(c, form) || Holds(c, in) {
		t.Fatalf("it begins on %T", c.Focused())
	}
	other := NewButton("other", nil, nil)
	Swap(c, in, container.NewVBox(on, other))
	if c.Focused() != field.Focus() {
		t.Errorf("the keyboard went along, though it was elsewhere, to %T", c.Focused())
	}
	c.Focus(other)
	Swap(c, in, NewCard("", on))
	if c.Focused() != fyne.Focusable(on) {
		t.Errorf("it did not go along, but is on %T", c.Focused())
	}
	if Begin(c, off) || Begin(c, NewPara("words", 0)) {
		t.Error("it began where nothing takes it")
	}
}

// What became disabled hands the keyboard to what comes after it, or before where nothing does, on a page as in a dialog, but not while the dialog does its act.
func TestGoOn(t *testing.T) {
	first, second, third := NewButton("first", nil, nil), NewButton("second", nil, nil), NewButton("third", nil, nil)
	w := window(t, container.NewVBox(first, second, third), 600, 400)
	c := w.Canvas()
	for _, s := range []struct {
		off, to *Button
	}{{first, second}, {third, second}} {
		c.Focus(s.off)
		s.off.Disable()
		if !Idle(c) {
			t.Errorf("%s is not idle", s.off.Text)
		}
		GoOn(c, w.Content())
		if c.Focused() != fyne.Focusable(s.to) || Idle(c) {
			t.Errorf("from %s the keyboard goes to %T", s.off.Text, c.Focused())
		}
	}
	one, two := NewButton("one", nil, nil), NewButton("two", nil, nil)
	var finish func(error)
	d := ShowDialog(c, Dialog{Title: "Ask", Body: container.NewVBox(one, two), Action: "Do", Do: func(done func(error)) { finish = done }})
	c.Focus(one)
	one.Disable()
	if !KeepInDialog(c) || c.Focused() != fyne.Focusable(two) {
		t.Errorf("in the dialog it goes to %T", c.Focused())
	}
	c.Focus(two)
	two.Hide()
	if KeepInDialog(c); c.Focused() != fyne.Focusable(d.action) {
		t.Errorf("from what is hidden it goes to %T", c.Focused())
	}
	d.Act()
	if KeepInDialog(c); c.Focused() != fyne.Focusable(d.action) {
		t.Errorf("while it is done it goes to %T", c.Focused())
	}
	finish(nil)
	if KeepInDialog(c) {
		t.Error("there is still a dialog")
	}
}
