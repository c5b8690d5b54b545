package i18n

import "testing"

func TestRegional(t *testing.T) {
	for _, c := range []struct{ tag, country, want string }{
		{"en", "GB", "en-GB"},
		{"en", "US", "en-US"},
		{"en", "", "en"},
		{"en", "XX", "en"},
		{"en-GB", "US", "en-GB"},
		{"es-419", "MX", "es-419"},
		{"de", "AT", "de-AT"},
		{"zh-Hant", "HK", "zh-Hant-HK"},
		{"", "GB", ""},
		{"no language", "GB", "no language"},
	} {
		if got := Regional(c.tag, c.country); got != c.want {
			t.Errorf("Regional(%q, %q) = %q, want %q", c.tag, c.country, got, c.want)
		}
	}
	if d := For(Regional("en", "GB")).Locale().Date; d != (DatePattern{DMY, "/"}) {
		t.Errorf("dates in Britain are %+v", d)
	}
}
