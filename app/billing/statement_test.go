package billing

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"clientele/app/date"
	"clientele/app/money"
)

// IN-4: an account statement with a running balance.
func TestStatement(t *testing.T) {
	entry := func(on string, k EntryKind, id, minor int64) Entry {
		return Entry{Date: day(t, on), Kind: k, ID: id, Amount: eur(minor)}
	}
	entries := []Entry{
		entry("2026-03-20", PaymentEntry, 4, 12000),
		entry("2026-03-01", InvoiceEntry, 1, 10000),
		entry("2026-03-20", RefundEntry, 5, 1500), // on one day they stay as they came
		entry("2026-03-10", CreditEntry, 3, 2500),
		entry("2026-03-31", InvoiceEntry, 6, -3000), // cancelled
		entry("2026-04-01", CreditEntry, 7, -500),   // removed
		entry("2026-04-02", InvoiceEntry, 8, 0),
	}
	s, err := NewStatement(eur(700), entries)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct{ id, debit, credit, balance int64 }{
		{1, 10000, 0, 10700},
		{3, 0, 2500, 8200},
		{4, 0, 12000, -3800},
		{5, 1500, 0, -2300},
		{6, 0, 3000, -5300},
		{7, 500, 0, -4800},
		{8, 0, 0, -4800},
	}
	if len(s.Rows) != len(want) {
		t.Fatalf("%d rows", len(s.Rows))
	}
	for i, w := range want {
		r := s.Rows[i]
		if r.ID != w.id || r.Debit != eur(w.debit) || r.Credit != eur(w.credit) || r.Balance != eur(w.balance) {
			t.Errorf("row %d: %+v, want %+v", i, r, w)
		}
	}
	if s.Opening != eur(700) || s.Closing != eur(-4800) || s.Debits != eur(12000) || s.Credits != eur(17500) {
		t.Errorf("%+v", s)
	}
	if entries[0].ID != 4 {
		t.Error("the entries handed in were put in another order")
	}
}

func TestEmptyStatement(t *testing.T) {
	s, err := NewStatement(eur(-700), nil)
	if err != nil || s.Closing != eur(-700) || s.Debits != eur(0) || s.Credits != eur(0) || len(s.Rows) != 0 {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestStatementRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		e    Entry
		want error
	}{
		{"another currency", Entry{Kind: InvoiceEntry, Amount: money.New(1, "USD")}, money.ErrCurrencyMismatch},
		{"nothing in another currency", Entry{Kind: PaymentEntry, Amount: money.New(0, "USD")}, money.ErrCurrencyMismatch},
		{"too much", Entry{Kind: InvoiceEntry, Amount: eur(math.MaxInt64)}, money.ErrOverflow},
		{"without a negative", Entry{Kind: PaymentEntry, Amount: eur(math.MinInt64)}, money.ErrOverflow},
	} {
		if s, err := NewStatement(eur(1), []Entry{c.e}); !errors.Is(err, c.want) || !reflect.DeepEqual(s, Statement{}) {
			t.Errorf("%s: %+v, %v", c.name, s, err)
		}
	}
	if _, err := NewStatement(eur(1), []Entry{{Kind: "gift", Amount: eur(1)}}); err == nil {
		t.Error("an entry of no kind was taken")
	}
}

func TestEntryNames(t *testing.T) {
	for k, want := range map[EntryKind]string{
		InvoiceEntry: "Invoice", PaymentEntry: "Payment", CreditEntry: "Credit", RefundEntry: "Refund", "gift": "gift",
	} {
		if k.Name() != want {
			t.Errorf("%q is called %q", string(k), k.Name())
		}
	}
}

// IN-4: closing = opening + what was added, each row's balance follows from the one before, and nothing is left out.
func TestPropertyStatementAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		opening := rapid.Int64Range(-10_000, 10_000).Draw(t, "opening")
		var entries []Entry
		sum := opening
		for i := range rapid.IntRange(0, 20).Draw(t, "entries") {
			k := rapid.SampledFrom([]EntryKind{InvoiceEntry, PaymentEntry, CreditEntry, RefundEntry}).Draw(t, "kind")
			amount := rapid.Int64Range(-1_000, 10_000).Draw(t, "amount")
			on := date.MustNew(2026, 3, 1).AddDays(rapid.IntRange(0, 5).Draw(t, "day"))
			entries = append(entries, Entry{Date: on, Kind: k, ID: int64(i), Amount: eur(amount)})
			if k == PaymentEntry || k == CreditEntry {
				amount = -amount
			}
			sum += amount
		}
		s, err := NewStatement(eur(opening), entries)
		if err != nil || s.Closing != eur(sum) || s.Closing.Minor != opening+s.Debits.Minor-s.Credits.Minor || len(s.Rows) != len(entries) {
			t.Fatalf("%+v, %v, want %d", s, err, sum)
		}
		balance := opening
		for i, r := range s.Rows {
			balance += r.Debit.Minor - r.Credit.Minor
			if r.Balance.Minor != balance || r.Debit.Minor < 0 || r.Credit.Minor < 0 || r.Debit.Minor != 0 && r.Credit.Minor != 0 {
				t.Fatalf("row %d: %+v", i, r)
			}
			if r.Entry != entries[r.ID] {
				t.Fatalf("row %d: %+v was %+v", i, r, entries[r.ID])
			}
		}
		// Dates go up, and within a day the order is that of the entries: that is the one such order.
		if !slices.IsSortedFunc(s.Rows, func(a, b Row) int {
			if on := a.Date.Compare(b.Date); on != 0 {
				return on
			}
			return int(a.ID - b.ID)
		}) {
			t.Fatalf("%+v", s.Rows)
		}
	})
}
