package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/views/terminal"
)

// deskProgram is a desktop of TestOffice in a process of its own: deskProgram FOLDER ADDRESS. It writes a line for each act.
const deskProgram = "clientele-desk"

func deskMain() {
	ctx, stop := context.WithCancel(context.Background())
	go func() { _, _ = io.Copy(io.Discard, os.Stdin); stop() }()
	s, err := openForCommand(context.Background(), terminal.Where{Folder: os.Args[1], Database: os.Args[2]})
	if err != nil {
		fmt.Println(err)
		return
	}
	heard := make(chan struct{})
	go func() { defer close(heard); s.App.Together.Follow(ctx) }()
	for ctx.Err() == nil {
		words := "done"
		if err := randomAct(context.Background(), s.App); err != nil {
			switch app.CodeOf(err) {
			case app.Conflict, app.NotFound, app.NotAllowed, app.Duplicate: // a colleague was quicker
			default:
				words = err.Error()
			}
		}
		fmt.Println(words)
	}
	<-heard
	if err := s.Close(); err != nil {
		fmt.Println(err)
	}
}

// randomAct is something that an admin does with one of the clients who were there from the beginning, so that all of them meet there.
func randomAct(ctx context.Context, a *app.App) error {
	client := 1 + rand.Int64N(officeClients)
	switch rand.IntN(7) {
	case 0:
		_, err := a.Clients.Add(ctx, app.NewClient{Profile: person(fmt.Sprintf("x%d@example.com", rand.Int64()))})
		return err
	case 1:
		_, err := a.Notes.Add(ctx, app.NewNote{ClientID: client, Body: "Called."})
		return err
	case 2:
		notes, err := a.Notes.List(ctx, client, 0, 1)
		if err != nil || len(notes) == 0 {
			return err
		}
		undo, err := a.Notes.Delete(ctx, notes[0].ID)
		if err == nil && rand.IntN(2) == 0 {
			_, err = a.Undos.Undo(ctx, undo)
		}
		return err
	case 3:
		c, err := a.Clients.Get(ctx, client)
		if err != nil {
			return err
		}
		p := app.ProfileOf(c)
		p.Notes = strconv.FormatInt(rand.Int64(), 36)
		return a.Clients.Update(ctx, client, c.Version, p, "")
	case 4:
		_, err := a.Credit.Add(ctx, client, app.NewCredit{Description: "Goodwill", Amount: money.New(100, "GBP")})
		return err
	default:
		return bill(ctx, a, client)
	}
}

// bill publishes an invoice of 10.00 and pays 3.00 of it, and pays 0.05 to credit.
func bill(ctx context.Context, a *app.App, client int64) error {
	line := app.InvoiceLine{Line: billing.Line{Description: "Work", Quantity: billing.One, UnitPrice: money.New(1000, "GBP")}}
	id, err := a.Invoices.Create(ctx, client, app.InvoiceDraft{Lines: []app.InvoiceLine{line}}, "")
	if err == nil {
		err = a.Invoices.Publish(ctx, id, 1)
	}
	if err != nil {
		return err
	}
	for _, p := range []app.NewPayment{{Amount: money.New(300, "GBP"), Invoices: []int64{id}}, {Amount: money.New(5, "GBP")}} {
		if _, err := a.Transactions.Record(ctx, client, p); err != nil {
			return err
		}
	}
	return nil
}
