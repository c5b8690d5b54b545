package importing

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/exporting"
	"clientele/app/i18n"
	csvfile "clientele/app/importing"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/theme"
)

// problems is the list of what is wrong with the rows; nil where nothing is.
func (o *outcome) problems() fyne.CanvasObject {
	all := o.report.Problems
	if len(all) == 0 {
		return nil
	}
	grid := kit.NewGrid(
		o.page.desk.Run,
		kit.Column{Key: "line", Title: i18n.T("Line"), Kind: kit.NumberColumn, Width: 80},
		kit.Column{Key: "who", Title: i18n.T("Client"), Width: 150},
		kit.Column{Key: "column", Title: i18n.T("Column"), Width: 110},
		kit.Column{Key: "reason", Title: i18n.T("What is wrong"), Width: 260, Grow: true},
	)
	rows := make(kit.Rows, len(all))
	for i, p := range all {
		rows[i] = &kit.Row{Cells: []string{i18n.FormatInt(int64(p.Line)), p.Who, p.Column, p.Reason}, Tones: []theme.Tone{theme.Muted}}
	}
	grid.SetSource(rows)
	said := kit.NewPara("", theme.Muted)
	grid.OnSelect = func(row int) {
		if row >= 0 && row < len(all) {
			said.Set(all[row].Reason, theme.Plain) // the whole of what the row may have no room for
		}
	}
	if o.report.MoreFaults > 0 {
		said.Set(i18n.N(o.report.MoreFaults, "One more problem is counted but not listed.", "%d more problems are counted but not listed."), theme.Waiting)
	}
	save := kit.NewButton(i18n.T("Save the List"), icons.Export, func() { o.page.saveProblems(all) })
	foot := kit.Border(nil, nil, nil, save, container.NewVBox(layout.NewSpacer(), said, layout.NewSpacer()))
	return container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, 0, 0),
		kit.Border(nil, container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, 0, 0), foot), nil, nil, grid))
}

// saveProblems asks for a file and writes the list of problems into it.
func (p *Page) saveProblems(all []csvfile.Problem) {
	desk.SaveFile{
		Title: i18n.T("Save the list of problems"), Text: i18n.T("A line for each problem: where it is, and what is wrong."), Name: i18n.T("problems") + ".csv",
		Action: i18n.T("Save the List"), Write: func(path string) { p.writeProblems(path, all) },
	}.Ask(p.desk)
}

// writeProblems writes the list of problems as CSV, whole or not at all.
func (p *Page) writeProblems(path string, all []csvfile.Problem) {
	header := []string{i18n.T("Line"), i18n.T("Client"), i18n.T("Column"), i18n.T("What is wrong")}
	p.desk.Act(i18n.T("Save the List"), func(ctx context.Context) error {
		_, err := p.desk.App.Exports.Write(ctx, path, exporting.FormatCSV, app.Table{Header: header, Rows: func(yield func([]string, error) bool) {
			for _, problem := range all {
				if !yield([]string{strconv.Itoa(problem.Line), problem.Who, problem.Column, problem.Reason}, nil) {
					return
				}
			}
		}}, app.Quiet{})
		return err
	}, func() {
		p.desk.Say(i18n.N(int64(len(all)), "One problem was written to %s.", "%d problems were written to %s.", path))
	})
}
