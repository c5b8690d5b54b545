package invoice

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	ftheme "fyne.io/fyne/v2/theme"

	"clientele/views/theme"
)

// An amount of a line is read whole, however large the text is.
func TestAmountsFitTheirColumn(t *testing.T) {
	for _, factor := range []float32{1, 1.5, theme.MaxFactor} {
		a := test.NewTempApp(t)
		a.Settings().SetTheme(theme.New(theme.Options{Mode: theme.Light, TextFactor: factor}))
		need := fyne.MeasureText("123,456.78", ftheme.TextSize(), fyne.TextStyle{}).Width
		if all := spans(700); all[5].width < need || all[0].width < 80 {
			t.Errorf("factor %v: %v wide, it needs %v; the description has %v", factor, all[5].width, need, all[0].width)
		}
	}
}

// With large text a description stands above the other columns instead of being squeezed by them, and all columns lie beside each other within the width.
func TestLinesFoldForLargeText(t *testing.T) {
	a := test.NewTempApp(t)
	for _, c := range []struct {
		factor, width float32
		rows          float32
	}{{1, columnsLeast, 1}, {1, 1200, 1}, {1.5, 690, 2}, {2, 686, 2}, {2, 1400, 1}} {
		a.Settings().SetTheme(theme.New(theme.Options{Mode: theme.Light, TextFactor: c.factor}))
		all := spans(c.width)
		if got := rowsIn(c.width); got != c.rows {
			t.Errorf("factor %v in %v: %v rows, not %v", c.factor, c.width, got, c.rows)
		}
		if all[0].width < theme.Wider(descriptionLeast) {
			t.Errorf("factor %v in %v: the description has %v", c.factor, c.width, all[0].width)
		}
		if quantity := fyne.MeasureText("12,345.5", ftheme.TextSize(), fyne.TextStyle{}).Width; all[1].width < quantity {
			t.Errorf("factor %v in %v: a quantity has %v and needs %v", c.factor, c.width, all[1].width, quantity)
		}
		for i := 1; i < len(all); i++ {
			if all[i].row == all[i-1].row && all[i].left < all[i-1].left+all[i-1].width {
				t.Errorf("factor %v in %v: column %d begins at %v, within the one before", c.factor, c.width, i, all[i].left)
			}
		}
		if last := all[len(all)-1]; last.left+last.width > c.width+1 {
			t.Errorf("factor %v in %v: the last column ends at %v", c.factor, c.width, last.left+last.width)
		}
		box := newLineBox()
		box.Resize(fyne.NewSize(c.width, box.height(c.width)))
		if end := box.at(6).Position().Y + box.at(6).Size().Height; end > box.height(c.width) {
			t.Errorf("factor %v in %v: a line of %v has something that ends at %v", c.factor, c.width, box.height(c.width), end)
		}
	}
}
