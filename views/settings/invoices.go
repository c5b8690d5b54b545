package settings

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/theme"
)

// invoiceSection is what invoices carry, how they are numbered, and what happens by itself (IN-2, IN-4, CR-5, CL-14).
type invoiceSection struct {
	sheet
	next *nextNumber
	logo *logo
}

func newInvoices(p *Page) section {
	s := &invoiceSection{next: newNextNumber(p.desk), logo: newLogo(p.desk)}
	format := newNumberFormat(p.desk.Run.Now)
	form := kit.NewForm(
		kit.Group{Title: i18n.T("What invoices carry"), Fields: []kit.Field{
			{Key: "business_address", Label: i18n.T("Business address"), Wide: true, Help: i18n.T("Below the business name, which is set under Office."), Input: kit.NewLongText(5000, 3)},
			{Key: "business_tax_id", Label: i18n.T("Tax ID"), Help: i18n.T("On each invoice: your VAT number, or whatever tax number invoices have to carry where you are."), Input: kit.NewText(500)},
			{Key: "letter_paper", Label: i18n.T("Paper"), Input: kit.NewSelect(
				kit.Choice{Key: "", Label: i18n.T("A4")}, kit.Choice{Key: ticked, Label: i18n.T("US Letter")})},
			{Key: "bank_details", Label: i18n.T("Bank details"), Wide: true, Help: i18n.T("At the foot of each invoice."), Input: kit.NewLongText(5000, 3)},
			{Key: "invoice_notes", Label: i18n.T("Notes"), Wide: true, Help: i18n.T("What each invoice says at its end, such as thanks."), Input: kit.NewLongText(5000, 2)},
		}},
		kit.Group{Title: i18n.T("Numbers and days"), Fields: []kit.Field{
			{Key: "invoice_number_format", Label: i18n.T("Invoice numbers"), Help: i18n.T("{number} is the number, {number:5} with five digits at least, {year} and {month} those of the day."), Input: format},
			{Key: "invoice_due_days", Label: i18n.T("Days until an invoice is due"), Input: kit.NewText(4)},
		}},
		kit.Group{Title: i18n.T("By itself"), Fields: []kit.Field{
			{Key: "auto_apply_credit", Label: i18n.T("Credit"), Input: kit.NewChecks(kit.Choice{Key: ticked, Label: i18n.T("Use credit for the next invoice")})},
			{
				Key: "auto_status", Label: i18n.T("Status of clients"), Help: i18n.T("Active with the first active service, Inactive after the last. The Profile can exempt a client."),
				Input: kit.NewChecks(kit.Choice{Key: ticked, Label: i18n.T("Follow their services")}),
			},
		}},
	)
	format.watch()
	s.fill, s.merge = invoiceValues, mergeInvoices
	s.build(p.desk, i18n.T("Invoices"), form, nil, container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), s.next.object, s.logo.object))
	return s
}

func (s *invoiceSection) shown() {
	s.sheet.shown()
	s.next.load()
	s.logo.load()
}

func (s *invoiceSection) changed(c app.Change) {
	s.sheet.changed(c)
	if !s.loaded {
		return
	}
	switch c.Topic {
	case app.TopicSettings:
		s.next.load()
		s.logo.load()
	case app.TopicInvoices:
		s.next.load()
	}
}

func invoiceValues(s app.Settings) map[string]string {
	return map[string]string{
		"business_address": s.BusinessAddress, "business_tax_id": s.BusinessTaxID, "letter_paper": tick(s.LetterPaper), "bank_details": s.BankDetails,
		"invoice_notes": s.InvoiceNotes, "invoice_number_format": s.InvoiceNumberFormat, "invoice_due_days": strconv.Itoa(s.InvoiceDueDays),
		"auto_apply_credit": tick(s.AutoApplyCredit), "auto_status": tick(s.AutoStatus),
	}
}

func mergeInvoices(s app.Settings, v map[string]string) app.Settings {
	s.BusinessAddress, s.BusinessTaxID, s.LetterPaper, s.BankDetails = v["business_address"], v["business_tax_id"], v["letter_paper"] == ticked, v["bank_details"]
	s.InvoiceNotes, s.InvoiceNumberFormat = v["invoice_notes"], v["invoice_number_format"]
	s.AutoApplyCredit, s.AutoStatus = v["auto_apply_credit"] == ticked, v["auto_status"] == ticked
	var err error
	if s.InvoiceDueDays, err = strconv.Atoi(strings.TrimSpace(v["invoice_due_days"])); err != nil {
		s.InvoiceDueDays = -1 // no number of days: the rules say so in words
	}
	return s
}

// numberFormat is the field for the form of invoice numbers. Below it stands a number as they will be, or what is wrong, as one types.
type numberFormat struct {
	*kit.Text
	now     func() time.Time
	example *kit.Para
	view    fyne.CanvasObject
}

func newNumberFormat(now func() time.Time) *numberFormat {
	f := &numberFormat{Text: kit.NewText(500), now: now, example: kit.NewPara(" ", theme.Muted)}
	f.view = container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit), f.Text.Object(), f.example)
	return f
}

// Object is what is drawn.
func (f *numberFormat) Object() fyne.CanvasObject { return f.view }

// watch follows what is typed, once the field is in its form.
func (f *numberFormat) watch() {
	told := f.Entry.OnChanged
	f.Entry.OnChanged = func(text string) {
		if told != nil {
			told(text)
		}
		f.show(text)
	}
	f.show(f.Value())
}

// exampleNumber is the invoice of which the number is shown as an example.
const exampleNumber = 42

func (f *numberFormat) show(text string) {
	format, err := billing.ParseNumberFormat(text)
	if err != nil {
		f.example.Set(err.Error(), theme.Danger)
	} else {
		f.example.Set(i18n.T("Such as %s", format.Format(exampleNumber, date.Today(f.now()))), theme.Muted)
	}
	f.view.Refresh()
}
