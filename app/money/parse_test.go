package money

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"clientele/app/i18n"
)

// CR-2: both "," and "." are understood as the locale has them; too many decimals is an error.
func TestParse(t *testing.T) {
	for _, c := range []struct {
		locale   string
		currency Currency
		in       string
		want     int64
	}{
		{"en-US", "USD", "0", 0},
		{"en-US", "USD", "12", 1200},
		{"en-US", "USD", "12.5", 1250},
		{"en-US", "USD", "12.50", 1250},
		{"en-US", "USD", ".5", 50},
		{"en-US", "USD", "007", 700},
		{"en-US", "USD", "1,234.56", 123456},
		{"en-US", "USD", "1,234", 123400},
		{"en-US", "USD", "1,234,567", 123456700},
		{"en-US", "USD", "1234567.89", 123456789},
		{"en-US", "USD", "$1,234.56", 123456},
		{"en-US", "USD", "1,234.56 USD", 123456},
		{"en-US", "USD", "usd 5", 500},
		{"en-US", "USD", "USD5", 500},
		{"en-US", "USD", "-$5", -500},
		{"en-US", "USD", "$-5", -500},
		{"en-US", "USD", "- 5", -500},
		{"en-US", "USD", "−5.00", -500},
		{"en-US", "USD", "+5", 500},
		{"en-US", "USD", "  5  ", 500},
		{"en-US", "USD", "1 234.56", 123456},
		{"en-US", "USD", "1\u00a0234.56", 123456},
		{"en-US", "USD", "1\u202f234.56", 123456},
		{"en-US", "USD", "1'234.56", 123456},
		{"en-US", "USD", "92233720368547758.07", math.MaxInt64},
		{"en-US", "USD", "-92233720368547758.08", math.MinInt64},
		// the other separator, where it can only mean one thing
		{"en-US", "USD", "12,5", 1250},
		{"en-US", "USD", "12,50", 1250},
		{"en-US", "USD", "1.234,56", 123456},
		{"en-US", "USD", "1.234.567", 123456700},
		{"en-US", "EUR", "1 234,56 €", 123456},
		{"en-US", "CAD", "$5", 500},
		{"en-US", "CAD", "CA$5", 500},

		{"de-DE", "EUR", "1.234,56", 123456},
		{"de-DE", "EUR", "1.234", 123400},
		{"de-DE", "EUR", "12,5", 1250},
		{"de-DE", "EUR", "12.5", 1250},
		{"de-DE", "EUR", "12.50", 1250},
		{"de-DE", "EUR", "1,234.56", 123456},
		{"de-DE", "EUR", "1.234,56 €", 123456},
		{"de-DE", "EUR", "€ 5", 500},
		{"de-DE", "EUR", "5EUR", 500},
		{"de-DE", "EUR", "-0,01 €", -1},
		{"de-CH", "CHF", "CHF 1’234.50", 123450},
		{"de-CH", "CHF", "12,50", 1250},
		{"fr-FR", "EUR", "1\u202f234,56\u00a0€", 123456},
		{"fr-FR", "EUR", "12.50", 1250},
		{"sv-SE", "SEK", "−1\u00a0234,50\u00a0kr", -123450},
		{"en-IN", "INR", "₹12,34,567.00", 123456700},
		{"en-IN", "INR", "1,234,567", 123456700},
		{"ar", "EGP", "١٬٢٣٤٫٥٦", 123456},
		{"ar", "EGP", "1,234.56", 123456},
		{"ar", "EGP", "١٢٫٥", 1250},
		{"en-US", "USD", "١٢٫٥", 1250},
		{"ja-JP", "JPY", "￥１，２３４", 1234},
		{"ja-JP", "JPY", "¥1,234", 1234},
		{"de-DE", "JPY", "1.234", 1234},
		{"en-US", "JPY", "1,234", 1234},
		{"en-US", "KWD", "1.234", 1234},
		{"en-US", "KWD", "1,234.567", 1234567},
		{"en-US", "KWD", "1,234", 1234000},
		{"de-DE", "KWD", "1,234", 1234},
		{"de-DE", "KWD", "1.234", 1234000},
		{"de-DE", "KWD", "0.500", 500}, // groups never begin with nought
		{"en-US", "CLF", "1.2345", 12345},
		{"da-DK", "DKK", "12,50 kr.", 1250},
	} {
		got, err := Parse(c.in, c.currency, i18n.LocaleFor(c.locale))
		if err != nil || got != New(c.want, c.currency) {
			t.Errorf("%s: Parse(%q, %s) = %v, %v, want %d", c.locale, c.in, c.currency, got, err, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct {
		locale   string
		currency Currency
		in       string
		want     error
	}{
		{"en-US", "USD", "", ErrEmpty},
		{"en-US", "USD", "  ", ErrEmpty},
		{"en-US", "USD", "-", ErrNotAnAmount},
		{"en-US", "USD", "$", ErrNotAnAmount},
		{"en-US", "USD", ".", ErrNotAnAmount},
		{"en-US", "USD", "5.", ErrNotAnAmount},
		{"en-US", "USD", "abc", ErrNotAnAmount},
		{"en-US", "USD", "NaN", ErrNotAnAmount},
		{"en-US", "USD", "Inf", ErrNotAnAmount},
		{"en-US", "USD", "1e3", ErrNotAnAmount},
		{"en-US", "USD", "0x10", ErrNotAnAmount},
		{"en-US", "USD", "1_000", ErrNotAnAmount},
		{"en-US", "USD", "--5", ErrNotAnAmount},
		{"en-US", "USD", "-$-5", ErrNotAnAmount},
		{"en-US", "USD", "5-", ErrNotAnAmount},
		{"en-US", "USD", "(5)", ErrNotAnAmount},
		{"en-US", "USD", "$$5", ErrNotAnAmount},
		{"en-US", "USD", "usdollar 5", ErrNotAnAmount},
		{"en-US", "USD", "1/2", ErrNotAnAmount},
		{"en-US", "USD", "½", ErrNotAnAmount},
		{"en-US", "USD", "5 %", ErrNotAnAmount},
		{"en-US", "USD", strings.Repeat("1", 200), ErrNotAnAmount},
		{"en-US", "USD", "5 EUR", ErrCurrencyMismatch},
		{"en-US", "USD", "GBP 5", ErrCurrencyMismatch},
		{"en-US", "USD", "1.234", ErrTooPrecise},
		{"en-US", "USD", "1.000", ErrTooPrecise},
		{"en-US", "USD", "0,500", ErrTooPrecise},
		{"en-US", "USD", "1,2345", ErrTooPrecise},
		{"de-DE", "EUR", "1,234", ErrTooPrecise},
		{"en-US", "JPY", "1.5", ErrTooPrecise},
		{"en-US", "JPY", "100.00", ErrTooPrecise},
		{"en-US", "KWD", "1.2345", ErrTooPrecise},
		{"en-US", "USD", "1,23,456", ErrGrouping},
		{"en-US", "USD", "12,34,567", ErrGrouping},
		{"en-US", "USD", "1234,567.00", ErrGrouping},
		{"en-US", "USD", "1,,234", ErrGrouping},
		{"en-US", "USD", ",123,456", ErrGrouping},
		{"en-US", "USD", "0,123.00", ErrGrouping},
		{"en-US", "USD", "1,234 567", ErrGrouping},
		{"en-US", "USD", "1 23", ErrGrouping},
		{"en-US", "USD", "1.234.56", ErrGrouping},
		{"en-US", "USD", "1,234.567,89", ErrGrouping},
		{"en-IN", "INR", "123,45,678", ErrGrouping},
		{"fr-FR", "EUR", "1.234", ErrAmbiguous},
		{"fr-FR", "KWD", "1.234", ErrAmbiguous},
		{"de-CH", "CHF", "1,234", ErrAmbiguous},
		{"en-US", "USD", "92233720368547758.08", ErrOverflow},
		{"en-US", "USD", "-92233720368547758.09", ErrOverflow},
		{"en-US", "USD", "184467440737095516.16", ErrOverflow},
		{"en-US", "USD", strings.Repeat("9", 60), ErrOverflow},
		{"en-US", "XYZ", "5", ErrUnknownMoney},
		{"en-US", "", "5", ErrUnknownMoney},
	} {
		got, err := Parse(c.in, c.currency, i18n.LocaleFor(c.locale))
		if !errors.Is(err, c.want) || got != (Money{}) {
			t.Errorf("%s: Parse(%q, %s) = %v, %v, want the error %q", c.locale, c.in, c.currency, got, err, c.want)
		}
	}
}

func TestErrorsAreSentences(t *testing.T) {
	en, de := i18n.LocaleFor("en-US"), i18n.LocaleFor("de-DE")
	for _, c := range []struct {
		in       string
		currency Currency
		locale   i18n.Locale
		want     string
	}{
		{"", "EUR", en, "Type an amount."},
		{" ten ", "EUR", en, "“ten” is not an amount. Write it like 1,234.50."},
		{"ten", "EUR", de, "“ten” is not an amount. Write it like 1.234,50."},
		{"ten", "JPY", en, "“ten” is not an amount. Write it like 1,234."},
		{"1.234", "EUR", en, "“1.234” has too many decimals: EUR has 2."},
		{"1.5", "JPY", en, "“1.5” has too many decimals: JPY has 0."},
		{"1,2,3", "EUR", en, "The groups of digits in “1,2,3” do not fit. Write it like 1,234.50."},
		{"5 USD", "EUR", en, "“5 USD” is an amount in USD; this one is kept in EUR."},
		{strings.Repeat("9", 30), "EUR", en, "“" + strings.Repeat("9", 30) + "” is too large to be kept."},
	} {
		if _, err := Parse(c.in, c.currency, c.locale); err == nil || err.Error() != c.want {
			t.Errorf("Parse(%q): %v, want %s", c.in, err, c.want)
		}
	}
}

// tags are locales that differ in separators, digits, grouping, minus sign and place of the symbol.
var tags = []string{
	"en-US", "en-IN", "de-DE", "de-CH", "de-AT", "fr-FR", "sv-SE", "nl-NL", "pt-BR", "ja-JP", "ar", "fa", "bn", "pl-PL", "he-IL", "da-DK",
}

// What is written is read again: every locale, currencies with 0, 2, 3 and 4 decimals.
func TestPropertyFormatIsParsed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := i18n.LocaleFor(rapid.SampledFrom(tags).Draw(t, "locale"))
		c := rapid.SampledFrom([]Currency{"JPY", "EUR", "USD", "KWD", "CLF", "DKK"}).Draw(t, "currency")
		m := New(rapid.Int64().Draw(t, "minor"), c)
		for _, s := range []string{m.Format(l), m.FormatNumber(l)} {
			if got, err := Parse(s, c, l); err != nil || got != m {
				t.Fatalf("%s: %v is written %q and read as %v, %v", l.Tag, m, s, got, err)
			}
		}
		if got, err := ParsePlain(m.FormatPlain(), c); err != nil || got != m {
			t.Fatalf("%v is written %q and read as %v, %v", m, m.FormatPlain(), got, err)
		}
	})
}

// Every currency is read as it is written, in every locale; its symbol must not hide the number.
func TestEveryCurrencyIsReadAsWritten(t *testing.T) {
	for _, tag := range tags {
		l := i18n.LocaleFor(tag)
		for _, c := range Currencies() {
			for _, minor := range []int64{0, -123456789, 5} {
				m := New(minor, c)
				if got, err := Parse(m.Format(l), c, l); err != nil || got != m {
					t.Errorf("%s: %v is written %q and read as %v, %v", tag, m, m.Format(l), got, err)
				}
			}
		}
	}
}

func TestParsePlain(t *testing.T) {
	for _, c := range []struct {
		in       string
		currency Currency
		want     int64
		err      error
	}{
		{"1234.50", "EUR", 123450, nil},
		{"-0.01", "EUR", -1, nil},
		{"5", "EUR", 500, nil},
		{"5.1", "KWD", 5100, nil},
		{"5", "JPY", 5, nil},
		{"-92233720368547758.08", "EUR", math.MinInt64, nil},
		{"1,234.50", "EUR", 0, ErrNotAnAmount},
		{"1 234", "EUR", 0, ErrNotAnAmount},
		{" 5", "EUR", 0, ErrNotAnAmount},
		{"+5", "EUR", 0, ErrNotAnAmount},
		{"--5", "EUR", 0, ErrNotAnAmount},
		{"-", "EUR", 0, ErrNotAnAmount},
		{"", "EUR", 0, ErrNotAnAmount},
		{".5", "EUR", 0, ErrNotAnAmount},
		{"5.", "EUR", 0, ErrNotAnAmount},
		{"1.2.3", "EUR", 0, ErrNotAnAmount},
		{"1.234.567", "EUR", 0, ErrNotAnAmount},
		{"€5", "EUR", 0, ErrNotAnAmount},
		{"1e3", "EUR", 0, ErrNotAnAmount},
		{"٥", "EUR", 0, ErrNotAnAmount},
		{"1.234", "EUR", 0, ErrTooPrecise},
		{"1.0", "JPY", 0, ErrTooPrecise},
		{"92233720368547758.08", "EUR", 0, ErrOverflow},
		{"5", "XYZ", 0, ErrUnknownMoney},
	} {
		got, err := ParsePlain(c.in, c.currency)
		if !errors.Is(err, c.err) || err == nil && got != New(c.want, c.currency) {
			t.Errorf("ParsePlain(%q, %s) = %v, %v", c.in, c.currency, got, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", "1,234.56", "1.234,56 €", "-$5", "١٬٢٣٤٫٥٦", "1’234.50", "1e9", "NaN", "12,34,567", "٫", "kr.", ". .", "5٫5,5", "US$",
	} {
		for _, tag := range []string{"en-US", "de-DE", "ar", "en-IN"} {
			f.Add(s, "EUR", tag)
			f.Add(s, "KWD", tag)
		}
	}
	f.Fuzz(func(t *testing.T, s, code, tag string) {
		c, l := Currency(code), i18n.LocaleFor(tag)
		m, err := Parse(s, c, l)
		if err != nil {
			if m != (Money{}) || err.Error() == "" {
				t.Fatalf("%q gives %v and the error %q", s, m, err)
			}
			return
		}
		if m.Currency != c || !c.Valid() {
			t.Fatalf("%q of %s gives %v", s, c, m)
		}
		if again, err := Parse(m.Format(l), c, l); err != nil || again != m {
			t.Fatalf("%q in %s is %v, written %q, which is read as %v, %v", s, l.Tag, m, m.Format(l), again, err)
		}
		if plain, err := ParsePlain(m.FormatPlain(), c); err != nil || plain != m {
			t.Fatalf("%v is written %q, which is read as %v, %v", m, m.FormatPlain(), plain, err)
		}
	})
}
