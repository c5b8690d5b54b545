package document

import (
	"slices"
	"strings"
	"unicode"
)

// vatCountries are the prefixes of numbers for value added tax: those of the European Union by Article 215 of its Directive 2006/112/EC, where Greece has EL, with XI for
// Northern Ireland, and GB.
var vatCountries = []string{
	"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GB", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
}

// vatNumber tells whether a tax number is one for value added tax, which is called so on paper; others, such as those of a tax office, are not.
func vatNumber(id string) bool {
	id = strings.NewReplacer(" ", "", ".", "", "-", "").Replace(strings.ToUpper(id))
	if len(id) < 6 || len(id) > 16 || !slices.Contains(vatCountries, id[:2]) {
		return false
	}
	return strings.ContainsFunc(id, unicode.IsDigit)
}
