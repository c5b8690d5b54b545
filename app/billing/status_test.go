package billing

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// IN-2: what may follow what. A dot is no.
func TestCanBecome(t *testing.T) {
	const table = `
             Draft  Unpaid  Paid  Cancelled  Refunded  Collections
Draft        .      yes     yes   .          .         .
Unpaid       .      .       yes   yes        .         yes
Paid         .      yes     .     .          yes       .
Cancelled    .      yes     .     .          .         .
Refunded     .      .       yes   .          .         .
Collections  .      yes     yes   yes        .         .`
	rows := strings.Split(strings.TrimSpace(table), "\n")
	heads := strings.Fields(rows[0])
	for _, row := range rows[1:] {
		cells := strings.Fields(row)
		for i, cell := range cells[1:] {
			from, to := InvoiceStatus(cells[0]), InvoiceStatus(heads[i])
			err := from.CanBecome(to)
			if (err == nil) != (cell == "yes") || err != nil && !errors.Is(err, ErrRefused) {
				t.Errorf("%s to %s: %v", from, to, err)
			}
		}
	}
	if len(rows) != 7 || len(heads) != len(InvoiceStatuses()) {
		t.Errorf("%d rows, %d columns", len(rows), len(heads))
	}
}

func TestWhyAStatusIsRefused(t *testing.T) {
	for _, c := range []struct {
		from, to InvoiceStatus
		part     string
	}{
		{Paid, Paid, "is Paid already"},
		{Draft, Cancelled, "Publish it first, or delete it"},
		{Draft, Refunded, "Publish it first, or delete it"},
		{Unpaid, Draft, "cannot become a draft again"},
		{Cancelled, Paid, "Set it to Unpaid first"},
		{Refunded, Unpaid, "Write a new invoice"},
		{Unpaid, Refunded, "nothing to refund"},
		{Collections, Refunded, "nothing to refund"},
		{Paid, Cancelled, "Refund it, or take its payments back first"},
		{Paid, Collections, "Refund it, or take its payments back first"},
		{"Lost", Paid, "no such status"},
		{Unpaid, "Lost", "no such status"},
	} {
		if err := c.from.CanBecome(c.to); err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%s to %s: %v", c.from, c.to, err)
		}
	}
}

// IN-2: Overdue is Unpaid past its due date; due today is not.
func TestOverdue(t *testing.T) {
	for _, c := range []struct {
		status     InvoiceStatus
		due, today string
		want       bool
	}{
		{Unpaid, "2026-03-31", "2026-03-30", false},
		{Unpaid, "2026-03-31", "2026-03-31", false},
		{Unpaid, "2026-03-31", "2026-04-01", true},
		{Unpaid, "", "2026-04-01", false},
		{Unpaid, "2026-03-31", "", false},
		{Draft, "2026-03-31", "2026-04-01", false},
		{Paid, "2026-03-31", "2026-04-01", false},
		{Cancelled, "2026-03-31", "2026-04-01", false},
		{Refunded, "2026-03-31", "2026-04-01", false},
		{Collections, "2026-03-31", "2026-04-01", false},
	} {
		if got := Overdue(c.status, day(t, c.due), day(t, c.today)); got != c.want {
			t.Errorf("%s, due %s, on %s: %v", c.status, c.due, c.today, got)
		}
	}
}

// CR-4: the words of the reference.
func TestCanBePaid(t *testing.T) {
	for status, want := range map[InvoiceStatus]string{
		Unpaid: "", Collections: "", Paid: "",
		Draft:     "It is not possible to add a payment to an invoice that is Draft. Publish it first.",
		Cancelled: "It is not possible to add a payment to an invoice that is Cancelled. Set Invoice #7 to Unpaid first, or add the payment to the client's credit.",
		Refunded:  "It is not possible to add a payment to an invoice that is Refunded. Leave Invoice #7 out and add the payment to the client's credit.",
	} {
		err := status.CanBePaid("7")
		if want == "" && err != nil || want != "" && (!errors.Is(err, ErrRefused) || err.Error() != want) {
			t.Errorf("%s: %v", status, err)
		}
	}
}

func TestStatusNames(t *testing.T) {
	all := InvoiceStatuses()
	for _, s := range all {
		if !s.Valid() || s.Name() != string(s) || len(follows[s]) == 0 {
			t.Errorf("%q is called %q", string(s), s.Name())
		}
	}
	if s := InvoiceStatus("Overdue"); s.Valid() || s.Name() != "Overdue" || len(slices.Compact(all)) != 6 {
		t.Error("Overdue is kept as a status")
	}
}

// A refund of a part leaves a paid invoice with a balance that nobody is to pay.
func TestSettled(t *testing.T) {
	for status, want := range map[InvoiceStatus]bool{Draft: false, Unpaid: false, Collections: false, Paid: true, Cancelled: true, Refunded: true} {
		if status.Settled() != want {
			t.Errorf("%s: settled is %v", status, !want)
		}
	}
}
