package terminal

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/importing"
)

// importOptions are the options of "import clients".
type importOptions struct {
	mapping, dates       string
	dryRun, allOrNothing bool
}

func (c *commandLine) importClients() *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use: "clients FILE.csv", Short: i18n.T("Brings clients in from a CSV file."), Args: arguments("FILE.csv"),
		Long: i18n.T("Brings clients in from a CSV file. Rows with problems are left out and named by line, column and reason; all others come in as one step."),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), false, func(a *app.App) error { return c.runImport(cmd.Context(), a, args[0], o) })
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&o.mapping, "map", "", i18n.T("what the columns hold that are not recognised, such as \"Firma=Company Name,Old ID=-\""))
	valued(cmd.Flags(), "map", "HEADER=FIELD,...")
	cmd.Flags().StringVar(&o.dates, "dates", "", i18n.T("how dates are written, where the file does not show it: DD/MM/YYYY or MM/DD/YYYY"))
	valued(cmd.Flags(), "dates", "FORM")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, i18n.T("check every row and store nothing"))
	cmd.Flags().BoolVar(&o.allOrNothing, "all-or-nothing", false, i18n.T("store nothing where any row has a problem"))
	return cmd
}

func (c *commandLine) runImport(ctx context.Context, a *app.App, path string, o importOptions) error {
	c.stopped = i18n.T("Stopped. Nothing was imported.")
	form, err := a.Imports.Inspect(ctx, path)
	if err != nil {
		return err
	}
	defer func() { _ = form.Close() }() // it was only read
	options := app.ImportOptions{DryRun: o.dryRun, AllOrNothing: o.allOrNothing}
	if o.mapping != "" {
		if form.Mapping, err = importing.ParseMapping(form.File.Header, o.mapping); err != nil {
			return misused(err.Error())
		}
		if err := form.Look(ctx); err != nil {
			return err
		}
	}
	if options.Dates, err = layout(form, o.dates); err != nil {
		return err
	}
	p, done := c.progress()
	report, err := a.Imports.Run(ctx, form, options, p)
	done()
	if err != nil {
		return err
	}
	return c.reportImport(path, report, o)
}

// layout is how the file writes dates: as the person says, or as the file shows. Where it shows two ways, guessing would put half the dates wrong.
func layout(form *app.ImportForm, given string) (*date.Layout, error) {
	if given != "" {
		for _, order := range []i18n.DateOrder{i18n.YMD, i18n.DMY, i18n.MDY} {
			for _, separator := range []string{"-", "/", ".", " ", ""} {
				if l := (date.Layout{Order: order, Separator: separator}); strings.EqualFold(l.String(), given) {
					return &l, nil
				}
			}
		}
		return nil, misused(i18n.T("“%s” is no form of dates. Write it as DD/MM/YYYY, MM/DD/YYYY, DD.MM.YYYY or YYYY-MM-DD.", given))
	}
	if len(form.Habits.Dates) > 1 {
		forms := make([]string, len(form.Habits.Dates))
		for i, l := range form.Habits.Dates {
			forms[i] = l.String()
		}
		return nil, misused(i18n.T("The dates in this file can be read in several ways: %s. Say which is meant with --dates. Nothing was imported.", listed(forms)))
	}
	return nil, nil
}

// importProblem is one thing wrong with one row, for programs.
type importProblem struct {
	Line   int    `json:"line"`
	Column string `json:"column"`
	Field  string `json:"field"`
	Reason string `json:"reason"`
}

// importResult is what an import came to, for programs.
type importResult struct {
	File         string          `json:"file"`
	DryRun       bool            `json:"dry_run"`
	Rows         int64           `json:"rows"`
	Imported     int64           `json:"imported"`
	Rejected     int64           `json:"rejected"`
	ImportID     int64           `json:"import_id"`
	NewGroups    []string        `json:"new_groups"`
	Problems     []importProblem `json:"problems"`
	MoreProblems int64           `json:"more_problems"`
}

func (c *commandLine) reportImport(path string, r app.ImportReport, o importOptions) error {
	result := importResult{
		File: filepath.Base(path), DryRun: r.DryRun, Rows: r.Rows, Imported: r.Imported, Rejected: r.Rejected, ImportID: r.ImportID,
		NewGroups: append([]string{}, r.NewGroups...), Problems: []importProblem{}, MoreProblems: r.MoreFaults,
	}
	for _, p := range r.Problems {
		fmt.Fprintln(c.Err, p)
		result.Problems = append(result.Problems, importProblem{p.Line, p.Column, p.Field.Key(), p.Reason})
	}
	if r.MoreFaults > 0 {
		fmt.Fprintln(c.Err, i18n.N(r.MoreFaults, "There is one problem more.", "There are %d problems more."))
	}
	refused := o.allOrNothing && r.Rejected > 0
	words := i18n.N(r.Rows, "One row was read.", "%d rows were read.")
	switch {
	case refused:
		words += " " + i18n.N(r.Rejected, "One of them has problems, so nothing was imported.", "%d of them have problems, so nothing was imported.")
	case r.DryRun:
		words += " " + i18n.N(r.Imported, "One client would come in;", "%d clients would come in;") + " " + leftOut(r.Rejected) + " " + i18n.T("Nothing was stored.")
	default:
		words += " " + i18n.N(r.Imported, "One client came in;", "%d clients came in;") + " " + leftOut(r.Rejected)
	}
	if err := c.tell(result, words); err != nil {
		return err
	}
	switch {
	case refused && !o.dryRun:
		return errRefused
	case r.Rejected > 0:
		return errDiffers
	}
	return nil
}

func leftOut(n int64) string {
	if n == 0 {
		return i18n.T("no row was left out.")
	}
	return i18n.N(n, "one row was left out.", "%d rows were left out.")
}
