package money

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"clientele/app/i18n"
)

const nbsp = "\u00a0"

// Format writes the amount as the locale has it, with the currency's symbol: $1,234.50, 1.234,50 €.
func (m Money) Format(l i18n.Locale) string {
	l = l.OrDefault()
	return m.withSymbol(l, m.formatNumber(l))
}

// FormatRound is Format without the noughts of an amount that has no part of a unit, as at the scale of a chart: $1,000.
func (m Money) FormatRound(l i18n.Locale) string {
	l = l.OrDefault()
	unit := uint64(pow10(m.Currency.Exponent()))
	u := magnitude(m.Minor)
	if u%unit != 0 {
		return m.Format(l)
	}
	number := l.FormatUint(u / unit)
	if m.Minor < 0 {
		number = l.Minus + number
	}
	return m.withSymbol(l, number)
}

// withSymbol puts the currency's symbol to a number.
func (m Money) withSymbol(l i18n.Locale, number string) string {
	sign := m.Currency.Symbol(l.Tag)
	minus := ""
	if m.Minor < 0 {
		minus = l.Minus
		number = strings.TrimPrefix(number, minus)
	}
	if sign == "" {
		return minus + number
	}
	switch placeOf(l) {
	case before:
		// A symbol of letters would run into the digits.
		if runes := []rune(sign); unicode.IsLetter(runes[len(runes)-1]) {
			sign += nbsp
		}
		return minus + sign + number
	case beforeSpaced:
		return minus + sign + nbsp + number
	default:
		return minus + number + nbsp + sign
	}
}

// FormatNumber writes the amount as the locale has it, without its currency, as in a column whose head names it.
func (m Money) FormatNumber(l i18n.Locale) string { return m.formatNumber(l.OrDefault()) }

func (m Money) formatNumber(l i18n.Locale) string {
	exponent := m.Currency.Exponent()
	unit := uint64(pow10(exponent))
	u := magnitude(m.Minor)
	s := l.FormatUint(u / unit)
	if exponent > 0 {
		s += l.Decimal + l.Digits(padded(u%unit, exponent))
	}
	if m.Minor < 0 {
		s = l.Minus + s
	}
	return s
}

// FormatPlain writes the amount for machines, without its currency, the same in every locale: -1234.50.
func (m Money) FormatPlain() string {
	exponent := m.Currency.Exponent()
	unit := uint64(pow10(exponent))
	u := magnitude(m.Minor)
	s := strconv.FormatUint(u/unit, 10)
	if exponent > 0 {
		s += "." + padded(u%unit, exponent)
	}
	if m.Minor < 0 {
		s = "-" + s
	}
	return s
}

// String is the amount for logs and tests: 1234.50 EUR.
func (m Money) String() string { return m.FormatPlain() + " " + string(m.Currency) }

func padded(u uint64, width int) string {
	s := strconv.FormatUint(u, 10)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// place is where a locale puts the symbol of a currency.
type place int

const (
	after        place = iota // 1.234,50 €
	before                    // $1,234.50
	beforeSpaced              // € 1.234,50
)

// places holds where the symbol stands, by language, and by language and region where a region differs. In
// languages that are not here it stands after the number.
var places = map[string]place{
	"en": before, "ja": before, "zh": before, "ko": before, "th": before, "hi": before, "bn": before, "ta": before,
	"tr": before, "ga": before, "ur": before, "ms": before, "sw": before,
	"id": beforeSpaced, "nl": beforeSpaced,
	"pt-BR": beforeSpaced, "de-AT": beforeSpaced, "de-CH": beforeSpaced, "de-LI": beforeSpaced, "it-CH": beforeSpaced,
	"es-MX": before, "es-US": before, "es-CL": before, "es-PE": beforeSpaced, "es-AR": beforeSpaced,
	"es-CO": beforeSpaced, "es-UY": beforeSpaced, "es-EC": before, "es-PR": before, "es-419": before,
}

func placeOf(l i18n.Locale) place {
	t := language.Make(l.Tag)
	base, _ := t.Base()
	region, _ := t.Region()
	if p, ok := places[base.String()+"-"+region.String()]; ok {
		return p
	}
	return places[base.String()]
}
