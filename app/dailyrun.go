package app

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"time"

	"clientele/app/billing"
	"clientele/app/daily"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
)

// Daily is the daily run: invoices that are due, late fees, reminders, statuses, and what is no longer needed (DA-1 to DA-6). The window, the schedule and the
// command line run it by the same door.
type Daily struct {
	core
	settings *SettingsService
	mails    *Mails
	undos    *Undos
	files    *Files
	backups  *Backups
	area     *ClientArea
	tried    time.Time     // when the schedule started a run; it alone reads and writes this
	unseen   *atomic.Int64 // mails of a run that does not start by itself, since nobody has looked at one that mails
}

// DailyCause is what started a run. It is stored as it is.
type DailyCause string

// The causes.
const (
	DailyByStart   DailyCause = "start"
	DailyByTime    DailyCause = "time"
	DailyByHand    DailyCause = "hand"
	DailyByCommand DailyCause = "command"
)

// ByItself tells that nobody started the run: it is the office's own.
func (c DailyCause) ByItself() bool { return c == DailyByStart || c == DailyByTime }

// ErrRunElsewhere: another desktop, or the command line, is at the daily run just now.
var ErrRunElsewhere = &Error{Code: Unavailable, Message: "The daily run is under way elsewhere."}

// dailyLease is the lock by which one run goes on at a time.
const dailyLease = "daily"

// dailyClients is how many clients a transaction of a run has: enough to be quick, few enough that whoever else wants to write waits for a moment only.
const dailyClients = 250

// keepLines is how long the lines of a report are kept.
const keepLines = 400 * 24 * time.Hour

// DailyDo is what a run is to do.
type DailyDo struct {
	Plan     DailyPlan
	Unticked map[daily.Key]bool
	Cause    DailyCause
}

// DailyDone is what a run came to.
type DailyDone struct {
	Run     data.DailyRun
	Sums    []data.RunSum
	Stopped bool // before its end; what was done stays done
	Alone   bool // it was the first one that mailed clients: those to come do so by themselves
}

// Run does what a plan says and was not unticked, some clients in one transaction, and keeps a report. Whatever changed since the plan was made is gone by: what
// is no longer due is left alone, and what came to be due waits for the next run. When ctx ends it stops between two clients.
func (s *Daily) Run(ctx context.Context, do DailyDo, p Progress) (done DailyDone, err error) {
	release, ok, err := s.store.Lease(ctx, dailyLease)
	if err != nil {
		return done, known(err)
	}
	if !ok {
		return done, &Error{Code: ErrRunElsewhere.Code, Err: ErrRunElsewhere, Message: i18n.T("The daily run is under way on another desktop or by the command line. It does the same work, so there is nothing to do here.")}
	}
	defer release()
	s = s.named(do.Cause)
	set, err := s.settings.Get(ctx)
	if err != nil {
		return done, err
	}
	work := context.WithoutCancel(ctx) // each transaction is finished; between two of them ctx is asked
	run := data.DailyRun{Day: do.Plan.Day, Who: s.who(), Cause: string(do.Cause)}
	if err := s.write(work, func(tx *data.Tx, changes *[]Change) error {
		*changes = append(*changes, Change{Topic: TopicDaily})
		run.ID = 0
		return tx.BeginRun(&run)
	}); err != nil {
		return done, err
	}
	words, err := s.steps(ctx, work, set, run.ID, do, p)
	state := data.RunDone
	switch {
	case ctx.Err() != nil && (err == nil || errors.Is(err, ctx.Err())):
		state, err, done.Stopped = data.RunStopped, nil, true
	case err != nil:
		state, words = data.RunFailed, append(words, Explain(err))
	}
	ended := s.write(work, func(tx *data.Tx, changes *[]Change) error {
		*changes = append(*changes, Change{Topic: TopicDaily})
		if err := tx.EndRun(run.ID, state, strings.Join(words, "\n")); err != nil {
			return err
		}
		if err := tx.AddActivity(s.entry(actDailyRun, 0, do.Plan.Day.String(), strings.Join(words, "\n"))); err != nil {
			return err
		}
		if done.Run, err = tx.DailyRun(run.ID); err != nil {
			return err
		}
		if done.Sums, err = tx.RunSums(run.ID); err != nil {
			return err
		}
		done.Alone = state == data.RunDone && !do.Cause.ByItself() && !set.DailyMailsAlone && do.Plan.mails(set, do.Unticked) > 0
		if !done.Alone {
			return nil
		}
		before, err := settingsOf(tx)
		if err != nil {
			return err
		}
		after := before
		after.DailyMailsAlone = true
		return s.settings.store(tx, changes, before, after)
	})
	return done, errors.Join(err, ended)
}

// named is the run under the name that all it does has in the log. What starts by itself is the office's: it does not wait for somebody to sign in, and it is
// called by what it is and not by whoever happens to be at this desktop. Who signs in or out meanwhile changes nothing of it.
func (s *Daily) named(cause DailyCause) *Daily {
	who := s.who()
	if cause.ByItself() {
		who = i18n.T("Daily run")
	}
	mails := *s.mails
	mails.core = s.as(who)
	return &Daily{core: mails.core, settings: s.settings, mails: &mails, undos: s.undos, files: s.files, backups: s.backups, area: s.area, unseen: s.unseen}
}

// steps are the parts of a run, and words are what there is to say of it.
func (s *Daily) steps(ctx, work context.Context, set Settings, run int64, do DailyDo, p Progress) (words []string, err error) {
	if set.DailyBackup {
		b, made, err := s.backups.MakeDaily(ctx, p)
		switch {
		case ctx.Err() != nil:
			return words, ctx.Err()
		case err != nil: // clients are billed all the same: whoever reads the report mends the backup
			words = append(words, i18n.T("The data was not backed up: %s", Explain(err)))
		case made:
			words = append(words, i18n.T("The data was backed up: %s", b.Name))
		}
	}
	if err := s.clients(ctx, work, set, run, do, p); err != nil {
		return words, err
	}
	p.Step(i18n.T("Tidying up"))
	return words, s.tidy(ctx, work)
}

// clients does what is due of all clients.
func (s *Daily) clients(ctx, work context.Context, set Settings, run int64, do DailyDo, p Progress) error {
	p.Step(i18n.T("Billing clients"))
	ids := do.Plan.Clients()
	p.SetTotal(int64(len(ids)))
	var changed dailyChanges
	defer func() { s.announce(changed) }()
	for len(ids) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(dailyClients, len(ids))
		if err := s.some(work, set, run, do, ids[:n], &changed); err != nil {
			return err
		}
		p.Add(int64(n))
		ids = ids[n:]
	}
	return nil
}

// some does what is due of some clients in one transaction. Where that fails for one of them, each gets a transaction of its own, so that one client does not keep
// the others waiting.
func (s *Daily) some(ctx context.Context, set Settings, run int64, do DailyDo, ids []int64, changed *dailyChanges) error {
	_, err := s.batch(ctx, set, run, do, ids, changed)
	if err == nil || fatal(err) {
		return err
	}
	s.log.Warn("daily run", "clients", len(ids), "error", err)
	for _, id := range ids {
		_, err := s.batch(ctx, set, run, do, []int64{id}, changed)
		if err == nil {
			continue
		}
		if fatal(err) {
			return err
		}
		if err := s.gaveUp(ctx, run, do, id, err); err != nil {
			return err
		}
	}
	return nil
}

// fatal tells whether an error is one of the store and not of a client.
func fatal(err error) bool {
	for _, e := range []error{data.ErrFull, data.ErrReadOnly, data.ErrUnreachable, data.ErrDamaged, data.ErrBusy, data.ErrMissing} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// gaveUp notes that nothing could be done for a client.
func (s *Daily) gaveUp(ctx context.Context, run int64, do DailyDo, id int64, why error) error {
	line := data.DailyLine{Kind: string(daily.MakeInvoice), Outcome: string(outcomeFailed), ClientID: id, Reason: Explain(why)}
	if planned := do.Plan.of(id); len(planned) > 0 {
		line.Kind = string(planned[0].Kind)
	}
	return s.write(ctx, func(tx *data.Tx, _ *[]Change) error { return s.report(tx, run, []data.DailyLine{line}) })
}

// batch does what is due of some clients in one transaction, and tells of it by lines.
func (s *Daily) batch(ctx context.Context, set Settings, run int64, do DailyDo, ids []int64, changed *dailyChanges) (lines []data.DailyLine, err error) {
	format, err := billing.ParseNumberFormat(set.InvoiceNumberFormat)
	if err != nil {
		return nil, err
	}
	var did dailyChanges
	err = s.write(ctx, func(tx *data.Tx, _ *[]Change) error {
		books, err := booksOf(tx, set, do.Plan.Day)
		if err != nil {
			return err
		}
		b := &dailyBatch{Daily: s, dailyBooks: books, tx: tx, format: format}
		b.wanted, b.cards = do.wanted(ids)
		if err := b.do(ids); err != nil {
			return err
		}
		did, lines = b.changes, b.lines
		return s.report(tx, run, b.lines)
	})
	if err != nil {
		return nil, err
	}
	changed.add(did)
	return lines, nil
}

// wanted says what becomes of an item, by the plan and what was unticked of it, and whether the plan tells any of these clients of a card.
func (do DailyDo) wanted(clients []int64) (what func(daily.Key) dailyOutcome, cards bool) {
	planned := map[daily.Key]bool{}
	for _, id := range clients {
		for _, l := range do.Plan.of(id) {
			planned[l.Key] = true
			cards = cards || l.Kind == daily.TellOfCard
		}
	}
	return func(k daily.Key) dailyOutcome {
		switch {
		case !planned[k]:
			return outcomeLater
		case do.Unticked[k]:
			return outcomeUnticked
		}
		return outcomeDone
	}, cards
}

// report adds lines to those of a run. A run without a number is not kept.
func (s *Daily) report(tx *data.Tx, run int64, lines []data.DailyLine) error {
	if run == 0 || len(lines) == 0 {
		return nil
	}
	r, err := tx.DailyRun(run)
	if err != nil {
		return err
	}
	var done, skipped int64
	for i := range lines {
		lines[i].RunID, lines[i].N = run, r.Done+r.Skipped+int64(i)+1
		if lines[i].Outcome == string(outcomeDone) {
			done++
		} else {
			skipped++
		}
	}
	return tx.AddRunLines(run, lines, done, skipped)
}

// tidy removes what is no longer needed.
func (s *Daily) tidy(ctx, work context.Context) error {
	err := s.write(work, func(tx *data.Tx, _ *[]Change) error {
		if err := s.area.expire(tx); err != nil {
			return err
		}
		return tx.ForgetRuns(tx.Now().Add(-keepLines).UnixMilli())
	})
	if err != nil {
		return err
	}
	if err := s.undos.Forget(ctx); err != nil {
		return err
	}
	return s.files.Sweep(ctx)
}

func (d *dailyChanges) add(o dailyChanges) {
	d.invoices, d.credit, d.services = d.invoices || o.invoices, d.credit || o.credit, d.services || o.services
	d.clients, d.mails = d.clients || o.clients, d.mails || o.mails
}

// announce tells everyone what changed, once for all clients: a list that asked again after each of many would do nothing else.
func (s *Daily) announce(d dailyChanges) {
	for _, t := range []struct {
		changed bool
		topic   Topic
	}{
		{d.invoices, TopicInvoices},
		{d.credit, TopicCredit},
		{d.services, TopicServices},
		{d.mails, TopicMail},
		{d.invoices || d.credit || d.services || d.clients, TopicClient},
		{true, TopicDaily},
	} {
		if t.changed {
			s.events.publish(Change{Topic: t.topic})
		}
	}
}

// Today plans and does what is due today, as the schedule and the command line do. No day means today.
func (s *Daily) Today(ctx context.Context, day date.Date, cause DailyCause, p Progress) (DailyPlan, DailyDone, error) {
	p.Step(i18n.T("Looking what is due"))
	plan, err := s.Plan(ctx, day)
	if err != nil {
		return plan, DailyDone{}, err
	}
	done, err := s.Run(ctx, DailyDo{Plan: plan, Cause: cause}, p)
	return plan, done, err
}
