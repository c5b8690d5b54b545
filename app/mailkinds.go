package app

import (
	"slices"

	"clientele/app/i18n"
)

// mailKind is a mail that the program writes itself: what it tells of says which fields its text can have.
type mailKind struct {
	name     string
	category Category
	fields   []string
	// asked says that it answers what somebody just asked for: it goes to the client alone, whatever categories they want, and cannot be switched off.
	asked bool
	// encloses says that the invoice that it tells of goes with it as PDF.
	encloses bool
	// reminds says that it asks for money: it is pointless once nothing is owed.
	reminds bool
}

// The fields of mails, in the order in which they are offered.
var (
	officeFields  = []string{"client_area_url", "company_name", "signature", "today"}
	clientFields  = []string{"client_name", "client_first_name", "client_last_name", "client_company_name", "client_email", "client_id"}
	invoiceFields = []string{
		"invoice_number", "invoice_date", "invoice_due", "invoice_total", "invoice_balance", "invoice_status", "invoice_subtotal", "invoice_tax", "invoice_credit",
		"invoice_paid", "invoice_payment_method", "invoice_lines", "invoice_days_until_due", "invoice_days_overdue",
	}
	paymentFields = []string{"payment_amount", "payment_date", "payment_method", "payment_reference"}
	refundFields  = []string{"refund_amount", "refund_date", "refund_method", "refund_reference", "refund_to_credit"}
	cardFields    = []string{"card_type", "card_last_four", "card_expiry"}
)

func fieldsOf(groups ...[]string) []string {
	return slices.Concat(clientFields, slices.Concat(groups...), officeFields)
}

// The mails that the program writes (ML-4).
var (
	// welcomeMail greets a new client.
	welcomeMail = mailKind{name: "welcome", category: General, fields: fieldsOf([]string{"client_password"})}
	// accessReminder is Client Area Details Reminder: a new password for the client area (PW-4).
	accessReminder = mailKind{name: "access_reminder", category: General, fields: fieldsOf([]string{"client_password"}), asked: true}
	// passwordResetValidation has the link by which a client confirms that they forgot their password (PW-2).
	passwordResetValidation = mailKind{name: "password_reset_validation", category: General, fields: fieldsOf([]string{"pw_reset_url"}), asked: true}
	// passwordResetConfirmation has the new password (PW-3).
	passwordResetConfirmation = mailKind{name: "password_reset_confirmation", category: General, fields: fieldsOf([]string{"client_password"}), asked: true}
	// emailChanged tells the old address that the client uses another one, and passwordChanged that they chose another password.
	emailChanged    = mailKind{name: "email_changed", category: General, fields: fieldsOf(), asked: true}
	passwordChanged = mailKind{name: "password_changed", category: General, fields: fieldsOf(), asked: true}

	invoiceCreated = mailKind{name: "invoice_created", category: Invoice, fields: fieldsOf(invoiceFields), encloses: true}
	// invoicePaymentConfirmation tells of a payment, or that credit paid the invoice: then there is no transaction.
	invoicePaymentConfirmation = mailKind{name: "invoice_payment_confirmation", category: Invoice, fields: fieldsOf(invoiceFields, paymentFields), encloses: true}
	invoiceReminder            = mailKind{name: "invoice_reminder", category: Invoice, fields: fieldsOf(invoiceFields), encloses: true, reminds: true}
	overdueFirst               = mailKind{name: "invoice_overdue_first", category: Invoice, fields: fieldsOf(invoiceFields), encloses: true, reminds: true}
	overdueSecond              = mailKind{name: "invoice_overdue_second", category: Invoice, fields: fieldsOf(invoiceFields), encloses: true, reminds: true}
	overdueThird               = mailKind{name: "invoice_overdue_third", category: Invoice, fields: fieldsOf(invoiceFields), encloses: true, reminds: true}
	invoiceRefund              = mailKind{name: "invoice_refund", category: Invoice, fields: fieldsOf(invoiceFields, refundFields), encloses: true}
	cardExpiring               = mailKind{name: "card_expiring", category: Invoice, fields: fieldsOf(cardFields)}
)

// newMessage is a mail that an admin writes by hand, in whatever category they choose. Its text is what they begin with.
var newMessage = mailKind{name: "message", category: General, fields: fieldsOf()}

// mailKinds are all that have a template, in the order in which they are shown.
func mailKinds() []mailKind {
	return []mailKind{
		welcomeMail, accessReminder, passwordResetValidation, passwordResetConfirmation, emailChanged, passwordChanged,
		invoiceCreated, invoicePaymentConfirmation, invoiceReminder, overdueFirst, overdueSecond, overdueThird, invoiceRefund, cardExpiring,
	}
}

// kindNamed finds a kind by its name.
func kindNamed(name string) (mailKind, bool) {
	kinds := mailKinds()
	i := slices.IndexFunc(kinds, func(k mailKind) bool { return k.name == name })
	if i < 0 {
		return mailKind{}, false
	}
	return kinds[i], true
}

// label is what a kind is called, as its users know it.
func (k mailKind) label() string {
	switch k.name {
	case welcomeMail.name:
		return i18n.T("Welcome")
	case accessReminder.name:
		return i18n.T("Client Area Details Reminder")
	case passwordResetValidation.name:
		return i18n.T("Password reset validation")
	case passwordResetConfirmation.name:
		return i18n.T("Password reset confirmation")
	case emailChanged.name:
		return i18n.T("Email address changed")
	case passwordChanged.name:
		return i18n.T("Password changed")
	case invoiceCreated.name:
		return i18n.T("Invoice created")
	case invoicePaymentConfirmation.name:
		return i18n.T("Invoice payment confirmation")
	case invoiceReminder.name:
		return i18n.T("Invoice payment reminder")
	case overdueFirst.name:
		return i18n.T("First overdue notice")
	case overdueSecond.name:
		return i18n.T("Second overdue notice")
	case overdueThird.name:
		return i18n.T("Third overdue notice")
	case invoiceRefund.name:
		return i18n.T("Invoice refund confirmation")
	case cardExpiring.name:
		return i18n.T("Credit card expiring soon")
	case newMessage.name:
		return i18n.T("New message")
	}
	return k.name
}

// fieldLabel is what a field is, in the person's language.
func fieldLabel(field string) string {
	return map[string]string{
		"client_name": i18n.T("Name"), "client_first_name": i18n.T("First name"), "client_last_name": i18n.T("Last name"),
		"client_company_name": i18n.T("Company"), "client_email": i18n.T("Email"), "client_id": i18n.T("Client number"),
		"client_password": i18n.T("New password"), "pw_reset_url": i18n.T("Link to reset the password"),
		"client_area_url": i18n.T("Address of the client area"), "company_name": i18n.T("Name of your business"), "signature": i18n.T("Signature"),
		"today":          i18n.T("Today's date"),
		"invoice_number": i18n.T("Invoice number"), "invoice_date": i18n.T("Invoice date"), "invoice_due": i18n.T("Due date"),
		"invoice_total": i18n.T("Total"), "invoice_balance": i18n.T("Balance"), "invoice_status": i18n.T("Status"), "invoice_subtotal": i18n.T("Subtotal"),
		"invoice_tax": i18n.T("Tax"), "invoice_credit": i18n.T("Credit applied"), "invoice_paid": i18n.T("Paid so far"),
		"invoice_payment_method": i18n.T("Payment method"), "invoice_lines": i18n.T("Lines of the invoice"),
		"invoice_days_until_due": i18n.T("Days until it is due"), "invoice_days_overdue": i18n.T("Days overdue"),
		"payment_amount": i18n.T("Amount paid"), "payment_date": i18n.T("Date of the payment"), "payment_method": i18n.T("Method of the payment"),
		"payment_reference": i18n.T("Reference of the payment"),
		"refund_amount":     i18n.T("Amount refunded"), "refund_date": i18n.T("Date of the refund"), "refund_method": i18n.T("Method of the refund"),
		"refund_reference": i18n.T("Reference of the refund"), "refund_to_credit": i18n.T("Refunded as credit"),
		"card_type": i18n.T("Type of the card"), "card_last_four": i18n.T("Last four digits"), "card_expiry": i18n.T("Expiry of the card"),
	}[field]
}

// MailKinds are the kinds of mails with their names: by hand, and those that the program writes. Templates of the office's own are kinds besides.
func MailKinds() []MailTemplate {
	all := []MailTemplate{{Kind: newMessage.name, Name: i18n.T("Written by hand"), Category: newMessage.category}}
	for _, k := range mailKinds() {
		all = append(all, MailTemplate{Kind: k.name, Name: k.label(), Category: k.category})
	}
	return all
}
