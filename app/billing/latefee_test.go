package billing

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"clientele/app/money"
)

// DA-3: what being late costs.
func TestLateFee(t *testing.T) {
	ten := LateFeeRule{Kind: PercentageFee, Rate: money.PercentOf(10)}
	least := LateFeeRule{Kind: PercentageFee, Rate: money.PercentOf(10), Minimum: eur(100)}
	fixed := LateFeeRule{Kind: FixedFee, Amount: eur(500), Minimum: eur(900)}
	for _, c := range []struct {
		name    string
		balance int64
		rule    LateFeeRule
		want    int64
	}{
		{"10 %", 12345, ten, 1235}, // 1234.5
		{"10 %, down", 12344, ten, 1234},
		{"rounds to nothing", 4, ten, 0},
		{"raised to the minimum", 500, least, 100}, // 0.50, the reference's own example
		{"at the minimum", 1000, least, 100},
		{"above the minimum", 1100, least, 110},
		{"a minimum of a balance that rounds to nothing", 4, least, 100},
		{"fixed, without a minimum", 12345, fixed, 500},
		{"fixed, above the balance", 1, fixed, 500},
		{"10 % of nothing", 0, least, 0},
		{"10 % of less than nothing", -100, least, 0},
		{"fixed, nothing owed", 0, fixed, 0},
		{"fixed, less than nothing owed", -1, fixed, 0},
		{"0 % is off", 12345, LateFeeRule{Kind: PercentageFee, Minimum: eur(100)}, 0},
		{"below 0 % is off", 12345, LateFeeRule{Kind: PercentageFee, Rate: -1, Minimum: eur(100)}, 0},
		{"a fixed 0 is off", 12345, LateFeeRule{Kind: FixedFee}, 0},
		{"below a fixed 0 is off", 12345, LateFeeRule{Kind: FixedFee, Amount: eur(-5)}, 0},
	} {
		if got, err := LateFee(eur(c.balance), c.rule); err != nil || got != eur(c.want) {
			t.Errorf("%s: %v, %v", c.name, got, err)
		}
	}
}

func TestLateFeeRefuses(t *testing.T) {
	dollars := money.New(100, "USD")
	for _, c := range []struct {
		rule LateFeeRule
		want error
	}{
		{LateFeeRule{Kind: PercentageFee, Rate: 1, Minimum: dollars}, money.ErrCurrencyMismatch},
		{LateFeeRule{Kind: FixedFee, Amount: dollars}, money.ErrCurrencyMismatch},
		{LateFeeRule{Kind: PercentageFee, Rate: money.PercentOf(200)}, money.ErrOverflow},
	} {
		if _, err := LateFee(eur(math.MaxInt64), c.rule); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", c.rule, err)
		}
	}
	if _, err := LateFee(eur(1), LateFeeRule{}); err == nil {
		t.Error("a fee of no kind was worked out")
	}
}

// DA-3: N days after the due date, and only for what is unpaid.
func TestLateFeeIsReached(t *testing.T) {
	for _, c := range []struct {
		status InvoiceStatus
		days   int
		today  string
		want   bool
	}{
		{Unpaid, 5, "2026-04-04", false},
		{Unpaid, 5, "2026-04-05", true},
		{Unpaid, 5, "2026-05-05", true},
		{Unpaid, 0, "2026-03-31", false}, // due today is not late
		{Unpaid, 0, "2026-04-01", true},
		{Draft, 5, "2026-05-05", false},
		{Paid, 5, "2026-05-05", false},
		{Cancelled, 5, "2026-05-05", false},
		{Refunded, 5, "2026-05-05", false},
		{Collections, 5, "2026-05-05", false},
	} {
		if got := (LateFeeRule{Days: c.days}).Reached(c.status, day(t, "2026-03-31"), day(t, c.today)); got != c.want {
			t.Errorf("%s, %d days, on %s: %v", c.status, c.days, c.today, got)
		}
	}
}

func TestPropertyLateFee(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		balance := rapid.Int64Range(-10_000, 10_000_000).Draw(t, "balance")
		rate := rapid.Int64Range(1, 1_000_000).Draw(t, "rate")
		minimum := rapid.Int64Range(0, 5_000).Draw(t, "minimum")
		got, err := LateFee(eur(balance), LateFeeRule{Kind: PercentageFee, Rate: money.Rate(rate), Minimum: eur(minimum)})
		want := int64(0)
		if balance > 0 {
			want = max(minimum, rounded(balance, rate, 1_000_000))
		}
		if err != nil || got != eur(want) {
			t.Fatalf("%v, %v, want %d", got, err, want)
		}
	})
}
