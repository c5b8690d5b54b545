package i18n

import (
	"fmt"
	"testing"
)

func TestParseLocale(t *testing.T) {
	for in, want := range map[string]string{
		"de_DE.UTF-8":  "de-DE",
		"de_AT@euro":   "de-AT",
		"pt-BR":        "pt-BR",
		"fr":           "fr",
		"sr_RS@latin":  "sr-Latn-RS",
		"zh_TW":        "zh-TW",
		"C":            "en-US",
		"C.UTF-8":      "en-US",
		"POSIX":        "en-US",
		"":             "en-US",
		"!!":           "en-US",
		"en_US.UTF-8 ": "en-US",
	} {
		if got := ParseLocale(in).Tag; got != want {
			t.Errorf("ParseLocale(%q) is %s, want %s", in, got, want)
		}
	}
}

// AP-5: numbers by locale.
func TestNumbersOfLocales(t *testing.T) {
	for _, c := range []struct{ tag, decimal, group, minus, number string }{
		{"en-US", ".", ",", "-", "1,234,567"},
		{"de-DE", ",", ".", "-", "1.234.567"},
		{"de-CH", ".", "’", "-", "1’234’567"},
		{"fr-FR", ",", "\u00a0", "-", "1\u00a0234\u00a0567"},
		{"sv-SE", ",", "\u00a0", "−", "1\u00a0234\u00a0567"},
		{"en-IN", ".", ",", "-", "12,34,567"},
		{"ar", "٫", "٬", "\u061c-", "١٬٢٣٤٬٥٦٧"},
	} {
		l := LocaleFor(c.tag)
		if l.Decimal != c.decimal || l.Group != c.group || l.Minus != c.minus || l.FormatInt(1234567) != c.number {
			t.Errorf("%s: %+v, %s", c.tag, l, l.FormatInt(1234567))
		}
		if got := l.FormatInt(-1234567); got != c.minus+c.number {
			t.Errorf("%s: %q", c.tag, got)
		}
	}
	if !LocaleFor("hi").Indian || LocaleFor("en-GB").Indian {
		t.Error("the grouping of India is not told apart")
	}
	if got := (Locale{}).FormatInt(-1234); got != "-1,234" {
		t.Errorf("the zero locale writes %s", got)
	}
}

func TestDigits(t *testing.T) {
	for in, want := range map[string]string{
		"abc 123": "abc 123", "٠١٢٣٤٥٦٧٨٩": "0123456789", "۰۱۲۳۴۵۶۷۸۹": "0123456789", "０１２３４５６７８９": "0123456789",
		"०१२३४५६७८९": "0123456789", "𝟎𝟗": "09", "𝟘𝟡": "09", "Ⅷ ½ ²": "Ⅷ ½ ²",
	} {
		if got := PlainDigits(in); got != want {
			t.Errorf("PlainDigits(%q) = %q, want %q", in, got, want)
		}
	}
	if got := LocaleFor("ar").Digits("2026-09-10"); got != "٢٠٢٦-٠٩-١٠" {
		t.Errorf("%q", got)
	}
}

// Every script's digits, checked against the order that Unicode gives them.
func TestDigitsOfEveryScript(t *testing.T) {
	for _, zero := range []rune{0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xe50, 0x17e0, 0x1810, 0xff10, 0x1d7ce, 0x1d7d8, 0x1d7ec} {
		for i := range rune(10) {
			if got := PlainDigits(string(zero + i)); got != string('0'+i) {
				t.Errorf("%U becomes %q, want %d", zero+i, got, i)
			}
		}
	}
}

// Tags may come from a web request; they must not fill the memory.
func TestLocalesAreRememberedUpToALimit(t *testing.T) {
	t.Cleanup(func() {
		locales.Clear()
		printers.Clear()
		remembered.Store(0)
	})
	for i := range mostRemembered + 100 {
		tag := fmt.Sprintf("de-x-%d", i)
		if l := LocaleFor(tag); l.Decimal != "," || l.FormatInt(1000) != "1.000" {
			t.Fatalf("%s: %+v", tag, l)
		}
	}
	kept := 0
	locales.Range(func(any, any) bool { kept++; return true })
	if kept > mostRemembered {
		t.Errorf("%d locales are kept", kept)
	}
}
