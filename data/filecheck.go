package data

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
)

// FileCheck is what CheckFiles found.
type FileCheck struct {
	Wrong    []string // what is wrong, named by client and file; the first ones
	Contents int64    // how many contents were compared with their sums
	Unnamed  int64    // how many nothing names: uploads that are under way or were cut off, and what waits to be swept away
}

// CheckFiles reads the contents of all files and compares them with what was stored. It calls step for each.
func (tx *Tx) CheckFiles(step func(int)) (r FileCheck, err error) {
	const most, some = 20, 500
	for after, more := int64(0), true; more && len(r.Wrong) < most; {
		var blobs []struct {
			Blob
			Free bool
		}
		if err := tx.db.Raw("SELECT id, size, sha256, ("+unnamed+") AS free FROM blobs WHERE id > ? ORDER BY id LIMIT ?", after, some).Scan(&blobs).Error; err != nil {
			return r, err
		}
		more = len(blobs) == some
		for _, b := range blobs {
			after = b.ID
			if b.Free {
				r.Unnamed++
				continue
			}
			fault, err := tx.faultOf(b.Blob)
			if err != nil {
				return r, err
			}
			if fault != "" && len(r.Wrong) < most {
				name, err := tx.blobName(b.ID)
				if err != nil {
					return r, err
				}
				r.Wrong = append(r.Wrong, name+": "+fault)
			}
			r.Contents++
			step(1)
		}
	}
	var sizes []File
	err = tx.db.Raw("SELECT f.* FROM files f JOIN blobs b ON b.id = f.blob_id WHERE f.size <> b.size ORDER BY f.id LIMIT ?", most).Scan(&sizes).Error
	for _, f := range sizes {
		r.Wrong = append(r.Wrong, fmt.Sprintf("client #%d, file “%s”: its size is not that of its contents", f.ClientID, f.Name))
	}
	return r, err
}

// CountContents tells how many contents there are, for the progress of a check.
func (tx *Tx) CountContents() (n int64, err error) {
	err = tx.db.Raw("SELECT count(*) FROM blobs").Scan(&n).Error
	return n, err
}

// faultOf reads contents and says in words what is wrong with them, or "".
func (tx *Tx) faultOf(b Blob) (string, error) {
	if b.SHA256 == nil {
		return "its contents were never finished", nil
	}
	var pieces []int64
	if err := tx.db.Raw("SELECT n FROM blob_chunks WHERE blob_id = ? ORDER BY n", b.ID).Scan(&pieces).Error; err != nil {
		return "", err
	}
	for n := range Chunks(b.Size) {
		if n >= int64(len(pieces)) || pieces[n] != n {
			return fmt.Sprintf("piece %d of its contents is missing", n+1), nil
		}
	}
	if int64(len(pieces)) > Chunks(b.Size) {
		return "its contents have more pieces than they should", nil
	}
	sum := sha256.New()
	for _, n := range pieces {
		piece, err := tx.ReadChunk(b.ID, n)
		if errors.Is(err, ErrDamaged) {
			return fmt.Sprintf("piece %d of its contents cannot be read", n+1), nil
		}
		if err != nil {
			return "", err
		}
		sum.Write(piece)
	}
	if !bytes.Equal(sum.Sum(nil), b.SHA256) {
		return "its contents are not what was uploaded", nil
	}
	return "", nil
}

// blobName is what people know contents by.
func (tx *Tx) blobName(id int64) (string, error) {
	for _, kind := range []struct{ sql, words string }{
		{"SELECT client_id AS owner, name FROM files WHERE blob_id = ? ORDER BY id LIMIT 1", "client #%d, file “%s”"},
		{"SELECT mail_id AS owner, name FROM mail_attachments WHERE blob_id = ? ORDER BY id LIMIT 1", "mail #%d, attachment “%s”"},
		{"SELECT coalesce(client_id, 0) AS owner, subject AS name FROM undos WHERE blob_id = ? ORDER BY id LIMIT 1", "client #%d, deleted file “%s”"},
	} {
		var named []struct {
			Owner int64
			Name  string
		}
		if err := tx.db.Raw(kind.sql, id).Scan(&named).Error; err != nil {
			return "", err
		}
		if len(named) > 0 {
			return fmt.Sprintf(kind.words, named[0].Owner, named[0].Name), nil
		}
	}
	return fmt.Sprintf("contents %d", id), nil
}
