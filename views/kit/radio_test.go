package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"clientele/views/theme"
)

// One of the choices always holds; the arrow keys, Space and a click take another one, and the keyboard is on what holds.
func TestRadio(t *testing.T) {
	var took []string
	r := NewRadio(func(key string) { took = append(took, key) }, Choice{"a", "A"}, Choice{"b", strings.Repeat("long ", 60)}, Choice{"c", "C"})
	w := window(t, container.NewVBox(r), 400, 300)
	w.Canvas().Focus(r.Focus())
	at := func() fyne.Focusable { return w.Canvas().Focused() }
	key(at(), fyne.KeyUp)
	key(at(), fyne.KeyDown)
	key(at(), fyne.KeyRight)
	key(at(), fyne.KeyDown)
	key(at(), fyne.KeyLeft)
	key(at(), fyne.KeySpace)
	test.Tap(r.lines[0])
	test.Tap(r.lines[0])
	if got := strings.Join(took, ""); got != "bcba" || r.Value() != "a" || at() != r.Focus() {
		t.Errorf("took %q, holds %q, the keyboard is at %v", got, r.Value(), at())
	}
	r.SetValue("c")
	r.SetValue("none of them")
	if r.Value() != "c" || len(took) != 4 {
		t.Errorf("holds %q after %q", r.Value(), took)
	}
	if w.Canvas().Content().MinSize().Width > 400 || r.lines[1].Size().Height < 2*r.lines[0].Size().Height {
		t.Errorf("a long choice does not wrap: %v", r.lines[1].Size())
	}
	if empty := NewRadio(nil); empty.Value() != "" || empty.Focus() != nil {
		t.Error("without choices one holds")
	}
}

// Words beside a box wrap, and a click on them ticks it.
func TestWrappedTick(t *testing.T) {
	changed := 0
	tick := NewTick("", func(bool) { changed++ })
	o := tick.Wrapped(strings.Repeat("words ", 80), theme.Plain)
	w := window(t, container.NewVBox(o), 400, 300)
	if o.MinSize().Width > 400 || o.Size().Height < 3*tick.MinSize().Height/2 {
		t.Errorf("the words do not wrap: %v, %v", o.MinSize(), o.Size())
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(200, o.Size().Height/2))
	if !tick.Checked || changed != 1 {
		t.Errorf("ticked %v, told %d times", tick.Checked, changed)
	}
	tick.Disable()
	test.TapCanvas(w.Canvas(), fyne.NewPos(200, o.Size().Height/2))
	if !tick.Checked {
		t.Error("a box that is switched off was changed")
	}
}
