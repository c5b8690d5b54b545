package data

// Act remembers that the act with this key was done and what it made, so that a second press of the same button does nothing
// twice. It returns the number of what the first one made, and true, where it was done before.
func (tx *Tx) Act(key string) (ref int64, done bool, err error) {
	var refs []int64
	err = tx.db.Raw("SELECT ref FROM acts WHERE key = ?", key).Scan(&refs).Error
	if err != nil || len(refs) == 0 {
		return 0, false, err
	}
	return refs[0], true, nil
}

// RecordAct notes what the act with this key made. ErrDuplicate: another transaction was faster.
func (tx *Tx) RecordAct(key string, ref int64) error {
	if err := tx.db.Exec("DELETE FROM acts WHERE at < ?", millis(tx.now)-7*24*3600*1000).Error; err != nil {
		return err
	}
	return tx.db.Exec("INSERT INTO acts (key, ref, at) VALUES (?, ?, ?)", key, ref, millis(tx.now)).Error
}
