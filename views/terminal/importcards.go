package terminal

import (
	"fmt"

	"github.com/spf13/cobra"

	"clientele/app"
	"clientele/app/i18n"
)

func (c *commandLine) importContacts() *cobra.Command {
	var client int64
	cmd := &cobra.Command{
		Use: "contacts FILE.vcf", Short: i18n.T("Brings contacts of a client in from a file of address cards."), Args: arguments("FILE.vcf"),
		Long: i18n.T("Adds the people of a file of address cards (vCard) to the contacts of a client, as one step. They get no mail before something is ticked for them."),
		RunE: func(cmd *cobra.Command, args []string) error {
			if client < 1 {
				return misused(i18n.T("Say whose contacts they are: --client and the client's number."))
			}
			return c.with(cmd.Context(), true, func(a *app.App) error {
				r, err := a.Contacts.ImportCards(cmd.Context(), client, args[0])
				if err != nil {
					return err
				}
				for _, p := range r.Problems {
					fmt.Fprintln(c.Err, p)
				}
				words := i18n.N(int64(len(r.Added)), "One contact came in;", "%d contacts came in;") + " "
				if n := int64(len(r.Problems)); n == 0 {
					words += i18n.T("no card was left out.")
				} else {
					words += i18n.N(n, "one card was left out.", "%d cards were left out.")
				}
				err = c.tell(struct {
					Contacts []int64  `json:"contacts"`
					Problems []string `json:"problems"`
				}{append([]int64{}, r.Added...), append([]string{}, r.Problems...)}, words)
				if err == nil && len(r.Problems) > 0 {
					err = errDiffers
				}
				return err
			})
		},
	}
	cmd.Flags().Int64Var(&client, "client", 0, i18n.T("the number of the client"))
	valued(cmd.Flags(), "client", "N")
	return cmd
}
