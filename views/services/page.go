package services

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

// Page is the page of all services.
type Page struct {
	desk.Plain
	d      *desk.Desk
	list   *List
	object fyne.CanvasObject
}

// New builds the page.
func New(d *desk.Desk) *Page {
	p := &Page{d: d, list: NewList(d, 0)}
	header := kit.NewHeader(i18n.T("Services"), "", p.list.Actions()...)
	p.list.onCount = func(words string) { header.Set(i18n.T("Services"), words) }
	p.object = container.New(layout.NewCustomPaddedLayout(2*theme.Unit, theme.Gap, theme.Inset, theme.Inset),
		kit.Border(container.New(layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0), header), nil, nil, nil, p.list.Object()))
	return p
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown reads the list when it is first seen, and gives it the keyboard.
func (p *Page) Shown() { p.list.Show(p.d.Canvas()) }

// Find puts the keyboard into the search field.
func (p *Page) Find() { p.d.Canvas().Focus(p.list.filter.search) }

// Changed reads what is new.
func (p *Page) Changed(c app.Change) { p.list.Changed(c) }
