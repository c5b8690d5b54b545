package billing

import (
	"slices"

	"clientele/app/date"
	"clientele/app/i18n"
)

// Cycle is how often a service is invoiced. It is stored as it is.
type Cycle string

// The cycles.
const (
	OneTime      Cycle = "one time"
	Monthly      Cycle = "monthly"
	Quarterly    Cycle = "quarterly"
	SemiAnnually Cycle = "semi-annually"
	Annually     Cycle = "annually"
	Biennially   Cycle = "biennially"  // each second year
	Triennially  Cycle = "triennially" // each third year
)

// Cycles lists the cycles, the shortest first.
func Cycles() []Cycle {
	return []Cycle{OneTime, Monthly, Quarterly, SemiAnnually, Annually, Biennially, Triennially}
}

// Valid tells whether c is one of Cycles.
func (c Cycle) Valid() bool { return slices.Contains(Cycles(), c) }

// Name is the cycle in words, in the current language.
func (c Cycle) Name() string {
	switch c {
	case OneTime:
		return i18n.T("One time")
	case Monthly:
		return i18n.T("Monthly")
	case Quarterly:
		return i18n.T("Quarterly")
	case SemiAnnually:
		return i18n.T("Semi-annually")
	case Annually:
		return i18n.T("Annually")
	case Biennially:
		return i18n.T("Biennially")
	case Triennially:
		return i18n.T("Triennially")
	}
	return string(c)
}

// Months is how long a cycle is; 0 where nothing recurs.
func (c Cycle) Months() int {
	switch c {
	case Monthly:
		return 1
	case Quarterly:
		return 3
	case SemiAnnually:
		return 6
	case Annually:
		return 12
	case Biennially:
		return 24
	case Triennially:
		return 36
	}
	return 0
}

// Next is when a service that is due on a day is due the next time: on anchorDay of its month, or on the last day of a
// shorter one, so that billing on the 31st goes to 28 or 29 February and then to 31 March. An anchorDay outside 1 to
// 31 is the day of due. There is no next date, the zero Date, for what does not recur and beyond the years that a
// Date holds.
func (c Cycle) Next(due date.Date, anchorDay int) date.Date {
	months := c.Months()
	if months == 0 || due.IsZero() || monthOf(due)+months > monthOf(last) {
		return date.Date{}
	}
	return due.AddMonths(months, anchorDay)
}

var last = date.MustNew(date.MaxYear, 12, 31)

// monthOf counts months.
func monthOf(d date.Date) int { return d.Year()*12 + int(d.Month()) }

// Period is a span of days, the first and the last included.
type Period struct{ From, To date.Date }

// Period is what an invoice of that due date pays for: from that day to the day before the next one. Periods that
// follow each other have neither gap nor overlap. Where there is no next date it is the day itself.
func (c Cycle) Period(due date.Date, anchorDay int) Period {
	if next := c.Next(due, anchorDay); !next.IsZero() {
		return Period{due, next.AddDays(-1)}
	}
	return Period{due, due}
}
