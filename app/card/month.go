package card

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Month is a month of a year, as cards bear them. The zero value is none.
type Month struct{ Year, Month int }

// MaxYears is how far ahead a card can end.
const MaxYears = 20

// ParseMonth reads a month as it stands on a card or as people type it: 08/29, 8/2029, 08-29, 0829, 08 2029. The zero value stands for an empty text.
func ParseMonth(s string) (Month, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Month{}, nil
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '-' || r == '.' || unicode.IsSpace(r) })
	if len(parts) == 1 && (len(s) == 4 || len(s) == 6) {
		parts = []string{s[:2], s[2:]}
	}
	if len(parts) != 2 || len(parts[0]) > 2 || len(parts[1]) != 2 && len(parts[1]) != 4 {
		return Month{}, ErrMonth
	}
	m, wrong := strconv.ParseUint(parts[0], 10, 8)
	y, also := strconv.ParseUint(parts[1], 10, 16)
	if wrong != nil || also != nil || m < 1 || m > 12 {
		return Month{}, ErrMonth
	}
	if len(parts[1]) == 2 {
		y += 2000
	}
	if y < 1990 || y > 2199 {
		return Month{}, ErrMonth
	}
	return Month{int(y), int(m)}, nil
}

// IsZero tells whether it is none.
func (m Month) IsZero() bool { return m == Month{} }

// String is the month as cards bear it: 08/29. None is empty.
func (m Month) String() string {
	if m.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d", m.Month, m.Year%100)
}

// months counts them from the year 0.
func (m Month) months() int { return m.Year*12 + m.Month }

// After tells whether m is later than o.
func (m Month) After(o Month) bool { return m.months() > o.months() }

// MonthOf is the month of an instant, where the program runs.
func MonthOf(t time.Time) Month { return Month{t.Year(), int(t.Month())} }

// Ended tells whether a card that is valid up to and with m is no longer valid at an instant.
func (m Month) Ended(now time.Time) bool { return !m.IsZero() && MonthOf(now).After(m) }

// CheckExpiry tells what is wrong with the end of a card that is entered now.
func CheckExpiry(end Month, now time.Time) error {
	switch {
	case end.IsZero() || end.Month < 1 || end.Month > 12:
		return ErrMonth
	case end.Ended(now):
		return ErrExpired
	case end.Year > now.Year()+MaxYears:
		return ErrFar
	}
	return nil
}

// CheckStart tells what is wrong with the start of a card, which may be none.
func CheckStart(start, end Month, now time.Time) error {
	switch {
	case start.IsZero():
		return nil
	case start.Month < 1 || start.Month > 12:
		return ErrMonth
	case start.After(MonthOf(now)):
		return ErrUnstarted
	case !end.IsZero() && start.After(end):
		return ErrOrder
	}
	return nil
}

// ParseIssue reads an issue number; empty is none. Its zeros in front are kept, since they stand on the card.
func ParseIssue(s string) (string, error) {
	s = strings.TrimSpace(s)
	if len(s) > 3 || strings.Trim(s, "0123456789") != "" {
		return "", ErrIssue
	}
	return s, nil
}

// ParseLast4 reads the last four digits alone, for an office that keeps no more.
func ParseLast4(s string) (string, error) {
	s = strings.TrimSpace(s)
	if len(s) != 4 || strings.Trim(s, "0123456789") != "" {
		return "", ErrLast4
	}
	return s, nil
}
