package data

import (
	"context"
	"errors"

	"gorm.io/gorm"
)

// bulkEngine is what the engines do to take in very many clients in one transaction.
type bulkEngine interface {
	// insert adds clients and gives them their numbers.
	insert(db *gorm.DB, cs []Client) error
	// insertContacts adds contacts and gives them their numbers.
	insertContacts(db *gorm.DB, cs []Contact) error
	// beginBulk prepares for n clients, which meanwhile go in through the engine that it returns; finish brings the indexes up to date and
	// must be called before the transaction ends.
	beginBulk(db *gorm.DB, n int64) (meanwhile engine, finish func(db *gorm.DB, step func(int)) error, err error)
	// insertActivity adds lines to the activity log, which have their numbers.
	insertActivity(db *gorm.DB, lines []Activity) error
	// lockActivity keeps others from appending to the activity log until the transaction ends.
	lockActivity(db *gorm.DB) error
	// lease takes a named lock that other programs on the same data respect.
	lease(ctx context.Context, db *gorm.DB, name string) (release func(), ok bool, err error)
}

// Bulk prepares the transaction for adding about n clients, which is then several times cheaper a client. The returned function
// must be called after the last one and reports its progress in clients through step. Until then nothing that clients are found by may be changed,
// only added with InsertClients and InsertClientsWith.
func (tx *Tx) Bulk(n int64) (finish func(step func(int)) error, err error) {
	usual := tx.engine
	meanwhile, end, err := usual.beginBulk(tx.db, n)
	if err != nil {
		return nil, err
	}
	tx.engine = meanwhile
	return func(step func(int)) error {
		tx.engine = usual
		return end(tx.db, step)
	}, nil
}

// Lease takes a named lock that all programs on the same data respect, such as the one on sending mail. ok is false where another
// one holds it. release gives it back.
func (s *Store) Lease(ctx context.Context, name string) (release func(), ok bool, err error) {
	return s.engine.lease(ctx, s.writer, name)
}

func (e *sqliteEngine) lockActivity(*gorm.DB) error { return nil } // there is one writer

func (e *postgresEngine) beginBulk(*gorm.DB, int64) (engine, func(*gorm.DB, func(int)) error, error) {
	return e, func(*gorm.DB, func(int)) error { return nil }, nil
}

// insert has the rows travel as parameters, of which one statement may have 65,535.
func (e *postgresEngine) insert(db *gorm.DB, cs []Client) error {
	return db.CreateInBatches(cs, batch).Error
}

func (e *postgresEngine) insertActivity(db *gorm.DB, lines []Activity) error {
	return db.CreateInBatches(lines, batch).Error
}

// batch is how many rows go in one statement where each value is a parameter.
const batch = 50

func (e *postgresEngine) lockActivity(db *gorm.DB) error {
	return db.Exec("SELECT pg_advisory_xact_lock(?)", activityLock).Error
}

const activityLock = migrationLock + 1

// lease on PostgreSQL is a lock of a session, which ends with the session at the latest, so a desktop that dies gives it back.
func (e *postgresEngine) lease(ctx context.Context, db *gorm.DB, name string) (func(), bool, error) {
	pool, err := db.DB()
	if err != nil {
		return nil, false, err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, false, translate(err)
	}
	var ok bool
	if err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock(hashtext($1))", "clientele "+name).Scan(&ok); err != nil || !ok {
		return nil, false, errors.Join(err, conn.Close())
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(hashtext($1))", "clientele "+name)
		conn.Close()
	}, true, nil
}
