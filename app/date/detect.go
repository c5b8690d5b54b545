package date

import (
	"regexp"
	"strings"

	"clientele/app/i18n"
)

// layouts are all layouts that an imported file may use. ISO is first, and day before month is before month before
// day, which is the order in which to propose them where several fit.
var layouts = []Layout{
	{i18n.YMD, "-"},
	{i18n.YMD, "/"},
	{i18n.YMD, "."},
	{i18n.YMD, ""},
	{i18n.DMY, "/"},
	{i18n.DMY, "."},
	{i18n.DMY, "-"},
	{i18n.DMY, " "},
	{i18n.MDY, "/"},
	{i18n.MDY, "-"},
	{i18n.MDY, "."},
	{i18n.MDY, " "},
}

// Detect gives the layouts in which every sample is a date. Empty samples and those for "never" (0000-00-00) say
// nothing and are passed over; where no sample says anything, nothing is detected. More than one layout means
// that a person has to choose: 03/04/2026 is in April or in March.
func Detect(samples []string) []Layout {
	var out []Layout
	for _, l := range layouts {
		if l.fits(samples) {
			out = append(out, l)
		}
	}
	return out
}

func (l Layout) fits(samples []string) bool {
	found := false
	for _, s := range samples {
		d, err := l.Parse(s)
		if err != nil {
			return false
		}
		found = found || !d.IsZero()
	}
	return found
}

// timeOfDay is what databases write after a date; it is dropped.
var timeOfDay = regexp.MustCompile(`[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|[AaPp][Mm]|[+-]\d{2}:?\d{2}))?$`)

// Parse reads one imported value: a date in this layout, with a time of day after it or not. An empty value and
// the date of noughts that databases keep for "never" are no date.
func (l Layout) Parse(s string) (Date, error) {
	s = strings.TrimSpace(i18n.PlainDigits(s))
	if s == "" || isNever(s) {
		return Date{}, nil
	}
	return parse(timeOfDay.ReplaceAllString(s, ""), l)
}

// isNever tells whether a value has no digit but nought: 0000-00-00, 00/00/0000 00:00:00.
func isNever(s string) bool {
	return strings.Contains(s, "0") && strings.Trim(s, "0-/.: ") == ""
}
