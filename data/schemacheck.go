package data

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
)

// object is a table, index, trigger or view of a file.
type object struct{ kind, name, sql string }

// CheckSchema compares the tables, indexes, triggers and views of a file with those that this program makes for data of that version, and says in words what is in it
// that does not belong there, or is missing. A file from elsewhere could hold a trigger that does something by itself; none is opened that does. ErrNewer where the
// file comes from a newer version.
func CheckSchema(ctx context.Context, path string) (wrong []string, err error) {
	e := &sqliteEngine{path: path, asItIs: true}
	db, err := gorm.Open(sqlite.Open(e.looking()), config())
	if err != nil {
		return nil, openError(err)
	}
	defer closePool(db)
	setPool(db, 1)
	db = db.WithContext(ctx)
	var version int
	if err := db.Raw("PRAGMA user_version").Scan(&version).Error; err != nil {
		return nil, openError(err)
	}
	all, err := migrationsFor(sqliteName)
	if err != nil {
		return nil, err
	}
	if version > len(all) {
		return nil, fmt.Errorf("%w: it has schema %d, this program knows %d", ErrNewer, version, len(all))
	}
	want, err := expected(ctx, all[:version])
	if err != nil {
		return nil, err
	}
	have, err := objects(db)
	if err != nil {
		return nil, openError(err)
	}
	for name, o := range have {
		switch w, ok := want[name]; {
		case !ok:
			wrong = append(wrong, fmt.Sprintf("the %s %s does not belong in it", o.kind, o.name))
		case w != o:
			wrong = append(wrong, fmt.Sprintf("the %s %s is not as it should be", o.kind, o.name))
		}
	}
	for name, o := range want {
		if _, ok := have[name]; !ok {
			wrong = append(wrong, fmt.Sprintf("the %s %s is missing", o.kind, o.name))
		}
	}
	return wrong, nil
}

// expected are the objects that migrations make.
func expected(ctx context.Context, ms []migration) (map[string]object, error) {
	db, err := gorm.Open(sqlite.Open("file::memory:"), config())
	if err != nil {
		return nil, err
	}
	defer closePool(db)
	setPool(db, 1)
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	for _, m := range ms {
		if _, err := pool.ExecContext(ctx, m.script); err != nil {
			return nil, fmt.Errorf("migration %d: %w", m.number, err)
		}
	}
	return objects(db.WithContext(ctx))
}

// objects lists what is in a file, except what the engine keeps for itself, such as statistics.
func objects(db *gorm.DB) (map[string]object, error) {
	all, err := scan(db.Raw("SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"), func(o *object) []any { return []any{&o.kind, &o.name, &o.sql} })
	named := make(map[string]object, len(all))
	for _, o := range all {
		o.sql = strings.Join(strings.Fields(o.sql), " ")
		named[o.kind+" "+o.name] = o
	}
	return named, err
}

// Release folds what lies beside a database file into it, so that the file alone holds everything. ErrBusy: a program has it open, and nothing was done.
func Release(ctx context.Context, path string) error {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	db, err := gorm.Open(sqlite.Open(releasing(path)), config())
	if err != nil {
		return openError(err)
	}
	defer closePool(db)
	setPool(db, 1)
	var mode string
	if err := db.WithContext(ctx).Raw("PRAGMA journal_mode = DELETE").Scan(&mode).Error; err != nil {
		return openError(err)
	}
	if mode != "delete" {
		return ErrBusy
	}
	return nil
}

// releasing is the connection string of a connection that waits a moment only.
func releasing(path string) string {
	return strings.Replace(dsn(path, true), "_pragma=busy_timeout(10000)", "_pragma=busy_timeout(2000)", 1)
}
