package app_test

import (
	"testing"

	"clientele/app"
	"clientele/app/billing"
	"clientele/data"
)

func TestStillDue(t *testing.T) {
	for _, c := range []struct {
		status       billing.InvoiceStatus
		credit, paid int64
		want         int64
	}{
		{billing.Draft, 0, 0, 10000},
		{billing.Unpaid, 2500, 0, 7500},
		{billing.Collections, 0, 4000, 6000},
		{billing.Paid, 0, 10000, 0},
		{billing.Paid, 0, 2000, 0}, // 80.00 of 100.00 was refunded
		{billing.Refunded, 0, 0, 0},
		{billing.Cancelled, 0, 0, 0},
	} {
		if got := app.StillDue(data.Invoice{Status: c.status, Total: 10000, Credit: c.credit, Paid: c.paid}); got != c.want {
			t.Errorf("%+v: %d is due", c, got)
		}
	}
}
