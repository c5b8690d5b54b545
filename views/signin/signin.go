// Package signin is what a shared office begins with: who is at this desktop (AP-4).
package signin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/theme"
)

// prefName remembers who signed in last at this desktop.
const prefName = "signin.name"

// Page asks for a name and a password.
type Page struct {
	desk.Plain
	desk    *desk.Desk
	first   bool
	form    *kit.Form
	button  *kit.Button
	message *kit.Para
	column  *fyne.Container
	object  fyne.CanvasObject
	done    func()
	busy    bool
}

var _ desk.Page = (*Page)(nil)

// width is as wide as two fields read well below each other.
const width float32 = 420

// againKey is the field in which the first owner types the password once more.
const againKey = "again"

// New builds the page. Where the office has no admins yet, the first one becomes its owner. done goes on once somebody is signed in.
func New(d *desk.Desk, entrance app.Entrance, done func()) *Page {
	p := &Page{desk: d, first: entrance == app.FirstOwner, done: done, message: kit.NewPara("", theme.Danger)}
	p.message.Hide()
	title, text, action := i18n.T("Sign In"), i18n.T("This office is shared. What you do is in its activity log by your name."), i18n.T("Sign In")
	password := kit.Field{Key: "password", Label: i18n.T("Password"), Wide: true, Input: kit.NewSecret(256, "")}
	if p.first {
		title, action = i18n.T("You Are the First"), i18n.T("Go On")
		text = i18n.T("This shared office has no admins yet. You become its owner: you can add colleagues later in the settings, and each signs in with a name and a password.")
		password.Help = i18n.T("At least 12 characters. Nobody can read it, so keep it in mind.")
	}
	fields := []kit.Field{{Key: "name", Label: i18n.T("Your name"), Wide: true, Input: kit.NewText(100)}, password}
	if p.first { // nobody could give them another one
		fields = append(fields, kit.Field{Key: againKey, Label: i18n.T("Once more"), Wide: true, Input: kit.NewSecret(256, "")})
	}
	p.form = kit.NewForm(kit.Group{Fields: fields})
	p.form.SetValues(map[string]string{"name": d.Prefs.String(prefName)})
	p.form.OnSubmit = p.enter
	p.button = kit.NewPrimary(action, nil, p.enter)
	p.column = container.New(layout.NewCustomPaddedVBoxLayout(theme.Inset), kit.NewHeading(title), kit.NewPara(text, theme.Muted),
		kit.NewCard("", p.form), p.message, kit.NewTrailing(p.button))
	if address := d.App.Sharing.Address(); address != "" {
		p.column.Add(kit.NewPara(address, theme.Muted))
	}
	p.object = kit.Scrolled(container.New(&middle{}, p.column))
	return p
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown puts the keyboard into the first empty field.
func (p *Page) Shown() {
	p.form.FocusFirst(p.desk.Canvas())
	if f := p.desk.Canvas().Focused(); f != nil && p.form.Value("name") != "" {
		p.desk.Canvas().FocusNext()
	}
}

// Save is the button.
func (p *Page) Save() { p.enter() }

func (p *Page) enter() {
	if p.busy {
		return
	}
	name, password := p.form.Value("name"), p.form.Value("password")
	if p.first && password != p.form.Value(againKey) {
		p.form.SetErrors(map[string]string{againKey: i18n.T("This is not the same as above.")})
		return
	}
	p.busy = true
	p.button.Disable()
	p.desk.SaveForm(i18n.T("Sign In"), p.form, func(ctx context.Context) error {
		if p.first {
			return p.desk.App.Admins.AddFirst(ctx, name, password)
		}
		return p.desk.App.Admins.SignIn(ctx, name, password)
	}, func(err error) {
		p.busy = false
		p.button.Enable()
		if err != nil {
			words := err.Error()
			if words == desk.BesideFields() { // nothing was to be saved here
				words = ""
			}
			p.say(words)
			return
		}
		p.say("")
		p.desk.Prefs.SetString(prefName, name)
		p.form.SetValues(map[string]string{"password": "", againKey: ""})
		p.done()
	})
}

func (p *Page) say(words string) {
	p.message.Set(words, theme.Danger)
	p.message.Hidden = words == ""
	p.column.Refresh()
}

// middle keeps the questions in the middle.
type middle struct{}

func (middle) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(320, o[0].MinSize().Height+4*theme.Inset)
}

func (middle) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := min(width, s.Width-2*theme.Inset)
	o[0].Resize(fyne.NewSize(w, o[0].Size().Height))
	h := o[0].MinSize().Height
	o[0].Move(fyne.NewPos((s.Width-w)/2, max((s.Height-h)/2, theme.Inset)))
	o[0].Resize(fyne.NewSize(w, h))
}
