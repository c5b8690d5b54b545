package data_test

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/vault"
	"clientele/data"
)

// full adds a client who has something in every table that there is, each amount a multiple of unit.
func full(t *testing.T, o *apptest.Office, n int, unit int64) int64 {
	t.Helper()
	id := o.Add(t, fmt.Sprintf("full%d@example.com", n), func(c *app.NewClient) { c.FirstName, c.LastName = fmt.Sprintf("Full%d", n), "Client" })
	err := o.Store.Write(ctx, func(tx *data.Tx) error {
		today := date.Today(o.Clock.Now())
		must := func(errs ...error) {
			for _, err := range errs {
				if err != nil {
					panic(err)
				}
			}
		}
		blob, err := tx.NewBlob()
		content := []byte(fmt.Sprintf("contents of client %d", n))
		sum := sha256.Sum256(content)
		must(err, tx.AppendBlob(blob, 0, content), tx.FinishBlob(blob, int64(len(content)), sum[:]))
		must(
			tx.InsertFile(&data.File{ClientID: id, BlobID: blob, Title: "F", Name: "f.txt", Size: int64(len(content))}),
			tx.InsertContact(&data.Contact{ClientID: id, FirstName: "C", LastName: fmt.Sprint(n), Email: fmt.Sprintf("contact%d@example.com", n), MailInvoice: n%2 == 0, MailGeneral: n%2 == 1}),
			tx.AddNote(&data.Note{ClientID: id, Body: fmt.Sprintf("note of %d", n), CreatedBy: "x"}),
			tx.AddService(&data.Service{ClientID: id, Description: "S", Quantity: 1000, Currency: "GBP", Amount: unit, Cycle: "monthly", AnchorDay: 1, Status: data.ServiceActive, Started: today}),
		)
		mail := &data.Mail{MessageID: fmt.Sprintf("<%d@x>", n), ClientID: &id, Recipients: `[{"email":"x@example.com"}]`, State: data.MailQueued, Subject: "M"}
		must(tx.QueueMail(mail), tx.AttachToMail(mail.ID, []data.MailAttachment{{BlobID: blob, Name: "f.txt", Size: int64(len(content))}}))
		must(tx.AddUndo(&data.Undo{Kind: "note", ClientID: &id, Subject: "N", Content: fmt.Sprintf(`{"ID":%d,"ClientID":%d,"Body":"deleted note of %d","Version":1}`, 900+n, id, n), Who: "Alex Admin"}))
		fields, err := tx.CustomFields()
		must(err)
		if len(fields) == 0 {
			f := &data.CustomField{Name: "Colour", Kind: "text"}
			must(tx.SaveCustomField(f))
			fields = []data.CustomField{*f}
		}
		must(tx.SetCustomValue(id, fields[0].ID, fmt.Sprintf("colour %d", n)))
		hash, err := vault.ParseHash(strings.Repeat("ab", 32))
		must(err)
		recipient := hash.Recipient()
		_, err = tx.FirstCardKey(data.CardKey{KeyID: recipient.KeyID(), VaultID: "v", Recipient: recipient[:]})
		must(err)
		c := newCard(id, recipient.KeyID(), 1000+n)
		c.Sealed, err = recipient.Seal(vault.Binding{Vault: "v", Card: c.UUID, Brand: string(c.Type), Last4: c.Last4}, make([]byte, 32))
		must(err)
		must(tx.AddCard(&c))
		number := fmt.Sprintf("INV-%d", n)
		paid := &data.WholeInvoice{
			Invoice: data.Invoice{ClientID: id, Number: &number, Status: billing.Paid, Currency: "GBP", Due: today, Subtotal: 3 * unit, Total: 3 * unit, Paid: 3 * unit},
			Lines:   []data.InvoiceLine{{Kind: data.LineItem, Description: "L", Quantity: 1000, UnitPrice: 3 * unit, Net: 3 * unit, Gross: 3 * unit}},
			Taxes:   []data.InvoiceTax{{Name: "VAT", Rate: 0, Base: 3 * unit}},
		}
		must(tx.AddInvoice(paid))
		open := "O" + number
		must(tx.AddInvoice(&data.WholeInvoice{
			Invoice: data.Invoice{ClientID: id, Number: &open, Status: billing.Unpaid, Currency: "GBP", Due: today.AddDays(n), Subtotal: 2 * unit, Total: 2 * unit},
			Lines:   []data.InvoiceLine{{Kind: data.LineItem, Description: "L", Quantity: 1000, UnitPrice: 2 * unit, Net: 2 * unit, Gross: 2 * unit}},
		}))
		pay := &data.Transaction{ClientID: &id, ClientName: fmt.Sprintf("Full%d Client", n), Date: today, Currency: "GBP", AmountIn: 4 * unit, Fees: 1, Invoices: number}
		must(tx.AddTransaction(pay), tx.AddPayments([]data.Payment{{TransactionID: pay.ID, InvoiceID: paid.ID, Amount: 3 * unit}}))
		client, err := tx.ClientToChange(id)
		must(err, tx.MoveCredit(client, &data.CreditMove{Kind: data.CreditOverpayment, Date: today, Amount: unit, Currency: "GBP", Description: "Over", TransactionID: &pay.ID}))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		"INSERT INTO client_sessions (client_id, hash, created_at, seen_at, admin) VALUES (?, ?, 1, 1, '')", "INSERT INTO admin_links (client_id, hash, created_at, admin) VALUES (?, ?, 1, '')",
		"INSERT INTO password_resets (client_id, hash, created_at, expires_at, log_line) VALUES (?, ?, 1, 2, 0)",
	} {
		if err := o.Store.Writer().Exec(sql, id, []byte(fmt.Sprintf("hash %d", n))).Error; err != nil {
			t.Fatal(err)
		}
	}
	for _, sql := range []string{
		"INSERT INTO invoice_notices (invoice_id, level, at, mail_id) SELECT max(id), 0, 1, 1 FROM invoices WHERE client_id = ?",
		"INSERT INTO card_notices (client_id, expires, at, mail_id) VALUES (?, 202908, 1, 1)",
		"INSERT INTO daily_runs (day, started_at, who, cause, state, done, skipped, words) SELECT 20000, 1, 'x', 'asked', 'done', 1, 0, '' WHERE ? > 0",
		"INSERT INTO daily_lines (run_id, n, kind, outcome, client_id, invoice_id, currency, amount, reason, days) SELECT max(id), 1, 'fee', 'done', ?, 0, 'GBP', 1, '', 0 FROM daily_runs",
	} {
		if err := o.Store.Writer().Exec(sql, id).Error; err != nil {
			t.Fatal(err)
		}
	}
	// One that was merged into it before.
	earlier := o.Add(t, fmt.Sprintf("earlier%d@example.com", n), func(c *app.NewClient) { c.LastName = fmt.Sprintf("Earlier%d", n) })
	merge(t, o, id, earlier)
	for table, rows := range data.RowsOf(t, o.Store, id) {
		if rows == 0 {
			t.Fatalf("the client has nothing in %s: a test of deleting and merging would not see whether it is forgotten", table)
		}
	}
	o.Sound(t)
	return id
}

func merge(t *testing.T, o *apptest.Office, keep, discard int64, take ...string) {
	t.Helper()
	m := app.Merge{Keep: keep, Discard: discard, KeepVersion: o.Get(t, keep).Version, DiscardVersion: o.Get(t, discard).Version, Take: take}
	if err := o.Clients.Merge(ctx, m, app.Quiet{}); err != nil {
		t.Fatal(err)
	}
}

// DE-1: everything of the client goes from every table; transactions stay with the name and the numbers as they were; all sums are true afterwards.
func TestDeleteClient(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id, other := full(t, o, 1, 1000), full(t, o, 2, 500)
		before := data.RowsOf(t, o.Store, other)
		r, err := o.Clients.DeletePreview(ctx, id)
		if err != nil || r.Unpaid != 1 || r.Owed.Minor != 2000 || r.Credit.Minor != 1000 || r.Transactions != 1 || r.Kept.Minor != 4000 || r.Waiting != 1 || r.Files != 1 || r.Card == "" {
			t.Fatalf("%+v, %v", r, err)
		}
		if err := o.Clients.Delete(ctx, id, r.Client.Version-1, app.Quiet{}); app.CodeOf(err) != app.Conflict {
			t.Errorf("a client that changed was deleted: %v", err)
		}
		if err := o.Clients.Delete(ctx, id, r.Client.Version, app.Quiet{}); err != nil {
			t.Fatal(err)
		}
		for table, rows := range data.RowsOf(t, o.Store, id) {
			if rows != 0 && table != "activity" {
				t.Errorf("%d rows are left in %s", rows, table)
			}
		}
		if now := data.RowsOf(t, o.Store, other); !maps.Equal(now, before) {
			t.Errorf("the other client had %v and has %v", before, now)
		}
		o.Sound(t)
		var left data.Transaction
		if err := o.Store.Reader().Where("client_name = ?", "Full1 Client").Take(&left).Error; err != nil || left.ClientID != nil || left.AmountIn != 4000 || left.Invoices != "INV-1" {
			t.Errorf("the transaction is %+v, %v", left, err)
		}
		if _, err := o.Clients.Get(ctx, id); app.CodeOf(err) != app.NotFound {
			t.Errorf("the client can be read: %v", err)
		}
		if found, err := o.Clients.Search(ctx, "full1", 10); err != nil || len(found.Rows) != 0 {
			t.Errorf("the client is found: %+v, %v", found, err)
		}
	})
}

// ME-2: everything of the client that is discarded is the kept one's, in every table; sums are those of both, and the old number, name and address find the kept one.
func TestMergeClients(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		kept, gone := full(t, o, 1, 1000), full(t, o, 2, 500)
		a, b := data.RowsOf(t, o.Store, kept), data.RowsOf(t, o.Store, gone)
		m, err := o.Clients.MergePreview(ctx, kept, gone)
		if err != nil || m.After.Credit.Minor != 1500 || m.After.Owed.Minor != 3000 || m.After.In.Minor != 6000 || !m.NewContact || m.After.Has.Contacts != 5 {
			t.Fatalf("%+v, %v", m, err)
		}
		merge(t, o, kept, gone, app.FieldLastName, app.CustomKey(1))
		for table, rows := range data.RowsOf(t, o.Store, gone) {
			if rows != 0 && table != "activity" {
				t.Errorf("%d rows of the discarded client are left in %s", rows, table)
			}
		}
		want := map[string]int64{}
		for table := range a {
			want[table] = a[table] + b[table]
		}
		// One profile, search text, custom value and card; sums by status and by currency are one row each; the email is a contact, what differed is in a note, two rows mark
		// the credit, one line tells of the merge, and one number more finds the client.
		for _, table := range []string{"clients", "search_docs", "custom_values", "cards", "card_notices"} {
			want[table] = 1
		}
		want["invoice_totals"], want["transaction_totals"] = a["invoice_totals"], a["transaction_totals"]
		for _, table := range []string{"client_sessions", "password_resets", "admin_links"} { // what lets in as the discarded client goes
			want[table] = a[table]
		}
		want["contacts"]++
		want["notes"]++
		want["credit_moves"] += 2
		want["merged_clients"]++
		want["activity"] = a["activity"] + 1
		for table, rows := range data.RowsOf(t, o.Store, kept) {
			if rows != want[table] {
				t.Errorf("%s: %d rows, not %d", table, rows, want[table])
			}
		}
		o.Sound(t)
		c := o.Get(t, kept)
		if c.Credit != 1500 || c.Owed != 3000 || c.ServicesActive != 2 || c.LastName != "Client" || c.Custom[1] != "colour 2" {
			t.Errorf("%+v", c)
		}
		for _, text := range []string{fmt.Sprintf("#%d", gone), fmt.Sprint(gone), "full2@example.com", "Full2", "Earlier2", "note of 2", "1001"} {
			if found, err := o.Clients.Search(ctx, text, 10); err != nil || !slices.ContainsFunc(found.Rows, func(r data.ClientRow) bool { return r.ID == kept }) {
				t.Errorf("%q does not find the kept client: %+v, %v", text, found, err)
			}
		}
		if into, err := o.Clients.MergedInto(ctx, gone); err != nil || into != kept {
			t.Errorf("the old number leads to %d, %v", into, err)
		}
		// The log of the kept client has the lines of both.
		lines, err := o.Log.List(ctx, app.LogFilter{ClientID: kept}, data.ActivityPlace{}, 100)
		if err != nil || int64(len(lines)) < a["activity"]+b["activity"]+1 {
			t.Errorf("%d lines, %v", len(lines), err)
		}
		// What was deleted of the discarded client is put back at the kept one.
		undo, ok, err := o.Undos.Last(ctx)
		if err != nil || !ok {
			t.Fatal(err)
		}
		if _, err := o.Undos.Undo(ctx, undo.ID); err != nil {
			t.Errorf("undo: %v", err)
		}
		notes, err := o.Notes.List(ctx, kept, 0, 100)
		if err != nil || !slices.ContainsFunc(notes, func(n data.Note) bool { return strings.HasPrefix(n.Body, "deleted note of 2") }) {
			t.Errorf("the note is not back: %v, %v", notes, err)
		}
		o.Sound(t)
	})
}
