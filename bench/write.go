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

// addClient is goal 17, by wall time, as it waits for the disk: a client is added, and beside it so many bytes are forced to the disk.
func addClient(ctx context.Context, b *bench) error {
	const samples = 200
	made := sample.New(2, day)
	f := &figure{goal: 17, act: "add a client (wall)", n: b.n, against: "fdatasync"}
	b.fixture.changed = true
	next := 0
	var ours, p99, sync []int64
	for round := range b.rounds + 1 {
		disk, err := b.syncs(samples)
		if err != nil {
			return err
		}
		own, err := repeat(samples, func(int) error {
			next++
			c := client(made, next)
			c.Email = fmt.Sprintf("added%d.%s", next, c.Email)
			c.EmailKey = fmt.Sprintf("added%d.%s", next, c.EmailKey)
			return b.fixture.store.Write(ctx, func(tx *data.Tx) error {
				if err := tx.InsertClient(&c); err != nil {
					return err
				}
				return tx.AddActivity(data.Activity{Who: "bench", Action: "client.added", ClientID: &c.ID, Subject: c.LastName})
			})
		})
		if err != nil {
			return err
		}
		if round == 0 {
			continue
		}
		mine, theirs := wallOf(own), wallOf(disk)
		ours = append(ours, int64(mine.p50()))
		p99 = append(p99, int64(mine.p99()))
		sync = append(sync, int64(theirs.p50()))
		f.ratios = append(f.ratios, float64(mine.p50())/float64(theirs.p50()))
	}
	f.ours, f.p99 = duration(ours), duration(p99)
	f.act += fmt.Sprintf("; fdatasync %s", short(duration(sync)))
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
