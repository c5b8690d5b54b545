//go:build unix

package main

import (
	"context"
	"time"

	"clientele/app"
	"clientele/data"
)

// paletteKey is what a letter typed into the palette asks for, as goal 3 is what one asks for in the list: an invoice of that number and the first clients. It is held
// against the list's own search for the same letters.
func paletteKey(ctx context.Context, b *bench) error {
	if err := fillMoney(ctx, b); err != nil {
		return err
	}
	var typed []string
	for letters := 1; letters <= 6; letters++ {
		typed = append(typed, b.typed(letters)[:40]...)
	}
	for i := range 40 {
		typed = append(typed, []string{"1", "10", "104", "1043"}[i%4]) // the number of an invoice, as it is typed
	}
	a := b.app()
	f := &figure{goal: 3, act: "a key in the palette, 1 to 6 typed", n: b.n, against: "the list's"}
	var ours, p99, lists []int64
	for round := range b.rounds + 1 {
		mine, err := repeat(len(typed), func(i int) error { return offered(ctx, a, typed[i]) })
		if err != nil {
			return err
		}
		list, err := repeat(len(typed), func(i int) error { _, err := a.Clients.Search(ctx, typed[i], page); return err })
		if err != nil {
			return err
		}
		if round == 0 {
			continue // the first one fills caches
		}
		m, l := cpuOf(mine), cpuOf(list)
		ours, p99, lists = append(ours, int64(m.p50())), append(p99, int64(m.p99())), append(lists, int64(l.p50()))
		f.ratios = append(f.ratios, float64(m.p50())/float64(max(1, l.p50())))
	}
	f.ours, f.p99, f.beside = duration(ours), duration(p99), duration(lists)
	b.table.add(f).ratio(1.5).within(16 * time.Millisecond).flat(2.5)
	return nil
}

// offered reads what the palette offers for what was typed.
func offered(ctx context.Context, a *app.App, text string) error {
	const clients, invoices = 8, 3 // as many as the palette shows
	if _, _, err := a.Invoices.Page(ctx, data.InvoiceQuery{Filter: data.InvoiceFilter{Number: text}}, nil, false, invoices); err != nil {
		return err
	}
	_, err := a.Clients.Search(ctx, text, clients)
	return err
}
