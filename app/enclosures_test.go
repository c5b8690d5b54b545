package app_test

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/data"
	"clientele/mail/mailtest"
)

// invoiced gives a client an invoice of 100.00, published unless it is to stay a draft.
func invoiced(t testing.TB, o *apptest.Office, client int64, publish bool) int64 {
	t.Helper()
	d := app.InvoiceDraft{Lines: []app.InvoiceLine{{Line: billing.Line{Description: "Design", Quantity: 2 * billing.One, UnitPrice: pounds(5000)}}}}
	id, err := o.Invoices.Create(ctx, client, d, "")
	if err == nil && publish {
		err = o.Invoices.Publish(ctx, id, 1)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// saved is a document as it is saved to this computer.
func saved(t testing.TB, o *apptest.Office, p app.Paper, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), p.Name)
	if err := o.Documents.Save(ctx, p, path); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// noRest fails where the store has contents that nothing names.
func noRest(t testing.TB, o *apptest.Office) {
	t.Helper()
	err := o.Store.Read(ctx, func(tx *data.Tx) error {
		free, _, _, err := tx.UnnamedBlobs(0, math.MaxInt64, 1000)
		if len(free) > 0 {
			t.Errorf("%d contents that nothing names", len(free))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// IN-4: an invoice and the account statement are mailed as the files that saving them writes, byte for byte.
func TestMailDocuments(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		server := mailtest.Start(t, mailtest.Script{})
		o.Serve(t, server, long)
		id := o.Add(t, "ada@example.com", without(app.General)) // who wants invoices, but no General mail
		invoice := invoiced(t, o, id, true)
		draft, err := o.Mails.Compose(ctx, app.Manual{ClientID: id, Invoices: []int64{invoice}, Statement: &app.StatementRange{}})
		if err != nil {
			t.Fatal(err)
		}
		m := draft.Manual
		m.Invoices = append(m.Invoices, invoice) // chosen twice, sent once
		if p, err := o.Mails.Preview(ctx, m); err != nil || len(p.To) != 1 {
			t.Fatalf("%+v, %v", p, err)
		}
		noRest(t, o) // looking stores nothing
		mail, err := o.Mails.Send(ctx, m)
		if err != nil {
			t.Fatal(err)
		}
		send(t, o)
		got := server.Messages()
		if len(got) != 1 {
			t.Fatalf("%d messages", len(got))
		}
		_, parts := arrived(t, got[0])
		p, err := o.Documents.Invoice(ctx, invoice)
		if b := saved(t, o, p, err); !bytes.Equal(parts[p.Name], b) || p.Name != draft.Documents[1].Name {
			t.Errorf("%s: %d bytes arrived, %d are saved", p.Name, len(parts[p.Name]), len(b))
		}
		p, err = o.Documents.Statement(ctx, id, date.Date{}, date.Date{})
		if b := saved(t, o, p, err); !bytes.Equal(parts[p.Name], b) || p.Name != draft.Documents[0].Name {
			t.Errorf("%s: %d bytes arrived, %d are saved", p.Name, len(parts[p.Name]), len(b))
		}
		view, err := o.Mails.View(ctx, mail)
		if err != nil || len(view.Files) != 2 || view.Category != string(app.Invoice) || view.State != data.MailSent {
			t.Errorf("%+v, %v", view, err)
		}
		if err := o.Files.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		noRest(t, o)
		o.Sound(t)
	})
}

// Of a mail with documents that cannot be sent nothing is stored, and the reason stands at its field.
func TestMailDocumentsRules(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := o.Add(t, "ada@example.com", without(app.Support))
		invoice, draft := invoiced(t, o, id, true), invoiced(t, o, id, false)
		foreign := invoiced(t, o, o.Add(t, "other@example.com", nil), true)
		large, _ := put(t, o, id, "large.bin", 1<<20, false)
		o.Change(t, func(s *app.Settings) { s.MailAttachmentsMB = 1 })
		first := date.MustNew(2026, 1, 1)
		for name, tt := range map[string]struct {
			change func(*app.Manual)
			field  string
			words  string
		}{
			"a draft":           {func(m *app.Manual) { m.Invoices = []int64{draft} }, app.FieldAttachments, "Publish it first"},
			"another client's":  {func(m *app.Manual) { m.Invoices = []int64{foreign} }, app.FieldAttachments, "no longer there"},
			"one that is gone":  {func(m *app.Manual) { m.Invoices = []int64{4711} }, app.FieldAttachments, "no longer there"},
			"days that cross":   {func(m *app.Manual) { m.Statement = &app.StatementRange{From: first.AddDays(1), To: first} }, app.FieldAttachments, "first day"},
			"larger than both":  {func(m *app.Manual) { m.Files = []int64{large} }, app.FieldAttachments, "together"},
			"unwanted category": {func(m *app.Manual) { m.Category = app.Support }, app.FieldMailCategory, "Support"},
			"no subject":        {func(m *app.Manual) { m.Subject = "" }, app.FieldSubject, "Enter a subject"},
		} {
			t.Run(name, func(t *testing.T) {
				m := byHand(id)
				m.Invoices, m.Key = []int64{invoice}, name
				tt.change(&m)
				_, looked := o.Mails.Preview(ctx, m)
				_, sent := o.Mails.Send(ctx, m)
				for _, err := range []error{looked, sent} {
					if !slices.Equal(fields(err), []string{tt.field}) || !strings.Contains(err.Error(), tt.words) {
						t.Errorf("%v at %q", err, fields(err))
					}
				}
				noRest(t, o)
			})
		}
		m := byHand(4711)
		m.Statement = &app.StatementRange{}
		if _, err := o.Mails.Send(ctx, m); app.CodeOf(err) != app.NotFound {
			t.Errorf("to nobody: %v", err)
		}
		if n := len(mails(t, o)); n != 0 {
			t.Errorf("%d mails were stored", n)
		}
	})
}

// Presses of one button, one after another and at once, are one mail with one document; of the others no contents stay.
func TestMailDocumentsOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := o.Add(t, "ada@example.com", nil)
		m := byHand(id)
		m.Invoices, m.Key = []int64{invoiced(t, o, id, true)}, "press"
		var presses sync.WaitGroup
		ids := make([]int64, 8)
		for i := range ids {
			presses.Go(func() {
				var err error
				if ids[i], err = o.Mails.Send(ctx, m); err != nil {
					t.Error(err)
				}
			})
		}
		presses.Wait()
		again, err := o.Mails.Send(ctx, m)
		if slices.Sort(ids); err != nil || ids[0] != ids[7] || again != ids[0] || len(mails(t, o)) != 1 {
			t.Errorf("mails %v, then %d, %v", ids, again, err)
		}
		noRest(t, o)
		o.Sound(t)
	})
}

// A mail with documents begins with a sentence on them in the client's language: what is owed and when, or which days; what was typed before stays.
func TestComposeDocuments(t *testing.T) {
	o := apptest.Open(t)
	o.Change(t, func(s *app.Settings) {
		s.BusinessName, s.InvoiceNumberFormat, s.InvoiceDueDays = "Northwind Studio", "INV-{number:2}", 14
	})
	days := &app.StatementRange{From: date.MustNew(2026, 1, 1), To: date.MustNew(2026, 3, 31)}
	for _, tt := range []struct {
		language                        string
		invoice, statementText, overdue string
	}{
		{"en", "Please pay £100.00 by ", "from 01/01/2026 to 31/03/2026", "is overdue"},
		{"de", "Bitte zahlen Sie 100,00\u00a0£ bis zum ", "vom 01.01.2026 bis zum 31.03.2026", "ist überfällig"},
	} {
		id := o.Add(t, tt.language+"@example.com", func(n *app.NewClient) { n.Language = tt.language })
		one, two := invoiced(t, o, id, true), invoiced(t, o, id, true)
		d, err := o.Mails.Compose(ctx, app.Manual{ClientID: id, Invoices: []int64{one}})
		if err != nil {
			t.Fatal(err)
		}
		i, err := o.Invoices.Get(ctx, one)
		if err != nil {
			t.Fatal(err)
		}
		p, err := o.Mails.Preview(ctx, d.Manual)
		if err != nil || !strings.HasSuffix(p.Subject, " #"+*i.Number) || !strings.Contains(p.Text, tt.invoice) || !strings.Contains(p.Text, "Ada Lovelace") || d.Category != app.Invoice {
			t.Errorf("%s: %+v, %v", tt.language, p, err)
		}
		d, err = o.Mails.Compose(ctx, app.Manual{ClientID: id, Statement: days})
		if err == nil {
			p, err = o.Mails.Preview(ctx, d.Manual)
		}
		if err != nil || !strings.Contains(p.Text, tt.statementText) {
			t.Errorf("%s: %+v, %v", tt.language, p, err)
		}
		d, err = o.Mails.Compose(ctx, app.Manual{ClientID: id, Invoices: []int64{one, two}, Subject: "Typed"})
		if err != nil || d.Subject != "Typed" || strings.Count(d.Body, "#INV-") != 2 || len(d.Documents) != 2 {
			t.Errorf("%s: %+v, %v", tt.language, d, err)
		}
		if _, err := o.Transactions.Record(ctx, id, app.NewPayment{Amount: pounds(10000), Method: "card", Invoices: []int64{one}}); err != nil {
			t.Fatal(err)
		}
		d, err = o.Mails.Compose(ctx, app.Manual{ClientID: id, Invoices: []int64{one}})
		if err != nil || strings.Contains(d.Body, tt.invoice[:10]) {
			t.Errorf("%s, paid: %q, %v", tt.language, d.Body, err)
		}
		o.Clock.Advance(40 * 24 * time.Hour)
		d, err = o.Mails.Compose(ctx, app.Manual{ClientID: id, Invoices: []int64{two}})
		if err == nil {
			p, err = o.Mails.Preview(ctx, d.Manual)
		}
		if err != nil || !strings.Contains(p.Subject, tt.overdue) || strings.Contains(p.Text, tt.invoice) || !strings.Contains(p.Text, "Ada Lovelace") || strings.Contains(d.Body, "{$invoice") {
			t.Errorf("%s, overdue: %+v, %v", tt.language, p, err)
		}
		if _, err := o.Mails.Compose(ctx, app.Manual{ClientID: id, Invoices: []int64{4711}}); app.CodeOf(err) != app.NotFound {
			t.Errorf("an invoice that is not there: %v", err)
		}
	}
}
