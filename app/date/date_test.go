package date

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestNew(t *testing.T) {
	for _, c := range []struct {
		y    int
		m    time.Month
		d    int
		days int // since 1970-01-01, counted by hand
		ok   bool
	}{
		{1970, 1, 1, 0, true},
		{1970, 1, 2, 1, true},
		{1969, 12, 31, -1, true},
		{1970, 12, 31, 364, true},
		{1972, 3, 1, 365 + 365 + 31 + 29, true},
		{2000, 1, 1, 30*365 + 7, true},   // leap years 72 76 80 84 88 92 96
		{1900, 1, 1, -70*365 - 17, true}, // leap years 04 to 68
		{9999, 12, 31, 2932896, true},
		{1900, 2, 29, 0, false}, // 1900 was no leap year
		{2000, 2, 29, 30*365 + 7 + 59, true},
		{2026, 2, 29, 0, false},
		{2026, 4, 31, 0, false},
		{2026, 0, 1, 0, false},
		{2026, 13, 1, 0, false},
		{2026, 1, 0, 0, false},
		{1899, 12, 31, 0, false},
		{10000, 1, 1, 0, false},
	} {
		d, err := New(c.y, c.m, c.d)
		if (err == nil) != c.ok || c.ok && d.Days() != c.days {
			t.Errorf("New(%d, %d, %d) = %v, %v, days %d; want ok %v, days %d", c.y, c.m, c.d, d, err, d.Days(), c.ok, c.days)
		}
	}
}

func TestZeroIsNoDate(t *testing.T) {
	var none Date
	if !none.IsZero() || none.String() != "" || none.Days() != 0 || !none.Time().IsZero() || none.Year() != 0 {
		t.Errorf("the zero date is %q, %d days", none, none.Days())
	}
	if got := none.AddDays(3).AddMonths(2, 31).StartOfMonth().EndOfMonth(); got != none {
		t.Errorf("counting from no date gives %v", got)
	}
	first := MustNew(1900, 1, 1)
	if !none.Before(first) || first.IsZero() || first.DaysSince(none) != 0 {
		t.Error("the first date must differ from no date")
	}
}

func TestTodayIsThatOfTheZone(t *testing.T) {
	late := time.Date(2026, 3, 31, 23, 30, 0, 0, time.UTC)
	east := late.In(time.FixedZone("", 2*60*60))
	if got := Today(late).String(); got != "2026-03-31" {
		t.Errorf("Today in UTC is %s", got)
	}
	if got := Today(east).String(); got != "2026-04-01" {
		t.Errorf("Today two hours east is %s", got)
	}
	if got := Today(time.Time{}); !got.IsZero() {
		t.Errorf("Today of a clock that was never set is %v", got)
	}
}

// DA-2: billing keeps the anchor day.
func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from      string
		n, anchor int
		want      string
	}{
		{"2026-01-31", 1, 31, "2026-02-28"},
		{"2028-01-31", 1, 31, "2028-02-29"},
		{"2026-02-28", 1, 31, "2026-03-31"},
		{"2026-03-31", 1, 31, "2026-04-30"},
		{"2026-01-31", 1, 0, "2026-02-28"},
		{"2026-02-28", 1, 0, "2026-03-28"},
		{"2026-01-30", 1, 30, "2026-02-28"},
		{"2028-02-29", 12, 29, "2029-02-28"},
		{"2029-02-28", 36, 29, "2032-02-29"},
		{"2026-11-15", 3, 15, "2027-02-15"},
		{"2026-01-15", -1, 15, "2025-12-15"},
		{"2026-03-31", -1, 31, "2026-02-28"},
		{"2026-05-10", 0, 31, "2026-05-31"},
		{"1900-01-31", -1, 31, "1900-01-01"},
		{"9999-12-05", 1, 5, "9999-12-31"},
		{"2026-01-01", int(^uint(0) >> 1), 1, "9999-12-31"},
		{"2026-01-01", -int(^uint(0)>>1) - 1, 1, "1900-01-01"},
	} {
		if got := must(t, c.from).AddMonths(c.n, c.anchor).String(); got != c.want {
			t.Errorf("%s + %d months on day %d = %s, want %s", c.from, c.n, c.anchor, got, c.want)
		}
	}
}

func TestAddDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-02-28", 1, "2026-03-01"},
		{"2028-02-28", 1, "2028-02-29"},
		{"2026-01-01", -1, "2025-12-31"},
		{"2026-01-01", 365, "2027-01-01"},
		{"9999-12-30", 2, "9999-12-31"},
		{"1900-01-02", -2, "1900-01-01"},
		{"2026-01-01", int(^uint(0) >> 1), "9999-12-31"},
		{"2026-01-01", -int(^uint(0)>>1) - 1, "1900-01-01"},
	} {
		if got := must(t, c.from).AddDays(c.n).String(); got != c.want {
			t.Errorf("%s + %d days = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestMonthEnds(t *testing.T) {
	d := must(t, "2028-02-10")
	if d.StartOfMonth().String() != "2028-02-01" || d.EndOfMonth().String() != "2028-02-29" {
		t.Errorf("the month of %v is %v to %v", d, d.StartOfMonth(), d.EndOfMonth())
	}
	if d.Weekday() != time.Thursday {
		t.Errorf("%v is a %v", d, d.Weekday())
	}
}

func TestOrder(t *testing.T) {
	a, b := must(t, "2026-02-28"), must(t, "2026-03-01")
	if !a.Before(b) || a.After(b) || !b.After(a) || a.Compare(b) != -1 || b.Compare(a) != 1 || a.Compare(a) != 0 ||
		b.DaysSince(a) != 1 || a.DaysSince(b) != -1 || a.Equal(b) || !a.Equal(a) {
		t.Error("28 February 2026 and 1 March 2026 are out of order")
	}
}

func TestStore(t *testing.T) {
	d := must(t, "1970-01-11")
	if v, err := d.Value(); err != nil || v != int64(10) {
		t.Errorf("stored as %v, %v", v, err)
	}
	if v, err := (Date{}).Value(); err != nil || v != nil {
		t.Errorf("no date is stored as %v, %v", v, err)
	}
	for _, c := range []struct {
		src  any
		want string
		ok   bool
	}{
		{int64(10), "1970-01-11", true},
		{int64(-25567), "1900-01-01", true},
		{nil, "", true},
		{int64(-25568), "", false},
		{int64(1) << 40, "", false},
		{"1970-01-11", "", false},
		{1.5, "", false},
	} {
		var got Date
		if err := got.Scan(c.src); (err == nil) != c.ok || got.String() != c.want {
			t.Errorf("Scan(%v) = %v, %v", c.src, got, err)
		}
	}
}

func TestJSON(t *testing.T) {
	type row struct{ Due, Paid Date }
	in := row{Due: must(t, "2026-03-31")}
	text, err := json.Marshal(in)
	if err != nil || string(text) != `{"Due":"2026-03-31","Paid":""}` {
		t.Fatalf("%s, %v", text, err)
	}
	var out row
	if err := json.Unmarshal(text, &out); err != nil || out != in {
		t.Errorf("%+v, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"Due":"31.3.2026"}`), &out); err == nil {
		t.Error("a date that is not ISO was read")
	}
	if err := json.Unmarshal([]byte(`{"Due":null}`), &out); err != nil {
		t.Error(err)
	}
}

func TestPropertyDaysAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDay(t)
		back, err := FromDays(d.Days())
		if err != nil || back != d {
			t.Fatalf("%v becomes %v, %v", d, back, err)
		}
		if read, err := Parse(d.String()); err != nil || read != d {
			t.Fatalf("%v is read as %v, %v", d, read, err)
		}
		y, m, day := d.Date()
		if same := MustNew(y, m, day); same != d {
			t.Fatalf("%v becomes %v", d, same)
		}
		// The clock of package time counts the same days.
		if next := Today(d.Time().AddDate(0, 0, 1)); d.AddDays(1) != next && d.Year() < MaxYear {
			t.Fatalf("the day after %v is %v", d, d.AddDays(1))
		}
	})
}

func TestPropertyAnchorIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := MustNew(rapid.IntRange(1950, 2100).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), 1)
		anchor := rapid.IntRange(1, 31).Draw(t, "anchor")
		n := rapid.IntRange(0, 60).Draw(t, "n")
		d = d.AddMonths(0, anchor)
		stepped := d
		for range n {
			stepped = stepped.AddMonths(1, anchor)
		}
		if whole := d.AddMonths(n, anchor); whole != stepped {
			t.Fatalf("%d months from %v: month by month %v, at once %v", n, d, stepped, whole)
		}
		if stepped.Day() != anchor && stepped != stepped.EndOfMonth() {
			t.Fatalf("%v is neither on day %d nor at the end of the month", stepped, anchor)
		}
	})
}

func anyDay(t *rapid.T) Date {
	return Date{rapid.Int32Range(1, lastN).Draw(t, "day")}
}

func must(t *testing.T, iso string) Date {
	t.Helper()
	d, err := Parse(iso)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
