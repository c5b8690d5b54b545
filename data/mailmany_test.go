package data_test

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"clientele/data"
	"clientele/data/datatest"
)

// mailsVariable is how many mails the test of the list's speed has; without it there are few, for the shape alone.
const mailsVariable = "CLIENTELE_MAILS"

// ML-5: the list of very many mails, narrowed in each way, its first page and one in the middle. It measures, and holds each page to what was asked for.
func TestManyMails(t *testing.T) {
	n := 3000
	if v, err := strconv.Atoi(os.Getenv(mailsVariable)); err == nil {
		n = v
	}
	s := datatest.Open(t)
	mailed(t, s, 1)
	var columns []string
	if err := s.Writer().Raw("SELECT name FROM pragma_table_info('mails') WHERE name <> 'id'").Scan(&columns).Error; err != nil {
		t.Fatal(err)
	}
	values := slices.Clone(columns)
	for i, c := range columns {
		switch c {
		case "message_id":
			values[i] = "'n' || i || '@example.com'"
		case "kind":
			values[i] = "CASE i % 3 WHEN 0 THEN 'welcome' WHEN 1 THEN 'invoice_created' ELSE 'message' END"
		case "state":
			values[i] = "CASE i % 7 WHEN 0 THEN 'failed' WHEN 1 THEN 'suppressed' ELSE 'sent' END"
		case "client_id":
			values[i] = "1 + i % 5000"
		case "subject":
			values[i] = "'Rechnung 100%_' || i"
		case "to_line":
			values[i] = "'c' || (1 + i % 5000) || '@example.com'"
		case "created_at":
			values[i] = "created_at + i * 3600000"
		}
	}
	err := s.Writer().Exec("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO mails ("+strings.Join(columns, ", ")+
		") SELECT "+strings.Join(values, ", ")+" FROM n JOIN mails ON mails.id = 1", n-1).Error
	if err != nil {
		t.Fatal(err)
	}
	filters := mailFilters(n)
	for _, name := range slices.Sorted(maps.Keys(filters)) {
		for _, before := range []int64{0, int64(n / 2)} {
			const rounds = 9
			var took []time.Duration
			var page []data.Mail
			for range rounds {
				began := time.Now()
				err := s.Read(ctx, func(tx *data.Tx) (err error) {
					page, err = tx.Mails(filters[name], before, 50)
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			if !slices.IsSortedFunc(page, func(a, b data.Mail) int { return int(b.ID - a.ID) }) || before != 0 && len(page) > 0 && page[0].ID >= before || name == "all" && len(page) != 50 {
				t.Errorf("%s before %d: a page of %d", name, before, len(page))
			}
			t.Logf("%d mails, %-16s before %7d: %2d rows, p50 %s, at most %s", n, name, before, len(page), took[rounds/2], took[rounds-1])
		}
	}
}
