package app

// MailSettings are what the office chose for the mails of billing: how the tick boxes stand that send them.
type MailSettings struct {
	SendInvoices bool // a new invoice, as it is published
	SendPayments bool // a confirmation of each payment
	SendRefunds  bool // a confirmation of each refund
}

// mailDefaults are those of a new office.
func mailDefaults() MailSettings {
	return MailSettings{SendInvoices: true, SendPayments: true, SendRefunds: true}
}

// mailSettings are the rows of MailSettings.
var mailSettings = []setting{
	flag("send_invoice_created", func(s *Settings) *bool { return &s.SendInvoices }),
	flag("send_payment_confirmation", func(s *Settings) *bool { return &s.SendPayments }),
	flag("send_refund_confirmation", func(s *Settings) *bool { return &s.SendRefunds }),
}
