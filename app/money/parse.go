package money

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"clientele/app/i18n"
)

// Parse reads an amount that a person typed or pasted. The separators are those of the locale; the other one of
// "." and "," is understood where it can only mean one thing. The sign may be - or −, the currency's symbol
// or code may stand before or after, and digits of every script are read.
//
// Nothing is guessed and nothing is rounded: too many decimals, groups that do not fit, another currency,
// an exponent, or an amount too large is an error whose sentence can be shown beside the field.
func Parse(s string, c Currency, l i18n.Locale) (Money, error) {
	l = l.OrDefault()
	if !c.Valid() {
		return Money{}, ErrUnknownMoney
	}
	if len(s) > maxTyped {
		return Money{}, ErrNotAnAmount
	}
	text := plain(s)
	if text == "" {
		return Money{}, ErrEmpty
	}
	number, negative, signed1 := cutSign(text)
	number = cutCurrency(number, c, l)
	if !signed1 {
		number, negative, _ = cutSign(number)
	}
	u, err := readDecimal(number, c.Exponent(), l)
	if err == nil {
		var minor int64
		if minor, err = signed(u, negative); err == nil {
			return Money{minor, c}, nil
		}
	}
	return Money{}, explain(err, strings.TrimSpace(s), number, c, l)
}

// explain makes a sentence about what was typed out of the bare problem.
func explain(err error, typed, number string, c Currency, l i18n.Locale) error {
	var p problem
	if !errors.As(err, &p) {
		return err
	}
	sample := Money{123450 * pow10(c.Exponent()) / 100, c}.formatNumber(l)
	say := func(sentence func() string) error { return &inputError{p, sentence} }
	switch p {
	case notAnAmount:
		if other := otherCurrency(number, c); other != "" {
			return &inputError{mismatch, func() string {
				return i18n.T("“%s” is an amount in %s; this one is kept in %s.", typed, string(other), string(c))
			}}
		}
		return say(func() string { return i18n.T("“%s” is not an amount. Write it like %s.", typed, sample) })
	case grouping:
		return say(func() string {
			return i18n.T("The groups of digits in “%s” do not fit. Write it like %s.", typed, sample)
		})
	case ambiguous:
		return say(func() string { return i18n.T("“%s” can be read in two ways. Write it like %s.", typed, sample) })
	case tooPrecise:
		return say(func() string {
			return i18n.N(int64(c.Exponent()), "“%s” has too many decimals: %s has one.",
				"“%s” has too many decimals: %s has %d.", typed, string(c))
		})
	case overflow:
		return say(func() string { return i18n.T("“%s” is too large to be kept.", typed) })
	default:
		return err
	}
}

// cutCurrency takes the symbol or the code of c off the front or the back.
func cutCurrency(s string, c Currency, l i18n.Locale) string {
	for _, sign := range c.signs(l) {
		if rest, ok := cutPrefixFold(s, sign); ok && !beginsWithLetter(rest, sign) {
			return strings.TrimSpace(rest)
		}
		if rest, ok := cutSuffixFold(s, sign); ok {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

// signs are the texts that may stand for c beside an amount, the longest first so that "US$" is not cut to "US".
func (c Currency) signs(l i18n.Locale) []string {
	out := []string{string(c)}
	for _, sign := range []string{c.Symbol(l.Tag), c.narrowSymbol(l.Tag)} {
		if sign = plain(sign); sign != "" && !slices.Contains(out, sign) {
			out = append(out, sign)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// beginsWithLetter tells whether a sign of letters was only the beginning of a longer word.
func beginsWithLetter(rest, sign string) bool {
	end := []rune(sign)
	if !unicode.IsLetter(end[len(end)-1]) {
		return false
	}
	for _, r := range rest {
		return unicode.IsLetter(r)
	}
	return false
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

func cutSuffixFold(s, suffix string) (string, bool) {
	at := len(s) - len(suffix)
	if at >= 0 && strings.EqualFold(s[at:], suffix) {
		return s[:at], true
	}
	return s, false
}

// otherCurrency finds the code of another currency beside a number.
func otherCurrency(s string, c Currency) Currency {
	for _, part := range []string{s[:min(3, len(s))], s[max(0, len(s)-3):]} {
		if other := Currency(strings.ToUpper(part)); other.Valid() && other != c {
			return other
		}
	}
	return ""
}

// ParsePlain reads what FormatPlain writes: digits, at most one point, a leading hyphen. This is the form of
// files and of the command line, the same in every locale.
func ParsePlain(s string, c Currency) (Money, error) {
	if !c.Valid() {
		return Money{}, ErrUnknownMoney
	}
	number, negative := strings.CutPrefix(s, "-")
	if number == "" || len(s) > maxTyped || strings.Trim(number, "0123456789.") != "" ||
		strings.Count(number, ".") > 1 || strings.HasPrefix(number, ".") {
		return Money{}, explain(ErrNotAnAmount, s, number, c, plainLocale)
	}
	u, err := readDecimal(number, c.Exponent(), plainLocale)
	if err == nil {
		var minor int64
		if minor, err = signed(u, negative); err == nil {
			return Money{minor, c}, nil
		}
	}
	return Money{}, explain(err, s, number, c, plainLocale)
}

var plainLocale = i18n.LocaleFor("en-US")
