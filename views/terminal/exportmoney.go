package terminal

import (
	"github.com/spf13/cobra"

	"clientele/app"
	"clientele/app/exporting"
	"clientele/app/i18n"
	"clientele/data"
)

// exportMoney are the commands that write the lists about money.
func (c *commandLine) exportMoney() []*cobra.Command {
	table := func(name, short string, of func(*cobra.Command, *app.App) app.Table) *cobra.Command {
		var o exportOptions
		cmd := &cobra.Command{
			Use: name, Short: short, Args: arguments(),
			Long: short + " " + i18n.T("To standard output, or to a file, which is there whole or not at all. Amounts and dates are written for other programs: 1234.50, 2026-11-22."),
			RunE: func(cmd *cobra.Command, _ []string) error {
				return c.export(cmd.Context(), o, func(a *app.App) list {
					t := of(cmd, a)
					return list{
						name: name, header: t.Header, rows: t.Rows,
						write: func(path string, format exporting.Format, p app.Progress) (int, error) {
							return a.Exports.Write(cmd.Context(), path, format, t, p)
						},
						written: func(path string, format exporting.Format, n int) (any, string) {
							return map[string]any{"file": path, "format": string(format), name: n},
								i18n.N(int64(n), "One row was written to “%s”.", "%d rows were written to “%s”.", path)
						},
					}
				})
			},
		}
		o.flags(cmd)
		return cmd
	}
	return []*cobra.Command{
		table("services", i18n.T("Writes services as CSV or JSON."), func(cmd *cobra.Command, a *app.App) app.Table {
			return a.Exports.Services(cmd.Context(), data.ServiceFilter{})
		}),
		table("invoices", i18n.T("Writes invoices as CSV or JSON."), func(cmd *cobra.Command, a *app.App) app.Table {
			return a.Exports.Invoices(cmd.Context(), data.InvoiceFilter{})
		}),
		table("transactions", i18n.T("Writes transactions as CSV or JSON."), func(cmd *cobra.Command, a *app.App) app.Table {
			return a.Exports.Transactions(cmd.Context(), data.TransactionFilter{})
		}),
		table("credit", i18n.T("Writes the credit ledger of all clients as CSV or JSON."), func(cmd *cobra.Command, a *app.App) app.Table {
			return a.Exports.Credit(cmd.Context())
		}),
		table("mail", i18n.T("Writes all mails with what became of them as CSV or JSON."), func(cmd *cobra.Command, a *app.App) app.Table {
			return a.Exports.Mails(cmd.Context())
		}),
	}
}
