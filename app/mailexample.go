package app

import (
	"cmp"
	"slices"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/data"
)

// exampleFor is what a mail of a kind could tell a client, for a preview: the newest invoice of the client, or one that is made up.
func exampleFor(tx *data.Tx, c data.Client, k mailKind, today date.Date) (mailAbout, error) {
	var about mailAbout
	has := func(f string) bool { return slices.Contains(k.fields, f) }
	if has("invoice_number") {
		newest, err := tx.InvoicesForClient(c.ID, 0, 1)
		if err != nil {
			return about, err
		}
		var i *data.Invoice
		if len(newest) > 0 {
			i = &newest[0]
		} else {
			number := "1042"
			i = &data.Invoice{
				ClientID: c.ID, Number: &number, Status: billing.Unpaid, Currency: c.Currency, Issued: today.AddDays(-30), Due: today.AddDays(-16), Subtotal: 10000, Total: 10000,
			}
		}
		about.Invoice = i
	}
	t := data.Transaction{Date: today, Method: cmp.Or(c.PaymentMethod, "bank transfer"), Reference: "TX-1042", Currency: c.Currency}
	switch {
	case has("payment_amount"):
		t.AmountIn = about.Invoice.Total
		about.Transaction = &t
	case has("refund_amount"):
		t.AmountOut = about.Invoice.Total
		about.Transaction = &t
	}
	if has("card_type") {
		month := today.AddMonths(1, 1)
		about.Card = &mailCard{Type: "Visa", LastFour: "4242", Month: month.Month(), Year: month.Year()}
	}
	about.secrets = map[string]string{}
	for _, f := range []string{"client_password", "pw_reset_url"} {
		if has(f) {
			about.secrets[f] = masked
		}
	}
	return about, nil
}
