package main

import (
	"context"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/data"
)

// bill writes invoices for a client: one that is paid in part, and a draft.
func bill(ctx context.Context, a *app.App, client int64) error {
	line := func(words string, quantity billing.Quantity, pence int64) app.InvoiceLine {
		return app.InvoiceLine{Line: billing.Line{Description: words, Quantity: quantity, UnitPrice: money.New(pence, "GBP"), Taxed: true}}
	}
	d := app.InvoiceDraft{Notes: "Thank you. Please name the number of the invoice.", PaymentMethod: "bank transfer", Lines: []app.InvoiceLine{
		line("Design of the new catalogue", 12*billing.One+billing.One/2, 8_500),
		line("Printing, 5,000 copies", billing.One, 345_678),
		line("Delivery to York", 2*billing.One, 1_250),
	}}
	id, err := a.Invoices.Create(ctx, client, d, "")
	if err != nil {
		return err
	}
	if err := a.Invoices.Publish(ctx, id, 1); err != nil {
		return err
	}
	_, err = a.Transactions.Record(ctx, client, app.NewPayment{
		Amount: money.New(200_000, "GBP"), Method: "Bank transfer", Reference: "FP-20261120-118", Invoices: []int64{id},
	})
	if err != nil {
		return err
	}
	d.Lines = d.Lines[:2]
	_, err = a.Invoices.Create(ctx, client, d, "")
	return err
}

// billed are the draft and the published invoice of a client that bill wrote.
func billed(ctx context.Context, a *app.App, client int64) (draft, published int64, err error) {
	rows, _, err := a.Invoices.Page(ctx, data.InvoiceQuery{Filter: data.InvoiceFilter{ClientID: client}, Descending: true}, nil, false, 2)
	if err != nil || len(rows) < 2 {
		return 0, 0, err
	}
	return rows[0].ID, rows[1].ID, nil
}
