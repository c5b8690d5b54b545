package client

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/services"
	"clientele/views/theme"
	"clientele/views/transactions"
)

// list is what the tabs for transactions and services show: the same as their pages, of one client.
type list interface {
	Object() fyne.CanvasObject
	Actions() []fyne.CanvasObject
	Show(fyne.Canvas)
	Changed(app.Change)
}

// listTab is a tab with such a list. It is read when the tab is first looked at.
type listTab struct {
	list
	word string
	view fyne.CanvasObject
}

func newListTab(word string, l list) *listTab {
	pad := layout.NewCustomPaddedLayout(2*theme.Unit, theme.Inset, theme.Inset, theme.Inset)
	below := layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0)
	acts := container.New(below, kit.NewTrailing(l.Actions()...))
	return &listTab{list: l, word: word, view: container.New(pad, kit.Border(acts, nil, nil, nil, l.Object()))}
}

// newTransactions is the tab with money that came in from a client and went out (IN-6).
func newTransactions(d *desk.Desk, id int64) *listTab {
	return newListTab(i18n.T("Transactions"), transactions.NewList(d, id))
}

// newServices is the tab with what a client has, once or recurring (IN-1).
func newServices(d *desk.Desk, id int64) *listTab {
	return newListTab(i18n.T("Services"), services.NewList(d, id))
}

func (t *listTab) title() string             { return t.word }
func (t *listTab) object() fyne.CanvasObject { return t.view }
func (t *listTab) show(loaded)               {}
func (t *listTab) front(c fyne.Canvas)       { t.Show(c) }
func (t *listTab) changed(c app.Change)      { t.Changed(c) }
