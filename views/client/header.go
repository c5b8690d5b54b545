package client

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
)

// header says on every tab whose page it is.
type header struct {
	name   *kit.Header
	line   *fyne.Container
	sticky *stickies
	object *fyne.Container
	// grown is called after the height changed.
	grown func()
}

// newHeader returns a header; notes goes to the client's notes.
func newHeader(notes func()) *header {
	h := &header{name: kit.NewHeader("", ""), line: container.New(&sideLayout{}), grown: func() {}}
	h.sticky = newStickies(func() {
		h.object.Refresh()
		h.grown()
	}, notes)
	inset := layout.NewCustomPaddedLayout(0, 0, theme.Unit, theme.Unit)
	h.object = container.New(&kit.Stacked{}, h.name, container.New(inset, h.line), h.sticky)
	return h
}

func (h *header) show(l loaded) {
	c := l.client
	name := fullName(c.FirstName, c.LastName, c.Company)
	company := c.Company
	if company == name {
		company = ""
	}
	h.name.Set(name, company)
	word, tone := statusWord(c.Status)
	h.line.RemoveAll()
	h.line.Add(kit.NewLine(number(c.ID), theme.Muted))
	h.line.Add(kit.NewPill(word, tone))
	if g := c.Group; g.ID != 0 {
		h.line.Add(groupPill(g))
	}
	h.line.Add(kit.NewLine(i18n.T("Client since %s", c.Created.Format(i18n.CurrentLocale())), theme.Muted))
	owed := money.New(c.Owed, money.Currency(c.Currency))
	tone = theme.Muted
	if l.billing.Overdue.N > 0 {
		tone = theme.Danger
	}
	h.line.Add(kit.NewLine(i18n.T("Balance due %s", owed.Format(i18n.CurrentLocale())), tone))
	h.line.Add(kit.NewLine(i18n.T("Credit %s", creditOf(c).Format(i18n.CurrentLocale())), theme.Muted))
	h.line.Refresh()
	h.sticky.show(l.sticky)
}

// groupPill is the name of a group beside its colour.
func groupPill(g data.Group) fyne.CanvasObject {
	dot := canvas.NewCircle(groupColour(g.Colour))
	const size = 10
	return container.NewHBox(container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(size), dot)), kit.NewPill(g.Name, theme.Plain))
}

// groupColour reads "#rrggbb".
func groupColour(hex string) color.Color {
	if len(hex) != len("#rrggbb") {
		return color.Transparent
	}
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		return color.Transparent
	}
	return color.NRGBA{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n), A: 0xff}
}
