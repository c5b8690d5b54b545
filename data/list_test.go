package data_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"clientele/app/date"
	"clientele/app/fold"
	"clientele/data"
	"clientele/data/datatest"
)

// listClients are clients with many equal values in each column that the list sorts and filters by.
func listClients(n int) []data.Client {
	r := rand.New(rand.NewPCG(3, 3))
	cs := randomClients(n)
	for i := range cs {
		c := &cs[i]
		c.Country = []string{"GB", "DE", "JP", "US"}[r.IntN(4)]
		c.GroupID = int64(r.IntN(3))
		c.ServicesActive = int64(r.IntN(3))
		c.Credit = int64(r.IntN(3)) * 500
		c.Owed = int64(r.IntN(3)) * 700
		c.Created = date.MustNew(2020+r.IntN(4), time.January, 1+r.IntN(3))
	}
	return cs
}

var filters = map[string]struct {
	filter data.ClientFilter
	keep   func(data.Client) bool
}{
	"all":        {data.ClientFilter{}, func(data.Client) bool { return true }},
	"status":     {data.ClientFilter{Statuses: []data.Status{data.Active}}, func(c data.Client) bool { return c.Status == data.Active }},
	"statuses":   {data.ClientFilter{Statuses: []data.Status{data.Active, data.Closed}}, func(c data.Client) bool { return c.Status != data.Inactive }},
	"group":      {data.ClientFilter{Group: 2}, func(c data.Client) bool { return c.GroupID == 2 }},
	"country":    {data.ClientFilter{Country: "DE"}, func(c data.Client) bool { return c.Country == "DE" }},
	"credit":     {data.ClientFilter{HasCredit: true}, func(c data.Client) bool { return c.Credit > 0 }},
	"owes":       {data.ClientFilter{Owes: true}, func(c data.Client) bool { return c.Owed > 0 }},
	"since":      {data.ClientFilter{CreatedFrom: date.MustNew(2022, 1, 2)}, func(c data.Client) bool { return !c.Created.Before(date.MustNew(2022, 1, 2)) }},
	"until":      {data.ClientFilter{CreatedTo: date.MustNew(2022, 1, 2)}, func(c data.Client) bool { return !date.MustNew(2022, 1, 2).Before(c.Created) }},
	"together":   {data.ClientFilter{Statuses: []data.Status{data.Active}, Country: "GB", HasCredit: true}, func(c data.Client) bool { return c.Status == data.Active && c.Country == "GB" && c.Credit > 0 }},
	"none match": {data.ClientFilter{Country: "XX"}, func(data.Client) bool { return false }},
}

// order is each sort's order, as CL-1 has it; the number tells equal ones apart.
var order = map[data.ClientSort]func(a, b data.Client) int{
	data.ByID: func(a, b data.Client) int { return cmp.Compare(a.ID, b.ID) },
	data.ByFirstName: func(a, b data.Client) int {
		return cmp.Or(strings.Compare(fold.Key(a.FirstName, a.LastName), fold.Key(b.FirstName, b.LastName)), cmp.Compare(a.ID, b.ID))
	},
	data.ByLastName: byLastName,
	data.ByCompany: func(a, b data.Client) int {
		return cmp.Or(strings.Compare(fold.Key(a.Company), fold.Key(b.Company)), cmp.Compare(a.ID, b.ID))
	},
	data.ByEmail: func(a, b data.Client) int { return strings.Compare(a.EmailKey, b.EmailKey) },
	data.ByServices: func(a, b data.Client) int {
		return cmp.Or(cmp.Compare(a.ServicesActive, b.ServicesActive), cmp.Compare(a.ID, b.ID))
	},
	data.ByCredit: func(a, b data.Client) int { return cmp.Or(cmp.Compare(a.Credit, b.Credit), cmp.Compare(a.ID, b.ID)) },
	data.ByOwed:   func(a, b data.Client) int { return cmp.Or(cmp.Compare(a.Owed, b.Owed), cmp.Compare(a.ID, b.ID)) },
	data.ByCreated: func(a, b data.Client) int {
		return cmp.Or(cmp.Compare(a.Created.Days(), b.Created.Days()), cmp.Compare(a.ID, b.ID))
	},
	data.ByStatus: func(a, b data.Client) int { return cmp.Or(cmp.Compare(a.Status, b.Status), byLastName(a, b)) },
}

func byLastName(a, b data.Client) int {
	return cmp.Or(strings.Compare(fold.Key(a.LastName, a.FirstName), fold.Key(b.LastName, b.FirstName)), cmp.Compare(a.ID, b.ID))
}

// CL-1: each sort, direction and filter pages through exactly the right rows, forward and backward, without a gap or a repeat.
func TestPagesAreTheWholeList(t *testing.T) {
	t.Run("gathered and sorted", func(t *testing.T) { pagesAreTheWholeList(t) })
	t.Run("picked out of the index", func(t *testing.T) {
		data.SetRare(t, 0)
		pagesAreTheWholeList(t)
	})
}

func pagesAreTheWholeList(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		cs := datatest.Add(t, s, listClients(120)...)
		if len(order) != len(data.Sorts()) {
			t.Fatalf("the model has %d sorts, the list %d", len(order), len(data.Sorts()))
		}
		for by, compare := range order {
			for name, f := range filters {
				for _, down := range []bool{false, true} {
					q := data.ClientQuery{Filter: f.filter, Sort: by, Descending: down}
					want := expected(cs, f.keep, compare, down)
					if got := pages(t, s, q, false, 17); !slices.Equal(got, want) {
						t.Errorf("%s by %s, descending %v: forward %v, want %v", name, by, down, got, want)
					}
					if got := pages(t, s, q, true, 19); !slices.Equal(got, want) {
						t.Errorf("%s by %s, descending %v: backward %v, want %v", name, by, down, got, want)
					}
				}
			}
		}
		for name, f := range filters {
			err := s.Read(ctx, func(tx *data.Tx) error {
				n, exact, err := tx.CountClients(f.filter)
				if want := len(expected(cs, f.keep, order[data.ByID], false)); int(n) != want || !exact {
					t.Errorf("%s: %d clients counted (exact %v), want %d", name, n, exact, want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func expected(cs []data.Client, keep func(data.Client) bool, compare func(a, b data.Client) int, down bool) []int64 {
	var kept []data.Client
	for _, c := range cs {
		if keep(c) {
			kept = append(kept, c)
		}
	}
	slices.SortFunc(kept, compare)
	if down {
		slices.Reverse(kept)
	}
	ids := []int64{}
	for _, c := range kept {
		ids = append(ids, c.ID)
	}
	return ids
}

// pages walks the list to its other end and returns the numbers in the list's order.
func pages(t *testing.T, s *data.Store, q data.ClientQuery, back bool, n int) []int64 {
	t.Helper()
	all := []int64{}
	var at data.Cursor
	for range 1000 {
		var rows []data.ClientRow
		var keys []data.Cursor
		err := s.Read(ctx, func(tx *data.Tx) (err error) {
			rows, keys, err = tx.Clients(q, at, back, n)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var ids []int64
		for _, r := range rows {
			ids = append(ids, r.ID)
		}
		if back {
			all = append(ids, all...)
		} else {
			all = append(all, ids...)
		}
		if len(rows) < n {
			return all
		}
		at = keys[len(keys)-1]
		if back {
			at = keys[0]
		}
	}
	t.Fatal("the list does not end")
	return nil
}

// Clients who come and go while one pages neither repeat nor hide those who stay.
func TestPagesWhileTheListChanges(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		cs := datatest.Add(t, s, randomClients(100)...)
		imported := data.Import{Source: "csv", FileName: "more.csv", Who: "test"}
		var seen []int64
		var at data.Cursor
		for step := range 1000 {
			var rows []data.ClientRow
			var keys []data.Cursor
			err := s.Read(ctx, func(tx *data.Tx) (err error) {
				rows, keys, err = tx.Clients(data.ClientQuery{}, at, false, 7)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				seen = append(seen, r.ID)
			}
			if len(rows) == 0 {
				break
			}
			at = keys[len(keys)-1]
			err = s.Write(ctx, func(tx *data.Tx) error {
				if imported.ID != 0 {
					if _, err := tx.UndoImport(imported.ID, func(int) {}); err != nil {
						return err
					}
				}
				imported = data.Import{Source: "csv", FileName: fmt.Sprint(step), Who: "test"}
				if err := tx.AddImport(&imported); err != nil {
					return err
				}
				more := randomClients(120)[100:]
				for i := range more {
					more[i].EmailKey = fmt.Sprintf("more%d.%d", step, i)
					more[i].ImportID = &imported.ID
				}
				return tx.InsertClients(more)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		stayed := map[int64]int{}
		for _, id := range seen {
			stayed[id]++
			if stayed[id] > 1 {
				t.Errorf("client %d was shown twice", id)
			}
		}
		for _, c := range cs {
			if stayed[c.ID] != 1 {
				t.Errorf("client %d was shown %d times", c.ID, stayed[c.ID])
			}
		}
		sound(t, s)
	})
}

// The marks by which a long list jumps are the places of each nth row.
func TestMarks(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		datatest.Add(t, s, listClients(100)...)
		err := s.Read(ctx, func(tx *data.Tx) error {
			for _, by := range data.Sorts() {
				q := data.ClientQuery{Sort: by}
				_, places, err := tx.Clients(q, nil, false, 100)
				if err != nil {
					return err
				}
				var at data.Cursor
				for _, i := range []int{29, 59, 89} {
					if at, err = tx.ClientMarks(q, at, 30); err != nil {
						return err
					}
					if fmt.Sprint(at) != fmt.Sprint(places[i]) {
						t.Errorf("by %s: mark %v, want %v", by, at, places[i])
					}
				}
				if at, err = tx.ClientMarks(q, at, 30); err != nil || at != nil {
					t.Errorf("by %s: a mark %v past the end (%v)", by, at, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
