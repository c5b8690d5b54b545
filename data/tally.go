package data

import (
	"cmp"
	"slices"
	"strings"

	"clientele/app/billing"
)

// tally gathers what a transaction changes in the sums that are kept ready, so that each is written once, as the transaction ends, however many
// rows it changed.
type tally struct {
	clients  map[int64]clientSums
	invoices map[clientStatus]sums
	statuses map[statusCurrency]sums
	open     map[currencyDay]sums
	accounts map[clientCurrency]flows
	months   map[currencyDay]flows // the first day of each month
}

type clientSums struct{ owed, active, services int64 }

type (
	clientStatus struct {
		client int64
		status InvoiceStatus
	}
	statusCurrency struct {
		status   InvoiceStatus
		currency string
	}
	clientCurrency struct {
		client   int64
		currency string
	}
	currencyDay struct {
		currency string
		day      int64
	}
)

// sums are of invoices, flows of transactions.
type (
	sums  struct{ n, total, balance int64 }
	flows struct{ n, in, fees, out int64 }
)

func (s sums) plus(i *Invoice, by int64) sums {
	return sums{s.n + by, s.total + by*i.Total, s.balance + by*i.Balance()}
}

func (f flows) plus(t *Transaction, by int64) flows {
	return flows{f.n + by, f.in + by*t.AmountIn, f.fees + by*t.Fees, f.out + by*t.AmountOut}
}

// tallyInvoice notes that an invoice was added (before is nil), changed or removed (after is nil).
func (tx *Tx) tallyInvoice(before, after *Invoice) {
	note := func(i *Invoice, by int64) {
		if i == nil {
			return
		}
		t := &tx.tally
		add(&t.invoices, clientStatus{i.ClientID, i.Status}, func(s sums) sums { return s.plus(i, by) })
		add(&t.statuses, statusCurrency{i.Status, i.Currency}, func(s sums) sums { return s.plus(i, by) })
		if open(i.Status) {
			add(&t.clients, i.ClientID, func(c clientSums) clientSums { c.owed += by * i.Balance(); return c })
		}
		if i.Status == billing.Unpaid {
			add(&t.open, currencyDay{i.Currency, int64(i.Due.Days())}, func(s sums) sums { return s.plus(i, by) })
		}
	}
	note(before, -1)
	note(after, 1)
}

// tallyTransaction notes that a transaction was added (before is nil), changed or removed (after is nil).
func (tx *Tx) tallyTransaction(before, after *Transaction) {
	note := func(t *Transaction, by int64) {
		if t == nil {
			return
		}
		if t.ClientID != nil {
			add(&tx.tally.accounts, clientCurrency{*t.ClientID, t.Currency}, func(f flows) flows { return f.plus(t, by) })
		}
		add(&tx.tally.months, currencyDay{t.Currency, int64(t.Date.StartOfMonth().Days())}, func(f flows) flows { return f.plus(t, by) })
	}
	note(before, -1)
	note(after, 1)
}

// tallyService notes that a service was added (before is nil), changed or removed (after is nil).
func (tx *Tx) tallyService(before, after *Service) {
	note := func(s *Service, by int64) {
		if s == nil {
			return
		}
		add(&tx.tally.clients, s.ClientID, func(c clientSums) clientSums {
			c.services += by
			if s.Status == ServiceActive {
				c.active += by
			}
			return c
		})
	}
	note(before, -1)
	note(after, 1)
}

func add[K comparable, V any](m *map[K]V, k K, change func(V) V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[k] = change((*m)[k])
}

// flushTally writes what was gathered. Keys go in one order, so that two transactions cannot block each other for good.
func (tx *Tx) flushTally() error {
	t := tx.tally
	tx.tally = tally{}
	if err := tx.flushClients(t.clients); err != nil {
		return err
	}
	if err := upsert(tx, "invoice_totals", []string{"client_id", "status"}, []string{"n", "total", "balance"}, t.invoices,
		func(a, b clientStatus) int {
			return cmp.Or(cmp.Compare(a.client, b.client), cmp.Compare(a.status, b.status))
		}, func(k clientStatus, v sums) []any { return []any{k.client, k.status, v.n, v.total, v.balance} }); err != nil {
		return err
	}
	if err := upsert(tx, "invoice_counts", []string{"status", "currency"}, []string{"n", "total", "balance"}, t.statuses,
		func(a, b statusCurrency) int {
			return cmp.Or(cmp.Compare(a.status, b.status), cmp.Compare(a.currency, b.currency))
		}, func(k statusCurrency, v sums) []any { return []any{k.status, k.currency, v.n, v.total, v.balance} }); err != nil {
		return err
	}
	if err := upsert(tx, "open_totals", []string{"currency", "due"}, []string{"n", "balance"}, t.open, currencyDay.compare,
		func(k currencyDay, v sums) []any { return []any{k.currency, k.day, v.n, v.balance} }); err != nil {
		return err
	}
	if err := upsert(tx, "transaction_totals", []string{"client_id", "currency"}, []string{"n", "amount_in", "fees", "amount_out"}, t.accounts,
		func(a, b clientCurrency) int {
			return cmp.Or(cmp.Compare(a.client, b.client), cmp.Compare(a.currency, b.currency))
		}, func(k clientCurrency, v flows) []any { return []any{k.client, k.currency, v.n, v.in, v.fees, v.out} }); err != nil {
		return err
	}
	return upsert(tx, "month_totals", []string{"currency", "month"}, []string{"n", "amount_in", "fees", "amount_out"}, t.months, currencyDay.compare,
		func(k currencyDay, v flows) []any { return []any{k.currency, k.day, v.n, v.in, v.fees, v.out} })
}

func (a currencyDay) compare(b currencyDay) int {
	return cmp.Or(cmp.Compare(a.currency, b.currency), cmp.Compare(a.day, b.day))
}

// upsert adds the values of m to the rows of a table of sums. Names of tables and columns are constants of this package.
func upsert[K, V comparable](tx *Tx, table string, keys, values []string, m map[K]V, order func(a, b K) int, row func(K, V) []any) error {
	var zero V
	all := make([]K, 0, len(m))
	for k, v := range m {
		if v != zero {
			all = append(all, k)
		}
	}
	slices.SortFunc(all, order)
	columns := append(slices.Clone(keys), values...)
	places := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ") + ")"
	sets := make([]string, len(values))
	for i, c := range values {
		sets[i] = c + " = t." + c + " + excluded." + c
	}
	for part := range slices.Chunk(all, batch) {
		var args []any
		for _, k := range part {
			args = append(args, row(k, m[k])...)
		}
		err := tx.db.Exec("INSERT INTO "+table+" AS t ("+strings.Join(columns, ", ")+") VALUES "+
			strings.TrimSuffix(strings.Repeat(places+", ", len(part)), ", ")+
			" ON CONFLICT ("+strings.Join(keys, ", ")+") DO UPDATE SET "+strings.Join(sets, ", "), args...).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// flushClients writes what clients owe and how many services they have, and counts them anew where the list is filtered by it.
func (tx *Tx) flushClients(m map[int64]clientSums) error {
	all := make([]int64, 0, len(m))
	for id, c := range m {
		if c != (clientSums{}) {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	for part := range slices.Chunk(all, rowset) {
		before, err := scan(tx.db.Raw("SELECT id, status, country, group_id, credit, owed FROM clients WHERE id > 0"+among("id", part)+" ORDER BY id"+tx.engine.lockRows()),
			func(c *Client) []any { return []any{&c.ID, &c.Status, &c.Country, &c.GroupID, &c.Credit, &c.Owed} })
		if err != nil {
			return err
		}
		rows := make([][]int64, len(before))
		for i, c := range before {
			by := m[c.ID]
			rows[i] = []int64{c.ID, by.owed, by.active, by.services}
			after := c
			after.Owed += by.owed
			tx.count(&c, -1)
			tx.count(&after, 1)
		}
		if len(rows) == 0 {
			continue
		}
		err = tx.db.Exec("UPDATE clients SET owed = owed + v.column2, services_active = services_active + v.column3, services_total = services_total + v.column4 FROM (VALUES " +
			integers(rows) + ") AS v WHERE clients.id = v.column1").Error
		if err != nil {
			return err
		}
	}
	return nil
}
