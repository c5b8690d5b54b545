package viewtest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Looks draws a canvas and compares it with the picture of that name in testdata, dot by dot. Where data races are looked for it is drawn as well,
// but not compared: the same tests without the race detector do that.
func Looks(t *testing.T, name string, c fyne.Canvas) {
	t.Helper()
	picture := c.Capture()
	if !raceDetector {
		test.AssertImageMatches(t, name, picture)
	}
}
