package data

// Import is one import of clients, which can be undone as a whole.
type Import struct {
	ID       int64
	Source   string // what kind of file
	FileName string
	RowsRead int64
	Imported int64
	Rejected int64
	FirstID  int64 // the numbers of the clients that came in
	LastID   int64
	At       int64
	Who      string
	UndoneAt *int64
	Origin   string // where the data came from, such as the address of the other program
	Report   string // what it came to, as JSON; empty for lists of clients
}

// TableName tells GORM the table.
func (Import) TableName() string { return "imports" }

// AddImport records an import.
func (tx *Tx) AddImport(i *Import) error {
	i.At = millis(tx.now)
	return tx.db.Create(i).Error
}

// FinishImport writes what an import came to.
func (tx *Tx) FinishImport(i *Import) error {
	return one(tx.db.Model(&Import{}).Where("id = ?", i.ID).Select("rows_read", "imported", "rejected", "first_id", "last_id").Updates(i))
}

// Imports lists the newest imports first.
func (tx *Tx) Imports(n int) ([]Import, error) {
	var is []Import
	err := tx.db.Order("id DESC").Limit(n).Find(&is).Error
	return is, err
}

// Import reads one.
func (tx *Tx) Import(id int64) (Import, error) {
	var i Import
	err := translate(tx.db.Take(&i, "id = ?", id).Error)
	return i, err
}

// ImportTouched tells how many clients of an import were changed since, or have anything that came later: they cannot be
// taken back unseen.
func (tx *Tx) ImportTouched(id int64) (int64, error) {
	var n int64
	err := tx.db.Raw(`SELECT count(*) FROM clients c WHERE import_id = ? AND (version > 1 OR password_hash <> '' OR services_total > 0 OR owed <> 0
		OR EXISTS (SELECT 1 FROM mails m WHERE m.client_id = c.id) OR EXISTS (SELECT 1 FROM contacts k WHERE k.client_id = c.id)
		OR EXISTS (SELECT 1 FROM files f WHERE f.client_id = c.id) OR EXISTS (SELECT 1 FROM cards d WHERE d.client_id = c.id))`, id).Scan(&n).Error
	return n, err
}

// UndoImport removes the clients that an import brought and marks it undone. It tells how many went.
func (tx *Tx) UndoImport(id int64, step func(int)) (int64, error) {
	var gone int64
	for {
		var cs []Client
		if err := tx.db.Clauses(toChange).Where("import_id = ?", id).Order("id").Limit(500).Find(&cs).Error; err != nil {
			return gone, err
		}
		if len(cs) == 0 {
			break
		}
		list := ids(cs)
		if err := tx.engine.unindex(tx.db, list); err != nil {
			return gone, err
		}
		for _, table := range []string{"custom_values", "credit_moves"} {
			if err := tx.db.Exec("DELETE FROM "+table+" WHERE client_id IN ?", list).Error; err != nil {
				return gone, err
			}
		}
		if err := tx.db.Exec("DELETE FROM clients WHERE id IN ?", list).Error; err != nil {
			return gone, err
		}
		for i := range cs {
			tx.count(&cs[i], -1)
		}
		gone += int64(len(cs))
		step(len(cs))
	}
	return gone, one(tx.db.Exec("UPDATE imports SET undone_at = ? WHERE id = ? AND undone_at IS NULL", millis(tx.now), id))
}
