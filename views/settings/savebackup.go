package settings

import (
	"context"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/restoring"
	"clientele/views/task"
)

// SaveBackup asks for a file, and for a passphrase that may be left empty, and writes a backup there (IO-4).
func SaveBackup(d *desk.Desk) {
	if restoring.Elsewhere(d) {
		return
	}
	name := "clientele-backup-" + date.Today(d.App.Now()).String() + ".db"
	desk.SaveFile{
		Title: i18n.T("Save a Backup"), Text: i18n.T("All data, in one file. The keys of this computer are not in it: on another one you enter the password of the mail server anew, and stored card numbers need the recovery sheet."), Name: name, Action: i18n.T("Go On"),
		Write: func(path string) { backupTo(d, path) },
	}.Ask(d)
}

// backupTo asks for a passphrase, and writes a backup to a file.
func backupTo(d *desk.Desk, path string) {
	form := kit.NewForm(kit.Group{Fields: []kit.Field{
		{
			Key: app.FieldPassphrase, Label: i18n.T("Passphrase"), Wide: true, Input: kit.NewSecret(1000, ""),
			Help: i18n.T("With one nobody can read the file without it, and neither can you. Left empty, whoever has the file can read it."),
		},
		{Key: "again", Label: i18n.T("The passphrase again"), Wide: true, Input: kit.NewSecret(1000, "")},
	}})
	title := i18n.T("Save a Backup")
	kit.ShowDialog(d.Canvas(), kit.Dialog{Title: title, Form: form, Action: i18n.T("Save Backup"), Do: func(done func(error)) {
		secret := form.Value(app.FieldPassphrase)
		if secret != form.Value("again") {
			form.SetErrors(map[string]string{"again": i18n.T("The two are not the same.")})
			done(desk.Unsaved())
			return
		}
		d.Run.Task(title, func(ctx context.Context, p *task.Progress) error {
			_, err := d.App.Backups.WriteTo(ctx, path, secret, p)
			return err
		}, func(err error) {
			done(desk.Explained(err))
			if err == nil {
				d.Say(i18n.T("The backup was written to “%s” and read again.", path))
			}
		})
	}})
}

// ExportAll asks for a new folder, and writes each list as CSV and the clients' files into it (IO-3).
func ExportAll(d *desk.Desk) {
	title := i18n.T("Export Everything")
	desk.SaveFile{
		Title: title, Text: i18n.T("Each list as CSV, and the clients' files as they are, for spreadsheets and other programs. Passwords and card numbers are never written. To be able to restore all data, save a backup instead."),
		Name: "clientele-export-" + date.Today(d.Run.Now()).String(), Folder: true, Action: i18n.T("Export"),
		Write: func(folder string) {
			var all []app.ExportedList
			d.Run.Task(title, func(ctx context.Context, p *task.Progress) (err error) {
				all, err = d.App.Exports.All(ctx, folder, p)
				return err
			}, func(err error) {
				if err != nil {
					d.Fail(err)
					return
				}
				d.Say(i18n.N(int64(len(all)), "One list was written to “%s”.", "%d lists were written to “%s”.", folder))
			})
		},
	}.Ask(d)
}
