package data

import (
	"fmt"

	"gorm.io/gorm"
)

func (e *sqliteEngine) tables(db *gorm.DB) (names []string, err error) {
	err = db.Raw("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'").Scan(&names).Error
	return names, err
}

// flags are none: SQLite has numbers in their place.
func (e *sqliteEngine) flags(*gorm.DB, string) (map[string]bool, error) { return nil, nil }

func (e *sqliteEngine) loosen(db *gorm.DB) (func() error, error) {
	var triggers []struct{ Name, SQL string }
	if err := db.Raw("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid").Scan(&triggers).Error; err != nil {
		return nil, err
	}
	statements := []string{"PRAGMA defer_foreign_keys = 1"} // until the transaction ends, which checks them
	for _, t := range triggers {
		statements = append(statements, "DROP TRIGGER "+t.Name)
	}
	if err := inTurn(db, statements); err != nil {
		return nil, err
	}
	return func() error {
		statements := []string{"INSERT INTO search_fts (search_fts) VALUES ('rebuild')"}
		for _, t := range triggers {
			statements = append(statements, t.SQL)
		}
		return inTurn(db, statements)
	}, nil
}

func inTurn(db *gorm.DB, statements []string) error {
	for _, s := range statements {
		if _, err := db.Statement.ConnPool.ExecContext(db.Statement.Context, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

func (e *sqliteEngine) numbered(db *gorm.DB, table string) (n int64, err error) {
	err = db.Raw("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?", table).Scan(&n).Error
	return n, err
}

func (e *sqliteEngine) number(db *gorm.DB, table string, n int64) error {
	if err := db.Exec("DELETE FROM sqlite_sequence WHERE name = ?", table).Error; err != nil {
		return err
	}
	return db.Exec("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, n).Error
}

func (e *sqliteEngine) placeholder(int) string { return "?" }
