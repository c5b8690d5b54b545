package data

import (
	"crypto/sha256"
	"time"
)

// ClientSession is somebody who is logged in to the client area.
type ClientSession struct {
	Hash      []byte // SHA-256 of the secret in the visitor's cookie
	ClientID  int64
	CreatedAt int64  // milliseconds
	SeenAt    int64  // milliseconds; see TouchSession
	Admin     string // the admin who opened the client area as this client, or empty
}

// TableName tells GORM the table.
func (ClientSession) TableName() string { return "client_sessions" }

// SecretHash is how a session's, a reset's or a link's secret is stored: they are random and long, so that no slow hash is needed.
func SecretHash(secret []byte) []byte {
	sum := sha256.Sum256(secret)
	return sum[:]
}

// InsertSession begins a session.
func (tx *Tx) InsertSession(s ClientSession) error {
	s.CreatedAt, s.SeenAt = millis(tx.now), millis(tx.now)
	return tx.db.Create(&s).Error
}

// Session reads a session. ErrNotFound where there is none.
func (tx *Tx) Session(hash []byte) (ClientSession, error) {
	var s ClientSession
	err := translate(tx.db.Take(&s, "hash = ?", hash).Error)
	return s, err
}

// TouchSession notes that somebody came by in a session.
func (tx *Tx) TouchSession(hash []byte) error {
	return tx.db.Model(&ClientSession{}).Where("hash = ?", hash).Update("seen_at", millis(tx.now)).Error
}

// EndSession ends one session. There may be none.
func (tx *Tx) EndSession(hash []byte) error {
	return tx.db.Delete(&ClientSession{}, "hash = ?", hash).Error
}

// EndSessionsBefore ends all sessions in which nobody came by since one time, or that began before another.
func (tx *Tx) EndSessionsBefore(seen, created time.Time) error {
	return tx.db.Delete(&ClientSession{}, "seen_at < ? OR created_at < ?", millis(seen), millis(created)).Error
}

// PasswordReset is a reset that a client asked for.
type PasswordReset struct {
	ID        int64
	Hash      []byte
	ClientID  int64
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	ExpiresAt int64
	UsedAt    *int64
	LogLine   int64
}

// TableName tells GORM the table.
func (PasswordReset) TableName() string { return "password_resets" }

// InsertReset stores a reset that is good until expires, and voids older ones of the client.
func (tx *Tx) InsertReset(clientID int64, hash []byte, expires time.Time) error {
	if err := tx.db.Delete(&PasswordReset{}, "client_id = ?", clientID).Error; err != nil {
		return err
	}
	r := PasswordReset{Hash: hash, ClientID: clientID, CreatedAt: millis(tx.now), ExpiresAt: millis(expires)}
	if err := tx.db.Raw("SELECT coalesce(max(id), 0) FROM activity").Scan(&r.LogLine).Error; err != nil {
		return err
	}
	return tx.db.Create(&r).Error
}

// Reset reads a reset that can be used now. ErrNotFound where there is none, it was used, or its time is over: by the clock, or, where that was set back, by
// what was done since.
func (tx *Tx) Reset(hash []byte) (PasswordReset, error) {
	var r PasswordReset
	err := translate(tx.db.Take(&r, `hash = ? AND used_at IS NULL AND created_at <= ? AND expires_at > ?
		AND NOT EXISTS (SELECT 1 FROM activity a WHERE a.id > password_resets.log_line AND a.at >= password_resets.expires_at)`,
		hash, millis(tx.now), millis(tx.now)).Error)
	return r, err
}

// UseReset marks a reset as used. ErrNotFound: somebody else used it a moment before.
func (tx *Tx) UseReset(id int64) error {
	return one(tx.db.Model(&PasswordReset{}).Where("id = ? AND used_at IS NULL", id).Update("used_at", millis(tx.now)))
}

// ForgetResets removes resets that were used or whose time is over.
func (tx *Tx) ForgetResets() error {
	return tx.db.Delete(&PasswordReset{}, "used_at IS NOT NULL OR expires_at <= ?", millis(tx.now)).Error
}

// AdminLink is a link by which an admin opens the client area as a client, once.
type AdminLink struct {
	Hash      []byte
	ClientID  int64
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	Admin     string
}

// TableName tells GORM the table.
func (AdminLink) TableName() string { return "admin_links" }

// InsertLink stores a link, and forgets those from before a time, which nobody can use any more.
func (tx *Tx) InsertLink(l AdminLink, before time.Time) error {
	if err := tx.ForgetLinks(before); err != nil {
		return err
	}
	l.CreatedAt = millis(tx.now)
	return tx.db.Create(&l).Error
}

// ForgetLinks removes links from before a time.
func (tx *Tx) ForgetLinks(before time.Time) error {
	return tx.db.Delete(&AdminLink{}, "created_at < ?", millis(before)).Error
}

// UseLink reads a link and removes it. ErrNotFound where there is none, or somebody else used it a moment before.
func (tx *Tx) UseLink(hash []byte) (AdminLink, error) {
	var l AdminLink
	if err := translate(tx.db.Take(&l, "hash = ?", hash).Error); err != nil {
		return l, err
	}
	return l, one(tx.db.Delete(&AdminLink{}, "hash = ?", hash))
}
