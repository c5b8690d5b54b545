// Package locked is what a locked window shows: the question for its passphrase, and nothing of the office (AP-4).
package locked

import (
	"context"

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

// Params are what the page is told of the window around it.
type Params struct {
	// Unlocked goes on once the passphrase was the right one.
	Unlocked func()
	// Open tells that pages are open, which may have something typed that is not saved.
	Open bool
	// Quit ends the program.
	Quit func()
}

// Page asks for the passphrase.
type Page struct {
	desk    *desk.Desk
	params  Params
	form    *kit.Form
	phrase  *kit.Text
	button  *kit.Button
	leave   *kit.Button
	message *kit.Para
	column  *fyne.Container
	object  fyne.CanvasObject
	busy    bool
	asked   bool // it was asked whether to quit
}

// width is as wide as a passphrase reads well in.
const width float32 = 420

// New builds the page.
func New(d *desk.Desk, params Params) *Page {
	p := &Page{desk: d, params: params, message: kit.NewPara("", theme.Danger), phrase: kit.NewSecret(256, "")}
	p.message.Hide()
	p.form = kit.NewForm(kit.Group{Fields: []kit.Field{{Key: app.FieldLockPassphrase, Label: i18n.T("Passphrase"), Wide: true, Input: p.phrase}}})
	p.form.OnSubmit = p.unlock
	p.button = kit.NewPrimary(i18n.T("Unlock"), nil, p.unlock)
	p.leave = kit.NewQuiet(i18n.T("Quit…"), nil, p.Quit)
	p.column = container.New(layout.NewCustomPaddedVBoxLayout(theme.Inset), kit.NewHeading(i18n.T("Clientele Is Locked")),
		kit.NewPara(i18n.T("What was open is as it was once you unlock. Mail goes out meanwhile."), theme.Muted),
		kit.NewCard("", p.form), p.message, kit.NewButtons(p.leave, layout.NewSpacer(), p.button))
	p.object = kit.Scrolled(container.New(&middle{}, p.column))
	return p
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown puts the keyboard into the field.
func (p *Page) Shown() { p.form.FocusFirst(p.desk.Canvas()) }

// Quit ends the program. Where that may lose something it says so first, and does it when it is asked again: pages cannot be asked, as they may not be shown.
func (p *Page) Quit() {
	if !p.asked && p.params.Open {
		p.asked = true
		p.leave.SetText(i18n.T("Quit Anyway"))
		p.say(i18n.T("What was typed and not saved yet is lost by quitting. Unlock to save it."))
		return
	}
	p.params.Quit()
}

func (p *Page) unlock() {
	if p.busy {
		return
	}
	p.setBusy(true)
	phrase := p.phrase.Value()
	p.desk.Run.Task(i18n.T("Unlock"), func(ctx context.Context, _ *task.Progress) error { return p.desk.App.Lock.Unlock(ctx, phrase) }, func(err error) {
		p.setBusy(false)
		p.phrase.SetValue("")
		if err != nil {
			fields, rest := desk.FieldErrors(err)
			p.form.SetErrors(fields)
			p.say(rest)
			p.Shown()
			return
		}
		p.params.Unlocked()
	})
}

// setBusy says that the passphrase is being looked at, which takes about a second.
func (p *Page) setBusy(on bool) {
	p.busy = on
	if on {
		p.button.SetText(i18n.T("Unlocking…"))
		p.button.Disable()
		return
	}
	p.button.SetText(i18n.T("Unlock"))
	p.button.Enable()
}

func (p *Page) say(words string) {
	p.message.Set(words, theme.Danger)
	p.message.Hidden = words == ""
	p.column.Refresh()
}

// middle keeps the question in the middle.
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
