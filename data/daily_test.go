package data_test

import (
	"strings"
	"testing"

	"clientele/app/date"
	"clientele/data"
)

// What the daily run asks of some clients it finds by these clients, and of all by what is due: never by looking through the tables.
func TestDailyUsesItsIndexes(t *testing.T) {
	s := shaped(t)
	day := date.MustNew(2026, 12, 1)
	batch := make([]int64, 500) // as many as a transaction of the run has; for many the engine estimates otherwise than for few
	for i := range batch {
		batch[i] = int64(i + 1)
	}
	for _, clients := range [][]int64{nil, {3, 7, 11}, batch} {
		stop := listen(s)
		err := s.Read(ctx, func(tx *data.Tx) error {
			services := func() error { _, err := tx.DueServices(day, clients); return err }
			if clients == nil {
				services = func() error { _, err := tx.ServicesToPlan(day, nil); return err }
			}
			if err := services(); err != nil {
				return err
			}
			if _, err := tx.BilledAhead(day, clients); err != nil {
				return err
			}
			if _, err := tx.FirstTime(day, clients); err != nil {
				return err
			}
			_, err := tx.UnpaidBy(day, clients)
			return err
		})
		statements := stop()
		if err != nil || len(statements) != 4 {
			t.Fatal(len(statements), err)
		}
		for _, sql := range statements {
			for _, step := range plan(t, s, sql) {
				byClient := strings.Contains(step, "services_client") || strings.Contains(step, "invoices_open") || strings.Contains(step, "invoices_client")
				outer := strings.HasPrefix(step, "SEARCH s ") || strings.HasPrefix(step, "SEARCH i ")
				scan := strings.HasPrefix(step, "SCAN") && !strings.HasSuffix(step, "-ROW VALUES CLAUSE") // the clients' numbers
				if scan || outer && clients != nil && !byClient || outer && clients == nil && byClient {
					t.Errorf("%d clients: %s\n%s", len(clients), step, sql)
				}
			}
		}
	}
}

// What waits for its import to be confirmed is counted among what waits, not among all that is due.
func TestHeldDueUsesItsIndex(t *testing.T) {
	s := shaped(t)
	stop := listen(s)
	err := s.Read(ctx, func(tx *data.Tx) error { _, err := tx.HeldDue(date.MustNew(2026, 12, 1)); return err })
	statements := stop()
	if err != nil || len(statements) != 1 {
		t.Fatal(statements, err)
	}
	for _, step := range plan(t, s, statements[0]) {
		if !strings.Contains(step, "services_held") {
			t.Errorf("%s\n%s", step, statements[0])
		}
	}
}
