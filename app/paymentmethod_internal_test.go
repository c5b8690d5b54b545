package app

import (
	"testing"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
)

// A client reads on paper and in mails how they paid in their own words, not in those that are stored.
func TestMethodsInTheClientsWords(t *testing.T) {
	for language, want := range map[string]string{"de": "Lastschrift", "en": "Direct debit"} {
		paid := data.Transaction{Date: date.MustNew(2026, 11, 30), Method: "direct debit", Currency: "EUR", AmountIn: 500}
		i := Invoicing{
			Client: data.Client{Language: language, Country: "DE", Currency: "EUR"}, WholeInvoice: data.WholeInvoice{Invoice: data.Invoice{Currency: "EUR"}},
			Payments: []InvoicePayment{{Payment: data.Payment{Amount: 500}, Transaction: paid}},
		}
		if got := invoiceDocument(i, Settings{}, nil).Payments[0].Method; got != want {
			t.Errorf("%s: the invoice says %q", language, got)
		}
		values := map[string]string{}
		mailAbout{Transaction: &paid}.transactionValues(values, i18n.For(language))
		if values["payment_method"] != want {
			t.Errorf("%s: the mail says %q", language, values["payment_method"])
		}
	}
}

// A method that is chosen in the language of the windows is kept by its own name, and an English client reads it in English.
func TestMethodsChosenInGerman(t *testing.T) {
	if err := i18n.SetLanguage("de"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = i18n.SetLanguage("en") })
	for typed, want := range map[string]string{"Überweisung": "bank transfer", "lastschrift": "direct debit", "PayPal": "paypal", "Bank transfer": "bank transfer", "CARD": "card", "Kryptogeld": "Kryptogeld", "": ""} {
		method, none := typed, ""
		(&Problems{}).transaction(&method, &none, &none)
		if method != want {
			t.Errorf("%q is kept as %q, not %q", typed, method, want)
		}
	}
	if got := PaymentMethodTyped("bank transfer"); got != "Überweisung" {
		t.Errorf("it is offered as %q", got)
	}
}
