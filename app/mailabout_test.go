package app_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/mail/mailtest"
)

// queued queues a mail of a kind about an invoice and a transaction.
func queued(t testing.TB, o *apptest.Office, kind string, client, invoice, transaction int64) int64 {
	t.Helper()
	mail, err := o.QueueAbout(ctx, kind, client, invoice, transaction)
	if err != nil {
		t.Fatal(err)
	}
	return mail
}

// paid records a payment of 100.00 to an invoice.
func paid(t testing.TB, o *apptest.Office, client, invoice int64) int64 {
	t.Helper()
	id, err := o.Transactions.Record(ctx, client, app.NewPayment{Amount: pounds(10000), Method: "Cash", Invoices: []int64{invoice}})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// ML-4, CO-5: a mail about an invoice has it with it as PDF, made as it is sent, and goes to the client and to contacts who get copies of invoices alone.
func TestMailAboutInvoice(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		server := mailtest.Start(t, mailtest.Script{})
		o.Serve(t, server, long)
		id := o.Add(t, "ada@example.com", nil)
		for address, gets := range map[string]app.Category{"books@example.com": app.Invoice, "other@example.com": app.General} {
			d := app.ContactDetails{FirstName: "Bo", LastName: "Books", Email: address, Gets: map[app.Category]bool{gets: true}}
			if _, err := o.Contacts.Add(ctx, id, app.NewContact{ContactDetails: d}); err != nil {
				t.Fatal(err)
			}
		}
		invoice := invoiced(t, o, id, true)
		mail := queued(t, o, "invoice_created", id, invoice, 0)
		noRest(t, o) // nothing is made before it is sent
		send(t, o)
		got := server.Messages()
		if len(got) != 1 {
			t.Fatalf("%d messages", len(got))
		}
		to := slices.Clone(got[0].To)
		if slices.Sort(to); !slices.Equal(to, []string{"ada@example.com", "books@example.com"}) {
			t.Errorf("went to %v", to)
		}
		_, parts := arrived(t, got[0])
		p, err := o.Documents.Invoice(ctx, invoice)
		if b := saved(t, o, p, err); !bytes.Equal(parts[p.Name], b) {
			t.Errorf("%s: %d bytes arrived, %d are saved", p.Name, len(parts[p.Name]), len(b))
		}
		view, err := o.Mails.View(ctx, mail)
		if err != nil || view.State != data.MailSent || len(view.Files) != 0 || view.Document != p.Name {
			t.Errorf("%+v, %v", view, err)
		}
		noRest(t, o)
		o.Sound(t)
	})
}

// A mail is withdrawn where what it tells of is not so any more: its history says why.
func TestMailWithdrawn(t *testing.T) {
	for name, tt := range map[string]struct {
		kind  string
		pay   bool                                                                      // it is about a payment
		then  func(t *testing.T, o *apptest.Office, client, invoice, transaction int64) // before it is sent
		words string                                                                    // why it did not go; empty where it did
	}{
		"an invoice that stands": {kind: "invoice_created"},
		"cancelled": {kind: "invoice_created", words: "cancelled", then: func(t *testing.T, o *apptest.Office, _, invoice, _ int64) {
			if err := o.Invoices.Cancel(ctx, invoice); err != nil {
				t.Fatal(err)
			}
		}},
		"deleted": {kind: "invoice_created", words: "deleted", then: func(t *testing.T, o *apptest.Office, _, invoice, _ int64) {
			if _, err := o.Invoices.Delete(ctx, invoice); err != nil {
				t.Fatal(err)
			}
		}},
		"a reminder of what was paid": {kind: "invoice_reminder", words: "paid", then: func(t *testing.T, o *apptest.Office, client, invoice, _ int64) {
			paid(t, o, client, invoice)
		}},
		"an invoice that was paid": {kind: "invoice_created", then: func(t *testing.T, o *apptest.Office, client, invoice, _ int64) {
			paid(t, o, client, invoice)
		}},
		"a notice in collections": {kind: "invoice_overdue_third", words: "Collections", then: func(t *testing.T, o *apptest.Office, _, invoice, _ int64) {
			if err := o.Invoices.SendToCollections(ctx, invoice); err != nil {
				t.Fatal(err)
			}
		}},
		"a payment that stands": {kind: "invoice_payment_confirmation", pay: true},
		"a payment that was taken back": {kind: "invoice_payment_confirmation", pay: true, words: "transaction was deleted", then: func(t *testing.T, o *apptest.Office, _, _, transaction int64) {
			if err := o.Transactions.Delete(ctx, transaction); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			o := apptest.Open(t)
			server := mailtest.Start(t, mailtest.Script{})
			o.Serve(t, server, long)
			id := o.Add(t, "ada@example.com", nil)
			invoice, transaction := invoiced(t, o, id, true), int64(0)
			if tt.pay {
				transaction = paid(t, o, id, invoice)
			}
			mail := queued(t, o, tt.kind, id, invoice, transaction)
			if tt.then != nil {
				tt.then(t, o, id, invoice, transaction)
			}
			send(t, o)
			view, err := o.Mails.View(ctx, mail)
			if err != nil {
				t.Fatal(err)
			}
			if gone := tt.words != ""; gone != (view.State == data.MailSuppressed) || gone == (len(server.Messages()) == 1) || !strings.Contains(view.Answer, tt.words) {
				t.Errorf("%s: %q; %d messages went", view.State, view.Answer, len(server.Messages()))
			}
		})
	}
}
