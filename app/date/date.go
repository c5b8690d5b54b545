// Package date has calendar dates: a day that people mean as a day, without time of day and without zone. An
// invoice due on 31 March is due on 31 March wherever the machine stands.
package date

import (
	"time"

	"clientele/app/i18n"
)

// The dates that a Date can hold.
const (
	MinYear = 1900
	MaxYear = 9999
)

// Date is one day of the Gregorian calendar from 1 January 1900 to 31 December 9999. The zero Date is "no
// date"; it comes before all others. Dates are comparable with == and may be keys of a map.
type Date struct {
	// n counts days from the day before 1 January 1900, so that 0 is free to mean no date.
	n int32
}

var (
	epoch = time.Date(1970, time.January, 1, 0, 0, 0, 0, time.UTC)
	// beforeFirst is the day 0 of Date.n, in days since 1970-01-01.
	beforeFirst = unixDays(MinYear, time.January, 1) - 1
	lastN       = int32(unixDays(MaxYear, time.December, 31) - beforeFirst)
)

// ErrRange says that a day does not exist or lies outside the years that are kept.
var ErrRange error = rangeError{}

type rangeError struct{}

func (rangeError) Error() string {
	return i18n.T("There is no such day. Years from %s to %s are understood.", "1900", "9999")
}

// New is the given day. 30 February and years outside 1900 to 9999 are ErrRange.
func New(year int, month time.Month, day int) (Date, error) {
	if year < MinYear || year > MaxYear || month < time.January || month > time.December ||
		day < 1 || day > daysIn(year, month) {
		return Date{}, ErrRange
	}
	return Date{int32(unixDays(year, month, day) - beforeFirst)}, nil
}

// MustNew is New for days known to exist; it panics where New returns an error.
func MustNew(year int, month time.Month, day int) Date {
	d, err := New(year, month, day)
	if err != nil {
		panic(err)
	}
	return d
}

// Today is the day that it is at the instant now, in the zone that now carries.
func Today(now time.Time) Date {
	d, err := New(now.Date())
	if err != nil {
		return Date{} // a clock outside the years that are kept knows no day
	}
	return d
}

// FromDays is the day that many days after 1970-01-01; the opposite of Days.
func FromDays(days int) (Date, error) {
	if days <= beforeFirst || days > beforeFirst+int(lastN) {
		return Date{}, ErrRange
	}
	return Date{int32(days - beforeFirst)}, nil
}

// Days is the number of days since 1970-01-01, negative before it. Of no date it is 0: ask IsZero first.
func (d Date) Days() int {
	if d.IsZero() {
		return 0
	}
	return int(d.n) + beforeFirst
}

// IsZero tells whether d is no date.
func (d Date) IsZero() bool { return d.n == 0 }

// Date gives year, month and day; of no date 0, 0, 0.
func (d Date) Date() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return d.Time().Date()
}

// Year is the year, 0 of no date.
func (d Date) Year() int { y, _, _ := d.Date(); return y }

// Month is the month, 0 of no date.
func (d Date) Month() time.Month { _, m, _ := d.Date(); return m }

// Day is the day of the month, 0 of no date.
func (d Date) Day() int { _, _, day := d.Date(); return day }

// Weekday is the day of the week. No date has none; Sunday is given.
func (d Date) Weekday() time.Weekday {
	if d.IsZero() {
		return time.Sunday
	}
	return d.Time().Weekday()
}

// Time is midnight of the day in UTC, the zero Time of no date.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return epoch.AddDate(0, 0, d.Days())
}

// Compare is -1 where d comes before e, 0 where they are the same, 1 where d comes after e.
func (d Date) Compare(e Date) int {
	switch {
	case d.n < e.n:
		return -1
	case d.n > e.n:
		return 1
	}
	return 0
}

// Before tells whether d is an earlier day than e. No date is before every date.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After tells whether d is a later day than e.
func (d Date) After(e Date) bool { return d.n > e.n }

// Equal tells whether both are the same day, or both no date.
func (d Date) Equal(e Date) bool { return d == e }

// DaysSince is the number of days from e to d: 1 where d is the day after e. With no date on either side
// it is 0.
func (d Date) DaysSince(e Date) int {
	if d.IsZero() || e.IsZero() {
		return 0
	}
	return int(d.n - e.n)
}

// daysIn is the number of days of a month.
func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func unixDays(year int, month time.Month, day int) int {
	seconds := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()
	return int(seconds / (24 * 60 * 60)) // midnights divide evenly, before 1970 too
}
