package choices

import (
	"testing"

	"clientele/app/i18n"
)

// What a new office is proposed on its first start (AP-1).
func TestWhatALocaleProposes(t *testing.T) {
	for _, c := range []struct{ locale, country, currency, language string }{
		{"de_DE.UTF-8", "DE", "EUR", "de"},
		{"de_CH", "CH", "CHF", "de"},
		{"en_GB.UTF-8", "GB", "GBP", "en-GB"},
		{"pt_BR", "BR", "BRL", "pt-BR"},
		{"ja_JP", "JP", "JPY", "ja"},
		{"C", "US", "USD", "en"},
		{"", "US", "USD", "en"},
	} {
		l := i18n.ParseLocale(c.locale)
		country := CountryOf(l)
		if country != c.country || CurrencyOf(country) != c.currency || LanguageOf(l) != c.language {
			t.Errorf("%q proposes %s %s %s, want %s %s %s", c.locale, country, CurrencyOf(country), LanguageOf(l), c.country, c.currency, c.language)
		}
	}
	if CurrencyOf("") != "" || CurrencyOf("AQ") != "" {
		t.Error("a currency was made up")
	}
}

func TestEverythingCanBeChosen(t *testing.T) {
	if len(Countries()) != 249 || len(Currencies()) < 150 || len(Languages()) < 40 {
		t.Errorf("%d countries, %d currencies, %d languages", len(Countries()), len(Currencies()), len(Languages()))
	}
}
