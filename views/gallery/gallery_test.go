package gallery

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"clientele/views/task"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

func day() time.Time { return time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC) }

// The looks of the kit, light and dark, as pictures. After a wanted change look
// at the new ones in testdata/failed and put them in the place of the old ones.
func TestPictures(t *testing.T) {
	parts := []struct {
		name string
		w, h float32
		make func(*task.Runner) fyne.CanvasObject
	}{
		{"table", 1000, 400, Table},
		{"form", 900, 720, func(*task.Runner) fyne.CanvasObject { return Form(day) }},
		{"page", 1024, 700, func(r *task.Runner) fyne.CanvasObject { return Page(r, day) }},
	}
	modes := map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark}
	for _, p := range parts {
		for mode, m := range modes {
			t.Run(p.name+"-"+mode, func(t *testing.T) {
				a := test.NewTempApp(t)
				a.Settings().SetTheme(theme.New(theme.Options{Mode: m}))
				run := task.NewInline()
				w := test.NewTempWindow(t, container.NewStack(p.make(run)))
				w.SetPadded(false)
				w.Resize(fyne.NewSize(p.w, p.h))
				viewtest.Looks(t, p.name+"-"+mode+".png", w.Canvas())
			})
		}
	}
}

// A dialog never asks for more room than the window has.
func TestDialogsFitASmallWindow(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Options{Mode: theme.Light, TextFactor: theme.MaxFactor}))
	w := test.NewTempWindow(t, container.NewStack())
	w.Resize(fyne.NewSize(640, 260))
	d := ConfirmDelete(w.Canvas())
	defer d.Dismiss()
	pop := w.Canvas().Overlays().Top()
	if pop == nil {
		t.Fatal("no dialog is open")
	}
	if m := pop.MinSize(); m.Width > 640 || m.Height > 260 {
		t.Errorf("the dialog needs %v", m)
	}
}
