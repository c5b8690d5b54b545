package data

import (
	"fmt"

	"gorm.io/gorm"
)

// blobEngine is what only one engine does about contents.
type blobEngine interface {
	// forgetPages gives back the memory in which contents that were written before are still held, which nobody reads again soon.
	forgetPages(db *gorm.DB) error
}

func (e *sqliteEngine) forgetPages(db *gorm.DB) error { return db.Exec("PRAGMA shrink_memory").Error }

func (e *postgresEngine) forgetPages(*gorm.DB) error { return nil }

// ChunkSize is how many bytes a chunk of a blob holds. The last one may hold fewer, and a blob of no bytes has none.
const ChunkSize = 256 << 10

// MostChunks is how many chunks one transaction writes or removes at most: whoever else wants to write waits no longer than that takes.
const MostChunks = 8

// Blob is the contents of a file or of a mail's attachment, kept in chunks. While it is being written it has no sum, and nothing may name it.
// Once it is finished it never changes.
type Blob struct {
	ID        int64
	Size      int64  // bytes; 0 until it is finished
	SHA256    []byte `gorm:"column:sha256"` // over all of it; nil until it is finished
	TouchedAt int64  // milliseconds: when it was last written to
}

// Chunks tells how many chunks a blob of this size has.
func Chunks(size int64) int64 { return (size + ChunkSize - 1) / ChunkSize }

// NewBlob begins a blob and returns its number. Until FinishBlob it belongs to nobody and is swept away once nothing was added for a while.
func (tx *Tx) NewBlob() (int64, error) {
	b := Blob{TouchedAt: millis(tx.now)}
	err := tx.db.Create(&b).Error
	return b.ID, err
}

// AppendBlob adds chunks to a blob that is being written; the first of them gets the number n, counted from 0. Each but the blob's last one must
// be ChunkSize long, and there are MostChunks at most. ErrNotFound: the blob is finished or was swept away.
func (tx *Tx) AppendBlob(id, n int64, chunks ...[]byte) error {
	if len(chunks) > MostChunks {
		return fmt.Errorf("data: %d chunks at once", len(chunks))
	}
	if err := tx.engine.forgetPages(tx.db); err != nil {
		return err
	}
	if err := tx.touchBlob(id, nil); err != nil {
		return err
	}
	for i, bytes := range chunks {
		if err := tx.db.Exec("INSERT INTO blob_chunks (blob_id, n, bytes) VALUES (?, ?, ?)", id, n+int64(i), bytes).Error; err != nil {
			return err
		}
	}
	return nil
}

// FinishBlob says how large a blob became, in bytes, and what its SHA-256 is. Whatever names it must be written in the same transaction.
// ErrNotFound: it is finished already, or was swept away.
func (tx *Tx) FinishBlob(id, size int64, sha256 []byte) error {
	if err := tx.engine.forgetPages(tx.db); err != nil {
		return err
	}
	return tx.touchBlob(id, map[string]any{"size": size, "sha256": sha256})
}

// touchBlob changes a blob that is being written.
func (tx *Tx) touchBlob(id int64, set map[string]any) error {
	if set == nil {
		set = map[string]any{}
	}
	set["touched_at"] = millis(tx.now)
	return one(tx.db.Model(&Blob{}).Where("id = ? AND sha256 IS NULL", id).Updates(set))
}

// Blob reads what is known of a blob, without its contents.
func (tx *Tx) Blob(id int64) (Blob, error) {
	var b Blob
	err := translate(tx.db.Take(&b, "id = ?", id).Error)
	return b, err
}

// ReadChunk reads the chunk with the number n, counted from 0. ErrNotFound: there is none.
func (tx *Tx) ReadChunk(id, n int64) ([]byte, error) {
	var bytes []byte
	err := translate(tx.db.Raw("SELECT bytes FROM blob_chunks WHERE blob_id = ? AND n = ?", id, n).Row().Scan(&bytes))
	return bytes, err
}

// unnamed is the condition that nothing names a blob.
const unnamed = `NOT EXISTS (SELECT 1 FROM files f WHERE f.blob_id = blobs.id)
	AND NOT EXISTS (SELECT 1 FROM mail_attachments a WHERE a.blob_id = blobs.id)
	AND NOT EXISTS (SELECT 1 FROM undos u WHERE u.blob_id = blobs.id)`

// UnnamedBlobs looks at up to n blobs with numbers above after, and lists those that nothing names and that were last written to before an instant in
// milliseconds. last is the number of the last one that it looked at; more tells whether others may follow it.
func (tx *Tx) UnnamedBlobs(after, before int64, n int) (free []int64, last int64, more bool, err error) {
	var looked []struct {
		ID   int64
		Free bool
	}
	err = tx.db.Raw("SELECT id, (touched_at < ? AND "+unnamed+") AS free FROM blobs WHERE id > ? ORDER BY id LIMIT ?", before, after, n).Scan(&looked).Error
	last = after
	for _, b := range looked {
		if last = b.ID; b.Free {
			free = append(free, b.ID)
		}
	}
	return free, last, len(looked) == n, err
}

// DropBlob removes up to MostChunks chunks of a blob that nothing names, the last ones first, and the blob itself with the last of them; gone tells whether it is.
// A blob that something names by now, or that was written to since an instant in milliseconds, is left alone and counts as gone.
func (tx *Tx) DropBlob(id, before int64) (gone bool, err error) {
	if err := tx.engine.forgetPages(tx.db); err != nil {
		return false, err
	}
	var found []int64
	// The lock keeps an upload on another desktop from going on with it until this transaction ends.
	err = tx.db.Model(&Blob{}).Clauses(toChange).
		Where("id = ? AND touched_at < ? AND "+unnamed, id, before).Pluck("id", &found).Error
	if err != nil || len(found) == 0 {
		return true, err
	}
	r := tx.db.Exec(`DELETE FROM blob_chunks WHERE blob_id = ? AND n IN (SELECT n FROM blob_chunks WHERE blob_id = ? ORDER BY n DESC LIMIT ?)`, id, id, MostChunks)
	if r.Error != nil || r.RowsAffected == MostChunks {
		return false, r.Error
	}
	return true, one(tx.db.Delete(&Blob{}, "id = ?", id))
}
