package app

import (
	"context"

	"clientele/app/daily"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Runs reads up to n runs older than the one with the number before, or the newest where it is 0, newest first.
func (s *Daily) Runs(ctx context.Context, before int64, n int) (all []data.DailyRun, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		all, err = tx.DailyRuns(before, n)
		return err
	})
	return all, err
}

// Report reads up to n lines of a run after the one with the number after, with what the run comes to. With skipped it is those alone that were not done.
func (s *Daily) Report(ctx context.Context, run, after int64, skipped bool, n int) (lines []data.ReportLine, sums []data.RunSum, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) (err error) {
		if lines, err = tx.RunLines(run, after, skipped, n); err != nil {
			return err
		}
		sums, err = tx.RunSums(run)
		return err
	})
	return lines, sums, err
}

// DailyKindName is what a kind of work is called, in the current language.
func DailyKindName(k daily.Kind) string {
	switch k {
	case daily.MakeInvoice:
		return i18n.T("New invoices")
	case daily.ChargeFee:
		return i18n.T("Late fees")
	case daily.SendReminder:
		return i18n.T("Payment reminders")
	case daily.SendOverdue:
		return i18n.T("Overdue notices")
	case daily.TellOfCard:
		return i18n.T("Cards that expire")
	case daily.ChangeStatus:
		return i18n.T("Statuses of clients")
	case daily.AdvanceBilled:
		return i18n.T("Services that go on")
	}
	return string(k)
}

// OutcomeName is what became of a line, in the current language.
func OutcomeName(o string) string {
	switch dailyOutcome(o) {
	case outcomeDone:
		return i18n.T("Done")
	case outcomeSkipped:
		return i18n.T("Skipped")
	case outcomeUnticked:
		return i18n.T("Unticked")
	case outcomeFailed:
		return i18n.T("Failed")
	case outcomeLater:
	}
	return o
}

// RunStateName is how a run went, in the current language.
func RunStateName(s data.RunState) string {
	switch s {
	case data.RunRunning:
		return i18n.T("Under way")
	case data.RunDone:
		return i18n.T("Done")
	case data.RunStopped:
		return i18n.T("Stopped")
	case data.RunFailed:
		return i18n.T("Failed")
	case data.RunBroken:
		return i18n.T("Broken off")
	}
	return string(s)
}

// DailyCauseName is what started a run, in the current language.
func DailyCauseName(c string) string {
	switch DailyCause(c) {
	case DailyByStart:
		return i18n.T("First start of the day")
	case DailyByTime:
		return i18n.T("The set time")
	case DailyByHand:
		return i18n.T("By hand")
	case DailyByCommand:
		return i18n.T("Command line")
	}
	return c
}

// LineWhy is why a line of a report was done, or was not, in words.
func LineWhy(l data.DailyLine) string { return daily.Reason(l.Reason).Words(int(l.Days)) }

// LineAmount is the amount of a line; ok is false where it has none.
func LineAmount(l data.DailyLine) (m money.Money, ok bool) {
	return money.New(l.Amount, money.Currency(l.Currency)), l.Currency != "" && l.Amount != 0
}
