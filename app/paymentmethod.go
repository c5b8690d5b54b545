package app

import (
	"strings"

	"clientele/app/i18n"
)

// methodNames are the payment methods in words; they are translated where they are shown.
var methodNames = []struct{ method, name string }{
	{"bank transfer", "Bank transfer"},
	{"card", "Card"},
	{"cash", "Cash"},
	{"cheque", "Cheque"},
	{"direct debit", "Direct debit"},
	{"paypal", "PayPal"},
}

// PaymentMethodName is one of PaymentMethods in words. One that came from elsewhere is said as it is.
func PaymentMethodName(method string) string {
	if method == "" {
		return i18n.T("None")
	}
	return methodName(method, i18n.Text)
}

// PaymentMethodWords is PaymentMethodName, and nothing where there is no method.
func PaymentMethodWords(method string) string { return methodName(method, i18n.Text) }

// PaymentMethodIn is PaymentMethodName in the language of a client; nothing where there is no method.
func PaymentMethodIn(words *i18n.Printer, method string) string {
	return methodName(method, words.Text)
}

// PaymentMethodTyped is a method as a person types it: in the language of the windows, where it has another name there.
func PaymentMethodTyped(method string) string {
	if words := PaymentMethodWords(method); !strings.EqualFold(words, method) {
		return words
	}
	return method
}

// storedMethod is how a typed method is kept: one of PaymentMethods by its own name, so that each client reads it in their language and a
// list has it once. Any other stays as it is.
func storedMethod(typed string) string {
	for _, m := range methodNames {
		if strings.EqualFold(m.method, typed) || strings.EqualFold(PaymentMethodWords(m.method), typed) {
			return m.method
		}
	}
	return typed
}

func methodName(method string, text func(string) string) string {
	for _, m := range methodNames {
		if strings.EqualFold(m.method, method) { // it may have been typed by hand
			return text(m.name)
		}
	}
	return method
}
