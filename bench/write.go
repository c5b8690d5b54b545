//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"clientele/app/sample"
	"clientele/data"
)

// importClients is goal 14. The first import is the one that made the fixture.
func importClients(ctx context.Context, b *bench) error {
	f := &figure{goal: 14, act: "import with search index", n: b.n, perClient: true}
	rounds := b.rounds
	if b.n > 200_000 {
		rounds = 1 // minutes each
	}
	var ours, inC []int64
	for round := range rounds {
		mine := b.fixture.filled
		if round > 0 || mine == 0 {
			var err error
			if mine, err = b.importOnce(ctx); err != nil {
				return err
			}
		}
		c, err := b.importInC(ctx)
		if err != nil {
			return err
		}
		ours = append(ours, int64(mine))
		inC = append(inC, int64(c))
		f.ratios = append(f.ratios, float64(mine)/float64(c))
	}
	f.ours, f.c = duration(ours), duration(inC)
	b.table.add(f).ratio(4).flat(10.0 / 8)
	return nil
}

func (b *bench) importOnce(ctx context.Context) (time.Duration, error) {
	path := b.path("import.db")
	defer removeDatabase(path)
	s, err := openStore(ctx, path)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	return fill(ctx, s, b.n)
}

// saves is goal 17, by wall time, as it waits for the disk: what an admin saves, and beside it so many bytes forced to the disk.
func saves(ctx context.Context, b *bench) error {
	b.fixture.changed = true
	made := sample.New(2, day)
	next := 0
	if err := b.save(ctx, "save credit (wall)", func(tx *data.Tx) error {
		next++
		c, err := tx.Client(int64(1 + next%b.n))
		if err != nil {
			return err
		}
		if err := tx.MoveCredit(c, &data.CreditMove{Kind: data.CreditAdjustment, Date: day, Amount: 100, Currency: c.Currency, Who: "bench"}); err != nil {
			return err
		}
		return tx.AddActivity(data.Activity{Who: "bench", Action: "credit.adjusted", ClientID: &c.ID, Subject: c.LastName})
	}); err != nil {
		return err
	}
	return b.save(ctx, "add a client (wall)", func(tx *data.Tx) error {
		next++
		c := client(made, next)
		c.Email = fmt.Sprintf("added%d.%s", next, c.Email)
		c.EmailKey = fmt.Sprintf("added%d.%s", next, c.EmailKey)
		if err := tx.InsertClient(&c); err != nil {
			return err
		}
		return tx.AddActivity(data.Activity{Who: "bench", Action: "client.added", ClientID: &c.ID, Subject: c.LastName})
	})
}

func (b *bench) save(ctx context.Context, name string, act func(*data.Tx) error) error {
	const samples = 200
	f := &figure{goal: 17, act: name, n: b.n, against: "fdatasync"}
	var ours, p99, forced []int64
	for round := range b.rounds + 1 {
		disk, err := b.syncs(samples)
		if err != nil {
			return err
		}
		own, err := repeat(samples, func(int) error { return b.fixture.store.Write(ctx, act) })
		if err != nil {
			return err
		}
		if round == 0 {
			continue
		}
		mine, theirs := wallOf(own), wallOf(disk)
		ours = append(ours, int64(mine.p50()))
		p99 = append(p99, int64(mine.p99()))
		forced = append(forced, int64(theirs.p50()))
		f.ratios = append(f.ratios, float64(mine.p50())/float64(theirs.p50()))
	}
	f.ours, f.p99, f.beside = duration(ours), duration(p99), duration(forced)
	b.table.add(f).ratio(5)
	return nil
}

// syncs appends 4 KiB to a file and forces them to the disk, again and again.
func (b *bench) syncs(n int) ([]taken, error) {
	f, err := os.CreateTemp(b.dir, "sync-")
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	block := make([]byte, 4096)
	return repeat(n, func(int) error {
		if _, err := f.Write(block); err != nil {
			return err
		}
		return dataSync(f)
	})
}
