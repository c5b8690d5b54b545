package kit

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/views/theme"
)

// chart shows three columns in a window, of which each but the last opens something.
func chart(t *testing.T) (*Chart, *string) {
	t.Helper()
	opened := new(string)
	c := NewChart(200, func(v int64) string { return fmt.Sprintf("£%d", v) })
	open := func(s string) func() { return func() { *opened += s } }
	c.Set(ChartBar{Label: "Jan", Value: 50, Tip: "January: 50", Open: open("a")}, ChartBar{Label: "Feb", Value: 1000, Tip: "February: 1,000", Tone: theme.Good, Open: open("b")}, ChartBar{Label: "Mar", Tip: "March: 0"})
	window(t, c, 600, 200)
	return c, opened
}

// The scale has few lines, at round values, and the highest column fits.
func TestChartScale(t *testing.T) {
	for most, want := range map[int64]string{1: "1 1", 4: "1 4", 5: "2 3", 100: "50 2", 1001: "500 3", 123_456: "50000 3", 1<<63 - 1: "5000000000000000000 2"} {
		c := &Chart{bars: []ChartBar{{Value: most}, {Value: -5}}}
		step, lines := c.scale()
		if got := fmt.Sprint(step, lines); got != want {
			t.Errorf("%d: %s, want %s", most, got, want)
		}
	}
	c := &Chart{bars: []ChartBar{{}}}
	if step, lines := c.scale(); step != 0 || lines != 0 {
		t.Errorf("nothing has a scale of %d by %d", lines, step)
	}
}

// Columns are as high as their values, and what is there is seen however little it is.
func TestChartHeights(t *testing.T) {
	c, _ := chart(t)
	small, big, none := c.columns[0].Size().Height, c.columns[1].Size().Height, c.columns[2].Size().Height
	if small < 2 || none != 0 || big < 19*small || big > 21*small {
		t.Errorf("heights %v, %v, %v for 50, 1000 and 0", small, big, none)
	}
	c.Set(ChartBar{Label: "Jan", Value: 1}, ChartBar{Value: 1_000_000})
	if h := c.columns[0].Size().Height; h != 2 {
		t.Errorf("a very small value is %v high", h)
	}
}

// A column says what it is while the pointer is on it, and a click opens what is behind.
func TestChartByPointer(t *testing.T) {
	c, opened := chart(t)
	test.MoveMouse(fyne.CurrentApp().Driver().CanvasForObject(c), fyne.CurrentApp().Driver().AbsolutePositionForObject(c).AddXY(300, 60))
	if c.at != 1 || !c.tip.text.Visible() || c.tip.text.Text != "February: 1,000" {
		t.Errorf("at %d it says %q", c.at, c.tip.text.Text)
	}
	if end := c.tip.box.Position().X + c.tip.box.Size().Width; end > c.Size().Width || c.tip.box.Position().X < 0 || c.tip.box.Position().Y < 0 {
		t.Errorf("the tip leaves the chart: %v, %v", c.tip.box.Position(), c.tip.box.Size())
	}
	test.TapAt(c, fyne.NewPos(300, 60))
	test.TapAt(c, fyne.NewPos(590, 60)) // nothing is behind it
	test.TapAt(c, fyne.NewPos(1, 60))   // the scale
	c.MouseOut()
	if *opened != "b" || c.tip.text.Visible() {
		t.Errorf("opened %q, the tip is there: %v", *opened, c.tip.text.Visible())
	}
}

// The keyboard reaches each column.
func TestChartByKeyboard(t *testing.T) {
	c, opened := chart(t)
	fyne.CurrentApp().Driver().CanvasForObject(c).Focus(c)
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyRight, fyne.KeySpace, fyne.KeyEnd, fyne.KeyRight, fyne.KeyReturn, fyne.KeyHome, fyne.KeyLeft, fyne.KeyEnter} {
		key(c, k)
	}
	if *opened != "aba" || c.AccessibilityLabel() != "January: 50" {
		t.Errorf("opened %q, then at %q", *opened, c.AccessibilityLabel())
	}
	c.Set()
	key(c, fyne.KeyRight)
	key(c, fyne.KeyReturn)
	if c.at != -1 {
		t.Errorf("an empty chart is at %d", c.at)
	}
}

// Labels that have no room are left out, the last one never: none is cut to a letter.
func TestChartLeavesLabelsOut(t *testing.T) {
	c, _ := chart(t)
	months := []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	var bars []ChartBar
	for _, m := range months {
		bars = append(bars, ChartBar{Label: m, Value: 1})
	}
	c.Set(bars...)
	shown := 0
	for i, l := range c.labels {
		if l.Text != "" && l.Text != months[i] {
			t.Errorf("%s is cut to %q", months[i], l.Text)
		}
		if l.Text != "" {
			shown++
		}
	}
	if shown < 4 || shown > 10 || c.labels[11].Text != "December" {
		t.Errorf("%d labels are shown, %q last", shown, c.labels[11].Text)
	}
}
