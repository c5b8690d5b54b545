package clientarea

import (
	"bytes"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/data"
)

// invoiceTable is a list of invoices with its heads.
type invoiceTable struct {
	Label, Number, Issued, Due, Status, Total, Balance string
	Rows                                               []invoiceLine
}

// invoiceLine is one invoice of a list.
type invoiceLine struct{ Path, Number, Issued, Due, Status, Class, Total, Balance string }

// table lists invoices; nil where there are none.
func (s *Server) table(p page, all []data.Invoice) *invoiceTable {
	if len(all) == 0 {
		return nil
	}
	t := &invoiceTable{
		Label: p.T("Invoices"), Number: p.T("Invoice"), Issued: p.T("Issued"), Due: p.T("Due"), Status: p.T("Status"), Total: p.T("Total"), Balance: p.T("To be paid"),
	}
	for _, i := range all {
		words, class := s.state(p, i)
		t.Rows = append(t.Rows, invoiceLine{
			Path: invoicePath(i.ID), Number: numberOf(i), Issued: p.day(i.Issued), Due: p.day(i.Due), Status: words, Class: class,
			Total: p.amount(i.Total, i.Currency), Balance: p.amount(owed(i), i.Currency),
		})
	}
	return t
}

func numberOf(i data.Invoice) string {
	if i.Number == nil {
		return "–"
	}
	return *i.Number
}

func invoicePath(id int64) string { return "/invoices/" + strconv.FormatInt(id, 10) }

// owed is what is still to be paid of an invoice.
func owed(i data.Invoice) int64 { return app.StillDue(i) }

// state is the status of an invoice in words, and the class by which it is coloured.
func (s *Server) state(p page, i data.Invoice) (words, class string) {
	if billing.Overdue(i.Status, i.Due, s.today()) {
		return p.T("Overdue"), "overdue"
	}
	return p.Text(string(i.Status)), strings.ToLower(string(i.Status))
}

// pageRows is how many invoices a page of the list has.
const pageRows = 50

func (s *Server) invoices(v *visit) {
	before, _ := strconv.ParseInt(v.r.URL.Query().Get("before"), 10, 64) // what is no number is the first page
	all, err := s.app.ClientArea.Invoices(v.r.Context(), *v.visitor, max(before, 0), pageRows+1)
	if err != nil {
		s.fail(v, err)
		return
	}
	body := struct {
		Table *invoiceTable
		Older string
	}{}
	if len(all) > pageRows {
		all = all[:pageRows]
		body.Older = "/invoices?before=" + strconv.FormatInt(all[pageRows-1].ID, 10)
	}
	body.Table = s.table(v.page, all)
	s.show(v, "invoices", v.page.T("Invoices"), body)
}

// invoiceBody is an invoice as a page.
type invoiceBody struct {
	PDF, Status, Class, Issued, Due string
	Address                         []string
	Lines                           []lineRow
	Sums                            []sumRow
	Payments                        []paymentRow
	Notes, Bank                     string
}

type lineRow struct {
	Description             []string
	Quantity, Price, Amount string
}

type sumRow struct {
	Label, Amount string
	Strong        bool
}

type paymentRow struct{ Date, Method, Amount string }

func (s *Server) invoice(v *visit) {
	i, err := s.app.ClientArea.Invoice(v.r.Context(), *v.visitor, v.number("id"))
	if err != nil {
		s.fail(v, err)
		return
	}
	p := v.page
	b := invoiceBody{PDF: invoicePath(i.ID) + "/pdf", Issued: p.day(i.Issued), Due: p.day(i.Due), Address: addressLines(p, i.Billing), Notes: i.Notes}
	b.Status, b.Class = s.state(p, i.WholeInvoice.Invoice)
	inclusive := i.TaxMode == string(billing.Inclusive)
	for _, l := range i.Lines {
		amount := l.Net
		if inclusive {
			amount = l.Gross
		}
		b.Lines = append(b.Lines, lineRow{
			Description: strings.Split(l.Description, "\n"), Quantity: quantity(p, l.Quantity), Price: p.amount(l.UnitPrice, i.Currency), Amount: p.amount(amount, i.Currency),
		})
	}
	b.Sums = sums(p, i, inclusive)
	for _, pay := range i.Payments {
		b.Payments = append(b.Payments, paymentRow{p.day(pay.Transaction.Date), app.PaymentMethodIn(p.Printer, pay.Transaction.Method), p.amount(pay.Amount, i.Currency)})
	}
	if owed(i.WholeInvoice.Invoice) > 0 {
		if l, err := s.look.get(v.r.Context(), s); err == nil {
			b.Bank = l.bank
		}
	}
	s.show(v, "invoice", p.T("Invoice %s", numberOf(i.WholeInvoice.Invoice)), b)
}

// sums are what stands below the lines of an invoice.
func sums(p page, i app.Invoicing, inclusive bool) (all []sumRow) {
	add := func(label string, minor int64, strong bool) {
		all = append(all, sumRow{label, p.amount(minor, i.Currency), strong})
	}
	if !inclusive && i.Tax != 0 {
		add(p.T("Subtotal"), i.Subtotal, false)
	}
	for _, t := range i.Taxes {
		label := t.Name + " " + money.Rate(t.Rate).String()
		if inclusive {
			label = p.T("%s included", label)
		}
		add(label, t.Tax, false)
	}
	add(p.T("Total"), i.Total, true)
	if i.Credit != 0 {
		add(p.T("Credit"), -i.Credit, false)
	}
	if i.Paid != 0 {
		add(p.T("Paid"), -i.Paid, false)
	}
	if off := app.TakenOff(i.WholeInvoice.Invoice); off != 0 {
		words := p.T("No longer charged")
		if i.Status == billing.Cancelled {
			words = p.T("Cancelled")
		}
		add(words, -off, false)
	}
	add(p.T("To be paid"), owed(i.WholeInvoice.Invoice), true)
	return all
}

// quantity writes thousandths.
func quantity(p page, thousandths int64) string {
	whole, part := thousandths/1000, thousandths%1000
	text := p.FormatInt(whole)
	if part != 0 {
		text += p.Locale().OrDefault().Decimal + strings.TrimRight(strconv.FormatInt(1000+part, 10)[1:], "0")
	}
	return text
}

func addressLines(p page, b app.BillingAddress) (lines []string) {
	all := append([]string{b.Company, b.Name}, b.Domestic()...)
	if b.Country != "" {
		all = append(all, p.CountryName(b.Country))
	}
	for _, l := range append(all, b.TaxID) {
		if l != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

func (s *Server) invoicePDF(v *visit) {
	paper, err := s.app.ClientArea.InvoicePaper(v.r.Context(), *v.visitor, v.number("id"))
	if err != nil {
		s.fail(v, err)
		return
	}
	var b bytes.Buffer // whole before a byte is sent, so that no half document is
	if err := paper.Write(&b); err != nil {
		s.fail(v, err)
		return
	}
	attachment(v.w.Header(), paper.Name, "application/pdf", int64(b.Len()))
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(b.Bytes()) // whoever is gone needs no answer
}

// attachment has a browser save what follows, and never show it as a page of this site.
func attachment(h http.Header, name, kind string, size int64) {
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
}
