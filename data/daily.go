package data

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"clientele/app/date"
)

// What the daily run reads. Each of these is one statement over all that is due, or over what is due of some clients.

// among is the condition that a column is one of some clients' numbers; empty means all clients. They are written into the statement, since the driver binds
// parameters in time that grows with the square of their count.
func among(column string, ids []int64) string {
	if len(ids) == 0 {
		return ""
	}
	b := append(make([]byte, 0, len(ids)*8), " AND "+column+" IN ("...)
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, id, 10)
	}
	return string(append(b, ')'))
}

// due is the condition that a service, of a table by that name, is to be invoiced by a day, which is its one parameter. Where the services of some clients are wanted it
// is written so that the engine looks among theirs, and not among all that are active or due, of which there may be very many.
func due(table string, clients []int64) string {
	status, day := table+".status", table+".next_due"
	if len(clients) > 0 {
		status, day = "("+status+" || '')", "+"+day
	}
	return status + " = 'Active' AND " + table + ".next_due IS NOT NULL AND " + table + ".billing_held IS NULL AND " + day + " <= ?" + among(table+".client_id", clients)
}

// DueServices lists the active services that are due by a day, by client, and the earliest first. Where those of all clients are asked for it leaves out what only the
// invoices need, and sorts them itself: they come nearly in order, and each value that is read counts with so many of them.
func (tx *Tx) DueServices(until date.Date, clients []int64) ([]Service, error) {
	if len(clients) == 0 {
		all, err := scan(tx.db.Raw(`SELECT id, client_id, quantity, currency, amount, setup_fee, taxed, cycle, next_due, anchor_day FROM services s WHERE `+due("s", nil), until),
			func(s *Service) []any {
				return []any{&s.ID, &s.ClientID, &s.Quantity, &s.Currency, &s.Amount, &s.SetupFee, &s.Taxed, &s.Cycle, &s.NextDue, &s.AnchorDay}
			})
		slices.SortFunc(all, func(a, b Service) int {
			return cmp.Or(cmp.Compare(a.ClientID, b.ClientID), a.NextDue.Compare(b.NextDue), cmp.Compare(a.ID, b.ID))
		})
		return all, err
	}
	return scan(tx.db.Raw(`SELECT id, client_id, product_id, description, quantity, currency, amount, setup_fee, taxed, cycle, next_due, anchor_day, version
		FROM services s WHERE `+due("s", clients)+` ORDER BY client_id, next_due, id`, until),
		func(s *Service) []any {
			return []any{&s.ID, &s.ClientID, &s.ProductID, &s.Description, &s.Quantity, &s.Currency, &s.Amount, &s.SetupFee, &s.Taxed, &s.Cycle, &s.NextDue, &s.AnchorDay, &s.Version}
		})
}

// BilledPeriod is a period of a service that an invoice has.
type BilledPeriod struct {
	ServiceID int64
	From      date.Date
}

// BilledAhead lists the periods that were billed of services that are due by a day, from where each stands on. There are some only where somebody set a
// service back. SQLite takes the tables of a CROSS JOIN in the order in which they are named; by itself it would walk the lines of all invoices.
func (tx *Tx) BilledAhead(until date.Date, clients []int64) ([]BilledPeriod, error) {
	return scan(tx.db.Raw(`SELECT s.id, l.period_from FROM services s CROSS JOIN invoice_lines l
		WHERE l.service_id = s.id AND l.kind = 'service' AND l.period_from >= s.next_due AND `+due("s", clients)+` ORDER BY s.id, l.period_from`, until),
		func(p *BilledPeriod) []any { return []any{&p.ServiceID, &p.From} })
}

// FirstTime lists the services due by a day that have a set-up fee and were never invoiced.
func (tx *Tx) FirstTime(until date.Date, clients []int64) (map[int64]bool, error) {
	ids, err := scan(tx.db.Raw(`SELECT s.id FROM services s WHERE `+due("s", clients)+` AND s.setup_fee <> 0 AND NOT EXISTS (SELECT 1 FROM invoice_lines l WHERE l.service_id = s.id)`, until), func(id *int64) []any { return []any{id} })
	first := make(map[int64]bool, len(ids))
	for _, id := range ids {
		first[id] = true
	}
	return first, err
}

// Pressed is an unpaid invoice as reminders and late fees see it.
type Pressed struct {
	Invoice
	Level int64 // of the reminders that went out, the highest; -1 where none did
	Fee   bool  // it has a late fee
}

// UnpaidBy lists the unpaid invoices that are due by a day, by client, and the earliest first. Of each it has what identifies it and says what is owed.
func (tx *Tx) UnpaidBy(until date.Date, clients []int64) ([]Pressed, error) {
	status, day := "i.status = 'Unpaid'", "i.due"
	if len(clients) > 0 {
		status, day = "(i.status || '') = 'Unpaid' AND i.status IN ('Unpaid', 'Collections')", "+i.due" // see due
	}
	return scan(tx.db.Raw(`SELECT i.id, i.client_id, i.number, i.status, i.currency, i.issued, i.due, i.subtotal, i.total, i.credit, i.paid, i.version,
		coalesce((SELECT max(n.level) FROM invoice_notices n WHERE n.invoice_id = i.id), -1), EXISTS (SELECT 1 FROM invoice_lines l WHERE l.invoice_id = i.id AND l.kind = 'late fee')
		FROM invoices i WHERE `+status+` AND `+day+` <= ?`+among("i.client_id", clients)+` ORDER BY i.client_id, i.due, i.id`, until),
		func(p *Pressed) []any {
			i := &p.Invoice
			return []any{
				&i.ID, &i.ClientID, &i.Number, &i.Status, &i.Currency, &i.Issued, &i.Due, &i.Subtotal, &i.Total, &i.Credit, &i.Paid, &i.Version, &p.Level, &p.Fee,
			}
		})
}

// billedColumns are what billing has to know of a client.
const billedColumns = `id, first_name, last_name, company, email, address1, address2, city, state, postcode, country, phone, tax_id, currency, group_id, language, payment_method,
	status, tax_exempt, separate_invoices, no_late_fees, no_overdue_emails, mail_general, mail_invoice, mail_support, mail_product, mail_domain, credit, owed,
	services_active, services_total, version, auto_credit, keep_status, billing_contact_id, created`

func (c *Client) billed() []any {
	return []any{
		&c.ID, &c.FirstName, &c.LastName, &c.Company, &c.Email, &c.Address1, &c.Address2, &c.City, &c.State, &c.Postcode, &c.Country, &c.Phone, &c.TaxID, &c.Currency, &c.GroupID,
		&c.Language, &c.PaymentMethod, &c.Status, &c.TaxExempt, &c.SeparateInvoices, &c.NoLateFees, &c.NoOverdueEmails, &c.MailGeneral, &c.MailInvoice, &c.MailSupport,
		&c.MailProduct, &c.MailDomain, &c.Credit, &c.Owed, &c.ServicesActive, &c.ServicesTotal, &c.Version, &c.AutoCredit, &c.KeepStatus, &c.BillingContactID, &c.Created,
	}
}

// ClientsToBill reads what billing has to know of some clients, and keeps others from changing them until the transaction ends. Those that are gone are
// left out.
func (tx *Tx) ClientsToBill(clients []int64) ([]Client, error) {
	if len(clients) == 0 {
		return nil, nil
	}
	return scan(tx.db.Raw("SELECT "+billedColumns+" FROM clients WHERE id > 0"+among("id", clients)+" ORDER BY id"+tx.engine.lockRows()), (*Client).billed)
}

// Planned is a client as a plan of the daily run sees it.
type Planned struct {
	ID               int64
	Name             string
	Country, State   string
	Currency         string
	GroupID          int64
	Status           Status
	TaxExempt        bool
	SeparateInvoices bool
	NoLateFees       bool
	NoOverdueEmails  bool
	KeepStatus       bool
	BillingContactID *int64
	ServicesActive   int64
	ServicesTotal    int64
	flags            int64 // as they were read
}

// plannedFlags are the flags of a planned client as one number: each value that is read counts where there are a hundred thousand clients.
const plannedFlags = `CASE WHEN tax_exempt THEN 1 ELSE 0 END + CASE WHEN separate_invoices THEN 2 ELSE 0 END + CASE WHEN no_late_fees THEN 4 ELSE 0 END
	+ CASE WHEN no_overdue_emails THEN 8 ELSE 0 END + CASE WHEN keep_status THEN 16 ELSE 0 END`

func (p *Planned) setFlags() {
	n := p.flags
	p.TaxExempt, p.SeparateInvoices, p.NoLateFees, p.NoOverdueEmails, p.KeepStatus = n&1 != 0, n&2 != 0, n&4 != 0, n&8 != 0, n&16 != 0
}

// ClientsToPlan reads the clients who have a service or an unpaid invoice that is due by these days, and, where follow is set, those whose status does not
// go with their services, and those named beside.
func (tx *Tx) ClientsToPlan(services, invoices date.Date, follow bool, others, clients []int64) ([]Planned, error) {
	where := `id IN (SELECT client_id FROM services WHERE status = 'Active' AND next_due IS NOT NULL AND billing_held IS NULL AND next_due <= ?
		UNION SELECT client_id FROM invoices WHERE status = 'Unpaid' AND due <= ?)`
	if follow {
		where = "(" + where + ` OR (NOT keep_status AND ((status = 'Active' AND services_active = 0 AND services_total > 0) OR (status = 'Inactive' AND services_active > 0))))`
	}
	if len(others) > 0 {
		where = "(" + where + " OR " + strings.TrimPrefix(among("id", others), " AND ") + ")"
	}
	all, err := scan(tx.db.Raw(`SELECT id, CASE WHEN company <> '' THEN company ELSE first_name || ' ' || last_name END, country, state, currency, group_id, status, `+plannedFlags+`,
		billing_contact_id, services_active, services_total FROM clients WHERE `+where+among("id", clients)+` ORDER BY id`,
		services, invoices), func(p *Planned) []any {
		return []any{&p.ID, &p.Name, &p.Country, &p.State, &p.Currency, &p.GroupID, &p.Status, &p.flags, &p.BillingContactID, &p.ServicesActive, &p.ServicesTotal}
	})
	for i := range all {
		all[i].setFlags()
	}
	return all, err
}

// HeldDue counts the services that would be due by a day if the import that brought them were confirmed.
func (tx *Tx) HeldDue(until date.Date) (n int64, err error) {
	err = tx.db.Raw("SELECT count(*) FROM services WHERE billing_held IS NOT NULL AND status = 'Active' AND next_due IS NOT NULL AND next_due <= ?", until).Scan(&n).Error
	return n, err
}

// NextNumbers takes the next n numbers of a gap-free sequence, as NextNumber takes one, and returns the first of them.
func (tx *Tx) NextNumbers(name string, first, n int64) (int64, error) {
	var from int64
	err := tx.db.Raw("INSERT INTO counters AS c (name, next) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next = c.next + ? RETURNING next - ?",
		name, first+n, n, n).Scan(&from).Error
	return from, err
}

// integers writes rows of whole numbers as the values of a statement: (1, 2), (3, 4).
func integers(rows [][]int64) string {
	var b strings.Builder
	for i, row := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for j, v := range row {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.FormatInt(v, 10))
		}
		b.WriteByte(')')
	}
	return b.String()
}
