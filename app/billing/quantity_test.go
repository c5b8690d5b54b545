package billing

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"clientele/app/i18n"
	"clientele/app/money"
)

// IN-3: quantities on lines.
func TestParseQuantity(t *testing.T) {
	for _, c := range []struct {
		locale, in string
		want       Quantity
		written    string
	}{
		{"en-US", "1", One, "1"},
		{"en-US", " 1.5 ", 1500, "1.5"},
		{"en-US", "0.001", 1, "0.001"},
		{"en-US", "0.050", 50, "0.05"},
		{"en-US", ".5", 500, "0.5"},
		{"en-US", "+2", 2000, "2"},
		{"en-US", "1,234.5", 1234500, "1,234.5"},
		{"en-US", "2,5", 2500, "2.5"},
		{"en-US", "999,999,999.999", MaxQuantity, "999,999,999.999"},
		{"de-DE", "1,5", 1500, "1,5"},
		{"de-DE", "1.234", 1234000, "1.234"},
		{"de-DE", "1.234,567", 1234567, "1.234,567"},
		{"sv-SE", "1 234,5", 1234500, "1\u00a0234,5"},
		{"en-IN", "12,34,567", 1234567000, "12,34,567"},
		{"fa", "۱٫۵", 1500, "۱٫۵"},
		{"en-US", "١٫٥", 1500, "1.5"},
	} {
		l := i18n.LocaleFor(c.locale)
		got, err := ParseQuantity(c.in, l)
		if err != nil || got != c.want || got.Format(l) != c.written {
			t.Errorf("%s: %q is %v, written %q, %v", c.locale, c.in, got, got.Format(l), err)
		}
	}
}

func TestParseQuantityRefuses(t *testing.T) {
	for _, c := range []struct{ locale, in, sentence string }{
		{"en-US", "", "Type a quantity."},
		{"en-US", " \u00a0", "Type a quantity."},
		{"en-US", "two", "“two” is not clearly a quantity. Write it like 1,234.5."},
		{"en-US", "5%", "“5%” is not clearly a quantity. Write it like 1,234.5."},
		{"en-US", "1e3", "“1e3” is not clearly a quantity. Write it like 1,234.5."},
		{"en-US", "1,23,456", "“1,23,456” is not clearly a quantity. Write it like 1,234.5."},
		{"sv-SE", "1.234", "“1.234” is not clearly a quantity. Write it like 1\u00a0234,5."}, // grouped, or a decimal point?
		{"de-DE", "1.5.2", "“1.5.2” is not clearly a quantity. Write it like 1.234,5."},
		{"en-US", "1.2345", "“1.2345” has too many decimals: a quantity has at most 3."},
		{"en-US", "1.00005", "“1.00005” has too many decimals: a quantity has at most 3."},
		{"en-US", "0", ErrQuantity.Error()},
		{"en-US", "-1", ErrQuantity.Error()},
		{"en-US", "1,000,000,000", "“1,000,000,000” is too large for a quantity."},
		{"en-US", "99999999999999999999", "“99999999999999999999” is too large for a quantity."},
	} {
		got, err := ParseQuantity(c.in, i18n.LocaleFor(c.locale))
		if !errors.Is(err, ErrQuantity) || got != 0 || err.Error() != c.sentence {
			t.Errorf("%s: %q is %v, %v", c.locale, c.in, got, err)
		}
	}
}

func TestParsePlainQuantity(t *testing.T) {
	for in, want := range map[string]Quantity{
		"1": 1000, "1.5": 1500, "0.001": 1, "1.500": 1500, "0001": 1000, "999999999.999": MaxQuantity,
	} {
		if got, err := ParsePlainQuantity(in); err != nil || got != want {
			t.Errorf("%q is %v, %v", in, got, err)
		}
	}
	for _, in := range []string{
		"", "0", "0.000", "-1", "+1", " 1", "1 ", "1,5", "1.", ".5", "1.2345", "1.2.3", "1000000000", "99999999999999999999",
		"1e3", "٥", "1_000", "0x10",
	} {
		if got, err := ParsePlainQuantity(in); !errors.Is(err, ErrQuantity) || got != 0 || err.Error() == "" {
			t.Errorf("%q is %v, %v", in, got, err)
		}
	}
}

func TestFormatQuantity(t *testing.T) {
	for q, want := range map[Quantity]string{
		0: "0", -1500: "-1.5", math.MinInt64: "-9223372036854775.808", math.MaxInt64: "9223372036854775.807", 1050: "1.05",
	} {
		if got := q.FormatPlain(); got != want || q.String() != want {
			t.Errorf("%d is written %q", int64(q), got)
		}
	}
	if got := Quantity(-1234500).Format(i18n.LocaleFor("sv-SE")); got != "−1\u00a0234,5" {
		t.Errorf("written %q", got)
	}
	if got := Quantity(1500).Format(i18n.Locale{}); got != "1.5" {
		t.Errorf("without a locale, written %q", got)
	}
}

func TestQuantityOfPrice(t *testing.T) {
	for _, c := range []struct {
		q           Quantity
		price, want int64
	}{
		{One, 999, 999},
		{1500, 1235, 1853},   // 1852.5
		{1500, -1235, -1853}, // away from zero
		{1, 499, 0},          // 0.499
		{1, 500, 1},          // 0.5
		{333, 1000, 333},
		{One, math.MinInt64, math.MinInt64},
	} {
		if got, err := c.q.Of(money.New(c.price, "EUR")); err != nil || got.Minor != c.want {
			t.Errorf("%v × %d is %v, %v", c.q, c.price, got, err)
		}
	}
	if _, err := Quantity(1001).Of(money.New(math.MaxInt64, "EUR")); !errors.Is(err, money.ErrOverflow) {
		t.Errorf("an amount too large gives %v", err)
	}
}

func TestPropertyQuantityAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := Quantity(rapid.Int64Range(1, int64(MaxQuantity)).Draw(t, "q"))
		l := i18n.LocaleFor(rapid.SampledFrom([]string{"en-US", "de-DE", "sv-SE", "en-IN", "de-CH", "fa", "fr-FR"}).Draw(t, "locale"))
		if got, err := ParseQuantity(q.Format(l), l); err != nil || got != q {
			t.Fatalf("%s: %v is written %q, which is %v, %v", l.Tag, q, q.Format(l), got, err)
		}
		if got, err := ParsePlainQuantity(q.FormatPlain()); err != nil || got != q {
			t.Fatalf("%v is written %q, which is %v, %v", int64(q), q.FormatPlain(), got, err)
		}
	})
}

func FuzzParseQuantity(f *testing.F) {
	for _, s := range []string{"", "1", "1.5", "1,234.5", "1.234,567", "٫", "5%", "1e9", "-1", "0", "12,34,567", "1’234", ". .", "1.2340"} {
		for _, tag := range []string{"en-US", "de-DE", "ar", "en-IN"} {
			f.Add(s, tag)
		}
	}
	f.Fuzz(func(t *testing.T, s, tag string) {
		l := i18n.LocaleFor(tag)
		q, err := ParseQuantity(s, l)
		if err != nil {
			if q != 0 || !errors.Is(err, ErrQuantity) || err.Error() == "" {
				t.Fatalf("%q gives %v and the error %v", s, q, err)
			}
		} else if again, err := ParseQuantity(q.Format(l), l); !q.Valid() || err != nil || again != q {
			t.Fatalf("%q in %s is %v, written %q, which is read as %v, %v", s, l.Tag, q, q.Format(l), again, err)
		}
		plain, err := ParsePlainQuantity(s)
		if err != nil {
			return
		}
		if same, err := ParseQuantity(plain.FormatPlain(), i18n.LocaleFor("en-US")); !plain.Valid() || err != nil || same != plain {
			t.Fatalf("%q is plainly %v, but typed %v, %v", s, plain, same, err)
		}
	})
}
