package data_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"testing"

	"clientele/data"
	"clientele/data/datatest"
)

// put stores a blob in one go and returns its number.
func put(t *testing.T, s *data.Store, content []byte) int64 {
	t.Helper()
	var id int64
	err := s.Write(ctx, func(tx *data.Tx) (err error) {
		if id, err = tx.NewBlob(); err != nil {
			return err
		}
		var n int64
		for rest := content; len(rest) > 0; n++ {
			chunk := rest[:min(len(rest), data.ChunkSize)]
			if err := tx.AppendBlob(id, n, chunk); err != nil {
				return err
			}
			rest = rest[len(chunk):]
		}
		sum := sha256.Sum256(content)
		return tx.FinishBlob(id, int64(len(content)), sum[:])
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// content is n bytes of which no two neighbouring chunks are alike.
func content(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i * i >> 7)
	}
	return b
}

// FI-2: what was put in pieces comes out the same, whatever its size; a finished blob takes nothing more.
func TestBlob(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		for _, size := range []int{0, 1, data.ChunkSize - 1, data.ChunkSize, data.ChunkSize + 1, 3 * data.ChunkSize} {
			want := content(size)
			id := put(t, s, want)
			var got []byte
			err := s.Read(ctx, func(tx *data.Tx) error {
				b, err := tx.Blob(id)
				if err != nil {
					return err
				}
				sum := sha256.Sum256(want)
				if b.Size != int64(size) || !bytes.Equal(b.SHA256, sum[:]) {
					t.Errorf("%d bytes: the blob says %d bytes, %x", size, b.Size, b.SHA256)
				}
				for n := range data.Chunks(b.Size) {
					chunk, err := tx.ReadChunk(id, n)
					if err != nil {
						return err
					}
					got = append(got, chunk...)
				}
				if _, err := tx.ReadChunk(id, data.Chunks(b.Size)); !errors.Is(err, data.ErrNotFound) {
					t.Errorf("%d bytes: behind the end: %v", size, err)
				}
				return nil
			})
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%d bytes: came back as %d: %v", size, len(got), err)
			}
			for name, act := range map[string]func(tx *data.Tx) error{
				"append": func(tx *data.Tx) error { return tx.AppendBlob(id, 9, []byte("x")) },
				"finish": func(tx *data.Tx) error { return tx.FinishBlob(id, 1, nil) },
			} {
				if err := s.Write(ctx, act); !errors.Is(err, data.ErrNotFound) {
					t.Errorf("%s after the end: %v", name, err)
				}
			}
		}
	})
}

// A blob goes once nothing names it and nothing was added for a while, a few chunks at a time.
func TestDropBlob(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		client := datatest.Add(t, s, datatest.Client(1))[0]
		named, unnamed := put(t, s, content(5)), put(t, s, content(20*data.ChunkSize))
		err := s.Write(ctx, func(tx *data.Tx) error {
			return tx.InsertFile(&data.File{ClientID: client.ID, BlobID: named, Name: "a.txt", Title: "a", Size: 5})
		})
		if err != nil {
			t.Fatal(err)
		}
		now := datatest.Now.UnixMilli()
		list := func(before int64) (ids []int64) {
			if err := s.Read(ctx, func(tx *data.Tx) (err error) { ids, _, _, err = tx.UnnamedBlobs(0, before, 10); return err }); err != nil {
				t.Fatal(err)
			}
			return ids
		}
		drop := func(id, before int64) (gone bool) {
			if err := s.Write(ctx, func(tx *data.Tx) (err error) { gone, err = tx.DropBlob(id, before); return err }); err != nil {
				t.Fatal(err)
			}
			return gone
		}
		if ids := list(now); len(ids) != 0 {
			t.Errorf("%v may go although they were written to just now", ids)
		}
		if ids := list(now + 1); len(ids) != 1 || ids[0] != unnamed {
			t.Errorf("%v may go, want only %d", ids, unnamed)
		}
		if !drop(unnamed, now) || !drop(named, now+1) || len(list(now+1)) != 1 {
			t.Error("a blob that must stay was dropped")
		}
		steps := 1
		for !drop(unnamed, now+1) {
			steps++
		}
		if steps != 3 || len(list(now+1)) != 0 {
			t.Errorf("twenty chunks went in %d steps, and %v are left", steps, list(now+1))
		}
		err = s.Read(ctx, func(tx *data.Tx) error { _, err := tx.ReadChunk(named, 0); return err })
		if err != nil {
			t.Errorf("the named one is gone: %v", err)
		}
	})
}

// Goal 18 by its shape: no transaction writes more than a few chunks.
func TestFewChunksAtOnce(t *testing.T) {
	s := datatest.Open(t)
	err := s.Write(ctx, func(tx *data.Tx) error {
		id, err := tx.NewBlob()
		if err != nil {
			return err
		}
		return tx.AppendBlob(id, 0, make([][]byte, data.MostChunks+1)...)
	})
	if err == nil {
		t.Errorf("more than %d chunks were written at once", data.MostChunks)
	}
}
