package viewtest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Looks draws a canvas and compares it with the picture of that name in testdata, dot by dot.
//
// The toolkit counts the minute that it keeps the inside of a widget from when something was last drawn. Where nothing was drawn for longer,
// as in a slow lane, it throws away what was just laid out, and draws it bare; so the Makefile has it keep all of it (FYNE_CACHE).
func Looks(t *testing.T, name string, c fyne.Canvas) {
	t.Helper()
	test.AssertImageMatches(t, name, c.Capture())
}
