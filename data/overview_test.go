package data_test

import (
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/data"
)

// reads are the statements that read or write, without those that begin and end transactions.
func reads(statements []string) (some []string) {
	for _, s := range statements {
		switch word, _, _ := strings.Cut(strings.TrimSpace(s), " "); strings.ToUpper(word) {
		case "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA":
		default:
			some = append(some, s)
		}
	}
	return some
}

// billed is an office whose client 1 has an invoice over 100.00 and whose engine has its statistics taken.
func billed(t *testing.T) (*data.Store, *app.App) {
	t.Helper()
	s := shaped(t)
	a := app.New(app.Params{Store: s, Now: time.Now, Who: "test"})
	var currency string
	if err := s.Read(ctx, func(tx *data.Tx) error {
		c, err := tx.Client(1)
		currency = c.Currency
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		id, err := a.Invoices.Create(ctx, 1, app.InvoiceDraft{Lines: []app.InvoiceLine{{Line: billing.Line{
			Description: "Work", Quantity: billing.One, UnitPrice: money.New(10_000, money.Currency(currency)),
		}}}}, "")
		if err == nil {
			err = a.Invoices.Publish(ctx, id, 1)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return s, a
}

// Goal 4 by its shape: the client, its group, contacts, sums and mails are read in six statements, and the whole overview in nine; none looks through a table.
func TestOverviewShape(t *testing.T) {
	s, a := billed(t)
	stop := listen(s)
	o, err := a.Clients.Overview(ctx, 1)
	statements := reads(stop())
	if err != nil || o.Billing.Invoices[billing.Unpaid].N != 3 {
		t.Fatalf("%+v, %v", o.Billing, err)
	}
	named := 0
	for _, sql := range statements {
		other := false
		for _, table := range []string{"FROM `files`", "FROM `notes`"} {
			other = other || strings.Contains(sql, table)
		}
		if !other {
			named++
		}
		for _, step := range plan(t, s, sql) {
			if strings.HasPrefix(step, "SCAN ") && !strings.Contains(step, "CONSTANT ROW") || strings.Contains(step, "TEMP B-TREE") {
				t.Errorf("%s\n%s", step, sql)
			}
		}
	}
	if named == 0 || named > 6 || len(statements) > 9 {
		t.Errorf("%d statements, %d of them for what goal 4 names:\n%s", len(statements), named, strings.Join(statements, "\n"))
	}
}

// Goal 17 by its shape: credit is saved in at most twelve statements. A payment takes five more: each of the sums that lists, reports and pages show is kept
// by a statement of its own, and the invoice is settled in the same transaction.
func TestSavesShape(t *testing.T) {
	s, a := billed(t)
	o, err := a.Clients.Overview(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	currency := money.Currency(o.Currency)
	most := map[string]int{"payment": 17, "credit": 12}
	for name, save := range map[string]func(key string) error{
		"payment": func(key string) error {
			_, err := a.Transactions.Record(ctx, 1, app.NewPayment{Amount: money.New(10_000, currency), Method: "card", Invoices: []int64{1}, Key: key})
			return err
		},
		"credit": func(key string) error {
			_, err := a.Credit.Add(ctx, 1, app.NewCredit{Description: "Goodwill", Amount: money.New(500, currency), Key: key})
			return err
		},
	} {
		stop := listen(s)
		err := save("key " + name)
		statements := reads(stop())
		if err != nil || len(statements) > most[name] {
			t.Errorf("%s: %v after %d statements:\n%s", name, err, len(statements), strings.Join(statements, "\n"))
		}
	}
}
