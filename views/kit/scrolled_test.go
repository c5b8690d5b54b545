package kit

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// tallForm is a form of every kind of field, of which a low window shows a few.
func tallForm(t *testing.T, height float32) (*Form, *scrolledLayout, fyne.Window) {
	t.Helper()
	one, two := Choice{Key: "1", Label: "One"}, Choice{Key: "2", Label: "Two"}
	inputs := []Input{
		NewText(10), NewSelect(one, two), NewSearchSelect("None", one, two), NewChecks(one, two),
		NewSwatches(Swatch{Key: "r", Name: "Red"}), NewDateField(DateFormat{Hint: "YYYY-MM-DD"}), NewLongText(100, 3), NewText(10),
	}
	g := Group{}
	for i, in := range inputs {
		g.Fields = append(g.Fields, Field{Key: strconv.Itoa(i), Label: "Label", Help: "Help", Wide: true, Input: in})
	}
	f := NewForm(g)
	pane := Scrolled(f)
	w := window(t, pane, 400, height)
	return f, pane.(*fyne.Container).Layout.(*scrolledLayout), w
}

// seen is the part of the content that is shown.
func (l *scrolledLayout) seen() (from, to float32) {
	return l.scroll.Offset.Y, l.scroll.Offset.Y + l.scroll.Size().Height
}

// Whatever the keyboard comes to, of any kind and in both directions, is in
// sight with its label and help.
func TestFormFollowsTheKeyboard(t *testing.T) {
	f, l, w := tallForm(t, 160)
	check := func(b *fieldBox) {
		t.Helper()
		w.Canvas().Focus(b.field.Input.Focus())
		from, to := l.seen()
		if top := b.Position().Y; top < from || top+b.Size().Height > to {
			t.Errorf("field %s lies from %g to %g, but %g to %g is shown", b.field.Key, top, top+b.Size().Height, from, to)
		}
	}
	boxes := f.groups[0].boxes
	for _, b := range boxes {
		check(b)
	}
	for i := range boxes {
		check(boxes[len(boxes)-1-i])
	}
}

// In a window that is lower than a field, the part with the keyboard is in sight.
func TestFormFollowsIntoAHighField(t *testing.T) {
	f, l, w := tallForm(t, 70)
	for _, b := range f.groups[0].boxes[3].field.Input.(*Checks).boxes {
		w.Canvas().Focus(b)
		driver := fyne.CurrentApp().Driver()
		top := driver.AbsolutePositionForObject(b).Y - driver.AbsolutePositionForObject(l.content).Y
		if from, to := l.seen(); top < from || top+b.Size().Height > to {
			t.Errorf("the box %s lies at %g, but %g to %g is shown", b.Text, top, from, to)
		}
	}
}

// The wheel scrolls the form also over a text field, and clicks reach the fields.
func TestWheelOverATextField(t *testing.T) {
	f, l, w := tallForm(t, 160)
	driver := fyne.CurrentApp().Driver()
	at := func(field int) fyne.Position {
		return driver.AbsolutePositionForObject(f.groups[0].boxes[field].field.Input.Object()).AddXY(20, 10)
	}
	test.Scroll(w.Canvas(), at(0), 0, -10)
	if l.scroll.Offset.Y != 10 {
		t.Errorf("the wheel over a field scrolled the form by %g of 10", l.scroll.Offset.Y)
	}
	test.TapCanvas(w.Canvas(), at(1))
	if w.Canvas().Overlays().Top() == nil {
		t.Error("a click on the drop-down did not open its list")
	}
}

// Where the content fits, the wheel belongs to what lies in it.
func TestWheelWithinContentThatFits(t *testing.T) {
	f := NewForm(Group{Fields: []Field{{Key: "a", Label: "A", Input: NewText(10)}}})
	inner := Scrolled(f)
	room := container.NewGridWrap(fyne.NewSize(300, 40), inner)
	w := window(t, Scrolled(room), 400, 400)
	test.Scroll(w.Canvas(), fyne.NewPos(50, 20), 0, -10)
	if got := inner.(*fyne.Container).Layout.(*scrolledLayout).scroll.Offset.Y; got != 10 {
		t.Errorf("the wheel scrolled the inner part by %g of 10", got)
	}
}
