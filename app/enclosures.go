package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"math"
	"slices"
	"strings"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/filename"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// StatementRange is the days of an account statement, both included. No From means from the beginning, no To means to today.
type StatementRange struct{ From, To date.Date }

// DraftDocument is a document that goes with a mail that is being written. It is made when the mail is sent.
type DraftDocument struct {
	Name    string // of the file
	Invoice int64  // 0 for the account statement
}

// enclosure is a document that goes with a mail: made for it, before anything is stored.
type enclosure struct {
	data.MailAttachment       // BlobID is 0 until its contents are in the store
	invoice             int64 // 0 for an account statement
	content             []byte
	sum                 []byte
}

// invoices are the chosen ones, each once.
func (m Manual) invoices() []int64 {
	var ids []int64
	for _, id := range m.Invoices {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// encloses tells whether documents go with the mail that are still to be made.
func (m Manual) encloses() bool { return len(m.Invoices) > 0 || m.Statement != nil }

// enclose makes the documents that go with a mail, as they would be saved. An invoice that is not there is left out, which check finds.
func (s *Mails) enclose(ctx context.Context, m Manual) ([]enclosure, error) {
	var all []enclosure
	add := func(invoice int64, p Paper, err error) error {
		if err != nil {
			return err
		}
		content, err := p.bytes()
		sum := sha256.Sum256(content)
		all = append(all, enclosure{data.MailAttachment{Name: p.Name, Size: int64(len(content))}, invoice, content, sum[:]})
		return err
	}
	for _, id := range m.invoices() {
		p, err := s.documents.Invoice(ctx, id)
		if CodeOf(err) == NotFound {
			continue
		}
		if err := add(id, p, err); err != nil {
			return nil, err
		}
	}
	if m.Statement != nil {
		p, err := s.documents.Statement(ctx, m.ClientID, m.Statement.From, m.Statement.To)
		if ps := ProblemsOf(err); ps != nil { // what is wrong with the days has no field of its own in a mail
			for i := range ps {
				ps[i].Field = FieldAttachments
			}
		}
		if err := add(0, p, err); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// keep puts the contents of a document into the store, where they belong to nobody until the mail names them.
func (s *Mails) keep(ctx context.Context, e *enclosure) error {
	u := &upload{core: &s.core, name: e.Name, most: math.MaxInt64, sum: sha256.New()}
	err := u.copy(ctx, bytes.NewReader(e.content), Quiet{})
	e.BlobID = u.blob
	return err
}

// finish makes the stored contents whole, in the transaction that names them.
func (e enclosure) finish(tx *data.Tx) error { return tx.FinishBlob(e.BlobID, e.Size, e.sum) }

// attachDocuments looks at the documents that were made for a mail.
func (m Manual) attachDocuments(tx *data.Tx, made []enclosure, wrong *Problems) ([]data.MailAttachment, error) {
	for _, id := range m.invoices() {
		i, err := tx.Invoice(id)
		there := slices.ContainsFunc(made, func(e enclosure) bool { return e.invoice == id })
		switch {
		case errors.Is(err, data.ErrNotFound), err == nil && (!there || i.ClientID != m.ClientID):
			wrong.add(FieldAttachments, i18n.T("An invoice that was to go with this mail is no longer there."))
			return nil, nil
		case err != nil:
			return nil, err
		case i.Status == billing.Draft:
			wrong.add(FieldAttachments, i18n.T("An invoice that is a draft is not sent. Publish it first."))
		}
	}
	all := make([]data.MailAttachment, len(made))
	for i, e := range made {
		all[i] = e.MailAttachment
	}
	return all, nil
}

// begin says what a mail begins with, in the client's language. The values of the documents and of the client are in place, so that it reads as it is sent; in a mail
// to many those of the client stay merge fields.
func (m *Manual) begin(tx *data.Tx, set Settings, c data.Client, today date.Date) (documents []DraftDocument, err error) {
	words := i18n.For(languageOf(c))
	kind, values := newMessage.name, map[string]string{}
	if m.Statement != nil {
		kind = "statement"
		values["statement_from"], values["statement_to"] = formatted(m.Statement.From, words), formatted(m.Statement.lastDay(today), words)
		documents = append(documents, DraftDocument{Name: filename.Clean(statementTitle(words, m.Statement.lastDay(today)) + ".pdf")})
	}
	var numbers, list []string
	for _, id := range m.invoices() {
		i, err := tx.Invoice(id)
		if err == nil && i.ClientID != m.ClientID {
			err = data.ErrNotFound
		}
		if err != nil {
			return nil, err
		}
		total := money.New(i.Total, money.Currency(i.Currency))
		kind = "invoice"
		values["invoice_number"], values["invoice_total"], values["invoice_due"] = numberOf(i), total.Format(words.Locale()), formatted(i.Due, words)
		if balance := money.New(StillDue(i), total.Currency); balance.Sign() > 0 {
			values["invoice_balance"] = balance.Format(words.Locale())
		}
		numbers, list = append(numbers, "#"+numberOf(i)), append(list, "#"+numberOf(i)+": "+total.Format(words.Locale()))
		documents = append(documents, DraftDocument{invoiceName(words, i), id})
	}
	switch {
	case len(numbers) == 1 && m.Template == "" && m.Again == 0:
		if err := m.remind(tx, set, c, today); err != nil {
			return nil, err
		}
	case len(numbers) > 1:
		kind = "invoices"
		values["invoice_numbers"], values["invoice_list"] = strings.Join(numbers, ", "), strings.Join(list, "\n")
	}
	if m.Template != "" && m.Category == "" {
		if m.Category, err = categoryOf(tx, m.Template); err != nil {
			return nil, err
		}
	}
	if m.Category == "" {
		m.Category = General
		if m.encloses() {
			m.Category = Invoice
		}
	}
	t, err := m.beginning(tx, set, kind, c.Language)
	if err != nil {
		return nil, err
	}
	of := clientValues(set, c, today)
	if t.body, err = keepParts(t.body, func(f string) bool { return values[f] != "" || of[f] != "" }); err != nil {
		return nil, err
	}
	if m.toMany {
		of = nil
	}
	if m.Subject == "" {
		m.Subject = written(t.subject, values, of)
	}
	if m.Body == "" {
		m.Body = written(t.body, values, of)
	}
	return documents, nil
}

// remind begins a mail with one invoice that is overdue as the office's own first overdue notice: asking to pay by a day in the past would be no good.
func (m *Manual) remind(tx *data.Tx, set Settings, c data.Client, today date.Date) error {
	i, err := tx.Invoice(m.invoices()[0])
	if err != nil || !billing.Overdue(i.Status, i.Due, today) || m.Statement != nil {
		return err
	}
	t, _, err := templateText(tx, set, overdueFirst, c.Language)
	if err != nil {
		return err
	}
	values, err := mailAbout{Invoice: &i}.values(tx, set, c, overdueFirst, t, today)
	if err != nil {
		return err
	}
	body, err := keepParts(t.body, func(f string) bool { return values[f] != "" })
	if err != nil {
		return err
	}
	invoice, client := map[string]string{}, map[string]string{}
	for f, v := range values {
		if slices.Contains(invoiceFields, f) {
			invoice[f] = v
		} else {
			client[f] = v
		}
	}
	if m.Subject == "" {
		m.Subject = written(t.subject, invoice, client)
	}
	if m.Body == "" {
		m.Body = written(body, invoice, client)
	}
	return nil
}

func (r StatementRange) lastDay(today date.Date) date.Date {
	if r.To.IsZero() {
		return today
	}
	return r.To
}

// formatted is a day as the client's language has it; no day is nothing.
func formatted(d date.Date, words *i18n.Printer) string {
	if d.IsZero() {
		return ""
	}
	return d.Format(words.Locale())
}

// invoiceName is what the file with an invoice is called.
func invoiceName(words *i18n.Printer, i data.Invoice) string {
	return filename.Clean(words.T("Invoice %s", numberOf(i)) + ".pdf")
}

// statementTitle is what an account statement to a day is called.
func statementTitle(words *i18n.Printer, to date.Date) string {
	return words.T("Account statement %s", to.String())
}
