package data

import (
	"slices"
	"strings"
	"testing"
)

// reality is the tables and columns that a store has.
func reality(t *testing.T, s *Store) map[string][]string {
	t.Helper()
	query := `SELECT m.name, p.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'search_fts_%'`
	if s.Engine() == postgresName {
		query = `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()`
	}
	type column struct{ table, name string }
	columns, err := scan(s.reader.Raw(query), func(c *column) []any { return []any{&c.table, &c.name} })
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string][]string{}
	for _, c := range columns {
		tables[c.table] = append(tables[c.table], c.name)
	}
	return tables
}

// undeclared says what of the tables that there are is not declared in belongings, ofNobody and pointers.
func undeclared(tables map[string][]string) (wrong []string) {
	for table, columns := range tables {
		at := slices.IndexFunc(belongings, func(b belonging) bool { return b.table == table })
		if at < 0 && !slices.Contains(ofNobody, table) {
			wrong = append(wrong, "what becomes of the rows of "+table+" as clients are merged or deleted? Declare the table in belonging.go")
			continue
		}
		for _, c := range columns {
			declared := at >= 0 && (c == belongings[at].client || c == belongings[at].by)
			if _, known := pointers[table+"."+c]; names(c) && !declared && !known {
				wrong = append(wrong, "what does "+table+"."+c+" name, and what becomes of it as clients are merged or deleted? Declare it in belonging.go")
			}
		}
	}
	return wrong
}

// names tells whether a column names a row, by what columns are called here.
func names(column string) bool {
	switch column {
	case "client", "reverses", "refund_of":
		return true
	case "tax_id", "message_id": // words, and no numbers of rows
		return false
	}
	return strings.HasSuffix(column, "_id") || strings.HasSuffix(column, "_ids") || strings.HasSuffix(column, "_uuid")
}

// CheckBelongings fails a test where what a store has is not declared, or what is declared is not there.
func CheckBelongings(t *testing.T, s *Store) {
	t.Helper()
	tables := reality(t, s)
	if len(tables) < 20 {
		t.Fatalf("there are %d tables only", len(tables))
	}
	for _, words := range undeclared(tables) {
		t.Error(words)
	}
	for _, b := range belongings {
		if tables[b.table] == nil {
			t.Errorf("%s is declared and not there", b.table)
		}
		if b.merge == unset || b.remove == unset || (b.client == "") == (b.parent == "") {
			t.Errorf("%s is not declared as a whole", b.table)
		}
		for _, c := range []string{b.client, b.by} {
			if c != "" && !slices.Contains(tables[b.table], c) {
				t.Errorf("%s has no column %s", b.table, c)
			}
		}
	}
}

// TestBelongingsCanFail shows the test above tables to complain of.
func TestBelongingsCanFail(t *testing.T) {
	for _, tables := range []map[string][]string{
		{"cards_of_tomorrow": {"id", "client_id"}},
		{"anything_new": {"id"}},
		{"notes": {"id", "client_id", "other_client_id"}},
		{"products": {"id", "client_id"}},
	} {
		if len(undeclared(tables)) != 1 {
			t.Errorf("%v passes: %q", tables, undeclared(tables))
		}
	}
}

// The rows of a parent must still be there as those that hang on them are removed.
func TestBelongingsGoInOrder(t *testing.T) {
	for i, b := range belongings {
		for _, earlier := range belongings[:i] {
			if b.parent != "" && earlier.table == b.parent {
				t.Errorf("%s comes after %s, on which it hangs", b.table, b.parent)
			}
		}
	}
}
