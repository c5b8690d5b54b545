package billing

import (
	"errors"
	"testing"

	"clientele/app/money"
)

// CR-5: the next invoice takes what is owed or what there is, the less of them; a draft takes nothing.
func TestAutoApply(t *testing.T) {
	for _, c := range []struct {
		credit, owed int64
		status       InvoiceStatus
		want         int64
	}{
		{4000, 10000, Unpaid, 4000},
		{10000, 4000, Unpaid, 4000},
		{4000, 4000, Unpaid, 4000},
		{0, 4000, Unpaid, 0},
		{4000, 0, Unpaid, 0},
		{-1, 4000, Unpaid, 0},
		{4000, -1, Unpaid, 0},
		{-5, -1, Unpaid, 0},
		{4000, 10000, Draft, 0},
		{4000, 10000, Paid, 0},
		{4000, 10000, Cancelled, 0},
		{4000, 10000, Refunded, 0},
		{4000, 10000, Collections, 0},
	} {
		if got, err := AutoApply(eur(c.credit), eur(c.owed), c.status); err != nil || got != eur(c.want) {
			t.Errorf("%d of credit, %d owed, %s: %v, %v", c.credit, c.owed, c.status, got, err)
		}
	}
	if _, err := AutoApply(eur(100), money.New(100, "USD"), Unpaid); !errors.Is(err, money.ErrCurrencyMismatch) {
		t.Errorf("CR-6: credit in EUR for USD: %v", err)
	}
}

// CR-4, CR-5, CR-8: the first two are the reference's own words.
func TestCreditDescriptions(t *testing.T) {
	for got, want := range map[string]string{
		CreditForOverpayment("2026-1"):    "Credit for Overpayment of Invoice #2026-1",
		CreditApplied("2026-1"):           "Credit Applied to Invoice #2026-1",
		CreditRemoved("2026-1"):           "Credit Removed from Invoice #2026-1",
		CreditReturnedCancelled("2026-1"): "Credit Returned from Cancelled Invoice #2026-1",
		CreditReturnedDeleted("2026-1"):   "Credit Returned from Deleted Invoice #2026-1",
		CreditFromRefund("2026-1"):        "Refund of Invoice #2026-1 to Credit",
		CreditTakenBack("2026-1"):         "Credit for Overpayment of Invoice #2026-1 Taken Back",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
