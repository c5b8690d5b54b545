package client

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/filename"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
)

// one is the selected file, if it is one alone.
func (f *files) one() (x data.File, ok bool) {
	if some := f.chosen(); len(some) == 1 {
		return some[0], true
	}
	return data.File{}, false
}

func (f *files) open() {
	if x, ok := f.one(); ok {
		openFile(f.d, x)
	}
}

// openFile shows a copy of a file in the program that the system has for such files.
func openFile(d *desk.Desk, x data.File) {
	var path string
	d.Run.Task(i18n.T("Open %s", x.Name), func(ctx context.Context, p *task.Progress) (err error) {
		p.InBytes()
		path, err = d.App.Files.Open(ctx, x.ID, p)
		return err
	}, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		if err := fyne.CurrentApp().OpenURL(fileURL(path)); err != nil {
			d.Bar.Fail(i18n.T("No program was found that shows “%s”. Save it with Save As and open it there.", x.Name))
			return
		}
		d.Say(i18n.T("A copy of “%s” was opened. What is changed in the copy is not kept here.", x.Name))
	})
}

// fileURL is the address of a file on this computer.
func fileURL(path string) *url.URL {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // a drive of Windows
		path = "/" + path
	}
	return &url.URL{Scheme: "file", Path: path}
}

func (f *files) saveAs() {
	x, ok := f.one()
	if !ok {
		return
	}
	desk.SaveFile{
		Title: i18n.T("Save As"), Text: i18n.T("“%s”, %s.", x.Title, i18n.FormatBytes(x.Size)), Name: x.Name, Action: i18n.T("Save"),
		Write: func(path string) {
			f.d.Run.Task(i18n.T("Save %s", x.Name), func(ctx context.Context, p *task.Progress) error {
				p.InBytes()
				return f.d.App.Files.SaveTo(ctx, x.ID, path, p)
			}, func(err error) {
				if err != nil {
					f.d.Fail(err)
					return
				}
				f.d.Say(i18n.T("“%s” was saved.", filepath.Base(path)))
			})
		},
	}.Ask(f.d)
}

// adminOnlyField is the box to tick, in the dialogs on files.
func adminOnlyField() kit.Field {
	return kit.Field{
		Key: app.FieldAdminOnly, Label: i18n.T("Client area"), Wide: true,
		Input: kit.NewChecks(kit.Choice{Key: app.FieldAdminOnly, Label: i18n.T("Admin Only: the client does not see it")}),
	}
}

// tickAdminOnly is the value of that box.
func tickAdminOnly(on bool) string {
	if on {
		return app.FieldAdminOnly
	}
	return ""
}

// rename changes title, name and Admin Only of the selected file.
func (f *files) rename() {
	x, ok := f.one()
	if !ok {
		return
	}
	const longestTitle = 200
	form := kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: app.FieldTitle, Label: i18n.T("Title"), Wide: true, Input: kit.NewText(longestTitle)},
		{Key: app.FieldFileName, Label: i18n.T("Name"), Help: i18n.T("Under which it is saved, with its ending."), Wide: true, Input: kit.NewText(filename.Longest)},
		adminOnlyField(),
	}})
	form.SetValues(map[string]string{app.FieldTitle: x.Title, app.FieldFileName: x.Name, app.FieldAdminOnly: tickAdminOnly(x.AdminOnly)})
	kit.ShowDialog(f.d.Canvas(), kit.Dialog{
		Title: i18n.T("Rename a file"), Form: form, Action: i18n.T("Save Changes"),
		Do: func(done func(error)) {
			details := app.FileDetails{Title: form.Value(app.FieldTitle), Name: form.Value(app.FieldFileName), AdminOnly: form.Value(app.FieldAdminOnly) != ""}
			f.d.SaveForm(i18n.T("Rename a file"), form, func(ctx context.Context) error {
				return f.d.App.Files.Change(ctx, x.ID, x.Version, details)
			}, done)
		},
	})
}

func numbers(some []data.File) []int64 {
	ids := make([]int64, len(some))
	for i, x := range some {
		ids[i] = x.ID
	}
	return ids
}

// toggle shows the selected files to the client, or hides them where any can be seen.
func (f *files) toggle() {
	some := f.chosen()
	if len(some) == 0 {
		return
	}
	on := !hidden(some)
	n := 0
	f.d.Act(i18n.T("Admin Only"), func(ctx context.Context) (err error) {
		n, err = f.d.App.Files.SetAdminOnly(ctx, numbers(some), on)
		return err
	}, func() {
		if on {
			f.d.Say(i18n.N(int64(n), "One file is Admin Only now.", "%d files are Admin Only now."))
		} else {
			f.d.Say(i18n.N(int64(n), "The client sees one more file in the client area.", "The client sees %d more files in the client area."))
		}
	})
}

// remove deletes the selected files, which can be undone.
func (f *files) remove() {
	if !f.d.Allowed(app.Deleting) {
		return
	}
	some := f.chosen()
	if len(some) == 0 {
		return
	}
	var undos []int64
	f.d.Act(i18n.T("Delete"), func(ctx context.Context) (err error) {
		undos, err = f.d.App.Files.Delete(ctx, numbers(some)...)
		return err
	}, func() {
		if len(some) == 1 {
			f.d.Deleted(i18n.T("“%s” was deleted.", some[0].Title), undos[0])
			return
		}
		f.d.Say(i18n.N(int64(len(some)), "One file was deleted.", "%d files were deleted."), kit.Action{Label: i18n.T("Undo"), Do: func() { f.undo(undos) }})
	})
}

// undo takes several deletions back.
func (f *files) undo(undos []int64) {
	f.d.Act(i18n.T("Undo"), func(ctx context.Context) error {
		for _, id := range undos {
			if _, err := f.d.App.Undos.Undo(ctx, id); err != nil {
				return err
			}
		}
		return nil
	}, func() {
		f.d.Say(i18n.N(int64(len(undos)), "One file is back in its place.", "%d files are back in their places."))
	})
}
