package data

import (
	"context"

	"gorm.io/gorm"
)

// scrubPending is the setting that remembers, over restarts, that something was removed of which no byte may be left.
const scrubPending = "long.scrub"

// ToScrub remembers, in the transaction that removes something, that Scrub has to run after the commit.
func (tx *Tx) ToScrub() error { return tx.SetSetting(scrubPending, "1") }

// ScrubPending tells whether something was removed of which bytes may be left.
func (tx *Tx) ScrubPending() (bool, error) {
	var n int64
	err := tx.db.Raw("SELECT count(*) FROM settings WHERE key = ?", scrubPending).Scan(&n).Error
	return n > 0, err
}

// Scrub sees to it that nothing is left in the files of what transactions removed before. The engine overwrites what is removed, and copies of it are in the log beside the
// file, which is folded into the file and emptied here. done is false where somebody who reads just now needs the log: try again later.
func (s *Store) Scrub(ctx context.Context) (done bool, err error) {
	if s.ReadOnly() {
		return false, ErrReadOnly
	}
	if done, err = s.engine.scrub(ctx, s.writer); err != nil || !done {
		return false, translate(err)
	}
	// The note itself goes only now, in a transaction of its own: what was removed is gone, and that no note stands for it any more is in the log again.
	err = s.Write(ctx, func(tx *Tx) error { return tx.db.Exec("DELETE FROM settings WHERE key = ?", scrubPending).Error })
	return err == nil, err
}

// scrub empties the log. It waits for readers no longer than the usual time of the connection would be too long here, so it does not wait at all.
func (e *sqliteEngine) scrub(ctx context.Context, pool *gorm.DB) (bool, error) {
	db, release, err := e.connect(ctx, pool)
	if err != nil {
		return false, err
	}
	defer release()
	if err := db.Exec("PRAGMA busy_timeout = 0").Error; err != nil {
		return false, err
	}
	defer db.Exec("PRAGMA busy_timeout = 10000")
	var r struct{ Busy, Log, Checkpointed int }
	if err := db.Raw("PRAGMA wal_checkpoint(TRUNCATE)").Scan(&r).Error; err != nil {
		return false, err
	}
	return r.Busy == 0, nil
}

// scrub on PostgreSQL gives the space of removed rows free at once. Its pages and its log are the server's: what is left in them until they are used again is sealed.
func (e *postgresEngine) scrub(ctx context.Context, pool *gorm.DB) (bool, error) {
	return true, pool.WithContext(ctx).Exec("VACUUM cards").Error
}
