package payment

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/assets/icons"
	"clientele/views/kit"
	"clientele/views/theme"
)

// methodLimit is how many characters the name of a method may have.
const methodLimit = 100

// NewMethod returns a field for the way in which money came or went. It proposes those that were used lately, and takes any other.
func NewMethod(used []string) *kit.Text {
	t := kit.NewText(methodLimit)
	if len(used) == 0 {
		return t
	}
	choose := func() {
		c := fyne.CurrentApp().Driver().CanvasForObject(t.Entry)
		if c == nil {
			return
		}
		m := fyne.NewMenu("")
		for _, name := range used {
			m.Items = append(m.Items, fyne.NewMenuItem(name, func() { t.Entry.SetText(name) }))
		}
		pop := widget.NewPopUpMenu(m, c)
		pop.ShowAtRelativePosition(fyne.NewPos(0, t.Entry.Size().Height), t.Entry)
		pop.Resize(fyne.NewSize(max(t.Entry.Size().Width, pop.MinSize().Width), pop.MinSize().Height))
	}
	t.Entry.OnKey = func(k fyne.KeyName) bool {
		if k == fyne.KeyDown {
			choose()
			return true
		}
		return false
	}
	t.Entry.ActionItem = container.New(layout.NewCustomPaddedLayout(0, 0, 0, theme.Unit), newOpener(choose))
	return t
}

// opener is the arrow at the end of the field.
type opener struct {
	widget.Icon
	open func()
}

func newOpener(open func()) *opener {
	o := &opener{open: open}
	o.Resource = icons.Down
	o.ExtendBaseWidget(o)
	return o
}

// Tapped is for the toolkit.
func (o *opener) Tapped(*fyne.PointEvent) { o.open() }
