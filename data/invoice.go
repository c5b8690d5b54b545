package data

import (
	"time"

	"clientele/app/billing"
	"clientele/app/date"
)

// InvoiceStatus is where an invoice stands (IN-2).
type InvoiceStatus = billing.InvoiceStatus

// open tells whether money is still wanted for an invoice of this status.
func open(s InvoiceStatus) bool { return s == billing.Unpaid || s == billing.Collections }

// Invoice is what a client is asked to pay. All amounts are minor units of Currency. Number and Billing are set as it leaves Draft and
// stay as they are, and so is Issued where the draft has no date of its own.
type Invoice struct {
	ID            int64
	ClientID      int64
	Number        *string // nil in a draft
	Status        InvoiceStatus
	Currency      string // ISO 4217
	Issued        date.Date
	Due           date.Date
	PaidOn        date.Date
	Subtotal      int64 // net of discount, before tax
	Discount      int64
	Tax           int64
	Total         int64
	Credit        int64 // credit applied to it
	Paid          int64 // what came in for it less what was refunded
	TaxMode       string
	TaxExempt     bool
	PaymentMethod string
	Billing       string // the name and address it carries, as JSON; empty in a draft
	Notes         string // printed on it
	CreatedAt     int64  `gorm:"autoCreateTime:false"`
	CreatedBy     string
	UpdatedAt     int64 `gorm:"autoUpdateTime:false"`
	Version       int64
}

// TableName tells GORM the table.
func (Invoice) TableName() string { return "invoices" }

// Balance is what is still to be paid: total − credit − payments.
func (i Invoice) Balance() int64 { return i.Total - i.Credit - i.Paid }

// LineKind is what a line of an invoice is for.
type LineKind string

// The kinds. An invoice has one late fee at most.
const (
	LineItem    LineKind = "item"
	LineService LineKind = "service"
	LineSetup   LineKind = "set-up"
	LineLateFee LineKind = "late fee"
)

// InvoiceLine is one line of an invoice. Net + Tax = Gross.
type InvoiceLine struct {
	ID          int64
	InvoiceID   int64
	Position    int64 // from 1
	Kind        LineKind
	ServiceID   *int64
	Description string
	Quantity    int64 // thousandths
	UnitPrice   int64
	Discount    int64 // ten-thousandths of a percent
	Taxed       bool
	Net         int64
	Tax         int64
	Gross       int64
	PeriodFrom  date.Date // what a service is billed for; no date elsewhere
	PeriodTo    date.Date
}

// TableName tells GORM the table.
func (InvoiceLine) TableName() string { return "invoice_lines" }

// InvoiceTax is the tax of one rate on an invoice.
type InvoiceTax struct {
	InvoiceID int64 `gorm:"primaryKey;autoIncrement:false"`
	Position  int64 `gorm:"primaryKey;autoIncrement:false"`
	Name      string
	Rate      int64 // ten-thousandths of a percent
	Base      int64
	Tax       int64
}

// TableName tells GORM the table.
func (InvoiceTax) TableName() string { return "invoice_taxes" }

// WholeInvoice is an invoice with its lines and taxes.
type WholeInvoice struct {
	Invoice
	Lines []InvoiceLine
	Taxes []InvoiceTax
}

// Invoice reads one invoice without its lines.
func (tx *Tx) Invoice(id int64) (Invoice, error) {
	var i Invoice
	err := translate(tx.db.Take(&i, "id = ?", id).Error)
	return i, err
}

// InvoiceToChange reads one invoice and keeps others from changing it until the transaction ends. Whoever changes money reads the client
// with ClientToChange before, so that two acts on one client follow each other.
func (tx *Tx) InvoiceToChange(id int64) (Invoice, error) {
	var i Invoice
	err := translate(tx.db.Clauses(toChange).Take(&i, "id = ?", id).Error)
	return i, err
}

// InvoicesToChange is InvoiceToChange for several, in the order of their numbers in the table; those that are gone are left out.
func (tx *Tx) InvoicesToChange(ids []int64) ([]Invoice, error) {
	var all []Invoice
	if len(ids) == 0 {
		return nil, nil
	}
	err := tx.db.Clauses(toChange).Where("id IN ?", ids).Order("id").Find(&all).Error
	return all, err
}

// InvoiceByNumber reads the invoice with a number as people write it.
func (tx *Tx) InvoiceByNumber(number string) (Invoice, error) {
	var i Invoice
	err := translate(tx.db.Take(&i, "number = ?", number).Error)
	return i, err
}

// WholeInvoice reads one invoice with its lines and taxes.
func (tx *Tx) WholeInvoice(id int64) (WholeInvoice, error) {
	i, err := tx.Invoice(id)
	if err != nil {
		return WholeInvoice{}, err
	}
	w := WholeInvoice{Invoice: i}
	if w.Lines, err = tx.InvoiceLines(id); err != nil {
		return w, err
	}
	err = tx.db.Where("invoice_id = ?", id).Order("position").Find(&w.Taxes).Error
	return w, err
}

// InvoiceLines reads the lines of an invoice in their order.
func (tx *Tx) InvoiceLines(id int64) ([]InvoiceLine, error) {
	var lines []InvoiceLine
	err := tx.db.Where("invoice_id = ?", id).Order("position").Find(&lines).Error
	return lines, err
}

// OpenInvoices lists a client's open invoices, earliest due first.
func (tx *Tx) OpenInvoices(clientID int64) ([]Invoice, error) {
	var all []Invoice
	err := tx.db.Where("client_id = ? AND status IN ('Unpaid', 'Collections')", clientID).Order("due, id").Find(&all).Error
	return all, err
}

// InvoicesForClient lists a client's invoices but for drafts, newest first: up to n made before the one with the number before, or the newest where before is 0.
func (tx *Tx) InvoicesForClient(clientID, before int64, n int) ([]Invoice, error) {
	db := tx.db.Where("client_id = ? AND status <> 'Draft'", clientID)
	if before != 0 {
		db = db.Where("id < ?", before)
	}
	var all []Invoice
	err := db.Order("id DESC").Limit(n).Find(&all).Error
	return all, err
}

// AddInvoice stores a new invoice with its lines and gives all of them their numbers in the tables.
func (tx *Tx) AddInvoice(w *WholeInvoice) error {
	w.CreatedAt, w.UpdatedAt, w.Version = millis(tx.now), millis(tx.now), 1
	if err := tx.db.Create(&w.Invoice).Error; err != nil {
		return err
	}
	tx.tallyInvoice(nil, &w.Invoice)
	return tx.addLines(w)
}

// RestoreInvoice puts a removed invoice back under its old number in the table.
func (tx *Tx) RestoreInvoice(w *WholeInvoice) error {
	if err := tx.db.Create(&w.Invoice).Error; err != nil {
		return err
	}
	tx.tallyInvoice(nil, &w.Invoice)
	return tx.addLines(w)
}

func (tx *Tx) addLines(w *WholeInvoice) error {
	for i := range w.Lines {
		w.Lines[i].ID, w.Lines[i].InvoiceID, w.Lines[i].Position = 0, w.ID, int64(i+1)
	}
	for i := range w.Taxes {
		w.Taxes[i].InvoiceID, w.Taxes[i].Position = w.ID, int64(i+1)
	}
	if len(w.Lines) > 0 {
		if err := tx.db.CreateInBatches(&w.Lines, batch).Error; err != nil {
			return err
		}
	}
	if len(w.Taxes) > 0 {
		return tx.db.CreateInBatches(&w.Taxes, batch).Error
	}
	return nil
}

// invoiceColumns are those that an act may change after an invoice was made.
var invoiceColumns = []string{
	"number", "status", "issued", "due", "paid_on", "subtotal", "discount", "tax", "total", "credit", "paid", "tax_mode", "tax_exempt",
	"payment_method", "billing", "notes", "updated_at", "version",
}

// UpdateInvoice writes an invoice without its lines. before is as it was read; ErrChanged: somebody changed it meanwhile, and nothing was written.
func (tx *Tx) UpdateInvoice(before Invoice, after *Invoice) error {
	after.ID, after.ClientID, after.Version, after.UpdatedAt = before.ID, before.ClientID, before.Version+1, millis(tx.now)
	r := tx.db.Model(&Invoice{}).Where("id = ? AND version = ?", before.ID, before.Version).Select(invoiceColumns).Updates(after)
	if r.Error != nil {
		return r.Error
	}
	if r.RowsAffected != 1 {
		return ErrChanged
	}
	tx.tallyInvoice(&before, after)
	return nil
}

// ReplaceLines puts other lines and taxes in the place of those of an invoice. The invoice itself is written by UpdateInvoice.
func (tx *Tx) ReplaceLines(w *WholeInvoice) error {
	if err := tx.deleteLines(w.ID); err != nil {
		return err
	}
	return tx.addLines(w)
}

func (tx *Tx) deleteLines(id int64) error {
	if err := tx.db.Exec("DELETE FROM invoice_lines WHERE invoice_id = ?", id).Error; err != nil {
		return err
	}
	return tx.db.Exec("DELETE FROM invoice_taxes WHERE invoice_id = ?", id).Error
}

// DeleteInvoice removes an invoice with its lines. Payments to it must have been taken off before. ErrChanged: somebody changed it meanwhile.
func (tx *Tx) DeleteInvoice(before Invoice) error {
	if err := tx.deleteLines(before.ID); err != nil {
		return err
	}
	r := tx.db.Exec("DELETE FROM invoices WHERE id = ? AND version = ?", before.ID, before.Version)
	if r.Error != nil {
		return r.Error
	}
	if r.RowsAffected != 1 {
		return ErrChanged
	}
	tx.tallyInvoice(&before, nil)
	return nil
}

// NextNumber takes the next number of a gap-free sequence. Others wait for it until the transaction ends, and a transaction that fails gives
// it back. A new sequence begins with first.
func (tx *Tx) NextNumber(name string, first int64) (int64, error) {
	var n int64
	err := tx.db.Raw("INSERT INTO counters AS c (name, next) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next = c.next + 1 RETURNING next - 1",
		name, first+1).Scan(&n).Error
	return n, err
}

// PeekNumber is the number that NextNumber would give.
func (tx *Tx) PeekNumber(name string, first int64) (int64, error) {
	var next []int64
	err := tx.db.Raw("SELECT next FROM counters WHERE name = ?", name).Scan(&next).Error
	if err != nil || len(next) == 0 {
		return first, err
	}
	return next[0], nil
}

// SetNextNumber has a sequence go on with next.
func (tx *Tx) SetNextNumber(name string, next int64) error {
	return tx.db.Exec("INSERT INTO counters (name, next) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next = excluded.next", name, next).Error
}

// Since is when the invoice was made.
func (i Invoice) Since() time.Time { return Instant(i.CreatedAt) }

// InvoiceNumbers are the numbers of the given invoices as people write them; drafts and those that are gone have none.
func (tx *Tx) InvoiceNumbers(ids []int64) (map[int64]string, error) {
	numbers := make(map[int64]string, len(ids))
	if len(ids) == 0 {
		return numbers, nil
	}
	var all []Invoice
	if err := tx.db.Select("id", "number").Where("id IN ? AND number IS NOT NULL", ids).Find(&all).Error; err != nil {
		return nil, err
	}
	for _, i := range all {
		numbers[i.ID] = *i.Number
	}
	return numbers, nil
}
