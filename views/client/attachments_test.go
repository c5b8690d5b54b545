package client

import (
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// owedInvoice gives a client a published invoice over 100.00.
func owedInvoice(t *testing.T, b *viewtest.Bench, client int64) int64 {
	t.Helper()
	id, err := b.App.Invoices.Create(t.Context(), client, app.InvoiceDraft{Lines: []app.InvoiceLine{{Line: billing.Line{
		Description: "Work", Quantity: billing.One, UnitPrice: money.New(10_000, "GBP"),
	}}}}, "")
	if err == nil {
		err = b.App.Invoices.Publish(t.Context(), id, 1)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// IN-4: a mail is begun with an invoice, in the category Invoice and with its text, also where the page is still being read; the account statement is added to
// what is being written, and what was typed stays; a document that is unticked does not go.
func TestWriteMailWithDocuments(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(mailReady)
	id := add(t, b, "grace@example.com", nil)
	first, second := owedInvoice(t, b, id), owedInvoice(t, b, id)
	p := Open(b.Desk, id)
	p.WriteMailWith(app.Manual{Invoices: []int64{first}})
	b.Show(p)
	w := mailTab(t, p).writer
	if w == nil || w.form == nil {
		t.Fatal("no mail was begun")
	}
	if w.form.Value(app.FieldMailCategory) != string(app.Invoice) || w.subject.Value() != "Invoice #1" || !strings.Contains(w.body.Value(), "£100.00") || w.unsent() {
		t.Fatalf("begins as %v", w.form.Values())
	}
	mustSay(t, b, "The document is made when the mail is sent.")
	w.body.SetValue("As agreed.")
	p.WriteMailWith(app.Manual{Invoices: []int64{second}, Statement: &app.StatementRange{}})
	m := w.manual()
	if w != mailTab(t, p).writer || m.Body != "As agreed." || len(m.Invoices) != 2 || m.Statement == nil {
		t.Fatalf("%+v", m)
	}
	mustSay(t, b, "3 documents are made when the mail is sent.")
	w.files.SetValue(documentKey(app.DraftDocument{Invoice: second}))
	press(t, b, "Preview")
	mustSay(t, b, "Invoice 2.pdf")
	press(t, b, "Send")
	ms := mails(t, b, id)
	if len(ms) != 1 {
		t.Fatalf("%d mails; %s", len(ms), w.message.Text())
	}
	view, err := b.App.Mails.View(t.Context(), ms[0].ID)
	if err != nil || len(view.Files) != 1 || view.Files[0].Name != "Invoice 2.pdf" || view.Category != string(app.Invoice) {
		t.Errorf("%+v, %v", view, err)
	}
}

// An invoice that goes away while a mail with it is written is told of at the attachments, and the text stays.
func TestDocumentGoesAway(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(mailReady)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	p.WriteMailWith(app.Manual{Invoices: []int64{owedInvoice(t, b, id)}})
	w := mailTab(t, p).writer
	w.body.SetValue("As agreed.")
	w.with.Invoices[0], w.files.docs[0].Invoice = 4711, 4711
	w.files.SetValue(documentKey(w.files.docs[0]))
	m := w.manual()
	m.Invoices = []int64{4711}
	if _, err := b.App.Mails.Send(t.Context(), m); err == nil {
		t.Fatal("it was sent")
	} else {
		w.fail(err)
	}
	mustSay(t, b, "An invoice that was to go with this mail is no longer there.")
	if w.body.Value() != "As agreed." || len(mails(t, b, id)) != 0 {
		t.Errorf("the text is %q", w.body.Value())
	}
}

// The account statement is mailed from its dialog over the days that are in it; days that cannot be read keep the dialog open.
func TestEmailStatement(t *testing.T) {
	b := viewtest.New(t)
	b.Settings(mailReady)
	id := add(t, b, "grace@example.com", nil)
	p := open(t, b, id)
	press(t, b, "Account Statement")
	if _, ok := b.Canvas().Focused().(*kit.Entry); !ok {
		t.Errorf("the statement begins with the keyboard on %T", b.Canvas().Focused())
	}
	press(t, b, "Email Statement…")
	w := mailTab(t, p).writer
	if kit.DialogOpen() || w == nil || w.subject.Value() != "Your account statement" {
		t.Fatalf("dialog open: %v", kit.DialogOpen())
	}
	if m := w.manual(); m.Statement == nil || m.Statement.From.IsZero() || m.Category != app.Invoice {
		t.Fatalf("%+v", m)
	}
	press(t, b, "Send")
	if len(mails(t, b, id)) != 1 {
		t.Errorf("not sent: %s", w.message.Text())
	}
}
