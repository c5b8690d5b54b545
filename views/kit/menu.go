package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// ShowMenu opens a menu below an object, as wide as that at least. The keyboard goes into it, to the entry that is ticked where one is, and back as it closes.
func ShowMenu(m *fyne.Menu, under fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(under); c != nil {
		showMenu(m, c, driver.AbsolutePositionForObject(under).AddXY(0, under.Size().Height), under.Size().Width)
	}
}

// ShowMenuAt opens a menu at a place on a canvas.
func ShowMenuAt(m *fyne.Menu, c fyne.Canvas, at fyne.Position) {
	if c != nil {
		showMenu(m, c, at, 0)
	}
}

func showMenu(m *fyne.Menu, c fyne.Canvas, at fyne.Position, least float32) {
	if m == nil || len(m.Items) == 0 {
		return
	}
	leaveTips()
	if slices.ContainsFunc(m.Items, func(i *fyne.MenuItem) bool { return i.ChildMenu != nil }) {
		widget.ShowPopUpMenuAtPosition(m, c, at) // the toolkit's own has further menus beside it
		return
	}
	o := &openMenu{menu: widget.NewMenu(m), of: m.Items, at: -1, place: at, least: least}
	o.menu.OnDismiss = func() { c.Overlays().Remove(o) }
	o.pane = o.menu
	if o.menu.MinSize().Height > c.Size().Height-2*theme.Unit {
		o.pane = Scrolled(o.menu) // which cuts the shadow off
	}
	o.ExtendBaseWidget(o)
	o.Resize(c.Size())
	c.Overlays().Add(o)
	c.Focus(o)
	if i := slices.IndexFunc(m.Items, func(i *fyne.MenuItem) bool { return i.Checked }); i >= 0 {
		o.point(i)
	}
}

// openMenu is a menu over the whole canvas: a click beside it closes it. It has the keys that the toolkit's own lacks, and one that is higher than the window
// scrolls with the keyboard.
type openMenu struct {
	widget.BaseWidget
	menu  *widget.Menu
	of    []*fyne.MenuItem
	pane  fyne.CanvasObject
	at    int // the entry with the keyboard, or -1
	place fyne.Position
	least float32 // how wide it is at least
}

var (
	_ fyne.Focusable         = (*openMenu)(nil)
	_ fyne.Tappable          = (*openMenu)(nil)
	_ fyne.SecondaryTappable = (*openMenu)(nil)
)

// menuPage is how far PageUp and PageDown go in a menu.
const menuPage = 8

// Tapped is for the toolkit.
func (o *openMenu) Tapped(*fyne.PointEvent) { o.menu.Dismiss() }

// TappedSecondary is for the toolkit.
func (o *openMenu) TappedSecondary(*fyne.PointEvent) { o.menu.Dismiss() }

// FocusGained is for the toolkit.
func (o *openMenu) FocusGained() {}

// FocusLost is for the toolkit.
func (o *openMenu) FocusLost() {}

// TypedRune goes to the next entry that begins with the letter.
func (o *openMenu) TypedRune(r rune) {
	n := len(o.of)
	for i := 1; i <= n; i++ {
		at := (max(o.at, -1) + i) % n
		if o.can(at) && strings.HasPrefix(strings.ToLower(o.of[at].Label), strings.ToLower(string(r))) {
			o.point(at)
			return
		}
	}
}

// TypedKey is for the toolkit.
func (o *openMenu) TypedKey(ev *fyne.KeyEvent) {
	Present()
	switch ev.Name {
	case fyne.KeyDown:
		o.step(1, 1)
	case fyne.KeyUp:
		o.step(-1, 1)
	case fyne.KeyPageDown:
		o.step(1, menuPage)
	case fyne.KeyPageUp:
		o.step(-1, menuPage)
	case fyne.KeyHome:
		o.at = -1
		o.step(1, 1)
	case fyne.KeyEnd:
		o.at = len(o.of)
		o.step(-1, 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		o.menu.TriggerLast()
	case fyne.KeyEscape:
		o.menu.Dismiss()
	}
}

// can tells whether an entry can be chosen.
func (o *openMenu) can(i int) bool { return !o.of[i].IsSeparator && !o.of[i].Disabled }

// step goes so many entries up or down, past those that cannot be chosen, and stays at the ends.
func (o *openMenu) step(by, times int) {
	at := o.at
	if at < 0 && by < 0 {
		at = len(o.of)
	}
	for i := at + by; times > 0 && i >= 0 && i < len(o.of); i += by {
		if o.can(i) {
			o.at = i
			times--
		}
	}
	if o.at >= 0 && o.at < len(o.of) {
		o.point(o.at)
	}
}

// point moves the keyboard to an entry.
func (o *openMenu) point(i int) {
	o.at = i
	o.menu.DeactivateChild()
	for _, item := range o.of[:i+1] {
		if !item.IsSeparator {
			o.menu.ActivateNext()
		}
	}
	Reveal(o.menu.Items[i])
}

// AccessibilityLabel is for screen readers.
func (o *openMenu) AccessibilityLabel() string {
	if o.at < 0 || o.at >= len(o.of) {
		return ""
	}
	return o.of[o.at].Label
}

// AccessibilityRole is for screen readers.
func (o *openMenu) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for the toolkit.
func (o *openMenu) CreateRenderer() fyne.WidgetRenderer { return &openMenuRenderer{o} }

type openMenuRenderer struct{ o *openMenu }

func (r *openMenuRenderer) Destroy()                     {}
func (r *openMenuRenderer) Refresh()                     { r.Layout(r.o.Size()); r.o.menu.Refresh() }
func (r *openMenuRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.o.pane} }
func (r *openMenuRenderer) MinSize() fyne.Size           { return fyne.Size{} }

// Layout places the menu where it was asked for, or as near to that as the canvas allows.
func (r *openMenuRenderer) Layout(size fyne.Size) {
	o := r.o
	w := min(max(o.menu.MinSize().Width, o.least), size.Width)
	h := min(o.menu.MinSize().Height, size.Height-2*theme.Unit)
	place(o.pane, max(min(o.place.X, size.Width-w), 0), max(min(o.place.Y, size.Height-h-theme.Unit), theme.Unit), w, h)
}
