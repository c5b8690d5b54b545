// Package terminal is the command line: one more face of the services, for cron, scripts and servers. It needs no display and decides nothing that
// the window would decide otherwise.
package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"clientele/app"
	"clientele/app/i18n"
)

// The exit codes.
const (
	Done    = 0
	Failed  = 1 // nothing was changed unless the message says what
	Misused = 2 // wrong usage
	Differs = 3 // done, but something was rejected, waits or differs
)

// Program is the process that the command line runs in.
type Program struct {
	Version string
	In      io.Reader
	Out     io.Writer // results
	Err     io.Writer // problems in words
	// Watched tells that a person looks at Err, so that progress is worth showing.
	Watched bool
	// AskSecret asks a person for a secret without showing it. Nil where standard input is no terminal: it is read from In then.
	AskSecret func(ctx context.Context, prompt string) (string, error)
	// Open opens the data for a command that needs no window.
	Open func(ctx context.Context, w Where) (*Session, error)
	// Restore puts a backup in the place of the data. It opens the data itself, which may be damaged.
	Restore func(ctx context.Context, w Where, path, passphrase string, p app.Progress) (Restoration, error)
	// Window opens the window and returns when it is closed.
	Window func(ctx context.Context, w Where) error
}

// Where says which data is meant.
type Where struct {
	Folder   string // empty means the usual one
	Database string // a postgres:// address, or empty for what the folder's configuration says
	// MustExist refuses to begin new data, so that a misspelt folder is not taken for an empty office.
	MustExist bool
}

// Session is opened data.
type Session struct {
	App   *app.App
	Close func() error
}

// commandLine is one call of the program.
type commandLine struct {
	Program
	where Where
	json  bool
	// stopped says what became of a command that was cancelled.
	stopped string
}

// errDiffers ends a command that did its work and has something to tell: exit code 3. The words are said already.
var errDiffers = errors.New("something was rejected or differs")

// errRefused ends a command that did nothing, after its result was written: exit code 1.
var errRefused = errors.New("nothing was done")

// Run runs the program with these arguments, without its name, and returns the exit code.
func (p Program) Run(ctx context.Context, args []string) int {
	c := &commandLine{Program: p, stopped: i18n.T("Stopped. Nothing was changed.")}
	root := c.root()
	root.SetArgs(slices.Concat([]string{}, args))
	err := root.ExecuteContext(ctx)
	c.json = c.json || slices.Contains(args, "--json") // a flag behind a wrong one is not read
	return c.finish(ctx, err)
}

// finish puts an error into words and gives the exit code.
func (c *commandLine) finish(ctx context.Context, err error) int {
	var wrong *usageError
	code, words := Failed, ""
	switch {
	case err == nil:
		return Done
	case errors.Is(err, errDiffers):
		return Differs
	case errors.Is(err, errRefused):
		return Failed
	case errors.As(err, &wrong):
		code, words = Misused, wrong.Error()
	case ctx.Err() != nil:
		words = c.stopped
	default:
		words = app.Explain(err)
	}
	fmt.Fprintln(c.Err, words)
	if c.json {
		_ = c.object(struct { // the exit code says it too
			Error string `json:"error"`
		}{words})
	}
	return code
}

// root is the program itself with all its commands.
func (c *commandLine) root() *cobra.Command {
	cobra.MousetrapHelpText = "" // on Windows, starting with a double click opens the window like anywhere else
	root := &cobra.Command{
		Use: "clientele", Short: i18n.T("Opens the window, or runs one command without it."),
		SilenceErrors: true, SilenceUsage: true, CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		PersistentPreRunE: func(*cobra.Command, []string) error { return c.checkWhere() },
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) > 0:
				return unknownCommand(cmd, args[0])
			case c.json:
				return misused(i18n.T("--json belongs to a command, and none is named. “clientele help” lists them."))
			}
			return c.Window(cmd.Context(), c.where)
		},
	}
	root.Args = cobra.ArbitraryArgs
	root.SetOut(c.Out)
	root.SetErr(c.Err)
	root.SetFlagErrorFunc(flagError)
	flags := root.PersistentFlags()
	flags.SortFlags = false
	flags.StringVar(&c.where.Folder, "data", "", i18n.T("the data folder, instead of the usual one"))
	valued(flags, "data", "DIR")
	flags.StringVar(&c.where.Database, "database", "", i18n.T("a shared PostgreSQL database, postgres://name:password@server/database"))
	valued(flags, "database", "URL")
	flags.BoolVar(&c.json, "json", false, i18n.T("one JSON object on standard output, for programs"))
	root.AddCommand(
		group("import", i18n.T("Brings data in."), c.importClients(), c.importWHMCS(), c.importContacts(), c.confirmBilling()),
		group("export", i18n.T("Writes data to files."), append([]*cobra.Command{c.exportClients(), c.exportContacts()}, append(c.exportMoney(), c.exportAll())...)...),
		group("mail", i18n.T("Works on the outbox."), c.mailSend()),
		group("settings", i18n.T("Reads and changes settings."), c.settingsGet(), c.settingsSet()),
		c.daily(), c.serve(), c.backup(), c.restore(), c.check(), c.demo(), c.version(), c.completion(),
	)
	c.setHelp(root)
	return root
}

// group is a command that only has others below it.
func group(name, short string, commands ...*cobra.Command) *cobra.Command {
	g := &cobra.Command{Use: name, Short: short, Args: cobra.ArbitraryArgs, RunE: func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknownCommand(cmd, args[0])
		}
		return misused(i18n.T("“%s” needs one more word: %s.", cmd.CommandPath(), listed(commandNames(cmd))))
	}}
	g.AddCommand(commands...)
	return g
}

// with opens the data, runs f and closes the data again.
func (c *commandLine) with(ctx context.Context, mustExist bool, f func(*app.App) error) (err error) {
	c.where.MustExist = mustExist
	session, err := c.Open(ctx, c.where)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	return f(session.App)
}

func (c *commandLine) version() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: i18n.T("Prints the version."), Args: arguments(),
		RunE: func(*cobra.Command, []string) error {
			return c.tell(struct {
				Version string `json:"version"`
			}{c.Version}, c.Version)
		},
	}
}
