package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	ftheme "fyne.io/fyne/v2/theme"

	"clientele/views/task"
	"clientele/views/theme"
)

// With text of twice the size headings are not cut, dialogs are as much wider as the window allows, and a form has one column where two were too narrow.
func TestLargeTextHasRoom(t *testing.T) {
	g := NewGrid(task.NewInline(), Column{Key: "a", Title: "Quantity", Width: 100})
	w := window(t, g, 1200, 700)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{TextFactor: 2}))
	if text := fyne.MeasureText("Quantity", ftheme.TextSize(), fyne.TextStyle{}).Height; headHeight() < text+2*theme.Unit {
		t.Errorf("the headings are %g high, their text %g", headHeight(), text)
	}
	d := ShowDialog(w.Canvas(), Dialog{Title: "a", Width: 500})
	if got := d.pop.Content.Size().Width; got < 950 || got > 1000 {
		t.Errorf("a dialog of 500 is %g wide", got)
	}
	d.Dismiss()
	d = ShowDialog(w.Canvas(), Dialog{Title: "a", Width: 800})
	if got := d.pop.Content.Size().Width; got > 1200 {
		t.Errorf("a dialog is %g wide in a window of 1200", got)
	}
	d.Dismiss()
	one, two := NewText(10), NewText(10)
	f := NewForm(Group{Fields: []Field{{Key: "a", Label: "A", Input: one}, {Key: "b", Label: "B", Input: two}}})
	for width, columns := range map[float32]bool{800: false, 1200: true} {
		f.flow(width)
		boxes := f.groups[0].boxes
		if beside := boxes[1].Position().Y == boxes[0].Position().Y; beside != columns {
			t.Errorf("in a width of %g the fields are beside each other: %v", width, beside)
		}
	}
}

// In a very wide window the fields of a form stay near each other.
func TestFormInAVeryWideWindow(t *testing.T) {
	f := NewForm(Group{Fields: []Field{{Key: "a", Label: "A", Input: NewText(10)}, {Key: "b", Label: "B", Input: NewText(10), Wide: true}}})
	window(t, f, 3600, 400)
	for _, b := range f.groups[0].boxes {
		if end := b.Position().X + b.Size().Width; end > widestForm {
			t.Errorf("the field %s ends at %g", b.field.Key, end)
		}
	}
}
