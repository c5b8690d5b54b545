package app

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"strconv"
	"strings"

	"clientele/app/atomicfile"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/document"
	"clientele/app/exporting"
	"clientele/app/filename"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Documents makes invoices and account statements as PDF, to be seen, printed, saved and mailed (IN-4).
type Documents struct {
	core
	settings *SettingsService
	invoices *Invoices
	files    *Files
}

// logoSetting is the row of the settings that holds the logo. It is none of Settings, which are read all the time.
const logoSetting = "invoice_logo"

// Logo is the business's logo as it was uploaded, PNG or JPEG, or nil where there is none.
func (s *Documents) Logo(ctx context.Context) (logo []byte, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		text, err := tx.LongSetting(logoSetting)
		if err != nil {
			return err
		}
		logo, err = base64.StdEncoding.DecodeString(text)
		return err
	})
	return logo, err
}

// maxLogo is how large the file of a logo may be, in bytes.
const maxLogo = 1 << 20

// SetLogo keeps the business's logo, PNG or JPEG; empty removes it.
func (s *Documents) SetLogo(ctx context.Context, logo []byte) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	if len(logo) > maxLogo {
		return Problems{{Code: Invalid, Field: FieldLogo, Message: i18n.T("The picture is larger than %d KB. Save it smaller, and choose it again.", maxLogo>>10)}}
	}
	if len(logo) > 0 {
		if err := document.CheckLogo(logo); err != nil {
			return Problems{{Code: Invalid, Field: FieldLogo, Message: err.Error()}}
		}
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if err := tx.SetLongSetting(logoSetting, base64.StdEncoding.EncodeToString(logo)); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicSettings})
		words := i18n.T("Logo: changed")
		if len(logo) == 0 {
			words = i18n.T("Logo: removed")
		}
		return tx.AddActivity(s.entry(actSettingChanged, 0, "", words))
	})
}

// FieldLogo is the key of the logo, as errors name it.
const FieldLogo = "logo"

// Paper is a document ready to be written.
type Paper struct {
	Name  string // of the file, such as "Invoice 42.pdf"
	write func(w io.Writer) error
}

// Write writes the document.
func (p Paper) Write(w io.Writer) error { return p.write(w) }

// Invoice prepares an invoice as PDF, in the client's language.
func (s *Documents) Invoice(ctx context.Context, id int64) (Paper, error) {
	set, logo, err := s.business(ctx)
	if err != nil {
		return Paper{}, err
	}
	i, err := s.invoices.Get(ctx, id)
	if err != nil {
		return Paper{}, err
	}
	v := invoiceDocument(i, set, logo)
	return Paper{invoiceName(i18n.For(languageOf(i.Client)), i.Invoice), func(w io.Writer) error { return v.PDF(w, paperOf(set)) }}, nil
}

// Statement prepares a client's account statement as PDF, in the client's language.
func (s *Documents) Statement(ctx context.Context, clientID int64, from, to date.Date) (Paper, error) {
	v, set, err := s.statement(ctx, clientID, from, to)
	if err != nil {
		return Paper{}, err
	}
	return Paper{statementName(v, ".pdf"), func(w io.Writer) error { return v.PDF(w, paperOf(set)) }}, nil
}

// StatementCSV prepares a client's account statement as a table.
func (s *Documents) StatementCSV(ctx context.Context, clientID int64, from, to date.Date) (Paper, error) {
	v, _, err := s.statement(ctx, clientID, from, to)
	if err != nil {
		return Paper{}, err
	}
	return Paper{statementName(v, ".csv"), func(w io.Writer) error {
		c, err := exporting.NewCSV(w, v.Header())
		if err != nil {
			return err
		}
		for row, err := range v.Rows() {
			if err != nil {
				return err
			}
			if err := c.Row(row); err != nil {
				return err
			}
		}
		return c.Close()
	}}, nil
}

func statementName(v *document.Statement, ending string) string {
	return filename.Clean(statementTitle(i18n.For(v.Language), v.To) + ending)
}

// Save writes a document to a path on this computer, whole or not at all.
func (s *Documents) Save(ctx context.Context, p Paper, path string) error {
	return notSaved(atomicfile.Write(ctx, path, p.write), path)
}

// Open writes a document to the program's own folder and returns its path, for another program to show and to print it. See Files.Open.
func (s *Documents) Open(ctx context.Context, p Paper) (string, error) {
	path, err := s.files.scratchPath(p.Name)
	if err != nil {
		return "", err
	}
	return path, s.Save(ctx, p, path)
}

// bytes is a document whole in memory, as it goes into a mail.
func (p Paper) bytes() ([]byte, error) {
	var b bytes.Buffer
	err := p.write(&b)
	return b.Bytes(), err
}

func (s *Documents) business(ctx context.Context) (Settings, []byte, error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return set, nil, err
	}
	logo, err := s.Logo(ctx)
	return set, logo, err
}

func paperOf(set Settings) document.Paper {
	if set.LetterPaper {
		return document.Letter
	}
	return document.A4
}

func businessOf(set Settings, logo []byte) document.Business {
	return document.Business{
		Name: set.BusinessName, Address: textLines(set.BusinessAddress), TaxID: set.BusinessTaxID,
		Bank: textLines(set.BankDetails), Contact: textLines(set.MailFrom), Logo: logo,
	}
}

// textLines divides text into its lines; nothing has none.
func textLines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

func styleOf(c data.Client) document.Style { return document.Style{Language: languageOf(c)} }

// languageOf is the language in which a client is written to, as it is written in their country.
func languageOf(c data.Client) string { return i18n.Regional(c.Language, c.Country) }

// partyOf is whom a document is for. The country stands on the letter where it is another one than the office's.
func partyOf(b BillingAddress, set Settings, language string) document.Party {
	p := document.Party{TaxID: b.TaxID}
	for _, line := range append([]string{b.Company, b.Name}, b.Domestic()...) {
		if line != "" {
			p.Address = append(p.Address, line)
		}
	}
	if b.Country != "" && b.Country != set.Country {
		p.Address = append(p.Address, i18n.For(language).CountryName(b.Country))
	}
	return p
}

func clientDetail(c data.Client) []document.Detail {
	return []document.Detail{{Label: i18n.For(languageOf(c)).T("Client number"), Value: strconv.FormatInt(c.ID, 10)}}
}

// invoiceDocument is an invoice as it is printed.
func invoiceDocument(i Invoicing, set Settings, logo []byte) *document.Invoice {
	c := money.Currency(i.Currency)
	amount := func(minor int64) money.Money { return money.New(minor, c) }
	v := &document.Invoice{
		Style: styleOf(i.Client), Business: businessOf(set, logo), Client: partyOf(i.Billing, set, languageOf(i.Client)), Issued: i.Issued, Due: i.Due,
		Details: clientDetail(i.Client), Subtotal: amount(i.Subtotal), Discount: money.New(0, c), Total: amount(i.Total), Credit: amount(i.Credit), Balance: amount(StillDue(i.Invoice)), Off: amount(TakenOff(i.Invoice)),
		TaxIncluded: i.TaxMode == string(billing.Inclusive), Notes: i.Notes, Terms: set.InvoiceNotes,
	}
	v.Written = i.Since()
	if v.TaxIncluded {
		v.Subtotal = amount(i.Total) // the sum of the lines as they stand there
	}
	if i.Number != nil {
		v.Number = *i.Number
	}
	var rates []money.Rate
	for _, t := range i.Taxes {
		v.Taxes = append(v.Taxes, document.Tax{Name: t.Name, Rate: money.Rate(t.Rate), Base: amount(t.Base), Amount: amount(t.Tax)})
		rates = append(rates, money.Rate(t.Rate))
	}
	for _, l := range i.Lines {
		line := document.Line{
			Description: l.Description, Quantity: l.Quantity, UnitPrice: amount(l.UnitPrice), Discount: money.Rate(l.Discount), Amount: amount(l.Net),
		}
		if v.TaxIncluded {
			line.Amount = amount(l.Gross)
		}
		if l.Taxed {
			line.TaxRates = rates
		}
		v.Lines = append(v.Lines, line)
	}
	words := i18n.For(languageOf(i.Client))
	for _, p := range i.Payments {
		method := PaymentMethodIn(words, p.Transaction.Method)
		v.Payments = append(v.Payments, document.Payment{Date: p.Transaction.Date, Method: method, Amount: amount(p.Amount)})
	}
	switch i.Status {
	case billing.Draft:
		v.Mark = document.Draft
	case billing.Paid:
		v.Mark = document.Paid
	case billing.Cancelled:
		v.Mark = document.Cancelled
	case billing.Refunded:
		v.Mark = document.Refunded
	}
	return v
}

// statement is a client's account as it is printed.
func (s *Documents) statement(ctx context.Context, clientID int64, from, to date.Date) (*document.Statement, Settings, error) {
	set, logo, err := s.business(ctx)
	if err != nil {
		return nil, set, err
	}
	st, err := s.invoices.Statement(ctx, clientID, from, to)
	if err != nil {
		return nil, set, err
	}
	v := &document.Statement{
		Style: styleOf(st.Client), Business: businessOf(set, logo), Client: partyOf(st.Billing, set, languageOf(st.Client)), From: st.From, To: st.To,
		Made: date.Today(s.now()), Details: clientDetail(st.Client), Opening: st.Opening, Notes: set.InvoiceNotes,
	}
	for _, r := range st.Rows {
		v.Entries = append(v.Entries, document.Entry{Date: r.Date, Description: r.Description, Charge: r.Debit, Payment: r.Credit})
	}
	return v, set, nil
}
