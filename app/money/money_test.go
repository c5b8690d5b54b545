package money

import (
	"errors"
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

const (
	maxMinor = math.MaxInt64
	minMinor = math.MinInt64
)

func eur(minor int64) Money { return New(minor, "EUR") }

func TestAddSub(t *testing.T) {
	for _, c := range []struct {
		a, b     int64
		sum      int64
		sumErr   error
		minus    int64
		minusErr error
	}{
		{1050, 250, 1300, nil, 800, nil},
		{-1050, 250, -800, nil, -1300, nil},
		{0, 0, 0, nil, 0, nil},
		{maxMinor, 1, 0, ErrOverflow, maxMinor - 1, nil},
		{minMinor, 1, minMinor + 1, nil, 0, ErrOverflow},
		{minMinor, -1, 0, ErrOverflow, minMinor + 1, nil},
		{maxMinor, maxMinor, 0, ErrOverflow, 0, nil},
		{minMinor, minMinor, 0, ErrOverflow, 0, nil},
		{maxMinor, minMinor, -1, nil, 0, ErrOverflow},
		{0, minMinor, minMinor, nil, 0, ErrOverflow},
		{-1, minMinor, 0, ErrOverflow, maxMinor, nil},
	} {
		if got, err := eur(c.a).Add(eur(c.b)); !errors.Is(err, c.sumErr) || err == nil && got != eur(c.sum) {
			t.Errorf("%d + %d = %v, %v", c.a, c.b, got, err)
		}
		if got, err := eur(c.a).Sub(eur(c.b)); !errors.Is(err, c.minusErr) || err == nil && got != eur(c.minus) {
			t.Errorf("%d - %d = %v, %v", c.a, c.b, got, err)
		}
	}
}

// IN-7: totals never mix currencies.
func TestCurrenciesNeverMix(t *testing.T) {
	a, b := New(1, "EUR"), New(1, "USD")
	if _, err := a.Add(b); !errors.Is(err, ErrCurrencyMismatch) {
		t.Error(err)
	}
	if _, err := a.Sub(b); !errors.Is(err, ErrCurrencyMismatch) {
		t.Error(err)
	}
	if _, err := a.Cmp(b); !errors.Is(err, ErrCurrencyMismatch) {
		t.Error(err)
	}
	if _, err := Sum("EUR", a, b); !errors.Is(err, ErrCurrencyMismatch) {
		t.Error(err)
	}
	if _, err := a.Add(Money{}); !errors.Is(err, ErrCurrencyMismatch) {
		t.Error("the zero Money was added")
	}
}

func TestNegAbsCmp(t *testing.T) {
	if got, err := eur(5).Neg(); err != nil || got != eur(-5) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := eur(minMinor).Neg(); !errors.Is(err, ErrOverflow) {
		t.Error(err)
	}
	if got, err := eur(-5).Abs(); err != nil || got != eur(5) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := eur(minMinor).Abs(); !errors.Is(err, ErrOverflow) {
		t.Error(err)
	}
	for _, c := range []struct{ a, b, want int64 }{{1, 2, -1}, {2, 2, 0}, {3, 2, 1}, {minMinor, maxMinor, -1}} {
		if got, err := eur(c.a).Cmp(eur(c.b)); err != nil || int64(got) != c.want {
			t.Errorf("%d against %d is %d, %v", c.a, c.b, got, err)
		}
	}
	if eur(-1).Sign() != -1 || eur(0).Sign() != 0 || eur(1).Sign() != 1 || !eur(0).IsZero() || eur(1).IsZero() {
		t.Error("the sign is wrong")
	}
}

func TestSum(t *testing.T) {
	if got, err := Sum("EUR"); err != nil || got != eur(0) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := Sum("EUR", eur(1), eur(-3), eur(10)); err != nil || got != eur(8) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := Sum("EUR", eur(maxMinor), eur(1), eur(-1)); !errors.Is(err, ErrOverflow) {
		t.Error(err)
	}
}

// IN-3: half away from zero.
func TestMulRatio(t *testing.T) {
	for _, c := range []struct {
		m, num, den int64
		want        int64
		ok          bool
	}{
		{999, 19, 100, 190, true}, // 189.81
		{50, 1, 100, 1, true},     // 0.5
		{-50, 1, 100, -1, true},   // -0.5
		{49, 1, 100, 0, true},
		{-49, 1, 100, 0, true},
		{250, 1, 100, 3, true}, // 2.5, where bankers would say 2
		{-250, 1, 100, -3, true},
		{250, -1, 100, -3, true},
		{250, 1, -100, -3, true},
		{-250, -1, 100, 3, true},
		{-250, -1, -100, -3, true},
		{1, 1, 3, 0, true},
		{2, 1, 3, 1, true},
		{100, 0, 7, 0, true},
		{0, 7, 3, 0, true},
		{maxMinor, 1, 1, maxMinor, true},
		{minMinor, 1, 1, minMinor, true},
		{minMinor, minMinor, minMinor, minMinor, true},
		{maxMinor, maxMinor, maxMinor, maxMinor, true}, // the product needs 126 bits
		{maxMinor, 2, 4, maxMinor/2 + 1, true},         // ends in .5
		{minMinor, -1, 1, 0, false},
		{maxMinor, 2, 1, 0, false},
		{maxMinor, maxMinor, 1, 0, false},
		{1, 1, 0, 0, false},
	} {
		got, err := eur(c.m).MulRatio(c.num, c.den)
		if c.ok && (err != nil || got != eur(c.want)) || !c.ok && !errors.Is(err, ErrOverflow) {
			t.Errorf("%d * %d / %d = %v, %v, want %d", c.m, c.num, c.den, got.Minor, err, c.want)
		}
	}
	if got, err := eur(-7).Mul(3); err != nil || got != eur(-21) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestPropertyMulRatioIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, num := rapid.Int64().Draw(t, "m"), rapid.Int64().Draw(t, "num")
		den := rapid.Int64().Filter(func(n int64) bool { return n != 0 }).Draw(t, "den")
		// The same by exact numbers: ⌊|2·m·num/den| + 1⌋ / 2 with the sign put back.
		p := new(big.Int).Mul(big.NewInt(m), big.NewInt(num))
		sign := p.Sign() * big.NewInt(den).Sign()
		p.Abs(p).Lsh(p, 1)
		d := new(big.Int).Abs(big.NewInt(den))
		p.Add(p, d).Quo(p, d.Lsh(d, 1))
		if sign < 0 {
			p.Neg(p)
		}
		got, err := eur(m).MulRatio(num, den)
		if p.IsInt64() != (err == nil) || err == nil && got.Minor != p.Int64() {
			t.Fatalf("%d * %d / %d = %v, %v, want %v", m, num, den, got.Minor, err, p)
		}
	})
}

func TestPropertyAddIsChecked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		exact := new(big.Int).Add(big.NewInt(a), big.NewInt(b))
		got, err := eur(a).Add(eur(b))
		if exact.IsInt64() != (err == nil) || err == nil && got.Minor != exact.Int64() {
			t.Fatalf("%d + %d = %v, %v", a, b, got, err)
		}
		exact.Sub(big.NewInt(a), big.NewInt(b))
		got, err = eur(a).Sub(eur(b))
		if exact.IsInt64() != (err == nil) || err == nil && got.Minor != exact.Int64() {
			t.Fatalf("%d - %d = %v, %v", a, b, got, err)
		}
	})
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		m    int64
		n    int
		want []int64
	}{
		{1000, 3, []int64{334, 333, 333}},
		{-1000, 3, []int64{-334, -333, -333}},
		{2, 4, []int64{1, 1, 0, 0}},
		{0, 2, []int64{0, 0}},
		{7, 1, []int64{7}},
		{7, 0, nil},
		{7, -1, nil},
	} {
		if got := minors(eur(c.m).Split(c.n)); !slices.Equal(got, c.want) {
			t.Errorf("%d in %d is %v, want %v", c.m, c.n, got, c.want)
		}
	}
}

func TestAllocate(t *testing.T) {
	for _, c := range []struct {
		m       int64
		weights []int64
		want    []int64 // nil: no such division
	}{
		{100, []int64{70, 20, 10}, []int64{70, 20, 10}},
		{5, []int64{3, 7}, []int64{1, 4}}, // 1.5 and 3.5
		{-5, []int64{3, 7}, []int64{-1, -4}},
		{10, []int64{0, 1, 0}, []int64{0, 10, 0}},
		{maxMinor, []int64{maxMinor, maxMinor}, []int64{maxMinor / 2, maxMinor/2 + 1}},
		{minMinor, []int64{1}, []int64{minMinor}},
		{1, []int64{0, 0}, nil},
		{1, nil, nil},
		{1, []int64{2, -1}, nil},
		{1, []int64{maxMinor, maxMinor, maxMinor}, nil},
	} {
		got, err := eur(c.m).Allocate(c.weights...)
		if !slices.Equal(minors(got), c.want) || (err == nil) != (c.want != nil) {
			t.Errorf("%d by %v is %v, %v, want %v", c.m, c.weights, got, err, c.want)
		}
	}
}

func TestPropertyNothingIsLostInSharing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := eur(rapid.Int64().Draw(t, "m"))
		parts := m.Split(rapid.IntRange(1, 50).Draw(t, "n"))
		if total, err := Sum("EUR", parts...); err != nil || total != m {
			t.Fatalf("the parts of %v add up to %v, %v", m, total, err)
		}
		if low, high := slices.Min(minors(parts)), slices.Max(minors(parts)); high-low > 1 {
			t.Fatalf("the parts of %v reach from %d to %d", m, low, high)
		}
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1<<40), 1, 20).Draw(t, "weights")
		weights = append(weights, 1)
		shares, err := m.Allocate(weights...)
		if err != nil {
			t.Fatal(err)
		}
		if total, err := Sum("EUR", shares...); err != nil || total != m {
			t.Fatalf("the shares of %v by %v add up to %v, %v", m, weights, total, err)
		}
	})
}

func minors(parts []Money) []int64 {
	var out []int64
	for _, p := range parts {
		out = append(out, p.Minor)
	}
	return out
}
