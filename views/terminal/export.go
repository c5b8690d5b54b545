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

// exportOptions are the options of an export. The statuses are for clients alone.
type exportOptions struct {
	format, file string
	statuses     []string
}

// list is one list that can be exported.
type list struct {
	name   string // as the object on standard output has it
	header []string
	rows   exporting.Rows
	// write writes it to a file, and tells how many rows.
	write func(path string, format exporting.Format, p app.Progress) (int, error)
	// written is what is told after that, for programs and for people.
	written func(path string, format exporting.Format, n int) (object any, words string)
}

func (c *commandLine) exportClients() *cobra.Command {
	var o exportOptions
	cmd := &cobra.Command{
		Use: "clients", Short: i18n.T("Writes clients as CSV or JSON."), Args: arguments(),
		Long: i18n.T("Writes clients to standard output, or to a file, which is there whole or not at all. A CSV export can be imported as it is."),
		RunE: func(cmd *cobra.Command, _ []string) error {
			filter, err := clientFilter(o.statuses)
			if err != nil {
				return err
			}
			ctx := cmd.Context()
			return c.export(ctx, o, func(a *app.App) list {
				return list{
					name: "clients", header: a.Exports.ClientHeader(), rows: a.Exports.EachClient(ctx, filter, nil),
					write: func(path string, format exporting.Format, p app.Progress) (int, error) {
						return a.Exports.Clients(ctx, path, format, filter, nil, p)
					},
					written: func(path string, format exporting.Format, n int) (any, string) {
						return struct {
							File    string `json:"file"`
							Format  string `json:"format"`
							Clients int    `json:"clients"`
						}{path, string(format), n}, i18n.N(int64(n), "One client was written to “%s”.", "%d clients were written to “%s”.", path)
					},
				}
			})
		},
	}
	o.flags(cmd)
	cmd.Flags().StringSliceVar(&o.statuses, "status", nil, i18n.T("only clients of these: Active, Inactive, Closed"))
	valued(cmd.Flags(), "status", "STATUS,...")
	return cmd
}

func (c *commandLine) exportContacts() *cobra.Command {
	var o exportOptions
	cmd := &cobra.Command{
		Use: "contacts", Short: i18n.T("Writes contacts as CSV or JSON."), Args: arguments(),
		Long: i18n.T("Writes the contacts of all clients to standard output, or to a file, which is there whole or not at all."),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			return c.export(ctx, o, func(a *app.App) list {
				return list{
					name: "contacts", header: a.Exports.ContactHeader(), rows: a.Exports.EachContact(ctx),
					write: func(path string, format exporting.Format, p app.Progress) (int, error) {
						return a.Exports.Contacts(ctx, path, format, p)
					},
					written: func(path string, format exporting.Format, n int) (any, string) {
						return struct {
							File     string `json:"file"`
							Format   string `json:"format"`
							Contacts int    `json:"contacts"`
						}{path, string(format), n}, i18n.N(int64(n), "One contact was written to “%s”.", "%d contacts were written to “%s”.", path)
					},
				}
			})
		},
	}
	o.flags(cmd)
	return cmd
}

// flags are the options that all exports have.
func (o *exportOptions) flags(cmd *cobra.Command) {
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&o.format, "format", "", i18n.T("csv or json; csv unless the file's name ends in .json"))
	valued(cmd.Flags(), "format", "FORMAT")
	cmd.Flags().StringVarP(&o.file, "output", "o", "", i18n.T("the file to write, instead of standard output"))
	valued(cmd.Flags(), "output", "FILE")
}

// export writes a list to where the options say.
func (c *commandLine) export(ctx context.Context, o exportOptions, of func(*app.App) list) error {
	format, err := c.exportFormat(o)
	if err != nil {
		return err
	}
	return c.with(ctx, true, func(a *app.App) error {
		if o.file == "" {
			return c.exportOut(ctx, format, of(a))
		}
		return c.exportFile(o.file, format, of(a))
	})
}

// clientFilter is the filter that leaves clients of these statuses, in any case; none leaves all.
func clientFilter(statuses []string) (filter data.ClientFilter, err error) {
	names := make([]string, len(app.Statuses))
	for i, s := range app.Statuses {
		names[i] = string(s)
	}
	for _, given := range statuses {
		name, err := oneOf(i18n.T("status"), strings.TrimSpace(given), names)
		if err != nil {
			return filter, err
		}
		filter.Statuses = append(filter.Statuses, data.Status(name))
	}
	return filter, nil
}

// exportFormat checks the format, or finds it out.
func (c *commandLine) exportFormat(o exportOptions) (exporting.Format, error) {
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
	return exporting.Format(format), err
}

// exportOut writes to standard output. What broke off in the middle ends with exit code 1.
func (c *commandLine) exportOut(ctx context.Context, format exporting.Format, l list) error {
	c.stopped = i18n.T("Stopped. What was written to standard output is not whole.")
	out := &sink{w: c.Out}
	if c.json {
		out.text(`{"` + l.name + `":`)
	}
	_, err := exporting.Write(ctx, out, format, l.header, l.rows)
	if c.json && err == nil {
		out.text("}\n")
	}
	if out.err != nil {
		return &app.Error{Code: app.Unavailable, Err: out.err, Message: i18n.T("Standard output took no more (%s), so the export is not whole.", reason(out.err))}
	}
	return err
}

// exportFile writes to a file.
func (c *commandLine) exportFile(path string, format exporting.Format, l list) error {
	c.stopped = i18n.T("Stopped. No file was written.")
	p, done := c.progress()
	n, err := l.write(path, format, p)
	done()
	var files *fs.PathError
	var links *os.LinkError
	if app.ProblemsOf(err) == nil && (errors.As(err, &files) || errors.As(err, &links)) {
		return &app.Error{Code: app.Unavailable, Err: err, Message: i18n.T("“%s” could not be written (%s). Whatever was there before is as it was.", path, reason(err))}
	}
	if err != nil {
		return err
	}
	object, words := l.written(path, format, n)
	return c.tell(object, words)
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
