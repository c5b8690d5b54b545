package activity

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/exporting"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// Page is the log of all clients and of everything else.
type Page struct {
	desk.Plain
	d      *desk.Desk
	list   *List
	object fyne.CanvasObject
}

// New builds the page.
func New(d *desk.Desk) *Page {
	p := &Page{d: d, list: NewList(d, 0)}
	head := container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, theme.Inset, theme.Inset), kit.NewHeader(i18n.T("Activity log"), ""))
	p.object = kit.Border(head, nil, nil, nil, p.list.Object())
	return p
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown reads the log when it is first seen, and gives it the keyboard.
func (p *Page) Shown() { p.list.Show(p.d.Canvas()) }

// Changed reads what is new.
func (p *Page) Changed(c app.Change) { p.list.Changed(c) }

// export writes the lines that are shown, those further down too, to a file.
func (l *List) export() {
	f := l.filter.filter()
	text := i18n.T("The whole log goes into the file.")
	if f != (app.LogFilter{}) {
		text = i18n.T("The lines that are shown go into the file, and those further down.")
	}
	desk.SaveFile{
		Title: i18n.T("Export the activity log"), Text: text, Name: i18n.T("activity") + ".csv", Action: i18n.T("Export"),
		Help: i18n.T("Ending in .csv for spreadsheets, or .json for programs."),
		Write: func(path string) {
			format := exporting.FormatCSV
			if strings.EqualFold(filepath.Ext(path), ".json") {
				format = exporting.FormatJSON
			}
			var n int
			l.d.Run.Task(i18n.T("Exporting the activity log"), func(ctx context.Context, p *task.Progress) (err error) {
				n, err = l.d.App.Log.Export(ctx, path, format, f, p)
				return err
			}, func(err error) {
				if err != nil {
					l.d.Fail(err)
					return
				}
				l.d.Say(i18n.N(int64(n), "One line was written to %s.", "%d lines were written to %s.", filepath.Base(path)))
			})
		},
	}.Ask(l.d)
}
