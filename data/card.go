package data

import (
	"math/rand/v2"

	"clientele/app/card"
)

// Card is a client's stored card. Nothing in it tells the full number: that is in Sealed, which the office's hash alone opens. It is bound to UUID and not to the
// client, so that a card can go to another client.
type Card struct {
	UUID       string `gorm:"column:card_uuid;primaryKey"`
	ClientID   int64
	Type       card.Brand
	Last4      string
	ExpMonth   int
	ExpYear    int
	StartMonth *int // both or none
	StartYear  *int
	IssueNo    string
	KeyID      *string // the key that the number is sealed to, or nil where only the last four digits are kept
	Sealed     []byte
	CreatedAt  int64 `gorm:"autoCreateTime:false"`
	CreatedBy  string
	UpdatedAt  int64 `gorm:"autoUpdateTime:false"`
	Version    int64
}

// TableName tells GORM the table.
func (Card) TableName() string { return "cards" }

// Expiry is the last month in which the card is valid.
func (c Card) Expiry() card.Month { return card.Month{Year: c.ExpYear, Month: c.ExpMonth} }

// Start is the month from which the card is valid, where it bears one.
func (c Card) Start() card.Month {
	if c.StartYear == nil || c.StartMonth == nil {
		return card.Month{}
	}
	return card.Month{Year: *c.StartYear, Month: *c.StartMonth}
}

// SetStart sets the month from which the card is valid; the zero one is none.
func (c *Card) SetStart(m card.Month) {
	c.StartMonth, c.StartYear = nil, nil
	if !m.IsZero() {
		c.StartMonth, c.StartYear = &m.Month, &m.Year
	}
}

// String names the card without more than may be shown.
func (c Card) String() string { return string(c.Type) + " " + card.Masked(c.Last4) }

// Card reads the card of a client. ErrNotFound: none is stored.
func (tx *Tx) Card(clientID int64) (Card, error) {
	var c Card
	err := translate(tx.db.Take(&c, "client_id = ?", clientID).Error)
	return c, err
}

// AddCard stores the card of a client who has none. ErrDuplicate: there is one. Its version begins anywhere, so that whoever saw the card in whose place it comes does not
// take it for that one.
func (tx *Tx) AddCard(c *Card) error {
	c.CreatedAt, c.UpdatedAt, c.Version = millis(tx.now), millis(tx.now), 1+rand.Int64N(1<<40) //nolint:gosec // no secret
	if err := tx.db.Create(c).Error; err != nil {
		return err
	}
	return tx.reindex(c.ClientID)
}

// SetCardDates changes what a card bears besides its number. ErrChanged: it is not the version that c has any more.
func (tx *Tx) SetCardDates(c Card) error {
	return changedOne(tx.db.Model(&Card{}).Where("card_uuid = ? AND version = ?", c.UUID, c.Version).Updates(map[string]any{
		"exp_month": c.ExpMonth, "exp_year": c.ExpYear, "start_month": c.StartMonth, "start_year": c.StartYear, "issue_no": c.IssueNo,
		"updated_at": millis(tx.now), "version": c.Version + 1,
	}))
}

// DeleteCard removes the card of a client and tells whether there was one. On SQLite the engine overwrites what it removes, and no byte of it is left once the log was
// folded in, which Scrub does: call that after the commit.
func (tx *Tx) DeleteCard(clientID int64) (had bool, err error) {
	r := tx.db.Exec("DELETE FROM cards WHERE client_id = ?", clientID)
	if r.Error != nil || r.RowsAffected == 0 {
		return false, r.Error
	}
	return true, tx.reindex(clientID)
}

// MoveCard gives the card of one client to another one who has none, as it is, and tells whether there was one. ErrDuplicate: the other client has a card.
func (tx *Tx) MoveCard(from, to int64) (had bool, err error) {
	r := tx.db.Exec("UPDATE cards SET client_id = ?, updated_at = ?, version = version + 1 WHERE client_id = ?", to, millis(tx.now), from)
	if r.Error != nil || r.RowsAffected == 0 {
		return false, translate(r.Error)
	}
	if err := tx.reindex(from); err != nil {
		return true, err
	}
	return true, tx.reindex(to)
}

// CardsOfKey reads up to n cards that are sealed to a key, by their names, after the one that was read last.
func (tx *Tx) CardsOfKey(keyID, after string, n int) ([]Card, error) {
	var cs []Card
	err := tx.db.Where("key_id = ? AND card_uuid > ?", keyID, after).Order("card_uuid").Limit(n).Find(&cs).Error
	return cs, err
}

// SealCard puts another sealed form of the same number in the place of the one there is.
func (tx *Tx) SealCard(c Card, keyID string, sealed []byte) error {
	return changedOne(tx.db.Model(&Card{}).Where("card_uuid = ? AND version = ?", c.UUID, c.Version).
		Updates(map[string]any{"key_id": keyID, "sealed": sealed, "version": c.Version + 1}))
}

// UnsealCards removes the sealed numbers of all cards, or of those that are sealed to one key, and leaves the last four digits and the dates. It tells how many there were.
func (tx *Tx) UnsealCards(keyID string) (int64, error) {
	r := tx.db.Exec("UPDATE cards SET key_id = NULL, sealed = NULL, version = version + 1, updated_at = ? WHERE key_id IS NOT NULL AND (? = '' OR key_id = ?)", millis(tx.now), keyID, keyID)
	return r.RowsAffected, r.Error
}

// CardCounts tells how many cards are stored, and how many of them have a sealed number by the key it is sealed to.
func (tx *Tx) CardCounts() (all int64, byKey map[string]int64, err error) {
	if err := tx.db.Raw("SELECT count(*) FROM cards").Scan(&all).Error; err != nil {
		return 0, nil, err
	}
	type row struct {
		key string
		n   int64
	}
	rows, err := scan(tx.db.Raw("SELECT key_id, count(*) FROM cards WHERE key_id IS NOT NULL GROUP BY key_id"), func(r *row) []any { return []any{&r.key, &r.n} })
	byKey = map[string]int64{}
	for _, r := range rows {
		byKey[r.key] = r.n
	}
	return all, byKey, err
}

// ExpiringCards lists the cards whose last month is m, by their clients.
func (tx *Tx) ExpiringCards(m card.Month) ([]Card, error) {
	var cs []Card
	err := tx.db.Omit("sealed").Where("exp_year = ? AND exp_month = ?", m.Year, m.Month).Order("client_id").Find(&cs).Error
	return cs, err
}
