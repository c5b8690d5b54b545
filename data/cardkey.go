package data

// CardKey is a public key that numbers of cards are sealed to.
type CardKey struct {
	KeyID     string `gorm:"primaryKey"`
	VaultID   string // the same for all keys of an office
	Recipient []byte
	MadeAt    int64
	RetiredAt *int64 // nil for the one in use
	Lost      bool   // replaced because its hash was lost
	InUse     *int   // 1 or nil
}

// TableName tells GORM the table.
func (CardKey) TableName() string { return "card_keys" }

// CardKey reads the key that is in use. ErrNotFound: there is none yet.
func (tx *Tx) CardKey() (CardKey, error) {
	var k CardKey
	err := translate(tx.db.Take(&k, "in_use = 1").Error)
	return k, err
}

// CardKeyToChange is CardKey, and keeps others from replacing it until the transaction ends.
func (tx *Tx) CardKeyToChange() (CardKey, error) {
	var k CardKey
	err := translate(tx.db.Clauses(toChange).Take(&k, "in_use = 1").Error)
	return k, err
}

// CardKeys lists all keys, the newest first.
func (tx *Tx) CardKeys() ([]CardKey, error) {
	var ks []CardKey
	err := tx.db.Order("made_at DESC, key_id").Find(&ks).Error
	return ks, err
}

// FirstCardKey stores the key of an office that has none, and tells whether it did: where another program was faster, nothing is stored.
func (tx *Tx) FirstCardKey(k CardKey) (bool, error) {
	r := tx.db.Exec("INSERT INTO card_keys (key_id, vault_id, recipient, made_at, lost, in_use) VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING",
		k.KeyID, k.VaultID, k.Recipient, millis(tx.now), false)
	return r.RowsAffected == 1, r.Error
}

// ReplaceCardKey retires the key in use and puts another one in its place. The cards are for the caller to seal anew.
func (tx *Tx) ReplaceCardKey(before CardKey, after *CardKey, lost bool) error {
	r := tx.db.Exec("UPDATE card_keys SET retired_at = ?, lost = ?, in_use = NULL WHERE key_id = ? AND in_use = 1", millis(tx.now), lost, before.KeyID)
	if err := changedOne(r); err != nil {
		return err
	}
	one := 1
	after.VaultID, after.MadeAt, after.InUse = before.VaultID, millis(tx.now), &one
	return tx.db.Create(after).Error
}
