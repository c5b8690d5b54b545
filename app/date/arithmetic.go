package date

import "time"

// AddDays is the day n days later, earlier where n is negative. No date stays no date. A day beyond the years
// that are kept becomes the first or the last of them.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	switch {
	case n > int(lastN-d.n):
		return Date{lastN}
	case n < int(1-d.n):
		return Date{1}
	}
	return Date{d.n + int32(n)}
}

// AddMonths is the day n months later, earlier where n is negative, on anchorDay of that month, or on its last
// day where the month is shorter. Billing from 31 January with anchor 31 so goes to 28 or 29 February and
// then to 31 March. An anchorDay outside 1 to 31 means the day of d. No date stays no date, and a day beyond
// the years that are kept becomes the first or the last of them.
func (d Date) AddMonths(n, anchorDay int) Date {
	if d.IsZero() {
		return d
	}
	year, month, day := d.Date()
	if anchorDay >= 1 && anchorDay <= 31 {
		day = anchorDay
	}
	const all = (MaxYear - MinYear + 1) * 12
	months := (year-MinYear)*12 + int(month-1) + max(-all, min(all, n))
	switch {
	case months < 0:
		return Date{1}
	case months >= all:
		return Date{lastN}
	}
	year, month = MinYear+months/12, 1+time.Month(months%12)
	return MustNew(year, month, min(day, daysIn(year, month)))
}

// StartOfMonth is the first day of the month of d.
func (d Date) StartOfMonth() Date {
	if d.IsZero() {
		return d
	}
	return Date{d.n - int32(d.Day()-1)}
}

// EndOfMonth is the last day of the month of d.
func (d Date) EndOfMonth() Date {
	if d.IsZero() {
		return d
	}
	return Date{d.n + int32(daysIn(d.Year(), d.Month())-d.Day())}
}
