package data_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm/logger"

	"clientele/data"
	"clientele/data/datatest"
)

// listen notes each statement that the store runs until the returned function is called.
func listen(s *data.Store) (stop func() []string) {
	heard := &listener{}
	set := func(l logger.Interface) { s.Writer().Logger, s.Reader().Logger = l, l }
	set(heard)
	return func() []string {
		set(logger.Discard)
		return heard.statements
	}
}

type listener struct {
	mu         sync.Mutex
	statements []string
}

func (l *listener) LogMode(logger.LogLevel) logger.Interface { return l }
func (l *listener) Info(context.Context, string, ...any)     {}
func (l *listener) Warn(context.Context, string, ...any)     {}
func (l *listener) Error(context.Context, string, ...any)    {}
func (l *listener) Trace(_ context.Context, _ time.Time, fc func() (string, int64), _ error) {
	sql, _ := fc()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.statements = append(l.statements, sql)
}

// shaped is a store with so many clients that no filter leaves few. The engine has no statistics of it, as it has none where people work.
func shaped(t *testing.T) *data.Store {
	t.Helper()
	data.SetRare(t, 5)
	s := datatest.Open(t)
	datatest.Fill(t, s, 3000, sampled())
	sql := "INSERT INTO client_groups (name, name_key, colour, discount_bp, separate_invoices) VALUES ('A', 'a', '#000000', 0, 0)"
	if err := s.Writer().Exec(sql).Error; err != nil {
		t.Fatal(err)
	}
	return s
}

// plan is how the engine answers a statement, a line a step.
func plan(t *testing.T, s *data.Store, sql string) []string {
	t.Helper()
	var steps []struct{ Detail string }
	if err := s.Reader().Raw("EXPLAIN QUERY PLAN " + sql).Scan(&steps).Error; err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	var lines []string
	for _, s := range steps {
		lines = append(lines, s.Detail)
	}
	return lines
}

// walk is the one scan that is right: an index from its beginning, in the list's order, until the page is full.
var walk = regexp.MustCompile(`^SCAN clients( USING (COVERING )?INDEX \w+)?$`)

// Goals 1 and 2 by their shape: no page looks through the clients, sorts them or skips rows.
func TestPagesWalkAnIndex(t *testing.T) {
	s := shaped(t)
	for _, by := range data.Sorts() {
		for _, down := range []bool{false, true} {
			q := data.ClientQuery{Sort: by, Descending: down}
			var at data.Cursor
			for page := range 2 {
				stop := listen(s)
				err := s.Read(ctx, func(tx *data.Tx) error {
					_, places, err := tx.Clients(q, at, false, 50)
					at = places[len(places)-1]
					return err
				})
				statements := stop()
				if most := 1 + 2*page; err != nil || len(statements) > most {
					t.Fatalf("by %s: %v after %d statements", by, err, len(statements))
				}
				for _, sql := range statements {
					for _, step := range plan(t, s, sql) {
						scan := strings.HasPrefix(step, "SCAN") && (page > 0 || !walk.MatchString(step))
						if scan || strings.Contains(step, "TEMP B-TREE") {
							t.Errorf("by %s, descending %v, page %d: %s\n%s", by, down, page, step, sql)
						}
					}
					if strings.Contains(sql, "OFFSET") {
						t.Errorf("a page skips rows: %s", sql)
					}
				}
			}
		}
	}
}

// looksThrough is a plan's step that reads a table from its beginning. The virtual tables are read through their own indexes.
var looksThrough = regexp.MustCompile(`^SCAN (clients|search_docs|search_fts|search_terms|d|f)( USING .*)?$`)

// Goal 3 by its shape: names by their indexes, all else by the trigram index or its vocabulary, and few statements for any text.
func TestSearchUsesItsIndexes(t *testing.T) {
	s := shaped(t)
	for _, text := range []string{"m", "mu", "mul", "mulle", "mul ann", "mul a", "m a", "zzq", "zq", "1234", "+49 151 22", `"x" AND`} {
		stop := listen(s)
		err := s.Read(ctx, func(tx *data.Tx) error {
			_, err := tx.Search(text, 50)
			return err
		})
		statements := stop()
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if len(statements) > 6 {
			t.Errorf("%q takes %d statements:\n%s", text, len(statements), strings.Join(statements, "\n"))
		}
		for _, sql := range statements {
			for _, step := range plan(t, s, sql) {
				if looksThrough.MatchString(step) {
					t.Errorf("%q: %s\n%s", text, step, sql)
				}
				// Without a constraint the virtual tables' own plan number says so.
				if strings.HasSuffix(step, "VIRTUAL TABLE INDEX 0:") {
					t.Errorf("%q reads the whole index: %s\n%s", text, step, sql)
				}
			}
		}
	}
}

// The number of statements of each act does not grow with what is there (goal 17: at most 12).
func TestStatementsOfAnAct(t *testing.T) {
	s := shaped(t)
	id := int64(7)
	for name, c := range map[string]struct {
		most int
		act  func(tx *data.Tx) error
	}{
		"add a client": {10, func(tx *data.Tx) error {
			c := datatest.Client(99_999)
			if err := tx.InsertClient(&c); err != nil {
				return err
			}
			return tx.AddActivity(data.Activity{Who: "test", Action: "client.added", ClientID: &c.ID})
		}},
		"save a profile": {12, func(tx *data.Tx) error {
			before, err := tx.Client(id)
			if err != nil {
				return err
			}
			after := before
			after.LastName, after.Country = "Changed", "FR"
			if err := tx.UpdateProfile(before, &after); err != nil {
				return err
			}
			return tx.AddActivity(data.Activity{Who: "test", Action: "client.changed", ClientID: &id})
		}},
		"move credit": {12, func(tx *data.Tx) error {
			before, err := tx.Client(id)
			if err != nil {
				return err
			}
			if err := tx.MoveCredit(before, &data.CreditMove{Kind: data.CreditAdjustment, Date: before.Created, Amount: 5, Currency: before.Currency}); err != nil {
				return err
			}
			return tx.AddActivity(data.Activity{Who: "test", Action: "credit", ClientID: &id})
		}},
		"status of 500 clients": {30, func(tx *data.Tx) error {
			var ids []int64
			for i := range int64(500) {
				ids = append(ids, i+1)
			}
			_, err := tx.SetStatus(ids, data.Closed)
			return err
		}},
	} {
		stop := listen(s)
		err := s.Write(ctx, c.act)
		statements := stop()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		// BEGIN and COMMIT are not heard.
		if n := len(statements) + 2; n > c.most {
			t.Errorf("%s takes %d statements, more than %d:\n%s", name, n, c.most, strings.Join(statements, "\n"))
		}
	}
}

// Counting a filtered list reads the counts and no clients.
func TestCountsReadNoClients(t *testing.T) {
	s := shaped(t)
	stop := listen(s)
	err := s.Read(ctx, func(tx *data.Tx) error {
		for _, f := range []data.ClientFilter{{}, {Statuses: []data.Status{data.Active}}, {Country: "DE", Owes: true}, {Group: 1, HasCredit: true}} {
			if _, _, err := tx.CountClients(f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range stop() {
		if strings.Contains(fmt.Sprint(plan(t, s, sql)), " clients") {
			t.Errorf("reads clients: %s", sql)
		}
	}
}

// Goal 2 where very many share a value: a page in the middle of those without a company finds its place by the index and does not walk
// there.
func TestPageAmongEqualsFindsItsPlace(t *testing.T) {
	s := datatest.Open(t)
	made := sampled()
	datatest.Fill(t, s, 3000, func(i int) data.Client {
		c := made(i)
		c.Company, c.FirstName, c.LastName, c.Status = "", "", "", data.Active
		return c
	})
	for _, by := range []data.ClientSort{data.ByCompany, data.ByLastName, data.ByFirstName, data.ByCredit, data.ByOwed, data.ByServices, data.ByStatus} {
		var at data.Cursor
		err := s.Read(ctx, func(tx *data.Tx) (err error) {
			at, err = tx.ClientMarks(data.ClientQuery{Sort: by}, nil, 2000)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		stop := listen(s)
		err = s.Read(ctx, func(tx *data.Tx) error {
			_, _, err := tx.Clients(data.ClientQuery{Sort: by}, at, false, 50)
			return err
		})
		statements := stop()
		if err != nil {
			t.Fatal(err)
		}
		for _, sql := range statements {
			steps := strings.Join(plan(t, s, sql), "\n")
			if !regexp.MustCompile(`(id|rowid)[<>]\?`).MatchString(steps) {
				t.Errorf("by %s: the place is not looked up: %s\n%s", by, steps, sql)
			}
		}
	}
}
