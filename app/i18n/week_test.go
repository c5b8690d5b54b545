package i18n

import (
	"testing"
	"time"
)

func TestWeekStart(t *testing.T) {
	for tag, want := range map[string]time.Weekday{
		"en-US": time.Sunday, "en-GB": time.Monday, "de": time.Monday, "de-AT": time.Monday, "pt-BR": time.Sunday, "ar-EG": time.Saturday, "ja": time.Sunday,
		"dv-MV": time.Friday, "": time.Sunday,
	} {
		got := Locale{Tag: tag}.WeekStart()
		if got != want {
			t.Errorf("in %q a week begins on %v, want %v", tag, got, want)
		}
	}
}
