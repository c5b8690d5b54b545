package data

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
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
	last := Activity{}
	if err := tx.db.Raw("SELECT id, chain FROM activity ORDER BY id DESC LIMIT 1").Scan(&last).Error; err != nil {
		return err
	}
	for i := range lines {
		a := &lines[i]
		a.ID, a.At = last.ID+1, millis(tx.now)
		a.Chain = a.link(last.Chain)
		last = *a
	}
	return tx.db.CreateInBatches(lines, batch).Error
}

// ActivityOf lists a client's newest lines, newest first: up to n that are older than the line before, or the newest where before
// is 0.
func (tx *Tx) ActivityOf(clientID, before int64, n int) ([]Activity, error) {
	db := tx.db.Where("client_id = ?", clientID)
	if before != 0 {
		db = db.Where("id < ?", before)
	}
	var lines []Activity
	err := db.Order("id DESC").Limit(n).Find(&lines).Error
	return lines, err
}

// CheckActivity walks the log and says in words which line was changed, or "" where every line follows from the one before. It
// returns the number of lines and the last hash.
func (tx *Tx) CheckActivity(step func(int)) (broken string, n int64, chain []byte, err error) {
	var previous Activity
	for {
		var lines []Activity
		if err := tx.db.Where("id > ?", previous.ID).Order("id").Limit(2000).Find(&lines).Error; err != nil {
			return "", n, chain, err
		}
		if len(lines) == 0 {
			return "", n, previous.Chain, nil
		}
		for _, a := range lines {
			switch {
			case a.ID != previous.ID+1:
				return fmt.Sprintf("after line %d of the activity log lines are missing", previous.ID), n, nil, nil
			case string(a.link(previous.Chain)) != string(a.Chain):
				return fmt.Sprintf("line %d of the activity log was changed", a.ID), n, nil, nil
			}
			previous = a
			n++
		}
		step(len(lines))
	}
}
