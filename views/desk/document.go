package desk

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/task"
)

// OpenDocument makes a document and shows it in the program that the system has for it, from where it can be printed.
func (d *Desk) OpenDocument(prepare func(context.Context) (app.Paper, error)) {
	var path, name string
	d.Run.Task(i18n.T("Opening the document"), func(ctx context.Context, _ *task.Progress) error {
		p, err := prepare(ctx)
		if err != nil {
			return err
		}
		name = p.Name
		path, err = d.App.Documents.Open(ctx, p)
		return err
	}, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		if err := fyne.CurrentApp().OpenURL(FileURL(path)); err != nil {
			d.Fail(&app.Error{Code: app.Unavailable, Err: err, Message: i18n.T("No program on this computer shows PDF files. Save the document, and open it where there is one.")})
			return
		}
		d.Say(i18n.T("“%s” opens in the program for such files.", name)) // which may take a while, or show nothing where the system has none
	})
}

// SaveDocument makes a document and saves it where the person says.
func (d *Desk) SaveDocument(ending string, prepare func(context.Context) (app.Paper, error)) {
	var paper app.Paper
	d.Run.Task(i18n.T("Making the document"), func(ctx context.Context, _ *task.Progress) (err error) {
		paper, err = prepare(ctx)
		return err
	}, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		SaveFile{Title: i18n.T("Save %s", paper.Name), Name: paper.Name, Action: i18n.T("Save"), Write: func(path string) {
			if filepath.Ext(path) == "" {
				path += ending
			}
			d.Run.Task(i18n.T("Saving the document"), func(ctx context.Context, _ *task.Progress) error {
				return d.App.Documents.Save(ctx, paper, path)
			}, func(err error) {
				if err != nil {
					d.Fail(err)
					return
				}
				d.Say(i18n.T("“%s” was saved.", filepath.Base(path)), kit.Action{Label: i18n.T("Open"), Do: func() {
					d.OpenDocument(func(context.Context) (app.Paper, error) { return paper, nil })
				}})
			})
		}}.Ask(d)
	})
}

// FileURL is the address of a file on this computer.
func FileURL(path string) *url.URL {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // a drive of Windows
		path = "/" + path
	}
	return &url.URL{Scheme: "file", Path: path}
}
