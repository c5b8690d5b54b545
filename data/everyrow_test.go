package data_test

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"clientele/data"
	"clientele/data/datatest"
)

// referred are tables to which others refer. They are filled first, which spares an attempt.
var referred = []string{"daily_runs", "mail_templates", "card_keys", "invoices", "transactions", "products", "mails", "blobs"}

// constrained are the values that the engines' own rules ask for, by table and column; nil is no value.
var constrained = map[string]map[string]any{
	"services":     {"status": "Active"},
	"invoices":     {"status": "Draft", "number": nil},
	"admins":       {"role": "Owner"},
	"campaigns":    {"state": "done"},
	"card_keys":    {"retired_at": nil},
	"mails":        {"state": "sent"},
	"credit_moves": {"reverses": nil},
	"transactions": {"client_id": nil},
}

// fillEvery fills a store of any form so that no table is empty: with the fixture, and with a row of made-up values where that has none. A table that comes with a
// later form has its row by itself.
func fillEvery(t *testing.T, s *data.Store) {
	t.Helper()
	fill(t, s)
	names, err := s.Tables(ctx)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(slices.Index(referred, b), slices.Index(referred, a)) })
	for range 4 { // what others refer to comes first, wherever it stands
		counts := rowCounts(t, s)
		var failed error
		left := false
		for _, table := range names {
			if counts[table] == 0 {
				left, failed = true, errors.Join(failed, addRow(t, s, table))
			}
		}
		if !left {
			return
		}
		err = failed
	}
	t.Fatalf("the fixture leaves tables empty; say below what their rules ask for: %v", err)
}

// addRow adds a row of made-up values, in which each text is the name of its column.
func addRow(t *testing.T, s *data.Store, table string) error {
	t.Helper()
	var names []string
	var values []any
	for _, c := range columnsOf(t, s, table) {
		value, given := constrained[table][c.Name]
		switch {
		case c.Auto, given && value == nil:
			continue
		case given:
		case c.Kind == "text":
			value = c.Name
		case c.Kind == "blob", c.Kind == "bytea":
			value = sql.Null[[]byte]{V: []byte(c.Name), Valid: true}
		case c.Kind == "boolean":
			value = true
		default:
			value = 1
		}
		names, values = append(names, c.Name), append(values, value)
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", ")
	if err := s.Writer().Exec("INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES ("+marks+")", values...).Error; err != nil {
		return fmt.Errorf("%s: %w", table, err)
	}
	return nil
}

// column is one of a table. Auto tells that its value is given by the engine.
type column struct {
	Name, Kind string
	Auto       bool
}

func columnsOf(t *testing.T, s *data.Store, table string) (all []column) {
	t.Helper()
	query := `SELECT name, lower(type) AS kind, pk = 1 AND type = 'INTEGER' AND (SELECT max(pk) FROM pragma_table_info(?1)) = 1 AS auto FROM pragma_table_info(?1)`
	if s.Engine() != "SQLite" {
		query = `SELECT column_name AS name, data_type AS kind, is_identity = 'YES' AS auto FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ?`
	}
	if err := s.Reader().Raw(query, table).Scan(&all).Error; err != nil {
		t.Fatal(err)
	}
	return all
}

// columnsByTable are the columns of all tables. The tables are those that the engine itself lists, so that what leaves one out by mistake is noticed.
func columnsByTable(t *testing.T, s *data.Store) map[string][]string {
	t.Helper()
	query := "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'search_fts%' AND name NOT LIKE 'sqlite%'"
	if s.Engine() != "SQLite" {
		query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT IN ('schema_version', 'search_triples')" // which stands on the texts alone
	}
	var tables []string
	if err := s.Reader().Raw(query).Scan(&tables).Error; err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, table := range tables {
		for _, c := range columnsOf(t, s, table) {
			all[table] = append(all[table], c.Name)
		}
		slices.Sort(all[table])
	}
	return all
}

// everyRow is each row of each table as text, in the columns that are named.
func everyRow(t *testing.T, s *data.Store, columns map[string][]string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for table, names := range columns {
		all[table] = rowsAsText(t, s, table, names)
	}
	return all
}

func rowsAsText(t *testing.T, s *data.Store, table string, names []string) (all []string) {
	t.Helper()
	rows, err := s.Reader().Raw("SELECT " + strings.Join(names, ", ") + " FROM " + table).Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		var row strings.Builder
		for i, v := range values {
			switch v := v.(type) {
			case []byte:
				fmt.Fprintf(&row, "%s=%q ", names[i], v)
			case string:
				fmt.Fprintf(&row, "%s=%q ", names[i], v)
			case bool:
				fmt.Fprintf(&row, "%s=%d ", names[i], map[bool]int{true: 1}[v])
			default:
				fmt.Fprintf(&row, "%s=%v ", names[i], v)
			}
		}
		all = append(all, row.String())
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// sameRows fails the test where a row is not as it was.
func sameRows(t *testing.T, before, after map[string][]string) {
	t.Helper()
	for _, table := range slices.Sorted(maps.Keys(before)) {
		if !slices.Equal(before[table], after[table]) {
			t.Errorf("%s had %q and has %q", table, before[table], after[table])
		}
	}
}

// AP-4: what is moved to a server and back is all there and as it was: each table, each column of each row, the numbers that come next, and what is derived.
func TestCopyThereAndBack(t *testing.T) {
	onEach(t, func(t *testing.T, o data.Options) {
		first := datatest.Open(t)
		fillEvery(t, first)
		columns := columnsByTable(t, first)
		before := everyRow(t, first, columns)
		for table := range columns {
			if len(before[table]) == 0 {
				t.Errorf("%s is empty, so nothing is seen of it", table)
			}
		}
		if err := first.Writer().Exec("DELETE FROM campaigns").Error; err != nil { // whose number must not be given again
			t.Fatal(err)
		}
		before["campaigns"] = nil
		there, back := datatest.OpenWith(t, o), datatest.OpenWith(t, data.Options{Path: filepath.Join(t.TempDir(), "back.db"), Now: datatest.Clock})
		var told int64
		out, err := first.CopyTo(ctx, there, func(_ string, rows int64) { told += rows })
		if err != nil {
			t.Fatal(err)
		}
		in, err := there.CopyTo(ctx, back, func(string, int64) {})
		if err != nil || in != out || out.Tables != len(columns) || told != out.Rows {
			t.Errorf("%+v there, of which %d were told, %+v back, %v", out, told, in, err)
		}
		sameRows(t, before, everyRow(t, back, columns))
		if err := addRow(t, back, "campaigns"); err != nil {
			t.Fatal(err)
		}
		var number int64
		if err := back.Reader().Raw("SELECT id FROM campaigns").Scan(&number).Error; err != nil || number != 2 {
			t.Errorf("the next one has number %d, %v", number, err)
		}
		if err := back.Writer().Exec("UPDATE activity SET who = 'x'").Error; err == nil {
			t.Error("the rules of the tables did not come back")
		}
		err = back.Read(ctx, func(tx *data.Tx) error {
			found, err := tx.Search("lovelace", 5)
			if len(found.Rows) != 1 {
				t.Errorf("found %+v", found)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Nothing is copied over an office that is there, whatever there is of it, and it stays as it was.
func TestCopyOntoAnOffice(t *testing.T) {
	for _, table := range []string{"clients", "admins", "transactions"} {
		t.Run(table, func(t *testing.T) {
			onEach(t, func(t *testing.T, o data.Options) {
				there := datatest.OpenWith(t, o)
				if table == "clients" { // who need a group
					fill(t, there)
				} else if err := addRow(t, there, table); err != nil {
					t.Fatal(err)
				}
				columns := columnsByTable(t, there)
				before := everyRow(t, there, columns)
				if _, err := datatest.Open(t).CopyTo(ctx, there, func(string, int64) {}); !errors.Is(err, data.ErrOccupied) {
					t.Errorf("copied onto it: %v", err)
				}
				sameRows(t, before, everyRow(t, there, columns))
			})
		})
	}
}

// A copy that differs from what was read is none: it is noticed before anything is kept.
func TestCopyIsCompared(t *testing.T) {
	first, there := datatest.Open(t), datatest.Open(t)
	fill(t, first)
	for _, statement := range []string{"DROP TABLE acts", "CREATE TABLE acts (key TEXT PRIMARY KEY, ref TEXT NOT NULL, at INTEGER NOT NULL)"} { // a number becomes text there
		if err := there.Writer().Exec(statement).Error; err != nil {
			t.Fatal(err)
		}
	}
	if _, err := first.CopyTo(ctx, there, func(string, int64) {}); !errors.Is(err, data.ErrUnequal) {
		t.Errorf("copied: %v", err)
	}
	for table, n := range rowCounts(t, there) {
		if n != 0 {
			t.Errorf("%d rows stayed in %s", n, table)
		}
	}
}
