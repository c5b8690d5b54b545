package data

import (
	"fmt"
	"slices"
	"strings"

	"clientele/app/date"
)

// ClientRow is a client as the list shows it.
type ClientRow struct {
	ID             int64
	FirstName      string
	LastName       string
	Company        string
	Email          string
	ServicesActive int64
	ServicesTotal  int64
	Credit         int64 // minor units of Currency
	Owed           int64 // what the open invoices come to, likewise
	Currency       string
	Created        date.Date
	Status         Status
	GroupID        int64
}

const rowColumns = "id, first_name, last_name, company, email, services_active, services_total, credit, owed, currency, created, status, group_id"

func (r *ClientRow) dest() []any {
	return []any{
		&r.ID, &r.FirstName, &r.LastName, &r.Company, &r.Email, &r.ServicesActive, &r.ServicesTotal, &r.Credit, &r.Owed, &r.Currency,
		&r.Created, &r.Status, &r.GroupID,
	}
}

// ClientSort is a column by which the list can be sorted.
type ClientSort string

// The sorts of CL-1. Each is answered by an index; none sorts in memory.
const (
	ByID        ClientSort = "id"
	ByFirstName ClientSort = "first_name"
	ByLastName  ClientSort = "last_name"
	ByCompany   ClientSort = "company"
	ByEmail     ClientSort = "email"
	ByServices  ClientSort = "services"
	ByCredit    ClientSort = "credit"
	ByOwed      ClientSort = "owed"
	ByCreated   ClientSort = "created"
	ByStatus    ClientSort = "status"
)

// sortColumns are the index columns of a sort; the last one tells any two rows apart.
var sortColumns = map[ClientSort][]string{
	ByID:        {"id"},
	ByFirstName: {"first_key", "id"},
	ByLastName:  {"sort_key", "id"},
	ByCompany:   {"company_key", "id"},
	ByEmail:     {"email_key"},
	ByServices:  {"services_active", "id"},
	ByCredit:    {"credit", "id"},
	ByOwed:      {"owed", "id"},
	ByCreated:   {"created", "id"},
	ByStatus:    {"status", "sort_key", "id"},
}

// maxKey is the most columns that a sort has.
const maxKey = 3

// ClientFilter says which clients the list shows. The zero value shows all.
type ClientFilter struct {
	Statuses    []Status // none means any
	Group       int64    // 0 means any
	Country     string   // empty means any
	HasCredit   bool
	Owes        bool
	CreatedFrom date.Date // both days included; no date means open
	CreatedTo   date.Date
	IDs         []int64 // these alone; none means any
}

// ClientQuery is a filtered and sorted list.
type ClientQuery struct {
	Filter     ClientFilter
	Sort       ClientSort // empty means ByLastName
	Descending bool
}

// Cursor is a place in a sorted list: the index columns of a row. It stays valid when rows come and go.
type Cursor []any

// rare is how many clients a filter may leave for them to be gathered and sorted rather than picked out of the
// sorted index one by one.
var rare int64 = 2000 // tests change it

// Clients reads up to n rows of the list after a place, or before it with back, in the list's order. A nil cursor is the beginning, or
// with back the end. The second result is the place of each row, for going on from there.
func (tx *Tx) Clients(q ClientQuery, at Cursor, back bool, n int) ([]ClientRow, []Cursor, error) {
	cols, ok := sortColumns[q.Sort]
	if !ok {
		cols = sortColumns[ByLastName]
	}
	if len(at) != len(cols) {
		at = nil // a place in another order is none in this one
	}
	desc := q.Descending != back
	few, err := tx.few(q)
	if err != nil {
		return nil, nil, err
	}
	type placed struct {
		ClientRow
		key [maxKey]any
	}
	var found []placed
	for same := len(cols) - 1; same >= 0 && len(found) < n; same-- {
		sql, args := q.page(rowColumns+", ", cols, at, same, desc, few, n-len(found))
		part, err := scan(tx.db.Raw(sql, args...), func(r *placed) []any {
			dest := r.dest()
			for i := range cols {
				dest = append(dest, &r.key[i])
			}
			return dest
		})
		if err != nil {
			return nil, nil, err
		}
		found = append(found, part...)
		if at == nil {
			break
		}
	}
	rows, keys := make([]ClientRow, len(found)), make([]Cursor, len(found))
	for i := range found {
		rows[i], keys[i] = found[i].ClientRow, found[i].key[:len(cols):len(cols)]
	}
	if back {
		slices.Reverse(rows)
		slices.Reverse(keys)
	}
	return rows, keys, nil
}

// page builds the statement of one part of a page: after a place come first the rows that share all but the last of its columns, then those
// that share fewer, and so on; same is how many. One comparison of whole rows would be one statement, but SQLite does not look a row's number
// up in an index for it: it would walk all that share the first column, such as everybody without a company. few tells that the filter
// leaves so little that its own index should be walked; an expression in place of the column keeps the engine from walking the sort's.
func (q ClientQuery) page(columns string, cols []string, at Cursor, same int, desc, few bool, n int) (string, []any) {
	var b strings.Builder
	fmt.Fprintf(&b, "SELECT %s%s FROM clients", columns, strings.Join(cols, ", "))
	where, args := q.Filter.where()
	op, dir := ">", ""
	if desc {
		op, dir = "<", " DESC"
	}
	if at != nil {
		for i, c := range cols[:same] {
			where = append(where, c+" = ?")
			args = append(args, at[i])
		}
		where = append(where, cols[same]+" "+op+" ?")
		args = append(args, at[same])
	}
	if len(where) > 0 {
		b.WriteString(" WHERE " + strings.Join(where, " AND "))
	}
	b.WriteString(" ORDER BY ")
	for i, c := range cols {
		if i > 0 {
			b.WriteString(", ")
		}
		if few && i == 0 {
			// As an expression the column cannot be served by its index.
			c = "+" + c
			if _, text := textColumns[cols[0]]; text {
				c = cols[0] + " || ''"
			}
		}
		b.WriteString(c + dir)
	}
	fmt.Fprintf(&b, " LIMIT %d", n)
	return b.String(), args
}

var textColumns = map[string]struct{}{"first_key": {}, "sort_key": {}, "company_key": {}, "email_key": {}, "status": {}}

// where lists the filter's conditions.
func (f ClientFilter) where() (conditions []string, args []any) {
	add := func(c string, a ...any) {
		conditions = append(conditions, c)
		args = append(args, a...)
	}
	if len(f.Statuses) > 0 && len(f.Statuses) < 3 {
		add("status IN ?", f.Statuses)
	}
	if f.Country != "" {
		add("country = ?", f.Country)
	}
	if f.Group != 0 {
		add("group_id = ?", f.Group)
	}
	if f.HasCredit {
		add("credit > 0")
	}
	if f.Owes {
		add("owed > 0")
	}
	if !f.CreatedFrom.IsZero() {
		add("created >= ?", f.CreatedFrom)
	}
	if !f.CreatedTo.IsZero() {
		add("created <= ?", f.CreatedTo)
	}
	if len(f.IDs) > 0 {
		add("id IN ?", f.IDs)
	}
	return conditions, args
}

// few tells whether the filter leaves so few clients that they are better gathered first and sorted then.
func (tx *Tx) few(q ClientQuery) (bool, error) {
	f := q.Filter
	if f.Country == "" && f.Group == 0 && !f.HasCredit && !f.Owes && f.CreatedFrom.IsZero() && f.CreatedTo.IsZero() {
		return false, nil
	}
	n, exact, err := tx.CountClients(f)
	return exact && n <= rare, err
}

// countLimit is how far clients are counted one by one where the counts cannot answer.
const countLimit = 10_000

// CountClients tells how many clients a filter leaves. exact is false where there are more than could be counted quickly; then n is a
// lower bound.
func (tx *Tx) CountClients(f ClientFilter) (n int64, exact bool, err error) {
	if f.CreatedFrom.IsZero() && f.CreatedTo.IsZero() {
		db := f.counted(tx.db.Table("client_counts"))
		if f.HasCredit {
			db = db.Where("has_credit = 1")
		}
		if f.Owes {
			db = db.Where("owes = 1")
		}
		err = db.Select("coalesce(sum(n), 0)").Scan(&n).Error
		return n, true, err
	}
	where, args := f.where()
	err = tx.db.Raw(fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM clients WHERE %s LIMIT %d) t", strings.Join(where, " AND "), countLimit+1), args...).Scan(&n).Error
	if n > countLimit {
		return countLimit, false, err
	}
	return n, true, err
}

// ClientMarks walks the list in steps of n rows and gives the place of the last row of each, so that a window onto a long list can jump
// to its middle. Each step is a short query of the index alone where no filter is set.
func (tx *Tx) ClientMarks(q ClientQuery, at Cursor, n int) (Cursor, error) {
	cols, ok := sortColumns[q.Sort]
	if !ok {
		cols = sortColumns[ByLastName]
	}
	if len(at) != len(cols) {
		at = nil
	}
	read := 0
	var last Cursor
	for same := len(cols) - 1; same >= 0 && read < n; same-- {
		sql, args := q.page("", cols, at, same, q.Descending, false, n-read)
		keys, err := scan(tx.db.Raw(sql, args...), func(key *[maxKey]any) []any {
			dest := make([]any, len(cols))
			for i := range dest {
				dest[i] = &key[i]
			}
			return dest
		})
		if err != nil {
			return nil, err
		}
		if read += len(keys); len(keys) > 0 {
			last = keys[len(keys)-1][:len(cols):len(cols)]
		}
		if at == nil {
			break
		}
	}
	if read < n {
		return nil, nil
	}
	return last, nil
}

// ClientRows reads the rows of the given clients in the given order; those that are gone are left out.
func (tx *Tx) ClientRows(ids []int64) ([]ClientRow, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := scan(tx.db.Raw("SELECT "+rowColumns+" FROM clients WHERE id IN ?", ids), (*ClientRow).dest)
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]int, len(rows))
	for i, r := range rows {
		byID[r.ID] = i
	}
	ordered := make([]ClientRow, 0, len(rows))
	for _, id := range ids {
		if i, ok := byID[id]; ok {
			ordered = append(ordered, rows[i])
		}
	}
	return ordered, nil
}

// ClientIDs lists the numbers of all clients that a filter leaves, in the order of the numbers, from after on and at most n.
func (tx *Tx) ClientIDs(f ClientFilter, after int64, n int) ([]int64, error) {
	where, args := f.where()
	where = append(where, "id > ?")
	args = append(args, after)
	var ids []int64
	err := tx.db.Raw(fmt.Sprintf("SELECT id FROM clients WHERE %s ORDER BY id LIMIT %d", strings.Join(where, " AND "), n), args...).Scan(&ids).Error
	return ids, err
}

// EachClient reads whole clients that a filter leaves in the order of their numbers, in batches, until f fails.
func (tx *Tx) EachClient(f ClientFilter, each func([]Client) error) error {
	where, args := f.where()
	where = append(where, "id > ?")
	after := int64(0)
	for {
		var cs []Client
		err := tx.db.Where(strings.Join(where, " AND "), append(append([]any{}, args...), after)...).Order("id").Limit(500).Find(&cs).Error
		if err != nil || len(cs) == 0 {
			return err
		}
		after = cs[len(cs)-1].ID
		if err := each(cs); err != nil {
			return err
		}
	}
}
