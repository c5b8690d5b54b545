package i18n

import (
	"slices"
	"testing"

	"golang.org/x/text/language"
)

func TestCountryCodes(t *testing.T) {
	if len(countryCodes) != 249 || !slices.IsSorted(countryCodes) {
		t.Errorf("%d codes; ISO 3166-1 assigns 249, and the search needs them in order", len(countryCodes))
	}
	for _, code := range countryCodes {
		if r, err := language.ParseRegion(code); err != nil || !r.IsCountry() || r.String() != code {
			t.Errorf("%s is no country: %v", code, err)
		}
	}
	for code, want := range map[string]bool{"DE": true, "ZW": true, "AD": true, "UK": false, "de": false, "XX": false, "EU": false, "": false} {
		if ValidCountry(code) != want {
			t.Errorf("ValidCountry(%q) is %v", code, !want)
		}
	}
}

func TestCountriesInTheirLanguage(t *testing.T) {
	english(t)
	for _, tag := range []string{"en", "de", "sv", "ar", "tlh"} {
		if err := SetLanguage(tag); err != nil {
			t.Fatal(err)
		}
		all := Countries()
		if len(all) != len(countryCodes) {
			t.Errorf("%s: %d countries", tag, len(all))
		}
		for _, c := range all {
			if c.Name == "" || CountryName(c.Code) != c.Name {
				t.Errorf("%s: %s is called %q and %q", tag, c.Code, c.Name, CountryName(c.Code))
			}
		}
	}
	if got := CountryName("QQ"); got != "QQ" {
		t.Errorf("an unknown code is called %q", got)
	}
	// Österreich stands among the O in German and after Z in Swedish.
	place := func(tag, code string) int {
		if err := SetLanguage(tag); err != nil {
			t.Fatal(err)
		}
		return slices.IndexFunc(Countries(), func(c Country) bool { return c.Code == code })
	}
	if place("de", "AT") > place("de", "PL") {
		t.Error("in German Österreich comes after Polen")
	}
	if place("sv", "AT") < place("sv", "ZW") {
		t.Error("in Swedish Österrike comes before Zimbabwe")
	}
}

// IO-1: countries in imported files.
func TestCountryByName(t *testing.T) {
	english(t)
	for in, want := range map[string]string{
		"DE": "DE", "de": "DE", "DEU": "DE", "Germany": "DE", " GERMANY ": "DE", "Deutschland": "DE",
		"UK": "GB", "U.K.": "GB", "GBR": "GB", "United Kingdom": "GB", "England": "GB",
		"USA": "US", "U.S.A.": "US", "United States": "US", "Österreich": "AT", "Osterreich": "AT", "Czech Republic": "CZ",
		"Cote d'Ivoire": "CI", "Ivory Coast": "CI", "Bosnia and Herzegovina": "BA", "Bosnia & Herzegovina": "BA",
		"St. Lucia": "LC", "Saint Lucia": "LC", "Viet Nam": "VN", "Türkiye": "TR", "Turkey": "TR", "Korea, Republic of": "KR",
		"826": "GB", "276": "DE", " 36 ": "AU", "036": "AU", "840": "US", "150": "", "001": "", "-826": "", "99999999999999999999": "",
		"Hong Kong": "HK", "Myanmar": "MM", "Curacao": "CW",
		"": "", "Atlantis": "", "Uni": "", "D": "", "123": "",
	} {
		if got, ok := CountryByName(in); got != want || ok != (want != "") {
			t.Errorf("CountryByName(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
	if _, ok := CountryByName("Frankreich"); ok {
		t.Error("a German name was found in English")
	}
	if err := SetLanguage("de"); err != nil {
		t.Fatal(err)
	}
	if got, _ := CountryByName("frankreich"); got != "FR" {
		t.Errorf("Frankreich is %q", got)
	}
}

func TestAliasesNameCountries(t *testing.T) {
	for name, code := range countryAliases {
		if got, ok := CountryByName(name); !ok || got != code || !ValidCountry(code) {
			t.Errorf("%s is %q, want %s", name, got, code)
		}
	}
}

func TestEveryCountryIsFoundByItsNames(t *testing.T) {
	english(t)
	for _, code := range countryCodes {
		for _, name := range []string{code, language.MustParseRegion(code).ISO3(), CountryName(code)} {
			if got, _ := CountryByName(name); got != code {
				t.Errorf("%s is %q, want %s", name, got, code)
			}
		}
	}
}

func TestLanguages(t *testing.T) {
	english(t)
	all := Languages()
	names := map[string]string{}
	for _, l := range all {
		if other, twice := names[l.Name]; twice || l.Name == "" || !ValidLanguage(l.Tag) {
			t.Errorf("%s is called %q, as is %q", l.Tag, l.Name, other)
		}
		names[l.Name] = l.Tag
	}
	if names["German"] != "de" || names["Brazilian Portuguese"] != "pt-BR" {
		t.Errorf("%v", names)
	}
	if ValidLanguage("tlh") || ValidLanguage("") {
		t.Error("a language that is not offered is valid")
	}
	if err := SetLanguage("de"); err != nil {
		t.Fatal(err)
	}
	if i := slices.Index(Languages(), LanguageName{"de", "Deutsch"}); i < 0 {
		t.Error("German is not called Deutsch in German")
	}
}

// A translation file that is shipped must load; the program would not start otherwise.
func TestShippedTranslationsAreSound(t *testing.T) {
	for tag, table := range shipped() {
		if len(table) == 0 {
			t.Errorf("%s is empty", tag)
		}
	}
}
