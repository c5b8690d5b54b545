package billing

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"clientele/app/money"
)

// IN-3: tax by country and state.
func TestRatesFor(t *testing.T) {
	rules := []TaxRule{
		{Name: "QST", Country: "CA", State: "Québec", Rate: 99750},
		{Name: "GST", Country: "CA", Rate: money.PercentOf(5)},
		{Name: "GST", Country: "CA", State: "Québec", Rate: money.PercentOf(5)},
		{Name: "VAT", Country: "DE", Rate: money.PercentOf(19)},
		{Name: "None", Country: "DE", State: "Büsingen", Rate: 0},
		{Name: "World", Rate: money.PercentOf(1)},
		{Name: "Lost", State: "Texas", Rate: money.PercentOf(9)},
	}
	for _, c := range []struct{ country, state, want string }{
		{"CA", "Québec", "QST 9.975%, GST 5%"},
		{"ca", " QUEBEC ", "QST 9.975%, GST 5%"},
		{"CA", "Ontario", "GST 5%"},
		{"CA", "", "GST 5%"},
		{"DE", "Bayern", "VAT 19%"},
		{"DE", "busingen", "None 0%"},
		{"US", "Québec", "World 1%"},
		{"US", "Texas", "World 1%"},
		{"", "", "World 1%"},
		{"", "Texas", "World 1%"},
	} {
		if got := written(RatesFor(rules, c.country, c.state)); got != c.want {
			t.Errorf("%q, %q: %s, want %s", c.country, c.state, got, c.want)
		}
	}
	if got := RatesFor(rules[3:5], "FR", ""); len(got) != 0 {
		t.Errorf("in a country without a rule: %v", got)
	}
	if got := RatesFor(nil, "DE", ""); len(got) != 0 {
		t.Errorf("without rules: %v", got)
	}
}

// In which order the levels stand in the settings does not matter.
func TestPropertyNarrowestLevelWins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := rapid.SliceOf(rapid.Custom(func(t *rapid.T) TaxRule {
			return TaxRule{
				Name:    rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name"),
				Country: rapid.SampledFrom([]string{"", "DE", "CA"}).Draw(t, "country"),
				State:   rapid.SampledFrom([]string{"", "X", "Y"}).Draw(t, "state"),
				Rate:    money.Rate(rapid.Int64Range(0, 10).Draw(t, "rate")),
			}
		})).Draw(t, "rules")
		pick := func(country, state string) (out []TaxRate) {
			for _, r := range rules {
				if r.Country == country && r.State == state {
					out = append(out, TaxRate{r.Name, r.Rate})
				}
			}
			return out
		}
		want := pick("CA", "X")
		if want == nil {
			want = pick("CA", "")
		}
		if want == nil {
			want = pick("", "")
		}
		if got := RatesFor(rules, "CA", "X"); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestCheckTaxRule(t *testing.T) {
	for _, r := range []TaxRule{
		{Name: "VAT", Country: "DE", Rate: money.PercentOf(19)},
		{Name: "VAT", Country: "CA", State: "QC"},
		{Name: "VAT", Rate: money.PercentOf(100)},
	} {
		if err := r.Check(); err != nil {
			t.Errorf("%+v: %v", r, err)
		}
	}
	for _, r := range []TaxRule{
		{Name: " ", Country: "DE"},
		{Name: "VAT", Rate: -1},
		{Name: "VAT", Rate: money.PercentOf(100) + 1},
		{Name: "VAT", State: "Texas"},
		{Name: "VAT", Country: " ", State: "Texas"},
	} {
		if err := r.Check(); !errors.Is(err, ErrTaxRule) || err.Error() == "" {
			t.Errorf("%+v: %v", r, err)
		}
	}
}

func written(rates []TaxRate) string {
	var out []string
	for _, r := range rates {
		out = append(out, r.Name+" "+r.Rate.String())
	}
	return strings.Join(out, ", ")
}
