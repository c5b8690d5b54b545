package data

// Act remembers that the act with this key was done and what it made, so that a second press of the same button does nothing
// twice. It returns the number of what the first one made, and true, where it was done before.
func (tx *Tx) Act(key string) (ref int64, done bool, err error) {
	refs, err := scan(tx.db.Raw("SELECT ref FROM acts WHERE key = ?", key), func(ref *int64) []any { return []any{ref} })
	if err != nil || len(refs) == 0 {
		return 0, false, err
	}
	return refs[0], true, nil
}

// RecordAct notes what the act with this key made. ErrDuplicate: another transaction was faster. Once a day it forgets the acts of more than
// a week ago.
func (tx *Tx) RecordAct(key string, ref int64) error {
	const day = 24 * 3600 * 1000
	if now := millis(tx.now); now-tx.swept.Load() >= day || now < tx.swept.Load() {
		if err := tx.db.Exec("DELETE FROM acts WHERE at < ?", now-7*day).Error; err != nil {
			return err
		}
		swept := tx.swept
		tx.AfterCommit(func() { swept.Store(now) })
	}
	return tx.db.Exec("INSERT INTO acts (key, ref, at) VALUES (?, ?, ?)", key, ref, millis(tx.now)).Error
}
