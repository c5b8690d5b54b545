package i18n

import (
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Where the week does not begin on a Monday, by country (Unicode CLDR 44, weekData).
const (
	beginSunday = " AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY " +
		"SA SG SV TH TT TW UM US VE VI WS YE ZA ZW "
	beginSaturday = " AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY "
)

// WeekStart is the day on which a week begins where the locale is at home.
func (l Locale) WeekStart() time.Weekday {
	region, _ := language.Make(l.OrDefault().Tag).Region() // the likeliest one where the tag names none
	country := " " + region.String() + " "
	switch {
	case strings.Contains(beginSunday, country):
		return time.Sunday
	case strings.Contains(beginSaturday, country):
		return time.Saturday
	case country == " MV ":
		return time.Friday
	}
	return time.Monday
}
