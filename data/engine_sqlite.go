package data

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/glebarez/sqlite"
	"github.com/gofrs/flock"
	"gorm.io/gorm"
)

const (
	sqliteName = "SQLite"
	// applicationID marks a file as Clientele's ("Clnt").
	applicationID = 0x436c6e74
	// oldestSQLite is the first release without the corruption that a reset write-ahead log could cause.
	oldestSQLite = "3.51.3"
	readers      = 4
)

// ErrForeign: the file is a database, but not one of Clientele's, or no database at all.
var ErrForeign = errors.New("not a Clientele file")

// ErrDamaged: the file is broken.
var ErrDamaged = errors.New("the file is damaged")

// ErrMissing: the file that should be opened is not there.
var ErrMissing = errors.New("the file is missing")

// The page caches, in KiB as SQLite counts them. What a screen asks for is small, and there are several readers. An import gains nothing from more than this, and
// takes as much again for each index that it builds.
const (
	writerCache = "-8000"
	readerCache = "-6000"
)

// pragma is a setting of a connection and what it must read as afterwards.
type pragma struct{ name, value, effective string }

// pragmasOf are those of the writing or the reading connections.
func pragmasOf(writer bool) []pragma {
	all := slices.Clone(pragmas)
	only := "0"
	if !writer {
		only = "1"
		for i := range all {
			if all[i].name == "cache_size" {
				all[i].value, all[i].effective = readerCache, readerCache
			}
		}
	}
	return append(all, pragma{"query_only", only, only})
}

// pragmas are set on each connection; Check compares what is in force. busy_timeout comes first, because the others may have to wait.
var pragmas = []pragma{
	{"busy_timeout", "10000", "10000"},
	{"journal_mode", "WAL", "wal"},
	{"synchronous", "FULL", "2"},
	{"foreign_keys", "1", "1"},
	{"secure_delete", "1", "1"},
	{"cell_size_check", "1", "1"},
	{"trusted_schema", "0", "0"},
	{"recursive_triggers", "1", "1"},
	{"fullfsync", "1", "1"},
	{"checkpoint_fullfsync", "1", "1"},
	{"cache_size", writerCache, writerCache},
	{"journal_size_limit", "67108864", "67108864"},
}

type sqliteEngine struct {
	path string
	// asItIs says that the file is only looked at, and stays as it is with nothing beside it.
	asItIs bool
}

func (e *sqliteEngine) name() string { return sqliteName }

// dsn is the connection string. The path is escaped, since a bare "?" would cut it short, and no other keys are used: the driver
// ignores what it does not know, and one of them would make it forget _txlock.
func dsn(path string, writer bool) string {
	var b strings.Builder
	b.WriteString("file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath())
	sep := "?"
	for _, p := range pragmasOf(writer) {
		fmt.Fprintf(&b, "%s_pragma=%s(%s)", sep, p.name, p.value)
		sep = "&"
	}
	if writer {
		b.WriteString("&_txlock=immediate")
	}
	return b.String()
}

func (e *sqliteEngine) open(ctx context.Context, o Options) (*gorm.DB, *gorm.DB, error) {
	e.path = o.Path
	if err := prepareFile(o.Path, o.MustExist); err != nil {
		return nil, nil, err
	}
	w, err := gorm.Open(sqlite.Open(dsn(o.Path, true)), config())
	if err != nil {
		return nil, nil, openError(err)
	}
	r, err := gorm.Open(sqlite.Open(dsn(o.Path, false)), config())
	if err != nil {
		closePool(w)
		return nil, nil, openError(err)
	}
	setPool(w, 1)
	setPool(r, readers)
	if err := e.assert(ctx, w, r); err != nil {
		closePool(w)
		closePool(r)
		return nil, nil, openError(err)
	}
	return w, r, nil
}

// prepareFile makes an empty file that only its owner can read, since the engine would make one that everybody can.
func prepareFile(path string, mustExist bool) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%w: %s is a folder", ErrForeign, filepath.Base(path))
	case err == nil:
		return sniff(path)
	case !os.IsNotExist(err):
		return err
	case mustExist:
		return ErrMissing
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if os.IsExist(err) {
		return nil // another program made it meanwhile
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// sniff refuses what is no SQLite file before the engine writes to it.
func sniff(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 16)
	n, _ := f.Read(head)
	if n != 0 && string(head[:n]) != "SQLite format 3\x00" {
		return fmt.Errorf("%w: %s", ErrForeign, filepath.Base(path))
	}
	return nil
}

func setPool(db *gorm.DB, n int) {
	if pool, err := db.DB(); err == nil {
		pool.SetMaxOpenConns(n)
		pool.SetMaxIdleConns(n)
		pool.SetConnMaxIdleTime(0)
		pool.SetConnMaxLifetime(0)
	}
}

func closePool(db *gorm.DB) {
	if pool, err := db.DB(); err == nil {
		_ = pool.Close()
	}
}

// assert refuses to run on an engine or with settings other than those the product's promises rest on.
func (e *sqliteEngine) assert(ctx context.Context, w, r *gorm.DB) error {
	var version string
	if err := w.WithContext(ctx).Raw("SELECT sqlite_version()").Scan(&version).Error; err != nil {
		return err
	}
	if older(version, oldestSQLite) {
		return fmt.Errorf("data: SQLite %s is too old, %s is needed", version, oldestSQLite)
	}
	var id, tables int
	// In this order, since another program may be making the tables, and the mark with them, at this moment.
	if err := w.WithContext(ctx).Raw("SELECT count(*) FROM sqlite_schema").Scan(&tables).Error; err != nil {
		return err
	}
	if err := w.WithContext(ctx).Raw("PRAGMA application_id").Scan(&id).Error; err != nil {
		return err
	}
	if id != applicationID && (id != 0 || tables != 0) {
		return fmt.Errorf("%w: %s", ErrForeign, filepath.Base(e.path))
	}
	for pool, db := range map[string]*gorm.DB{"writer": w, "reader": r} {
		for _, p := range pragmasOf(pool == "writer") {
			var got string
			if err := db.WithContext(ctx).Raw("PRAGMA " + p.name).Scan(&got).Error; err != nil {
				return err
			}
			if !strings.EqualFold(got, p.effective) {
				return fmt.Errorf("data: %s of the %s is %q, not %q", p.name, pool, got, p.effective)
			}
		}
	}
	return nil
}

// older compares dotted version numbers.
func older(have, want string) bool {
	var h, w [3]int
	_, _ = fmt.Sscanf(have, "%d.%d.%d", &h[0], &h[1], &h[2])
	_, _ = fmt.Sscanf(want, "%d.%d.%d", &w[0], &w[1], &w[2])
	for i := range h {
		if h[i] != w[i] {
			return h[i] < w[i]
		}
	}
	return false
}

// openError says in this package's words why a file could not be opened.
func openError(err error) error {
	text := err.Error()
	switch {
	case strings.Contains(text, "file is not a database"):
		return fmt.Errorf("%w (%w)", ErrForeign, err)
	case strings.Contains(text, "malformed"), strings.Contains(text, "disk I/O error"):
		return fmt.Errorf("%w (%w)", ErrDamaged, err)
	case strings.Contains(text, "readonly"), strings.Contains(text, "unable to open database file"):
		return fmt.Errorf("%w (%w)", os.ErrPermission, err)
	}
	return translate(err)
}

// connect waits for a connection no longer than ctx allows, but does not hand ctx on: the driver cannot interrupt a query that runs, and
// its watching over each statement costs as much as the statement.
func (e *sqliteEngine) connect(ctx context.Context, pool *gorm.DB) (*gorm.DB, func(), error) {
	all, err := pool.DB()
	if err != nil {
		return nil, nil, err
	}
	conn, err := all.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	db := pool.WithContext(context.WithoutCancel(ctx))
	db.Statement.ConnPool = conn
	return db, func() { conn.Close() }, nil
}

func (e *sqliteEngine) again(error) bool { return false }

// transaction speaks to the connection itself. database/sql's own transactions have a goroutine look after each of their statements,
// for the sake of contexts that end, which connect has none of.
func (e *sqliteEngine) transaction(db *gorm.DB, f func(*gorm.DB) error) (err error) {
	ctx, conn := db.Statement.Context, db.Statement.ConnPool
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	committed := false
	defer func() {
		if !committed {
			// Where the engine took the transaction back by itself, as on a full disk, this fails and nothing is lost by it.
			_, _ = conn.ExecContext(ctx, "ROLLBACK")
		}
	}()
	if err := f(db); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "COMMIT")
	committed = err == nil
	return err
}

// relax has the next transaction begin on a new connection. The trigram index keeps, as long as a connection lives, a table as wide as its largest
// transaction needed, and walks all of it at each later one.
func (e *sqliteEngine) relax(pool *gorm.DB) {
	all, err := pool.DB()
	if err != nil {
		return
	}
	conn, err := all.Conn(context.Background())
	if err != nil {
		return
	}
	defer conn.Close()
	_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // which makes the pool close it
}

func (e *sqliteEngine) version(ctx context.Context, db *gorm.DB) (int, error) {
	var n int
	err := db.WithContext(ctx).Raw("PRAGMA user_version").Scan(&n).Error
	return n, err
}

// migrate runs one script. Foreign keys are off while it runs, which SQLite only allows outside a transaction,
// and are checked before it commits: rebuilding a table would otherwise delete what hangs on its rows.
func (e *sqliteEngine) migrate(ctx context.Context, db *gorm.DB, n int, script string) error {
	pool, err := db.DB()
	if err != nil {
		return err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "PRAGMA foreign_keys = 0"); err != nil {
		return err
	}
	defer func() { _, _ = conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA foreign_keys = 1") }()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	// Another program may have done it while this one waited for its turn.
	var have int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil || have >= n {
		return err
	}
	if _, err := tx.ExecContext(ctx, script); err != nil {
		return err
	}
	if err := noOrphans(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", n, applicationID)); err != nil {
		return err
	}
	return tx.Commit()
}

func noOrphans(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, "PRAGMA foreign_key_check")
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		var table, parent string
		var row sql.NullInt64
		var key int
		if err := rows.Scan(&table, &row, &parent, &key); err != nil {
			return err
		}
		return fmt.Errorf("data: a row of %s belongs to no row of %s", table, parent)
	}
	return rows.Err()
}

// lease locks a file beside the database, which the system gives back when the program dies.
func (e *sqliteEngine) lease(_ context.Context, _ *gorm.DB, name string) (func(), bool, error) {
	lock := flock.New(e.path+"."+name+".lock", flock.SetPermissions(0o600))
	ok, err := lock.TryLock()
	if err != nil || !ok {
		return nil, false, err
	}
	return func() { _ = lock.Unlock() }, true, nil
}
