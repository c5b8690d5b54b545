package billing

import (
	"errors"
	"math"
	"math/big"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"clientele/app/money"
)

var (
	vat19  = TaxRate{"VAT", money.PercentOf(19)}
	vat20  = TaxRate{"VAT", money.PercentOf(20)}
	vat7   = TaxRate{"VAT", money.PercentOf(7)}
	quebec = []TaxRate{{"GST", money.PercentOf(5)}, {"QST", 99750}}
)

// IN-3, IN-7: worked examples. Each number was worked out by hand; the comment beside it has what was rounded.
func TestComputeWorkedExamples(t *testing.T) {
	type sums [3]int64 // net, tax, gross
	type rated [2]int64
	for _, c := range []struct {
		name     string
		currency money.Currency
		tax      Tax
		lines    []Line
		each     []sums
		rates    []rated // base, tax
		discount int64
		total    sums
	}{
		{
			name: "19 % on top", currency: "EUR", tax: Tax{Mode: Exclusive, Rates: []TaxRate{vat19}},
			lines: []Line{taxed(3*One, 999)},
			each:  []sums{{2997, 569, 3566}}, // 5.6943
			rates: []rated{{2997, 569}}, total: sums{2997, 569, 3566},
		},
		{
			name: "a quantity that rounds", currency: "EUR", tax: Tax{Mode: Exclusive, Rates: []TaxRate{vat7}},
			lines: []Line{taxed(1500, 1235)},
			each:  []sums{{1853, 130, 1983}}, // 18.525, 1.2971
			rates: []rated{{1853, 130}}, total: sums{1853, 130, 1983},
		},
		{
			name: "rounded on each line, not on the sum", currency: "EUR", tax: Tax{Mode: Exclusive, Rates: []TaxRate{vat19}},
			lines: []Line{taxed(One, 3), taxed(One, 3), taxed(One, 3)},
			each:  []sums{{3, 1, 4}, {3, 1, 4}, {3, 1, 4}}, // 0.0057 each; of the sum it would be 0.0171
			rates: []rated{{9, 3}}, total: sums{9, 3, 12},
		},
		{
			name: "lines that are not taxed", currency: "EUR", tax: Tax{Mode: Exclusive, Rates: []TaxRate{vat19}},
			lines: []Line{taxed(One, 10000), untaxed(2*One, 250)},
			each:  []sums{{10000, 1900, 11900}, {500, 0, 500}},
			rates: []rated{{10000, 1900}}, total: sums{10500, 1900, 12400},
		},
		{
			name: "a currency without decimals", currency: "JPY", tax: Tax{Mode: Exclusive, Rates: []TaxRate{{"消費税", money.PercentOf(10)}}},
			lines: []Line{taxed(3*One, 333), taxed(500, 333)},
			each:  []sums{{999, 100, 1099}, {167, 17, 184}}, // 99.9; 166.5, 16.7
			rates: []rated{{1166, 117}}, total: sums{1166, 117, 1283},
		},
		{
			name: "a currency with three decimals", currency: "KWD", tax: Tax{Mode: Exclusive, Rates: []TaxRate{{"VAT", money.PercentOf(5)}}},
			lines: []Line{taxed(2*One, 1235)},
			each:  []sums{{2470, 124, 2594}}, // 0.1235
			rates: []rated{{2470, 124}}, total: sums{2470, 124, 2594},
		},
		{
			name: "two taxes beside each other", currency: "CAD", tax: Tax{Mode: Exclusive, Rates: quebec},
			lines: []Line{taxed(One, 10000), taxed(3*One, 4999)},
			each:  []sums{{10000, 1498, 11498}, {14997, 2246, 17243}}, // 5.00 + 9.975; 7.4985 + 14.9595075
			rates: []rated{{24997, 1250}, {24997, 2494}}, total: sums{24997, 3744, 28741},
		},
		{
			name: "20 % in the price", currency: "GBP", tax: Tax{Mode: Inclusive, Rates: []TaxRate{vat20}},
			lines: []Line{taxed(One, 1200), taxed(One, 999), untaxed(One, 500)},
			each:  []sums{{1000, 200, 1200}, {832, 167, 999}, {500, 0, 500}}, // 1.665
			rates: []rated{{1832, 367}}, total: sums{2332, 367, 2699},
		},
		{
			name: "19 % in the price", currency: "EUR", tax: Tax{Mode: Inclusive, Rates: []TaxRate{vat19}},
			lines: []Line{taxed(One, 10000)},
			each:  []sums{{8403, 1597, 10000}}, // 15.96638…
			rates: []rated{{8403, 1597}}, total: sums{8403, 1597, 10000},
		},
		{
			name: "two taxes in the price", currency: "CAD", tax: Tax{Mode: Inclusive, Rates: quebec},
			lines: []Line{taxed(One, 11498)},
			each:  []sums{{10000, 1498, 11498}}, // 5.00021… + 9.97543…
			rates: []rated{{10000, 500}, {10000, 998}}, total: sums{10000, 1498, 11498},
		},
		{
			name: "discounts", currency: "EUR", tax: Tax{Mode: Exclusive, Rates: []TaxRate{vat19}},
			lines: []Line{less(taxed(One, 10000), 333333), less(taxed(One, 5), 500000), less(taxed(One, 700), 1000000)},
			each:  []sums{{6667, 1267, 7934}, {2, 0, 2}, {0, 0, 0}}, // 33.3333, 12.6673; 0.025, 0.0038; all of it
			rates: []rated{{6669, 1267}}, discount: 3333 + 3 + 700, total: sums{6669, 1267, 7936},
		},
		{
			name: "a discount with tax in the price", currency: "EUR", tax: Tax{Mode: Inclusive, Rates: []TaxRate{vat20}},
			lines: []Line{less(taxed(One, 1200), 250000)},
			each:  []sums{{750, 150, 900}},
			rates: []rated{{750, 150}}, discount: 300, total: sums{750, 150, 900},
		},
		{
			name: "lines that deduct", currency: "EUR", tax: Tax{Mode: Exclusive, Rates: []TaxRate{vat19}},
			lines: []Line{taxed(One, 5000), taxed(One, -1000), less(taxed(One, -1000), 250000)},
			each:  []sums{{5000, 950, 5950}, {-1000, -190, -1190}, {-750, -143, -893}}, // -1.425
			rates: []rated{{3250, 617}}, discount: -250, total: sums{3250, 617, 3867},
		},
		{
			name: "deducted with tax in the price", currency: "EUR", tax: Tax{Mode: Inclusive, Rates: []TaxRate{vat20}},
			lines: []Line{taxed(One, -999)},
			each:  []sums{{-832, -167, -999}}, // -1.665
			rates: []rated{{-832, -167}}, total: sums{-832, -167, -999},
		},
		{
			name: "exempt", currency: "EUR", tax: Tax{Mode: Exclusive, Rates: []TaxRate{vat19}, Exempt: true},
			lines: []Line{taxed(3*One, 999), untaxed(One, 100)},
			each:  []sums{{2997, 0, 2997}, {100, 0, 100}}, total: sums{3097, 0, 3097},
		},
		{
			name: "exempt, with tax in the price", currency: "GBP", tax: Tax{Mode: Inclusive, Rates: []TaxRate{vat20}, Exempt: true},
			lines: []Line{taxed(One, 999), untaxed(One, 500)},
			each:  []sums{{832, 0, 832}, {500, 0, 500}}, total: sums{1332, 0, 1332},
		},
		{
			name: "a rate of nothing is shown", currency: "EUR", tax: Tax{Mode: Inclusive, Rates: []TaxRate{{"Reverse charge", 0}}},
			lines: []Line{taxed(One, 1200)},
			each:  []sums{{1200, 0, 1200}}, rates: []rated{{1200, 0}}, total: sums{1200, 0, 1200},
		},
		{
			name: "no rate fits the place", currency: "EUR", tax: Tax{Mode: Inclusive},
			lines: []Line{taxed(One, 1200)},
			each:  []sums{{1200, 0, 1200}}, total: sums{1200, 0, 1200},
		},
		{name: "no lines yet", currency: "EUR", tax: Tax{Mode: Exclusive, Rates: []TaxRate{vat19}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i := range c.lines {
				c.lines[i].UnitPrice.Currency = c.currency
			}
			got, err := Compute(c.currency, c.lines, c.tax)
			if err != nil {
				t.Fatal(err)
			}
			minor := func(m ...money.Money) (s sums) {
				for i, m := range m {
					if m.Currency != c.currency {
						t.Errorf("an amount in %s", m.Currency)
					}
					s[i] = m.Minor
				}
				return s
			}
			if s := minor(got.Subtotal, got.Tax, got.Total); s != c.total {
				t.Errorf("totals %v, want %v", s, c.total)
			}
			if s := minor(got.Discount); s[0] != c.discount {
				t.Errorf("discount %d, want %d", s[0], c.discount)
			}
			if len(got.Lines) != len(c.lines) || len(got.Taxes) != len(c.rates) {
				t.Fatalf("%d lines and %d taxes", len(got.Lines), len(got.Taxes))
			}
			for i, l := range got.Lines {
				if s := minor(l.Net, l.Tax, l.Gross); s != c.each[i] {
					t.Errorf("line %d: %v, want %v", i, s, c.each[i])
				}
			}
			for i, r := range got.Taxes {
				if s := minor(r.Base, r.Tax); rated(s[:2]) != c.rates[i] || r.TaxRate != c.tax.Rates[i] {
					t.Errorf("%v: %v, want %v", r.TaxRate, s, c.rates[i])
				}
			}
		})
	}
}

func TestComputeRefuses(t *testing.T) {
	good := taxed(One, 100)
	top := Tax{Mode: Exclusive, Rates: []TaxRate{vat19}}
	for _, c := range []struct {
		name string
		bad  Line
		want error
	}{
		{"no quantity", taxed(0, 100), ErrQuantity},
		{"a quantity below zero", taxed(-One, 100), ErrQuantity},
		{"a quantity too large", taxed(MaxQuantity+1, 100), ErrQuantity},
		{"a discount below zero", less(good, -1), ErrDiscount},
		{"a discount of more than all", less(good, 1000001), ErrDiscount},
		{"another currency", Line{Quantity: One, UnitPrice: money.New(100, "USD")}, money.ErrCurrencyMismatch},
		{"quantity × price", taxed(2*One, math.MaxInt64), money.ErrOverflow},
		{"price + tax", taxed(One, math.MaxInt64), money.ErrOverflow},
		{"the sum of the lines", untaxed(One, math.MaxInt64), money.ErrOverflow},
	} {
		got, err := Compute("EUR", []Line{good, c.bad}, top)
		var at *LineError
		if !errors.Is(err, c.want) || !errors.As(err, &at) || at.Line != 1 || !reflect.DeepEqual(got, Totals{}) {
			t.Errorf("%s: %v, %v", c.name, got, err)
		}
	}
	_, err := Compute("EUR", []Line{less(good, -1)}, top)
	if err == nil || err.Error() != "Line 1: A discount is from 0 to 100 percent." {
		t.Errorf("%v", err)
	}
	for _, rate := range []money.Rate{-1, 1000001} {
		if _, err := Compute("EUR", nil, Tax{Mode: Exclusive, Rates: []TaxRate{vat19, {"x", rate}}}); !errors.Is(err, ErrTaxRule) {
			t.Errorf("a tax of %v: %v", rate, err)
		}
	}
	if _, err := Compute("EUR", nil, Tax{}); err == nil {
		t.Error("prices that are neither with nor without tax were taken")
	}
}

// IN-3: whatever is invoiced, the columns add up, to the right and down.
func TestPropertyTotalsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines, tax := anyLines(t), anyTax(t)
		got, err := Compute("EUR", lines, tax)
		if err != nil {
			t.Fatal(err)
		}
		var net, taxSum, gross, discount int64
		base, perRate := int64(0), make([]int64, len(tax.Rates))
		for i, l := range got.Lines {
			net, taxSum, gross, discount = net+l.Net.Minor, taxSum+l.Tax.Minor, gross+l.Gross.Minor, discount+l.Discount.Minor
			if l.Net.Minor+l.Tax.Minor != l.Gross.Minor {
				t.Fatalf("line %d: %v + %v = %v", i, l.Net, l.Tax, l.Gross)
			}
			var sum int64
			for r, m := range l.Taxes {
				sum += m.Minor
				perRate[r] += m.Minor
			}
			if sum != l.Tax.Minor || len(l.Taxes) != 0 && (!lines[i].Taxed || tax.Exempt) {
				t.Fatalf("line %d has the taxes %v, in all %v", i, l.Taxes, l.Tax)
			}
			if lines[i].Taxed {
				base += l.Net.Minor
			}
		}
		if got.Subtotal.Minor != net || got.Tax.Minor != taxSum || got.Total.Minor != gross || got.Discount.Minor != discount ||
			net+taxSum != gross {
			t.Fatalf("%+v", got)
		}
		for r, sum := range got.Taxes {
			if sum.Tax.Minor != perRate[r] || sum.Base.Minor != base || sum.TaxRate != tax.Rates[r] {
				t.Fatalf("%+v, want base %d, tax %d", sum, base, perRate[r])
			}
		}
	})
}

// IN-3: each step is the exact fraction rounded once, half away from zero.
func TestPropertyLinesAreExactFractionsRounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines, tax := anyLines(t), anyTax(t)
		got, err := Compute("EUR", lines, tax)
		if err != nil {
			t.Fatal(err)
		}
		for i, l := range lines {
			amount := rounded(l.UnitPrice.Minor, int64(l.Quantity), 1000)
			discount := rounded(amount, int64(l.Discount), 1_000_000)
			price := amount - discount
			of, sum := int64(1_000_000), int64(0)
			if tax.Mode == Inclusive {
				for _, r := range tax.Rates {
					of += int64(r.Rate)
				}
			}
			for _, r := range tax.Rates {
				if l.Taxed {
					sum += rounded(price, int64(r.Rate), of)
				}
			}
			net, gross := price, price+sum
			if tax.Mode == Inclusive {
				net, gross = price-sum, price
			}
			if tax.Exempt {
				gross = net
			}
			had := got.Lines[i]
			if had.Amount.Minor != amount || had.Discount.Minor != discount || had.Net.Minor != net || had.Gross.Minor != gross {
				t.Fatalf("%+v is %+v, want net %d, gross %d", l, had, net, gross)
			}
		}
	})
}

func TestPropertyOrderOfLinesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines, tax := anyLines(t), anyTax(t)
		one, err := Compute("EUR", lines, tax)
		if err != nil {
			t.Fatal(err)
		}
		other, err := Compute("EUR", rapid.Permutation(lines).Draw(t, "shuffled"), tax)
		if err != nil {
			t.Fatal(err)
		}
		one.Lines, other.Lines = nil, nil
		if !reflect.DeepEqual(one, other) {
			t.Fatalf("%+v\n%+v", one, other)
		}
	})
}

// IN-3: who is exempt pays the net of the others, in either mode.
func TestPropertyExemptPaysTheNet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines, tax := anyLines(t), anyTax(t)
		tax.Exempt = false
		taxed, err := Compute("EUR", lines, tax)
		if err != nil {
			t.Fatal(err)
		}
		tax.Exempt = true
		exempt, err := Compute("EUR", lines, tax)
		if err != nil {
			t.Fatal(err)
		}
		if exempt.Total != taxed.Subtotal || !exempt.Tax.IsZero() || len(exempt.Taxes) != 0 {
			t.Fatalf("exempt %+v\ntaxed %+v", exempt, taxed)
		}
		if taxed.Total.Minor < exempt.Total.Minor && !anyBelowZero(lines) {
			t.Fatalf("exempt pays %v, others %v", exempt.Total, taxed.Total)
		}
	})
}

func anyBelowZero(lines []Line) bool {
	for _, l := range lines {
		if l.UnitPrice.Minor < 0 {
			return true
		}
	}
	return false
}

func taxed(q Quantity, price int64) Line {
	return Line{Quantity: q, UnitPrice: money.New(price, "EUR"), Taxed: true}
}

func untaxed(q Quantity, price int64) Line {
	return Line{Quantity: q, UnitPrice: money.New(price, "EUR")}
}

func less(l Line, discount money.Rate) Line {
	l.Discount = discount
	return l
}

// rounded is a · num / den by exact fractions, rounded half away from zero.
func rounded(a, num, den int64) int64 {
	exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(a), big.NewInt(num)), big.NewInt(den))
	half := big.NewRat(int64(exact.Sign()), 2)
	exact.Add(exact, half)
	return new(big.Int).Quo(exact.Num(), exact.Denom()).Int64() // Quo cuts towards zero
}

func anyLines(t *rapid.T) []Line {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Line {
		return Line{
			Quantity:  Quantity(rapid.Int64Range(1, 100_000).Draw(t, "quantity")),
			UnitPrice: money.New(rapid.Int64Range(-100_000, 1_000_000).Draw(t, "price"), "EUR"),
			Discount:  money.Rate(rapid.Int64Range(0, 1_000_000).Draw(t, "discount")),
			Taxed:     rapid.Bool().Draw(t, "taxed"),
		}
	}), 0, 12).Draw(t, "lines")
}

func anyTax(t *rapid.T) Tax {
	return Tax{
		Mode: rapid.SampledFrom([]TaxMode{Exclusive, Inclusive}).Draw(t, "mode"),
		Rates: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) TaxRate {
			return TaxRate{rapid.SampledFrom([]string{"VAT", "GST"}).Draw(t, "name"), money.Rate(rapid.Int64Range(0, 1_000_000).Draw(t, "rate"))}
		}), 0, 3).Draw(t, "rates"),
		Exempt: rapid.Bool().Draw(t, "exempt"),
	}
}
