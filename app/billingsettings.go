package app

import (
	"strconv"

	"clientele/app/billing"
	"clientele/app/i18n"
)

// BillingSettings are what the office chose for its invoices.
type BillingSettings struct {
	BusinessAddress     string // lines, as invoices carry it
	BusinessTaxID       string
	BankDetails         string // lines, at the foot of invoices
	InvoiceNotes        string // lines, what each invoice says at its end
	InvoiceNumberFormat string // see billing.ParseNumberFormat
	InvoiceDueDays      int    // from the day of a new invoice to its due date
	TaxMode             billing.TaxMode
	AutoApplyCredit     bool // credit is used for the next invoice by itself
	AutoStatus          bool // clients become Active and Inactive with their services
	LetterPaper         bool // documents are of US Letter size, and else of A4
}

// billingDefaults are those of a new office.
func billingDefaults() BillingSettings {
	return BillingSettings{InvoiceNumberFormat: "{number}", InvoiceDueDays: 14, TaxMode: billing.Exclusive, AutoApplyCredit: true}
}

// billingSettings are the rows of BillingSettings.
var billingSettings = []setting{
	lines("business_address", func(s *Settings) *string { return &s.BusinessAddress }),
	text("business_tax_id", func(s *Settings) *string { return &s.BusinessTaxID }, nil),
	lines("bank_details", func(s *Settings) *string { return &s.BankDetails }),
	lines("invoice_notes", func(s *Settings) *string { return &s.InvoiceNotes }),
	text("invoice_number_format", func(s *Settings) *string { return &s.InvoiceNumberFormat }, func(v string) string {
		if _, err := billing.ParseNumberFormat(v); err != nil {
			return err.Error()
		}
		return ""
	}),
	{
		key: "invoice_due_days",
		set: func(s *Settings, v string) (err error) { s.InvoiceDueDays, err = strconv.Atoi(v); return err },
		get: func(s Settings) string { return strconv.Itoa(s.InvoiceDueDays) },
		check: func(v string) string {
			const most = 365
			if n, err := strconv.Atoi(v); err != nil || n < 0 || n > most {
				return i18n.T("This is a number of days from 0 to %d.", most)
			}
			return ""
		},
	},
	{
		key: "tax_mode",
		set: func(s *Settings, v string) error { s.TaxMode = billing.TaxMode(v); return nil },
		get: func(s Settings) string { return string(s.TaxMode) },
		check: func(v string) string {
			if v != string(billing.Exclusive) && v != string(billing.Inclusive) {
				return i18n.T("Choose exclusive or inclusive.")
			}
			return ""
		},
	},
	flag("auto_apply_credit", func(s *Settings) *bool { return &s.AutoApplyCredit }),
	flag("auto_status", func(s *Settings) *bool { return &s.AutoStatus }),
	flag("letter_paper", func(s *Settings) *bool { return &s.LetterPaper }),
}
