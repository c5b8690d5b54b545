package main

import (
	"context"
	"strings"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
)

// furnish gives a client what the tabs show: contacts, a service, notes, a file, credit.
func furnish(ctx context.Context, a *app.App, client int64) error {
	for _, c := range []app.ContactDetails{
		{FirstName: "Oliver", LastName: "Ashworth", Email: "books@ashworth.example", Phone: "+44 20 7946 0011", Gets: map[app.Category]bool{app.Invoice: true}},
		{FirstName: "Mina", LastName: "Rao", Email: "mina@ashworth.example", Gets: map[app.Category]bool{app.General: true, app.Support: true}},
	} {
		if _, err := a.Contacts.Add(ctx, client, app.NewContact{ContactDetails: c}); err != nil {
			return err
		}
	}
	_, err := a.Services.Add(ctx, client, app.ServiceDetails{
		Description: "Website care", Quantity: billing.One, Amount: money.New(4_900, "GBP"), Taxed: true, Cycle: billing.Monthly,
		NextDue: date.MustNew(2026, 12, 1), Status: data.ServiceActive,
	}, "")
	if err != nil {
		return err
	}
	for _, n := range []app.NewNote{
		{ClientID: client, Body: "She wants **three things**:\n- delivery before Easter\n- one invoice a quarter\n- a call from Ann"},
		{ClientID: client, Body: "Invoices go to Oliver; call before noon.", Sticky: true},
	} {
		if _, err := a.Notes.Add(ctx, n); err != nil {
			return err
		}
	}
	text := "Framework agreement between Northwind Studio and Ashworth & Daughters Ltd.\n"
	_, err = a.Files.Upload(ctx, client, app.NewFile{
		FileDetails: app.FileDetails{Name: "framework-agreement.txt", Title: "Framework agreement", AdminOnly: true}, Size: int64(len(text)), Content: strings.NewReader(text),
	}, app.Quiet{})
	if err != nil {
		return err
	}
	_, err = a.Credit.Add(ctx, client, app.NewCredit{Description: "Downtime in October", Amount: money.New(2_500, "GBP")})
	return err
}
