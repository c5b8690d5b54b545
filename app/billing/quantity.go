package billing

import (
	"errors"
	"strconv"
	"strings"

	"clientele/app/i18n"
	"clientele/app/money"
)

// Quantity is how much of something is invoiced, in thousandths: 1500 is one and a half hours.
type Quantity int64

// One is the quantity 1; MaxQuantity, 999,999,999.999, is the largest.
const (
	One         Quantity = 1000
	MaxQuantity Quantity = 1_000_000_000*One - 1
)

// decimals is how many decimals a Quantity holds.
const decimals = 3

// Valid tells whether q can stand on a line: above zero and at most MaxQuantity. What is deducted has a price below
// zero, not a quantity.
func (q Quantity) Valid() bool { return q > 0 && q <= MaxQuantity }

// Of is q times a price, rounded to the minor unit by money's rule, or money.ErrOverflow.
func (q Quantity) Of(price money.Money) (money.Money, error) {
	return price.MulRatio(int64(q), int64(One))
}

// ParseQuantity reads a quantity that a person typed or pasted, with the separators of the locale. As with amounts, nothing is
// guessed and nothing is rounded: what is not clearly a number above zero with at most three decimals is ErrQuantity,
// with a sentence that can be shown beside the field.
func ParseQuantity(s string, l i18n.Locale) (Quantity, error) {
	typed := strings.TrimSpace(s)
	if typed == "" {
		return 0, &fault{badQuantity, func() string { return i18n.T("Type a quantity.") }}
	}
	if strings.Contains(typed, "%") {
		return 0, notAQuantity(typed, l)
	}
	// A percentage is read by the same rules and has one decimal more, which here must be nought.
	const finer = 10
	r, err := money.ParseRate(typed, l)
	switch {
	case errors.Is(err, money.ErrTooPrecise):
		return 0, tooPrecise(typed)
	case errors.Is(err, money.ErrOverflow):
		return 0, tooLarge(typed)
	case err != nil:
		return 0, notAQuantity(typed, l)
	case r%finer != 0:
		return 0, tooPrecise(typed)
	}
	return Quantity(r / finer).checked(typed)
}

// ParsePlainQuantity reads what FormatPlain writes: digits, at most one point with one to three digits after it. This is the
// form of files and of the command line, the same in every locale. Its errors are ErrQuantity.
func ParsePlainQuantity(s string) (Quantity, error) {
	whole, fraction, pointed := strings.Cut(s, ".")
	if whole == "" || pointed && fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return 0, notAQuantity(s, i18n.LocaleFor("en-US"))
	}
	if len(fraction) > decimals {
		return 0, tooPrecise(s)
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", decimals-len(fraction)), 10, 64)
	if err != nil {
		return 0, tooLarge(s)
	}
	return Quantity(n).checked(s)
}

// checked is q where it is Valid, and else the reason why typed is none.
func (q Quantity) checked(typed string) (Quantity, error) {
	switch {
	case q > MaxQuantity:
		return 0, tooLarge(typed)
	case q <= 0:
		return 0, ErrQuantity
	}
	return q, nil
}

// Format writes the quantity as the locale has it, without noughts at the end: 1,234.5.
func (q Quantity) Format(l i18n.Locale) string {
	l = l.OrDefault()
	minus, whole, fraction := q.parts()
	s := l.FormatUint(whole)
	if fraction != "" {
		s += l.Decimal + l.Digits(fraction)
	}
	if minus {
		s = l.Minus + s
	}
	return s
}

// FormatPlain writes the quantity for machines, the same in every locale: 1234.5.
func (q Quantity) FormatPlain() string {
	minus, whole, fraction := q.parts()
	s := strconv.FormatUint(whole, 10)
	if fraction != "" {
		s += "." + fraction
	}
	if minus {
		s = "-" + s
	}
	return s
}

// String is the quantity for logs and tests.
func (q Quantity) String() string { return q.FormatPlain() }

// parts takes q apart. fraction is what stands behind the decimal separator, empty for a whole number.
func (q Quantity) parts() (minus bool, whole uint64, fraction string) {
	u := uint64(q)
	if minus = q < 0; minus {
		u = -u
	}
	const one = uint64(One)
	// One more in front keeps the noughts that the fraction begins with.
	return minus, u / one, strings.TrimRight(strconv.FormatUint(one+u%one, 10)[1:], "0")
}

func notAQuantity(typed string, l i18n.Locale) error {
	const sample = 1234*One + One/2
	return &fault{badQuantity, func() string {
		return i18n.T("“%s” is not clearly a quantity. Write it like %s.", typed, sample.Format(l))
	}}
}

func tooPrecise(typed string) error {
	return &fault{badQuantity, func() string {
		return i18n.T("“%s” has too many decimals: a quantity has at most %d.", typed, decimals)
	}}
}

func tooLarge(typed string) error {
	return &fault{badQuantity, func() string { return i18n.T("“%s” is too large for a quantity.", typed) }}
}
