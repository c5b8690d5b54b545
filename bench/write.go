//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"clientele/app"
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
	credit := func(tx *data.Tx) error {
		next++
		c, err := tx.Client(int64(1 + next%b.n))
		if err != nil {
			return err
		}
		if err := tx.MoveCredit(c, &data.CreditMove{Kind: data.CreditAdjustment, Date: day, Amount: 100, Currency: c.Currency, Who: "bench"}); err != nil {
			return err
		}
		return tx.AddActivity(data.Activity{Who: "bench", Action: "credit.adjusted", ClientID: &c.ID, Subject: c.LastName})
	}
	if err := b.save("save credit (wall)", func() error { return b.fixture.store.Write(ctx, credit) }); err != nil {
		return err
	}
	a := app.New(app.Params{Store: b.fixture.store, Now: time.Now, Who: "bench"})
	return b.save("add a client (wall)", func() error {
		next++
		m := made.Client(next)
		_, err := a.Clients.Add(ctx, app.NewClient{Key: fmt.Sprint("bench", next), Profile: app.Profile{
			FirstName: m.FirstName, LastName: m.LastName, Company: m.Company, Email: fmt.Sprintf("added%d.%s", next, m.Email),
			Address1: m.Address1, Address2: m.Address2, City: m.City, State: m.State, Postcode: m.Postcode, Country: m.Country,
			Phone: m.Phone, TaxID: m.TaxID, Currency: m.Currency, Language: m.Language, Status: data.Status(m.Status), Notes: m.Notes,
		}})
		return err
	})
}

// save measures an act and, in turn with each one, 4 KiB that are appended to a file and forced to the disk, since others use the disk too.
func (b *bench) save(name string, act func() error) error {
	const samples = 200
	f := &figure{goal: 17, act: name, n: b.n, against: "fdatasync"}
	file, err := os.CreateTemp(b.dir, "sync-")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	block := make([]byte, 4096)
	var ours, p99, forced []int64
	for round := range b.rounds + 1 {
		var own, disk []taken
		for range samples {
			t, err := take(func() error {
				if _, err := file.Write(block); err != nil {
					return err
				}
				return dataSync(file)
			})
			if err != nil {
				return err
			}
			disk = append(disk, t)
			if t, err = take(act); err != nil {
				return err
			}
			own = append(own, t)
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
