package app

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/importing/whmcs"
	"clientele/app/money"
)

// text is a text of a row as the field of ours takes it. Where it is too long, it is cut and the row listed.
func (r *dumpRun) text(row *whmcs.Row, table, column string, f importing.Field) string {
	s := shape(row.Text(column), f)
	if s == "" || f.Fault(s) == "" {
		return s
	}
	short := fit(s, f)
	r.problem(table, row.Int("id"), i18n.T("%s is too long and was cut off behind “%s”.", column, tail(short)))
	return short
}

// shape takes out what a field never holds: characters that cannot be seen, and in a field of one line the line ends.
func shape(s string, f importing.Field) string {
	if s == "" || f.Fault(s) == "" {
		return s
	}
	lines := f.Limit().Lines
	s = strings.Map(func(c rune) rune {
		switch {
		case lines && (c == '\n' || c == '\t'):
			return c
		case unicode.IsSpace(c) || c == '\u2028' || c == '\u2029':
			return ' '
		case unicode.IsControl(c) || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069:
			return -1
		}
		return c
	}, strings.ToValidUTF8(s, "\uFFFD"))
	if !lines {
		s = strings.Join(strings.Fields(s), " ")
	}
	return strings.TrimSpace(s)
}

// fit is a text as a field takes it, cut where it is too long.
func fit(s string, f importing.Field) string {
	s = shape(s, f)
	l := f.Limit()
	if l.Bytes > 0 && len(s) > l.Bytes {
		s = cutAt(s, l.Bytes)
	}
	if l.Chars > 0 && utf8.RuneCountInString(s) > l.Chars {
		s = string([]rune(s)[:l.Chars])
	}
	return strings.TrimSpace(s)
}

// cutAt cuts a text to so many bytes, at a whole character.
func cutAt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// tail is the end of a text.
func tail(s string) string {
	const some = 20
	if all := []rune(s); len(all) > some {
		return "…" + string(all[len(all)-some:])
	}
	return s
}

// maxAmount is beyond what an office has, and far enough from the end of the numbers that sums cannot pass it.
const maxAmount = 1_000_000_000_000_000

// amount is an amount of a row. What is no amount counts as nothing, and what was rounded is listed.
func (r *dumpRun) amount(row *whmcs.Row, table, column string, c money.Currency) int64 {
	n, exact, ok := row.Amount(column, c)
	if !ok || n > maxAmount || n < -maxAmount {
		r.problem(table, row.Int("id"), i18n.T("%s is no amount of money (%s); it counts as nothing.", column, fit(row.Text(column), importing.Status)))
		return 0
	}
	if !exact {
		r.problem(table, row.Int("id"), i18n.T("%s has more decimals than %s has (%s); it was rounded.", column, string(c), row.Text(column)))
	}
	return n
}
