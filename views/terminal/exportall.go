package terminal

import (
	"strings"

	"github.com/spf13/cobra"

	"clientele/app"
	"clientele/app/i18n"
)

func (c *commandLine) exportAll() *cobra.Command {
	return &cobra.Command{
		Use: "all DIR", Short: i18n.T("Writes everything into a new folder, as CSV."), Args: arguments("DIR"),
		Long: i18n.T("Writes each list as CSV, and the clients' files as they are, into a folder that is there whole or not at all. Passwords and card numbers are never written."),
		RunE: func(cmd *cobra.Command, args []string) error {
			c.stopped = i18n.T("Stopped. No folder was written.")
			return c.with(cmd.Context(), true, func(a *app.App) error {
				p, done := c.progress()
				all, err := a.Exports.All(cmd.Context(), args[0], p)
				done()
				if err != nil {
					return err
				}
				type list struct {
					File string `json:"file"`
					Rows int    `json:"rows"`
				}
				result := struct {
					Folder string `json:"folder"`
					Lists  []list `json:"lists"`
				}{Folder: args[0]}
				words := make([]string, len(all))
				for i, l := range all {
					result.Lists = append(result.Lists, list(l))
					words[i] = l.File + ": " + i18n.N(int64(l.Rows), "one row", "%d rows")
				}
				return c.tell(result, strings.Join(words, "\n"))
			})
		},
	}
}
