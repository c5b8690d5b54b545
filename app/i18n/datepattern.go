package i18n

import "golang.org/x/text/language"

// DateOrder is the order of day, month and year in a date written in digits.
type DateOrder int8

// The three orders in use.
const (
	YMD DateOrder = iota // 2026-11-22
	DMY                  // 22/11/2026
	MDY                  // 11/22/2026
)

// DatePattern is how a date is written in digits: day and month with two digits, year with four.
type DatePattern struct {
	Order     DateOrder
	Separator string
}

// datePatterns holds the written form by language, and by language and region where a region differs. Of
// languages that are not here dates are written as ISO 8601 has them.
var datePatterns = map[string]DatePattern{
	"ar": {DMY, "/"}, "bg": {DMY, "."}, "bn": {DMY, "/"}, "bs": {DMY, "."}, "ca": {DMY, "/"},
	"cs": {DMY, "."}, "da": {DMY, "."}, "de": {DMY, "."}, "el": {DMY, "/"},
	"en": {DMY, "/"}, "en-US": {MDY, "/"}, "en-CA": {YMD, "-"}, "en-ZA": {YMD, "/"}, "en-PH": {MDY, "/"},
	"es": {DMY, "/"}, "es-CL": {DMY, "-"}, "et": {DMY, "."}, "eu": {YMD, "/"}, "fa": {YMD, "/"},
	"fi": {DMY, "."}, "fr": {DMY, "/"}, "fr-CA": {YMD, "-"}, "fr-CH": {DMY, "."}, "ga": {DMY, "/"},
	"gl": {DMY, "/"}, "he": {DMY, "."}, "hi": {DMY, "/"}, "hr": {DMY, "."}, "hu": {YMD, "."},
	"hy": {DMY, "."}, "id": {DMY, "/"}, "is": {DMY, "."}, "it": {DMY, "/"}, "it-CH": {DMY, "."},
	"ja": {YMD, "/"}, "ka": {DMY, "."}, "kk": {DMY, "."}, "ko": {YMD, "."}, "lt": {YMD, "-"},
	"lv": {DMY, "."}, "mk": {DMY, "."}, "ms": {DMY, "/"}, "nb": {DMY, "."}, "nl": {DMY, "-"},
	"nl-BE": {DMY, "/"}, "nn": {DMY, "."}, "no": {DMY, "."}, "pl": {DMY, "."}, "pt": {DMY, "/"},
	"ro": {DMY, "."}, "ru": {DMY, "."}, "sk": {DMY, "."}, "sl": {DMY, "."}, "sq": {DMY, "."},
	"sr": {DMY, "."}, "sv": {YMD, "-"}, "sw": {DMY, "/"}, "ta": {DMY, "/"}, "th": {DMY, "/"},
	"tr": {DMY, "."}, "uk": {DMY, "."}, "ur": {DMY, "/"}, "vi": {DMY, "/"}, "zh": {YMD, "/"},
	"zh-HK": {DMY, "/"}, "zh-SG": {DMY, "/"},
}

func datePattern(t language.Tag) DatePattern {
	base, _ := t.Base()
	region, _ := t.Region() // guessed from the language where the tag has none: "en" is en-US
	if p, ok := datePatterns[base.String()+"-"+region.String()]; ok {
		return p
	}
	if p, ok := datePatterns[base.String()]; ok {
		return p
	}
	return DatePattern{YMD, "-"}
}
