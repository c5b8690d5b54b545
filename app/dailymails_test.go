package app_test

import (
	"slices"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/app/card"
	"clientele/app/money"
	"clientele/data"
)

// mailKindsOf are the kinds of a client's mails, oldest first.
func mailKindsOf(t testing.TB, o *apptest.Office, client int64) (kinds []string) {
	t.Helper()
	ms, err := o.Mails.List(ctx, app.MailFilter{ClientID: client}, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range ms {
		kinds = append(kinds, m.Kind)
	}
	slices.Reverse(kinds)
	return kinds
}

// DA-2, DA-4, CR-5: what a client is told over the life of an invoice, and after an absence; one whom credit paid for gets one mail.
func TestDailyMails(t *testing.T) {
	o := apptest.Open(t)
	o.Change(t, func(s *app.Settings) { s.OverdueDays = [3]int{1, 7, 14} })
	start := o.Clock.Now()
	usual, paid := o.Add(t, "usual@example.com", nil), o.Add(t, "paid@example.com", nil)
	for _, id := range []int64{usual, paid} {
		serve(t, o, id, 1_000, billing.Annually, today(o).AddDays(14), nil)
	}
	if _, err := o.Credit.Add(ctx, paid, app.NewCredit{Description: "Sorry", Amount: money.New(5000, "GBP")}); err != nil {
		t.Fatal(err)
	}
	for _, days := range []int{0, 0, 9, 14, 15, 16, 21, 40, 41} {
		o.Clock.Set(start.AddDate(0, 0, days))
		runDaily(t, o)
	}
	want := []string{"invoice_created", "invoice_reminder", "invoice_overdue_first", "invoice_overdue_second", "invoice_overdue_third"}
	if got := mailKindsOf(t, o, usual); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := mailKindsOf(t, o, paid); !slices.Equal(got, []string{"invoice_payment_confirmation"}) {
		t.Errorf("paid by credit: %q", got)
	}
	away := o.Add(t, "away@example.com", nil)
	serve(t, o, away, 1_000, billing.Annually, today(o), nil)
	runDaily(t, o)
	o.Clock.Advance(40 * 24 * time.Hour)
	runDaily(t, o)
	runDaily(t, o)
	if got := mailKindsOf(t, o, away); !slices.Equal(got, []string{"invoice_created", "invoice_overdue_third"}) {
		t.Errorf("after an absence: %q", got)
	}
	o.Change(t, func(s *app.Settings) { s.InvoiceMails = false })
	quiet := o.Add(t, "quiet@example.com", nil)
	serve(t, o, quiet, 1_000, billing.Annually, today(o), nil)
	runDaily(t, o)
	if got := mailKindsOf(t, o, quiet); len(got) != 0 {
		t.Errorf("with mails about new invoices off: %q", got)
	}
	o.Sound(t)
}

// DA-6: one mail, in the month before the card expires; none to those who are closed.
func TestDailyTellsOfCards(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		closed := o.Add(t, "b@example.com", func(n *app.NewClient) { n.Status = data.Closed })
		err := o.Store.Write(ctx, func(tx *data.Tx) error {
			for i, id := range []int64{client, closed} {
				c := data.Card{UUID: string(rune('a' + i)), ClientID: id, Type: card.Visa, Last4: "4242", ExpMonth: 1, ExpYear: 2027}
				if err := tx.AddCard(&c); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, day := range []string{"2026-11-30", "2026-12-01", "2026-12-02", "2026-12-31", "2027-01-01"} {
			at, err := time.Parse("2006-01-02", day)
			if err != nil {
				t.Fatal(err)
			}
			o.Clock.Set(at.Add(10 * time.Hour))
			runDaily(t, o)
		}
		if got := mailKindsOf(t, o, client); !slices.Equal(got, []string{"card_expiring"}) {
			t.Errorf("%q", got)
		}
		if got := mailKindsOf(t, o, closed); len(got) != 0 {
			t.Errorf("to one who is closed: %q", got)
		}
	})
}
