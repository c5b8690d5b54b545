package terminal

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"clientele/app"
	"clientele/app/exporting"
	"clientele/app/i18n"
	"clientele/data"
)

var formats = []string{string(exporting.FormatCSV), string(exporting.FormatJSON)}

// exportOptions are the options of "export clients".
type exportOptions struct {
	format, file string
	statuses     []string
}

func (c *commandLine) exportClients() *cobra.Command {
	var o exportOptions
	cmd := &cobra.Command{
		Use: "clients", Short: i18n.T("Writes clients as CSV or JSON."), Args: arguments(),
		Long: i18n.T("Writes clients to standard output, or to a file, which is there whole or not at all. A CSV export can be imported as it is."),
		RunE: func(cmd *cobra.Command, _ []string) error {
			format, filter, err := c.exportChoices(o)
			if err != nil {
				return err
			}
			return c.with(cmd.Context(), true, func(a *app.App) error {
				if o.file == "" {
					return c.exportOut(cmd.Context(), a, format, filter)
				}
				return c.exportFile(cmd.Context(), a, o.file, format, filter)
			})
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&o.format, "format", "", valued("FORMAT", i18n.T("csv or json; csv unless the file's name ends in .json")))
	cmd.Flags().StringVarP(&o.file, "output", "o", "", valued("FILE", i18n.T("the file to write, instead of standard output")))
	cmd.Flags().StringSliceVar(&o.statuses, "status", nil, valued("STATUS,...", i18n.T("only clients of these: Active, Inactive, Closed")))
	return cmd
}

// exportChoices checks the options.
func (c *commandLine) exportChoices(o exportOptions) (exporting.Format, data.ClientFilter, error) {
	var filter data.ClientFilter
	names := make([]string, len(app.Statuses))
	for i, s := range app.Statuses {
		names[i] = string(s)
	}
	for _, given := range o.statuses {
		name, err := oneOf(i18n.T("status"), strings.TrimSpace(given), names)
		if err != nil {
			return "", filter, err
		}
		filter.Statuses = append(filter.Statuses, data.Status(name))
	}
	format := o.format
	if format == "" {
		format = string(exporting.FormatCSV)
		if strings.EqualFold(filepath.Ext(o.file), ".json") || (o.file == "" && c.json) {
			format = string(exporting.FormatJSON)
		}
	}
	format, err := oneOf(i18n.T("format"), format, formats)
	if err == nil && c.json && o.file == "" && format != string(exporting.FormatJSON) {
		err = misused(i18n.T("--json and --format csv cannot both go to standard output. Name a file with -o."))
	}
	return exporting.Format(format), filter, err
}

// exportOut writes to standard output. What broke off in the middle ends with exit code 1.
func (c *commandLine) exportOut(ctx context.Context, a *app.App, format exporting.Format, filter data.ClientFilter) error {
	c.stopped = i18n.T("Stopped. What was written to standard output is not whole.")
	out := &sink{w: c.Out}
	if c.json {
		out.text(`{"clients":`)
	}
	_, err := exporting.Write(ctx, out, format, a.Exports.ClientHeader(), a.Exports.EachClient(ctx, filter, nil))
	if c.json && err == nil {
		out.text("}\n")
	}
	if out.err != nil {
		return &app.Error{Code: app.Unavailable, Err: out.err, Message: i18n.T("Standard output took no more (%s), so the export is not whole.", reason(out.err))}
	}
	return err
}

// exportFile writes to a file.
func (c *commandLine) exportFile(ctx context.Context, a *app.App, path string, format exporting.Format, filter data.ClientFilter) error {
	c.stopped = i18n.T("Stopped. No file was written.")
	p, done := c.progress()
	n, err := a.Exports.Clients(ctx, path, format, filter, nil, p)
	done()
	var files *fs.PathError
	var links *os.LinkError
	if app.ProblemsOf(err) == nil && (errors.As(err, &files) || errors.As(err, &links)) {
		return &app.Error{Code: app.Unavailable, Err: err, Message: i18n.T("“%s” could not be written (%s). Whatever was there before is as it was.", path, reason(err))}
	}
	if err != nil {
		return err
	}
	return c.tell(struct {
		File    string `json:"file"`
		Format  string `json:"format"`
		Clients int    `json:"clients"`
	}{path, string(format), n}, i18n.N(int64(n), "One client was written to “%s”.", "%d clients were written to “%s”.", path))
}

// reason is the system's own word on why a file cannot be used.
func reason(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}
