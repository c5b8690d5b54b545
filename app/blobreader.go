package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"

	"clientele/app/i18n"
	"clientele/data"
)

// blobReader reads the contents of a file from the store, a chunk at a time, each in a short transaction of its own: a slow reader holds nobody up. At the
// end it compares their sum, so that what is damaged is never taken for what was stored.
type blobReader struct {
	c    *core
	ctx  context.Context // an io.Reader takes none
	blob data.Blob
	next int64  // the chunk that is read next
	rest []byte // of the chunk that was read last
	sum  hash.Hash
}

// openBlob begins to read contents.
func (c *core) openBlob(ctx context.Context, id int64) (*blobReader, error) {
	r := &blobReader{c: c, ctx: ctx, sum: sha256.New()}
	err := c.read(ctx, func(tx *data.Tx) (err error) {
		r.blob, err = tx.Blob(id)
		return err
	})
	return r, err
}

// Read is for io.Reader. Its errors are such that Explain has words for them.
func (r *blobReader) Read(b []byte) (int, error) {
	for len(r.rest) == 0 {
		if r.next == data.Chunks(r.blob.Size) {
			if !bytes.Equal(r.sum.Sum(nil), r.blob.SHA256) {
				return 0, errDamagedFile()
			}
			return 0, io.EOF
		}
		err := r.c.read(r.ctx, func(tx *data.Tx) (err error) {
			r.rest, err = tx.ReadChunk(r.blob.ID, r.next)
			return err
		})
		switch {
		case CodeOf(err) == NotFound, err == nil && len(r.rest) == 0:
			return 0, errDamagedFile()
		case err != nil:
			return 0, err
		}
		r.next++
		r.sum.Write(r.rest)
	}
	n := copy(b, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// errContents is the cause where contents are not what was stored.
var errContents = errors.New("app: contents differ from their sum")

func errDamagedFile() error {
	return &Error{
		Code: Unavailable, Err: errContents,
		Message: i18n.T("The contents of this file are damaged: they are not what was stored. Restore it from a backup."),
	}
}
