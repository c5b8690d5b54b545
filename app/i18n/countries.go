package i18n

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

// A Country is one of ISO 3166-1.
type Country struct {
	Code string // alpha-2, upper case
	Name string // in the current language
}

// countryCodes are all alpha-2 codes that ISO 3166-1 assigns.
var countryCodes = strings.Fields(`
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT
JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY
MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM
PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ
TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`)

// countryAliases are names in use besides the English ones and the codes.
var countryAliases = map[string]string{
	"UK": "GB", "Great Britain": "GB", "Britain": "GB", "England": "GB", "Scotland": "GB", "Wales": "GB",
	"Northern Ireland": "GB", "United Kingdom of Great Britain and Northern Ireland": "GB",
	"USA": "US", "U.S.": "US", "America": "US", "United States of America": "US",
	"Deutschland": "DE", "Allemagne": "DE", "Österreich": "AT", "Schweiz": "CH", "Suisse": "CH", "Svizzera": "CH",
	"España": "ES", "Italia": "IT", "Nederland": "NL", "The Netherlands": "NL", "Holland": "NL", "België": "BE",
	"Belgique": "BE", "Danmark": "DK", "Sverige": "SE", "Norge": "NO", "Suomi": "FI", "Ísland": "IS", "Polska": "PL",
	"Česko": "CZ", "Česká republika": "CZ", "Czech Republic": "CZ", "Slovensko": "SK", "Slovak Republic": "SK",
	"Magyarország": "HU", "Slovenija": "SI", "Hrvatska": "HR", "Ελλάδα": "GR", "Éire": "IE", "Republic of Ireland": "IE",
	"România": "RO", "България": "BG", "Eesti": "EE", "Latvija": "LV", "Lietuva": "LT", "Türkiye": "TR", "Turkiye": "TR",
	"Россия": "RU", "Russian Federation": "RU", "Україна": "UA", "Brasil": "BR", "México": "MX",
	"Korea": "KR", "Republic of Korea": "KR", "Korea, Republic of": "KR", "North Korea": "KP",
	"Viet Nam": "VN", "Iran, Islamic Republic of": "IR", "Syrian Arab Republic": "SY", "Lao People's Democratic Republic": "LA",
	"Moldova, Republic of": "MD", "Tanzania, United Republic of": "TZ", "Bolivia, Plurinational State of": "BO",
	"Venezuela, Bolivarian Republic of": "VE", "Taiwan, Province of China": "TW", "Brunei Darussalam": "BN",
	"Macedonia": "MK", "North Macedonia": "MK", "Swaziland": "SZ", "Eswatini": "SZ", "Cape Verde": "CV", "Cabo Verde": "CV",
	"Ivory Coast": "CI", "Burma": "MM", "Myanmar": "MM", "East Timor": "TL", "Timor-Leste": "TL", "Hong Kong": "HK",
	"Macau": "MO", "Macao": "MO", "Palestine": "PS", "Palestine, State of": "PS", "Holy See": "VA", "Vatican": "VA",
	"UAE": "AE", "PRC": "CN", "People's Republic of China": "CN", "Congo": "CG", "Republic of the Congo": "CG",
	"Democratic Republic of the Congo": "CD", "DR Congo": "CD", "日本": "JP", "中国": "CN",
}

// Countries lists all countries, by name in the current language and in its alphabetical order.
func Countries() []Country {
	p := current.Load()
	out := make([]Country, 0, len(countryCodes))
	for _, code := range countryCodes {
		out = append(out, Country{code, p.countryName(code)})
	}
	compare := byName(p.tag)
	slices.SortStableFunc(out, func(a, b Country) int { return compare(a.Name, b.Name) })
	return out
}

// CountryAliases are other names that people have for a country, in no order; nil for most.
func CountryAliases(code string) []string { return aliasesOf()[code] }

var aliasesOf = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for name, code := range countryAliases {
		all[code] = append(all[code], name)
	}
	return all
})

// CountryName is the name of an alpha-2 code in the current language. A code that is not assigned is given
// back as it is.
func CountryName(code string) string { return current.Load().CountryName(code) }

// CountryName is like the function CountryName, in this printer's language.
func (p *Printer) CountryName(code string) string {
	if !ValidCountry(code) {
		return code
	}
	return p.countryName(code)
}

func (p *Printer) countryName(code string) string {
	return regionName(p.tag, code)
}

func regionName(in language.Tag, code string) string {
	region := language.MustParseRegion(code)
	for t := in; t != language.Und; t = t.Parent() {
		if n := display.Regions(t); n != nil {
			if s := n.Name(region); s != "" {
				return s
			}
		}
	}
	return display.English.Regions().Name(region)
}

// ValidCountry tells whether code is an assigned alpha-2 code, in upper case.
func ValidCountry(code string) bool {
	_, ok := slices.BinarySearch(countryCodes, code)
	return ok
}

// CountryByName finds the country that a name in an imported file means: its alpha-2, alpha-3 or numeric code, its
// English name, its name in the current language, or another name in common use. Case, accents and
// punctuation do not matter.
func CountryByName(name string) (code string, ok bool) {
	key := countryKey(name)
	if key == "" {
		return countryByNumber(name)
	}
	if code, ok = countryIndex()[key]; ok {
		return code, true
	}
	p := current.Load()
	for _, code := range countryCodes {
		if countryKey(p.countryName(code)) == key {
			return code, true
		}
	}
	return "", false
}

// countryByNumber finds a country by its numeric code of ISO 3166-1, of which a spreadsheet may have taken the zeros in front. Invoice Ninja writes those.
func countryByNumber(number string) (code string, ok bool) {
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil {
		return "", false
	}
	region, err := language.EncodeM49(n)
	if err != nil || !ValidCountry(region.String()) {
		return "", false
	}
	return region.String(), true
}

var countryIndex = sync.OnceValue(func() map[string]string {
	index := make(map[string]string, 4*len(countryCodes))
	for _, code := range countryCodes {
		index[countryKey(code)] = code
		index[countryKey(language.MustParseRegion(code).ISO3())] = code
		index[countryKey(regionName(language.English, code))] = code
	}
	for name, code := range countryAliases {
		index[countryKey(name)] = code
	}
	return index
})

// countryKey folds a name for comparison: letters only, lower case, no accents, "&" and "St." in words.
func countryKey(name string) string {
	name = strings.ReplaceAll(strings.ToLower(name), "&", " and ")
	name = strings.ReplaceAll(name, "st. ", "saint ")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, norm.NFD.String(name))
}
