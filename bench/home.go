//go:build unix

package main

import (
	"context"
	"fmt"
	"time"

	"clientele/app"
	"clientele/app/date"
)

// dashboard is goal 5: what Home shows, beside the scans of all invoices and transactions that its sums stand for. Both have to say the same.
func dashboard(ctx context.Context, b *bench) error {
	if err := fillMoney(ctx, b); err != nil {
		return err
	}
	p, err := newPlain(b.fixture.path)
	if err != nil {
		return err
	}
	defer p.close()
	a := b.app()
	f := &figure{goal: 5, act: "Home", n: b.n, against: "a scan"}
	var ours, p99, scans []int64
	for round := range b.rounds + 1 {
		mine, err := repeat(100, func(int) error { _, err := a.Home.Stands(ctx); return err })
		if err != nil {
			return err
		}
		scan, err := repeat(3, func(int) error { _, _, err := scanned(ctx, p); return err })
		if err != nil {
			return err
		}
		if round == 0 {
			continue // the first one fills caches
		}
		m, s := cpuOf(mine), cpuOf(scan)
		ours, p99, scans = append(ours, int64(m.p50())), append(p99, int64(m.p99())), append(scans, int64(s.p50()))
		f.ratios = append(f.ratios, float64(m.p50())/float64(max(1, s.p50())))
	}
	owed, in, err := scanned(ctx, p)
	if err != nil {
		return err
	}
	st, err := a.Home.Stands(ctx)
	if err != nil {
		return err
	}
	for _, c := range st.Currencies {
		name := string(c.Currency)
		var months int64
		for _, m := range c.Months {
			months += m.In.Minor
		}
		if c.Owed().Balance.Minor != owed[name] || months != in[name] {
			return fmt.Errorf("home says that %d is owed and %d came in in %s, the scan %d and %d", c.Owed().Balance.Minor, months, name, owed[name], in[name])
		}
		delete(owed, name)
	}
	for name, minor := range owed {
		if minor != 0 {
			return fmt.Errorf("home does not say that %d is owed in %s", minor, name)
		}
	}
	f.ours, f.p99, f.beside = duration(ours), duration(p99), duration(scans)
	b.table.add(f).ratio(0.5).within(5 * time.Millisecond).flat(2)
	return nil
}

// scanned adds up by looking at every row what is owed, and what came in in the months that Home shows, by currency.
func scanned(ctx context.Context, p *plain) (owed, in map[string]int64, err error) {
	if owed, err = sums(ctx, p, "SELECT currency, sum(total - credit - paid) FROM invoices WHERE status IN ('Unpaid', 'Collections') GROUP BY currency"); err != nil {
		return nil, nil, err
	}
	month := date.Today(time.Now()).StartOfMonth()
	in, err = sums(ctx, p, "SELECT currency, sum(amount_in) FROM transactions WHERE date BETWEEN ? AND ? GROUP BY currency",
		month.AddMonths(1-app.HomeMonths, 1).Days(), month.EndOfMonth().Days())
	return owed, in, err
}

// sums reads an amount for each currency.
func sums(ctx context.Context, p *plain, query string, args ...any) (map[string]int64, error) {
	rows, err := p.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]int64{}
	for rows.Next() {
		var name string
		var minor int64
		if err := rows.Scan(&name, &minor); err != nil {
			return nil, err
		}
		all[name] = minor
	}
	return all, rows.Err()
}
