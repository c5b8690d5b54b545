package money

import (
	"math"
	"strings"
	"unicode"

	"clientele/app/i18n"
)

// maxTyped is the longest text read as an amount, in bytes. The largest amount with all its separators is less
// than half as long.
const maxTyped = 100

// plain turns what people type or paste into ASCII where that loses nothing: digits of other scripts, the
// many spaces, minus signs and apostrophes, full-width symbols of currencies. Marks of writing direction are dropped.
func plain(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\u200e' || r == '\u200f' || r == '\u061c' || r == '\u2066' || r == '\u2069':
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		switch r {
		case '−', '﹣', '－', '‐', '‑', '–':
			return '-'
		case '’', '‘', 'ʼ', '＇':
			return '\''
		case '٬', '，':
			return ','
		case '٫':
			return arabicPoint
		case '．':
			return '.'
		case '＋':
			return '+'
		case '￥':
			return '¥'
		case '＄':
			return '$'
		case '￡':
			return '£'
		case '￦':
			return '₩'
		}
		return r
	}, i18n.PlainDigits(s)))
}

// arabicPoint is the Arabic decimal separator, which unlike , and . can be nothing else.
const arabicPoint = '٫'

// cutSign takes one sign off the front.
func cutSign(s string) (rest string, negative, found bool) {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		return strings.TrimSpace(s[1:]), s[0] == '-', true
	}
	return s, false, false
}

// readDecimal reads digits with separators, without a sign, as a whole number of 10^-exponent.
func readDecimal(s string, exponent int, l i18n.Locale) (uint64, error) {
	if s == "" {
		return 0, ErrNotAnAmount
	}
	whole, fraction, err := cutFraction(s, exponent, l)
	if err != nil {
		return 0, err
	}
	if whole, err = ungroup(whole, l); err != nil {
		return 0, err
	}
	if len(fraction) > exponent {
		return 0, ErrTooPrecise
	}
	var n uint64
	for _, c := range []byte(whole + fraction + strings.Repeat("0", exponent-len(fraction))) {
		if n > (math.MaxUint64-9)/10 {
			return 0, ErrOverflow
		}
		n = n*10 + uint64(c-'0')
	}
	return n, nil
}

// cutFraction finds the decimal separator and cuts there. The result whole may still be grouped; fraction has
// digits only. The rules:
//
//   - Space, apostrophe and a separator that stands twice only ever group.
//   - Where two kinds of separator stand, the last is the decimal one.
//   - The locale's own decimal separator, standing alone, is decimal.
//   - The other one of "." and ",", standing alone before three digits, groups where it is the locale's group
//     separator, and is ambiguous where it is not; before any other number of digits it is decimal.
func cutFraction(s string, exponent int, l i18n.Locale) (whole, fraction string, err error) {
	for _, r := range s {
		if !strings.ContainsRune("0123456789., '", r) && r != arabicPoint {
			return "", "", ErrNotAnAmount
		}
	}
	last := strings.LastIndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if last < 0 {
		return s, "", nil
	}
	mark := []rune(s[last:])[0]
	before, after := s[:last], s[last+len(string(mark)):]
	if !isDecimal(mark, before, after, l) {
		if ambiguousGroup(mark, before, after, l) {
			return "", "", ErrAmbiguous
		}
		return s, "", nil
	}
	// "5." is more likely half typed than meant.
	if after == "" || strings.ContainsRune(before, arabicPoint) {
		return "", "", ErrNotAnAmount
	}
	if before == "" {
		before = "0"
	}
	return before, after, nil
}

// isDecimal tells whether the last separator of a number is the decimal one.
func isDecimal(mark rune, before, after string, l i18n.Locale) bool {
	switch {
	case mark == ' ' || mark == '\'' || strings.ContainsRune(before, mark):
		return false
	case mark == arabicPoint || strings.ContainsAny(before, "., '"):
		return true
	case string(mark) == plain(l.Decimal):
		return true
	}
	return !couldGroup(before, after)
}

// couldGroup tells whether one separator standing alone looks like a group separator: 1,234 but not 0,123.
func couldGroup(before, after string) bool {
	return len(after) == 3 && len(before) >= 1 && len(before) <= 3 && before[0] != '0'
}

// ambiguousGroup tells whether a lone "." or "," that looks like a group separator is foreign to the locale.
func ambiguousGroup(mark rune, before, after string, l i18n.Locale) bool {
	foreign := (mark == '.' || mark == ',') && string(mark) != plain(l.Group)
	return foreign && couldGroup(before, after) && !strings.ContainsAny(before, "., '")
}

// ungroup removes the group separators of a whole number, after checking that they stand where they should.
func ungroup(s string, l i18n.Locale) (string, error) {
	i := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if i < 0 {
		return s, nil
	}
	if strings.ContainsRune(s, arabicPoint) {
		return "", ErrNotAnAmount
	}
	groups := strings.Split(s, s[i:i+1])
	for _, g := range groups {
		if strings.ContainsAny(g, "., '") {
			return "", ErrGrouping // two kinds of group separator
		}
	}
	if !groupsFit(groups, 3) && !(l.Indian && groupsFit(groups, 2)) {
		return "", ErrGrouping
	}
	return strings.Join(groups, ""), nil
}

// groupsFit checks the lengths of groups: the last has three digits, those between have size, the first has one
// to size and does not begin with nought.
func groupsFit(groups []string, size int) bool {
	end := len(groups) - 1
	if first := groups[0]; first == "" || len(first) > size || first[0] == '0' {
		return false
	}
	for _, g := range groups[1:end] {
		if len(g) != size {
			return false
		}
	}
	return len(groups[end]) == 3
}
