package settings

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// trial tries the mail settings as they are typed, saved or not, and shows the server's own words.
type trial struct {
	mail    *mailSection
	connect *kit.Button
	send    *kit.Button
	stop    *kit.Button
	pill    *kit.Pill
	doing   *kit.Para
	words   *widget.Label
	object  *kit.Card

	running bool
	task    *task.Task
}

func newTrial(m *mailSection) *trial {
	t := &trial{mail: m, pill: kit.NewPill("", theme.Plain), doing: kit.NewLine("", theme.Plain), words: widget.NewLabel("")}
	t.words.Wrapping, t.words.Selectable = fyne.TextWrapWord, true
	t.connect = kit.NewButton(i18n.T("Test Connection"), icons.Retry, t.testConnection)
	t.send = kit.NewButton(i18n.T("Send Test Mail"), icons.Mail, t.askTest)
	t.stop = kit.NewButton(i18n.T("Cancel"), icons.Close, func() {
		if t.task != nil {
			t.task.Cancel()
		}
	})
	line := container.New(layout.NewCustomPaddedLayout(0, 0, 2*theme.Unit, 0), container.NewVBox(layout.NewSpacer(), t.doing, layout.NewSpacer()))
	head := kit.Border(nil, nil, container.NewCenter(t.pill), t.stop, line)
	t.object = kit.NewCard("", container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit), head, t.words))
	t.object.Hide()
	return t
}

func (t *trial) testConnection() {
	t.try(i18n.T("Test Connection"), func(ctx context.Context, set app.Settings, password string) (app.Attempt, error) {
		return t.mail.desk.App.Mails.TestConnection(ctx, set, password)
	})
}

// askTest asks where a test mail is to go.
func (t *trial) askTest() {
	form := kit.NewForm(kit.Group{Fields: []kit.Field{{Key: "to", Label: i18n.T("Address"), Wide: true, Input: kit.NewText(254)}}})
	form.SetValues(map[string]string{"to": t.mail.form.Value("mail_from")})
	kit.ShowDialog(t.mail.desk.Canvas(), kit.Dialog{
		Title: i18n.T("Send Test Mail"), Text: i18n.T("The mail is sent with what is entered in this form, saved or not."), Form: form, Action: i18n.T("Send"),
		Do: func(done func(error)) {
			done(nil)
			t.sendTest(form.Value("to"))
		},
	})
}

func (t *trial) sendTest(to string) {
	t.try(i18n.T("Send Test Mail"), func(ctx context.Context, set app.Settings, password string) (app.Attempt, error) {
		return t.mail.desk.App.Mails.SendTest(ctx, set, password, to)
	})
}

// try runs a trial off the UI thread. One runs at a time.
func (t *trial) try(title string, run func(context.Context, app.Settings, string) (app.Attempt, error)) {
	if t.running {
		return
	}
	set, password := t.mail.typed(), t.mail.password.Value()
	t.begin(i18n.T("Asking %s …", set.SMTPHost))
	var got app.Attempt
	started := t.mail.desk.Run.Task(title, func(ctx context.Context, _ *task.Progress) (err error) {
		got, err = run(ctx, set, password)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	}, func(err error) { t.end(got, err) })
	if t.running {
		t.task = started
	}
}

func (t *trial) begin(words string) {
	t.running = true
	t.connect.Disable()
	t.send.Disable()
	t.stop.Show()
	t.show(i18n.T("Trying"), theme.Info, words, "")
}

// end shows how a trial went: what is wrong with the fields beside them, everything else in the panel.
func (t *trial) end(got app.Attempt, err error) {
	t.running, t.task = false, nil
	t.connect.Enable()
	t.send.Enable()
	t.stop.Hide()
	if errors.Is(err, context.Canceled) {
		t.show(i18n.T("Cancelled"), theme.Muted, i18n.T("The trial was stopped."), "")
		return
	}
	if err != nil {
		fields, rest := desk.FieldErrors(err)
		if len(fields) == 0 {
			t.show(i18n.T("Not tried"), theme.Danger, i18n.T("It could not be tried:"), rest)
			return
		}
		if wrong := fields["to"]; wrong != "" {
			t.show(i18n.T("Not tried"), theme.Danger, i18n.T("The address of the test mail cannot be right:"), wrong)
			return
		}
		t.mail.form.SetErrors(fields)
		t.show(i18n.T("Not tried"), theme.Danger, i18n.T("Something that was entered cannot be right; see beside the fields."), "")
		return
	}
	word, tone, says := outcome(got.Delivery)
	t.show(word, tone, says, got.Answer)
}

// outcome puts into words what became of a trial.
func outcome(d app.Delivery) (word string, tone theme.Tone, says string) {
	switch d {
	case app.Delivered:
		return i18n.T("It works"), theme.Good, i18n.T("The server says:")
	case app.Blocked:
		return i18n.T("Refused"), theme.Danger, i18n.T("The settings do not fit this server, which says:")
	case app.Refused:
		return i18n.T("Refused"), theme.Danger, i18n.T("The server refused the mail:")
	case app.Uncertain:
		return i18n.T("Uncertain"), theme.Waiting, i18n.T("The connection broke while the server took the mail:")
	}
	return i18n.T("Not now"), theme.Waiting, i18n.T("The server could not be reached or put it off:")
}

func (t *trial) show(word string, tone theme.Tone, doing, words string) {
	t.pill.Set(word, tone)
	t.doing.Set(doing, theme.Plain)
	t.words.SetText(words)
	t.words.Hidden = words == ""
	t.object.Show()
	t.mail.column.Refresh()
}
