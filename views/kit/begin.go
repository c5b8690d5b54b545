package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Begin gives the keyboard to the first thing in an object that takes it, as people read, and tells whether there is one.
func Begin(c fyne.Canvas, in fyne.CanvasObject) bool {
	var first fyne.Focusable
	takers(in, func(f fyne.Focusable) bool {
		first = f
		return able(f)
	})
	if first == nil || !able(first) {
		return false
	}
	c.Focus(first)
	return true
}

// GoOn gives the keyboard to what comes after the thing that has it, or before that where nothing does: it became disabled, so that one would neither see where one
// is nor come on from there.
func GoOn(c fyne.Canvas, in fyne.CanvasObject) {
	had := c.Focused()
	var near fyne.Focusable
	passed := false
	takers(in, func(f fyne.Focusable) bool {
		passed = passed || f == had
		if able(f) {
			near = f
		}
		return passed && able(f)
	})
	if passed && near != nil {
		c.Focus(near)
	}
}

// Idle tells whether what has the keyboard is disabled.
func Idle(c fyne.Canvas) bool { return c.Focused() != nil && !able(c.Focused()) }

// Holds tells whether what has the keyboard lies in an object and is shown.
func Holds(c fyne.Canvas, in fyne.CanvasObject) bool {
	had := c.Focused()
	o, ok := had.(fyne.CanvasObject)
	if !ok {
		return false
	}
	if fyne.CurrentApp().Driver().CanvasForObject(o) != nil && liesIn(o, in) {
		return true
	}
	return takers(in, func(f fyne.Focusable) bool { return f == had }) // which may not have been drawn yet
}

// Swap shows an object in the place of what a container holds. Where the keyboard was in that, it goes along: the toolkit would leave it with what nobody sees.
// What is there already is left alone.
func Swap(c fyne.Canvas, in *fyne.Container, o fyne.CanvasObject) {
	if len(in.Objects) == 1 && in.Objects[0] == o {
		return
	}
	had := Holds(c, in)
	in.Objects = []fyne.CanvasObject{o}
	in.Refresh()
	if had && !Holds(c, in) && !Begin(c, o) {
		c.Unfocus()
	}
}

// holder is a widget around other objects.
type holder interface{ held() fyne.CanvasObject }

// takers calls found for what takes the keyboard in an object, disabled or not, in the order of the Tab key, until that answers true. It answers the same.
func takers(in fyne.CanvasObject, found func(fyne.Focusable) bool) bool {
	if !in.Visible() {
		return false
	}
	switch o := in.(type) {
	case *fyne.Container:
		for _, each := range o.Objects {
			if takers(each, found) {
				return true
			}
		}
		return false
	case *container.Scroll:
		return takers(o.Content, found)
	case *Form:
		for _, g := range o.groups {
			for _, b := range g.boxes {
				if found(b.field.Input.Focus()) {
					return true
				}
			}
		}
		return false
	case holder:
		return takers(o.held(), found)
	case fyne.Focusable:
		return found(o)
	}
	return false
}

// able tells whether something takes the keyboard now.
func able(f fyne.Focusable) bool {
	d, ok := f.(fyne.Disableable)
	return !ok || !d.Disabled()
}

func (h *Header) held() fyne.CanvasObject  { return h.object }
func (c *Card) held() fyne.CanvasObject    { return c.object }
func (g *Grid) held() fyne.CanvasObject    { return g.body }
func (r *Rail) held() fyne.CanvasObject    { return r.object }
func (w *watched) held() fyne.CanvasObject { return w.content }

// held is the strip before what is shown.
func (t *Tabs) held() fyne.CanvasObject { return container.NewWithoutLayout(t.strip, t.page) }
