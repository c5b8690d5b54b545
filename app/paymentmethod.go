package app

import "clientele/app/i18n"

// PaymentMethodName is one of PaymentMethods in words. One that came from elsewhere is said as it is.
func PaymentMethodName(method string) string {
	switch method {
	case "":
		return i18n.T("None")
	case "bank transfer":
		return i18n.T("Bank transfer")
	case "card":
		return i18n.T("Card")
	case "cash":
		return i18n.T("Cash")
	case "cheque":
		return i18n.T("Cheque")
	case "direct debit":
		return i18n.T("Direct debit")
	case "paypal":
		return "PayPal"
	}
	return method
}
