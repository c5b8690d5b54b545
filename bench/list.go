//go:build unix

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"clientele/data"
)

// page is how many rows the list reads at once.
const page = 50

const columns = "id, first_name, last_name, company, email, services_active, services_total, credit, currency, created, status, group_id"

// firstPage is goal 1.
func firstPage(ctx context.Context, b *bench) error {
	f, err := b.compare(ctx, act{
		goal: 1, name: "first page of the list", samples: 500,
		ours: func(int) error { return readPage(ctx, b.fixture.store, data.ClientQuery{}, nil) },
		plain: func(int) []statement {
			return []statement{{"SELECT " + columns + ", sort_key, id FROM clients ORDER BY sort_key, id LIMIT 50", nil}}
		},
	})
	if err != nil {
		return err
	}
	f.ratio(8).within(2 * time.Millisecond).flat(2)
	return nil
}

func readPage(ctx context.Context, s *data.Store, q data.ClientQuery, at data.Cursor) error {
	return s.Read(ctx, func(tx *data.Tx) error {
		rows, _, err := tx.Clients(q, at, false, page)
		if err == nil && len(rows) == 0 {
			err = fmt.Errorf("an empty page after %v", at)
		}
		return err
	})
}

// sorts are the list's, each with the columns of its index.
var sorts = []struct {
	by      data.ClientSort
	columns []string
}{
	{data.ByLastName, []string{"sort_key", "id"}},
	{data.ByFirstName, []string{"first_key", "id"}},
	{data.ByCompany, []string{"company_key", "id"}},
	{data.ByEmail, []string{"email_key"}},
	{data.ByServices, []string{"services_active", "id"}},
	{data.ByCredit, []string{"credit", "id"}},
	{data.ByOwed, []string{"owed", "id"}},
	{data.ByCreated, []string{"created", "id"}},
	{data.ByStatus, []string{"status", "sort_key", "id"}},
	{data.ByID, []string{"id"}},
}

// furtherPages is goal 2: pages anywhere in the list, in each of its orders and in both directions.
func furtherPages(ctx context.Context, b *bench) error {
	for _, s := range sorts {
		for _, down := range []bool{false, true} {
			name := "further page by " + string(s.by)
			if down {
				name += ", descending"
			}
			const samples = 200
			places, err := b.places(ctx, s.columns, samples)
			if err != nil {
				return err
			}
			byHand := make([][]statement, samples)
			for i := range byHand {
				if byHand[i], err = b.pageByHand(ctx, s.columns, places[i], down); err != nil {
					return err
				}
			}
			f, err := b.compare(ctx, act{
				goal: 2, name: name, samples: samples,
				ours: func(i int) error {
					return readPage(ctx, b.fixture.store, data.ClientQuery{Sort: s.by, Descending: down}, places[i])
				},
				plain: func(i int) []statement { return byHand[i] },
			})
			if err != nil {
				return err
			}
			f.ratio(8).flat(2)
		}
	}
	return nil
}

// pageByHand are the statements of a page after a place: the rows that share all but the last of the sort's columns with it, then those
// that share fewer, until the page is full. One comparison of whole rows would be shorter to write and walk all that share the first column.
func (b *bench) pageByHand(ctx context.Context, keys []string, at data.Cursor, down bool) ([]statement, error) {
	p, err := newPlain(b.fixture.path)
	if err != nil {
		return nil, err
	}
	defer p.close()
	op, direction := ">", ""
	if down {
		op, direction = "<", " DESC"
	}
	list := strings.Join(keys, ", ")
	var all []statement
	left := page
	for same := len(keys) - 1; same >= 0 && left > 0; same-- {
		where := ""
		for _, k := range keys[:same] {
			where += k + " = ? AND "
		}
		s := statement{
			fmt.Sprintf("SELECT %s, %s FROM clients WHERE %s%s %s ? ORDER BY %s%s LIMIT ?", columns, list, where, keys[same], op, strings.Join(keys, direction+", "), direction),
			append(append([]any{}, at[:same+1]...), int64(left)),
		}
		all = append(all, s)
		ids, err := p.ids(ctx, s)
		if err != nil {
			return nil, err
		}
		left -= len(ids)
	}
	return all, nil
}

// places are places in the middle of the list: the keys of clients taken at random, but not so near an end that a page would be empty.
func (b *bench) places(ctx context.Context, keys []string, n int) ([]data.Cursor, error) {
	p, err := newPlain(b.fixture.path)
	if err != nil {
		return nil, err
	}
	defer p.close()
	random := rand.New(rand.NewPCG(1, uint64(b.n)))
	places := make([]data.Cursor, 0, n)
	for len(places) < n {
		at := make(data.Cursor, len(keys))
		dest := make([]any, len(keys))
		for i := range at {
			dest[i] = &at[i]
		}
		id := 1 + random.Int64N(int64(b.n))
		if err := p.db.QueryRowContext(ctx, "SELECT "+strings.Join(keys, ", ")+" FROM clients WHERE id = ?", id).Scan(dest...); err != nil {
			return nil, err
		}
		if keys[0] == "id" && (id < page || id > int64(b.n-page)) {
			continue
		}
		places = append(places, at)
	}
	return places, nil
}

// open is goal 7: the data layer from nothing to the first page.
func open(ctx context.Context, b *bench) error {
	// A file in use has its log beside it; closing the fixture's store folds that in, as at a start of the program.
	if err := b.fixture.close(); err != nil {
		return err
	}
	f, err := b.compare(ctx, act{
		goal: 7, name: "open, check, first page", samples: 30, anew: true,
		ours: func(int) error {
			s, err := openStore(ctx, b.fixture.path)
			if err != nil {
				return err
			}
			defer s.Close()
			return readPage(ctx, s, data.ClientQuery{}, nil)
		},
		plain: func(int) []statement {
			return []statement{{}, {"SELECT " + columns + ", sort_key, id FROM clients ORDER BY sort_key, id LIMIT 50", nil}}
		},
	})
	if err != nil {
		return err
	}
	f.want("p50 ≤ 10ms", f.ours <= 10*time.Millisecond).flat(2)
	b.fixture.store, err = openStore(ctx, b.fixture.path)
	return err
}
