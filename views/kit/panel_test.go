package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"clientele/views/theme"
)

// Larger text has fewer columns of cards, so that what they hold finds room.
func TestFewerCardsBesideEachOtherForLargerText(t *testing.T) {
	for factor, want := range map[float32]int{1: 3, 1.5: 2, theme.MaxFactor: 1} {
		a := test.NewTempApp(t)
		a.Settings().SetTheme(theme.New(theme.Options{Mode: theme.Light, TextFactor: factor}))
		cards := NewCards()
		for range 6 {
			cards.Add(container.NewStack(canvas.NewRectangle(nil)))
		}
		cards.Resize(fyne.NewSize(976, 400))
		beside := map[float32]bool{}
		for _, c := range cards.Objects {
			beside[c.Position().X] = true
		}
		if len(beside) != want {
			t.Errorf("factor %v: %d columns, want %d", factor, len(beside), want)
		}
	}
}
