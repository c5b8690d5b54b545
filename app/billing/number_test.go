package billing

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"clientele/app/date"
)

// IN-2: the format of invoice numbers is a setting.
func TestNumberFormat(t *testing.T) {
	for _, c := range []struct {
		format string
		n      int64
		want   string
	}{
		{"{number}", 42, "42"},
		{"{number:1}", 42, "42"},
		{"{number:5}", 42, "00042"},
		{"{number:12}", 42, "000000000042"},
		{"{number:2}", 1234, "1234"},
		{"INV-{year}-{number:5}", 42, "INV-2026-00042"},
		{" {year}{month}/{number} ", 42, "202603/42"},
		{"№ {number} ({month}.{year})", 42, "№ 42 (03.2026)"},
		{"{year}{year}{number}", 1, "202620261"},
		{"{number}", 9223372036854775807, "9223372036854775807"},
	} {
		f, err := ParseNumberFormat(c.format)
		if err != nil {
			t.Errorf("%q: %v", c.format, err)
			continue
		}
		if got := f.Format(c.n, date.MustNew(2026, 3, 31)); got != c.want || f.String() != strings.TrimSpace(c.format) {
			t.Errorf("%q of %d is %q", f, c.n, got)
		}
	}
	// Fields have one width, else numbers of an invoice without a date might be those of others.
	if f, err := ParseNumberFormat("{year}{month}{number}"); err != nil || f.Format(42, date.Date{}) != "00000042" {
		t.Errorf("without a date it is %q, %v", f.Format(42, date.Date{}), err)
	}
	if got := (NumberFormat{}).Format(42, date.Date{}); got != "42" || (NumberFormat{}).String() != "{number}" {
		t.Errorf("without a format it is %q", got)
	}
}

// IN-2: numbers go on with a new year.
func TestNumbersDoNotBeginAgain(t *testing.T) {
	f, err := ParseNumberFormat("{year}-{number}")
	if err != nil {
		t.Fatal(err)
	}
	if a, b := f.Format(7, date.MustNew(2026, 12, 31)), f.Format(8, date.MustNew(2027, 1, 1)); a != "2026-7" || b != "2027-8" {
		t.Errorf("%s, then %s", a, b)
	}
}

func TestNumberFormatRefuses(t *testing.T) {
	for in, part := range map[string]string{
		"":                                   "must contain {number} once",
		"INV-{year}":                         "must contain {number} once",
		"{number}{number:3}":                 "must contain {number} once",
		"{number":                            "A brace is missing",
		"number}":                            "A brace is missing",
		"{number}}":                          "A brace is missing",
		"{{number}}":                         "A brace is missing",
		"{Number}":                           "“{Number}” is not known",
		"{day}{number}":                      "“{day}” is not known",
		"{}{number}":                         "“{}” is not known",
		"{year:2}{number}":                   "“{year:2}” is not known",
		"{number:}":                          "“{number:}” does not say",
		"{number:0}":                         "“{number:0}” does not say",
		"{number:05}":                        "“{number:05}” does not say",
		"{number:+5}":                        "“{number:+5}” does not say",
		"{number:13}":                        "“{number:13}” does not say",
		"{number:99999999999}":               "does not say",
		"{number}\nX":                        "cannot be seen",
		"{number}\u202eX":                    "cannot be seen",
		"{number}\xff":                       "cannot be seen",
		strings.Repeat("x", 33) + "{number}": "at most 40 characters",
	} {
		f, err := ParseNumberFormat(in)
		if !errors.Is(err, ErrNumberFormat) || !strings.Contains(err.Error(), part) || f.String() != "{number}" {
			t.Errorf("%q: %v, %v", in, f, err)
		}
	}
	if _, err := ParseNumberFormat(strings.Repeat("ß", 32) + "{number}"); err != nil {
		t.Errorf("40 characters: %v", err)
	}
}

// IN-2: no two invoices have one number, whenever they were issued.
func TestPropertyNumbersAreUnique(t *testing.T) {
	pieces := []string{"{year}", "{month}", "0", "1", "-", "2026", "INV"}
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 2) // within 40 characters
		format := strings.Join(some.Draw(t, "before"), "") +
			rapid.SampledFrom([]string{"{number}", "{number:4}"}).Draw(t, "number") + strings.Join(some.Draw(t, "after"), "")
		f, err := ParseNumberFormat(format)
		if err != nil {
			t.Fatal(err)
		}
		number := rapid.Int64Range(1, 100_000)
		when := rapid.Custom(func(t *rapid.T) date.Date {
			return date.MustNew(1900, 1, 1).AddDays(rapid.IntRange(0, 100_000).Draw(t, "days"))
		})
		n, m := number.Draw(t, "n"), number.Draw(t, "m")
		a, b := f.Format(n, when.Draw(t, "issued n")), f.Format(m, when.Draw(t, "issued m"))
		if n != m && a == b {
			t.Fatalf("%s writes %d and %d as %s", f, n, m, a)
		}
	})
}

func FuzzParseNumberFormat(f *testing.F) {
	for _, s := range []string{"", "{number}", "INV-{year}-{number:5}", "{", "}", "{}", "{{number}}", "{number:99}", "{year}{month}{number:12}", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		format, err := ParseNumberFormat(s)
		if err != nil {
			if !errors.Is(err, ErrNumberFormat) || err.Error() == "" {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		issued := date.MustNew(2026, 3, 31)
		one, two := format.Format(1, issued), format.Format(2, issued)
		if one == two || !utf8.ValidString(one) || strings.ContainsAny(one, "{}\n") || utf8.RuneCountInString(one) > 60 {
			t.Fatalf("%q writes %q and %q", s, one, two)
		}
		again, err := ParseNumberFormat(format.String())
		if err != nil || again.Format(1, issued) != one {
			t.Fatalf("%q is kept as %q, which gives %v", s, format, err)
		}
	})
}
