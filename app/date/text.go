package date

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"clientele/app/i18n"
)

// Layout is one way to write a date in digits.
type Layout struct {
	Order     i18n.DateOrder
	Separator string // "" for 20261122, which is only written year first
}

// ISO is the layout of ISO 8601, 2026-11-22.
var ISO = Layout{i18n.YMD, "-"}

// LayoutOf is the layout in which a locale writes dates.
func LayoutOf(l i18n.Locale) Layout {
	p := l.OrDefault().Date
	return Layout{p.Order, p.Separator}
}

// String shows the layout with letters: DD/MM/YYYY.
func (l Layout) String() string { return l.join("YYYY", "MM", "DD") }

func (l Layout) join(year, month, day string) string {
	switch l.Order {
	case i18n.DMY:
		return day + l.Separator + month + l.Separator + year
	case i18n.MDY:
		return month + l.Separator + day + l.Separator + year
	default:
		return year + l.Separator + month + l.Separator + day
	}
}

// Format writes d in the layout; no date is the empty text.
func (l Layout) Format(d Date) string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Date()
	return l.join(fmt.Sprintf("%04d", y), fmt.Sprintf("%02d", m), fmt.Sprintf("%02d", day))
}

// String is the date as ISO 8601 has it, 2026-11-22; no date is the empty text.
func (d Date) String() string { return ISO.Format(d) }

// Format writes the date as the locale has it; no date is the empty text.
func (d Date) Format(l i18n.Locale) string {
	return l.Digits(LayoutOf(l).Format(d))
}

// Parse reads a date as ISO 8601 has it, 2026-11-22, and nothing else.
func Parse(s string) (Date, error) {
	if len(s) != len("2026-11-22") {
		return Date{}, notADate(s, ISO)
	}
	return parse(s, ISO)
}

// ParseLocal reads a date that a person typed: in the order of the locale with any of "/", ".", "-" or space
// between, or year first. A year of two digits is taken where it stands last: 00 to 68 is 2000 to 2068, 69 to 99
// is 1969 to 1999. Digits of other scripts are understood. An empty text is an error; whether a date may be left out is the caller's matter.
func ParseLocal(s string, l i18n.Locale) (Date, error) {
	own := LayoutOf(l)
	text := strings.TrimSuffix(strings.Map(plainRune, i18n.PlainDigits(strings.TrimSpace(s))), ".")
	for _, separator := range separators {
		if strings.Count(text, separator) != 2 {
			continue
		}
		layout := Layout{own.Order, separator}
		// Four digits in front can only be the year, whatever the locale's order is.
		if strings.Index(text, separator) == 4 {
			layout.Order = i18n.YMD
		}
		if layout.Order != i18n.YMD {
			text = fullYear(text, separator)
		}
		d, err := parse(text, layout)
		if errors.Is(err, ErrRange) && layout.turned(text) {
			break // a day in the order of another country: what helps is how it is written here
		}
		if err == nil || errors.Is(err, ErrRange) {
			return d, err
		}
	}
	return Date{}, notADate(s, own)
}

// fullYear writes out a year of two digits at the end of s. The century is that of strptime, whatever day it is today.
func fullYear(s, separator string) string {
	at := strings.LastIndex(s, separator) + len(separator)
	year, ok := digits(s[at:], 2, 2)
	switch {
	case !ok:
		return s
	case year < 69:
		return s[:at] + "20" + s[at:]
	}
	return s[:at] + "19" + s[at:]
}

// turned tells that s is a day where month and day change places.
func (l Layout) turned(s string) bool {
	switch l.Order {
	case i18n.DMY:
		l.Order = i18n.MDY
	case i18n.MDY:
		l.Order = i18n.DMY
	default:
		return false
	}
	_, err := parse(s, l)
	return err == nil
}

var separators = []string{"/", "-", ".", " "}

// plainRune turns the many hyphens and spaces into the plain ones and drops the marks of writing direction.
func plainRune(r rune) rune {
	switch r {
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2212', '\uff0d':
		return '-'
	case '\uff0f':
		return '/'
	case '\u00a0', '\u202f', '\u3000':
		return ' '
	case '\u200e', '\u200f', '\u061c':
		return -1
	}
	return r
}

// parse reads s in one layout: a year of four digits, month and day of one or two.
func parse(s string, l Layout) (Date, error) {
	var parts []string
	if l.Separator == "" {
		if len(s) != len("20261122") {
			return Date{}, notADate(s, l)
		}
		parts = []string{s[:4], s[4:6], s[6:]}
	} else {
		parts = strings.Split(s, l.Separator)
	}
	if len(parts) != 3 {
		return Date{}, notADate(s, l)
	}
	year, month, day := parts[0], parts[1], parts[2]
	switch l.Order {
	case i18n.DMY:
		day, month, year = parts[0], parts[1], parts[2]
	case i18n.MDY:
		month, day, year = parts[0], parts[1], parts[2]
	}
	y, okY := digits(year, 4, 4)
	m, okM := digits(month, 1, 2)
	d, okD := digits(day, 1, 2)
	if !okY || !okM || !okD {
		return Date{}, notADate(s, l)
	}
	return New(y, time.Month(m), d)
}

// digits reads a number of least to most ASCII digits; strconv.Atoi would also take a sign.
func digits(s string, least, most int) (n int, ok bool) {
	if len(s) < least || len(s) > most {
		return 0, false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// notADate is the error for a text that is no date at all, as opposed to ErrRange.
func notADate(s string, l Layout) error { return &textError{text: s, layout: l} }

type textError struct {
	text   string
	layout Layout
}

func (e *textError) Error() string {
	if e.text == "" {
		return i18n.T("Type a date, such as %s.", e.layout.Format(example))
	}
	return i18n.T("“%s” is not a date. Write it like %s.", e.text, e.layout.Format(example))
}

var example = MustNew(2026, time.November, 22)
