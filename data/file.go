package data

// File is a file of a client (FI-1). Its contents are the blob's.
type File struct {
	ID         int64
	ClientID   int64
	BlobID     int64
	Title      string // how people call it
	Name       string // under which it is saved, with its extension
	Size       int64  // bytes
	AdminOnly  bool   // the client does not see it
	UploadedAt int64  // milliseconds
	UploadedBy string
	Version    int64 // grows with each change
}

// InsertFile adds a file whose blob is finished. A file that has a number keeps it, as one that is put back does.
func (tx *Tx) InsertFile(f *File) error {
	if f.Version == 0 {
		f.Version = 1
	}
	return tx.db.Create(f).Error
}

// File reads one file.
func (tx *Tx) File(id int64) (File, error) {
	var f File
	err := translate(tx.db.Take(&f, "id = ?", id).Error)
	return f, err
}

// FileToChange reads one file and keeps others from changing it until the transaction ends.
func (tx *Tx) FileToChange(id int64) (File, error) {
	var f File
	err := translate(tx.db.Clauses(toChange).Take(&f, "id = ?", id).Error)
	return f, err
}

// Files lists a client's files, newest first: up to n older than the file with the number before, or the newest where before is 0.
func (tx *Tx) Files(clientID, before int64, n int) ([]File, error) {
	db := tx.db.Where("client_id = ?", clientID)
	if before != 0 {
		db = db.Where("id < ?", before)
	}
	var fs []File
	err := db.Order("id DESC").Limit(n).Find(&fs).Error
	return fs, err
}

// FileTotals tells how many files a client has and how many bytes they hold.
func (tx *Tx) FileTotals(clientID int64) (count, size int64, err error) {
	err = tx.db.Raw("SELECT count(*), coalesce(sum(size), 0) FROM files WHERE client_id = ?", clientID).Row().Scan(&count, &size)
	return count, size, err
}

// FileTwin reads the newest other file of the same client with the same contents as one. ErrNotFound: there is none.
func (tx *Tx) FileTwin(id int64) (File, error) {
	var twin File
	err := translate(tx.db.Raw(`SELECT t.* FROM files f JOIN blobs b ON b.id = f.blob_id JOIN files t ON t.client_id = f.client_id AND t.size = f.size AND t.id <> f.id
		JOIN blobs c ON c.id = t.blob_id WHERE f.id = ? AND c.sha256 = b.sha256 ORDER BY t.id DESC LIMIT 1`, id).Take(&twin).Error)
	return twin, err
}

// UpdateFile writes title, name and Admin Only of a file as it was read before. ErrChanged: somebody else changed it meanwhile.
func (tx *Tx) UpdateFile(before File, after *File) error {
	after.Version = before.Version + 1
	r := tx.db.Model(&File{}).Where("id = ? AND version = ?", before.ID, before.Version).
		Updates(map[string]any{"title": after.Title, "name": after.Name, "admin_only": after.AdminOnly, "version": after.Version})
	if r.Error != nil {
		return r.Error
	}
	if r.RowsAffected != 1 {
		return ErrChanged
	}
	return nil
}

// DeleteFile removes a file. Its contents stay until they are swept away, so that the deletion can be undone.
func (tx *Tx) DeleteFile(id int64) error {
	return one(tx.db.Delete(&File{}, "id = ?", id))
}

// FilesForClient lists those files of a client that are not Admin Only, newest first, up to n.
func (tx *Tx) FilesForClient(clientID int64, n int) ([]File, error) {
	var fs []File
	err := tx.db.Where("client_id = ? AND NOT admin_only", clientID).Order("id DESC").Limit(n).Find(&fs).Error
	return fs, err
}
