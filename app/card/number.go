// Package card holds the rules of payment cards: how a number is read, checked and shown, which brand it is of, and what dates a card can bear.
//
// A full number must not be seen anywhere but where a person asked for it. So [Number] shows itself masked however it is printed, logged or encoded, and
// gives its digits by Digits, Grouped and Plain alone.
package card

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode"
)

// How many digits a number has (ISO/IEC 7812).
const (
	MinDigits = 12
	MaxDigits = 19
)

// Number is the full number of a card. The zero value is none. The digits lie behind a pointer, so that printing a struct that holds a Number does not
// print them either.
type Number struct{ d *digits }

type digits struct{ b []byte }

// Parse reads a number as people type it: digits with blanks and hyphens between. The error says in words what is wrong, and never the number.
func Parse(s string) (Number, error) {
	b := make([]byte, 0, MaxDigits+1)
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			if len(b) <= MaxDigits {
				b = append(b, byte(r))
			}
		case r == '-' || unicode.IsSpace(r) || r == '\u2010' || r == '\u2011' || r == '\u2013':
		default:
			return Number{}, ErrCharacters
		}
	}
	switch {
	case len(b) == 0:
		return Number{}, ErrEmpty
	case len(b) < MinDigits || len(b) > MaxDigits:
		return Number{}, ErrLength
	case !luhn(b):
		return Number{}, ErrChecksum
	}
	return Number{&digits{b}}, nil
}

// luhn is the check of the last digit (ISO/IEC 7812-1, annex B).
func luhn(b []byte) bool {
	sum, double := 0, false
	for i := len(b) - 1; i >= 0; i-- {
		n := int(b[i] - '0')
		if double {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
		double = !double
	}
	return sum%10 == 0
}

// IsZero tells whether it is no number.
func (n Number) IsZero() bool { return n.d == nil || len(n.d.b) == 0 }

// Digits are all digits. They must go nowhere but to the person who asked.
func (n Number) Digits() string {
	if n.IsZero() {
		return ""
	}
	return string(n.d.b)
}

// Grouped are all digits as they stand on the card: by four, and by 4, 6 and 5 where there are fifteen.
func (n Number) Grouped() string {
	all := n.Digits()
	groups := []int{4, 4, 4, 4, 3}
	if len(all) == 15 {
		groups = []int{4, 6, 5}
	}
	var b strings.Builder
	for _, g := range groups {
		if len(all) == 0 {
			break
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		g = min(g, len(all))
		b.WriteString(all[:g])
		all = all[g:]
	}
	return b.String()
}

// Last4 are the last four digits, which may be shown.
func (n Number) Last4() string {
	if n.IsZero() {
		return ""
	}
	return string(n.d.b[len(n.d.b)-4:])
}

// Masked is what may be shown of a number whose last four digits are these.
func Masked(last4 string) string {
	if last4 == "" {
		return ""
	}
	return "•••• " + last4
}

// Equal tells whether two are the same number.
func (n Number) Equal(o Number) bool { return n.Digits() == o.Digits() }

// Wipe overwrites the digits, in every copy of the value. It is a courtesy: what was turned into text stays in memory until it is collected.
func (n Number) Wipe() {
	if n.d != nil {
		clear(n.d.b)
		n.d.b = n.d.b[:0]
	}
}

// plainSize is how long the form is in which numbers are sealed. All are as long, so that the sealed form does not tell how many digits there are.
const plainSize = 32

// Plain is the form in which a number is sealed: one byte with the number of digits, the digits, zeros up to 32 bytes. The caller wipes it.
func (n Number) Plain() []byte {
	plain := make([]byte, plainSize)
	if !n.IsZero() {
		plain[0] = byte(len(n.d.b))
		copy(plain[1:], n.d.b)
	}
	return plain
}

// FromPlain is the other way. It refuses what Plain does not make.
func FromPlain(plain []byte) (Number, error) {
	if len(plain) != plainSize || plain[0] < MinDigits || plain[0] > MaxDigits {
		return Number{}, ErrPlain
	}
	n := int(plain[0])
	if len(bytes.Trim(plain[1+n:], "\x00")) != 0 {
		return Number{}, ErrPlain
	}
	b := bytes.Clone(plain[1 : 1+n])
	for _, c := range b {
		if c < '0' || c > '9' {
			return Number{}, ErrPlain
		}
	}
	if !luhn(b) {
		return Number{}, ErrPlain
	}
	return Number{&digits{b}}, nil
}

// String is the masked form.
func (n Number) String() string { return Masked(n.Last4()) }

// Format prints the masked form whatever the verb is.
func (n Number) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, n.String()) }

// LogValue is the masked form, for logs.
func (n Number) LogValue() slog.Value { return slog.StringValue(n.String()) }

// MarshalText is the masked form, for every encoding that asks for text. There is no way back from it.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// Text is a number as it was typed, on its way to Parse. It prints itself no more than Number does.
type Text string

// String tells only whether there is anything.
func (t Text) String() string {
	if t == "" {
		return ""
	}
	return "(card number)"
}

// Format prints what String says, whatever the verb is.
func (t Text) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, t.String()) }

// LogValue is what String says, for logs.
func (t Text) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalText is what String says, for encodings.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }
