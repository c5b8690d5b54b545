package app_test

import (
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/date"
)

// IN-4, IN-5: an account statement ends with what is owed less the credit, also where a payment was paid back or credit was taken away from an invoice that stays paid:
// what nobody asks for any more is not on it as owed.
func TestStatementAfterARefund(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		for i, c := range []struct {
			name   string
			back   int64
			credit bool // as credit, rather than outside
			want   string
		}{
			{"a part", 500, false, "Invoice #1 +100.00|Payment of Invoice #1 -100.00|Invoice #1: no longer charged -5.00|Refund of Invoice #1 +5.00|= 0.00"},
			{"all", 10_000, false, "Invoice #2 +100.00|Payment of Invoice #2 -100.00|Invoice #2: no longer charged -100.00|Refund of Invoice #2 +100.00|= 0.00"},
			{"a part as credit", 500, true, "Invoice #3 +100.00|Refund of Invoice #3 to Credit -5.00|Payment of Invoice #3 -100.00|Invoice #3: no longer charged -5.00|Refund of Invoice #3 +5.00|= -5.00"},
		} {
			t.Run(c.name, func(t *testing.T) {
				client := o.Add(t, string(rune('a'+i))+"@example.com", nil)
				id := invoiced(t, o, client, false)
				if err := o.Invoices.Publish(ctx, id, 1); err != nil {
					t.Fatal(err)
				}
				paid, err := o.Transactions.Record(ctx, client, app.NewPayment{Amount: pounds(10_000), Method: "card", Invoices: []int64{id}})
				if err != nil {
					t.Fatal(err)
				}
				if _, err := o.Transactions.Refund(ctx, paid, id, app.NewRefund{Amount: pounds(c.back), ToCredit: c.credit}); err != nil {
					t.Fatal(err)
				}
				if got := onStatement(t, o, client); got != c.want {
					t.Errorf("the statement is\n%s, want\n%s", got, c.want)
				}
				inv, err := o.Invoices.Get(ctx, id)
				if err != nil {
					t.Fatal(err)
				}
				if left := inv.Total - inv.Invoice.Credit - inv.Paid - app.TakenOff(inv.Invoice); left != app.StillDue(inv.Invoice) || app.TakenOff(inv.Invoice) != c.back {
					t.Errorf("what is on the invoice comes to %d, taken off is %d", left, app.TakenOff(inv.Invoice))
				}
			})
		}
		client := o.Add(t, "z@example.com", nil)
		if _, err := o.Credit.Add(ctx, client, app.NewCredit{Description: "Gift", Amount: pounds(10_000)}); err != nil {
			t.Fatal(err)
		}
		id := invoiced(t, o, client, false)
		if err := o.Invoices.Publish(ctx, id, 1); err != nil {
			t.Fatal(err)
		}
		if err := o.Credit.TakeBack(ctx, id, pounds(2_500), false, ""); err != nil {
			t.Fatal(err)
		}
		if got, want := onStatement(t, o, client), "Invoice #4 +100.00|Gift -100.00|Invoice #4: no longer charged -25.00|= -25.00"; got != want {
			t.Errorf("the statement after credit was taken away is\n%s, want\n%s", got, want)
		}
		o.Sound(t)
	})
}

// onStatement is a client's whole statement in short: what raises the balance with a plus.
func onStatement(t *testing.T, o *apptest.Office, client int64) string {
	t.Helper()
	st, err := o.Invoices.Statement(ctx, client, date.Date{}, date.Date{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range st.Rows {
		if r.Debit.IsZero() {
			all = append(all, r.Description+" -"+strings.TrimSuffix(r.Credit.String(), " GBP"))
		} else {
			all = append(all, r.Description+" +"+strings.TrimSuffix(r.Debit.String(), " GBP"))
		}
	}
	return strings.Join(append(all, "= "+strings.TrimSuffix(st.Closing.String(), " GBP")), "|")
}
