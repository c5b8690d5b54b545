package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/assets/icons"
	"clientele/views/theme"
)

// Chip is one filter of a row of them: it is on or off, or opens a menu.
type Chip struct {
	Button
	on   bool
	menu func() *fyne.Menu
}

// NewChip returns a chip that toggles; changed is called when a person does so.
func NewChip(label string, on bool, changed func(on bool)) *Chip {
	c := &Chip{on: on}
	c.Text = label
	c.OnTapped = func() {
		c.Set(!c.on)
		if changed != nil {
			changed(c.on)
		}
	}
	c.ExtendBaseWidget(c)
	c.look()
	return c
}

// NewMenuChip returns a chip that opens a menu below itself.
func NewMenuChip(label string, menu func() *fyne.Menu) *Chip {
	c := &Chip{menu: menu}
	c.Text, c.Icon, c.IconPlacement = label, icons.Down, widget.ButtonIconTrailingText
	c.OnTapped = func() {
		ShowMenu(c.menu(), c)
	}
	c.ExtendBaseWidget(c)
	return c
}

// Menu answers what the chip opens.
func (c *Chip) Menu() *fyne.Menu { return c.menu() }

// Set shows the chip as on or off, without calling anything.
func (c *Chip) Set(on bool) {
	c.on = on
	c.look()
	c.Refresh()
}

// SetLabel shows another word, such as what a menu chose.
func (c *Chip) SetLabel(label string) { c.SetText(label) }

// On tells whether it is on.
func (c *Chip) On() bool { return c.on }

// CreateRenderer is for the toolkit.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	return &chipRenderer{WidgetRenderer: c.Button.CreateRenderer(), chip: c, ticked: c.Icon != nil}
}

// chipRenderer draws the chip anew when it loses its tick: the toolkit's button keeps the room of an icon that it has shown once.
type chipRenderer struct {
	fyne.WidgetRenderer

	chip   *Chip
	ticked bool
}

// Refresh is for the toolkit.
func (r *chipRenderer) Refresh() {
	if r.ticked && r.chip.Icon == nil {
		r.WidgetRenderer.Destroy()
		r.WidgetRenderer = r.chip.Button.CreateRenderer()
		r.Layout(r.chip.Size())
	}
	r.ticked = r.chip.Icon != nil
	r.WidgetRenderer.Refresh()
}

func (c *Chip) look() {
	c.Importance = widget.MediumImportance
	if c.menu == nil {
		c.Icon = nil
	}
	if c.on {
		c.Importance = widget.HighImportance
		if c.menu == nil {
			c.Icon = icons.Check
		}
	}
}

// NewChips arranges chips in a row that wraps where it has to.
func NewChips(chips ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewRowWrapLayoutWithCustomPadding(2*theme.Unit, 2*theme.Unit), chips...)
}
