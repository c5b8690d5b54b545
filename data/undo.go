package data

// Undo is a row of the journal from which deletions are undone: what was deleted, written in the transaction that deleted it.
type Undo struct {
	ID       int64
	Kind     string
	ClientID *int64
	Subject  string // how people call what was deleted
	Content  string // what was deleted, as JSON
	BlobID   *int64 // the contents of a file, which stay as long as this row
	At       int64  // milliseconds
	Who      string
	UndoneAt *int64
}

// TableName tells GORM the table.
func (Undo) TableName() string { return "undos" }

// AddUndo adds a row to the journal.
func (tx *Tx) AddUndo(u *Undo) error {
	u.At = millis(tx.now)
	return tx.db.Create(u).Error
}

// UndoToChange reads a row of the journal and keeps others from changing it until the transaction ends.
func (tx *Tx) UndoToChange(id int64) (Undo, error) {
	var u Undo
	err := translate(tx.db.Clauses(toChange).Take(&u, "id = ?", id).Error)
	return u, err
}

// LastUndo reads the newest row of a person that was not undone. ErrNotFound: there is none.
func (tx *Tx) LastUndo(who string) (Undo, error) {
	var u Undo
	err := translate(tx.db.Where("who = ? AND undone_at IS NULL", who).Order("id DESC").Limit(1).Take(&u).Error)
	return u, err
}

// SettleUndo marks a row as undone and empties it: what it held is back in its place. ErrNotFound: it was undone before.
func (tx *Tx) SettleUndo(id int64) error {
	now := millis(tx.now)
	return one(tx.db.Model(&Undo{}).Where("id = ? AND undone_at IS NULL", id).
		Updates(map[string]any{"undone_at": now, "content": "", "blob_id": nil}))
}

// ForgetUndos removes up to n rows that are older than an instant in milliseconds, and tells how many there were.
func (tx *Tx) ForgetUndos(before int64, n int) (int64, error) {
	r := tx.db.Exec("DELETE FROM undos WHERE id IN (SELECT id FROM undos WHERE at < ? ORDER BY at LIMIT ?)", before, n)
	return r.RowsAffected, r.Error
}
