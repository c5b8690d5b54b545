package terminal

import (
	"io"

	"github.com/spf13/cobra"

	"clientele/app/i18n"
)

// completion writes what has a shell complete the commands. The packages for Linux bring its output along.
func (c *commandLine) completion() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use: "completion SHELL", Short: i18n.T("Has a shell complete these commands."), Args: arguments("SHELL"), ValidArgs: shells,
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			write, known := map[string]func(io.Writer) error{
				"bash": func(w io.Writer) error { return root.GenBashCompletionV2(w, true) },
				"zsh":  root.GenZshCompletion,
				"fish": func(w io.Writer) error { return root.GenFishCompletion(w, true) },
				// Windows' own
				"powershell": root.GenPowerShellCompletionWithDesc,
			}[args[0]]
			if !known {
				return misused(i18n.T("“%s” is no shell that is known here. These are: %s.", args[0], listed(shells)))
			}
			return write(c.Out)
		},
	}
}
