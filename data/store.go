package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"
)

// Limit is how long one read or one ordinary write may take before it is given up.
const Limit = 30 * time.Second

// What the store can say of itself; callers compare with errors.Is.
var (
	// ErrNotFound: no row has that key.
	ErrNotFound = errors.New("not found")
	// ErrDuplicate: a unique value is taken already.
	ErrDuplicate = errors.New("already exists")
	// ErrChanged: the row was changed by somebody else since it was read.
	ErrChanged = errors.New("changed meanwhile")
	// ErrReadOnly: the store refuses writes since its file was found damaged.
	ErrReadOnly = errors.New("the data can be read but not changed")
	// ErrFull: no space is left on the disk.
	ErrFull = errors.New("the disk is full")
	// ErrLost: the connection to the server broke. Nothing was changed.
	ErrLost = errors.New("the connection to the server is lost")
	// ErrUncertain: the connection broke while the server was told to keep a change, so nobody knows whether it did.
	ErrUncertain = errors.New("the connection broke while saving")
	// ErrBusy: another program holds the data.
	ErrBusy = errors.New("the data is in use")
	// ErrBroad: more clients fit a text that is searched for than a list can name.
	ErrBroad = errors.New("too many clients fit")
)

// Options say which store to open.
type Options struct {
	// Path is the SQLite file; its folder must exist. Empty where URL is given.
	Path string
	// URL is a postgres:// address. Empty for SQLite.
	URL string
	// Now is the clock. It is read once a transaction, so that one act has one time.
	Now func() time.Time
	// BackupBefore is called before a migration changes an existing SQLite file, with the schema version it has.
	// Its error stops the migration. Nil means no backup, which is for tests and new files alone.
	BackupBefore func(ctx context.Context, s *Store, version int) error
	// MustExist refuses to make a new SQLite file.
	MustExist bool
}

// Store is an open database: one writer and a few readers. It is safe for use by many goroutines.
type Store struct {
	engine   engine
	writer   *gorm.DB
	reader   *gorm.DB
	now      func() time.Time
	address  string
	readOnly atomic.Bool
	swept    atomic.Int64 // milliseconds; see RecordAct
	origin   string       // see Announce
	schema   int          // the newest migration that this program knows
	outdated atomic.Bool
	held     atomic.Bool // see Hold
}

// engine is what SQLite and PostgreSQL do not have in common.
type engine interface {
	name() string
	// open returns the writing and the reading pool.
	open(ctx context.Context, o Options) (writer, reader *gorm.DB, err error)
	// connect waits for a connection of a pool for one short piece of work.
	connect(ctx context.Context, pool *gorm.DB) (db *gorm.DB, release func(), err error)
	// transaction runs f in one transaction on a connection that connect gave: all of it becomes durable, or nothing.
	transaction(db *gorm.DB, f func(*gorm.DB) error) error
	// relax gives back what a long transaction on a pool needed and short ones do not.
	relax(pool *gorm.DB)
	// version is the number of the newest migration that the store has.
	version(ctx context.Context, db *gorm.DB) (int, error)
	// again tells whether a failed transaction may succeed when run once more.
	again(error) bool
	// migrate runs one migration's statements in one transaction with its record.
	migrate(ctx context.Context, db *gorm.DB, n int, script string) error
	searchEngine
	bulkEngine
	blobEngine
	billingEngine
	checkEngine
	sharedEngine
	copyEngine
}

// Tx is one transaction or one read on the store. A *Tx must not outlive the function it was given to.
type Tx struct {
	db     *gorm.DB
	engine engine
	now    time.Time
	counts map[clientCountKey]int64
	tally  tally
	fields *[]CustomField // once they were read
	swept  *atomic.Int64  // when old acts were last forgotten
	after  []func()
	texts  []string // to be announced
}

// Now is the time of the transaction, the same for all that happens in it.
func (tx *Tx) Now() time.Time { return tx.now }

// AfterCommit has f called once the transaction is durable; it is dropped where the transaction fails.
func (tx *Tx) AfterCommit(f func()) { tx.after = append(tx.after, f) }

// Open opens the store, checks that engine and settings are what the product relies on, and brings the schema
// to this program's version.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Now == nil {
		return nil, errors.New("data: a store needs a clock")
	}
	// SQLite does not wait its usual time where one program turns a new file to write-ahead logging, or folds the log in as it ends,
	// while another opens it: it says at once that the file is in use.
	patience, stop := context.WithTimeout(ctx, openPatience)
	defer stop()
	for {
		s, err := openOnce(ctx, o)
		if !errors.Is(err, ErrBusy) {
			return s, err
		}
		select {
		case <-patience.Done():
			return nil, err
		case <-time.After(openPause):
		}
	}
}

// How long Open tries where another program is opening or closing the same file, and how long it waits in between.
const (
	openPatience = 10 * time.Second
	openPause    = 20 * time.Millisecond
)

func openOnce(ctx context.Context, o Options) (*Store, error) {
	var e engine = &sqliteEngine{}
	if o.URL != "" {
		e = &postgresEngine{url: o.URL}
	}
	w, r, err := e.open(ctx, o)
	if err != nil {
		return nil, err
	}
	s := &Store{engine: e, writer: w, reader: r, now: o.Now, address: addressOf(o), origin: newOrigin()}
	if err := s.bringUp(ctx, o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Engine names the engine: "SQLite" or "PostgreSQL".
func (s *Store) Engine() string { return s.engine.name() }

// Address names the database among those that one desktop may use: the server and the database on it, without user and password, or "file".
func (s *Store) Address() string { return s.address }

func addressOf(o Options) string {
	u, err := url.Parse(o.URL)
	if o.URL == "" || err != nil {
		return "file"
	}
	return u.Host + u.Path
}

// Close ends both pools. SQLite folds its write-ahead log into the file as the last connection goes.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*gorm.DB{s.reader, s.writer} {
		if pool, err := db.DB(); err == nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// SetReadOnly makes every later Write fail with ErrReadOnly. It is set where a check found the file damaged.
func (s *Store) SetReadOnly() { s.readOnly.Store(true) }

// ReadOnly tells whether SetReadOnly was called.
func (s *Store) ReadOnly() bool { return s.readOnly.Load() }

func (s *Store) writable() error {
	switch {
	case s.ReadOnly():
		return ErrReadOnly
	case s.Outdated():
		return ErrNewer
	case s.held.Load():
		return ErrBusy
	}
	return nil
}

// Hold has every later write fail with ErrBusy until release is called. It returns once the writes that had begun are over.
func (s *Store) Hold(ctx context.Context) (release func(), err error) {
	s.held.Store(true)
	release = func() { s.held.Store(false) }
	if s.engine.name() != sqliteName {
		return release, nil // other desktops cannot be held from here
	}
	_, done, err := s.engine.connect(ctx, s.writer) // there is one writer at a time
	if err != nil {
		release()
		return nil, translate(err)
	}
	done()
	return release, nil
}

// Read runs f on a reading connection. Its statements each see the newest committed state; use Snapshot where several
// must agree.
func (s *Store) Read(outer context.Context, f func(*Tx) error) error {
	ctx, stop := context.WithTimeout(outer, Limit)
	defer stop()
	db, release, err := s.engine.connect(ctx, s.reader)
	if err != nil {
		return s.lostWords(outer, translate(err))
	}
	defer release()
	if err := f(s.tx(db)); err != nil {
		return s.lostWords(outer, translate(err))
	}
	return ctx.Err() // whoever gave up must not take the answer for one that is wanted
}

// Snapshot runs f in one reading transaction: all its statements see the same state.
func (s *Store) Snapshot(ctx context.Context, f func(*Tx) error) error {
	ctx, stop := context.WithTimeout(ctx, Limit)
	defer stop()
	return s.LongSnapshot(ctx, f)
}

// LongSnapshot is Snapshot without the time limit, for exports and checks that run in the background.
func (s *Store) LongSnapshot(ctx context.Context, f func(*Tx) error) error {
	o := &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
	if s.engine.name() == sqliteName {
		o = nil // a reading transaction of SQLite is a snapshot; the connection refuses writes
	}
	return s.lostWords(ctx, translate(s.reader.WithContext(ctx).Transaction(func(db *gorm.DB) error { return f(s.tx(db)) }, o)))
}

// Write runs f in one transaction: all of it becomes durable, or nothing.
func (s *Store) Write(outer context.Context, f func(*Tx) error) error {
	if err := s.writable(); err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(outer, Limit)
	defer stop()
	db, release, err := s.engine.connect(ctx, s.writer)
	if err != nil {
		return s.lostWords(outer, translate(err))
	}
	after, err := s.transact(ctx, func(f func(*gorm.DB) error) error { return s.engine.transaction(db, f) }, f)
	release() // before what follows the commit, which may write itself
	for _, f := range after {
		f()
	}
	return s.lostWords(outer, err)
}

// LongWrite is Write without the time limit, for imports. It ends early only when ctx does. On PostgreSQL f may be run again
// from the start where two desktops got in each other's way, so it must not change anything but the store.
func (s *Store) LongWrite(ctx context.Context, f func(*Tx) error) error {
	if err := s.writable(); err != nil {
		return err
	}
	db := s.writer.WithContext(ctx)
	after, err := s.transact(ctx, func(f func(*gorm.DB) error) error { return whether(db, s.engine, f) }, f)
	s.engine.relax(s.writer)
	for _, f := range after {
		f()
	}
	return s.lostWords(ctx, err)
}

// transact runs f in a transaction, which begin makes, and returns what is to be done after its commit.
func (s *Store) transact(ctx context.Context, begin func(func(*gorm.DB) error) error, f func(*Tx) error) (after []func(), err error) {
	const tries = 5
	for try := 1; ; try++ {
		var tx *Tx
		err := begin(func(db *gorm.DB) error {
			tx = s.tx(db)
			if err := f(tx); err != nil {
				return err
			}
			if err := tx.flushTally(); err != nil {
				return err
			}
			if err := tx.flushCounts(); err != nil {
				return err
			}
			return s.engine.finish(db, s.schema, tx.stamped(s.origin))
		})
		switch {
		case err == nil:
			return tx.after, nil
		case try == tries || !s.engine.again(err) || ctx.Err() != nil:
			return nil, translate(err)
		}
	}
}

// whether runs f in a transaction and says so where the connection broke after all of f went well: nobody knows then whether it was kept.
func whether(db *gorm.DB, e engine, f func(*gorm.DB) error) error {
	done := false
	err := db.Transaction(func(db *gorm.DB) error {
		err := f(db)
		done = err == nil
		return err
	})
	if err != nil && done && e.lost(err) {
		return errors.Join(ErrUncertain, err)
	}
	return err
}

func (s *Store) tx(db *gorm.DB) *Tx {
	return &Tx{db: db, engine: s.engine, now: s.now().UTC(), swept: &s.swept}
}

// config is how GORM is used throughout: no hidden transactions, errors of the driver turned into gorm's, and no values in a log.
// Statements are not kept prepared by GORM: the SQLite driver compiles them at each use all the same, the PostgreSQL driver keeps
// its own, and GORM would keep one for each length of a list of parameters for ever.
func config() *gorm.Config {
	return &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         true,
		AllowGlobalUpdate:      false,
		Logger: logger.New(discard{}, logger.Config{
			LogLevel: logger.Silent, ParameterizedQueries: true, IgnoreRecordNotFoundError: true,
		}),
	}
}

type discard struct{}

func (discard) Printf(string, ...any) {}

// translate turns what the engines say into this package's errors and leaves the rest as it is.
func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("%w (%w)", ErrNotFound, err)
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return fmt.Errorf("%w (%w)", ErrDuplicate, err)
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "database or disk is full"), strings.Contains(text, "SQLSTATE 53100"):
		return fmt.Errorf("%w (%w)", ErrFull, err)
	case strings.Contains(text, "database disk image is malformed"), strings.Contains(text, "file is not a database"):
		return fmt.Errorf("%w (%w)", ErrDamaged, err)
	case strings.Contains(text, "database is locked"):
		return fmt.Errorf("%w (%w)", ErrBusy, err)
	}
	return err
}

// toChange locks the rows that are read, because what is written depends on what they hold. SQLite has one writer and needs no lock.
var toChange = clause.Locking{Strength: clause.LockingStrengthUpdate}

// one turns "no row was changed" into ErrNotFound, which GORM does not.
func one(r *gorm.DB) error {
	if r.Error != nil {
		return r.Error
	}
	if r.RowsAffected != 1 {
		return ErrNotFound
	}
	return nil
}

// millis is an instant as it is stored.
func millis(t time.Time) int64 { return t.UnixMilli() }

// Instant is a stored instant as time.Time in UTC.
func Instant(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// scan collects the rows of a query. dest names, once, where a row's columns go.
func scan[T any](db *gorm.DB, dest func(*T) []any) ([]T, error) {
	return scanEach(db, dest, func(*T) {})
}

// scanEach is scan with a function that completes each row from what was read beside it.
func scanEach[T any](db *gorm.DB, dest func(*T) []any, complete func(*T)) ([]T, error) {
	rows, err := db.Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var row T
	columns := dest(&row)
	var all []T
	for rows.Next() {
		if err := rows.Scan(columns...); err != nil {
			return nil, err
		}
		complete(&row)
		if len(all) == cap(all) { // twice as much, where append would give a quarter more and copy many rows as often
			all = slices.Grow(all, max(len(all), 4))
		}
		all = append(all, row)
	}
	return all, rows.Err()
}
