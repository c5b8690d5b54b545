package data

// Note is a formatted text that an admin wrote about a client. A sticky one is shown on every tab of the client's page.
type Note struct {
	ID        int64
	ClientID  int64
	Body      string // as it was typed
	Sticky    bool
	CreatedAt int64 `gorm:"autoCreateTime:false"` // milliseconds
	CreatedBy string
	UpdatedAt int64 `gorm:"autoUpdateTime:false"` // milliseconds; of the text, not of the stickiness
	UpdatedBy string
	Version   int64 // counts the texts, so that two admins do not overwrite each other
}

// TableName tells GORM the table.
func (Note) TableName() string { return "notes" }

// Edited tells whether the text is not the first one any more.
func (n Note) Edited() bool { return n.Version > 1 }

// Notes lists a client's notes, newest first: up to n that are older than the note before, or the newest where before is 0.
func (tx *Tx) Notes(clientID, before int64, n int) ([]Note, error) {
	db := tx.db.Where("client_id = ?", clientID)
	if before != 0 {
		db = db.Where("id < ?", before)
	}
	var notes []Note
	err := db.Order("id DESC").Limit(n).Find(&notes).Error
	return notes, err
}

// StickyNotes lists up to n of a client's sticky notes, newest first.
func (tx *Tx) StickyNotes(clientID int64, n int) ([]Note, error) {
	sticky := "sticky"
	if tx.engine.name() == sqliteName {
		sticky = "sticky = 1" // as the index on sticky notes has it
	}
	var notes []Note
	err := tx.db.Where("client_id = ? AND "+sticky, clientID).Order("id DESC").Limit(n).Find(&notes).Error
	return notes, err
}

// Note reads a note.
func (tx *Tx) Note(id int64) (Note, error) {
	var n Note
	err := translate(tx.db.Take(&n, "id = ?", id).Error)
	return n, err
}

// NoteToChange reads a note and keeps others from changing it until the transaction ends.
func (tx *Tx) NoteToChange(id int64) (Note, error) {
	var n Note
	err := translate(tx.db.Clauses(toChange).Take(&n, "id = ?", id).Error)
	return n, err
}

// AddNote adds a note under a new number.
func (tx *Tx) AddNote(n *Note) error {
	n.CreatedAt, n.UpdatedAt, n.UpdatedBy, n.Version = millis(tx.now), millis(tx.now), n.CreatedBy, 1
	return tx.RestoreNote(n)
}

// RestoreNote adds a note as it is: under its number, where it has one, and with the author and the times that it says.
func (tx *Tx) RestoreNote(n *Note) error {
	if err := tx.db.Create(n).Error; err != nil {
		return err
	}
	return tx.reindex(n.ClientID)
}

// SetNoteText gives a note another text. ErrChanged: it is not the version before any more.
func (tx *Tx) SetNoteText(before Note, body, who string) error {
	r := tx.db.Model(&Note{}).Where("id = ? AND version = ?", before.ID, before.Version).
		Updates(map[string]any{"body": body, "updated_at": millis(tx.now), "updated_by": who, "version": before.Version + 1})
	switch {
	case r.Error != nil:
		return r.Error
	case r.RowsAffected != 1:
		return ErrChanged
	}
	return tx.reindex(before.ClientID)
}

// SetNoteSticky lets a note be shown on every tab, or no longer. Its text, and with it its version, stays.
func (tx *Tx) SetNoteSticky(id int64, sticky bool) error {
	return one(tx.db.Model(&Note{}).Where("id = ?", id).Updates(map[string]any{"sticky": sticky}))
}

// DeleteNote removes a note.
func (tx *Tx) DeleteNote(n Note) error {
	if err := one(tx.db.Delete(&Note{}, "id = ?", n.ID)); err != nil {
		return err
	}
	return tx.reindex(n.ClientID)
}
