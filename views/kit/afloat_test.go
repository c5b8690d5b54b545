package kit

import (
	"image/color"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"clientele/views/task"
	"clientele/views/theme"
)

// What a person is told comes and goes over the page: whatever they are about to click stays where it is.
func TestNothingMovesForTheBar(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	page := canvas.NewRectangle(color.White)
	bar := NewBar(task.New(time.Now))
	w.SetContent(Afloat(page, bar))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1000, 600))
	before := page.Size()
	for _, text := range []string{"Contact deleted.", strings.Repeat("The server does not know what to do with this and says so at length. ", 6)} {
		bar.Fail(text, Action{"Undo", func() {}})
		if page.Size() != before || page.Position() != (fyne.Position{}) {
			t.Errorf("the page moved: %v at %v", page.Size(), page.Position())
		}
		at, size := bar.Position(), bar.Size()
		foot := 600 - (at.Y + size.Height)
		if foot < NewPrimary("Save", nil, nil).MinSize().Height+2*theme.Unit || foot > 80 || at.X < 100 || at.X+size.Width > 900 || size.Height < bar.MinSize().Height {
			t.Errorf("the bar is at %v, %v", at, size)
		}
		if lines := len(bar.text.lines); len(text) > 100 && lines < 3 {
			t.Errorf("a long text has %d lines", lines)
		}
		for _, line := range bar.text.lines {
			if line.MinSize().Width > size.Width || strings.Contains(line.Text, "…") {
				t.Errorf("cut: %s", line.Text)
			}
		}
	}
	if bar.Clear(); bar.Visible() {
		t.Error("it stays")
	}
}

// What went wrong does not follow to another page once there was time to read it, unless it offers something to do; a result goes by itself.
func TestFailureLeavesWithItsPage(t *testing.T) {
	test.NewTempApp(t)
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	bar := NewBar(task.New(func() time.Time { return now }))
	bar.Fail("The port is taken.")
	if bar.Turned(); bar.Text() == "" {
		t.Error("gone before it was read")
	}
	now = now.Add(barTime)
	if bar.Turned(); bar.Text() != "" {
		t.Errorf("stays: %q", bar.Text())
	}
	bar.Fail("The file could not be read.", Action{"Try Again", func() {}})
	now = now.Add(barTime)
	if bar.Turned(); bar.Text() == "" {
		t.Error("what offers something to do is gone")
	}
}
