package app

import (
	"context"
	"time"

	"clientele/app/daily"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
)

// longAbsence is after how many days without a run the next one does not start by itself: the clock may be wrong, and whoever was away that long wants to look first.
const longAbsence = 92

// scheduleEvery is how often the schedule looks at the clock. It asks what is due now, so it misses nothing when the computer slept.
const scheduleEvery = time.Minute

// tryAgain is how long a run that failed rests before it starts by itself again.
const tryAgain = time.Hour

// DailyState is how the daily run stands.
type DailyState struct {
	Last    *data.DailyRun // the newest, or nil
	Today   bool           // it went through today
	Waiting string         // why it does not start by itself, or empty
	Next    DailyNext
}

// DailyNext is when the run starts next by itself.
type DailyNext struct {
	Day     date.Date // no date where it starts by hand alone
	AtStart bool      // when the program is first started on that day
	Hour    int       // else at this time, while the program is open
	Minute  int
	Soon    bool // that time is over: it is tried again within the hour
}

// State tells how the daily run stands.
func (s *Daily) State(ctx context.Context) (st DailyState, err error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return st, err
	}
	return s.stateBy(ctx, set)
}

func (s *Daily) stateBy(ctx context.Context, set Settings) (st DailyState, err error) {
	runs, err := s.Runs(ctx, 0, 1)
	if err != nil {
		return st, err
	}
	today := date.Today(s.now())
	if len(runs) > 0 {
		st.Last, st.Today = &runs[0], settledFor(runs[0], today)
	}
	st.Next = nextRun(set, st, s.now())
	if st.Last != nil && !st.Today && today.DaysSince(runs[0].Day) > longAbsence {
		st.Next = DailyNext{}
		st.Waiting = i18n.N(int64(today.DaysSince(runs[0].Day)), "The last run was %d day ago. Look at what is due, and run it by hand.",
			"The last run was %d days ago. Look at what is due, and run it by hand.")
	}
	if n := s.unseen.Load(); n > 0 && st.Waiting == "" && !st.Today && !set.DailyMailsAlone {
		st.Next = DailyNext{}
		st.Waiting = i18n.N(n, "Today's run would send one mail, and nobody has looked at such a run yet. Leave out what you do not want, and run it by hand; from then on it mails clients by itself.",
			"Today's run would send %d mails, and nobody has looked at such a run yet. Leave out what you do not want, and run it by hand; from then on it mails clients by itself.")
	}
	return st, nil
}

// nextRun is when the run starts next by itself, as far as the settings tell.
func nextRun(set Settings, st DailyState, now time.Time) (next DailyNext) {
	today := date.Today(now)
	hour, minute, timed := timeOfDay(set.DailyTime)
	if !set.SetUp || !timed && !set.DailyAtStart {
		return next
	}
	next.Day = today
	if st.Today {
		next.Day = today.AddDays(1)
		if st.Last.Day.After(today) { // a clock that was set back
			next.Day = st.Last.Day.AddDays(1)
		}
	}
	next.AtStart = set.DailyAtStart && (st.Today || !timed) // on a day whose run has not been, the program is open already
	if !next.AtStart {
		next.Hour, next.Minute = hour, minute
		next.Soon = next.Day == today && now.Hour()*60+now.Minute() >= hour*60+minute
	}
	return next
}

// settledFor tells whether a run leaves nothing to be started by itself on a day. A clock that was set back does not have it run again.
func settledFor(r data.DailyRun, today date.Date) bool {
	return !r.Day.Before(today) && (r.State == data.RunDone || r.State == data.RunStopped)
}

// due tells whether the run starts by itself now, and why. start is the first look after the program's start.
func (s *Daily) due(ctx context.Context, start bool) (cause DailyCause, due bool, err error) {
	set, err := s.settings.Get(ctx)
	if err != nil || !set.SetUp {
		return "", false, err // nobody has said yet what this office is
	}
	if start && set.DailyAtStart {
		cause, due = DailyByStart, true
	}
	now := s.now()
	if hour, minute, ok := timeOfDay(set.DailyTime); !due && ok && now.Hour()*60+now.Minute() >= hour*60+minute {
		cause, due = DailyByTime, true
	}
	if !due {
		return "", false, nil
	}
	s.unseen.Store(0)
	st, err := s.stateBy(ctx, set)
	if err != nil || st.Today || st.Waiting != "" {
		return cause, false, err
	}
	if !set.DailyMailsAlone {
		plan, err := s.Plan(ctx, date.Date{})
		if n := plan.mails(set, nil); err != nil || n > 0 {
			s.unseen.Store(n)
			s.tried = now // a plan takes its time: it is made once an hour
			s.events.publish(Change{Topic: TopicDaily})
			return cause, false, err
		}
	}
	return cause, true, nil
}

// mails is how many mails a plan would send, but for what was unticked of it.
func (p DailyPlan) mails(set Settings, unticked map[daily.Key]bool) (n int64) {
	for i := range p.Lines {
		l := &p.Lines[i]
		switch l.Kind {
		case daily.SendReminder, daily.SendOverdue, daily.TellOfCard:
		case daily.MakeInvoice:
			if !set.InvoiceMails {
				continue
			}
		default:
			continue
		}
		if !l.Skip && !unticked[l.Key] {
			n++
		}
	}
	return n
}

// Watch calls start when the run is due, until ctx ends. Where a run fails, or is not begun, it is due again an hour later.
func (s *Daily) Watch(ctx context.Context, start func(DailyCause)) {
	tick := time.NewTicker(scheduleEvery)
	defer tick.Stop()
	for first := true; ; first = false {
		s.look(ctx, first, start)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// look calls start where the run is due. first is the first look after the program's start.
func (s *Daily) look(ctx context.Context, first bool, start func(DailyCause)) {
	if since := s.now().Sub(s.tried); !s.tried.IsZero() && since >= 0 && since < tryAgain {
		return
	}
	cause, due, err := s.due(ctx, first)
	if err != nil || !due || s.store.ReadOnly() {
		if err != nil && ctx.Err() == nil {
			s.log.Warn("daily schedule", "error", err)
		}
		return
	}
	s.tried = s.now()
	start(cause)
}
