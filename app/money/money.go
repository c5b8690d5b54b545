// Package money has amounts of money: whole numbers of a currency's smallest unit. Nothing in it is ever a
// binary fraction, and nothing is rounded except by the one rule that MulRatio states.
package money

import (
	"cmp"
	"math"
	"math/bits"
)

// Money is an amount in one currency. The zero Money is nothing in no currency; adding it to an amount is a
// mismatch of currencies like any other.
type Money struct {
	// Minor counts the smallest unit: cents of EUR, yen of JPY, fils (thousandths) of KWD.
	Minor    int64
	Currency Currency
}

// New is an amount of minor units: New(1250, "EUR") is €12.50.
func New(minor int64, c Currency) Money { return Money{minor, c} }

// Add is m + o. It is ErrCurrencyMismatch or ErrOverflow where there is no such amount.
func (m Money) Add(o Money) (Money, error) {
	if m.Currency != o.Currency {
		return Money{}, ErrCurrencyMismatch
	}
	sum := m.Minor + o.Minor
	// The sum of two numbers of one sign has that sign, unless it went round.
	if (m.Minor >= 0) == (o.Minor >= 0) && (sum >= 0) != (m.Minor >= 0) {
		return Money{}, ErrOverflow
	}
	return Money{sum, m.Currency}, nil
}

// Sub is m - o. It is ErrCurrencyMismatch or ErrOverflow where there is no such amount.
func (m Money) Sub(o Money) (Money, error) {
	if m.Currency != o.Currency {
		return Money{}, ErrCurrencyMismatch
	}
	difference := m.Minor - o.Minor
	if (m.Minor >= 0) != (o.Minor >= 0) && (difference >= 0) != (m.Minor >= 0) {
		return Money{}, ErrOverflow
	}
	return Money{difference, m.Currency}, nil
}

// Neg is -m. Only the smallest int64 has no negative; that is ErrOverflow.
func (m Money) Neg() (Money, error) {
	if m.Minor == math.MinInt64 {
		return Money{}, ErrOverflow
	}
	return Money{-m.Minor, m.Currency}, nil
}

// Abs is m without its sign; ErrOverflow as for Neg.
func (m Money) Abs() (Money, error) {
	if m.Minor < 0 {
		return m.Neg()
	}
	return m, nil
}

// Mul is m times a whole number, or ErrOverflow.
func (m Money) Mul(n int64) (Money, error) { return m.MulRatio(n, 1) }

// MulRatio is m · num / den, rounded to the minor unit. This is the one rounding rule: to the nearest unit,
// and from the middle away from zero, so 0.5 becomes 1 and -0.5 becomes -1. It is ErrOverflow where the
// result does not fit, or where den is 0.
func (m Money) MulRatio(num, den int64) (Money, error) {
	if den == 0 {
		return Money{}, ErrOverflow
	}
	d := magnitude(den)
	hi, lo := bits.Mul64(magnitude(m.Minor), magnitude(num))
	if hi >= d {
		return Money{}, ErrOverflow
	}
	quotient, rest := bits.Div64(hi, lo, d)
	if rest >= d-rest { // 2·rest >= d, without overflow
		if quotient++; quotient == 0 {
			return Money{}, ErrOverflow
		}
	}
	negative := (m.Minor < 0) != (num < 0) != (den < 0)
	minor, err := signed(quotient, negative)
	return Money{minor, m.Currency}, err
}

// Cmp is -1, 0 or 1 as m is less than, equal to, or greater than o.
func (m Money) Cmp(o Money) (int, error) {
	if m.Currency != o.Currency {
		return 0, ErrCurrencyMismatch
	}
	return cmp.Compare(m.Minor, o.Minor), nil
}

// IsZero tells whether the amount is nothing, in whatever currency.
func (m Money) IsZero() bool { return m.Minor == 0 }

// Sign is -1, 0 or 1 as the amount is below, at, or above zero.
func (m Money) Sign() int { return cmp.Compare(m.Minor, 0) }

// Sum adds amounts of one currency; of none it is zero in that currency.
func Sum(c Currency, amounts ...Money) (Money, error) {
	total := Money{0, c}
	for _, m := range amounts {
		var err error
		if total, err = total.Add(m); err != nil {
			return Money{}, err
		}
	}
	return total, nil
}

// magnitude is |n|, right for the smallest int64 too.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// signed puts the sign back on a magnitude, or is ErrOverflow.
func signed(u uint64, negative bool) (int64, error) {
	switch {
	case negative && u <= 1<<63:
		return int64(-u), nil
	case !negative && u <= math.MaxInt64:
		return int64(u), nil
	}
	return 0, ErrOverflow
}
