package billing

import (
	"testing"

	"pgregory.net/rapid"

	"clientele/app/date"
)

// IN-1, DA-2: when a service is due next, and what its invoice pays for.
func TestCycle(t *testing.T) {
	for _, c := range []struct {
		cycle          Cycle
		due            string
		anchor         int
		next, from, to string
	}{
		{OneTime, "2026-01-31", 31, "", "2026-01-31", "2026-01-31"},
		{Monthly, "2026-01-31", 31, "2026-02-28", "2026-01-31", "2026-02-27"},
		{Monthly, "2026-02-28", 31, "2026-03-31", "2026-02-28", "2026-03-30"},
		{Monthly, "2028-01-31", 31, "2028-02-29", "2028-01-31", "2028-02-28"},
		{Monthly, "2026-02-28", 0, "2026-03-28", "2026-02-28", "2026-03-27"},
		{Quarterly, "2026-11-30", 30, "2027-02-28", "2026-11-30", "2027-02-27"},
		{SemiAnnually, "2026-08-31", 31, "2027-02-28", "2026-08-31", "2027-02-27"},
		{Annually, "2028-02-29", 29, "2029-02-28", "2028-02-29", "2029-02-27"},
		{Biennially, "2028-02-29", 29, "2030-02-28", "2028-02-29", "2030-02-27"},
		{Triennially, "2029-02-28", 29, "2032-02-29", "2029-02-28", "2032-02-28"},
		{Monthly, "9999-11-05", 5, "9999-12-05", "9999-11-05", "9999-12-04"},
		{Monthly, "9999-12-05", 5, "", "9999-12-05", "9999-12-05"},
		{Triennially, "9997-01-05", 5, "", "9997-01-05", "9997-01-05"},
		{Monthly, "", 5, "", "", ""},
		{"weekly", "2026-01-01", 1, "", "2026-01-01", "2026-01-01"},
	} {
		due := day(t, c.due)
		if next := c.cycle.Next(due, c.anchor); next.String() != c.next {
			t.Errorf("%s after %s: %s, want %s", c.cycle, c.due, next, c.next)
		}
		if p := c.cycle.Period(due, c.anchor); p.From.String() != c.from || p.To.String() != c.to {
			t.Errorf("%s from %s: %s to %s", c.cycle, c.due, p.From, p.To)
		}
	}
}

func TestCycles(t *testing.T) {
	names, months := map[string]bool{}, -1
	for _, c := range Cycles() {
		if !c.Valid() || c.Name() == "" || names[c.Name()] || c.Months() <= months {
			t.Errorf("%q: %q, %d months", string(c), c.Name(), c.Months())
		}
		names[c.Name()], months = true, c.Months()
	}
	if len(names) != 7 || Triennially.Months() != 36 || SemiAnnually.Name() != "Semi-annually" {
		t.Errorf("%v", names)
	}
	if c := Cycle("weekly"); c.Valid() || c.Months() != 0 || c.Name() != "weekly" {
		t.Error("an unknown cycle is treated as known")
	}
}

// DA-2: billing never leaves its anchor day, however often it goes on, and pays for each day once.
func TestPropertyBillingKeepsItsAnchor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cycle := rapid.SampledFrom(Cycles()[1:]).Draw(t, "cycle")
		anchor := rapid.IntRange(1, 31).Draw(t, "anchor")
		first := date.MustNew(2026, 1, 1).AddMonths(rapid.IntRange(0, 60).Draw(t, "month"), anchor)
		due := first
		for n := range rapid.IntRange(1, 60).Draw(t, "n") {
			if at := first.AddMonths(n*cycle.Months(), anchor); due != at {
				t.Fatalf("the cycle %d after %v is %v, want %v", n, first, due, at)
			}
			if due.Day() != min(anchor, due.EndOfMonth().Day()) {
				t.Fatalf("%v is not on day %d", due, anchor)
			}
			period, next := cycle.Period(due, anchor), cycle.Next(due, anchor)
			if period.From != due || period.To.AddDays(1) != next || !next.After(due) {
				t.Fatalf("%v to %v, then %v", period.From, period.To, next)
			}
			due = next
		}
	})
}

// day reads 2026-03-31; an empty text is no date.
func day(t interface {
	Helper()
	Fatal(...any)
}, iso string,
) date.Date {
	t.Helper()
	if iso == "" {
		return date.Date{}
	}
	d, err := date.Parse(iso)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
