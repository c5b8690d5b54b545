// Package invoice is the page of one invoice: the editor of a draft, and what became of one that was published.
package invoice

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
)

// Page is the page of one invoice, or of one that is not stored yet.
type Page struct {
	d      *desk.Desk
	id     int64 // 0 while it is not stored
	client int64 // of one that is not stored
	load   *task.Loader[loaded]
	got    *loaded
	editor *editor    // of a draft; nil otherwise
	view   *view      // of a published one; nil otherwise
	left   *app.Typed // what is brought back once the invoice is read
	object *fyne.Container
}

var _ desk.Page = (*Page)(nil)

// loaded is what the page shows, read together.
type loaded struct {
	app.Invoicing
	taxing app.Taxing
}

// Open returns the page of an invoice.
func Open(d *desk.Desk, id int64) *Page { return open(&Page{d: d, id: id}) }

// New returns the page of an invoice that is to be written for a client.
func New(d *desk.Desk, clientID int64) *Page { return open(&Page{d: d, client: clientID}) }

func open(p *Page) *Page {
	p.load, p.object = task.NewLoader[loaded](p.d.Run), container.NewStack()
	p.reload()
	return p
}

func (p *Page) read(ctx context.Context) (l loaded, err error) {
	if p.id == 0 {
		l.Invoicing, err = p.d.App.Invoices.Begin(ctx, p.client)
	} else {
		l.Invoicing, err = p.d.App.Invoices.Get(ctx, p.id)
	}
	if err != nil || l.Status != billing.Draft {
		return l, err
	}
	l.taxing, err = p.d.App.Invoices.Taxing(ctx, l.ClientID)
	return l, err
}

// reload reads the invoice and shows it. A draft in which something was typed stays as it is: saving it tells whether somebody else changed it.
func (p *Page) reload() {
	p.load.Load(p.read, func(l loaded, err error) {
		switch {
		case app.CodeOf(err) == app.NotFound:
			p.gone()
		case err != nil && p.got == nil:
			p.fill(p.d.ErrorState(err, p.reload))
		case err != nil:
			p.d.Fail(err)
		default:
			p.show(l)
		}
	})
}

// gone says that the invoice is no longer there. What was typed can still be looked at.
func (p *Page) gone() {
	if p.editor != nil && p.editor.unsaved() {
		p.editor.tell(i18n.T("This draft is no longer there: somebody else deleted it. What you typed is still here, but it cannot be saved."))
		return
	}
	p.got, p.editor, p.view = nil, nil, nil
	p.fill(kit.NewEmptyState(icons.Invoices, i18n.T("This invoice is no longer there"), i18n.T("It was deleted, or its client was."),
		kit.NewPrimary(i18n.T("Close This Tab"), nil, func() { p.d.Go.CloseTab(p) })))
}

func (p *Page) show(l loaded) {
	if p.id == 0 && p.editor != nil && p.editor.of.ID != 0 {
		return // it was stored meanwhile, and has a page of its own in a moment
	}
	if p.editor != nil && p.editor.unsaved() {
		if l.Status != billing.Draft || l.Version != p.editor.of.Version {
			p.editor.tell(i18n.T("Somebody else changed this invoice meanwhile. What you typed is still here; saving asks what is to become of it."))
		}
		if l.Status == billing.Draft {
			p.editor.retax(l.taxing)
		}
		return
	}
	p.got = &l
	p.d.Go.Retitle(p, title(l))
	if l.Status == billing.Draft {
		p.view = nil
		if p.editor == nil || p.editor.taxing.Currency != l.taxing.Currency {
			p.editor = newEditor(p, l)
		} else {
			p.editor.begin(l)
		}
		p.fill(p.editor.object)
		p.Shown()
		if left := p.left; left != nil {
			p.left = nil
			p.editor.keeper.Bring(*left)
		}
		return
	}
	p.editor = nil
	if p.view == nil {
		p.view = newView(p)
	}
	p.view.show(l)
	p.fill(p.view.object)
	p.Shown()
}

func title(l loaded) string {
	switch {
	case l.Number != nil:
		return i18n.T("Invoice #%s", *l.Number)
	case l.ID == 0:
		return i18n.T("New invoice")
	}
	return i18n.T("Draft for %s", l.Client.Name())
}

// fill shows something in place of the whole page. What is there already is left alone, with the keyboard.
func (p *Page) fill(o fyne.CanvasObject) {
	kit.Swap(p.d.Canvas(), p.object, o)
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown gives a draft the keyboard where its first line is, and an invoice where its lines are.
func (p *Page) Shown() {
	c := p.d.Canvas()
	if c.Focused() != nil || !p.d.Go.InFront(p) {
		return
	}
	switch {
	case p.editor != nil:
		c.Focus(p.editor.lines.body.boxOf(p.editor.lines.all[0]).cells[cellDescription])
	case p.view != nil:
		c.Focus(p.view.grid.FocusTarget())
	}
}

// Changed reads the invoice anew where the change may be seen on the page.
func (p *Page) Changed(c app.Change) {
	switch c.Topic {
	case app.TopicInvoices, app.TopicTransactions, app.TopicClient, app.TopicContacts, app.TopicGroups, app.TopicProducts, app.TopicSettings:
		if p.got == nil || c.ClientID == 0 || c.ClientID == p.got.ClientID {
			p.reload()
		}
	}
}

// Leave asks where something was typed that is not saved.
func (p *Page) Leave(proceed func()) {
	if p.editor == nil || !p.editor.unsaved() {
		proceed()
		return
	}
	kit.AskUnsaved(p.d.Canvas(), i18n.T("The draft has changes that are not saved."), func(done func(error)) {
		p.editor.save(func(err error) {
			done(err)
			if err == nil {
				proceed()
			}
		})
	}, func() {
		p.editor.keeper.Forget()
		proceed()
	})
}

// Save is Ctrl+S.
func (p *Page) Save() {
	if p.editor != nil {
		p.editor.saveDraft()
	}
}

// Find does nothing: there is nothing to look for.
func (p *Page) Find() {}

// OpenPDF shows the invoice as PDF, a draft marked as such.
func (p *Page) OpenPDF() {
	switch {
	case p.editor != nil:
		p.editor.preview()
	case p.view != nil:
		p.view.openPDF()
	}
}

// SavePDF saves the PDF of the invoice where the person says.
func (p *Page) SavePDF() {
	switch {
	case p.editor != nil:
		p.d.Say(i18n.T("A draft has no PDF to save yet: publish it before."))
	case p.view != nil:
		p.view.savePDF()
	}
}

// NewInvoice begins another invoice of the same client.
func (p *Page) NewInvoice() {
	if p.got != nil {
		p.d.Go.NewInvoice(p.got.ClientID)
	}
}
