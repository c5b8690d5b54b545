package terminal

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"clientele/app"
	"clientele/app/daily"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
)

func (c *commandLine) daily() *cobra.Command {
	var day string
	var dryRun bool
	cmd := &cobra.Command{
		Use: "daily", Short: i18n.T("Does what is due today: invoices, late fees, reminders, backup."), Args: arguments(),
		Long: i18n.T("Invoices what is due, uses credit, charges late fees, queues reminders, keeps statuses, backs up and tidies up. A second run on the same day does nothing twice. “clientele mail send” sends the mails."),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var on date.Date
			if day != "" {
				var err error
				if on, err = date.Parse(day); err != nil {
					return misused(err.Error())
				}
			}
			return c.with(cmd.Context(), true, func(a *app.App) error {
				if dryRun {
					return c.planDaily(cmd.Context(), a, on)
				}
				return c.runDaily(cmd.Context(), a, on)
			})
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&day, "date", "", i18n.T("as if it were this day"))
	valued(cmd.Flags(), "date", "YYYY-MM-DD")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, i18n.T("tell what would be done, and why, and do nothing"))
	return cmd
}

// dailyLine is one thing that a run does, for programs.
type dailyLine struct {
	Kind     string `json:"kind"`
	Outcome  string `json:"outcome,omitempty"` // what became of it; in a plan there is none yet
	Skip     bool   `json:"skip,omitempty"`
	ClientID int64  `json:"client_id"`
	Client   string `json:"client"`
	Invoice  string `json:"invoice"` // its number
	Due      string `json:"due,omitempty"`
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
	Why      string `json:"why"`
}

// dailyResult is what a run came to, or would come to, for programs.
type dailyResult struct {
	Day     string      `json:"day"`
	DryRun  bool        `json:"dry_run"`
	State   string      `json:"state"` // done or stopped; planned of a dry run
	Done    int64       `json:"done"`
	Skipped int64       `json:"skipped"`
	Held    int64       `json:"held"`
	Words   string      `json:"words"`
	Sums    []dailySum  `json:"sums"`
	Lines   []dailyLine `json:"lines"`
}

// dailySum is how much there is of a kind.
type dailySum struct {
	Kind     string `json:"kind"`
	Outcome  string `json:"outcome"`
	N        int64  `json:"n"`
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// sumWords is a sum in a line.
func sumWords(s data.RunSum) string {
	words := fmt.Sprintf("%s: %d %s", app.DailyKindName(daily.Kind(s.Kind)), s.N, strings.ToLower(app.OutcomeName(s.Outcome)))
	if m, ok := app.LineAmount(data.DailyLine{Amount: s.Amount, Currency: s.Currency}); ok {
		words += ", " + m.String()
	}
	return words
}

// planDaily tells what a run would do.
func (c *commandLine) planDaily(ctx context.Context, a *app.App, day date.Date) error {
	c.stopped = i18n.T("Stopped. Nothing was done.")
	plan, err := a.Daily.Plan(ctx, day)
	if err != nil {
		return err
	}
	result := dailyResult{Day: plan.Day.String(), DryRun: true, State: "planned", Done: int64(plan.ToDo()), Skipped: int64(len(plan.Lines) - plan.ToDo()), Held: plan.Held, Sums: []dailySum{}, Lines: []dailyLine{}}
	var words []string
	for _, l := range plan.Lines {
		due := ""
		if !l.Due.IsZero() {
			due = l.Due.String()
		}
		result.Lines = append(result.Lines, dailyLine{
			Kind: string(l.Kind), Skip: l.Skip, ClientID: l.Client, Client: l.Name, Invoice: l.Number, Due: due, Amount: l.Amount.FormatPlain(), Currency: string(l.Amount.Currency), Why: l.Why(),
		})
		if !c.json {
			words = append(words, planWords(l))
		}
	}
	words = append(words, c.summed(plan.Day, i18n.T("to do"), result)...)
	return c.tell(result, strings.Join(words, "\n"))
}

func planWords(l app.PlanLine) string {
	parts := []string{app.DailyKindName(l.Kind), fmt.Sprintf("#%d %s", l.Client, l.Name)}
	if l.Number != "" {
		parts = append(parts, i18n.T("Invoice #%s", l.Number))
	}
	if !l.Amount.IsZero() {
		parts = append(parts, l.Amount.String())
	}
	why := l.Why()
	if l.Skip {
		why = i18n.T("skipped") + ": " + why
	}
	return strings.Join(append(parts, why), " | ")
}

// summed is what a run comes to in a line.
func (c *commandLine) summed(day date.Date, done string, r dailyResult) []string {
	words := []string{fmt.Sprintf("%s: %d %s, %d %s", day, r.Done, done, r.Skipped, i18n.T("skipped"))}
	if r.Held > 0 {
		words = append(words, i18n.N(r.Held, "One imported service is due, but its billing was not confirmed yet.", "%d imported services are due, but their billing was not confirmed yet."))
	}
	return words
}

// runDaily does what is due.
func (c *commandLine) runDaily(ctx context.Context, a *app.App, day date.Date) error {
	p, finished := c.progress()
	plan, done, err := a.Daily.Today(ctx, day, app.DailyByCommand, p)
	finished()
	if errors.Is(err, app.ErrRunElsewhere) {
		return errors.Join(c.tell(dailyResult{Day: plan.Day.String(), State: "elsewhere", Sums: []dailySum{}, Lines: []dailyLine{}}, app.Explain(err)), errDiffers)
	}
	if err != nil {
		return err
	}
	c.stopped = i18n.T("Stopped. What was done stays done; the next run does the rest.")
	if done.Stopped {
		return ctx.Err()
	}
	result := dailyResult{
		Day: plan.Day.String(), State: string(done.Run.State), Done: done.Run.Done, Skipped: done.Run.Skipped, Held: plan.Held, Words: done.Run.Words, Sums: []dailySum{}, Lines: []dailyLine{},
	}
	failed := false
	var words []string
	for _, s := range done.Sums {
		m, _ := app.LineAmount(data.DailyLine{Amount: s.Amount, Currency: s.Currency})
		result.Sums = append(result.Sums, dailySum{s.Kind, s.Outcome, s.N, m.FormatPlain(), s.Currency})
		words = append(words, sumWords(s))
	}
	skipped, _, err := a.Daily.Report(ctx, done.Run.ID, 0, true, int(done.Run.Skipped))
	if err != nil {
		return err
	}
	for _, l := range skipped {
		failed = failed || l.Outcome == "failed"
		m, _ := app.LineAmount(l.DailyLine)
		result.Lines = append(result.Lines, dailyLine{
			Kind: l.Kind, Outcome: l.Outcome, ClientID: l.ClientID, Client: l.ClientName, Invoice: l.Number, Amount: m.FormatPlain(), Currency: l.Currency, Why: app.LineWhy(l.DailyLine),
		})
		words = append(words, fmt.Sprintf("%s | #%d %s | %s: %s", app.DailyKindName(daily.Kind(l.Kind)), l.ClientID, l.ClientName, app.OutcomeName(l.Outcome), app.LineWhy(l.DailyLine)))
	}
	words = append(words, c.summed(plan.Day, i18n.T("done"), result)...)
	if result.Words != "" {
		words = append(words, result.Words)
	}
	if err := c.tell(result, strings.Join(words, "\n")); err != nil {
		return err
	}
	if failed {
		return errDiffers
	}
	return nil
}
