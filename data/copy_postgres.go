package data

import (
	"fmt"
	"strconv"

	"gorm.io/gorm"
)

func (e *postgresEngine) tables(db *gorm.DB) (names []string, err error) {
	err = db.Raw(`SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
		AND table_name NOT IN ('schema_version', 'search_triples')`).Scan(&names).Error
	return names, err
}

func (e *postgresEngine) flags(db *gorm.DB, table string) (map[string]bool, error) {
	var names []string
	err := db.Raw("SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ? AND data_type = 'boolean'", table).Scan(&names).Error
	flags := map[string]bool{}
	for _, n := range names {
		flags[n] = true
	}
	return flags, err
}

// loosen takes the references away, as only a superuser may switch them off, and makes them again in the same transaction, which checks each row.
// What stands beside what in the search texts is derived from them.
func (e *postgresEngine) loosen(db *gorm.DB) (func() error, error) {
	var references []struct{ Tab, Name, Def string }
	err := db.Raw(`SELECT c.conrelid::regclass::text AS tab, quote_ident(c.conname) AS name, pg_get_constraintdef(c.oid) AS def FROM pg_constraint c
		JOIN pg_class t ON t.oid = c.conrelid WHERE c.contype = 'f' AND t.relnamespace = current_schema()::regnamespace ORDER BY 1, 2`).Scan(&references).Error
	if err != nil {
		return nil, err
	}
	names, err := e.tables(db)
	if err != nil {
		return nil, err
	}
	var before, after []string
	for _, r := range references {
		before = append(before, fmt.Sprintf("ALTER TABLE %s DROP CONSTRAINT %s", r.Tab, r.Name))
		after = append(after, fmt.Sprintf("ALTER TABLE %s ADD CONSTRAINT %s %s", r.Tab, r.Name, r.Def))
	}
	for _, n := range names {
		before = append(before, "ALTER TABLE "+n+" DISABLE TRIGGER USER")
		after = append(after, "ALTER TABLE "+n+" ENABLE TRIGGER USER")
	}
	after = append(after, "INSERT INTO search_triples (pair, last) SELECT pair, last FROM search_triples_wanted")
	return func() error { return inTurn(db, after) }, inTurn(db, before)
}

func (e *postgresEngine) sequence(db *gorm.DB, table string) (name string, err error) {
	var names []string
	err = db.Raw(`SELECT pg_get_serial_sequence(table_name, column_name) FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name = ? AND is_identity = 'YES'`, table).Scan(&names).Error
	if err != nil || len(names) == 0 {
		return "", err
	}
	return names[0], nil
}

func (e *postgresEngine) numbered(db *gorm.DB, table string) (n int64, err error) {
	name, err := e.sequence(db, table)
	if err != nil || name == "" {
		return 0, err
	}
	err = db.Raw("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM " + name).Scan(&n).Error
	return n, err
}

func (e *postgresEngine) number(db *gorm.DB, table string, n int64) error {
	name, err := e.sequence(db, table)
	if err != nil || name == "" {
		return err
	}
	return db.Exec("SELECT setval(?::regclass, ?)", name, n).Error
}

func (e *postgresEngine) placeholder(n int) string { return "$" + strconv.Itoa(n) }
