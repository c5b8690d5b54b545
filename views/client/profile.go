package client

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// profile is the tab on which every field of a client is edited (CL-9). It edits the client as it was read at one version; what others store
// meanwhile comes into the fields that were not touched, and never over what was typed.
type profile struct {
	d    *desk.Desk
	page *Page

	client app.Client // as the form began with it
	looks  lookups
	form   *form
	// foreign are the values of the client that its form offers for its sake alone.
	foreign string
	saving  bool
	marked  bool // the tab says that something is not saved

	keeper *desk.Keeper

	view    *fyne.Container
	body    *fyne.Container
	message *kit.Para
	submitB *kit.Button
	revertB *kit.Button
}

func newProfile(d *desk.Desk, page *Page) *profile {
	p := &profile{d: d, page: page, message: kit.NewPara("", theme.Danger), body: container.NewStack()}
	p.message.Hide()
	p.submitB = kit.NewPrimary(i18n.T("Save Changes"), nil, p.save)
	p.revertB = kit.NewButton(i18n.T("Discard Changes"), nil, p.revert)
	p.revertB.Disable()
	pad := layout.NewCustomPaddedLayout(2*theme.Unit, 2*theme.Unit, theme.Inset, theme.Inset)
	foot := container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), p.message, kit.NewTrailing(p.revertB, p.submitB))
	p.keeper = d.Keep(desk.Typing{Place: func() app.Place { return app.Place{Form: app.FormProfile, Client: page.id} }, About: page.name, Typed: p.kept, Bring: p.bring, Grown: func() { p.view.Refresh() }})
	p.view = kit.Border(p.keeper.Inset(), container.New(pad, foot), nil, nil, p.body)
	return p
}

func (p *profile) title() string             { return i18n.T("Profile") }
func (p *profile) object() fyne.CanvasObject { return p.view }
func (p *profile) changed(app.Change)        {}

func (p *profile) front(c fyne.Canvas) {
	p.keeper.Offer()
	if p.form != nil {
		p.form.FocusFirst(c)
	}
}

// values are a stored client as the form holds it.
func (p *profile) values(l loaded) map[string]string {
	v := valuesOf(app.ProfileOf(l.client), l.looks.fields)
	v[app.FieldCredit] = creditText(l.client)
	v[app.FieldPassword] = ""
	return v
}

// show brings what is stored into the form, except over what was typed.
func (p *profile) show(l loaded) {
	stored := p.values(l)
	if p.form == nil || !l.looks.same(p.looks) || l.foreign() != p.foreign {
		p.build(l)
	}
	p.looks.contacts = l.looks.contacts
	p.form.billing.SetChoices(billingChoices(l.looks.contacts)...)
	if p.form.unsaved() && p.form.contested(stored) {
		return // the version stays the old one, so that saving finds the conflict and asks
	}
	p.client = l.client
	p.form.active = l.client.ServicesActive
	p.form.rebase(stored)
	p.mark()
}

// foreign lists what the client has where a list of choices does not offer it, from an import or from before the list was changed.
func (l loaded) foreign() string {
	var all []string
	if m := l.client.PaymentMethod; !slices.Contains(app.PaymentMethods, m) {
		all = append(all, m)
	}
	for _, f := range l.looks.fields {
		v := l.client.Custom[f.ID]
		if f.Kind == data.FieldChoice && v != "" && !slices.Contains(strings.Split(f.Options, "\n"), v) {
			all = append(all, app.CustomKey(f.ID)+" "+v)
		}
	}
	return strings.Join(all, "\n")
}

// build makes the form anew. What was typed stays.
func (p *profile) build(l loaded) {
	f := newForm(kind{looks: l.looks, today: p.d.Run.Now, has: &l.client})
	f.OnSubmit, f.OnCancel = p.save, func() {}
	f.onEdit = func() {
		p.tell("")
		p.mark()
	}
	if p.form == nil {
		p.client = l.client
		f.begin(p.values(l))
	} else {
		f.begin(p.form.began)
		f.SetValues(p.form.typed())
		f.tellStatus()
	}
	p.looks, p.form, p.foreign = l.looks, f, l.foreign()
	p.body.RemoveAll()
	p.body.Add(f.pane.object)
	p.body.Refresh()
}

// unsaved tells whether something was typed that is not saved.
func (p *profile) unsaved() bool { return p.form != nil && p.form.unsaved() }

// kept is what comes back after a crash.
func (p *profile) kept() map[string]string {
	if p.form == nil {
		return nil
	}
	kept := p.form.kept()
	if kept != nil {
		kept[keyVersion] = strconv.FormatInt(p.client.Version, 10)
	}
	return kept
}

// bring puts back what was kept. Where somebody else stored something in the same fields since, the version is the one that was typed into, so that saving
// finds the conflict and asks.
func (p *profile) bring(kept map[string]string) {
	p.form.bring(kept)
	if v, err := strconv.ParseInt(kept[keyVersion], 10, 64); err == nil && p.form.contested(p.values(*p.page.got)) {
		p.client.Version = v
	}
	p.mark()
}

// mark shows on the tab and the buttons whether something is not saved, and has it kept.
func (p *profile) mark() {
	on := p.unsaved()
	p.keeper.Follow(on)
	if on == p.marked {
		return
	}
	p.marked = on
	enable(p.revertB, on)
	title := p.title()
	if on {
		title = i18n.T("%s (not saved)", title)
	}
	p.page.retitle(p, title)
}

// revert puts back what is stored.
func (p *profile) revert() {
	p.form.begin(p.form.began)
	p.form.clearErrors()
	p.tell("")
	p.mark()
	p.page.reload() // what somebody else stored meanwhile
}

// leave asks where something was typed that is not saved.
func (p *profile) leave(proceed func()) {
	if !p.unsaved() {
		proceed()
		return
	}
	name := fullName(p.client.FirstName, p.client.LastName, p.client.Company)
	kit.AskUnsaved(p.d.Canvas(), i18n.T("The profile of %s has changes that are not saved.", name), func(done func(error)) {
		p.submit(func() { done(nil) }, proceed)
	}, func() {
		p.revert()
		proceed()
	})
}

// save stores the form, as the button and Ctrl+S do.
func (p *profile) save() { p.submit(func() {}, func() {}) }

// edits is what one press of the button stores.
type edits struct {
	version  int64
	profile  bool // fields of the profile differ, or a password was typed
	credit   bool // the credit balance differs
	was      int64
	values   map[string]string
	local    map[string]string
	new      app.Profile
	password string
}

// submit stores the form. over is called when the outcome is known and before it is shown, saved after all of it was stored.
func (p *profile) submit(over, saved func()) {
	if p.form == nil || p.saving {
		over()
		return
	}
	e := edits{version: p.client.Version, was: p.client.Credit, values: p.form.Values()}
	e.password = e.values[app.FieldPassword]
	for key := range p.form.typed() {
		if key == app.FieldCredit {
			e.credit = true
		} else {
			e.profile = true
		}
	}
	if !e.credit && !e.profile {
		over()
		p.d.Say(i18n.T("Everything is saved already."))
		saved()
		return
	}
	e.new, e.local = profileOf(e.values, p.looks.fields)
	balance, err := p.form.money(e.values[app.FieldCredit])
	if e.credit && err != nil {
		over()
		p.tell(p.form.fail(app.Problems{{Code: app.Invalid, Field: app.FieldCredit, Message: err.Error()}}, e.local, p.d.Go.Client))
		return
	}
	p.setSaving(true)
	p.tell("")
	stored := false // the profile is, though the credit may not be
	p.d.Run.Task(i18n.T("Save Changes"), func(ctx context.Context, _ *task.Progress) error {
		if e.profile {
			if err := p.d.App.Clients.Update(ctx, p.page.id, e.version, e.new, e.password); err != nil {
				return err
			}
			stored = true
		}
		if !e.credit {
			return nil
		}
		if stored {
			fresh, err := p.d.App.Clients.Get(ctx, p.page.id)
			if err != nil {
				return err
			}
			if fresh.Credit != e.was {
				return data.ErrChanged
			}
			e.version = fresh.Version
		}
		return p.d.App.Credit.Adjust(ctx, p.page.id, e.version, balance)
	}, func(err error) {
		p.setSaving(false)
		over()
		p.ended(e, stored, err, saved)
	})
}

// ended shows what became of saving.
func (p *profile) ended(e edits, stored bool, err error, saved func()) {
	if stored || err == nil {
		now := maps.Clone(e.values)
		now[app.FieldPassword] = ""
		credit := now[app.FieldCredit]
		if err != nil {
			now[app.FieldCredit] = p.form.began[app.FieldCredit]
		}
		p.form.begin(now)
		p.form.SetValues(map[string]string{app.FieldCredit: credit})
	}
	switch {
	case err == nil:
		p.form.clearErrors()
		p.d.Say(savedWords(e))
		p.mark()
		p.page.reload()
		saved()
		return
	case stored:
		p.form.fail(creditProblem(err), nil, p.d.Go.Client)
		p.tell(i18n.T("The profile was saved. The credit balance was not: %s", app.Explain(err)))
		p.page.reload()
	case app.CodeOf(explainedChange(err)) == app.Conflict:
		p.conflict(saved)
	default:
		p.tell(p.form.fail(err, e.local, p.d.Go.Client))
	}
	p.mark()
}

func savedWords(e edits) string {
	switch {
	case e.profile && e.credit:
		return i18n.T("The profile and the credit balance were saved.")
	case e.credit:
		return i18n.T("The credit balance was saved.")
	}
	return i18n.T("The profile was saved.")
}

// creditProblem puts an error of the credit beside its field, whatever it was about.
func creditProblem(err error) error {
	return app.Problems{{Code: app.Invalid, Field: app.FieldCredit, Message: app.Explain(err)}}
}

func (p *profile) setSaving(on bool) {
	p.saving = on
	enable(p.submitB, !on)
}

// tell shows what is wrong with the form as a whole; nothing takes it away.
func (p *profile) tell(words string) {
	if words == p.message.Text() {
		return
	}
	p.message.Set(words, theme.Danger)
	if words == "" {
		p.message.Hide()
	} else {
		p.message.Show()
	}
	p.view.Refresh()
}
