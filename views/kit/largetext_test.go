package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
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

// A title is read whole: where its actions leave it no room they stand below it, in as many rows as they need.
func TestHeaderMakesRoomForItsTitle(t *testing.T) {
	h := NewHeader("Invoice #12345", "", NewButton("Send Reminder…", nil, nil), NewButton("Apply Credit…", nil, nil), NewPrimary("Record Payment…", nil, nil))
	w := window(t, container.New(&Stacked{}, h), 1400, 400)
	actions := func() []fyne.CanvasObject {
		return h.object.Objects[0].(*fyne.Container).Objects[1].(*fyne.Container).Objects
	}
	driver := fyne.CurrentApp().Driver()
	for _, c := range []struct {
		factor, width float32
		below         bool
	}{{1, 1400, false}, {1, 640, false}, {2, 1000, true}, {2, 500, true}} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{TextFactor: c.factor}))
		w.Resize(fyne.NewSize(c.width, 400))
		w.Content().Refresh()
		need := newCutter(h.title.textSize(), h.title.style()).width(h.title.Text())
		if got := h.title.Size().Width; got < need {
			t.Errorf("factor %v in %v: the title has %v and needs %v", c.factor, c.width, got, need)
		}
		bottom := driver.AbsolutePositionForObject(h.title).Y + h.title.Size().Height
		for _, o := range actions() {
			at := driver.AbsolutePositionForObject(o)
			if at.X < 0 || at.X+o.Size().Width > c.width || at.Y+o.Size().Height > h.Size().Height {
				t.Errorf("factor %v in %v: an action at %v of %v, in a header of %v", c.factor, c.width, at, o.Size(), h.Size())
			}
			if below := at.Y >= bottom; below != c.below {
				t.Errorf("factor %v in %v: an action is below the title: %v", c.factor, c.width, below)
			}
		}
	}
}

// In a very wide window the cards of a page stay near each other.
func TestCardsInAVeryWideWindow(t *testing.T) {
	a, b, c := NewCard("a", NewPara("a", theme.Plain)), NewCard("b", NewPara("b", theme.Plain)), NewCard("c", NewPara("c", theme.Plain))
	window(t, NewCards(a, b, c), 3600, 400)
	if end := c.Position().X + c.Size().Width; end > widestCards || end < widestCards-1 {
		t.Errorf("the cards end at %g", end)
	}
	window(t, NoWiderThanCards(a), 3600, 400)
	if got := a.Size().Width; got != widestCards {
		t.Errorf("a page is %g wide", got)
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
