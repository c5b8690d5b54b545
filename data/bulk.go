package data

import (
	"context"
	"errors"

	"gorm.io/gorm"
)

// bulkEngine is what the engines do to take in very many clients in one transaction.
type bulkEngine interface {
	// beginBulk prepares for n clients; finish brings the indexes up to date and must be called before the transaction ends.
	beginBulk(db *gorm.DB, n int64) (finish func(db *gorm.DB, step func(int)) error, err error)
	// lockActivity keeps others from appending to the activity log until the transaction ends.
	lockActivity(db *gorm.DB) error
	// lease takes a named lock that other programs on the same data respect.
	lease(ctx context.Context, db *gorm.DB, name string) (release func(), ok bool, err error)
}

// Bulk prepares the transaction for adding about n clients, which is then several times cheaper a client. The returned function
// must be called after the last one and reports its progress in clients through step.
func (tx *Tx) Bulk(n int64) (finish func(step func(int)) error, err error) {
	bulk := &bulkIndex{engine: tx.engine}
	end, err := tx.engine.beginBulk(tx.db, n)
	if err != nil {
		return nil, err
	}
	tx.engine = bulk
	return func(step func(int)) error {
		tx.engine = bulk.engine
		return end(tx.db, step)
	}, nil
}

// bulkIndex leaves the trigram index alone while clients come in; it is brought up to date at the end.
type bulkIndex struct{ engine }

func (b *bulkIndex) index(db *gorm.DB, cs []Client) error {
	ds := docsOf(cs)
	return db.Create(&ds).Error
}

// Lease takes a named lock that all programs on the same data respect, such as the one on sending mail. ok is false where another
// one holds it. release gives it back.
func (s *Store) Lease(ctx context.Context, name string) (release func(), ok bool, err error) {
	return s.engine.lease(ctx, s.writer, name)
}

// sortIndexes are the indexes of clients that are rebuilt rather than kept in step while very many come in.
func sortIndexes(db *gorm.DB) (names, statements []string, err error) {
	var rows []struct{ Name, SQL string }
	err = db.Raw("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'clients' AND sql LIKE 'CREATE INDEX%'").Scan(&rows).Error
	for _, r := range rows {
		names = append(names, r.Name)
		statements = append(statements, r.SQL)
	}
	return names, statements, err
}

// ftsStep is how many clients go into the trigram index in one statement: enough to be fast, few enough to be stopped in between.
const ftsStep = 2000

func (e *sqliteEngine) beginBulk(db *gorm.DB, n int64) (func(*gorm.DB, func(int)) error, error) {
	var have, last int64
	if err := db.Raw("SELECT coalesce(sum(n), 0) FROM client_counts").Scan(&have).Error; err != nil {
		return nil, err
	}
	if err := db.Raw("SELECT coalesce(max(client_id), 0) FROM search_docs").Scan(&last).Error; err != nil {
		return nil, err
	}
	var rebuild []string
	if n > 1000 && n >= have/2 {
		names, statements, err := sortIndexes(db)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if err := db.Exec("DROP INDEX " + name).Error; err != nil {
				return nil, err
			}
		}
		rebuild = statements
	}
	return func(db *gorm.DB, step func(int)) error {
		for _, s := range rebuild {
			if err := db.Exec(s).Error; err != nil {
				return err
			}
		}
		for {
			r := db.Exec("INSERT INTO search_fts (rowid, body) SELECT client_id, body FROM search_docs WHERE client_id > ? ORDER BY client_id LIMIT ?", last, ftsStep)
			if r.Error != nil {
				return r.Error
			}
			if r.RowsAffected == 0 {
				return nil
			}
			step(int(r.RowsAffected))
			if err := db.Raw("SELECT max(client_id) FROM (SELECT client_id FROM search_docs WHERE client_id > ? ORDER BY client_id LIMIT ?)", last, ftsStep).Scan(&last).Error; err != nil {
				return err
			}
			if err := db.Statement.Context.Err(); err != nil {
				return err
			}
		}
	}, nil
}

func (e *sqliteEngine) lockActivity(*gorm.DB) error { return nil } // there is one writer

func (e *postgresEngine) beginBulk(*gorm.DB, int64) (func(*gorm.DB, func(int)) error, error) {
	return func(*gorm.DB, func(int)) error { return nil }, nil
}

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
		conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(hashtext($1))", "clientele "+name)
		conn.Close()
	}, true, nil
}
