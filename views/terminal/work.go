package terminal

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"clientele/app"
	"clientele/app/i18n"
)

func (c *commandLine) mailSend() *cobra.Command {
	return &cobra.Command{
		Use: "send", Short: i18n.T("Sends what the outbox holds and is due, then stops."), Args: arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), true, func(a *app.App) error { return c.send(cmd.Context(), a) })
		},
	}
}

// sendResult is what a run over the outbox came to, for programs.
type sendResult struct {
	Sent    int `json:"sent"`
	Failed  int `json:"failed"`
	Delayed int `json:"delayed"`
	// Obstacle is what keeps the others waiting, in words; empty where nothing does.
	Obstacle string `json:"obstacle"`
}

func (c *commandLine) send(ctx context.Context, a *app.App) error {
	c.stopped = i18n.T("Stopped. What was sent stays sent; the other mails wait in the outbox.")
	p, done := c.progress()
	sent, err := a.Outbox.SendDue(ctx, p)
	done()
	if errors.Is(err, app.ErrSendingElsewhere) {
		sent.Waiting, err = i18n.T("The window, or another program, is sending these mails just now."), nil
	}
	if err != nil {
		return err
	}
	result := sendResult{sent.Sent, sent.Failed, sent.Deferred, sent.Blocked + sent.Waiting}
	words := []string{i18n.T("No mail was sent.")}
	if sent.Sent > 0 {
		words[0] = i18n.N(int64(sent.Sent), "One mail was sent.", "%d mails were sent.")
	}
	if sent.Failed > 0 {
		words = append(words, i18n.N(int64(sent.Failed), "One mail was refused for good.", "%d mails were refused for good."))
	}
	if sent.Deferred > 0 {
		words = append(words, i18n.N(int64(sent.Deferred), "One mail is tried again later.", "%d mails are tried again later."))
	}
	if result.Obstacle != "" {
		words = append(words, i18n.T("The others wait:"), result.Obstacle)
	}
	if err := c.tell(result, strings.Join(words, " ")); err != nil {
		return err
	}
	if sent.Failed+sent.Deferred > 0 || result.Obstacle != "" {
		return errDiffers
	}
	return nil
}

func (c *commandLine) check() *cobra.Command {
	return &cobra.Command{
		Use: "check", Short: i18n.T("Compares database, balances, search index, activity log and files."), Args: arguments(),
		Long: i18n.T("Compares the database file, each balance with its moves, the counts, the search index with the clients, the chain of the activity log, and the contents of each file with their sum. It changes nothing."),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), true, func(a *app.App) error { return c.runCheck(cmd.Context(), a) })
		},
	}
}

// checkPart is one comparison, for programs.
type checkPart struct {
	Name  string   `json:"name"`
	Found []string `json:"found"`
}

func (c *commandLine) runCheck(ctx context.Context, a *app.App) error {
	p, done := c.progress()
	report, err := a.Checks.Run(ctx, p)
	done()
	if err != nil {
		return err
	}
	result := struct {
		Engine  string      `json:"engine"`
		Sound   bool        `json:"sound"`
		Clients int64       `json:"clients"`
		Lines   int64       `json:"activity_lines"`
		Checks  []checkPart `json:"checks"`
	}{Engine: report.Engine, Sound: report.Sound(), Clients: report.Clients, Lines: report.Lines}
	var words []string
	for _, part := range report.Checks {
		result.Checks = append(result.Checks, checkPart{part.Name, append([]string{}, part.Found...)})
		if len(part.Found) == 0 {
			words = append(words, part.Name+": "+i18n.T("all is well"))
		}
		for _, found := range part.Found {
			words = append(words, part.Name+": "+found)
		}
	}
	words = append(words, i18n.N(report.Clients, "One client was compared.", "%d clients were compared."))
	if !result.Sound {
		words = append(words, i18n.T("Something differs. Keep a copy of the data before anything else."))
	}
	if err := c.tell(result, strings.Join(words, "\n")); err != nil {
		return err
	}
	if !result.Sound {
		return errDiffers
	}
	return nil
}

// maxDemo is how many clients can be made up.
const maxDemo = 1_000_000

func (c *commandLine) demo() *cobra.Command {
	var n int
	var seed uint64
	cmd := &cobra.Command{
		Use: "demo", Short: i18n.T("Fills empty data with made-up clients."), Args: arguments(),
		Long: i18n.T("Fills empty data with made-up clients from many countries. The same numbers give the same clients on the same day. Where clients are already, nothing is done."),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if n < 1 || n > maxDemo {
				return misused(i18n.T("From 1 to %d clients can be made up.", maxDemo))
			}
			return c.with(cmd.Context(), false, func(a *app.App) error {
				p, done := c.progress()
				err := a.Demo(cmd.Context(), n, seed, p)
				done()
				if err != nil {
					return err
				}
				return c.tell(struct {
					Clients int    `json:"clients"`
					Seed    uint64 `json:"seed"`
				}{n, seed}, i18n.N(int64(n), "One client was made up.", "%d clients were made up."))
			})
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().IntVar(&n, "clients", 500, i18n.T("how many"))
	valued(cmd.Flags(), "clients", "N")
	cmd.Flags().Uint64Var(&seed, "seed", 1, i18n.T("another number gives other clients"))
	valued(cmd.Flags(), "seed", "S")
	return cmd
}
