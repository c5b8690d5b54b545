package kit

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
)

// A menu has the keys of a list, shows the entry with the keyboard also where it is higher than the window, and gives the keyboard back.
func TestMenuByKeyboard(t *testing.T) {
	chosen := ""
	m := fyne.NewMenu("")
	for i := range 40 {
		m.Items = append(m.Items, fyne.NewMenuItem(fmt.Sprintf("%c%d", 'A'+i/10, i), func() { chosen = m.Items[i].Label }))
	}
	m.Items[0].Disabled = true
	m.Items[3] = fyne.NewMenuItemSeparator()
	m.Items[5].Checked = true
	b := NewButton("open", nil, nil)
	w := window(t, b, 300, 300)
	c := w.Canvas()
	c.Focus(b)
	ShowMenu(m, b)
	o, ok := c.Focused().(*openMenu)
	if !ok || o.at != 5 {
		t.Fatalf("the keyboard is on %T", c.Focused())
	}
	for _, step := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyHome, 1},
		{fyne.KeyUp, 1},
		{fyne.KeyDown, 2},
		{fyne.KeyDown, 4},
		{fyne.KeyUp, 2},
		{fyne.KeyEnd, 39},
		{fyne.KeyDown, 39},
		{fyne.KeyPageUp, 31},
		{fyne.KeyPageDown, 39},
		{fyne.KeyPageUp, 31},
	} {
		o.TypedKey(&fyne.KeyEvent{Name: step.key})
		if o.at != step.want {
			t.Fatalf("%s comes to %d, want %d", step.key, o.at, step.want)
		}
		if y := fyne.CurrentApp().Driver().AbsolutePositionForObject(o.menu.Items[o.at]).Y; y < 0 || y+o.menu.Items[o.at].Size().Height > 300 {
			t.Errorf("%s comes to entry %d, which lies at %g of 300", step.key, o.at, y)
		}
	}
	for _, want := range []int{10, 11} { // from the fourth ten around to the second
		o.TypedRune('b')
		if o.at != want {
			t.Errorf("a letter comes to %d, want %d", o.at, want)
		}
	}
	o.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if chosen != "B11" || c.Overlays().Top() != nil || c.Focused() != fyne.Focusable(b) {
		t.Errorf("chose %q; the keyboard is on %T", chosen, c.Focused())
	}
	ShowMenu(m, b)
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if c.Overlays().Top() != nil || c.Focused() != fyne.Focusable(b) {
		t.Errorf("after Escape the keyboard is on %T", c.Focused())
	}
}

// A menu takes the values of a chart away that the pointer left it with.
func TestMenuTakesTipsAway(t *testing.T) {
	ch := NewChart(100, func(int64) string { return "" })
	ch.Set(ChartBar{Label: "a", Value: 1, Tip: "one"})
	w := window(t, ch, 300, 300)
	ch.point(0)
	if !ch.tip.box.Visible() {
		t.Fatal("no tip to take away")
	}
	ShowMenuAt(fyne.NewMenu("", fyne.NewMenuItem("a", func() {})), w.Canvas(), fyne.NewPos(10, 10))
	if ch.tip.box.Visible() {
		t.Error("the tip stays over the menu")
	}
}
