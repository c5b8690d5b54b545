package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Tab goes from the top to the bottom, and from the left to the right.
func TestBorderIsWalkedAsItIsRead(t *testing.T) {
	var all []*Button
	b := func(name string) *Button {
		all = append(all, NewButton(name, nil, nil))
		return all[len(all)-1]
	}
	top, left, middle, right, bottom := b("top"), b("left"), b("middle"), b("right"), b("bottom")
	w := window(t, Border(top, bottom, left, right, middle), 400, 300)
	for _, want := range all {
		w.Canvas().FocusNext()
		if got := w.Canvas().Focused().(*Button); got != want {
			t.Errorf("Tab comes to %s, want %s", got.Text, want.Text)
		}
	}
	if middle.Position().X < left.Size().Width || middle.Position().Y < top.Size().Height {
		t.Errorf("the middle lies at %v", middle.Position())
	}
	if got := Border(nil, nil, nil, nil, middle).Objects; !slices.Equal(got, []fyne.CanvasObject{middle}) {
		t.Errorf("nothing at the edges leaves %v", got)
	}
}

// Whatever the keyboard comes to is in sight, in no form too, and only what it lies in scrolls.
func TestKeyboardScrollsWhatItLiesIn(t *testing.T) {
	column := func() (*fyne.Container, *Button) {
		c := container.NewVBox()
		var last *Button
		for range 20 {
			last = NewButton("one", nil, nil)
			c.Add(last)
		}
		return c, last
	}
	one, last := column()
	other, _ := column()
	inner, beside := Scrolled(one), Scrolled(other)
	w := window(t, container.NewGridWithColumns(2, inner, beside), 300, 200)
	w.Canvas().Focus(last)
	offset := func(o fyne.CanvasObject) float32 {
		return o.(*fyne.Container).Layout.(*scrolledLayout).scroll.Offset.Y
	}
	y := fyne.CurrentApp().Driver().AbsolutePositionForObject(last).Y
	if y < 0 || y+last.Size().Height > 200 {
		t.Errorf("the button with the keyboard lies at %g of 200", y)
	}
	if offset(inner) == 0 || offset(beside) != 0 {
		t.Errorf("scrolled by %g and %g", offset(inner), offset(beside))
	}
}

// Enter and Space do what a button is for, and the keyboard stays on it.
func TestButtonKeepsTheKeyboard(t *testing.T) {
	n := 0
	b := NewButton("one", nil, func() { n++ })
	w := window(t, b, 300, 200)
	w.Canvas().Focus(b)
	for _, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter} {
		b.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if n != 3 || w.Canvas().Focused() != fyne.Focusable(b) {
		t.Errorf("done %d times; the keyboard is on %T", n, w.Canvas().Focused())
	}
}

// Tab comes from a secret field to its eye and from there to what is next; Space and Enter on the eye reveal and conceal, and Escape does what it does in the field.
func TestEyeHasTheKeyboard(t *testing.T) {
	secret, next, left := NewSecret(20, ""), NewButton("next", nil, nil), 0
	secret.Entry.OnEscape = func() { left++ }
	c := window(t, container.NewVBox(secret.Object(), next), 300, 200).Canvas()
	c.Focus(secret.Entry)
	c.FocusNext()
	eye, ok := c.Focused().(*revealer)
	if !ok || !eye.ring.Visible() {
		t.Fatalf("Tab comes to %T, which is to be seen: %v", c.Focused(), ok && eye.ring.Visible())
	}
	for i, k := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter} {
		eye.TypedKey(&fyne.KeyEvent{Name: k})
		if shown := i%2 == 0; secret.Entry.Password == shown || c.Focused() != fyne.Focusable(eye) {
			t.Errorf("%s: concealed %v, and the keyboard is on %T", k, secret.Entry.Password, c.Focused())
		}
	}
	eye.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if left != 1 {
		t.Errorf("left %d times by Escape", left)
	}
	c.FocusNext()
	if c.Focused() != fyne.Focusable(next) || eye.ring.Visible() {
		t.Errorf("Tab comes to %T; the eye looks as if it had the keyboard: %v", c.Focused(), eye.ring.Visible())
	}
}

// Ctrl+Z in a field takes back what was typed there. Where nothing was, it is the window's, which brings back what was deleted: but not once everything that was
// typed is taken back.
func TestUndoInAField(t *testing.T) {
	e, other := NewEntry(), NewButton("other", nil, nil)
	c := window(t, container.NewVBox(e, other), 300, 200).Canvas()
	undone := 0
	before := passOn
	defer func() { passOn = before }()
	passOn = func(fyne.CanvasObject, fyne.Shortcut) { undone++ }
	undo := func() { e.TypedShortcut(&fyne.ShortcutUndo{}) }
	c.Focus(e)
	undo()
	if undone != 1 {
		t.Fatalf("of an empty field the window was asked %d times", undone)
	}
	e.TypedRune('a')
	for range 3 {
		undo()
	}
	if e.Text != "" || undone != 1 {
		t.Errorf("the field says %q, and the window was asked %d times", e.Text, undone)
	}
	e.TypedRune('b')
	c.Focus(other)
	c.Focus(e)
	undo()
	if e.Text != "" || undone != 1 {
		t.Errorf("come back to, the field says %q, and the window was asked %d times", e.Text, undone)
	}
	e.TypedRune('c')
	e.SetText("") // as once a note is stored
	if undo(); undone != 2 {
		t.Errorf("emptied, the window was asked %d times", undone)
	}
}
