package terminal

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/money"
)

func (c *commandLine) importWHMCS() *cobra.Command {
	var o app.DumpOptions
	cmd := &cobra.Command{
		Use: "whmcs DUMP.sql[.gz]", Short: i18n.T("Brings a whole office in from a WHMCS database dump."), Args: arguments("DUMP.sql"),
		Long: i18n.T("Brings clients, contacts, services, invoices, transactions, credit, notes, files and mails in from a dump of a WHMCS database, as one step, and compares the sums of money. It sends no mail, and the services are not billed before that is confirmed: in the window, or by “clientele import confirm-billing”."),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), false, func(a *app.App) error { return c.runDump(cmd.Context(), a, args[0], o) })
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&o.Files, "files", "", i18n.T("the folder in which WHMCS keeps the files of clients, whose contents are not in a dump"))
	valued(cmd.Flags(), "files", "DIR")
	cmd.Flags().BoolVar(&o.DryRun, "dry-run", false, i18n.T("check every row, work out every sum and store nothing"))
	cmd.Flags().BoolVar(&o.TextsAsStored, "texts-as-stored", false, i18n.T("leave texts that were encoded twice, such as “Ã¼” for “ü”, as they are"))
	return cmd
}

func (c *commandLine) confirmBilling() *cobra.Command {
	return &cobra.Command{
		Use: "confirm-billing", Short: i18n.T("Has imported services be billed from now on."), Args: arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), true, func(a *app.App) error {
				n, err := a.Imports.ConfirmBilling(cmd.Context())
				if err != nil {
					return err
				}
				return c.tell(struct {
					Services int64 `json:"services"`
				}{n}, i18n.N(n, "One imported service is billed from now on.", "%d imported services are billed from now on."))
			})
		},
	}
}

func (c *commandLine) runDump(ctx context.Context, a *app.App, path string, o app.DumpOptions) error {
	c.stopped = i18n.T("Stopped. Nothing was imported.")
	p, done := c.progress()
	report, err := dump(ctx, a, path, o, p)
	done()
	if err != nil {
		return err
	}
	return c.reportDump(report)
}

func dump(ctx context.Context, a *app.App, path string, o app.DumpOptions, p app.Progress) (app.DumpReport, error) {
	d, err := a.Imports.OpenDump(ctx, path, p)
	if err != nil {
		return app.DumpReport{}, err
	}
	defer d.Close()
	return a.Imports.RunDump(ctx, d, o, p)
}

// dumpTable is what became of the rows of a table, for programs.
type dumpTable struct {
	Table    string `json:"table"`
	Rows     int64  `json:"rows"`
	Imported int64  `json:"imported"`
	Skipped  int64  `json:"skipped"`
	Here     int64  `json:"already_here"`
}

// dumpSum is a sum of money there and here, for programs.
type dumpSum struct {
	Currency    string `json:"currency"`
	What        string `json:"what"`
	Source      string `json:"source"`
	Stored      string `json:"stored"`
	Named       string `json:"differences_named"`
	Unexplained string `json:"differences_unexplained"`
}

// dumpProblem is something about a row, for programs.
type dumpProblem struct {
	Table    string `json:"table"`
	ID       int64  `json:"id"`
	Reason   string `json:"reason"`
	Skipped  bool   `json:"skipped"`
	Currency string `json:"currency,omitempty"`
	Of       string `json:"sum,omitempty"`
	Amount   string `json:"amount,omitempty"`
}

// dumpResult is what the import of a dump came to, for programs.
type dumpResult struct {
	File         string        `json:"file"`
	DryRun       bool          `json:"dry_run"`
	ImportID     int64         `json:"import_id"`
	Clients      int64         `json:"clients"`
	Here         int64         `json:"already_here"`
	Held         int64         `json:"services_held"`
	Tables       []dumpTable   `json:"tables"`
	Left         []dumpTable   `json:"tables_left_out"`
	Sums         []dumpSum     `json:"sums"`
	Sound        bool          `json:"sums_agree"`
	Problems     []dumpProblem `json:"problems"`
	MoreProblems int64         `json:"more_problems"`
}

func resultOf(r app.DumpReport) dumpResult {
	result := dumpResult{
		File: r.File, DryRun: r.DryRun, ImportID: r.ImportID, Clients: r.Clients, Here: r.Here, Held: r.Held, Sound: r.Sound(), MoreProblems: r.More,
		Tables: []dumpTable{}, Left: []dumpTable{}, Sums: []dumpSum{}, Problems: []dumpProblem{},
	}
	for _, t := range r.Tables {
		result.Tables = append(result.Tables, dumpTable{t.Table, t.Rows, t.Imported, t.Skipped, t.Here})
	}
	for _, t := range r.Left {
		result.Left = append(result.Left, dumpTable{Table: t.Name, Rows: t.Rows})
	}
	for _, s := range r.Sums {
		in := func(minor int64) string { return money.New(minor, money.Currency(s.Currency)).FormatPlain() }
		result.Sums = append(result.Sums, dumpSum{s.Currency, string(s.What), in(s.Source), in(s.Stored), in(s.Named), in(s.Unexplained())})
	}
	for _, p := range r.Problems {
		one := dumpProblem{Table: p.Table, ID: p.ID, Reason: p.Reason, Skipped: p.Skipped, Currency: p.Currency, Of: string(p.Of)}
		if p.Currency != "" {
			one.Amount = money.New(p.Amount, money.Currency(p.Currency)).FormatPlain()
		}
		result.Problems = append(result.Problems, one)
	}
	return result
}

func (c *commandLine) reportDump(r app.DumpReport) error {
	for _, p := range r.Problems {
		fmt.Fprintln(c.Err, p)
	}
	if r.More > 0 {
		fmt.Fprintln(c.Err, i18n.N(r.More, "There is one problem more.", "There are %d problems more."))
	}
	if err := c.tell(resultOf(r), strings.Join(dumpWords(r), "\n")); err != nil {
		return err
	}
	if r.Faults() > 0 || !r.Sound() {
		return errDiffers
	}
	return nil
}

// dumpWords is the report as people read it.
func dumpWords(r app.DumpReport) []string {
	var words []string
	for _, t := range r.Tables {
		if t.Rows == 0 {
			continue
		}
		line := t.What + ": " + i18n.T("%s of %s", i18n.FormatInt(t.Imported), i18n.FormatInt(t.Rows))
		if t.Here > 0 {
			line += ", " + i18n.N(t.Here, "one was here already", "%d were here already")
		}
		if t.Skipped > 0 {
			line += ", " + i18n.N(t.Skipped, "one was left out", "%d were left out")
		}
		words = append(words, line)
	}
	for _, s := range r.Sums {
		in := func(minor int64) string {
			return money.New(minor, money.Currency(s.Currency)).Format(i18n.CurrentLocale())
		}
		line := s.What.Name() + ": " + i18n.T("%s in WHMCS, %s here", in(s.Source), in(s.Stored))
		switch {
		case s.Unexplained() != 0:
			line += "; " + i18n.T("a difference of %s has no reason", in(s.Unexplained()))
		case s.Source != s.Stored:
			line += "; " + i18n.T("the difference of %s is named above", in(s.Named))
		}
		words = append(words, line)
	}
	for _, t := range r.Left {
		words = append(words, i18n.T("Not read: %s (%s rows)", t.Name, i18n.FormatInt(t.Rows)))
	}
	if r.DryRun {
		return append(words, i18n.T("Nothing was stored."))
	}
	if r.Held > 0 {
		words = append(words, i18n.N(r.Held, "One service is not billed before that is confirmed.", "%d services are not billed before that is confirmed."))
	}
	return words
}
