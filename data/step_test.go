package data_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"clientele/data"
	"clientele/data/datatest"
)

// CL-2, CL-5: whatever is done to clients, in one transaction or many, index, texts and counts follow.
func TestIndexAndCountsFollowEachChange(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		next := 0
		fresh := func(n int, imported *int64) []data.Client {
			cs := randomClients(n)
			for i := range cs {
				next++
				cs[i].EmailKey, cs[i].ImportID = fmt.Sprintf("key%d", next), imported
			}
			return cs
		}
		datatest.Add(t, s, fresh(20, nil)...)
		rapid.Check(t, func(rt *rapid.T) {
			err := s.Write(ctx, func(tx *data.Tx) error {
				for range rapid.IntRange(1, 3).Draw(rt, "acts") {
					if err := change(rt, tx, fresh); err != nil {
						return err
					}
				}
				if rapid.IntRange(0, 4).Draw(rt, "fails") == 0 {
					return errTakenBack
				}
				return nil
			})
			if err != nil && !errors.Is(err, errTakenBack) {
				rt.Fatal(err)
			}
		})
		sound(t, s)
		err := s.Read(ctx, func(tx *data.Tx) error {
			var all []data.Client
			err := tx.EachClient(data.ClientFilter{}, func(cs []data.Client) error {
				all = append(all, cs...)
				return nil
			})
			for _, q := range []string{"anna", "jur", "x", "7", "zz"} {
				begin, rest := model(all, q)
				found, err := tx.Search(q, 10)
				if err != nil || found.Total != min(1000, len(begin)+len(rest)) {
					t.Errorf("%q: %d found, want %d (%v)", q, found.Total, len(begin)+len(rest), err)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

var errTakenBack = errors.New("taken back")

// change does one random act.
func change(rt *rapid.T, tx *data.Tx, fresh func(int, *int64) []data.Client) error {
	ids, err := tx.ClientIDs(data.ClientFilter{}, 0, 1000)
	if err != nil {
		return err
	}
	some := func() []int64 {
		from := rapid.IntRange(0, len(ids)-1).Draw(rt, "from")
		return ids[from:min(len(ids), from+rapid.IntRange(1, 5).Draw(rt, "count"))]
	}
	switch rapid.IntRange(0, 5).Draw(rt, "act") {
	case 0:
		return tx.InsertClients(fresh(rapid.IntRange(1, 4).Draw(rt, "n"), nil))
	case 1:
		before, err := tx.Client(some()[0])
		if err != nil {
			return err
		}
		after := before
		after.LastName = rapid.SampledFrom(pieces).Draw(rt, "name")
		after.Notes = rapid.SampledFrom(pieces).Draw(rt, "notes")
		after.Country = rapid.SampledFrom([]string{"GB", "DE"}).Draw(rt, "country")
		return tx.UpdateProfile(before, &after)
	case 2:
		_, err := tx.SetStatus(some(), rapid.SampledFrom([]data.Status{data.Active, data.Inactive, data.Closed}).Draw(rt, "status"))
		return err
	case 3:
		groups, err := tx.Groups()
		if err != nil {
			return err
		}
		g := data.Group{Name: fmt.Sprintf("group %d", len(groups)), Colour: "#000000"} // only the newest is ever deleted
		if err := tx.SaveGroup(&g); err != nil {
			return err
		}
		if _, err := tx.SetGroup(some(), g.ID); err != nil {
			return err
		}
		if rapid.Bool().Draw(rt, "leave") {
			if _, err := tx.LeaveGroup(g.ID); err != nil {
				return err
			}
			return tx.DeleteGroup(g.ID)
		}
		return nil
	case 4:
		before, err := tx.Client(some()[0])
		if err != nil {
			return err
		}
		amount := rapid.Int64Range(1, 900).Draw(rt, "amount")
		if before.Credit != 0 && rapid.Bool().Draw(rt, "all of it") {
			amount = -before.Credit
		}
		return tx.MoveCredit(before, &data.CreditMove{Kind: data.CreditAdjustment, Date: before.Created, Amount: amount, Currency: before.Currency})
	}
	run := data.Import{Source: "csv", FileName: "f.csv", Who: "test"}
	if err := tx.AddImport(&run); err != nil {
		return err
	}
	finish, err := tx.Bulk(int64(rapid.SampledFrom([]int{1, 5000}).Draw(rt, "announced")))
	if err != nil {
		return err
	}
	if err := tx.InsertClients(fresh(rapid.IntRange(1, 9).Draw(rt, "n"), &run.ID)); err != nil {
		return err
	}
	if err := finish(func(int) {}); err != nil {
		return err
	}
	if rapid.Bool().Draw(rt, "undo") {
		_, err = tx.UndoImport(run.ID, func(int) {})
	}
	return err
}

// An import that fills empty data, then one that adds to it; progress tells of each client once.
func TestBulkImport(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		made := sampled()
		for _, n := range []int{2500, 700} {
			told := 0
			err := s.LongWrite(ctx, func(tx *data.Tx) error {
				finish, err := tx.Bulk(int64(n))
				if err != nil {
					return err
				}
				cs := make([]data.Client, n)
				for i := range cs {
					cs[i] = made(i + n) // 700 to 1400 and 2500 to 5000 do not overlap
				}
				if err := tx.InsertClients(cs); err != nil {
					return err
				}
				if cs[0].ID == 0 || cs[n-1].ID != cs[0].ID+int64(n)-1 {
					t.Errorf("numbers from %d to %d for %d clients", cs[0].ID, cs[n-1].ID, n)
				}
				return finish(func(n int) { told += n })
			})
			if err != nil {
				t.Fatal(err)
			}
			if s.Engine() == "SQLite" && told != n {
				t.Errorf("progress of %d clients, not %d", told, n)
			}
		}
		sound(t, s)
	})
}

// An import that is stopped leaves nothing, and the indexes it had taken down are there.
func TestBulkImportStopped(t *testing.T) {
	s := datatest.Open(t)
	stopped, stop := context.WithCancel(ctx)
	err := s.LongWrite(stopped, func(tx *data.Tx) error {
		finish, err := tx.Bulk(5000)
		if err != nil {
			return err
		}
		if err := tx.InsertClients(randomClients(600)); err != nil {
			return err
		}
		stop()
		return finish(func(int) {})
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("a stopped import ended with %v", err)
	}
	var indexes int
	if err := s.Reader().Raw("SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'clients'").Scan(&indexes).Error; err != nil || indexes < 12 {
		t.Errorf("%d indexes are left (%v)", indexes, err)
	}
	err = s.Read(ctx, func(tx *data.Tx) error {
		n, _, err := tx.CountClients(data.ClientFilter{})
		if n != 0 {
			t.Errorf("%d clients are left", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	sound(t, s)
}

// Every text that can come in comes out as it was, through the import's own way too.
func TestTextsComeBackAsTheyWere(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		texts := append(slices.Clone(pieces), "", "a\tb\nc", "\u2028", `{"json": [1]}`, "\u007f", "null", "1e5", "-0", "9007199254740993", "'; DROP TABLE clients; --")
		for i, text := range texts {
			c := datatest.Client(i)
			c.FirstName, c.Notes, c.TaxExempt, c.Credit = text, text, i%2 == 0, 1<<62+int64(i)
			expires := int64(i)
			if i%3 == 0 {
				c.PasswordExpiresAt = &expires
			}
			c = datatest.Add(t, s, c)[0]
			err := s.Read(ctx, func(tx *data.Tx) error {
				got, err := tx.Client(c.ID)
				if c.PasswordExpiresAt != nil && (got.PasswordExpiresAt == nil || *got.PasswordExpiresAt != expires) {
					t.Errorf("%q: expires %v", text, got.PasswordExpiresAt)
				}
				got.PasswordExpiresAt, c.PasswordExpiresAt = nil, nil
				if got != c {
					t.Errorf("%q came back as\n%+v, was\n%+v", text, got, c)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A lease is held by one at a time, on each engine, and given back.
func TestLease(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		release, ok, err := s.Lease(ctx, "outbox")
		if err != nil || !ok {
			t.Fatalf("the first: %v, %v", ok, err)
		}
		if _, ok, err := s.Lease(ctx, "outbox"); err != nil || ok {
			t.Errorf("a second at the same time: %v, %v", ok, err)
		}
		other, ok, err := s.Lease(ctx, "backup")
		if err != nil || !ok {
			t.Errorf("one of another name: %v, %v", ok, err)
		} else {
			other()
		}
		release()
		var wg sync.WaitGroup
		var mu sync.Mutex
		held := 0
		var releases []func()
		for range 8 {
			wg.Go(func() {
				release, ok, err := s.Lease(ctx, "outbox")
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					t.Error(err)
				}
				if ok {
					held++
					releases = append(releases, release)
				}
			})
		}
		wg.Wait()
		if held != 1 {
			t.Errorf("%d of 8 got it", held)
		}
		for _, r := range releases {
			r()
		}
	})
}
