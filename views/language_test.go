package views

import (
	"testing"

	"fyne.io/fyne/v2/lang"

	"clientele/app/i18n"
	"clientele/views/viewtest"
)

// AP-5: the language of the windows is the chosen one, else the system's, else English; dates and numbers follow it.
func TestSpeak(t *testing.T) {
	prefs := viewtest.New(t).Prefs
	t.Cleanup(func() {
		prefs.SetString(prefLanguage, "en")
		prefs.SetString(prefRegion, "")
		if err := speak(prefs, i18n.LocaleFor("en-GB"), i18n.LocaleFor("en-GB")); err != nil {
			t.Error(err)
		}
	})
	for _, c := range []struct{ chosen, region, spoken, locale, language, number, save string }{
		{"", "", "en-US", "en-US", "en-US", "1,234", "Save"},
		{"", "", "de-AT", "de-AT", "de-AT", "1\u00a0234", "Speichern"},
		{"", "", "de-DE", "en-GB", "de-DE", "1,234", "Speichern"},
		{"", "", "tlh", "en-US", "en", "1,234", "Save"},
		{"de", "", "en-US", "en-US", "de", "1.234", "Speichern"},
		{"de", "", "en-US", "de-CH", "de", "1’234", "Speichern"},
		{"en", "", "de-DE", "de-DE", "en", "1,234", "Save"},
		{"xx", "", "de-DE", "de-DE", "de-DE", "1.234", "Speichern"}, // its file is gone
		{"en", "de-CH", "en-US", "en-US", "en", "1’234", "Save"},
		{"", "en-GB", "de-DE", "de-DE", "de-DE", "1,234", "Speichern"},
		{"", "no region", "de-DE", "de-DE", "de-DE", "1.234", "Speichern"},
	} {
		prefs.SetString(prefLanguage, c.chosen)
		prefs.SetString(prefRegion, c.region)
		if err := speak(prefs, i18n.LocaleFor(c.spoken), i18n.LocaleFor(c.locale)); err != nil {
			t.Fatal(err)
		}
		if i18n.Language() != c.language || i18n.FormatInt(1234) != c.number || i18n.T("Save") != c.save || lang.L("Save") != c.save {
			t.Errorf("%+v: %s, %q, %q, the toolkit %q", c, i18n.Language(), i18n.FormatInt(1234), i18n.T("Save"), lang.L("Save"))
		}
	}
}
