//go:build unix

package main

import (
	"context"
	"errors"
	"runtime"
	"time"

	"clientele/app/sample"
	"clientele/data"
)

// errEnough ends the import that goal 18 runs beside; nothing of it stays.
var errEnough = errors.New("enough")

// besideImport is goal 18, by wall time: pages and searches while an import writes. On a machine that others use, the wall time of the slowest is how
// long these let us wait, alone as well, so beside it stands the processor time of the thread that reads: what the import costs the reader itself.
func besideImport(ctx context.Context, b *bench) error {
	typed := b.typed(4)
	for _, a := range []struct {
		name   string
		growth float64
		do     func(i int) error
	}{
		{"first page beside an import", 2, func(int) error { return readPage(ctx, b.fixture.store, data.ClientQuery{}, nil) }},
		// A search may grow as goal 3 lets it.
		{"search beside an import", 2.5, func(i int) error {
			return b.fixture.store.Read(ctx, func(tx *data.Tx) error {
				_, err := tx.Search(typed[i%len(typed)], page)
				return err
			})
		}},
	} {
		for _, m := range []struct {
			how    string
			repeat func(n int, f func(i int) error) ([]taken, error)
			figure func([]taken) samples
		}{
			{" (wall)", repeat, wallOf},
			{" (the reader's own processor time)", repeatHere, cpuOf},
		} {
			f := &figure{goal: 18, act: a.name + m.how, n: b.n, against: "alone"}
			var ours, p99, still []int64
			for range b.rounds {
				alone, err := m.repeat(300, a.do)
				if err != nil {
					return err
				}
				beside, err := b.whileImporting(ctx, func() ([]taken, error) { return m.repeat(300, a.do) })
				if err != nil {
					return err
				}
				mine, theirs := m.figure(beside), m.figure(alone)
				if theirs.p50() == 0 {
					continue // not known on this system
				}
				ours = append(ours, int64(mine.p50()))
				p99 = append(p99, int64(mine.p99()))
				still = append(still, int64(theirs.p50()))
				f.ratios = append(f.ratios, float64(mine.p50())/float64(theirs.p50()))
			}
			if len(ours) == 0 {
				continue
			}
			f.ours, f.p99, f.beside = duration(ours), duration(p99), duration(still)
			b.table.add(f).ratio(3).within(50 * time.Millisecond).flat(a.growth)
		}
	}
	return nil
}

// repeatHere is repeat on one thread, whose own processor time it takes.
func repeatHere(n int, f func(i int) error) ([]taken, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	all := make([]taken, n)
	for i := range all {
		start := threadCPU()
		if err := f(i); err != nil {
			return nil, err
		}
		all[i] = taken{cpu: threadCPU() - start}
	}
	return all, nil
}

// whileImporting runs f while clients are imported, and takes the import back after it.
func (b *bench) whileImporting(ctx context.Context, f func() ([]taken, error)) ([]taken, error) {
	begun, done := make(chan struct{}), make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- b.fixture.store.LongWrite(ctx, func(tx *data.Tx) error {
			finish, err := tx.Bulk(1000) // so few that the indexes are kept in step: the costlier way
			if err != nil {
				return err
			}
			made := sample.New(3, day)
			for i := 0; ; {
				cs := make([]data.Client, 500)
				for k := range cs {
					cs[k] = client(made, i)
					cs[k].EmailKey = "import." + cs[k].EmailKey
					i++
				}
				if err := tx.InsertClients(cs); err != nil {
					return err
				}
				if i == len(cs) {
					close(begun)
				}
				select {
				case <-done:
					return errors.Join(finish(func(int) {}), errEnough)
				default:
				}
			}
		})
	}()
	select {
	case <-begun:
	case err := <-ended:
		return nil, err
	}
	all, err := f()
	close(done)
	if e := <-ended; !errors.Is(e, errEnough) {
		return nil, e
	}
	return all, err
}
