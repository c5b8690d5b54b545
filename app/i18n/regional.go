package i18n

import "golang.org/x/text/language"

// Regional is the tag of a language as it is written in a country: "en" in GB is en-GB, whose dates begin with the day where those of the
// United States begin with the month. A tag that names a region keeps it; an unknown country changes nothing.
func Regional(tag, country string) string {
	t, err := language.Parse(tag)
	if err != nil || t == language.Und || !ValidCountry(country) {
		return tag
	}
	if _, certain := t.Region(); certain == language.Exact {
		return tag
	}
	region, err := language.ParseRegion(country)
	if err != nil {
		return tag
	}
	if t, err = language.Compose(t, region); err != nil {
		return tag
	}
	return t.String()
}
