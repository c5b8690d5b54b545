package money

import (
	"errors"
	"strconv"
	"strings"

	"clientele/app/i18n"
)

// Rate is a percentage in ten-thousandths of a percent: 190000 is 19 %, 99750 is 9.975 %.
type Rate int64

// rateDecimals is how many decimals of a percent a Rate holds.
const rateDecimals = 4

// onePercent is the Rate of 1 %.
const onePercent Rate = 10_000

// PercentOf is a Rate of whole percents.
func PercentOf(percent int64) Rate { return Rate(percent) * onePercent }

// Percent is r of m, rounded by the rule of MulRatio: 19 % of 9.99 is 1.90.
func (m Money) Percent(r Rate) (Money, error) {
	return m.MulRatio(int64(r), 100*int64(onePercent))
}

// ParseRate reads a percentage that a person typed, with or without the sign %. It has at most four decimals.
func ParseRate(s string, l i18n.Locale) (Rate, error) {
	l = l.OrDefault()
	number, negative, _ := cutSign(strings.TrimSpace(strings.TrimSuffix(plain(s), "%")))
	if len(s) > maxTyped || number == "" {
		return 0, notARate(s)
	}
	u, err := readDecimal(number, rateDecimals, l)
	if err == nil {
		var n int64
		if n, err = signed(u, negative); err == nil {
			return Rate(n), nil
		}
	}
	if errors.Is(err, ErrTooPrecise) {
		return 0, &inputError{tooPrecise, func() string {
			return i18n.T("“%s” has too many decimals: a percentage has at most %d.", s, rateDecimals)
		}}
	}
	if errors.Is(err, ErrOverflow) {
		return 0, &inputError{overflow, func() string { return i18n.T("“%s” is too large for a percentage.", s) }}
	}
	return 0, notARate(s)
}

func notARate(s string) error {
	return &inputError{notAnAmount, func() string { return i18n.T("“%s” is not a percentage.", s) }}
}

// Format writes the percentage as the locale has it, without trailing noughts and without the sign %: 9,975.
func (r Rate) Format(l i18n.Locale) string {
	l = l.OrDefault()
	u := magnitude(int64(r))
	s := l.FormatUint(u / uint64(onePercent))
	if fraction := strings.TrimRight(padded(u%uint64(onePercent), rateDecimals), "0"); fraction != "" {
		s += l.Decimal + l.Digits(fraction)
	}
	if r < 0 {
		s = l.Minus + s
	}
	return s
}

// String is the percentage for logs: 9.975%.
func (r Rate) String() string {
	u := magnitude(int64(r))
	s := strconv.FormatUint(u/uint64(onePercent), 10)
	if fraction := strings.TrimRight(padded(u%uint64(onePercent), rateDecimals), "0"); fraction != "" {
		s += "." + fraction
	}
	if r < 0 {
		s = "-" + s
	}
	return s + "%"
}
