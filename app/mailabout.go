package app

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// mailAbout is what a mail tells of. What a kind does not tell of is left out.
type mailAbout struct {
	Invoice *data.Invoice
	// Transaction is the payment of a payment confirmation, or the refund of a refund confirmation. A confirmation without one says that credit paid.
	Transaction *data.Transaction
	// Amount is how much of the transaction went to the invoice, in minor units; 0 means all.
	Amount   int64
	ToCredit bool // the refund became credit
	Card     *mailCard
	// secrets are values that are kept sealed until the mail is sent, by the names of their fields: client_password, pw_reset_url.
	secrets map[string]string
}

// mailCard is what a mail says of a card: never more than these.
type mailCard struct {
	Type     string
	LastFour string
	Month    time.Month
	Year     int
}

// queueAbout puts a mail of a kind into the outbox, in the transaction of the act that it tells of, and returns its number. An invoice is not made into a PDF
// here but as the mail is sent, so that a daily run of many thousands is quick and keeps none of them twice.
//
// Where nobody wants the mail, or its template is switched off, it is stored as suppressed, with the reason.
func (s *Mails) queueAbout(tx *data.Tx, set Settings, kind mailKind, c data.Client, about mailAbout) (int64, error) {
	t, off, err := templateText(tx, set, kind, c.Language)
	if err != nil {
		return 0, err
	}
	values, err := about.values(tx, set, c, kind, t, date.Today(s.now()))
	if err != nil {
		return 0, err
	}
	o := outgoing{kind: kind, client: c, text: t, values: values, secrets: about.secrets, encloses: kind.encloses && about.Invoice != nil}
	if about.Invoice != nil {
		o.invoice = about.Invoice.ID
	}
	if about.Transaction != nil {
		o.transaction = about.Transaction.ID
	}
	if off {
		o.off = i18n.T("The template “%s” is switched off.", kind.label())
	}
	return s.queue(tx, set, o)
}

// queueWelcome puts the welcome mail for a new client into the outbox, in the transaction that adds the client.
func (s *Mails) queueWelcome(tx *data.Tx, set Settings, c data.Client, password string) error {
	var about mailAbout
	if password != "" {
		about.secrets = map[string]string{"client_password": password}
	}
	_, err := s.queueAbout(tx, set, welcomeMail, c, about)
	return err
}

// clientValues are the values that every mail to a client may use.
func clientValues(set Settings, c data.Client, today date.Date) map[string]string {
	signature := set.MailSignature
	if signature == "" {
		signature = set.BusinessName
	}
	return map[string]string{
		"client_name": strings.TrimSpace(c.FirstName + " " + c.LastName), "client_first_name": c.FirstName, "client_last_name": c.LastName,
		"client_company_name": c.Company, "client_email": c.Email, "client_id": strconv.FormatInt(c.ID, 10), "client_area_url": set.ClientAreaURL,
		"company_name": set.BusinessName, "signature": signature, "today": formatted(today, i18n.For(languageOf(c))),
	}
}

// values are those of all fields that the kind has, as the client's language has them. A field that has none here is empty, and a part of the text that is for it
// is left out.
func (m mailAbout) values(tx *data.Tx, set Settings, c data.Client, kind mailKind, t mailText, today date.Date) (map[string]string, error) {
	values := clientValues(set, c, today)
	words := i18n.For(languageOf(c))
	if m.Invoice != nil {
		invoiceValues(values, words, *m.Invoice, today)
		if t.uses("invoice_lines") {
			lines, err := tx.InvoiceLines(m.Invoice.ID)
			if err != nil {
				return nil, err
			}
			values["invoice_lines"] = lineList(words, *m.Invoice, lines)
		}
	}
	m.transactionValues(values, words)
	if m.Card != nil {
		values["card_type"], values["card_last_four"] = m.Card.Type, m.Card.LastFour
		values["card_expiry"] = fmt.Sprintf("%02d/%d", int(m.Card.Month), m.Card.Year)
	}
	for _, f := range kind.fields {
		if _, ok := values[f]; !ok {
			values[f] = ""
		}
	}
	return values, nil
}

// uses tells whether a text has a field.
func (t mailText) uses(field string) bool {
	return strings.Contains(t.subject+t.body+t.plain, "{$"+field+"}") || strings.Contains(t.body+t.plain, "{if $"+field+"}")
}

// invoiceValues are those of an invoice. Amounts of zero are empty, except its total.
func invoiceValues(values map[string]string, words *i18n.Printer, i data.Invoice, today date.Date) {
	amount := func(minor int64) string {
		if minor == 0 {
			return ""
		}
		return money.New(minor, money.Currency(i.Currency)).Format(words.Locale())
	}
	values["invoice_number"], values["invoice_date"], values["invoice_due"] = numberOf(i), formatted(i.Issued, words), formatted(i.Due, words)
	values["invoice_total"] = money.New(i.Total, money.Currency(i.Currency)).Format(words.Locale())
	values["invoice_balance"], values["invoice_status"] = amount(StillDue(i)), words.Text(string(i.Status))
	values["invoice_subtotal"], values["invoice_tax"] = amount(i.Subtotal), amount(i.Tax)
	values["invoice_credit"], values["invoice_paid"], values["invoice_payment_method"] = amount(i.Credit), amount(i.Paid), PaymentMethodIn(words, i.PaymentMethod)
	switch days := int64(i.Due.DaysSince(today)); {
	case days > 0:
		values["invoice_days_until_due"] = words.N(days, "%d day", "%d days")
	case days < 0:
		values["invoice_days_overdue"] = words.N(-days, "%d day", "%d days")
	}
}

// lineList is the lines of an invoice as text, one a line, with the amounts that stand on it: net and then the tax, or with the tax that the prices contain.
func lineList(words *i18n.Printer, i data.Invoice, lines []data.InvoiceLine) string {
	amount := func(minor int64) string { return money.New(minor, money.Currency(i.Currency)).Format(words.Locale()) }
	included := i.TaxMode == string(billing.Inclusive)
	all := make([]string, len(lines), len(lines)+1)
	for n, l := range lines {
		description, _, _ := strings.Cut(l.Description, "\n")
		price := l.Net
		if included {
			price = l.Gross
		}
		all[n] = "• " + description + ": " + amount(price)
	}
	if !included && i.Tax != 0 {
		all = append(all, "• "+words.T("Tax")+": "+amount(i.Tax))
	}
	return strings.Join(all, "\n")
}

// transactionValues are those of the payment or the refund.
func (m mailAbout) transactionValues(values map[string]string, words *i18n.Printer) {
	t := m.Transaction
	if t == nil {
		return
	}
	name, minor := "payment", t.AmountIn
	if t.AmountOut > 0 {
		name, minor = "refund", t.AmountOut
		if m.ToCredit {
			values["refund_to_credit"] = words.T("Yes")
		}
	}
	if m.Amount != 0 {
		minor = m.Amount
	}
	values[name+"_amount"] = money.New(minor, money.Currency(t.Currency)).Format(words.Locale())
	values[name+"_date"], values[name+"_method"], values[name+"_reference"] = formatted(t.Date, words), PaymentMethodIn(words, t.Method), t.Reference
}
