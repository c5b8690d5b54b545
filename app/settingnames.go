package app

import "clientele/app/i18n"

// settingNames are the settings as the activity log calls them; the command line calls them by their keys. They are translated where a line is written.
var settingNames = []struct{ key, name string }{
	{"set_up", "Set up"},
	{"business_name", "Business name"},
	{"country", "Country"},
	{"currency", "Currency"},
	{"language", "Language of mails"},
	{"required_client_fields", "Required fields of clients"},
	{"send_welcome_email", "Welcome email"},
	{"client_area_url", "Client area address"},
	{"smtp_host", "Mail server"},
	{"smtp_port", "Port of the mail server"},
	{"smtp_security", "Encryption to the mail server"},
	{"smtp_user", "User at the mail server"},
	{"mail_from_name", "Name of the sender"},
	{"mail_from", "Address of the sender"},
	{"mail_reply_to", "Replies go to"},
	{"mail_signature", "Signature"},
	{"allow_plain_passwords", "Mails with passwords in them"},
	{"file_max_mb", "Largest file, in MB"},
	{"client_files_max_mb", "All files of one client, in MB"},
	{"file_extensions", "Usual kinds of files"},
	{"cards_last4_only", "Cards: last 4 digits and expiry only"},
	{"mail_attachments_mb", "Attachments of one mail, in MB"},
	{"business_address", "Business address"},
	{"business_tax_id", "Tax ID"},
	{"bank_details", "Bank details"},
	{"invoice_notes", "Notes on invoices"},
	{"invoice_number_format", "Invoice numbers"},
	{"invoice_due_days", "Days until an invoice is due"},
	{"tax_mode", "Tax in prices"},
	{"auto_apply_credit", "Credit pays new invoices"},
	{"auto_status", "Status follows the services"},
	{"letter_paper", "Letter paper"},
	{"area_served_by", "Client area served by"},
	{"area_listen", "Client area listens on"},
	{"area_tls_cert", "Certificate of the client area"},
	{"area_tls_key", "Key of the certificate"},
	{"area_proxies", "Proxies before the client area"},
	{"area_colour", "Colour of the client area"},
	{"area_locked_fields", "Details that clients cannot change"},
	{"daily_at_start", "Daily run at the first start of a day"},
	{"daily_time", "Time of the daily run"},
	{"daily_mails_alone", "Daily run mails clients by itself"},
	{"invoice_ahead_days", "Invoices so many days ahead"},
	{"invoice_mails", "Mails with the invoices of the daily run"},
	{"reminder_days", "Payment reminder, days before"},
	{"overdue_first_days", "First overdue notice, days after"},
	{"overdue_second_days", "Second overdue notice, days after"},
	{"overdue_third_days", "Third overdue notice, days after"},
	{"late_fee_kind", "Late fee"},
	{"late_fee_rate", "Late fee in percent"},
	{"late_fee_amounts", "Amounts of late fees"},
	{"late_fee_days", "Late fee, days after"},
	{"card_notices", "Mails about cards that expire"},
	{"daily_backup", "Backup by the daily run"},
	{"send_invoice_created", "Send an invoice as it is published"},
	{"send_payment_confirmation", "Confirm a payment that is recorded"},
	{"send_refund_confirmation", "Confirm a refund"},
}

// settingName is the name of a setting.
func settingName(key string) string {
	for _, n := range settingNames {
		if n.key == key {
			return i18n.Text(n.name)
		}
	}
	return key
}
