package theme

import (
	"testing"

	"fyne.io/fyne/v2/theme"
)

// AP-5: text, and the rows that hold it, grow with the size that was chosen; rows are as high as the density says.
func TestSizesFollowTheChoice(t *testing.T) {
	for _, c := range []struct {
		o               Options
		text, head, row float32
	}{
		{Options{}, 14, 20, 32},
		{Options{Density: Dense}, 14, 20, 28},
		{Options{Density: Comfortable}, 14, 20, 40},
		{Options{TextFactor: 2}, 28, 40, 64},
		{Options{Density: Comfortable, TextFactor: 1.5}, 21, 30, 60},
	} {
		th := New(c.o)
		if text, head, row := th.Size(theme.SizeNameText), th.Size(theme.SizeNameHeadingText), th.Size(SizeNameRow); text != c.text || head != c.head || row != c.row {
			t.Errorf("%+v: text %v, headings %v, rows %v", c.o, text, head, row)
		}
	}
}
