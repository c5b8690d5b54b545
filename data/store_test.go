package data_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"clientele/data"
	"clientele/data/datatest"
)

var ctx = context.Background()

// R30: nobody but the owner reads the files.
func TestFilesBelongToTheOwnerAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a?b #c%20 ü.db")
	s := datatest.OpenWith(t, data.Options{Path: path, Now: datatest.Clock})
	datatest.Add(t, s, datatest.Client(1))
	copied := path + ".copy"
	if err := os.WriteFile(copied, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(ctx, copied); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Dir(path) + "/*")
	if len(files) < 3 {
		t.Fatalf("files: %v", files)
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", f, info.Mode())
		}
	}
}

// The fault table of the trust page: what is not ours, is broken or is missing is refused and left as it was.
func TestOpenRefuses(t *testing.T) {
	whole := func(t *testing.T) string {
		path := filepath.Join(t.TempDir(), "c.db")
		s, err := data.Open(ctx, data.Options{Path: path, Now: datatest.Clock})
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		return path
	}
	for name, c := range map[string]struct {
		make func(t *testing.T) data.Options
		want error
	}{
		"text file": {func(t *testing.T) data.Options {
			p := filepath.Join(t.TempDir(), "c.db")
			os.WriteFile(p, []byte("a list of clients, really"), 0o600)
			return data.Options{Path: p}
		}, data.ErrForeign},
		"folder": {func(t *testing.T) data.Options { return data.Options{Path: t.TempDir()} }, data.ErrForeign},
		"missing": {func(t *testing.T) data.Options {
			return data.Options{Path: filepath.Join(t.TempDir(), "no.db"), MustExist: true}
		}, data.ErrMissing},
		"newer": {func(t *testing.T) data.Options {
			p := whole(t)
			patch(t, p, 60, []byte{0, 0, 3, 231})
			return data.Options{Path: p}
		}, data.ErrNewer},
		"another program's": {func(t *testing.T) data.Options {
			p := whole(t)
			patch(t, p, 68, []byte{1, 2, 3, 4})
			return data.Options{Path: p}
		}, data.ErrForeign},
		"damaged": {func(t *testing.T) data.Options {
			p := whole(t)
			patch(t, p, 100, slices.Repeat([]byte{0xee}, 4000))
			return data.Options{Path: p}
		}, data.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			o := c.make(t)
			o.Now = datatest.Clock
			before, _ := os.ReadFile(o.Path)
			s, err := data.Open(ctx, o)
			if err == nil {
				s.Close()
			}
			if !errors.Is(err, c.want) {
				t.Fatalf("opened with %v, want %v", err, c.want)
			}
			if after, _ := os.ReadFile(o.Path); string(after) != string(before) {
				t.Error("the file was changed")
			}
		})
	}
}

func patch(t *testing.T, path string, at int64, b []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt(b, at); err != nil {
		t.Fatal(err)
	}
}

func TestWriteIsAllOrNothing(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		fail := errors.New("no")
		committed := false
		err := s.Write(ctx, func(tx *data.Tx) error {
			tx.AfterCommit(func() { committed = true })
			if err := tx.InsertClients([]data.Client{datatest.Client(1)}); err != nil {
				return err
			}
			return fail
		})
		if !errors.Is(err, fail) || committed {
			t.Fatalf("err %v, told of a commit %v", err, committed)
		}
		err = s.Read(ctx, func(tx *data.Tx) error {
			n, _, err := tx.CountClients(data.ClientFilter{})
			found, err2 := tx.Search("first1", 10)
			if n != 0 || len(found.Rows) != 0 {
				t.Errorf("%d clients, %d found", n, len(found.Rows))
			}
			return errors.Join(err, err2)
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestReaderRefusesWrites(t *testing.T) {
	s := datatest.Open(t)
	err := s.Read(ctx, func(tx *data.Tx) error { return tx.SetSetting("a", "b") })
	if err == nil || !strings.Contains(err.Error(), "readonly") {
		t.Errorf("a reader wrote: %v", err)
	}
	s.SetReadOnly()
	if err := s.Write(ctx, func(*data.Tx) error { return nil }); !errors.Is(err, data.ErrReadOnly) {
		t.Errorf("Write of a read-only store: %v", err)
	}
}

func TestDuplicateEmail(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		datatest.Add(t, s, datatest.Client(1))
		err := s.Write(ctx, func(tx *data.Tx) error {
			c := datatest.Client(1)
			return tx.InsertClient(&c)
		})
		if !errors.Is(err, data.ErrDuplicate) {
			t.Errorf("second client with the address: %v", err)
		}
	})
}

// Many writers at once: none fails, nothing is lost (R7 in small; CR-9 for adjustments).
func TestConcurrentWriters(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		c := datatest.Add(t, s, datatest.Client(0))[0]
		const writers, each = 8, 10
		var wg sync.WaitGroup
		errs := make(chan error, writers*each)
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					for {
						err := s.Write(ctx, func(tx *data.Tx) error {
							now, err := tx.Client(c.ID)
							if err != nil {
								return err
							}
							m := data.CreditMove{Kind: data.CreditAdjustment, Date: c.Created, Amount: 3, Currency: "GBP"}
							if err := tx.MoveCredit(now, &m); err != nil {
								return err
							}
							id := c.ID
							return tx.AddActivity(data.Activity{Who: fmt.Sprint(w), Action: "test", ClientID: &id, Details: fmt.Sprint(i)})
						})
						if errors.Is(err, data.ErrChanged) {
							continue // another writer was faster: read again
						}
						errs <- err
						break
					}
				}
			})
		}
		wg.Wait()
		close(errs)
		for err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
		err := s.Snapshot(ctx, func(tx *data.Tx) error {
			got, err := tx.Client(c.ID)
			if err != nil {
				return err
			}
			if got.Credit != writers*each*3 {
				t.Errorf("credit %d, want %d", got.Credit, writers*each*3)
			}
			broken, n, _, err := tx.CheckActivity(func(int) {})
			if broken != "" || n != writers*each {
				t.Errorf("activity: %q after %d lines", broken, n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		sound(t, s)
	})
}

// sound fails the test where any of the store's own checks finds something.
func sound(t *testing.T, s *data.Store) {
	t.Helper()
	wrong, err := s.Integrity(ctx, false)
	if err != nil {
		t.Fatal(err)
	}
	index, err := s.CheckSearchIndex(ctx)
	if err != nil {
		t.Fatal(err)
	}
	wrong = append(wrong, index...)
	err = s.LongSnapshot(ctx, func(tx *data.Tx) error {
		counts, err := tx.CheckCounts()
		if err != nil {
			return err
		}
		search, _, err := tx.CheckSearch(func(int) {})
		wrong = append(append(wrong, counts...), search...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrong {
		t.Error(w)
	}
}

func TestActivityChainNamesTheChangedLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.db")
	s := datatest.OpenWith(t, data.Options{Path: path, Now: func() time.Time { return datatest.Now }})
	err := s.Write(ctx, func(tx *data.Tx) error {
		for i := range 5 {
			if err := tx.AddActivity(data.Activity{Who: "Ann", Action: "test", Details: fmt.Sprintf("line number %d", i+1)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(string(b), "line number 3")
	if at < 0 {
		t.Fatal("the line is not in the file")
	}
	patch(t, path, int64(at), []byte("LINE"))
	s = datatest.OpenWith(t, data.Options{Path: path, Now: datatest.Clock})
	err = s.Read(ctx, func(tx *data.Tx) error {
		broken, _, _, err := tx.CheckActivity(func(int) {})
		if broken != "line 3 of the activity log was changed" {
			t.Errorf("found %q", broken)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
