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
