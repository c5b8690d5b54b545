// Package postal writes addresses as the post of their country wants them: where the postcode stands, and whether the state shares its line.
package postal

import (
	"strings"
	"unicode"
)

// Address is where something is sent, without the names above it. The parts may be empty.
type Address struct {
	Address1, Address2, City, State, Postcode string
	Country                                   string // ISO 3166-1 alpha-2
}

// Lines are the lines of the address as its own country writes them, without the country; nothing empty is among them.
func (a Address) Lines() []string {
	for _, part := range []*string{&a.Address1, &a.Address2, &a.City, &a.State, &a.Postcode} {
		*part = strings.TrimSpace(*part)
	}
	lines := append([]string{a.Address1, a.Address2}, a.town()...)
	if separator, ok := a.fromLarge(); ok {
		lines = []string{a.Postcode, join(a.State, separator, a.City), a.Address1, a.Address2}
	}
	filled := lines[:0]
	for _, line := range lines {
		if line != "" {
			filled = append(filled, line)
		}
	}
	return filled
}

// town is what stands below the street. A country that is not named here, or not known, has the order of most of Europe.
func (a Address) town() []string {
	switch a.Country {
	case "US", "PR", "GU", "VI", "AS", "MP", "CA", "AU", "JP", "CN", "TW", "KR":
		return []string{join(a.City, ", ", join(a.State, " ", a.Postcode))} // Portland, OR 97201
	case "GB", "IE", "GG", "IM", "JE", "GI", "FK", "BM", "KE", "LK", "UA", "RU", "KZ", "BY", "ZA":
		return []string{a.City, a.State, a.Postcode}
	case "NZ", "IN", "PK", "BD", "NP", "SG", "TH", "ID", "PH", "VN", "MM", "MV", "SA", "HK", "AE":
		return []string{join(a.City, " ", a.Postcode), a.State} // Wellington 6011
	case "BR":
		return []string{join(a.City, " - ", a.State), a.Postcode} // São Paulo - SP
	case "IT", "MX", "CL":
		return []string{join(join(a.Postcode, " ", a.City), ", ", a.State)} // 00184 Roma, RM
	}
	return []string{join(a.Postcode, " ", a.City), a.State} // 10115 Berlin
}

// fromLarge reports whether the address goes from the large to the small, as those of East Asia do in their own script (in Latin letters they do not),
// and what stands between state and town then.
func (a Address) fromLarge() (separator string, ok bool) {
	switch a.Country {
	case "KR":
		separator = " "
	case "JP", "CN", "TW":
	default:
		return "", false
	}
	return separator, strings.ContainsFunc(a.State+a.City+a.Address1, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	})
}

// join writes the separator between two parts where there are two.
func join(a, separator, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + separator + b
}
