package app

import (
	"testing"
	"time"

	"clientele/app/date"
	"clientele/data"
)

// The next daily run is when the settings say that one starts by itself, and never twice on a day.
func TestNextRun(t *testing.T) {
	today := date.MustNew(2026, 11, 20)
	at := func(hour int) time.Time { return time.Date(2026, 11, 20, hour, 0, 0, 0, time.UTC) }
	done := DailyState{Last: &data.DailyRun{Day: today, State: data.RunDone}, Today: true}
	ahead := DailyState{Last: &data.DailyRun{Day: today.AddDays(3), State: data.RunDone}, Today: true}
	for _, c := range []struct {
		name  string
		start bool
		time  string
		st    DailyState
		now   time.Time
		want  DailyNext
	}{
		{"done, at a start", true, "09:00", done, at(10), DailyNext{Day: today.AddDays(1), AtStart: true}},
		{"done, by the time", false, "09:30", done, at(10), DailyNext{Day: today.AddDays(1), Hour: 9, Minute: 30}},
		{"not yet, time to come", true, "09:00", DailyState{}, at(8), DailyNext{Day: today, Hour: 9}},
		{"not yet, time over", false, "09:00", DailyState{}, at(10), DailyNext{Day: today, Hour: 9, Soon: true}},
		{"not yet, no time", true, "", DailyState{}, at(10), DailyNext{Day: today, AtStart: true}},
		{"by hand", false, "", done, at(10), DailyNext{}},
		{"a clock set back", true, "", ahead, at(10), DailyNext{Day: today.AddDays(4), AtStart: true}},
	} {
		set := Settings{SetUp: true, DailySettings: DailySettings{DailyAtStart: c.start, DailyTime: c.time}}
		if got := nextRun(set, c.st, c.now); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	if got := nextRun(Settings{DailySettings: dailyDefaults()}, DailyState{}, at(10)); got != (DailyNext{}) {
		t.Errorf("an office that was not set up: %+v", got)
	}
}

// The number of a draft is a name of it: no language groups it.
func TestDraftsAreNotGrouped(t *testing.T) {
	if got := numberOf(data.Invoice{ID: 1002}); got != "Draft 1002" {
		t.Errorf("it is called %q", got)
	}
}
