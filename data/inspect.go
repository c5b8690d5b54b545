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
	Version int      // of its schema
	Clients int64    // how many it holds
	Wrong   []string // what is wrong with it, in the engine's words; none means it is sound
}

// Inspect looks a database file over, such as a backup, and changes nothing in it: it is not migrated and nothing is made beside it. ErrForeign where
// it is none of Clientele's. The file must not be in use.
func Inspect(ctx context.Context, path string) (Inspection, error) {
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
	if in.Wrong, err = s.Integrity(ctx, false); err != nil || len(in.Wrong) > 0 {
		return in, err
	}
	return in, translate(db.Raw("SELECT count(*) FROM clients").Scan(&in.Clients).Error)
}

// looking is the connection string for looking at the file. One that is looked at as it is gets nothing beside it, and no journal mode.
func (e *sqliteEngine) looking() string {
	if !e.asItIs {
		return dsn(e.path, false)
	}
	file := url.URL{Path: filepath.ToSlash(e.path)}
	return "file:" + file.EscapedPath() + "?mode=ro&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)&_pragma=query_only(1)"
}
