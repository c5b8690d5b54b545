package data_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"clientele/app/card"
	"clientele/data"
	"clientele/data/datatest"
)

// newCard is a card that is sealed to a key, told apart by n.
func newCard(client int64, key string, n int) data.Card {
	c := data.Card{
		UUID: fmt.Sprintf("card-%04d", n), ClientID: client, Type: card.Visa, Last4: fmt.Sprintf("%04d", n), ExpMonth: 8, ExpYear: 2029, IssueNo: "02", CreatedBy: "test",
		KeyID: &key, Sealed: bytes.Repeat([]byte(fmt.Sprintf("sealed %06d!", n)), 6),
	}
	c.SetStart(card.Month{Year: 2025, Month: 3})
	return c
}

func firstKey(t *testing.T, s *data.Store) data.CardKey {
	t.Helper()
	k := data.CardKey{KeyID: "k1", VaultID: "v", Recipient: []byte("public")}
	err := s.Write(ctx, func(tx *data.Tx) error {
		made, err := tx.FirstCardKey(k)
		if err == nil && !made {
			err = errors.New("not made")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// CC-1, CL-2: a card is stored, found by its last four digits, changed, given to another client, and removed.
func TestCards(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		cs := datatest.Add(t, s, datatest.Client(1), datatest.Client(2))
		a, b := cs[0].ID, cs[1].ID
		k := firstKey(t, s)
		found := func(tx *data.Tx, text string) (ids []int64) {
			f, err := tx.Search(text, 10)
			if err != nil {
				t.Error(err)
			}
			for _, r := range f.Rows {
				ids = append(ids, r.ID)
			}
			return ids
		}
		err := s.Write(ctx, func(tx *data.Tx) error {
			if _, err := tx.Card(a); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("before there is one: %v", err)
			}
			c := newCard(a, k.KeyID, 9137)
			if err := tx.AddCard(&c); err != nil {
				return err
			}
			got, err := tx.Card(a)
			if err != nil {
				return err
			}
			if got.String() != "Visa •••• 9137" || got.Expiry().String() != "08/29" || got.Start().String() != "03/25" || !bytes.Equal(got.Sealed, c.Sealed) || *got.KeyID != "k1" {
				t.Errorf("%+v", got)
			}
			if ids := found(tx, "9137"); len(ids) != 1 || ids[0] != a {
				t.Errorf("found: %v", ids)
			}
			got.ExpYear = 2031
			got.SetStart(card.Month{})
			if err := tx.SetCardDates(got); err != nil {
				return err
			}
			if err := tx.SetCardDates(got); !errors.Is(err, data.ErrChanged) {
				t.Errorf("an old version: %v", err)
			}
			had, err := tx.MoveCard(a, b)
			if err != nil || !had {
				t.Errorf("moved %v, %v", had, err)
			}
			if ids := found(tx, "9137"); len(ids) != 1 || ids[0] != b {
				t.Errorf("found after moving: %v", ids)
			}
			if got, err = tx.Card(b); err != nil || got.UUID != c.UUID || !got.Start().IsZero() || got.ExpYear != 2031 {
				t.Errorf("%+v, %v", got, err)
			}
			list, err := tx.ExpiringCards(card.Month{Year: 2031, Month: 8})
			if err != nil || len(list) != 1 || list[0].ClientID != b || list[0].Sealed != nil {
				t.Errorf("expiring: %+v, %v", list, err)
			}
			all, byKey, err := tx.CardCounts()
			if err != nil || all != 1 || byKey["k1"] != 1 {
				t.Errorf("%d, %v, %v", all, byKey, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = s.Write(ctx, func(tx *data.Tx) error { c := newCard(b, k.KeyID, 1); return tx.AddCard(&c) })
		if !errors.Is(err, data.ErrDuplicate) {
			t.Errorf("a second card: %v", err)
		}
		err = s.Write(ctx, func(tx *data.Tx) error {
			for _, want := range []bool{true, false} {
				if had, err := tx.DeleteCard(b); had != want || err != nil {
					t.Errorf("removed %v, %v", had, err)
				}
			}
			if ids := found(tx, "9137"); len(ids) != 0 {
				t.Errorf("found after removing: %v", ids)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// CC-6: a key is replaced once, and there is one in use at most.
func TestCardKeys(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		first := firstKey(t, s)
		a := datatest.Add(t, s, datatest.Client(1))[0].ID
		err := s.Write(ctx, func(tx *data.Tx) error {
			if made, err := tx.FirstCardKey(data.CardKey{KeyID: "k2", VaultID: "w", Recipient: []byte("other")}); made || err != nil {
				t.Errorf("a second first key: %v, %v", made, err)
			}
			c := newCard(a, "k1", 1)
			if err := tx.AddCard(&c); err != nil {
				return err
			}
			after := data.CardKey{KeyID: "k2", Recipient: []byte("other")}
			if err := tx.ReplaceCardKey(first, &after, true); err != nil {
				return err
			}
			if err := tx.SealCard(c, "k2", []byte("anew")); err != nil {
				return err
			}
			cs, err := tx.CardsOfKey("k2", "", 10)
			if err != nil || len(cs) != 1 || string(cs[0].Sealed) != "anew" {
				t.Errorf("%+v, %v", cs, err)
			}
			k, err := tx.CardKeyToChange()
			if err != nil || k.KeyID != "k2" || k.VaultID != "v" {
				t.Errorf("%+v, %v", k, err)
			}
			ks, err := tx.CardKeys()
			if err != nil || len(ks) != 2 {
				t.Errorf("%+v, %v", ks, err)
			}
			for _, k := range ks {
				if (k.KeyID == "k1") != (k.Lost && k.RetiredAt != nil && k.InUse == nil) {
					t.Errorf("%+v", k)
				}
			}
			if n, err := tx.UnsealCards("k2"); n != 1 || err != nil {
				t.Errorf("%d, %v", n, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = s.Write(ctx, func(tx *data.Tx) error { return tx.ReplaceCardKey(first, &data.CardKey{KeyID: "k3"}, false) })
		if !errors.Is(err, data.ErrChanged) {
			t.Errorf("an old key is replaced: %v", err)
		}
	})
}

// CC-5, R20: of what was removed no byte is left, in the file or beside it; a reader puts that off, and the note that it is to be done outlives the program.
func TestScrub(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clientele.db")
	s := datatest.OpenWith(t, data.Options{Path: path, Now: datatest.Clock})
	k := firstKey(t, s)
	var made []data.Client
	for n := range 60 {
		made = append(made, datatest.Client(n))
	}
	clients := datatest.Add(t, s, made...)
	var sealed [][]byte
	for n, c := range clients {
		k := newCard(c.ID, k.KeyID, n)
		sealed = append(sealed, k.Sealed)
		if err := s.Write(ctx, func(tx *data.Tx) error { return tx.AddCard(&k) }); err != nil {
			t.Fatal(err)
		}
	}
	if traces(t, path, sealed[:1]) == 0 {
		t.Fatal("this test would not notice anything")
	}
	err := s.Snapshot(ctx, func(tx *data.Tx) error {
		if _, err := tx.Card(clients[0].ID); err != nil {
			return err
		}
		for _, c := range clients[:59] {
			err := s.Write(ctx, func(tx *data.Tx) error {
				_, err := tx.DeleteCard(c.ID)
				return errors.Join(err, tx.ToScrub())
			})
			if err != nil {
				return err
			}
		}
		if done, err := s.Scrub(ctx); done || err != nil {
			t.Errorf("beside a reader: %v, %v", done, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []bool{true, false} {
		err := s.Read(ctx, func(tx *data.Tx) error {
			if pending, err := tx.ScrubPending(); pending != want || err != nil {
				t.Errorf("pending %v, %v", pending, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if done, err := s.Scrub(ctx); !done || err != nil {
			t.Fatalf("%v, %v", done, err)
		}
	}
	if n := traces(t, path, sealed[:59]); n != 0 {
		t.Errorf("%d traces are left", n)
	}
	if traces(t, path, sealed[59:]) == 0 {
		t.Error("what was not removed is gone")
	}
}

// traces counts how often any of the values is in the file or beside it.
func traces(t *testing.T, path string, values [][]byte) (n int) {
	t.Helper()
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		b, err := os.ReadFile(path + suffix)
		if errors.Is(err, os.ErrNotExist) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			n += bytes.Count(b, v)
		}
	}
	return n
}
