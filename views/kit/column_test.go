package kit

import (
	"testing"

	"fyne.io/fyne/v2"

	"clientele/views/theme"
)

// Columns are wider for larger text, so that a day or an amount is read whole, until a person chose their widths.
func TestColumnsFollowTheTextSize(t *testing.T) {
	window(t, NewEntry(), 300, 60)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: theme.Light, TextFactor: 2}))
	c := newColumns([]Column{{Key: "due", Title: "Due", Width: 96}, {Key: "name", Title: "Name", Width: 100, Grow: true}})
	c.measure(newCutter(28, fyne.TextStyle{}))
	c.arrange(800)
	if c.shown[0] != 192 || c.shown[1] != 608 {
		t.Errorf("with text of twice the size they are %v wide", c.shown)
	}
	c.resize(0, 100)
	if c.arrange(800); c.shown[0] != 100 {
		t.Errorf("the width that was chosen became %v", c.shown[0])
	}
}

// A note beside a title goes where it has no room, and never lies over what is beside it.
func TestNoteGoesWithoutRoom(t *testing.T) {
	h := NewHeader("Home", "30/11/2026", NewButton("A button of some width", nil, nil))
	w := window(t, h, 600, 60)
	if !h.note.Visible() {
		t.Error("the note is not shown though there is room")
	}
	w.Resize(fyne.NewSize(260, 60))
	if h.note.Visible() {
		t.Error("the note is shown without room")
	}
}
