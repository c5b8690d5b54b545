package client

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// Page is the page of one client: a header that stays, and tabs.
type Page struct {
	d    *desk.Desk
	id   int64
	load *task.Loader[loaded]
	dues *task.Loader[app.DueInvoices]
	got  *loaded

	header   *header
	tabs     *kit.Tabs
	parts    []part
	profile  *profile
	people   *contacts
	services *listTab
	files    *files
	notes    *notes
	emails   *emails
	pending  func() // what waits for the client to be read
	object   *fyne.Container
	whole    fyne.CanvasObject // header and tabs, where there is a client to show
}

var _ desk.Page = (*Page)(nil)

// loaded is what the page shows of a client, read together.
type loaded struct {
	client  app.Client
	billing app.BillingSummary
	looks   lookups
	recent  []data.Mail       // the newest ones
	due     []data.ServiceRow // active services that are due next
	files   []data.File       // the newest ones, and one more where there are more
	notes   []data.Note       // the newest ones, and one more where there are more
	sticky  []data.Note
	settled bool // Closed, with nothing left to cancel
}

// part is what one tab shows.
type part interface {
	// title is the word on the tab.
	title() string
	// object is what is drawn.
	object() fyne.CanvasObject
	// show is called each time the client was read anew.
	show(loaded)
	// front is called when the tab comes to the front.
	front(c fyne.Canvas)
	// changed is called after each commit.
	changed(app.Change)
}

// Parts in which something is typed, stored or looked for have these as well.
type (
	// leaver is asked before the page goes: it calls proceed once nothing that was typed would be lost, now or after having asked.
	leaver interface{ leave(proceed func()) }
	// saver stores what was typed, as Ctrl+S does; unsaved tells whether anything was.
	saver interface {
		save()
		unsaved() bool
	}
	// finder has a search of its own, which Ctrl+F goes to.
	finder interface{ find() }
)

// Open returns the page of a client, with the Summary in front.
func Open(d *desk.Desk, id int64) *Page {
	p := &Page{d: d, id: id, load: task.NewLoader[loaded](d.Run), dues: task.NewLoader[app.DueInvoices](d.Run), tabs: kit.NewTabs()}
	p.profile, p.people, p.files, p.notes = newProfile(d, p), newContacts(d, p), newFiles(d, id), newNotes(d, p)
	p.services, p.emails = newServices(d, id), newEmails(d, p)
	p.header = newHeader(func() { p.bring(p.notes) })
	p.parts = []part{
		newSummary(d, p),
		p.profile,
		p.people,
		p.services,
		newBills(d, id),
		newTransactions(d, id),
		p.files,
		p.emails,
		p.notes,
		newLog(d, id),
	}
	for i, t := range p.parts {
		p.tabs.Add(tabKey(i), t.title(), t.object(), true)
	}
	p.tabs.Go(tabKey(0))
	p.tabs.OnShow = func(string) {
		p.current().front(d.Canvas())
		p.begin()
	}
	pad := layout.NewCustomPaddedLayout(2*theme.Unit, theme.Unit, theme.Inset-theme.Unit, theme.Inset-theme.Unit) // it has room of its own
	p.whole = kit.Border(container.New(pad, p.header.object), nil, nil, nil, p.tabs)
	p.header.grown = p.whole.Refresh
	p.object = container.NewStack()
	p.reload()
	return p
}

func tabKey(i int) string { return string(rune('1' + i)) }

func (p *Page) current() part {
	for i, t := range p.parts {
		if tabKey(i) == p.tabs.Current() {
			return t
		}
	}
	return p.parts[0]
}

// Part is the name of the part in sight, such as "notes", by which the guide is opened.
func (p *Page) Part() string {
	for i, name := range []string{"summary", "profile", "contacts", "services", "invoices", "transactions", "files", "emails", "notes", "log"} {
		if tabKey(i) == p.tabs.Current() {
			return name
		}
	}
	return ""
}

// Tab shows the tab with that place, counted from 1; there may be none.
func (p *Page) Tab(n int) {
	if n >= 1 && n <= len(p.parts) {
		p.tabs.Go(tabKey(n - 1))
	}
}

// reload reads the client and shows it everywhere.
func (p *Page) reload() {
	p.load.Load(p.read, func(l loaded, err error) {
		if err != nil {
			p.fail(err)
			return
		}
		p.show(l)
	})
}

func (p *Page) read(ctx context.Context) (l loaded, err error) {
	o, err := p.d.App.Clients.Overview(ctx, p.id)
	if err != nil {
		return l, err
	}
	l.client, l.billing, l.recent, l.files, l.notes, l.sticky = o.Client, o.Billing, o.Mails, o.Files, o.Notes, o.Sticky
	if l.due, err = dueNext(ctx, p.d.App, p.id); err != nil {
		return l, err
	}
	if l.client.Status == data.Closed {
		c, err := p.d.App.Clients.ClosePreview(ctx, p.id)
		if err != nil {
			return l, err
		}
		l.settled = c.Nothing()
	}
	l.looks, err = readLookups(ctx, p.d.App)
	l.looks.contacts = l.client.Contacts
	return l, err
}

func (p *Page) fail(err error) {
	switch {
	case app.CodeOf(err) == app.NotFound:
		p.got = nil
		p.follow()
		list := kit.NewPrimary(i18n.T("Close This Tab"), nil, func() { p.d.Go.CloseTab(p) })
		p.fill(kit.NewEmptyState(icons.Client, i18n.T("This client is no longer there"),
			i18n.T("Client %s may have been removed by somebody else.", number(p.id)), list))
	case p.got == nil:
		p.fill(p.d.ErrorState(err, p.reload))
	default:
		p.d.Fail(err)
	}
}

// follow leads to the client that this one was merged into, where it was.
func (p *Page) follow() {
	task.NewLoader[int64](p.d.Run).Load(func(ctx context.Context) (int64, error) { return p.d.App.Clients.MergedInto(ctx, p.id) }, func(kept int64, err error) {
		if err != nil || kept == 0 {
			return // the page says that the client is gone
		}
		p.d.Go.CloseTab(p)
		p.d.Go.Client(kept)
		p.d.Say(i18n.T("Client %s was merged into %s.", number(p.id), number(kept)))
	})
}

func (p *Page) show(l loaded) {
	p.got = &l
	p.header.show(l)
	for _, t := range p.parts {
		t.show(l)
	}
	p.d.Go.Retitle(p, fullName(l.client.FirstName, l.client.LastName, l.client.Company))
	p.fill(p.whole)
	p.toStrip()
	if do := p.pending; do != nil {
		p.pending = nil
		do()
	}
}

// fill shows something in place of the whole page. What is there already is left alone, with its place and the keyboard.
func (p *Page) fill(o fyne.CanvasObject) {
	kit.Swap(p.d.Canvas(), p.object, o)
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown gives the tabs of the client the keyboard where nothing on the page has it: the page itself follows all changes as they come.
func (p *Page) Shown() { p.begin() }

// begin gives the tabs the keyboard where nothing on the page has it, so that one sees where one is, and the arrow keys lead on.
func (p *Page) begin() {
	if c := p.d.Canvas(); p.got != nil && p.d.Go.InFront(p) && !kit.Holds(c, p.whole) {
		p.tabs.FocusStrip(c)
	}
}

// toStrip does so where nothing at all has the keyboard.
func (p *Page) toStrip() {
	if p.d.Canvas().Focused() == nil {
		p.begin()
	}
}

// Changed reads the client anew where the change may be seen on the page.
func (p *Page) Changed(c app.Change) {
	switch c.Topic {
	case app.TopicClient, app.TopicMail, app.TopicFiles, app.TopicContacts, app.TopicNotes, app.TopicInvoices, app.TopicServices:
		if c.ClientID != 0 && c.ClientID != p.id {
			return
		}
		p.reload()
	case app.TopicGroups, app.TopicFields, app.TopicSettings:
		p.reload()
	}
	for _, t := range p.parts {
		t.changed(c)
	}
}

// Leave asks, one tab after the other, where something was typed that is not saved.
func (p *Page) Leave(proceed func()) { leaveAll(p.parts, proceed) }

func leaveAll(parts []part, proceed func()) {
	for i, t := range parts {
		if l, ok := t.(leaver); ok {
			l.leave(func() { leaveAll(parts[i+1:], proceed) })
			return
		}
	}
	proceed()
}

// Save stores what was typed in the tab in front; where nothing was, what was typed in others.
func (p *Page) Save() {
	front := p.current()
	if s, ok := front.(saver); ok && s.unsaved() {
		s.save()
		return
	}
	for _, t := range p.parts {
		if s, ok := t.(saver); ok && s.unsaved() {
			s.save()
		}
	}
	if s, ok := front.(saver); ok {
		s.save() // which says that there is nothing to save
	}
}

// Find goes to the search of the tab in front, if it has one.
func (p *Page) Find() {
	if f, ok := p.current().(finder); ok {
		f.find()
	}
}

// name is what the client is called, as it was read last.
func (p *Page) name() string {
	if p.got == nil {
		return number(p.id)
	}
	return fullName(p.got.client.FirstName, p.got.client.LastName, p.got.client.Company)
}

// Reopen brings back what an earlier run left in one of the tabs, once the client is read.
func (p *Page) Reopen(t app.Typed) {
	if p.got == nil {
		p.pending = func() { p.Reopen(t) }
		return
	}
	switch t.Place.Form {
	case app.FormProfile:
		p.bring(p.profile)
		p.profile.keeper.Bring(t)
	case app.FormContact:
		p.bring(p.people)
		p.people.reopen(t)
	case app.FormNote:
		p.bring(p.notes)
		p.notes.reopen(t)
	case app.FormMail:
		p.bring(p.emails)
		p.emails.reopen(t)
	}
}

// edit brings the Profile to the front.
func (p *Page) edit() { p.bring(p.profile) }

// bring brings a part to the front.
func (p *Page) bring(what part) {
	for i, t := range p.parts {
		if t == what {
			p.Tab(i + 1)
		}
	}
}

// retitle puts another word on the tab of a part.
func (p *Page) retitle(of part, title string) {
	for i, t := range p.parts {
		if t == of {
			p.tabs.SetTitle(tabKey(i), title)
		}
	}
}
