package kit

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/views/task"
)

// Tab comes to the headings of a table before its rows; there the arrow keys go along, Enter and Space sort, + and - give a column another width, and the arrow key
// down leads into the rows. Where there is nothing to sort, and no width is remembered, Tab passes them by.
func TestHeadingsHaveTheKeyboard(t *testing.T) {
	grid := func() *Grid {
		g := NewGrid(task.New(time.Now), fourColumns...)
		g.SetSource(&counted{n: 10})
		return g
	}
	plain, sorting := grid(), grid()
	var sorted []string
	var width float32
	sorting.OnSort = func(key string, descending bool) {
		if descending {
			key += " down"
		}
		sorted = append(sorted, key)
	}
	sorting.OnWidths = func(w map[string]float32) { width = w["name"] }
	c := window(t, container.NewGridWithRows(2, plain, sorting), 800, 600).Canvas()
	c.FocusNext()
	if c.Focused() != plain.FocusTarget() {
		t.Errorf("Tab comes to %T of a table that cannot be sorted", c.Focused())
	}
	c.FocusNext()
	head, ok := c.Focused().(*gridHead)
	if !ok || head.g != sorting || !head.ring.Visible() || head.ring.Position().X != 0 {
		t.Fatalf("Tab comes to %T; its ring is seen: %v", c.Focused(), ok && head.ring.Visible())
	}
	press := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			c.Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	press(fyne.KeyRight, fyne.KeyReturn, fyne.KeySpace, fyne.KeyHome, fyne.KeyLeft, fyne.KeyEnter)
	if len(sorted) != 3 || sorted[0] != "name" || sorted[1] != "name down" || sorted[2] != "id" {
		t.Errorf("sorted by %q", sorted)
	}
	press(fyne.KeyRight)
	before := sorting.cols.shown[1]
	if head.ring.Position().X != sorting.cols.left(1) || head.ring.Size().Width != before {
		t.Errorf("the ring lies at %v, %v", head.ring.Position(), head.ring.Size())
	}
	head.TypedRune('+')
	head.TypedRune('+')
	head.TypedRune('-')
	if want := before + headStep; width != want || head.ring.Size().Width != want {
		t.Errorf("the column is %g wide, its ring %g, want %g", width, head.ring.Size().Width, want)
	}
	press(fyne.KeyDown)
	if c.Focused() != sorting.FocusTarget() || head.ring.Visible() {
		t.Errorf("the arrow key down leads to %T", c.Focused())
	}
}
