package mailview

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/facts"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// Show reads a mail and shows it in a dialog: who it goes to, what became of it, what it says. Passwords in it are asterisks (ML-5).
func Show(d *desk.Desk, id int64) {
	task.NewLoader[app.MailView](d.Run).Load(func(ctx context.Context) (app.MailView, error) {
		return d.App.Mails.View(ctx, id)
	}, func(m app.MailView, err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		open(d, m)
	})
}

// open shows a mail that was read.
func open(d *desk.Desk, m app.MailView) {
	var dialog *kit.OpenDialog
	leave := func(do func()) func() {
		return func() {
			dialog.Dismiss()
			do()
		}
	}
	actions := kit.NewButtons()
	if CanRetry(m.State) {
		actions.Add(kit.NewButton(AgainName(m.Mail), icons.Retry, leave(func() { Retry(d, m.ID) })))
	}
	if CanResend(m.Mail) {
		actions.Add(kit.NewButton(i18n.T("Resend"), icons.Retry, leave(func() { Resend(d, m.ID) })))
		actions.Add(kit.NewButton(i18n.T("Edit and Resend…"), icons.Edit, leave(func() { EditAndResend(d, m.ID) })))
	}
	if CanCancel(m.State) {
		actions.Add(kit.NewButton(i18n.T("Cancel This Mail"), icons.Close, leave(func() { Cancel(d, m.ID) })))
	}
	if m.ClientID != nil {
		actions.Add(kit.NewButton(i18n.T("Open Client"), icons.Client, leave(func() { d.Go.Client(*m.ClientID) })))
	}
	for _, o := range actions.Objects {
		o.(*kit.Button).OnEscape = func() { dialog.Dismiss() }
	}
	text := widget.NewLabel(strings.TrimRight(m.BodyText, "\n"))
	text.Wrapping = fyne.TextWrapWord
	text.Selectable = true
	body := container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), facts.New(know(m)...), kit.NewCard("", text))
	if len(m.Files) > 0 || m.Document != "" {
		files := container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit))
		if m.Document != "" {
			show := kit.NewButton(i18n.T("Open"), icons.Invoices, leave(func() {
				d.OpenDocument(func(ctx context.Context) (app.Paper, error) { return d.App.Documents.Invoice(ctx, *m.InvoiceID) })
			}))
			show.OnEscape = func() { dialog.Dismiss() }
			files.Add(kit.Border(nil, nil, nil, show, kit.NewPara(m.Document, theme.Plain)))
			words := i18n.T("It is made from the invoice as the mail is sent.")
			if m.SentAt != nil {
				words = i18n.T("It is made anew from the invoice as it is now. What was paid since the mail went may differ.")
			}
			files.Add(kit.NewPara(words, theme.Muted))
		}
		for _, f := range m.Files {
			save := kit.NewButton(i18n.T("Save As…"), icons.Export, leave(func() { saveAs(d, f) }))
			save.OnEscape = func() { dialog.Dismiss() }
			files.Add(kit.Border(nil, nil, nil, save, kit.NewPara(f.Name+"  ("+i18n.FormatBytes(f.Size)+")", theme.Plain)))
		}
		body.Add(kit.NewCard(i18n.T("Attachments"), files))
	}
	if len(actions.Objects) > 0 {
		body.Add(actions)
	}
	dialog = kit.ShowDialog(d.Canvas(), kit.Dialog{Title: m.Subject, Body: body, Close: i18n.T("Close"), Width: 640})
}

// saveAs asks where to write a file of a mail, and writes it there.
func saveAs(d *desk.Desk, f data.MailAttachment) {
	desk.SaveFile{
		Title: i18n.T("Save As"), Text: i18n.T("The file as it went with the mail, %s.", i18n.FormatBytes(f.Size)), Name: f.Name, Action: i18n.T("Save"),
		Write: func(path string) {
			d.Run.Task(i18n.T("Save %s", f.Name), func(ctx context.Context, p *task.Progress) error {
				return d.App.Mails.SaveAttachment(ctx, f.ID, path, p)
			}, func(err error) {
				if err != nil {
					d.Fail(err)
					return
				}
				d.Say(i18n.T("“%s” was saved.", filepath.Base(path)))
			})
		},
	}.Ask(d)
}

// know lists what is known of a mail besides its text.
func know(m app.MailView) []facts.Fact {
	word, tone := State(m.State)
	to := make([]string, len(m.To))
	for i, r := range m.To {
		to[i] = Address(r)
		if r.Copy {
			to[i] = i18n.T("%s (copy)", to[i])
		}
	}
	if len(to) == 0 {
		to = []string{m.ToLine}
	}
	list := []facts.Fact{
		{Label: i18n.T("Subject"), Value: longSubject(m.Subject)},
		{Label: i18n.T("To"), Value: strings.Join(to, "\n")},
		{Label: i18n.T("State"), Object: container.NewHBox(kit.NewPill(word, tone))},
		{Label: i18n.T("Queued"), Value: When(m.CreatedAt)},
	}
	if m.SentAt != nil {
		list = append(list, facts.Fact{Label: i18n.T("Sent"), Value: When(*m.SentAt)})
	}
	if m.Attempts > 0 {
		list = append(list, facts.Fact{Label: i18n.T("Attempts"), Value: i18n.FormatInt(m.Attempts)})
	}
	if waits := m.State == data.MailQueued || m.State == data.MailUncertain; waits && m.Attempts > 0 {
		list = append(list, facts.Fact{Label: i18n.T("Next try"), Value: When(m.NextAt)})
	}
	return append(list,
		facts.Fact{Label: answerLabel(m.State), Value: m.Answer},
		facts.Fact{Label: i18n.T("By"), Value: m.Who},
		facts.Fact{Label: i18n.T("Message-ID"), Value: m.MessageID, Tone: theme.Muted},
	)
}

// Address is a recipient as mail programs write them: the name, and the address in angle brackets.
func Address(r data.Recipient) string {
	if r.Name == "" {
		return r.Email
	}
	return r.Name + " <" + r.Email + ">"
}

// longSubject is a subject that the title of the dialog has no room for, or nothing.
func longSubject(s string) string {
	const room = 48
	if utf8.RuneCountInString(s) <= room {
		return ""
	}
	return s
}

func answerLabel(s data.MailState) string {
	if s == data.MailSuppressed {
		return i18n.T("Reason")
	}
	return i18n.T("Server's answer")
}

// CanRetry tells whether a mail in this state can be sent again.
func CanRetry(s data.MailState) bool {
	return slices.Contains([]data.MailState{data.MailFailed, data.MailQueued, data.MailUncertain, data.MailCancelled}, s)
}

// CanCancel tells whether a mail in this state can be taken out of the outbox.
func CanCancel(s data.MailState) bool {
	return slices.Contains([]data.MailState{data.MailFailed, data.MailQueued, data.MailUncertain}, s)
}

// Retry puts a mail at the head of the outbox, which begins to send at once, and says so in the bar.
func Retry(d *desk.Desk, id int64) {
	d.Act(i18n.T("Retry"), func(ctx context.Context) error { return d.App.Mails.Retry(ctx, id) }, func() {
		d.App.Outbox.SendNow()
		d.Say(i18n.T("The mail is in the outbox and goes out next."))
	})
}

// CanResend tells whether a mail can be sent once more, as a new one. One that waits or failed is sent itself.
func CanResend(m data.Mail) bool {
	return m.ClientID != nil && (m.State == data.MailSent || m.State == data.MailSuppressed)
}

// Resend sends a mail once more as it was and says so in the bar.
func Resend(d *desk.Desk, id int64) {
	d.Act(i18n.T("Resend"), func(ctx context.Context) error {
		_, err := d.App.Mails.Resend(ctx, id)
		return err
	}, func() { d.Say(i18n.T("The mail is in the outbox once more.")) })
}

// CanAgain tells whether a mail can be sent, once more or now.
func CanAgain(m data.Mail) bool { return CanRetry(m.State) || CanResend(m) }

// AgainName is what Again is called for a mail: by its state, as the mail itself goes or one like it.
func AgainName(m data.Mail) string {
	switch {
	case m.State == data.MailQueued:
		return i18n.T("Send Now")
	case CanResend(m):
		return i18n.T("Resend")
	}
	return i18n.T("Retry")
}

// Again sends a mail that waits or failed, or, where it was sent, one like it.
func Again(d *desk.Desk, m data.Mail) {
	if CanResend(m) {
		Resend(d, m.ID)
		return
	}
	Retry(d, m.ID)
}

// EditAndResend begins a new mail to the client with what was in this one.
func EditAndResend(d *desk.Desk, id int64) {
	task.NewLoader[app.Manual](d.Run).Load(func(ctx context.Context) (app.Manual, error) { return d.App.Mails.Again(ctx, id) }, func(m app.Manual, err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		d.Go.WriteMail(m.ClientID, m)
	})
}

// Cancel takes a mail out of the outbox and says so in the bar.
func Cancel(d *desk.Desk, id int64) {
	d.Act(i18n.T("Cancel This Mail"), func(ctx context.Context) error { return d.App.Mails.Cancel(ctx, id) }, func() {
		d.Say(i18n.T("The mail was cancelled and will not be sent."))
	})
}

// Menu offers for a mail in a list what can be done with it.
func Menu(d *desk.Desk, m data.Mail) *fyne.Menu {
	menu := fyne.NewMenu("", fyne.NewMenuItem(i18n.T("Open"), func() { Show(d, m.ID) }))
	if CanRetry(m.State) {
		menu.Items = append(menu.Items, fyne.NewMenuItem(AgainName(m), func() { Retry(d, m.ID) }))
	}
	if CanResend(m) {
		menu.Items = append(menu.Items, fyne.NewMenuItem(i18n.T("Resend"), func() { Resend(d, m.ID) }),
			fyne.NewMenuItem(i18n.T("Edit and Resend…"), func() { EditAndResend(d, m.ID) }))
	}
	if CanCancel(m.State) {
		menu.Items = append(menu.Items, fyne.NewMenuItem(i18n.T("Cancel This Mail"), func() { Cancel(d, m.ID) }))
	}
	return menu
}
