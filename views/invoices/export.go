package invoices

import (
	"context"
	"path/filepath"
	"strings"

	"clientele/app/exporting"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/task"
)

// export asks for a file and writes the list to it as it is filtered now.
func (p *Page) export() {
	desk.SaveFile{
		Title: i18n.T("Export invoices"), Text: i18n.T("The invoices of the list, as it is filtered now."), Name: i18n.T("invoices") + ".csv", Action: i18n.T("Export"),
		Help:  i18n.T("Ending in .csv for spreadsheets, or .json for programs."),
		Write: p.exportTo,
	}.Ask(p.desk)
}

// exportTo writes the file, whole or not at all.
func (p *Page) exportTo(path string) {
	format := exporting.FormatCSV
	if strings.EqualFold(filepath.Ext(path), ".json") {
		format = exporting.FormatJSON
	}
	filter, n := p.bar.query(p.search.Text).Filter, 0
	p.desk.Run.Task(i18n.T("Exporting invoices"), func(ctx context.Context, progress *task.Progress) (err error) {
		s := p.desk.App.Exports
		n, err = s.Write(ctx, path, format, s.Invoices(ctx, filter), progress)
		return err
	}, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.desk.Say(i18n.N(int64(n), "One invoice was written to %s.", "%d invoices were written to %s.", path))
	})
}
