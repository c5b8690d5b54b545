package billing

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"clientele/app/money"
)

// CR-4: where a payment goes.
func TestSplitPayment(t *testing.T) {
	for _, c := range []struct {
		name     string
		amount   int64
		invoices []OpenInvoice
		applied  string // number amount left
		credit   int64
		text     string
	}{
		{"all of it", 10000, []OpenInvoice{owed(1, 10000, Unpaid)}, "#1 10000 0", 0, ""},
		{"a part of it", 4000, []OpenInvoice{owed(1, 10000, Unpaid)}, "#1 4000 6000", 0, ""},
		{"more than it", 12000, []OpenInvoice{owed(1, 10000, Unpaid)}, "#1 10000 0", 2000, "Credit for Overpayment of Invoice #1"},
		{"paid already", 12000, []OpenInvoice{owed(1, 0, Paid)}, "", 12000, "Credit for Overpayment of Invoice #1"},
		{"paid, and refunded in part", 500, []OpenInvoice{owed(1, 300, Paid)}, "", 500, "Credit for Overpayment of Invoice #1"},
		{"nothing owed on it", 500, []OpenInvoice{owed(1, 0, Unpaid)}, "", 500, "Credit for Overpayment of Invoice #1"},
		{"less than nothing owed", 500, []OpenInvoice{owed(1, -300, Unpaid)}, "", 500, "Credit for Overpayment of Invoice #1"},
		{"with others to collect", 500, []OpenInvoice{owed(1, 300, Collections)}, "#1 300 0", 200, "Credit for Overpayment of Invoice #1"},
		{
			"several in their order", 10000,
			[]OpenInvoice{owed(3, 4000, Unpaid), owed(1, 0, Paid), owed(2, 5000, Unpaid)},
			"#3 4000 0, #2 5000 0", 1000, "Credit for Overpayment of Invoice #2",
		},
		{
			"the rest names the last, though it was paid", 10000,
			[]OpenInvoice{owed(3, 4000, Unpaid), owed(1, 0, Paid)},
			"#3 4000 0", 6000, "Credit for Overpayment of Invoice #1",
		},
		{
			"not enough for all", 4500,
			[]OpenInvoice{owed(3, 4000, Unpaid), owed(1, 5000, Unpaid), owed(2, 5000, Unpaid)},
			"#3 4000 0, #1 500 4500", 0, "",
		},
		{"no invoice", 500, nil, "", 500, ""},
	} {
		plan, err := SplitPayment(eur(c.amount), c.invoices)
		var applied []string
		for _, p := range plan.Applied {
			applied = append(applied, fmt.Sprintf("#%s %d %d", p.Number, p.Amount.Minor, p.Left.Minor))
		}
		if err != nil || strings.Join(applied, ", ") != c.applied || plan.Credit != eur(c.credit) || plan.CreditDescription() != c.text {
			t.Errorf("%s: %+v, %q, %v", c.name, plan, plan.CreditDescription(), err)
		}
	}
}

// CR-4, CR-6: what is refused is refused whole.
func TestSplitPaymentRefuses(t *testing.T) {
	open := owed(1, 100, Unpaid)
	dollars := OpenInvoice{2, "2", money.New(100, "USD"), Unpaid}
	for _, c := range []struct {
		name     string
		amount   money.Money
		invoices []OpenInvoice
		want     error
	}{
		{"nothing", eur(0), []OpenInvoice{open}, ErrAmount},
		{"less than nothing", eur(-1), []OpenInvoice{open}, ErrAmount},
		{"a draft", eur(1), []OpenInvoice{owed(2, 100, Draft)}, ErrRefused},
		{"cancelled", eur(100), []OpenInvoice{open, owed(2, 100, Cancelled)}, ErrRefused},
		{"refunded", eur(100), []OpenInvoice{open, owed(2, 100, Refunded)}, ErrRefused},
		{"an unknown status", eur(100), []OpenInvoice{owed(2, 100, "Lost")}, ErrRefused},
		{"named twice", eur(300), []OpenInvoice{open, owed(2, 100, Unpaid), open}, ErrRefused},
		{"another currency", eur(100), []OpenInvoice{open, dollars}, money.ErrCurrencyMismatch},
	} {
		plan, err := SplitPayment(c.amount, c.invoices)
		if !errors.Is(err, c.want) || err.Error() == "" || !reflect.DeepEqual(plan, Plan{}) {
			t.Errorf("%s: %+v, %v", c.name, plan, err)
		}
	}
}

// CR-4: no cent is lost or made, no invoice gets more than it asks for, and none waits while credit is made.
func TestPropertyPaymentIsDividedWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(1, 20_000).Draw(t, "amount")
		var invoices []OpenInvoice
		for i := range rapid.IntRange(0, 6).Draw(t, "invoices") {
			status := rapid.SampledFrom([]InvoiceStatus{Unpaid, Unpaid, Paid, Collections}).Draw(t, "status")
			invoices = append(invoices, owed(int64(i+1), rapid.Int64Range(-100, 5_000).Draw(t, "balance"), status))
		}
		plan, err := SplitPayment(eur(amount), invoices)
		if err != nil {
			t.Fatal(err)
		}
		got := map[int64]int64{}
		sum := plan.Credit.Minor
		for _, p := range plan.Applied {
			got[p.ID] = p.Amount.Minor
			sum += p.Amount.Minor
			if p.Amount.Minor <= 0 || p.Left.Minor < 0 || p.Amount.Minor+p.Left.Minor != invoices[p.ID-1].Balance.Minor {
				t.Fatalf("%+v of %+v", p, invoices[p.ID-1])
			}
		}
		if sum != amount || plan.Credit.Minor < 0 || plan.Credit.Currency != "EUR" {
			t.Fatalf("%+v of %d", plan, amount)
		}
		short := false
		for _, inv := range invoices {
			if inv.Status == Paid || inv.Balance.Minor <= 0 {
				if got[inv.ID] != 0 {
					t.Fatalf("%+v gets %d", inv, got[inv.ID])
				}
				continue
			}
			if short && got[inv.ID] != 0 {
				t.Fatalf("%+v is paid before an earlier one", inv)
			}
			short = short || got[inv.ID] < inv.Balance.Minor
		}
		if short && !plan.Credit.IsZero() {
			t.Fatalf("credit of %v while an invoice is open", plan.Credit)
		}
		if (plan.CreditNumber != "") != (!plan.Credit.IsZero() && len(invoices) > 0) {
			t.Fatalf("%+v", plan)
		}
	})
}

func eur(minor int64) money.Money { return money.New(minor, "EUR") }

func owed(id, balance int64, s InvoiceStatus) OpenInvoice {
	return OpenInvoice{id, fmt.Sprint(id), eur(balance), s}
}
