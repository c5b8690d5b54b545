package app

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/assets/mails"
	"clientele/data"
)

// aboutEverything is an invoice, a payment and a card with all that a mail can tell of them.
func aboutEverything() mailAbout {
	number := "42"
	return mailAbout{
		Invoice: &data.Invoice{
			Number: &number, Status: billing.Unpaid, Currency: "EUR", Issued: date.MustNew(2026, 1, 2), Due: date.MustNew(2026, 1, 16), Subtotal: 100000, Tax: 19000,
			Total: 119000, Credit: 1000, Paid: 2000, PaymentMethod: "Bank transfer",
		},
		Transaction: &data.Transaction{Date: date.MustNew(2026, 1, 5), Currency: "EUR", AmountIn: 2000, Method: "Bank transfer", Reference: "TX-7"},
		Card:        &mailCard{Type: "Visa", LastFour: "4242", Month: 3, Year: 2027},
		secrets:     map[string]string{"client_password": "s3cret-Passw0rd", "pw_reset_url": "https://example.com/reset?t=1"},
	}
}

// ML-4: each mail that the program writes is there in each shipped language, and neither with all values nor with few does a gap or a brace stay in it.
func TestShippedMails(t *testing.T) {
	for _, k := range mailKinds() {
		if k.label() == k.name {
			t.Errorf("%s has no name for people", k.name)
		}
		for _, f := range k.fields {
			if fieldLabel(f) == "" {
				t.Errorf("the field %s has no name for people", f)
			}
		}
		for _, language := range []string{"en", "de"} {
			if _, err := fs.Stat(mails.Files, k.name+"."+language+".txt"); err != nil {
				t.Fatal(err)
			}
			text, err := shippedText(k.name, language)
			if err != nil {
				t.Fatal(err)
			}
			few := aboutEverything()
			few.Invoice.Credit, few.Invoice.Paid, few.Invoice.PaymentMethod = 0, few.Invoice.Total, ""
			few.Transaction.Method, few.Transaction.Reference = "", ""
			for _, about := range []mailAbout{aboutEverything(), few} {
				set := defaults()
				set.BusinessName = "Northwind Studio"
				values := clientValues(set, data.Client{FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com", Language: language}, date.MustNew(2026, 1, 20))
				invoiceValues(values, i18n.For(language), *about.Invoice, date.MustNew(2026, 1, 20))
				about.transactionValues(values, i18n.For(language))
				values["invoice_lines"], values["refund_amount"] = "• Design: €100.00", "€10.00"
				values["card_type"], values["card_last_four"], values["card_expiry"] = "Visa", "4242", "03/2027"
				for _, f := range k.fields {
					if _, ok := values[f]; !ok {
						values[f] = ""
					}
				}
				r, err := text.render(k, values, about.secrets)
				if err != nil {
					t.Errorf("%s.%s: %v", k.name, language, err)
				}
				if strings.ContainsAny(r.subject+r.text, "{}$") || strings.Contains(strings.TrimSpace(r.text), "\n\n\n") || strings.Contains(r.subject+r.text, " .") || r.subject == "" {
					t.Errorf("%s.%s:\n%s\n\n%s", k.name, language, r.subject, r.text)
				}
				if strings.Contains(r.subject+r.text+r.html, "s3cret") {
					t.Errorf("%s.%s: the secret is readable", k.name, language)
				}
			}
		}
	}
}

// PW-3: the mail about a reset says for how long its link is good, and that whoever did not ask for it need do nothing.
func TestResetMail(t *testing.T) {
	for language, words := range map[string][]string{
		"en": {"for %.0f hours from the time it was asked for", "If you did not ask for this, simply ignore this email", "Your password stays as it is."},
		"de": {"%.0f Stunden ab der Anforderung", "Falls Sie das nicht angefordert haben, beachten Sie diese E-Mail einfach nicht", "Ihr Passwort bleibt, wie es ist."},
	} {
		text, err := shippedText(passwordResetValidation.name, language)
		if err != nil {
			t.Fatal(err)
		}
		values := clientValues(defaults(), data.Client{FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com", Language: language}, date.MustNew(2026, 1, 20))
		values["pw_reset_url"] = ""
		r, err := text.render(passwordResetValidation, values, map[string]string{"pw_reset_url": "https://example.com/reset/1"})
		if err != nil {
			t.Fatal(err)
		}
		words[0] = fmt.Sprintf(words[0], resetLife.Hours())
		for _, w := range words {
			if !strings.Contains(r.text, w) {
				t.Errorf("%s: nothing says %q:\n%s", language, w, r.text)
			}
		}
	}
}

// Amounts and dates are as the client's language has them, and days have their plural.
func TestInvoiceValues(t *testing.T) {
	about := aboutEverything()
	for language, want := range map[string]map[string]string{
		"en": {"invoice_total": "€1,190.00", "invoice_due": "01/16/2026", "invoice_days_overdue": "1 day", "invoice_balance": "€1,160.00", "payment_amount": "€20.00"},
		"de": {"invoice_total": "1.190,00 €", "invoice_due": "16.01.2026", "invoice_balance": "1.160,00 €", "payment_amount": "20,00 €"},
	} {
		values := map[string]string{}
		invoiceValues(values, i18n.For(language), *about.Invoice, date.MustNew(2026, 1, 17))
		about.transactionValues(values, i18n.For(language))
		for field, words := range want {
			if got := strings.ReplaceAll(values[field], "\u00a0", " "); got != words {
				t.Errorf("%s, %s: %q, want %q", language, field, got, words)
			}
		}
	}
}

// The lines in a mail are those of the invoice: net with the tax below them, or with the tax in them. They come to the total either way.
func TestLinesAsOnTheInvoice(t *testing.T) {
	lines := []data.InvoiceLine{{Description: "Design\nof the shop", Net: 10_000, Tax: 2_000, Gross: 12_000}, {Description: "Postage", Net: 500, Gross: 500}}
	words := i18n.For("en-GB")
	for mode, want := range map[billing.TaxMode]string{
		billing.Exclusive: "• Design: £100.00\n• Postage: £5.00\n• Tax: £20.00", billing.Inclusive: "• Design: £120.00\n• Postage: £5.00",
	} {
		if got := lineList(words, data.Invoice{Currency: "GBP", TaxMode: string(mode), Tax: 2_000, Total: 12_500}, lines); got != want {
			t.Errorf("%s: %q", mode, got)
		}
	}
}
