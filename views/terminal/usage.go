package terminal

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"clientele/app/i18n"
)

// usageError says that the program was called in a wrong way: exit code 2.
type usageError struct{ words string }

func (e *usageError) Error() string { return e.words }

func misused(words string) error { return &usageError{words} }

// unknownCommand names the nearest right one.
func unknownCommand(cmd *cobra.Command, given string) error {
	return unknown(i18n.T("There is no command “%s”.", strings.TrimPrefix(cmd.CommandPath()+" "+given, cmd.Root().Name()+" ")), given, commandNames(cmd))
}

// unknown says that something is not there, and names the nearest thing that is, or all where none is near.
func unknown(words, given string, names []string) error {
	if n := nearest(given, names); n != "" {
		return misused(words + " " + i18n.T("Did you mean “%s”?", n))
	}
	return misused(words + " " + i18n.T("These are there: %s.", listed(names)))
}

// oneOf checks a value that must be one of some names.
func oneOf(what, given string, names []string) (string, error) {
	for _, n := range names {
		if strings.EqualFold(n, given) {
			return n, nil
		}
	}
	return "", unknown(i18n.T("“%s” is no %s.", given, what), given, names)
}

func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() || sub.Name() == "help" {
			names = append(names, sub.Name())
		}
	}
	return names
}

func listed(names []string) string { return strings.Join(names, ", ") }

// flagError puts what the reading of flags says into words.
func flagError(cmd *cobra.Command, err error) error {
	var missing *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &missing) && missing.GetSpecifiedShortnames() == "":
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
		given := "--" + missing.GetSpecifiedName()
		return unknown(i18n.T("“%s” has no option %s.", cmd.CommandPath(), given), given, names)
	case errors.As(err, &missing):
		return misused(i18n.T("“%s” has no option -%s. “%s --help” lists its options.", cmd.CommandPath(), missing.GetSpecifiedShortnames(), cmd.CommandPath()))
	case errors.As(err, &bare):
		return misused(i18n.T("The option --%s needs a value behind it.", bare.GetFlag().Name))
	case errors.As(err, &invalid):
		return misused(i18n.T("“%s” is not what the option --%s takes. “%s --help” says more.", invalid.GetValue(), invalid.GetFlag().Name, cmd.CommandPath()))
	}
	return misused(i18n.T("The options cannot be read (%s). “%s --help” lists them.", err, cmd.CommandPath()))
}

// arguments demands exactly these arguments, named as in the command's usage.
func arguments(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return misused(i18n.T("“%s” needs one thing more: %s.", cmd.CommandPath(), names[len(args)]))
		case len(args) > len(names):
			return misused(i18n.T("“%s” does not know what to do with “%s”. “%s --help” says what it takes.", cmd.CommandPath(), args[len(names)], cmd.CommandPath()))
		}
		return nil
	}
}

// checkWhere looks at the options that all commands have. An address is not repeated in words: it may hold a password.
func (c *commandLine) checkWhere() error {
	if c.where.Database == "" {
		return nil
	}
	u, err := url.Parse(c.where.Database)
	if err != nil || !slices.Contains([]string{"postgres", "postgresql"}, u.Scheme) || u.Host == "" {
		return misused(i18n.T("The address of a database is written postgres://name:password@server/database."))
	}
	return nil
}

// nearest is the name that needs the fewest changes to become given, or "" where all need too many.
func nearest(given string, names []string) string {
	best, fewest := "", max(1, len([]rune(given))/3)+1
	if len(given) > 100 {
		return "" // no name is that long
	}
	for _, n := range names {
		if d := distance(strings.ToLower(given), strings.ToLower(n)); d < fewest {
			best, fewest = n, d
		}
	}
	return best
}

// distance counts the letters to be added, removed, replaced, or swapped with their neighbour to turn a into b.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	rows := make([][]int, len(s)+1)
	for i := range rows {
		rows[i] = make([]int, len(t)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(s); i++ {
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(s)][len(t)]
}
