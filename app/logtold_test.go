package app_test

import (
	"testing"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
)

// SU-5: amounts and days in the log are read as everywhere in the window; what is no amount and no day stays as it was written.
func TestLogDetailsAreTold(t *testing.T) {
	t.Cleanup(func() { _ = i18n.SetLanguage("en") })
	for language, want := range map[string]string{
		"en-GB": "Amount: £1,696.60\nDue: 30/11/2026 → 01/12/2026\nBalance: -£5.00, €1,200.00\nof 12 CNC parts and 3.5 GBX, 2026-13-45, 1.234 GBP, XGBP 5",
		"de-DE": "Amount: 1.696,60\u00a0£\nDue: 30.11.2026 → 01.12.2026\nBalance: -5,00\u00a0£, 1.200,00\u00a0€\nof 12 CNC parts and 3.5 GBX, 2026-13-45, 1.234 GBP, XGBP 5",
	} {
		if err := i18n.SetLanguage(language); err != nil {
			t.Fatal(err)
		}
		line := app.LogLine{Activity: data.Activity{Details: "Amount: 1696.60 GBP\nDue: 2026-11-30 → 2026-12-01\nBalance: -5.00 GBP, 1200.00 EUR\nof 12 CNC parts and 3.5 GBX, 2026-13-45, 1.234 GBP, XGBP 5\n"}}
		if got := line.Told(); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", language, got, want)
		}
	}
}
