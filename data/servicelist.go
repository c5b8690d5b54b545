package data

import (
	"fmt"
	"strings"

	"clientele/app/date"
)

// ServiceFilter says which services a list shows. The zero value shows all.
type ServiceFilter struct {
	ClientID  int64
	Statuses  []ServiceStatus // none means any
	ProductID int64
	DueTo     date.Date // due on that day at the latest; no date means any
	Held      bool      // only those whose billing is held until it is confirmed
	// Text, where there is any, leaves those of the clients that a search for it finds, of the first SearchCap of them.
	Text string

	named *named // what Text stands for, once it was looked up
}

// ServiceQuery is a filtered list.
type ServiceQuery struct {
	Filter     ServiceFilter
	ByDue      bool // else in the order in which they were entered; only those that have a due date are listed by it
	Descending bool
}

// ServiceRow is a service as a list shows it.
type ServiceRow struct {
	Service
	ClientName string // filled where the list is not of one client
}

// Services reads up to n rows of a list after a place, or before it with back. See Tx.Clients for places.
func (tx *Tx) Services(q ServiceQuery, at Cursor, back bool, n int) ([]ServiceRow, []Cursor, error) {
	if err := tx.look(q.Filter.Text, &q.Filter.named); err != nil {
		return nil, nil, err
	}
	l := listing{
		gather: q.Filter.Text != "", // those of some clients lie anywhere
		table:  "services", sort: "id", desc: q.Descending,
		columns: "id, client_id, product_id, description, quantity, currency, amount, setup_fee, taxed, cycle, next_due, anchor_day, status, started, created_at, updated_at, version, billing_held",
	}
	l.where, l.args = q.Filter.where()
	if q.ByDue {
		l.sort = "next_due"
		l.where = append(l.where, "next_due IS NOT NULL")
	}
	rows, places, err := page(tx, l, at, back, n, func(r *ServiceRow) []any {
		s := &r.Service
		return []any{
			&s.ID, &s.ClientID, &s.ProductID, &s.Description, &s.Quantity, &s.Currency, &s.Amount, &s.SetupFee, &s.Taxed, &s.Cycle, &s.NextDue,
			&s.AnchorDay, &s.Status, &s.Started, &s.CreatedAt, &s.UpdatedAt, &s.Version, &s.BillingHeld,
		}
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

func (f ServiceFilter) where() (conditions []string, args []any) {
	add := func(c string, a ...any) {
		conditions = append(conditions, c)
		args = append(args, a...)
	}
	if f.ClientID != 0 {
		add("client_id = ?", f.ClientID)
	}
	if len(f.Statuses) > 0 {
		add("status IN ?", f.Statuses)
	}
	if f.ProductID != 0 {
		add("product_id = ?", f.ProductID)
	}
	if !f.DueTo.IsZero() {
		add("next_due <= ?", f.DueTo)
	}
	if f.Held {
		add("billing_held IS NOT NULL")
	}
	if f.named != nil {
		c, a := f.named.where("")
		add(c, a...)
	}
	return conditions, args
}

// CountServices tells how many services a filter leaves, up to a limit; exact is false where there are more.
func (tx *Tx) CountServices(f ServiceFilter) (n int64, exact bool, err error) {
	if err := tx.look(f.Text, &f.named); err != nil {
		return 0, false, err
	}
	where, args := f.where()
	condition := ""
	if len(where) > 0 {
		condition = "WHERE " + strings.Join(where, " AND ")
	}
	err = tx.db.Raw(fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM services %s LIMIT %d) t", condition, countLimit+1), args...).Scan(&n).Error
	return min(n, countLimit), n <= countLimit && f.named.all(), err
}
