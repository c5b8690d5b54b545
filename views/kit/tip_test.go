package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// What opens over the window takes the tip away that the pointer has called up: the toolkit says that the pointer left at its next move only.
func TestTipsGoAsSomethingOpens(t *testing.T) {
	for name, open := range map[string]func(c fyne.Canvas, under fyne.CanvasObject) (hide func()){
		"palette": func(c fyne.Canvas, _ fyne.CanvasObject) func() { return ShowPalette(c, NewPickList("")) },
		"dialog":  func(c fyne.Canvas, _ fyne.CanvasObject) func() { return ShowDialog(c, Dialog{Title: "t"}).Dismiss },
		"list":    func(_ fyne.Canvas, under fyne.CanvasObject) func() { return popBelow(under, NewEntry(), 0, nil, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := chart(t)
			canvas := fyne.CurrentApp().Driver().CanvasForObject(c)
			test.MoveMouse(canvas, fyne.CurrentApp().Driver().AbsolutePositionForObject(c).AddXY(300, 60))
			if !c.tip.text.Visible() {
				t.Fatal("no tip below the pointer")
			}
			hide := open(canvas, c)
			c.Refresh()
			if c.tip.text.Visible() || c.tip.box.Visible() {
				t.Error("the tip stays")
			}
			hide()
		})
	}
}

// A tip that a list would show in a moment does not come either.
func TestTipsToComeGoAsSomethingOpens(t *testing.T) {
	gone := 0
	tip := newTip(func() { gone++ })
	tip.await()
	w := window(t, container.NewStack(), 300, 200)
	ShowDialog(w.Canvas(), Dialog{Title: "t"}).Dismiss()
	ShowDialog(w.Canvas(), Dialog{Title: "t"}).Dismiss()
	if gone != 1 {
		t.Errorf("the widget was told %d times", gone)
	}
}
