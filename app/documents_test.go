package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
)

// IN-4, IN-3: a published invoice and the account statement become PDF files with all that belongs on them; the logo is kept, and what is none is refused.
func TestDocuments(t *testing.T) {
	o := apptest.Open(t)
	o.Change(t, func(s *app.Settings) {
		s.BusinessName, s.BusinessAddress, s.BankDetails = "Northwind Studio", "1 Quay St\nBristol", "IBAN GB00 0000"
		s.InvoiceNumberFormat = "INV-{year}-{number:4}"
	})
	if err := o.Products.SaveTaxRule(ctx, data.TaxRule{Name: "VAT", Country: "GB", Rate: int64(money.PercentOf(20))}); err != nil {
		t.Fatal(err)
	}
	id := o.Add(t, "ada@example.com", nil)
	if _, err := o.Credit.Add(ctx, id, app.NewCredit{Description: "Goodwill", Amount: pounds(500)}); err != nil {
		t.Fatal(err)
	}
	d := app.InvoiceDraft{Lines: []app.InvoiceLine{{Line: billing.Line{Description: "Design", Quantity: 2 * billing.One, UnitPrice: pounds(5000), Taxed: true}}}}
	invoice, err := o.Invoices.Create(ctx, id, d, "")
	if err == nil {
		err = o.Invoices.Publish(ctx, invoice, 1)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Transactions.Record(ctx, id, app.NewPayment{Amount: pounds(2000), Method: "card", Invoices: []int64{invoice}}); err != nil {
		t.Fatal(err)
	}
	p, err := o.Documents.Invoice(ctx, invoice)
	if err != nil || p.Name != "Invoice INV-2026-0001.pdf" {
		t.Fatalf("%q %v", p.Name, err)
	}
	path := filepath.Join(t.TempDir(), p.Name)
	if err := o.Documents.Save(ctx, p, path); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(b, []byte("%PDF-")) {
		t.Fatalf("%.20q %v", b, err)
	}
	st, err := o.Documents.StatementCSV(ctx, id, date.Date{}, date.Date{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := st.Write(&b); err != nil {
		t.Fatal(err)
	}
	// 5.00 of credit given, 120.00 invoiced, 20.00 paid: 95.00 is owed.
	for _, want := range []string{"Goodwill", "INV-2026-0001", "120.00", "20.00", "95.00"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
	if err := o.Documents.SetLogo(ctx, []byte("no picture")); len(app.ProblemsOf(err)) != 1 || app.ProblemsOf(err)[0].Field != app.FieldLogo {
		t.Errorf("no picture: %v", err)
	}
	if logo, err := o.Documents.Logo(ctx); len(logo) > 0 || err != nil {
		t.Errorf("%d bytes of logo, %v", len(logo), err)
	}
}
