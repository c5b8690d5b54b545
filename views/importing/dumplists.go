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
	"clientele/app/money"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/theme"
)

// contents is the list of tables: what is in the dump, and what became of it.
func (d *dumpPanel) contents() fyne.CanvasObject {
	grid := kit.NewGrid(
		d.page.desk.Run,
		kit.Column{Key: "what", Title: i18n.T("What"), Width: 220, Grow: true},
		kit.Column{Key: "rows", Title: i18n.T("In the dump"), Kind: kit.NumberColumn, Width: 110},
		kit.Column{Key: "in", Title: i18n.T("Comes in"), Kind: kit.NumberColumn, Width: 110},
		kit.Column{Key: "here", Title: i18n.T("Here already"), Kind: kit.NumberColumn, Width: 120},
		kit.Column{Key: "out", Title: i18n.T("Left out"), Kind: kit.NumberColumn, Width: 100},
	)
	var rows kit.Rows
	if r := d.report; r != nil {
		for _, t := range r.Tables {
			row := &kit.Row{Cells: []string{t.What, i18n.FormatInt(t.Rows), i18n.FormatInt(t.Imported), i18n.FormatInt(t.Here), i18n.FormatInt(t.Skipped)}}
			if t.Skipped > 0 {
				row.Tones = []theme.Tone{theme.Plain, theme.Plain, theme.Plain, theme.Plain, theme.Danger}
			}
			rows = append(rows, row)
		}
	} else {
		for _, t := range d.dump.Tables {
			rows = append(rows, &kit.Row{Cells: []string{t.What, i18n.FormatInt(t.Rows), "", "", ""}})
		}
	}
	for _, t := range d.dump.Left {
		rows = append(rows, &kit.Row{Cells: []string{i18n.T("%s: not read here", t.What), i18n.FormatInt(t.Rows), "", "", i18n.FormatInt(t.Rows)}, Muted: true})
	}
	grid.SetSource(rows)
	return padded(grid)
}

// money is the list of sums, in WHMCS and here.
func (d *dumpPanel) money() fyne.CanvasObject {
	grid := kit.NewGrid(
		d.page.desk.Run,
		kit.Column{Key: "sum", Title: i18n.T("Sum of"), Width: 180, Grow: true},
		kit.Column{Key: "source", Title: i18n.T("In WHMCS"), Kind: kit.NumberColumn, Width: 130},
		kit.Column{Key: "here", Title: i18n.T("Here"), Kind: kit.NumberColumn, Width: 130},
		kit.Column{Key: "difference", Title: i18n.T("Difference"), Kind: kit.NumberColumn, Width: 110},
		kit.Column{Key: "state", Title: i18n.T("Reason"), Kind: kit.PillColumn, Width: 110},
	)
	var rows kit.Rows
	for _, s := range d.report.Sums {
		in := func(minor int64) string {
			return money.New(minor, money.Currency(s.Currency)).Format(i18n.CurrentLocale())
		}
		state, tone := i18n.T("Equal"), theme.Good
		switch {
		case s.Unexplained() != 0:
			state, tone = i18n.T("No reason"), theme.Danger
		case s.Source != s.Stored:
			state, tone = i18n.T("Named"), theme.Waiting
		}
		rows = append(rows, &kit.Row{
			Cells: []string{s.What.Name(), in(s.Source), in(s.Stored), in(s.Source - s.Stored), state},
			Tones: []theme.Tone{theme.Plain, theme.Plain, theme.Plain, theme.Plain, tone},
		})
	}
	grid.SetSource(rows)
	return padded(grid)
}

// problems is the list of what a person should know of single rows.
func (d *dumpPanel) problems() fyne.CanvasObject {
	all := d.report.Problems
	grid := kit.NewGrid(
		d.page.desk.Run,
		kit.Column{Key: "table", Title: i18n.T("Table"), Width: 150},
		kit.Column{Key: "row", Title: i18n.T("Row"), Kind: kit.NumberColumn, Width: 90},
		kit.Column{Key: "reason", Title: i18n.T("What is to be known"), Width: 300, Grow: true},
		kit.Column{Key: "state", Title: i18n.T("State"), Kind: kit.PillColumn, Width: 110},
	)
	rows := make(kit.Rows, len(all))
	for i, p := range all {
		cells := problemCells(p)
		state, tone := i18n.T("Came in"), theme.Waiting
		if p.Skipped {
			state, tone = i18n.T("Left out"), theme.Danger
		}
		rows[i] = &kit.Row{Cells: append(cells, state), Tones: []theme.Tone{theme.Muted, theme.Muted, theme.Plain, tone}}
	}
	grid.SetSource(rows)
	said := kit.NewLine("", theme.Muted)
	if d.report.More > 0 {
		said.Set(i18n.N(d.report.More, "One more problem is counted but not listed.", "%d more problems are counted but not listed."), theme.Waiting)
	}
	save := kit.NewButton(i18n.T("Save the List"), icons.Export, func() { d.save(all) })
	foot := kit.Border(nil, nil, nil, save, container.NewVBox(layout.NewSpacer(), said, layout.NewSpacer()))
	return padded(kit.Border(nil, container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, 0, 0), foot), nil, nil, grid))
}

func problemCells(p app.DumpProblem) []string {
	id := ""
	if p.ID != 0 {
		id = strconv.FormatInt(p.ID, 10)
	}
	reason := p.Reason
	if p.Currency != "" {
		reason += " (" + p.Of.Name() + ": " + money.New(p.Amount, money.Currency(p.Currency)).Format(i18n.CurrentLocale()) + ")"
	}
	return []string{p.Table, id, reason}
}

// save asks for a file and writes the list of problems into it.
func (d *dumpPanel) save(all []app.DumpProblem) {
	desk.SaveFile{
		Title: i18n.T("Save the list of problems"), Text: i18n.T("A line for each problem: where it is, and what is wrong."), Name: i18n.T("problems") + ".csv", Action: i18n.T("Save the List"),
		Write: func(path string) { d.writeProblems(path, all) },
	}.Ask(d.page.desk)
}

// writeProblems writes the list of problems as CSV, whole or not at all.
func (d *dumpPanel) writeProblems(path string, all []app.DumpProblem) {
	header := []string{i18n.T("Table"), i18n.T("Row"), i18n.T("What is to be known")}
	d.page.desk.Act(i18n.T("Save the List"), func(ctx context.Context) error {
		_, err := d.page.desk.App.Exports.Write(ctx, path, exporting.FormatCSV, app.Table{Header: header, Rows: func(yield func([]string, error) bool) {
			for _, problem := range all {
				if !yield(problemCells(problem), nil) {
					return
				}
			}
		}}, app.Quiet{})
		return err
	}, func() {
		d.page.desk.Say(i18n.N(int64(len(all)), "One problem was written to %s.", "%d problems were written to %s.", path))
	})
}

func padded(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, 0, 0), o)
}
