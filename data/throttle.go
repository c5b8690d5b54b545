package data

import "time"

// Throttle counts how often something was tried, so that it can be slowed down. It lasts over restarts.
type Throttle struct {
	Name  string
	Tries int64 // since Since
	Since int64 // milliseconds
	Until int64 // milliseconds; nothing is tried before
}

// TableName tells GORM the table.
func (Throttle) TableName() string { return "throttles" }

// Throttled tells until when nothing with this name may be tried; a time that is over means that it may.
func (tx *Tx) Throttled(name string) (time.Time, error) {
	var until []int64
	err := tx.db.Raw("SELECT until FROM throttles WHERE name = ?", name).Scan(&until).Error
	if err != nil || len(until) == 0 {
		return time.Time{}, err
	}
	return Instant(until[0]), nil
}

// CountTry counts a try and tells how many there were within a window, this one included. Each window begins with the first try after the last one. Tries at the same
// moment are each counted.
func (tx *Tx) CountTry(name string, window time.Duration) (tries int64, err error) {
	now := millis(tx.now)
	over := "(throttles.since <= excluded.since - ? OR throttles.since > excluded.since + ?)"
	err = tx.db.Raw(`INSERT INTO throttles (name, tries, since, until) VALUES (?, 1, ?, 0) ON CONFLICT (name) DO UPDATE SET
		tries = CASE WHEN `+over+` THEN 1 ELSE throttles.tries + 1 END,
		since = CASE WHEN `+over+` THEN excluded.since ELSE throttles.since END
		RETURNING tries`, name, now, window.Milliseconds(), window.Milliseconds(), window.Milliseconds(), window.Milliseconds()).Scan(&tries).Error
	return tries, err
}

// ThrottleUntil forbids tries until a time.
func (tx *Tx) ThrottleUntil(name string, until time.Time) error {
	return tx.db.Exec("UPDATE throttles SET until = ? WHERE name = ?", millis(until), name).Error
}

// ForgetTries forgets what was tried under a name.
func (tx *Tx) ForgetTries(name string) error {
	return tx.db.Exec("DELETE FROM throttles WHERE name = ?", name).Error
}

// ForgetTriesBefore forgets what was tried in windows that began before a time, unless it is forbidden still.
func (tx *Tx) ForgetTriesBefore(t time.Time) error {
	return tx.db.Exec("DELETE FROM throttles WHERE since < ? AND until < ?", millis(t), millis(tx.now)).Error
}
