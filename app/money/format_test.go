package money

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"clientele/app/i18n"
)

// AP-5: money by locale.
func TestFormat(t *testing.T) {
	for _, c := range []struct {
		locale, want string
		m            Money
	}{
		{"en-US", "$1,234.50", New(123450, "USD")},
		{"en-US", "-$1,234.50", New(-123450, "USD")},
		{"en-US", "$0.05", New(5, "USD")},
		{"en-US", "-$0.05", New(-5, "USD")},
		{"en-US", "€1,234.50", New(123450, "EUR")},
		{"en-US", "CHF\u00a01,234.50", New(123450, "CHF")},
		{"en-US", "¥1,234", New(1234, "JPY")},
		{"en-US", "KWD\u00a01.234", New(1234, "KWD")},
		{"en-GB", "£1,234.50", New(123450, "GBP")},
		{"en-IN", "₹12,34,567.00", New(123456700, "INR")},
		{"de-DE", "1.234,50\u00a0€", New(123450, "EUR")},
		{"de-DE", "-1.234,50\u00a0€", New(-123450, "EUR")},
		{"de-CH", "CHF\u00a01’234.50", New(123450, "CHF")},
		{"de-AT", "€\u00a01\u00a0234,50", New(123450, "EUR")},
		{"fr-FR", "1\u00a0234,50\u00a0€", New(123450, "EUR")},
		{"sv-SE", "−1\u00a0234,50\u00a0kr", New(-123450, "SEK")},
		{"nl-NL", "€\u00a01.234,50", New(123450, "EUR")},
		{"pt-BR", "R$\u00a01.234,50", New(123450, "BRL")},
		{"en-US", "$92,233,720,368,547,758.07", New(maxMinor, "USD")},
		{"en-US", "-$92,233,720,368,547,758.08", New(minMinor, "USD")},
		{"en-US", "5.00", New(500, "")},
		{"en-US", "-5.00", New(-500, "")},
		{"", "$5.00", New(500, "USD")},
	} {
		var l i18n.Locale
		if c.locale != "" {
			l = i18n.LocaleFor(c.locale)
		}
		if got := c.m.Format(l); got != c.want {
			t.Errorf("%s: %v is written %q, want %q", c.locale, c.m, got, c.want)
		}
	}
	if got := New(-123450, "EUR").FormatNumber(i18n.LocaleFor("de-DE")); got != "-1.234,50" {
		t.Errorf("the bare number is %q", got)
	}
}

func TestFormatPlain(t *testing.T) {
	for _, c := range []struct {
		m    Money
		want string
	}{
		{New(123450, "EUR"), "1234.50"},
		{New(-5, "EUR"), "-0.05"},
		{New(0, "EUR"), "0.00"},
		{New(1234, "JPY"), "1234"},
		{New(-1, "KWD"), "-0.001"},
		{New(minMinor, "EUR"), "-92233720368547758.08"},
	} {
		if got := c.m.FormatPlain(); got != c.want {
			t.Errorf("%d %s is %q, want %q", c.m.Minor, c.m.Currency, got, c.want)
		}
	}
	if got := New(123450, "EUR").String(); got != "1234.50 EUR" {
		t.Errorf("%q", got)
	}
}

func TestRate(t *testing.T) {
	for _, c := range []struct {
		locale, in string
		want       Rate
		written    string
	}{
		{"en-US", "19", 190000, "19"},
		{"en-US", "19%", 190000, "19"},
		{"en-US", " 9.975 % ", 99750, "9.975"},
		{"de-DE", "9,975", 99750, "9,975"},
		{"de-DE", "7.7", 77000, "7,7"},
		{"en-US", "-2.5", -25000, "-2.5"},
		{"en-US", "0", 0, "0"},
		{"en-US", "0.0001", 1, "0.0001"},
		{"en-US", "1,000", 10000000, "1,000"},
	} {
		l := i18n.LocaleFor(c.locale)
		got, err := ParseRate(c.in, l)
		if err != nil || got != c.want || got.Format(l) != c.written {
			t.Errorf("%s: %q is %d, written %q, %v", c.locale, c.in, got, got.Format(l), err)
		}
	}
	for in, want := range map[string]error{
		"": ErrNotAnAmount, "%": ErrNotAnAmount, "%5": ErrNotAnAmount, "x": ErrNotAnAmount, "5%%": ErrNotAnAmount,
		"1e2": ErrNotAnAmount, "0.00001": ErrTooPrecise, "99999999999999999": ErrOverflow,
	} {
		if got, err := ParseRate(in, i18n.LocaleFor("en-US")); !errors.Is(err, want) || err.Error() == "" {
			t.Errorf("%q is %d, %v", in, got, err)
		}
	}
	if got := Rate(-99750).String() + " " + PercentOf(19).String(); got != "-9.975% 19%" {
		t.Errorf("%s", got)
	}
}

// IN-3: tax, half away from zero.
func TestPercent(t *testing.T) {
	for _, c := range []struct {
		minor int64
		rate  Rate
		want  int64
	}{
		{999, PercentOf(19), 190}, // 189.81
		{10000, 99750, 998},       // 997.5
		{-10000, 99750, -998},     // -997.5
		{10000, 99749, 997},       // 997.49
		{50, PercentOf(1), 1},     // 0.5
		{12345, PercentOf(0), 0},  //
		{12345, PercentOf(100), 12345},
		{maxMinor, PercentOf(100), maxMinor},
	} {
		if got, err := eur(c.minor).Percent(c.rate); err != nil || got != eur(c.want) {
			t.Errorf("%v of %d is %v, %v, want %d", c.rate, c.minor, got.Minor, err, c.want)
		}
	}
	if _, err := eur(maxMinor).Percent(PercentOf(101)); !errors.Is(err, ErrOverflow) {
		t.Error(err)
	}
}

func TestPropertyRateIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := i18n.LocaleFor(rapid.SampledFrom(tags).Draw(t, "locale"))
		r := Rate(rapid.Int64().Draw(t, "rate"))
		if got, err := ParseRate(r.Format(l)+"%", l); err != nil || got != r {
			t.Fatalf("%s: %v is written %q and read as %v, %v", l.Tag, r, r.Format(l), got, err)
		}
	})
}

func BenchmarkFormat(b *testing.B) {
	l := i18n.LocaleFor("de-DE")
	m := New(123456789, "EUR")
	for b.Loop() {
		_ = m.Format(l)
	}
}

func BenchmarkParse(b *testing.B) {
	l := i18n.LocaleFor("de-DE")
	for b.Loop() {
		if _, err := Parse("1.234.567,89 €", "EUR", l); err != nil {
			b.Fatal(err)
		}
	}
}
