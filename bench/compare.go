//go:build unix

package main

import "context"

// act is something measured in three ways.
type act struct {
	goal int
	name string
	// samples is how many a round has.
	samples int
	// ours does sample i through the program's own call.
	ours func(i int) error
	// plain are the statements of sample i as one would write them by hand.
	plain func(i int) []statement
	// anew: plain statements in Go run on a connection of their own each time.
	anew bool
}

// compare measures an act in turn with the plain ways and adds its line.
func (b *bench) compare(ctx context.Context, a act) (*figure, error) {
	byHand := make([][]statement, a.samples)
	for i := range byHand {
		byHand[i] = a.plain(i)
	}
	p, err := newPlain(b.fixture.path)
	if err != nil {
		return nil, err
	}
	defer p.close()
	f := &figure{goal: a.goal, act: a.name, n: b.n}
	var ours, p99, plain, inC []int64
	for round := range b.rounds + 1 {
		own, err := repeat(a.samples, a.ours)
		if err != nil {
			return nil, err
		}
		var hand []taken
		if !a.anew {
			if hand, err = repeat(a.samples, func(i int) error { return p.run(ctx, byHand[i]) }); err != nil {
				return nil, err
			}
		}
		c, err := b.inC(ctx, byHand)
		if err != nil {
			return nil, err
		}
		if round == 0 {
			continue // the first one fills caches
		}
		mine, theirs := cpuOf(own), cpuOf(c)
		ours = append(ours, int64(mine.p50()))
		p99 = append(p99, int64(mine.p99()))
		plain = append(plain, int64(cpuOf(hand).p50()))
		inC = append(inC, int64(theirs.p50()))
		f.ratios = append(f.ratios, float64(mine.p50())/float64(max(1, theirs.p50())))
	}
	f.ours, f.p99, f.plain, f.c = duration(ours), duration(p99), duration(plain), duration(inC)
	return b.table.add(f), nil
}

func repeat(n int, f func(i int) error) ([]taken, error) {
	all := make([]taken, n)
	for i := range all {
		t, err := take(func() error { return f(i) })
		if err != nil {
			return nil, err
		}
		all[i] = t
	}
	return all, nil
}
