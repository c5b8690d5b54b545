package desk

import (
	"context"
	"path/filepath"
	"strings"

	"clientele/app"
	"clientele/app/exporting"
	"clientele/app/i18n"
	"clientele/views/task"
)

// Export is a list that a page writes to a file, as it is filtered at that moment.
type Export struct {
	Title string // such as Export Invoices
	Text  string // what will be in it
	Name  string // of the file that is proposed, without its ending
	Table func(context.Context) app.Table
	// Written tells how many rows went to a file.
	Written func(n int64, path string) string
}

// Ask asks for a file and writes the list to it.
func (e Export) Ask(d *Desk) {
	SaveFile{
		Title: e.Title, Text: e.Text, Name: e.Name + ".csv", Help: i18n.T("Ending in .csv for spreadsheets, or .json for programs."), Action: i18n.T("Export"),
		Write: func(path string) { e.To(d, path) },
	}.Ask(d)
}

// To writes the file, whole or not at all.
func (e Export) To(d *Desk, path string) {
	format := exporting.FormatCSV
	if strings.EqualFold(filepath.Ext(path), ".json") {
		format = exporting.FormatJSON
	}
	n := 0
	d.Run.Task(e.Title, func(ctx context.Context, p *task.Progress) (err error) {
		n, err = d.App.Exports.Write(ctx, path, format, e.Table(ctx), p)
		return err
	}, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		d.Say(e.Written(int64(n), path))
	})
}
