//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"clientele/data"
)

// both are the figures of an act that is measured by processor and by wall time in the same rounds.
type both struct{ cpu, wall *figure }

// both begins the two figures of an act.
func (b *bench) both(goal int, act string) both {
	return both{&figure{goal: goal, act: act, n: b.n}, &figure{goal: goal, act: act + " (wall)", n: b.n}}
}

// all are the two figures with the samples of their kind.
func (f both) all() []struct {
	*figure
	of func(taken) time.Duration
} {
	return []struct {
		*figure
		of func(taken) time.Duration
	}{{f.cpu, func(t taken) time.Duration { return t.cpu }}, {f.wall, func(t taken) time.Duration { return t.wall }}}
}

// add takes the medians of the rounds, held against those in C. plain may have none.
func (f both) add(t *table, ours, plain, c []taken) {
	for _, x := range f.all() {
		mine, hand, theirs := make([]int64, len(ours)), make([]int64, len(plain)), make([]int64, len(c))
		for i := range ours {
			mine[i], theirs[i] = int64(x.of(ours[i])), int64(x.of(c[i]))
			x.ratios = append(x.ratios, float64(mine[i])/float64(max(1, theirs[i])))
		}
		for i := range plain {
			hand[i] = int64(x.of(plain[i]))
		}
		x.ours, x.plain, x.c = duration(mine), duration(hand), duration(theirs)
		t.add(x.figure)
	}
}

// once has C do one sample.
func (b *bench) once(ctx context.Context, ss []statement) (taken, error) {
	all, err := b.inC(ctx, [][]statement{ss})
	if err != nil {
		return taken{}, err
	}
	return all[0], nil
}

// backups is goal 19: a copy of all data while work goes on, and the same with the copy read again, which is what the program does each day.
func backups(ctx context.Context, b *bench) error {
	path := filepath.Join(b.dir, "backup.db")
	defer os.Remove(path)
	copied, verified := b.both(19, "back up"), b.both(19, "back up and verify")
	var ours, checked, inC []taken
	for round := range b.rounds + 1 {
		_ = os.Remove(path)
		c, err := b.once(ctx, []statement{{"VACUUM INTO ?", []any{path}}})
		if err != nil {
			return err
		}
		_ = os.Remove(path)
		own, err := take(func() error { return b.fixture.store.Backup(ctx, path) })
		if err != nil {
			return err
		}
		look, err := take(func() error {
			in, err := data.InspectQuickly(ctx, path)
			if err == nil && len(in.Wrong) > 0 {
				err = fmt.Errorf("the backup is not sound: %q", in.Wrong)
			}
			return err
		})
		if err != nil {
			return err
		}
		if round == 0 {
			continue
		}
		ours, checked, inC = append(ours, own), append(checked, taken{own.cpu + look.cpu, own.wall + look.wall}), append(inC, c)
	}
	copied.add(b.table, ours, nil, inC)
	verified.add(b.table, checked, nil, inC)
	for _, f := range []*figure{copied.cpu, copied.wall} {
		f.perClient = true
		f.ratio(2.3).flat(1.25)
	}
	return nil
}

// hurtInvoices is how many invoices a client has who is deleted or merged.
const hurtInvoices = 1000

// hurtful is goal 20: a client with a thousand invoices is deleted, and merged into another one. By hand it is the statements alone in one transaction, with none of the sums.
func hurtful(ctx context.Context, b *bench) error {
	if err := fillMoney(ctx, b); err != nil {
		return err
	}
	b.fixture.changed = true
	p, err := newPlain(b.fixture.path)
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.run(ctx, []statement{{"PRAGMA query_only = 0", nil}}); err != nil {
		return err
	}
	next := int64(b.n) // clients are taken from the end
	ready := func() (int64, error) {
		id := next
		next--
		return id, b.fixture.store.LongWrite(ctx, func(tx *data.Tx) error { return billClient(tx, id, invoicesEach, hurtInvoices) })
	}
	s := b.fixture.store
	remove := func(id int64) error {
		return s.LongWrite(ctx, func(tx *data.Tx) error {
			c, err := tx.ClientToChange(id)
			if err != nil {
				return err
			}
			_, err = tx.RemoveClient(c)
			return err
		})
	}
	merge := func(id int64) error {
		return s.LongWrite(ctx, func(tx *data.Tx) error {
			kept, err := tx.ClientToChange(1 + id%100)
			if err != nil {
				return err
			}
			gone, err := tx.ClientToChange(id)
			if err != nil {
				return err
			}
			gone.Currency = kept.Currency // the fixture's clients have many
			if err := tx.MergeClients(kept, gone, data.MergedClient{Name: "x", Who: "bench"}); err != nil {
				return err
			}
			return tx.Reindex(kept.ID)
		})
	}
	of := func(sql string, args ...any) statement { return statement{sql, args} }
	byHand := map[string]func(id int64) []statement{
		"delete": func(id int64) []statement {
			return []statement{
				of("BEGIN IMMEDIATE"),
				of("DELETE FROM invoice_lines WHERE invoice_id IN (SELECT id FROM invoices WHERE client_id = ?)", id),
				of("DELETE FROM payments WHERE invoice_id IN (SELECT id FROM invoices WHERE client_id = ?)", id),
				of("DELETE FROM invoices WHERE client_id = ?", id),
				of("UPDATE transactions SET client_id = NULL WHERE client_id = ?", id),
				of("COMMIT"),
			}
		},
		"merge": func(id int64) []statement {
			return []statement{
				of("BEGIN IMMEDIATE"),
				of("UPDATE invoices SET client_id = ? WHERE client_id = ?", 1+id%100, id),
				of("UPDATE transactions SET client_id = ? WHERE client_id = ?", 1+id%100, id),
				of("COMMIT"),
			}
		},
	}
	for _, act := range []struct {
		key, name string
		ours      func(int64) error
	}{{"delete", "delete a client with 1,000 invoices", remove}, {"merge", "merge a client with 1,000 invoices", merge}} {
		f := b.both(20, act.name)
		var ours, plain, inC []taken
		for round := range b.rounds + 1 {
			id, err := ready()
			if err != nil {
				return err
			}
			own, err := take(func() error { return act.ours(id) })
			if err != nil {
				return err
			}
			if id, err = ready(); err != nil {
				return err
			}
			hand, err := take(func() error { return p.run(ctx, byHand[act.key](id)) })
			if err != nil {
				return err
			}
			if id, err = ready(); err != nil {
				return err
			}
			c, err := b.once(ctx, byHand[act.key](id))
			if err != nil {
				return err
			}
			if round == 0 {
				continue
			}
			ours, plain, inC = append(ours, own), append(plain, hand), append(inC, c)
		}
		f.add(b.table, ours, plain, inC)
		f.cpu.ratio(8).flat(2)
		f.wall.ratio(8).flat(2)
	}
	return nil
}
