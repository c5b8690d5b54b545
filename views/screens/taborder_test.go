package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"clientele/views"
	"clientele/views/task"
	"clientele/views/theme"
)

// stop is a place where Tab comes to.
type stop struct {
	name     string
	from, to fyne.Position
}

func (s stop) String() string { return fmt.Sprintf("%s at %.0f,%.0f", s.name, s.from.X, s.from.Y) }

// stopAt is where something lies now: pages scroll as the keyboard goes through them.
func stopAt(f fyne.Focusable) stop {
	o := f.(fyne.CanvasObject)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	name := fmt.Sprintf("%T", f)
	if said, ok := f.(fyne.Accessible); ok {
		name += " " + said.AccessibilityLabel()
	}
	return stop{name, at, at.AddXY(o.Size().Width, o.Size().Height)}
}

// follows tells whether people read b after a: it stands lower, or further right, or in it.
func follows(a, b stop) bool {
	inside := b.from.X >= a.from.X && b.from.Y >= a.from.Y && b.to.X <= a.to.X && b.to.Y <= a.to.Y
	return b.from.Y >= a.to.Y-1 || b.from.X >= a.to.X-1 || inside
}

// wrongSteps are the steps of Tab against the order in which people read, and to what is not in sight, in one round. The rail is the last of a round, so that
// the page comes first. Cards that flow in columns of their own heights are read card by card.
func wrongSteps(c fyne.Canvas, flowing bool) []string {
	c.Unfocus()
	var wrong []string
	seen := map[fyne.Focusable]bool{}
	for last := fyne.Focusable(nil); ; {
		c.FocusNext()
		f := c.Focused()
		if f == nil || seen[f] {
			return wrong
		}
		if here := stopAt(f); here.from.Y < 0 || here.to.Y > c.Size().Height+1 {
			wrong = append(wrong, fmt.Sprintf("to %s, which is out of sight", here))
		}
		if seen[f] = true; last != nil && !flowing {
			if a, b := stopAt(last), stopAt(f); !follows(a, b) && !(onRail(f) && !onRail(last)) {
				wrong = append(wrong, fmt.Sprintf("back from %s to %s", a, b))
			}
		}
		last = f
	}
}

func onRail(f fyne.Focusable) bool { return strings.HasSuffix(fmt.Sprintf("%T", f), ".railButton") }

// interface.md: Tab goes where people read, from the left to the right and down, and what it comes to is in sight.
func TestTabFollowsTheEye(t *testing.T) {
	const clients = 30
	a, closeStore, err := office(t.TempDir(), clients)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = closeStore() }()
	fa := test.NewTempApp(t)
	fa.Settings().SetTheme(theme.New(theme.Options{Mode: theme.Light}))
	run := task.NewInline()
	run.Advance(moment.Sub(run.Now()))
	w := test.NewTempWindow(t, container.NewStack())
	w.Resize(fyne.NewSize(1280, 800))
	stage := views.NewStage(w, run, views.Params{App: a, Version: "0.1.0", Now: now}, fa.Preferences(), true)
	all, err := scenes(a, stage, clients+1)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		bare(w.Canvas())
		s.show()
		run.Advance(time.Second)
		for _, over := range w.Canvas().Overlays().List() {
			over.Refresh() // a dialog that grew goes back to the middle
		}
		for _, step := range wrongSteps(w.Canvas(), s.name == "client") {
			t.Errorf("%s: Tab goes %s", s.name, step)
		}
	}
}
