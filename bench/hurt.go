//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"clientele/data"
)

// backups is goal 19: a copy of all data while work goes on, and the same with the copy read again, which is what the program does each day.
func backups(ctx context.Context, b *bench) error {
	p, err := newPlain(b.fixture.path)
	if err != nil {
		return err
	}
	defer p.close()
	f := &figure{goal: 19, act: "back up and verify (wall)", n: b.n, against: "VACUUM INTO"}
	var ours, p99, plain []int64
	path := filepath.Join(b.dir, "backup.db")
	defer os.Remove(path)
	for round := range b.rounds + 1 {
		_ = os.Remove(path)
		hand, err := take(func() error { return p.run(ctx, []statement{{"VACUUM INTO ?", []any{path}}}) })
		if err != nil {
			return err
		}
		_ = os.Remove(path)
		own, err := take(func() error {
			if err := b.fixture.store.Backup(ctx, path); err != nil {
				return err
			}
			in, err := data.Inspect(ctx, path)
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
		ours, p99, plain = append(ours, int64(own.wall)), append(p99, int64(own.wall)), append(plain, int64(hand.wall))
		f.ratios = append(f.ratios, float64(own.wall)/float64(hand.wall))
	}
	f.ours, f.p99, f.beside = duration(ours), duration(p99), duration(plain)
	b.table.add(f)
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
	}{{"delete", "delete a client with 1,000 invoices (wall)", remove}, {"merge", "merge a client with 1,000 invoices (wall)", merge}} {
		f := &figure{goal: 20, act: act.name, n: b.n, against: "by hand"}
		var ours, p99, plain []int64
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
			if round == 0 {
				continue
			}
			ours, p99, plain = append(ours, int64(own.wall)), append(p99, int64(own.wall)), append(plain, int64(hand.wall))
			f.ratios = append(f.ratios, float64(own.wall)/float64(hand.wall))
		}
		f.ours, f.p99, f.beside = duration(ours), duration(p99), duration(plain)
		b.table.add(f).ratio(8)
	}
	return nil
}
