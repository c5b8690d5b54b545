package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/theme"
)

// unsaved lists what was typed when the program ended before it was saved. It takes no room where there is nothing.
type unsaved struct {
	page   *Page
	lines  *fyne.Container
	object fyne.CanvasObject
}

func newUnsaved(p *Page) *unsaved {
	u := &unsaved{page: p, lines: container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit))}
	u.object = kit.NewCard(i18n.T("The program ended while you were writing"), u.lines)
	u.show()
	return u
}

// show lists what is left now.
func (u *unsaved) show() {
	left := u.page.d.App.Unsaved.Left()
	u.lines.RemoveAll()
	for _, t := range left {
		u.lines.Add(u.line(t))
	}
	if len(left) > 0 {
		u.object.Show()
	} else {
		u.object.Hide()
	}
	u.lines.Refresh()
	if u.page.content != nil {
		u.page.content.Refresh()
	}
}

// line is one form: what it is, when it was typed, and what can be done with it.
func (u *unsaved) line(t app.Typed) fyne.CanvasObject {
	open := kit.NewButton(i18n.T("Open"), nil, func() { u.page.d.Go.Reopen(t) })
	discard := kit.NewQuiet(i18n.T("Discard"), nil, func() { u.page.d.DiscardTyped(t, u.show) })
	words := container.New(layout.NewCustomPaddedVBoxLayout(0), kit.NewLine(t.Title(), theme.Plain), kit.NewLine(desk.Moment(t.When), theme.Muted))
	return kit.Border(nil, nil, nil, container.NewHBox(container.NewCenter(open), container.NewCenter(discard)), words)
}
