package data

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
)

// Inspection is what looking at a file tells without opening it as a store.
type Inspection struct {
	Version      int // of its schema
	Clients      int64
	Invoices     int64
	Transactions int64
	Ledger       map[string]int64 // the sum of all credit, in minor units, by currency
	LogLines     int64            // of the activity log, and the hash of the last of them in hexadecimal
	LogHash      string
	Wrong        []string // what is wrong with it, in the engine's words; none means it is sound
}

// Inspect looks a database file over, such as a backup, and changes nothing in it: it is not migrated and nothing is made beside it. ErrForeign where
// it is none of Clientele's. The file must not be in use.
func Inspect(ctx context.Context, path string) (Inspection, error) { return inspect(ctx, path, false) }

// InspectQuickly is Inspect without the comparison of indexes with their tables, for a copy that the engine made a moment ago.
func InspectQuickly(ctx context.Context, path string) (Inspection, error) {
	return inspect(ctx, path, true)
}

func inspect(ctx context.Context, path string, quick bool) (Inspection, error) {
	var in Inspection
	if err := prepareFile(path, true); err != nil {
		return in, err
	}
	e := &sqliteEngine{path: path, asItIs: true}
	db, err := gorm.Open(sqlite.Open(e.looking()), config())
	if err != nil {
		return in, openError(err)
	}
	defer closePool(db)
	setPool(db, 1)
	db = db.WithContext(ctx)
	var id int
	if err := db.Raw("PRAGMA application_id").Scan(&id).Error; err != nil {
		return in, openError(err)
	}
	if id != applicationID {
		return in, fmt.Errorf("%w: %s", ErrForeign, filepath.Base(path))
	}
	if err := db.Raw("PRAGMA user_version").Scan(&in.Version).Error; err != nil {
		return in, openError(err)
	}
	s := &Store{engine: e, writer: db, reader: db}
	if in.Wrong, err = s.Integrity(ctx, quick); err != nil || len(in.Wrong) > 0 {
		return in, err
	}
	return in, translate(in.count(db))
}

// count tells how much of what the file holds. An older one may not have all tables.
func (in *Inspection) count(db *gorm.DB) error {
	for table, n := range map[string]*int64{"clients": &in.Clients, "invoices": &in.Invoices, "transactions": &in.Transactions, "activity": &in.LogLines} {
		var there int
		if err := db.Raw("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?", table).Scan(&there).Error; err != nil {
			return err
		}
		if there == 0 {
			continue
		}
		if err := db.Raw("SELECT count(*) FROM " + table).Scan(n).Error; err != nil {
			return err
		}
	}
	type sum struct {
		currency string
		amount   int64
	}
	sums, err := scan(db.Raw("SELECT currency, sum(amount) FROM credit_moves GROUP BY currency"), func(s *sum) []any { return []any{&s.currency, &s.amount} })
	if err != nil {
		return err
	}
	in.Ledger = make(map[string]int64, len(sums))
	for _, s := range sums {
		in.Ledger[s.currency] = s.amount
	}
	hashes, err := scan(db.Raw("SELECT lower(hex(chain)) FROM activity ORDER BY id DESC LIMIT 1"), func(h *string) []any { return []any{h} })
	for _, h := range hashes {
		in.LogHash = h
	}
	return err
}

// looking is the connection string for looking at the file. One that is looked at as it is gets nothing beside it, and no journal mode.
func (e *sqliteEngine) looking() string {
	if !e.asItIs {
		return dsn(e.path, false)
	}
	file := url.URL{Path: filepath.ToSlash(e.path)}
	return "file:" + file.EscapedPath() + "?mode=ro&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)&_pragma=query_only(1)"
}
