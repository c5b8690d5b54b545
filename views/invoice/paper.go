package invoice

import (
	"context"

	"clientele/app"
)

// paper makes the invoice as PDF (IN-4).
func (v *view) paper(id int64) func(context.Context) (app.Paper, error) {
	return func(ctx context.Context) (app.Paper, error) { return v.d.App.Documents.Invoice(ctx, id) }
}

// openPDF shows the invoice in the program that the system has for PDF files, from where it can be printed.
func (v *view) openPDF() { v.d.OpenDocument(v.paper(v.of.ID)) }

func (v *view) savePDF() { v.d.SaveDocument(".pdf", v.paper(v.of.ID)) }

// email begins a mail to the client with the invoice.
func (v *view) email() {
	v.d.Go.WriteMail(v.of.ClientID, app.Manual{Invoices: []int64{v.of.ID}})
}
