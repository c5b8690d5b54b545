package data_test

import (
	"errors"
	"fmt"
	"testing"

	"clientele/data"
	"clientele/data/datatest"
)

// FI-1, FI-2: files page from the newest on, and of two who change the same one the second is told.
func TestFiles(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		cs := datatest.Add(t, s, datatest.Client(1), datatest.Client(2))
		blob := put(t, s, content(10))
		err := s.Write(ctx, func(tx *data.Tx) error {
			for i := range 7 {
				f := data.File{ClientID: cs[i%2].ID, BlobID: blob, Title: fmt.Sprint(i), Name: fmt.Sprint(i, ".txt"), Size: 10, AdminOnly: i%2 == 0}
				if err := tx.InsertFile(&f); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var titles string
		var first data.File
		err = s.Read(ctx, func(tx *data.Tx) error {
			for before := int64(0); ; {
				fs, err := tx.Files(cs[0].ID, before, 3)
				if err != nil || len(fs) == 0 {
					return err
				}
				for _, f := range fs {
					titles += f.Title
				}
				first = fs[len(fs)-1]
				before = first.ID
			}
		})
		if err != nil || titles != "6420" {
			t.Errorf("paged %q: %v", titles, err)
		}
		err = s.Read(ctx, func(tx *data.Tx) error {
			n, size, err := tx.FileTotals(cs[0].ID)
			if n != 4 || size != 40 {
				t.Errorf("%d files with %d bytes", n, size)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		change := func(before data.File, title string) error {
			return s.Write(ctx, func(tx *data.Tx) error {
				after := before
				after.Title = title
				return tx.UpdateFile(before, &after)
			})
		}
		if err := change(first, "one"); err != nil {
			t.Error(err)
		}
		if err := change(first, "two"); !errors.Is(err, data.ErrChanged) {
			t.Errorf("the second change gave %v", err)
		}
		var kept data.File
		err = s.Write(ctx, func(tx *data.Tx) (err error) {
			if kept, err = tx.FileToChange(first.ID); err != nil {
				return err
			}
			if err := tx.DeleteFile(first.ID); err != nil {
				return err
			}
			return tx.InsertFile(&kept)
		})
		if err != nil || kept.ID != first.ID || kept.Title != "one" || kept.Version != 2 {
			t.Errorf("put back as %+v: %v", kept, err)
		}
	})
}
