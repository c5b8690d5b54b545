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
