package app_test

import (
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/data"

	"github.com/google/go-cmp/cmp"
)

// IN-2, CR-5: what is said before an invoice is published is what happens then, with no credit, some, and more than enough.
func TestPublishDoesWhatItsPreviewSays(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		for _, credit := range []int64{0, 4_000, 10_000, 25_000} {
			client := o.Add(t, string(rune('a'+credit/4000))+"@example.com", nil)
			if credit > 0 {
				if _, err := o.Credit.Add(ctx, client, app.NewCredit{Description: "Gift", Amount: pounds(credit)}); err != nil {
					t.Fatal(err)
				}
			}
			past, err := date.New(2020, 1, 1)
			if err != nil {
				t.Fatal(err)
			}
			id, err := o.Invoices.Create(ctx, client, app.InvoiceDraft{Due: past, Lines: []app.InvoiceLine{{
				Line: billing.Line{Description: "Work", Quantity: 2 * billing.One, UnitPrice: pounds(5_000)},
			}}}, "")
			if err != nil {
				t.Fatal(err)
			}
			p, err := o.Invoices.PublishPreview(ctx, id, 1)
			if err != nil {
				t.Fatal(err)
			}
			again, err := o.Invoices.PublishPreview(ctx, id, 1)
			if err != nil || !cmp.Equal(again, p) {
				t.Errorf("looking changed something: %+v, then %+v, %v", p, again, err)
			}
			if _, err := o.Invoices.PublishPreview(ctx, id, 2); app.CodeOf(err) != app.Conflict {
				t.Errorf("another version: %v", err)
			}
			if err := o.Invoices.Publish(ctx, id, 1); err != nil {
				t.Fatal(err)
			}
			i, err := o.Invoices.Get(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			got := app.Publication{
				Number: *i.Number, Issued: i.Issued, Due: i.Due, Total: pounds(i.Total), Credit: pounds(i.Invoice.Credit), Balance: pounds(i.Balance()), Paid: i.Status == billing.Paid,
				NoAddress: true, Announcement: p.Announcement,
			}
			if !cmp.Equal(got, p) || got.Credit.Minor != min(credit, 10_000) || got.Due.Before(i.Issued) {
				t.Errorf("with %d of credit: said %+v, did %+v", credit, p, got)
			}
			if _, err := o.Invoices.PublishPreview(ctx, id, i.Version); app.CodeOf(err) != app.NotAllowed {
				t.Errorf("a published invoice: %v", err)
			}
		}
	})
}

// An invoice of before, as one brings along, carries the date that it was written on: it is due from then on, and stands so on the statement. No date lies ahead, and a
// copy has none.
func TestInvoiceOfAnEarlierDay(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		today := date.Today(o.Now())
		lines := []app.InvoiceLine{{Line: billing.Line{Description: "Work", Quantity: billing.One, UnitPrice: pounds(5_000)}}}
		draft := app.InvoiceDraft{Issued: today.AddDays(1), Lines: lines}
		_, err := o.Invoices.Create(ctx, client, draft, "")
		if ps := app.ProblemsOf(err); len(ps) != 1 || ps[0].Field != app.FieldIssued {
			t.Errorf("a day that is still to come: %v", err)
		}
		draft.Lines = nil
		_, err = o.Invoices.Create(ctx, client, draft, "")
		if ps := app.ProblemsOf(err); len(ps) != 2 {
			t.Errorf("a day that is still to come, and no line: %v", err)
		}
		written := today.AddDays(-60)
		id, err := o.Invoices.Create(ctx, client, app.InvoiceDraft{Issued: written, Lines: lines}, "")
		if err != nil {
			t.Fatal(err)
		}
		p, err := o.Invoices.PublishPreview(ctx, id, 1)
		if err != nil || p.Issued != written || !p.Overdue {
			t.Errorf("the preview says %+v, %v", p, err)
		}
		if err := o.Invoices.Publish(ctx, id, 1); err != nil {
			t.Fatal(err)
		}
		i, err := o.Invoices.Get(ctx, id)
		if err != nil || i.Issued != written || i.Due != written.AddDays(14) || i.Number == nil {
			t.Errorf("published: issued %v, due %v, %v", i.Issued, i.Due, err)
		}
		err = o.Store.Read(ctx, func(tx *data.Tx) error {
			was, err := tx.InvoicesIssued(client, written)
			if len(was) != 1 {
				t.Errorf("%d invoices on the statement of that day", len(was))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		copied, err := o.Invoices.Duplicate(ctx, id, "")
		if err != nil {
			t.Fatal(err)
		}
		if c, err := o.Invoices.Get(ctx, copied); err != nil || !c.Issued.IsZero() || c.Due.Before(today) {
			t.Errorf("a copy is dated %v, due %v, %v", c.Issued, c.Due, err)
		}
	})
}
