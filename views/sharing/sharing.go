// Package sharing asks for the server that an office shares, tries it out, and joins it or moves the office there.
package sharing

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

// form asks for a server, with a button that tries it out and says what is there.
type form struct {
	desk   *desk.Desk
	form   *kit.Form
	found  *kit.Para
	body   fyne.CanvasObject
	dialog *kit.OpenDialog
}

func newForm(d *desk.Desk) *form {
	f := &form{desk: d, found: kit.NewPara(i18n.T("Nothing is changed by trying it out."), theme.Muted)}
	f.form = kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: "address", Label: i18n.T("Address of the PostgreSQL database"), Required: true, Wide: true, Help: "postgres://name@server/database", Input: kit.NewText(500)},
		{Key: "password", Label: i18n.T("Password"), Wide: true, Help: i18n.T("It is kept in the keyring of this computer."), Input: kit.NewSecret(500, "")},
	}})
	if !keptSafe(d) {
		f.form = kit.NewForm(kit.Group{Fields: []kit.Field{
			{Key: "address", Label: i18n.T("Address of the PostgreSQL database"), Required: true, Wide: true, Help: "postgres://name@server/database", Input: kit.NewText(500)},
			{Key: "password", Label: i18n.T("Password"), Wide: true, Help: i18n.T("This computer has no keyring: it is kept in the configuration file, which only your account can read."), Input: kit.NewSecret(500, "")},
		}})
	}
	try := kit.NewButton(i18n.T("Test the Connection"), nil, f.try)
	f.body = container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), container.NewHBox(try), f.found)
	return f
}

func keptSafe(d *desk.Desk) bool {
	_, safe := d.App.Settings.HasMailPassword()
	return safe
}

func (f *form) server() app.Server {
	return app.Server{Address: f.form.Value("address"), Password: f.form.Value("password")}
}

// try says what is at the address.
func (f *form) try() {
	server := f.server()
	var found app.Found
	f.say(i18n.T("Trying…"), theme.Muted)
	f.desk.SaveForm(i18n.T("Test the Connection"), f.form, func(ctx context.Context) (err error) {
		found, err = f.desk.App.Sharing.Look(ctx, server)
		return err
	}, func(err error) {
		if err != nil {
			f.say(i18n.T("This does not work yet."), theme.Danger)
			return
		}
		f.form.SetErrors(nil)
		f.say(found.Words, theme.Good)
	})
}

func (f *form) say(words string, tone theme.Tone) {
	f.found.Set(words, tone)
	f.body.Refresh()
	f.dialog.Fit()
}

// Join asks a first start for the server. restart opens the program anew on it.
func Join(d *desk.Desk, restart func()) {
	f := newForm(d)
	f.dialog = kit.ShowDialog(d.Canvas(), kit.Dialog{
		Title: i18n.T("Share with Colleagues"), Form: f.form, Body: f.body, Width: 560, Action: i18n.T("Connect"),
		Text: i18n.T("All desktops of an office work on one PostgreSQL server. Whoever is first begins the office there; the others join it."),
		Do: func(done func(error)) {
			server := f.server()
			d.SaveForm(i18n.T("Connect"), f.form, func(ctx context.Context) error { return d.App.Sharing.Join(ctx, server) }, func(err error) {
				done(err)
				if err == nil {
					restart()
				}
			})
		},
	})
}

// Move asks for the server that this office should move to. restart opens the program anew on it.
func Move(d *desk.Desk, restart func()) {
	f := newForm(d)
	f.dialog = kit.ShowDialog(d.Canvas(), kit.Dialog{
		Title: i18n.T("Move to a Server"), Form: f.form, Body: f.body, Width: 560, Action: i18n.T("Move"),
		Text: i18n.T("Everything is copied to an empty database, compared row by row, and used there from then on. The file on this computer stays as it is, as a copy of today."),
		Do: func(done func(error)) {
			server := f.server()
			d.Run.Task(i18n.T("Moving to the server"), func(ctx context.Context, p *task.Progress) error {
				_, err := d.App.Sharing.MoveToServer(ctx, server, p)
				return err
			}, func(err error) {
				if err != nil {
					done(desk.Refused(f.form, err))
					return
				}
				done(nil)
				restart()
			})
		},
	})
}

// MoveBack asks whether the office should move to a file on this computer.
func MoveBack(d *desk.Desk, restart func()) {
	kit.ShowDialog(d.Canvas(), kit.Dialog{
		Title: i18n.T("Move back to this computer?"), Action: i18n.T("Move Back"), Danger: true, Width: 520,
		Consequences: []string{
			i18n.T("Everything on the server is copied to a file on this computer, compared row by row, and used from there from then on."),
			i18n.T("On the server everything stays as it is, and colleagues would go on working there. Have them close Clientele first."),
		},
		Do: func(done func(error)) {
			d.Run.Task(i18n.T("Moving to this computer"), func(ctx context.Context, p *task.Progress) error {
				_, err := d.App.Sharing.MoveToFile(ctx, p)
				return err
			}, func(err error) {
				done(desk.Explained(err))
				if err == nil {
					restart()
				}
			})
		},
	})
}
