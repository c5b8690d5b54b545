package client

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/phone"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/facts"
	"clientele/views/kit"
	"clientele/views/theme"
)

// summary is the tab with everything about a client at a glance (SU-1).
type summary struct {
	d    *desk.Desk
	page *Page

	information *facts.List
	billing     *facts.List
	lateFees    *kit.Tick
	overdue     *kit.Tick
	people      *contactCard
	services    *serviceCard
	files       *fileCard
	mails       *fyne.Container
	newest      *noteSummary
	send        *sendPanel
	closing     *kit.Button
	acts        *fyne.Container
	notes       *kit.Para // those of the profile
	pane        *pane
	recent      []data.Mail
	quiet       bool // the switches follow what is stored and are not pressed
}

func newSummary(d *desk.Desk, page *Page) *summary {
	s := &summary{d: d, page: page, information: facts.New(), billing: facts.New(), notes: kit.NewPara("", theme.Plain)}
	s.lateFees = kit.NewTick(i18n.T("Don't Apply Late Fees"), func(on bool) {
		s.set(func(p *app.Profile) { p.NoLateFees = on })
	})
	s.overdue = kit.NewTick(i18n.T("Don't Send Overdue Emails"), func(on bool) {
		s.set(func(p *app.Profile) { p.NoOverdueEmails = on })
	})
	s.people, s.files, s.newest = newContactCard(page), newFileCard(page), newNoteSummary(page)
	s.services = newServiceCard(page)
	s.send = newSendPanel(d, page, func() {
		if s.pane != nil {
			s.pane.relayout()
		}
	})
	s.send.read()
	s.mails = container.New(layout.NewCustomPaddedVBoxLayout(0))
	cards := kit.NewCards(
		kit.NewCard(i18n.T("Client information"), container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), s.information, s.access())),
		kit.NewCard(i18n.T("Billing"), s.billing),
		kit.NewCard(i18n.T("Contacts"), s.people.object),
		kit.NewCard(i18n.T("Services"), s.services.object),
		kit.NewCard(i18n.T("Files"), s.files.object),
		kit.NewCard(i18n.T("Actions"), s.actions()),
		kit.NewCard(i18n.T("Notes"), s.newest.object),
		kit.NewCard(i18n.T("Admin notes on the profile"), s.notes),
		kit.NewCard(i18n.T("Recent mails"), s.mails),
		kit.NewCard(i18n.T("Send email"), s.send.object),
		kit.NewCard(i18n.T("Notices"), container.New(layout.NewCustomPaddedVBoxLayout(0), s.lateFees, s.overdue)),
	)
	pad := layout.NewCustomPaddedLayout(theme.Gap, theme.Inset, theme.Inset, theme.Inset)
	s.pane = newPane(container.New(pad, cards))
	return s
}

func (s *summary) title() string             { return i18n.T("Summary") }
func (s *summary) object() fyne.CanvasObject { return s.pane.object }
func (s *summary) front(fyne.Canvas)         {}
func (s *summary) changed(c app.Change) {
	if c.Topic == app.TopicTemplates {
		s.send.read()
	}
}

// actions are what can be done with the client from here.
func (s *summary) actions() fyne.CanvasObject {
	edit := kit.NewButton(i18n.T("Edit Profile"), icons.Edit, func() { s.page.edit() })
	credits := kit.NewButton(i18n.T("Manage Credits"), icons.Transactions, s.page.ManageCredits)
	cards := kit.NewButton(i18n.T("Manage Credit Card Information"), icons.Card, s.page.ManageCard)
	invoice := kit.NewButton(i18n.T("New Invoice"), icons.Add, func() { s.d.Go.NewInvoice(s.page.id) })
	generate := kit.NewButton(i18n.T("Generate Due Invoices"), icons.Daily, s.page.GenerateInvoices)
	account := kit.NewButton(i18n.T("Account Statement"), icons.Invoices, s.page.AccountStatement)
	state := kit.NewMenuChip(i18n.T("Change Status"), s.statusMenu)
	apart := kit.NewButton(i18n.T("Open in a Window"), icons.Window, func() { s.d.Go.ClientWindow(s.page.id) })
	merging := kit.NewButton(i18n.T("Merge Client Accounts"), icons.Clients, s.page.MergeClients)
	s.closing = kit.NewButton(i18n.T("Close Client…"), icons.Close, s.page.CloseClient)
	deleting := kit.NewDanger(i18n.T("Delete Client"), icons.Delete, s.page.DeleteClient)
	s.acts = container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), edit, credits, cards, invoice, generate, account, state, apart, merging, s.closing, deleting)
	return s.acts
}

// access is what can be done about the client's way into the client area.
func (s *summary) access() fyne.CanvasObject {
	reset := kit.NewButton(i18n.T("Reset & send password"), icons.Mail, s.page.RemindAccess)
	enter := kit.NewButton(i18n.T("Open client area as this client"), icons.Window, s.page.OpenArea)
	return container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), reset, enter)
}

func (s *summary) statusMenu() *fyne.Menu {
	m := fyne.NewMenu("")
	for _, c := range statusChoices() {
		to := data.Status(c.Key)
		item := fyne.NewMenuItem(c.Label, func() { s.chooseStatus(to) })
		item.Checked = s.page.got.client.Status == to
		m.Items = append(m.Items, item)
	}
	return m
}

// chooseStatus sets the status. Where closing leaves services that go on being invoiced, it says so first (CL-10).
func (s *summary) chooseStatus(to data.Status) {
	c := s.page.got.client
	if to == c.Status {
		return
	}
	set := func(done func(error)) { s.setStatus(c.Status, to, done) }
	if to == data.Closed && c.ServicesActive > 0 {
		kit.Confirm(s.d.Canvas(), i18n.T("Set the status to Closed?"), []string{closedNotice(c.ServicesActive)}, i18n.T("Set to Closed"), false, set)
		return
	}
	set(func(err error) { s.d.Fail(err) })
}

func (s *summary) setStatus(from, to data.Status, done func(error)) {
	write := func(to data.Status, done func(error)) {
		var err error
		s.d.Act(i18n.T("Change Status"), func(ctx context.Context) error {
			_, err = s.d.App.Clients.SetStatus(ctx, []int64{s.page.id}, to)
			return nil // told by done, beside what asked for it
		}, func() { done(err) })
	}
	write(to, func(err error) {
		done(explained(err))
		if err != nil {
			return
		}
		word, _ := statusWord(to)
		s.d.Say(i18n.T("The status is %s now.", word), kit.Action{Label: i18n.T("Undo"), Do: func() {
			write(from, func(err error) { s.d.Fail(err) })
		}})
	})
}

// set changes the profile at once, as the switches do (CL-12).
func (s *summary) set(change func(*app.Profile)) {
	if s.quiet || s.page.got == nil {
		return
	}
	c := s.page.got.client
	p := app.ProfileOf(c)
	change(&p)
	s.switches(false)
	var err error
	s.d.Act(i18n.T("Notices"), func(ctx context.Context) error {
		err = s.d.App.Clients.Update(ctx, c.ID, c.Version, p, "")
		return nil
	}, func() {
		s.switches(true)
		if err != nil {
			s.d.Fail(s.whyNot(err))
		} else {
			s.d.Say(i18n.T("The notices of %s were changed.", fullName(c.FirstName, c.LastName, c.Company)))
		}
		s.page.reload() // the switches show what is stored, also where it was not changed
	})
}

// whyNot names the fields where a profile that was stored before has something that the rules do not allow now.
func (s *summary) whyNot(err error) error {
	var names []string
	for _, p := range app.ProblemsOf(err) {
		if p.Field != "" {
			names = append(names, label(p.Field, s.page.got.looks.fields))
		}
	}
	if len(names) == 0 {
		return err
	}
	return &app.Error{Code: app.Invalid, Message: i18n.T(
		"Nothing was changed, because the profile has to be mended first: %s. Edit the profile, then set this there.", strings.Join(names, ", "))}
}

// switches lets the switches be pressed or not: not while one is being stored.
func (s *summary) switches(on bool) {
	for _, c := range []*kit.Tick{s.lateFees, s.overdue} {
		if on {
			c.Enable()
		} else {
			c.Disable()
		}
	}
}

func (s *summary) show(l loaded) {
	c := l.client
	s.information.Set(s.inform(l)...)
	s.billing.Set(append(billed(l.billing), bill(c)...)...)
	s.quiet = true
	s.lateFees.SetChecked(c.NoLateFees)
	s.overdue.SetChecked(c.NoOverdueEmails)
	s.quiet = false
	s.people.show(l.client)
	s.services.show(l.client, l.due)
	s.files.show(l.files)
	s.showMails(l.recent)
	s.newest.show(l.notes)
	s.closing.Hidden = l.settled
	s.acts.Refresh()
	if c.Notes == "" {
		s.notes.Set(i18n.T("No notes."), theme.Muted)
	} else {
		s.notes.Set(beginning(c.Notes), theme.Plain)
	}
	s.pane.relayout()
}

// showMails lists the newest mails. Lines that say the same stay, and with them the keyboard.
func (s *summary) showMails(ms []data.Mail) {
	same := slices.EqualFunc(ms, s.recent, func(a, b data.Mail) bool { return a.ID == b.ID && a.State == b.State })
	if same && len(s.mails.Objects) > 0 {
		return
	}
	s.recent = ms
	s.mails.RemoveAll()
	for _, m := range ms {
		s.mails.Add(newMailLine(s.d, m))
	}
	if len(ms) == 0 {
		s.mails.Add(kit.NewPara(i18n.T("No mail yet."), theme.Muted))
	}
}

// beginning cuts notes that would push all else out of sight; the Profile has the whole of them.
func beginning(notes string) string {
	const most = 600
	if r := []rune(notes); len(r) > most {
		return string(r[:most]) + "…"
	}
	return notes
}

// inform lists who the client is.
func (s *summary) inform(l loaded) []facts.Fact {
	c := l.client
	group := facts.Fact{Label: i18n.T("Group")}
	if c.Group.ID != 0 {
		group.Object = container.NewHBox(groupPill(c.Group))
	}
	list := []facts.Fact{
		{Label: i18n.T("Name"), Value: strings.TrimSpace(c.FirstName + " " + c.LastName)},
		{Label: app.FieldLabel(app.FieldCompany), Value: c.Company},
		{Label: app.FieldLabel(app.FieldEmail), Value: c.Email, Copied: s.copied(c.Email)},
		{Label: app.FieldLabel(app.FieldPhone), Value: phone.Format(c.Phone, c.Country)},
		{Label: i18n.T("Address"), Value: strings.Join(c.Postal(), "\n")},
		{Label: app.FieldLabel(app.FieldTaxID), Value: c.TaxID},
		{Label: app.FieldLabel(app.FieldLanguage), Value: languageName(c.Language)},
		{Label: i18n.T("Client since"), Value: c.Created.Format(i18n.CurrentLocale())},
		group,
	}
	for _, f := range l.looks.fields {
		list = append(list, facts.Fact{Label: f.Name, Value: customShown(f, c.Custom[f.ID])})
	}
	return list
}

// copied says that a value was copied.
func (s *summary) copied(value string) func() {
	return func() { s.d.Say(i18n.T("%s was copied.", value)) }
}

// bill lists how the client is billed.
func bill(c app.Client) []facts.Fact {
	yes := func(on bool) string {
		if on {
			return i18n.T("Yes")
		}
		return ""
	}
	return []facts.Fact{
		{Label: app.FieldLabel(app.FieldCurrency), Value: currencyName(c.Currency)},
		{Label: app.FieldLabel(app.FieldPayment), Value: paymentName(c.PaymentMethod)},
		{Label: i18n.T("Invoices go to"), Value: billedTo(c)},
		{Label: i18n.T("Tax exempt"), Value: yes(c.TaxExempt)},
		{Label: i18n.T("Separate invoices"), Value: yes(c.SeparateInvoices)},
	}
}
