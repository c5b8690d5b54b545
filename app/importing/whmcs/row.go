package whmcs

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"clientele/app/date"
	"clientele/app/importing/sqldump"
	"clientele/app/money"
)

// Row is a row of a table of WHMCS. A column that the version of WHMCS does not have reads as nothing.
type Row struct {
	sqldump.Row
	// AsStored leaves texts that were encoded twice as they are.
	AsStored bool
}

// Text is a text without what WHMCS and its many encodings put around it: HTML entities, NULs, blanks at the ends.
func (r *Row) Text(column string) string {
	b, _ := r.Value(column)
	return strings.TrimSpace(Plain(decode(b, r.AsStored)))
}

// HTML is a text that is HTML: entities stay.
func (r *Row) HTML(column string) string {
	b, _ := r.Value(column)
	return decode(b, r.AsStored)
}

// Int is a whole number, or 0 where there is none.
func (r *Row) Int(column string) int64 {
	b, _ := r.Value(column)
	n, err := strconv.ParseInt(string(bytes.TrimSpace(b)), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Bool is a tick box: 1 in newer versions, on in older ones.
func (r *Row) Bool(column string) bool {
	b, _ := r.Value(column)
	switch strings.ToLower(string(bytes.TrimSpace(b))) {
	case "1", "on", "yes", "true", "checked":
		return true
	}
	return false
}

// Date is a day; no date for nothing, for 0000-00-00, and for what is no day.
func (r *Row) Date(column string) date.Date {
	b, _ := r.Value(column)
	if len(b) < len("2006-01-02") || b[4] != '-' || b[7] != '-' {
		return date.Date{}
	}
	var n [3]int
	for i, part := range [][]byte{b[:4], b[5:7], b[8:10]} {
		for _, c := range part {
			if c < '0' || c > '9' {
				return date.Date{}
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	d, err := date.New(n[0], time.Month(n[1]), n[2])
	if err != nil {
		return date.Date{}
	}
	return d
}

// Instant is a time in milliseconds since 1970, taken as UTC, or 0 where there is none.
func (r *Row) Instant(column string) int64 {
	if r.Date(column).IsZero() {
		return 0
	}
	b, _ := r.Value(column)
	t, err := time.Parse("2006-01-02 15:04:05", string(b[:min(len(b), len("2006-01-02 15:04:05"))]))
	if err != nil {
		return int64(r.Date(column).Days()) * (24 * time.Hour).Milliseconds()
	}
	return t.UnixMilli()
}

// Amount is an amount of money in minor units of its currency. exact is false where it has more decimals than the currency, and was rounded from the middle away
// from zero; ok is false where it is no amount, or too large.
func (r *Row) Amount(column string, c money.Currency) (minor int64, exact, ok bool) {
	b, _ := r.Value(column)
	return Amount(string(bytes.TrimSpace(b)), c)
}

// Amount reads an amount as a database writes it: digits, and decimals behind a point. Nothing is nothing.
func Amount(s string, c money.Currency) (minor int64, exact, ok bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	negative := strings.HasPrefix(whole, "-")
	whole = strings.TrimLeft(whole, "+-")
	if len(whole) > 15 || len(s) > 40 {
		return 0, false, false
	}
	for _, d := range []byte(whole + fraction) {
		if d < '0' || d > '9' {
			return 0, false, false
		}
	}
	exact = true
	for i := range max(len(fraction), c.Exponent()) {
		digit := byte('0')
		if i < len(fraction) {
			digit = fraction[i]
		}
		if i < c.Exponent() {
			whole += string(digit)
		} else if digit != '0' {
			exact = false
		}
	}
	if whole == "" {
		return 0, true, true
	}
	minor, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return 0, false, false
	}
	if len(fraction) > c.Exponent() && fraction[c.Exponent()] >= '5' {
		minor++
	}
	if negative {
		minor = -minor
	}
	return minor, exact, true
}

// Rate is a percentage in ten-thousandths of a percent, or 0 where it is none from 0 to 100.
func (r *Row) Rate(column string) int64 {
	b, _ := r.Value(column)
	f, err := strconv.ParseFloat(string(bytes.TrimSpace(b)), 64)
	if err != nil || f < 0 || f > 100 {
		return 0
	}
	const whole = 10_000
	return int64(f*whole + 0.5)
}
