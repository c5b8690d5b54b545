package client

import (
	"context"
	"crypto/rand"
	"encoding/hex"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// AddPage is the Add New Client form (CL-4).
type AddPage struct {
	d      *desk.Desk
	key    string
	load   *task.Loader[lookups]
	looks  lookups
	form   *form
	hints  *hints
	keeper *desk.Keeper
	seen   bool // the page was shown
	begun  bool // the first field was given the keyboard
	saving bool
	left   *app.Typed // what is brought back once there is a form

	object  *fyne.Container
	body    *fyne.Container
	message *kit.Para
	save    *kit.Button
}

var _ desk.Page = (*AddPage)(nil)

// New returns an empty form with the defaults of the settings. Once the client is added it opens the client and closes its own tab (CL-8).
func New(d *desk.Desk) *AddPage {
	p := &AddPage{d: d, key: newKey(), load: task.NewLoader[lookups](d.Run)}
	p.message = kit.NewPara("", theme.Danger)
	p.message.Hide()
	p.save = kit.NewPrimary(i18n.T("Add Client"), nil, p.Save)
	cancel := kit.NewButton(i18n.T("Cancel"), nil, p.cancel)
	p.save.OnEscape, cancel.OnEscape = p.cancel, p.cancel
	p.save.Disable() // until there is a form
	p.hints = newHints(d, func() { p.object.Refresh() })
	p.body = container.NewStack()
	p.keeper = d.Keep(desk.Typing{Place: func() app.Place { return app.Place{Form: app.FormClient} }, About: p.about, Typed: p.kept, Bring: p.bring, Grown: func() { p.object.Refresh() }})
	pad := layout.NewCustomPaddedLayout(2*theme.Unit, 2*theme.Unit, theme.Inset, theme.Inset)
	foot := container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), p.hints.object, p.message, kit.NewTrailing(cancel, p.save))
	head := layout.NewCustomPaddedLayout(2*theme.Unit, 2*theme.Unit, theme.Inset-theme.Unit, theme.Inset-theme.Unit) // it has room of its own
	top := container.New(&kit.Stacked{}, container.New(head, kit.NewHeader(i18n.T("Add New Client"), "")), p.keeper.Inset())
	p.object = kit.Border(top, container.New(pad, foot), nil, nil, p.body)
	p.reload()
	return p
}

// newKey tells this form from all others, so that two presses of the button add one client.
func newKey() string {
	b := make([]byte, 16)
	rand.Read(b)
	return hex.EncodeToString(b)
}

// reload reads what the fields are chosen from and makes the form of it. What was typed stays.
func (p *AddPage) reload() {
	p.load.Load(func(ctx context.Context) (lookups, error) { return readLookups(ctx, p.d.App) }, func(l lookups, err error) {
		switch {
		case err != nil && p.form == nil:
			p.fill(p.d.ErrorState(err, p.reload))
		case err != nil:
			p.d.Fail(err)
		case p.form == nil || !l.same(p.looks):
			p.build(l)
		}
	})
}

func (p *AddPage) build(l lookups) {
	f := newForm(kind{looks: l, today: p.d.Run.Now, setUpMail: func() { p.d.Go.Settings("mail") }})
	start := valuesOf(app.NewProfile(l.settings), l.fields)
	start[app.FieldWelcome] = ""
	if l.settings.SendWelcome && l.settings.MailReady() {
		start[app.FieldWelcome] = on
	}
	f.begin(start)
	if p.form != nil {
		f.SetValues(p.form.typed())
		f.tellStatus()
	}
	f.onEdit = func() {
		p.tell("")
		p.nameSave()
		p.keeper.Touch()
		profile, _ := profileOf(f.Values(), nil)
		p.hints.ask(profile)
	}
	f.OnSubmit, f.OnCancel = p.Save, p.cancel
	p.looks, p.form = l, f
	p.save.Enable()
	p.nameSave()
	p.fill(f.pane.object)
	p.start()
	if left := p.left; left != nil {
		p.left = nil
		p.keeper.Bring(*left)
	}
}

// keyOfForm is where a form keeps its key: what was saved just before a crash is then not saved twice.
const keyOfForm = ".key"

// about is whom the form is about.
func (p *AddPage) about() string {
	return fullName(p.form.Value(app.FieldFirstName), p.form.Value(app.FieldLastName), p.form.Value(app.FieldCompany))
}

// kept is what comes back after a crash.
func (p *AddPage) kept() map[string]string {
	if p.form == nil {
		return nil
	}
	kept := p.form.kept()
	if kept != nil {
		kept[keyOfForm] = p.key
	}
	return kept
}

// bring puts back what was kept.
func (p *AddPage) bring(kept map[string]string) {
	p.key = kept[keyOfForm]
	p.form.bring(kept)
	p.form.FocusFirst(p.d.Canvas())
}

// Reopen brings back what an earlier run left.
func (p *AddPage) Reopen(t app.Typed) {
	if p.form == nil {
		p.left = &t
		return
	}
	p.keeper.Bring(t)
}

func (p *AddPage) fill(o fyne.CanvasObject) {
	p.body.RemoveAll()
	p.body.Add(o)
	p.body.Refresh()
}

// Object is what is drawn.
func (p *AddPage) Object() fyne.CanvasObject { return p.object }

// Shown gives the first field the keyboard when the form is seen for the first time.
func (p *AddPage) Shown() {
	p.seen = true
	p.keeper.Offer()
	p.start()
}

func (p *AddPage) start() {
	if p.seen && !p.begun && p.form != nil {
		p.begun = true
		p.form.FocusFirst(p.d.Canvas())
	}
}

// Changed follows the settings, groups and custom fields.
func (p *AddPage) Changed(c app.Change) {
	switch c.Topic {
	case app.TopicSettings, app.TopicGroups, app.TopicFields:
		p.reload()
	}
}

// Leave asks where something was typed that is not saved (CL-8).
func (p *AddPage) Leave(proceed func()) {
	if p.form == nil || !p.form.unsaved() {
		proceed()
		return
	}
	kit.AskUnsaved(p.d.Canvas(), i18n.T("The new client was not added yet."), func(done func(error)) {
		p.submit(func() { done(nil) }, proceed)
	}, func() {
		p.keeper.Forget()
		proceed()
	})
}

func (p *AddPage) cancel() { p.Leave(func() { p.d.Go.CloseTab(p) }) }

// Save adds the client, as the button and Ctrl+S do.
func (p *AddPage) Save() { p.submit(func() {}, func() {}) }

// Find does nothing: there is nothing to find in a form.
func (p *AddPage) Find() {}

// submit adds the client. over is called when the outcome is known and before it is shown, added after the client was added.
func (p *AddPage) submit(over, added func()) {
	if p.saving || p.form == nil {
		over()
		return
	}
	p.setSaving(true)
	p.tell("")
	values := p.form.Values()
	profile, local := profileOf(values, p.looks.fields)
	n := app.NewClient{Profile: profile, Password: values[app.FieldPassword], SendWelcome: values[app.FieldWelcome] == on, Key: p.key}
	var id int64
	p.d.Run.Task(i18n.T("Add Client"), func(ctx context.Context, _ *task.Progress) (err error) {
		id, err = p.d.App.Clients.Add(ctx, n)
		return err
	}, func(err error) {
		p.setSaving(false)
		over()
		if err != nil {
			p.tell(p.form.fail(err, local, p.d.Go.Client))
			return
		}
		p.form.begin(p.form.Values()) // nothing is unsaved any more
		p.keeper.Forget()
		p.d.Go.Client(id)
		p.d.Go.CloseTab(p)
		if n.SendWelcome {
			p.d.Say(i18n.T("Client added. The welcome email is in the outbox."))
		} else {
			p.d.Say(i18n.T("Client added."))
		}
		added()
	})
}

// nameSave says on the button that it writes to the client too: the tick box for that is far below what is seen.
func (p *AddPage) nameSave() {
	words := i18n.T("Add Client")
	if p.form.Value(app.FieldWelcome) == on {
		words = i18n.T("Add Client and Send Welcome")
	}
	p.save.SetText(words)
}

func (p *AddPage) setSaving(on bool) {
	p.saving = on
	if on {
		p.save.Disable()
	} else {
		p.save.Enable()
	}
}

// tell shows what is wrong with the form as a whole; nothing takes it away.
func (p *AddPage) tell(words string) {
	if words == p.message.Text() {
		return
	}
	p.message.Set(words, theme.Danger)
	if words == "" {
		p.message.Hide()
	} else {
		p.message.Show()
	}
	p.object.Refresh()
}
