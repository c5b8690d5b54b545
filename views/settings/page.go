// Package settings is the Settings page: the office, its mail server, products, taxes, invoices, cards, client groups, custom fields, the look of the windows, and what the program is.
package settings

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/theme"
)

// The names of the sections, as Section and the desk's navigator take them.
const (
	Office   = "office"
	Mail     = "mail"
	Products = "products"
	Taxes    = "taxes"
	Invoices = "invoices"
	Area     = "clientarea"
	Cards    = "cards"
	Daily    = "daily"
	Groups   = "groups"
	Fields   = "fields"
	Backups  = "backups"
	Look     = "look"
	About    = "about"
	Sharing  = "sharing"
	Lock     = "lock"
)

// Templates are those of mails.
const Templates = "templates"

// section is one part of the settings. It is built when it is first shown.
type section interface {
	object() fyne.CanvasObject
	// first is where the keyboard begins in it.
	first() fyne.CanvasObject
	// shown is called each time the section comes to the front.
	shown()
	changed(c app.Change)
	// dirty tells whether something was typed that is not saved.
	dirty() bool
	save(done func(error))
	discard()
}

// kept is embedded by sections that keep each change at once.
type kept struct{}

func (kept) shown()                {}
func (kept) changed(app.Change)    {}
func (kept) dirty() bool           { return false }
func (kept) save(done func(error)) { done(nil) }
func (kept) discard()              {}

// entry is a section in the list at the left.
type entry struct {
	name, title string
	build       func(p *Page) section
	button      *kit.Button
	section     section
}

// Params are what the page is told of the program.
type Params struct {
	// Version is that of the program.
	Version string
	// Folder is where the data lies, or the address of the shared database without its password.
	Folder string
	// OnLook shows another look at once, and keeps it for the next start.
	OnLook func(theme.Options)
	// Speech is what was chosen for the words of the windows, Shown what was when they were built; OnSpeech keeps another.
	Speech, Shown Speech
	OnSpeech      func(Speech)
	// Faults are what is wrong with files of languages, by their names.
	Faults map[string]error
	// Restart opens the program anew, since the data lies elsewhere now.
	Restart func()
	// Again closes the windows as a person does and opens the program anew; nil where it cannot.
	Again func()
}

// Speech is how the windows speak: their language, and the region after whose manner dates and numbers are written. Nothing stands for those of the system.
type Speech struct{ Language, Region string }

// Page is the Settings page.
type Page struct {
	desk.Plain
	desk    *desk.Desk
	params  Params
	entries []*entry
	current *entry
	names   fyne.CanvasObject // the list of sections
	middle  *fyne.Container
	object  fyne.CanvasObject
}

// New builds the page. It shows the first section.
func New(d *desk.Desk, params Params) *Page {
	p := &Page{desk: d, params: params, middle: container.NewStack()}
	p.entries = []*entry{
		{name: Office, title: i18n.T("Office"), build: newOffice},
		{name: Mail, title: i18n.T("Mail"), build: newMail},
		{name: Templates, title: i18n.T("Mail Templates"), build: newTemplates},
		{name: Products, title: i18n.T("Products"), build: newProducts},
		{name: Taxes, title: i18n.T("Taxes"), build: newTaxes},
		{name: Invoices, title: i18n.T("Invoices"), build: newInvoices},
		{name: Area, title: i18n.T("Client Area"), build: newArea},
		{name: Cards, title: i18n.T("Cards"), build: newCards},
		{name: Daily, title: i18n.T("Daily Run"), build: newDaily},
		{name: Groups, title: i18n.T("Client Groups"), build: newGroups},
		{name: Fields, title: i18n.T("Custom Fields"), build: newFields},
		{name: Sharing, title: i18n.T("Sharing"), build: newSharing},
		{name: Backups, title: i18n.T("Backups"), build: newBackups},
		{name: Lock, title: i18n.T("Window Lock"), build: newLock},
		{name: Look, title: i18n.T("Look"), build: newLook},
		{name: About, title: i18n.T("About"), build: newAbout},
	}
	if !d.App.May(app.Configuring) { // what follows changes nothing for others
		p.entries = slices.DeleteFunc(p.entries, func(e *entry) bool { return e.name != Sharing && e.name != Lock && e.name != Look && e.name != About })
	}
	names := container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit))
	for _, e := range p.entries {
		e.button = kit.NewQuiet(e.title, nil, func() { p.Section(e.name) })
		e.button.Alignment = widget.ButtonAlignLeading
		names.Add(e.button)
	}
	p.names = kit.Scrolled(names)
	head := container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 3*theme.Unit, 2*theme.Unit, 0), kit.NewHeading(i18n.T("Settings")))
	left := container.New(&column{width: 176}, kit.Border(head, nil, nil, nil, p.names))
	p.object = container.New(layout.NewCustomPaddedLayout(2*theme.Unit, theme.Gap, theme.Inset, theme.Inset),
		kit.Border(nil, nil, left, nil, container.New(layout.NewCustomPaddedLayout(0, 0, theme.Inset, 0), p.middle)))
	return p
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Section shows a section by its name; an empty or unknown one means the first. What was typed in another section is asked about before.
func (p *Page) Section(name string) {
	to := p.entries[0]
	for _, e := range p.entries {
		if e.name == name {
			to = e
		}
	}
	if to == p.current {
		return
	}
	p.Leave(func() { p.show(to) })
}

func (p *Page) show(to *entry) {
	if to.section == nil {
		to.section = to.build(p)
	}
	p.current = to
	for _, e := range p.entries {
		importance := widget.LowImportance
		if e == to {
			importance = widget.MediumImportance
		}
		if e.button.Importance != importance {
			e.button.Importance = importance
			e.button.Refresh()
		}
	}
	p.middle.Objects = []fyne.CanvasObject{to.section.object()}
	p.middle.Refresh()
	kit.Reveal(to.button)
	to.section.shown()
	p.place()
}

// place gives the keyboard to the section in sight, unless something in it has it.
func (p *Page) place() {
	if c, s := p.desk.Canvas(), p.current.section; !kit.Holds(c, s.object()) {
		kit.Begin(c, s.first())
	}
}

// Current is the name of the section in sight.
func (p *Page) Current() string { return p.current.name }

// Shown shows the first section where none is shown yet.
func (p *Page) Shown() {
	if p.current == nil {
		p.show(p.entries[0])
		return
	}
	kit.Reveal(p.current.button) // it may have been chosen before there was a window to lie in
	p.current.section.shown()
	p.place()
}

// Changed is passed on to the sections that were shown.
func (p *Page) Changed(c app.Change) {
	for _, e := range p.entries {
		if e.section != nil {
			e.section.changed(c)
		}
	}
}

// Leave asks where something that was typed would be lost.
func (p *Page) Leave(proceed func()) {
	if p.current == nil || !p.current.section.dirty() {
		proceed()
		return
	}
	s := p.current.section
	kit.AskUnsaved(p.desk.Canvas(), i18n.T("The settings under “%s” have changes that are not saved.", p.current.title), func(done func(error)) {
		s.save(func(err error) {
			done(err)
			if err == nil {
				proceed()
			}
		})
	}, func() {
		s.discard()
		proceed()
	})
}

// Save saves what was typed in the section that is shown.
func (p *Page) Save() {
	if p.current != nil && p.current.section.dirty() {
		p.current.section.save(func(error) {})
	}
}

// column gives something a width of its own, for text of the usual size.
type column struct{ width float32 }

func (l *column) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Wider(l.width), o[0].MinSize().Height)
}

func (l *column) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }
