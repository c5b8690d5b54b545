package client

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/task"
	"clientele/views/theme"
)

// The choices of the panel that are no templates.
const (
	newMessage    = ""
	accessDetails = "access_reminder"
)

// sendPanel is Send email on the Summary (SU-4): what is sent, its subject, and a button that leads on. Templates are offered once they are read.
type sendPanel struct {
	d      *desk.Desk
	page   *Page
	grown  func() // it may have become higher or lower
	form   *kit.Form
	top    *fyne.Container // the form
	button *kit.Button
	load   *task.Loader[[]app.MailTemplate]
	object fyne.CanvasObject
}

// keyTemplate is the field that says what is sent.
const keyTemplate = "template"

func newSendPanel(d *desk.Desk, page *Page, grown func()) *sendPanel {
	s := &sendPanel{d: d, page: page, grown: grown, load: task.NewLoader[[]app.MailTemplate](d.Run), top: container.NewStack()}
	s.button = kit.NewButton("", icons.Mail, s.begin)
	s.object = container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), s.top, s.button)
	s.offer(nil)
	return s
}

// read reads which templates can be sent by hand.
func (s *sendPanel) read() {
	s.load.Load(s.d.App.Templates.ByHand, func(all []app.MailTemplate, err error) {
		if err == nil { // without templates a message can be written all the same
			s.offer(all)
		}
	})
}

// offer shows what can be sent. What was chosen and typed stays.
func (s *sendPanel) offer(templates []app.MailTemplate) {
	choices := []kit.Choice{{Key: newMessage, Label: i18n.T("New message")}, {Key: accessDetails, Label: i18n.T("Client Area Details Reminder")}}
	for _, t := range templates {
		choices = append(choices, kit.Choice{Key: t.Kind, Label: t.Name})
	}
	subject := kit.NewText(app.MaxSubject)
	subject.Entry.SetPlaceHolder(i18n.T("Subject"))
	form := kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: keyTemplate, Wide: true, Input: kit.NewSelect(choices...)},
		{Key: app.FieldSubject, Wide: true, Input: subject},
	}})
	if s.form != nil {
		form.SetValues(s.form.Values())
	}
	form.OnSubmit = s.begin
	form.OnDirty = func(dirty bool) {
		if dirty {
			form.MarkClean() // so that each change is told of
			s.chose()
		}
	}
	s.form = form
	s.top.Objects = []fyne.CanvasObject{form}
	s.top.Refresh()
	s.chose()
}

// chose shows what the button does with the choice.
func (s *sendPanel) chose() {
	label := i18n.T("Write Email…")
	switch s.form.Value(keyTemplate) {
	case newMessage:
	case accessDetails:
		label = i18n.T("Send…")
	default:
		label = i18n.T("Edit and Send…")
	}
	if s.button.Text != label {
		s.button.SetText(label)
		s.grown()
	}
}

// begin does what was chosen: a password is sent once that is confirmed, anything else can be edited first.
func (s *sendPanel) begin() {
	switch what := s.form.Value(keyTemplate); what {
	case newMessage:
		subject := s.form.Value(app.FieldSubject)
		s.form.SetValues(map[string]string{app.FieldSubject: ""})
		s.page.write(subject, app.Manual{})
	case accessDetails:
		s.page.RemindAccess()
	default:
		s.page.write(s.form.Value(app.FieldSubject), app.Manual{Template: what})
	}
}

// RemindAccess sends Client Area Details Reminder once that is confirmed (PW-4).
func (p *Page) RemindAccess() {
	if p.got == nil || kit.DialogOpen() {
		return
	}
	c := p.got.client
	will := []string{
		i18n.T("A new random password is made and mailed to %s alone.", c.Email),
		i18n.T("The password that the client has now stops working at once."),
		i18n.T("The new one is valid for 7 days, and must be changed when the client logs in."),
	}
	if p.got.looks.settings.ClientAreaURL == "" {
		will = append(will, i18n.T("The client area has no address yet, so the mail cannot say where to log in. It is set in Settings, Client Area."))
	}
	kit.Confirm(p.d.Canvas(), i18n.T("Send a new password to %s?", c.Name()), will, i18n.T("Send New Password"), false, func(done func(error)) {
		var mail int64
		p.d.Run.Task(i18n.T("Client Area Details Reminder"), func(ctx context.Context, _ *task.Progress) (err error) {
			mail, err = p.d.App.Clients.RemindAccess(ctx, p.id)
			return err
		}, func(err error) {
			done(desk.Explained(err))
			if err == nil {
				p.d.Say(i18n.T("The client area details are in the outbox."), kit.Action{Label: i18n.T("Show"), Do: func() { mailview.Show(p.d, mail) }})
			}
		})
	})
}
