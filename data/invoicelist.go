package data

import (
	"fmt"
	"slices"
	"strings"

	"clientele/app/billing"
	"clientele/app/date"

	"gorm.io/gorm"
)

// InvoiceRow is an invoice as a list shows it. Amounts are minor units of Currency.
type InvoiceRow struct {
	ID         int64
	ClientID   int64
	ClientName string // filled where the list is not of one client
	Number     string // empty for a draft
	Status     InvoiceStatus
	Currency   string
	Issued     date.Date
	Due        date.Date
	Subtotal   int64 // net
	Tax        int64
	Total      int64
	Credit     int64
	Paid       int64
}

// Balance is what is still to be paid: total − credit − payments.
func (r InvoiceRow) Balance() int64 { return r.Total - r.Credit - r.Paid }

// InvoiceSort is a column by which a list of invoices can be sorted.
type InvoiceSort string

// The sorts. InvoicesByID is the order in which they were made, which is that of their numbers but for drafts.
const (
	InvoicesByID     InvoiceSort = "id"
	InvoicesByDue    InvoiceSort = "due"
	InvoicesByTotal  InvoiceSort = "total"
	InvoicesByStatus InvoiceSort = "status"
)

// InvoiceFilter says which invoices a list shows. The zero value shows all.
type InvoiceFilter struct {
	ClientID int64
	Statuses []InvoiceStatus // none means any
	// OverdueOn, where it is a date, leaves those Unpaid that were due before it.
	OverdueOn date.Date
	DueFrom   date.Date // both days included; no date means open
	DueTo     date.Date
	Currency  string // empty means any
	Number    string // whole, as people write it
	// Text, where there is any, leaves the invoice with that whole number and those of the clients that a search for it finds, of the first SearchCap of them.
	Text string

	named *named // what Text stands for, once it was looked up
}

// InvoiceQuery is a filtered and sorted list.
type InvoiceQuery struct {
	Filter     InvoiceFilter
	Sort       InvoiceSort // empty means InvoicesByID
	Descending bool
}

// Invoices reads up to n rows of a list after a place, or before it with back. See Tx.Clients for places.
func (tx *Tx) Invoices(q InvoiceQuery, at Cursor, back bool, n int) ([]InvoiceRow, []Cursor, error) {
	if err := tx.look(q.Filter.Text, &q.Filter.named); err != nil {
		return nil, nil, err
	}
	sort := q.Sort
	switch sort {
	case InvoicesByDue, InvoicesByTotal, InvoicesByStatus:
	default:
		sort = InvoicesByID
	}
	l := listing{
		table: "invoices", columns: "id, client_id, coalesce(number, ''), status, currency, issued, due, subtotal, tax, total, credit, paid",
		sort: string(sort), desc: q.Descending,
	}
	l.where, l.args = q.Filter.where(tx.engine)
	if sort != InvoicesByStatus {
		count, exact, err := tx.CountInvoices(q.Filter)
		if err != nil {
			return nil, nil, err
		}
		// Those of some clients lie anywhere in any order, so they are gathered as far as they are counted.
		few := count <= rare || q.Filter.Text != ""
		l.gather = len(l.where) > 0 && exact && few && (q.Filter.ClientID == 0 || sort != InvoicesByID)
	}
	rows, places, err := page(tx, l, at, back, n, func(r *InvoiceRow) []any {
		return []any{&r.ID, &r.ClientID, &r.Number, &r.Status, &r.Currency, &r.Issued, &r.Due, &r.Subtotal, &r.Tax, &r.Total, &r.Credit, &r.Paid}
	})
	if err != nil || q.Filter.ClientID != 0 {
		return rows, places, err
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ClientID
	}
	names, err := tx.ClientNames(ids)
	for i := range rows {
		rows[i].ClientName = names[rows[i].ClientID]
	}
	return rows, places, err
}

// where is what the filter asks for, after look. That an invoice is unpaid is written out, so that the indexes of unpaid invoices can serve it, and is said of many.
func (f InvoiceFilter) where(e engine) (conditions []string, args []any) {
	add := func(c string, a ...any) {
		conditions = append(conditions, c)
		args = append(args, a...)
	}
	if f.ClientID != 0 {
		add("client_id = ?", f.ClientID)
	}
	switch {
	case len(f.Statuses) == 1 && f.Statuses[0] == billing.Unpaid:
		add(e.ofMany("status = 'Unpaid'"))
	case len(f.Statuses) > 0:
		add("status IN ?", f.Statuses)
	}
	if !f.OverdueOn.IsZero() {
		add(e.ofMany("status = 'Unpaid'"))
		add("due < ?", f.OverdueOn)
	}
	if !f.DueFrom.IsZero() {
		add("due >= ?", f.DueFrom)
	}
	if !f.DueTo.IsZero() {
		add("due <= ?", f.DueTo)
	}
	if f.Currency != "" {
		add("currency = ?", f.Currency)
	}
	if f.Number != "" {
		add("number = ?", f.Number)
	}
	if f.named != nil {
		c, a := f.named.where("number = ?")
		add(c, a...)
	}
	return conditions, args
}

// unpaid tells whether the filter leaves unpaid invoices by due date and currency alone, which are counted by day.
func (f InvoiceFilter) unpaid() bool {
	byStatus := len(f.Statuses) == 1 && f.Statuses[0] == billing.Unpaid && f.OverdueOn.IsZero()
	byDay := len(f.Statuses) == 0 && !f.OverdueOn.IsZero()
	return (byStatus || byDay) && f.ClientID == 0 && f.Number == "" && f.Text == ""
}

// CountInvoices tells how many invoices a filter leaves. exact is false where n is only a lower bound.
func (tx *Tx) CountInvoices(f InvoiceFilter) (n int64, exact bool, err error) {
	if err := tx.look(f.Text, &f.named); err != nil {
		return 0, false, err
	}
	ranged := !f.DueFrom.IsZero() || !f.DueTo.IsZero() || f.Number != "" || f.Text != ""
	statuses := f.Statuses
	var db *gorm.DB
	switch {
	case f.unpaid():
		db, statuses = tx.db.Table("open_totals"), nil
		if !f.OverdueOn.IsZero() {
			db = db.Where("due < ?", f.OverdueOn)
		}
		if !f.DueFrom.IsZero() {
			db = db.Where("due >= ?", f.DueFrom)
		}
		if !f.DueTo.IsZero() {
			db = db.Where("due <= ?", f.DueTo)
		}
	case ranged || !f.OverdueOn.IsZero() || f.ClientID != 0 && f.Currency != "":
		where, args := f.where(tx.engine)
		err = tx.db.Raw(fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM invoices WHERE %s LIMIT %d) t", strings.Join(where, " AND "), countLimit+1), args...).Scan(&n).Error
		return min(n, countLimit), n <= countLimit && f.named.all(), err
	case f.ClientID != 0:
		db = tx.db.Table("invoice_totals").Where("client_id = ?", f.ClientID)
	default:
		db = tx.db.Table("invoice_counts")
	}
	if f.Currency != "" {
		db = db.Where("currency = ?", f.Currency)
	}
	if len(statuses) > 0 {
		db = db.Where("status IN ?", statuses)
	}
	err = db.Select("coalesce(sum(n), 0)").Scan(&n).Error
	return n, true, err
}

// CurrencySum is what the invoices of one currency come to. Owed is the balance of those that are to be paid, Unpaid and in Collections, alone.
type CurrencySum struct {
	Currency string
	N        int64
	Total    int64
	Owed     int64
}

// SumInvoices adds up what a filter leaves, by currency. By status and currency alone the sums are kept ready; else the invoices that are left are looked at,
// as many as are counted: exact is false, and there are no sums, where there are more.
func (tx *Tx) SumInvoices(f InvoiceFilter) (sums []CurrencySum, exact bool, err error) {
	if err := tx.look(f.Text, &f.named); err != nil {
		return nil, false, err
	}
	const open = "('Unpaid', 'Collections')"
	from := fmt.Sprintf("SELECT currency, sum(n), sum(total), sum(CASE WHEN status IN %s THEN balance ELSE 0 END) FROM invoice_counts", open)
	where, args := f.where(tx.engine)
	if f.kept() {
		if len(where) > 0 {
			from += " WHERE " + strings.Join(where, " AND ")
		}
	} else {
		from = fmt.Sprintf("SELECT currency, count(*), sum(total), sum(CASE WHEN status IN %s THEN total - credit - paid ELSE 0 END) FROM "+
			"(SELECT currency, status, total, credit, paid FROM invoices WHERE %s LIMIT %d) t", open, strings.Join(where, " AND "), countLimit+1)
	}
	sums, err = scan(tx.db.Raw(from+" GROUP BY currency ORDER BY currency", args...), func(s *CurrencySum) []any { return []any{&s.Currency, &s.N, &s.Total, &s.Owed} })
	sums = slices.DeleteFunc(sums, func(s CurrencySum) bool { return s.N == 0 })
	n := int64(0)
	for _, s := range sums {
		n += s.N
	}
	if err != nil || !f.named.all() || !f.kept() && n > countLimit {
		return nil, false, err
	}
	return sums, true, nil
}

// kept tells whether the filter is by status and currency alone, by which sums are kept.
func (f InvoiceFilter) kept() bool {
	return f.ClientID == 0 && f.OverdueOn.IsZero() && f.DueFrom.IsZero() && f.DueTo.IsZero() && f.Number == "" && f.Text == ""
}

// ClientNames are how the given clients are called, by their numbers: first and last name, and the company after a comma.
func (tx *Tx) ClientNames(ids []int64) (map[int64]string, error) {
	names := make(map[int64]string, len(ids))
	if len(ids) == 0 {
		return names, nil
	}
	var cs []Client
	if err := tx.db.Select("id", "first_name", "last_name", "company").Where("id IN ?", ids).Find(&cs).Error; err != nil {
		return nil, err
	}
	for _, c := range cs {
		names[c.ID] = c.Name()
	}
	return names, nil
}

// Name is how a client is called in a sentence: first and last name, and the company after a comma.
func (c Client) Name() string {
	name := strings.TrimSpace(c.FirstName + " " + c.LastName)
	switch {
	case c.Company == "":
		return name
	case name == "":
		return c.Company
	}
	return name + ", " + c.Company
}
