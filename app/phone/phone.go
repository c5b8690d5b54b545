// Package phone has the rules for telephone numbers: loose in what is kept, as people type what they know, and
// strict only about what cannot be a number at all.
package phone

import (
	"strings"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"

	"clientele/app/i18n"
)

// A number has at least minDigits digits, which the shortest service numbers have, and at most maxLength
// characters.
const (
	minDigits = 3
	maxLength = 32
)

// Digits gives the digits of a number and nothing else, for search and for comparing. Digits of other scripts
// become 0 to 9.
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, i18n.PlainDigits(s))
}

// wholeNumber is how many digits a number has at least that is dialled from anywhere in a country.
const wholeNumber = 7

// Core gives the digits of a number without what is dialled before it: the calling code of a country after + or 00, or the 0 with which a number begins
// within one. So "+44 113 496 0333" and "0113 496 0333" have the same core, whichever of them was noted and whichever is looked for. Of what is too short for a
// whole number all digits stay.
func Core(s string) string {
	digits := Digits(s)
	typed := strings.TrimSpace(i18n.PlainDigits(s))
	core := digits
	switch abroad, is := strings.CutPrefix(typed, "00"); {
	case is || strings.HasPrefix(typed, "+"):
		if n, err := phonenumbers.Parse("+"+strings.TrimPrefix(abroad, "+"), ""); err == nil {
			core = phonenumbers.GetNationalSignificantNumber(n)
		}
	case strings.HasPrefix(digits, "0"):
		core = digits[1:]
	}
	if len(core) < wholeNumber {
		return digits
	}
	return core
}

// Format shows a number in the international form, "+49 30 123456". The country (ISO 3166-1 alpha-2) is where a
// number without a country code is; it may be empty. What is no valid number there (a short number, a typing
// error) is shown as it was typed.
func Format(s, country string) string {
	typed := strings.TrimSpace(s)
	n, err := phonenumbers.Parse(typed, country)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return typed
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}

// Valid tells whether s can be kept as a telephone number: at least 3 digits, at most 32 characters, and nothing
// but digits, spaces, + ( ) - . / and the mark of an extension, x or ext.
func Valid(s string) bool {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > maxLength {
		return false
	}
	digits := 0
	rest := strings.ReplaceAll(strings.ToLower(i18n.PlainDigits(s)), "ext", "x")
	for _, r := range rest {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case !strings.ContainsRune("+ ()-./x\u00a0", r):
			return false
		}
	}
	return digits >= minDigits && strings.Count(rest, "x") <= 1
}
