// Package choices lists what can be chosen where a country, a currency or a language is asked for.
package choices

import (
	"slices"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/views/kit"
)

// Countries are all countries by name, with their ISO codes as keys.
func Countries() []kit.Choice {
	var all []kit.Choice
	for _, c := range i18n.Countries() {
		all = append(all, kit.Choice{Key: c.Code, Label: c.Name})
	}
	return all
}

// Country is a field for a country, found by any of its names; before are choices that stand before the countries.
func Country(none string, before ...kit.Choice) *kit.SearchSelect {
	s := kit.NewSearchSelect(none, slices.Concat(before, Countries())...)
	s.Also = func(code string) []string { return append([]string{code}, i18n.CountryAliases(code)...) }
	return s
}

// Currencies are all currencies by code, which is the key.
func Currencies() []kit.Choice {
	var all []kit.Choice
	for _, c := range money.Currencies() {
		all = append(all, kit.Choice{Key: string(c), Label: i18n.T("%s, %s", string(c), c.Name())})
	}
	return all
}

// Languages are the languages in which clients can be written to, with their BCP 47 tags as keys.
func Languages() []kit.Choice {
	var all []kit.Choice
	for _, l := range i18n.Languages() {
		all = append(all, kit.Choice{Key: l.Tag, Label: l.Name})
	}
	return all
}

// CountryOf is the country of a locale, or "" where its tag names none.
func CountryOf(l i18n.Locale) string {
	tag, err := language.Parse(l.Tag)
	if err != nil {
		return ""
	}
	region, _ := tag.Region()
	if code := region.String(); i18n.ValidCountry(code) {
		return code
	}
	return ""
}

// CurrencyOf is the currency that is usual in a country, or "" where none is known.
func CurrencyOf(country string) string {
	region, err := language.ParseRegion(country)
	if err != nil {
		return ""
	}
	unit, ok := currency.FromRegion(region)
	if !ok || !money.Currency(unit.String()).Valid() {
		return ""
	}
	return unit.String()
}

// LanguageOf is the language of a locale as clients can be written to in it; English where it is none of those.
func LanguageOf(l i18n.Locale) string {
	for t, err := language.Parse(l.Tag); err == nil && t != language.Und; t = t.Parent() {
		if i18n.ValidLanguage(t.String()) {
			return t.String()
		}
	}
	return "en"
}
