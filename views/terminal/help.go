package terminal

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"clientele/app/i18n"
)

// setHelp has help written in our words, by “clientele help COMMAND” and by --help.
func (c *commandLine) setHelp(root *cobra.Command) {
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { fmt.Fprint(c.Out, help(cmd)) })
	root.SetHelpCommand(&cobra.Command{
		Use: "help [COMMAND]", Short: i18n.T("Explains a command."), Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			at := cmd.Root()
			for _, name := range args {
				next, _, err := at.Find([]string{name})
				if err != nil || next == at {
					return unknownCommand(at, name)
				}
				at = next
			}
			fmt.Fprint(c.Out, help(at))
			return nil
		},
	})
	root.InitDefaultHelpCmd()
}

// help is all there is to say of a command.
func help(cmd *cobra.Command) string {
	var b strings.Builder
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	line := cmd.UseLine()
	if cmd.HasAvailableSubCommands() {
		line = cmd.CommandPath() + " [COMMAND]"
	}
	fmt.Fprintf(&b, "%s\n\n%s\n    %s\n", about, i18n.T("Usage:"), strings.Replace(line, " [flags]", "", 1))
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s\n", i18n.T("Commands:"))
		for _, sub := range cmd.Commands() {
			for _, leaf := range leaves(sub) {
				fmt.Fprintf(&b, "    %-16s %s\n", strings.TrimPrefix(leaf.CommandPath(), cmd.CommandPath()+" "), leaf.Short)
			}
		}
	}
	if own := cmd.NonInheritedFlags(); options(own) != "" {
		fmt.Fprintf(&b, "\n%s\n%s", i18n.T("Options:"), options(own))
	}
	if all := cmd.InheritedFlags(); all.HasAvailableFlags() {
		fmt.Fprintf(&b, "\n%s\n%s", i18n.T("Options of all commands:"), options(all))
	}
	return b.String()
}

// valueName is the annotation of an option that has a value: what the value is called. It does not stand in the usage, in backquotes, as pflag would have it:
// shells show the usage as it is where they complete the option.
const valueName = "value"

// valued says what the value of an option is called.
func valued(flags *pflag.FlagSet, option, name string) {
	flags.Lookup(option).Annotations = map[string][]string{valueName: {name}}
}

// options lists options with what they mean.
func options(flags *pflag.FlagSet) string {
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		for _, value := range f.Annotations[valueName] {
			name += " " + value
		}
		fmt.Fprintf(&b, "    %-26s %s\n", name, f.Usage)
	})
	return b.String()
}

// leaves are the commands that do something, below a command or itself.
func leaves(cmd *cobra.Command) []*cobra.Command {
	if !cmd.HasAvailableSubCommands() {
		return []*cobra.Command{cmd}
	}
	var all []*cobra.Command
	for _, sub := range cmd.Commands() {
		all = append(all, leaves(sub)...)
	}
	return all
}
