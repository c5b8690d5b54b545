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

// DueServices lists the active services of some clients that are due by a day, by client, and the earliest first.
func (tx *Tx) DueServices(until date.Date, clients []int64) ([]Service, error) {
	return scan(tx.db.Raw(`SELECT id, client_id, product_id, description, quantity, currency, amount, setup_fee, taxed, cycle, next_due, anchor_day, version
		FROM services s WHERE `+due("s", clients)+` ORDER BY client_id, next_due, id`, until),
		func(s *Service) []any {
			return []any{&s.ID, &s.ClientID, &s.ProductID, &s.Description, &s.Quantity, &s.Currency, &s.Amount, &s.SetupFee, &s.Taxed, &s.Cycle, &s.NextDue, &s.AnchorDay, &s.Version}
		})
}

// A plan reads very many rows, and each value that is read takes time, a text most of all. So the texts that many rows have in common are read as one and kept once, and
// the small numbers are read as one.

// between stands between the texts of one that was put together; none of them has it.
const between = "\n"

// PlannedService is a service as a plan of the daily run sees it.
type PlannedService struct {
	*ServiceTerms
	ID, ClientID, Quantity, Amount int64
	NextDue                        date.Date
	AnchorDay                      int8
	Taxed, HasSetup                bool // HasSetup: it has a set-up fee, see FirstTime
}

// ServiceTerms are what many services have in common.
type ServiceTerms struct{ Currency, Cycle string }

// Service is p as a service, without what only the invoice itself needs.
func (p *PlannedService) Service() Service {
	return Service{
		ID: p.ID, ClientID: p.ClientID, Quantity: p.Quantity, Currency: p.Currency, Amount: p.Amount, Taxed: p.Taxed, Cycle: p.Cycle, NextDue: p.NextDue, AnchorDay: int64(p.AnchorDay),
	}
}

// ServicesToPlan lists the active services that are due by a day as DueServices does, with no clients for all. It sorts them itself, as they come nearly in order.
func (tx *Tx) ServicesToPlan(until date.Date, clients []int64) ([]PlannedService, error) {
	var terms string
	var numbers int64
	common := map[string]*ServiceTerms{}
	all, err := scanEach(tx.db.Raw(`SELECT id, client_id, quantity, amount, next_due, currency || '`+between+`' || cycle,
		anchor_day * 4 + CASE WHEN taxed THEN 2 ELSE 0 END + CASE WHEN setup_fee <> 0 THEN 1 ELSE 0 END FROM services s WHERE `+due("s", clients), until),
		func(p *PlannedService) []any {
			return []any{&p.ID, &p.ClientID, &p.Quantity, &p.Amount, &p.NextDue, &terms, &numbers}
		},
		func(p *PlannedService) {
			t, ok := common[terms]
			if !ok {
				t = &ServiceTerms{}
				t.Currency, t.Cycle, _ = strings.Cut(terms, between)
				common[terms] = t
			}
			p.ServiceTerms, p.AnchorDay, p.Taxed, p.HasSetup = t, int8(numbers>>2), numbers&2 != 0, numbers&1 != 0
		})
	slices.SortFunc(all, func(a, b PlannedService) int {
		return cmp.Or(cmp.Compare(a.ClientID, b.ClientID), a.NextDue.Compare(b.NextDue), cmp.Compare(a.ID, b.ID))
	})
	return all, err
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

// FirstTime gives the set-up fees of the services due by a day that have one and were never invoiced.
func (tx *Tx) FirstTime(until date.Date, clients []int64) (map[int64]int64, error) {
	type fee struct{ service, amount int64 }
	fees, err := scan(tx.db.Raw(`SELECT s.id, s.setup_fee FROM services s WHERE `+due("s", clients)+` AND s.setup_fee <> 0
		AND NOT EXISTS (SELECT 1 FROM invoice_lines l WHERE l.service_id = s.id)`, until), func(f *fee) []any { return []any{&f.service, &f.amount} })
	first := make(map[int64]int64, len(fees))
	for _, f := range fees {
		first[f.service] = f.amount
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
	from := "invoices i WHERE i.status = 'Unpaid' AND i.due <= ?"
	if len(clients) > 0 { // client by client: for many, the engine would rather look through all that is unpaid
		from = "(VALUES " + integers(inRows(clients)) + `) AS c CROSS JOIN invoices i
			WHERE i.client_id = c.column1 AND i.status IN ('Unpaid', 'Collections') AND (i.status || '') = 'Unpaid' AND +i.due <= ?`
	}
	return scan(tx.db.Raw(`SELECT i.id, i.client_id, i.number, i.status, i.currency, i.issued, i.due, i.subtotal, i.total, i.credit, i.paid, i.version,
		coalesce((SELECT max(n.level) FROM invoice_notices n WHERE n.invoice_id = i.id), -1), EXISTS (SELECT 1 FROM invoice_lines l WHERE l.invoice_id = i.id AND l.kind = 'late fee')
		FROM `+from+` ORDER BY i.client_id, i.due, i.id`, until),
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
	*ClientPlace
	ID               int64
	Name             string
	GroupID          int64
	BillingContactID int64 // 0 for none
	Status           Status
	TaxExempt        bool
	SeparateInvoices bool
	NoLateFees       bool
	NoOverdueEmails  bool
	KeepStatus       bool
	HasActive        bool // it has services that are active
	HasServices      bool
}

// ClientPlace is what many clients have in common.
type ClientPlace struct{ Currency, Country, State string }

const (
	clientPlace   = `currency || '` + between + `' || country || '` + between + `' || state`
	clientNumbers = `CASE WHEN tax_exempt THEN 1 ELSE 0 END + CASE WHEN separate_invoices THEN 2 ELSE 0 END + CASE WHEN no_late_fees THEN 4 ELSE 0 END
	+ CASE WHEN no_overdue_emails THEN 8 ELSE 0 END + CASE WHEN keep_status THEN 16 ELSE 0 END + CASE WHEN services_active > 0 THEN 32 ELSE 0 END
	+ CASE WHEN services_total > 0 THEN 64 ELSE 0 END + CASE status WHEN 'Active' THEN 0 WHEN 'Inactive' THEN 128 ELSE 256 END + group_id * 512`
)

// setNumbers fills in what clientNumbers has.
func (p *Planned) setNumbers(n int64) {
	p.TaxExempt, p.SeparateInvoices, p.NoLateFees, p.NoOverdueEmails, p.KeepStatus = n&1 != 0, n&2 != 0, n&4 != 0, n&8 != 0, n&16 != 0
	p.HasActive, p.HasServices, p.GroupID = n&32 != 0, n&64 != 0, n>>9
	switch p.Status = Active; {
	case n&128 != 0:
		p.Status = Inactive
	case n&256 != 0:
		p.Status = Closed
	}
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
	var place string
	var numbers int64
	common := map[string]*ClientPlace{}
	return scanEach(tx.db.Raw(`SELECT id, CASE WHEN company <> '' THEN company ELSE first_name || ' ' || last_name END, `+clientPlace+`, `+clientNumbers+`,
		coalesce(billing_contact_id, 0) FROM clients WHERE `+where+among("id", clients)+` ORDER BY id`, services, invoices),
		func(p *Planned) []any { return []any{&p.ID, &p.Name, &place, &numbers, &p.BillingContactID} },
		func(p *Planned) {
			at, ok := common[place]
			if !ok {
				parts := strings.SplitN(place, between, 3)
				at = &ClientPlace{Currency: parts[0], Country: parts[1], State: parts[2]}
				common[place] = at
			}
			p.ClientPlace = at
			p.setNumbers(numbers)
		})
}

// HeldDue counts the services that would be due by a day if the import that brought them were confirmed. It looks among those held, of which there are mostly none.
func (tx *Tx) HeldDue(until date.Date) (n int64, err error) {
	err = tx.db.Raw("SELECT count(*) FROM services WHERE billing_held IS NOT NULL AND (status || '') = 'Active' AND +next_due <= ?", until).Scan(&n).Error
	return n, err
}

// NextNumbers takes the next n numbers of a gap-free sequence, as NextNumber takes one, and returns the first of them.
func (tx *Tx) NextNumbers(name string, first, n int64) (int64, error) {
	var from int64
	err := tx.db.Raw("INSERT INTO counters AS c (name, next) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next = c.next + ? RETURNING next - ?",
		name, first+n, n, n).Scan(&from).Error
	return from, err
}

// inRows puts each number into a row of its own.
func inRows(ids []int64) [][]int64 {
	rows := make([][]int64, len(ids))
	for i := range ids {
		rows[i] = ids[i : i+1]
	}
	return rows
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
