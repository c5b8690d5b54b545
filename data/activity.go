package data

import (
	"crypto/sha256"
	"encoding/binary"
)

// Activity is a line of the activity log: who did what to whom, and what changed. Lines are added, never changed or removed;
// each carries the hash of the one before, so that a changed, missing or moved line is found.
type Activity struct {
	ID       int64
	At       int64 // milliseconds
	Who      string
	Action   string
	ClientID *int64
	Subject  string
	Details  string
	Chain    []byte
}

// TableName tells GORM the table.
func (Activity) TableName() string { return "activity" }

// link is the hash of a line that follows one with the hash previous.
func (a *Activity) link(previous []byte) []byte {
	h := sha256.New()
	put := func(b []byte) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(b)))
		h.Write(n[:])
		h.Write(b)
	}
	var client int64
	if a.ClientID != nil {
		client = *a.ClientID
	}
	put(previous)
	for _, n := range []int64{a.ID, a.At, client} {
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], uint64(n))
		h.Write(b[:])
	}
	for _, s := range []string{a.Who, a.Action, a.Subject, a.Details} {
		put([]byte(s))
	}
	return h.Sum(nil)
}

// AddActivity appends lines to the log. The last line is locked meanwhile, so that two desktops cannot follow the same one.
func (tx *Tx) AddActivity(lines ...Activity) error {
	if len(lines) == 0 {
		return nil
	}
	if err := tx.engine.lockActivity(tx.db); err != nil {
		return err
	}
	newest, err := scan(tx.db.Raw("SELECT id, chain FROM activity ORDER BY id DESC LIMIT 1"), func(a *Activity) []any { return []any{&a.ID, &a.Chain} })
	if err != nil {
		return err
	}
	var last Activity
	for _, a := range newest {
		last = a
	}
	for i := range lines {
		a := &lines[i]
		a.ID, a.At = last.ID+1, millis(tx.now)
		a.Chain = a.link(last.Chain)
		last = *a
	}
	return tx.engine.insertActivity(tx.db, lines)
}
