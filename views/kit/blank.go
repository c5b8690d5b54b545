package kit

import (
	"slices"

	"fyne.io/fyne/v2"
)

// blank is a window from which everything was taken, until it is given back.
type blank struct {
	window   fyne.Window
	content  fyne.CanvasObject
	menu     *fyne.MainMenu
	overlays []fyne.CanvasObject
	focused  fyne.Focusable
	focus    func() // puts the keyboard where it belongs
}

// blanks are the windows that are blank.
var blanks []*blank

func blankOf(c fyne.Canvas) *blank {
	for _, b := range blanks {
		if b.window.Canvas() == c {
			return b
		}
	}
	return nil
}

// Blank takes everything off a window, dialogs and the menu too, and shows something else instead. Nothing that was taken off can be seen or reached by mouse or keyboard, and
// none of it is lost: the answer brings it back as it was, with the keyboard where it was. A dialog that is opened meanwhile waits until then, and counts as open.
func Blank(w fyne.Window, instead fyne.CanvasObject) (back func()) {
	c := w.Canvas()
	b := &blank{window: w, content: w.Content(), menu: w.MainMenu(), focused: c.Focused()}
	b.focus = b.refocus
	if b.focused != nil {
		c.Unfocus()
	}
	b.overlays = slices.Clone(c.Overlays().List())
	if len(b.overlays) > 0 {
		c.Overlays().Remove(b.overlays[0]) // with all above it
	}
	blanks = append(blanks, b)
	w.SetMainMenu(fyne.NewMainMenu())
	w.SetContent(instead)
	return b.back
}

// Blanked tells whether a window is blank: what a shortcut or a dropped file starts must not start then.
func Blanked() bool { return len(blanks) > 0 }

// hold takes a dialog that was just opened off a blank window, where it waits.
func (b *blank) hold(d *OpenDialog) {
	b.window.Canvas().Overlays().Remove(d.overlay)
	b.overlays = append(b.overlays, d.overlay)
	d.back, b.focus = b.focused, d.focus
}

// refocus puts the keyboard where it was.
func (b *blank) refocus() {
	if b.focused != nil {
		b.window.Canvas().Focus(b.focused)
	}
}

// drop forgets a dialog that was closed while it was away.
func (b *blank) drop(d *OpenDialog) {
	b.overlays = slices.DeleteFunc(b.overlays, func(o fyne.CanvasObject) bool { return o == d.overlay })
	b.focused, b.focus = d.back, b.refocus
}

// back shows what was taken off.
func (b *blank) back() {
	if !slices.Contains(blanks, b) {
		return
	}
	blanks = slices.DeleteFunc(blanks, func(o *blank) bool { return o == b })
	c := b.window.Canvas()
	b.window.SetContent(b.content)
	b.window.SetMainMenu(b.menu)
	for _, over := range b.overlays {
		c.Overlays().Add(over)
	}
	// What was away did not follow another size of the window, nor a change between light and dark.
	settings := fyne.CurrentApp().Settings()
	settings.SetTheme(settings.Theme())
	for _, d := range openDialogs {
		if d.canvas == c {
			d.fit()
		}
	}
	b.focus()
}
