package i18n

// Region is a country after whose manner dates and numbers can be written, whatever the language is.
type Region struct {
	Tag string // BCP 47
	// Country is the ISO 3166 code of its country, which CountryName names in words.
	Country string
}

// Regions are those on offer: each manner of dates and numbers that is much used, by the countries that have it.
func Regions() []Region {
	return []Region{
		{"en-GB", "GB"},
		{"en-IE", "IE"},
		{"en-US", "US"},
		{"en-CA", "CA"},
		{"en-AU", "AU"},
		{"en-NZ", "NZ"},
		{"en-ZA", "ZA"},
		{"en-IN", "IN"},
		{"de-DE", "DE"},
		{"de-AT", "AT"},
		{"de-CH", "CH"},
		{"fr-FR", "FR"},
		{"es-ES", "ES"},
		{"it-IT", "IT"},
		{"nl-NL", "NL"},
		{"pt-PT", "PT"},
		{"pt-BR", "BR"},
		{"pl-PL", "PL"},
		{"da-DK", "DK"},
		{"nb-NO", "NO"},
		{"sv-SE", "SE"},
		{"fi-FI", "FI"},
		{"ja-JP", "JP"},
		{"zh-CN", "CN"},
	}
}

// IsRegion tells whether a tag is that of a region on offer.
func IsRegion(tag string) bool {
	for _, r := range Regions() {
		if r.Tag == tag {
			return true
		}
	}
	return false
}
