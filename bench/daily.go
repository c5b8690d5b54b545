//go:build unix

package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"clientele/app"
	"clientele/app/date"
	"clientele/data"
)

// dueFew is how many services are due where the clients beside them are what grows.
const dueFew = 10_000

// dailyMost is the most clients that are all invoiced: a million invoices take minutes in each round.
const dailyMost = 200_000

// collectAt is when memory is collected, in percent of growth, as in the program's commands; its window collects sooner still.
const collectAt = 50

// dailyRuns are goals 15, 16 and 28: an invoice with credit for each of so many clients, the same cut off in the middle, and the plan of it.
func dailyRuns(ctx context.Context, b *bench) error {
	defer debug.SetGCPercent(debug.SetGCPercent(collectAt))
	if b.n <= dailyMost {
		if err := b.billing(ctx, b.n, true); err != nil {
			return err
		}
	}
	if b.n > dueFew || b.first {
		return b.billing(ctx, min(b.n, dueFew), false)
	}
	return nil
}

// billing measures a run in which so many services are due, of as many clients. Each round has a database of its own.
func (b *bench) billing(ctx context.Context, due int, all bool) error {
	whom := "all clients"
	if !all {
		whom = fmt.Sprint(due, " clients")
	}
	prepared := b.path(fmt.Sprint("due", due, ".db"))
	defer removeDatabase(prepared)
	if err := b.prepareDue(ctx, prepared, due); err != nil {
		return err
	}
	plan := &figure{goal: 28, act: "plan of the daily run for " + whom, n: b.n, perClient: all}
	whole := &figure{goal: 15, act: "daily run: an invoice with credit for " + whom, n: b.n, perClient: all}
	cut := &figure{goal: 16, act: "the same, cut off in the middle and done to its end", n: b.n, against: "a whole run"}
	var plans, runs, inC, twice []int64
	peak := int64(0)
	for range b.rounds {
		t, c, err := b.billOnce(ctx, prepared, due)
		if err != nil {
			return err
		}
		plans, runs, inC = append(plans, int64(t.plan)), append(runs, int64(t.run)), append(inC, int64(c))
		whole.ratios = append(whole.ratios, float64(t.run)/float64(c))
		peak = max(peak, t.peak)
		if !all {
			continue
		}
		again, err := b.billCut(ctx, prepared, due)
		if err != nil {
			return err
		}
		twice = append(twice, int64(again))
		cut.ratios = append(cut.ratios, float64(again)/float64(t.plan+t.run))
	}
	plan.ours, whole.ours, whole.c = duration(plans), duration(runs), duration(inC)
	b.table.add(plan).want("≤ 1s", plan.ours <= time.Second).flat(1.25)
	b.table.add(whole).ratio(6).want(fmt.Sprintf("memory ≤ 200 MB (it had %d)", peak>>20), peak <= 200<<20).flat(1.25)
	if all {
		cut.ours, cut.beside = duration(twice), plan.ours+whole.ours
		b.table.add(cut).ratio(1.2)
		return nil
	}
	plan.growthAllowed, whole.growthAllowed = 1.2, 1.2
	return nil
}

// prepareDue makes a copy of the fixture in which the first clients have a service that is due and some credit.
func (b *bench) prepareDue(ctx context.Context, path string, due int) error {
	removeDatabase(path)
	db, err := sql.Open("sqlite", b.fixture.path)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", path)
	if db.Close(); err != nil {
		return err
	}
	if db, err = sql.Open("sqlite", path); err != nil {
		return err
	}
	defer db.Close()
	today := int64(date.Today(time.Now()).Days())
	for _, s := range []statement{
		{"UPDATE clients SET credit = 500 WHERE id <= ?", []any{due}},
		{`INSERT INTO services (client_id, description, quantity, currency, amount, setup_fee, taxed, cycle, next_due, anchor_day, status, started, created_at, updated_at, version)
			SELECT id, 'Website care', 1000, currency, 1000 + id % 1000, 0, 0, 'Monthly', ?, ?, 'Active', ?, 0, 0, 1 FROM clients WHERE id <= ?`, []any{today, time.Now().Day(), today, due}},
	} {
		if _, err := db.ExecContext(ctx, s.sql, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// billed is what one run took.
type billed struct {
	plan, run time.Duration
	peak      int64
}

// dueOffice opens a copy of the prepared database as an application that neither backs up nor mails.
func (b *bench) dueOffice(ctx context.Context, prepared, path string) (*data.Store, *app.App, error) {
	if err := copyDatabase(prepared, path); err != nil {
		return nil, nil, err
	}
	s, err := openStore(ctx, path)
	if err != nil {
		return nil, nil, err
	}
	a := app.New(app.Params{Store: s, Now: time.Now, Who: "bench"})
	set, err := a.Settings.Get(ctx)
	if err == nil {
		set.DailyBackup, set.InvoiceMails = false, false
		err = a.Settings.Save(ctx, set)
	}
	return s, a, err
}

// billOnce plans and does a run, and has the same rows written in C.
func (b *bench) billOnce(ctx context.Context, prepared string, due int) (t billed, inC time.Duration, err error) {
	path, copied := b.path("run.db"), b.path("run-in-c.db")
	defer removeDatabase(path)
	defer removeDatabase(copied)
	s, a, err := b.dueOffice(ctx, prepared, path)
	if err != nil {
		return t, 0, err
	}
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak is counted anew, where the system can
	var plan app.DailyPlan
	planned, err := take(func() (err error) {
		plan, err = a.Daily.Plan(ctx, date.Date{})
		return err
	})
	if err != nil {
		return t, 0, err
	}
	ran, err := take(func() error { return billAll(ctx, a, plan, due) })
	if err != nil {
		return t, 0, err
	}
	t = billed{planned.cpu, ran.cpu, peakMemory()}
	fmt.Fprintf(os.Stderr, "bench: %d of %d clients: planned in %v, done in %v (wall %v, %v)\n", due, b.n, planned.cpu, ran.cpu, planned.wall, ran.wall)
	if err := s.Close(); err != nil {
		return t, 0, err
	}
	if err := copyDatabase(prepared, copied); err != nil {
		return t, 0, err
	}
	command := exec.CommandContext(ctx, b.program, "bill", path, copied)
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return t, 0, fmt.Errorf("the program in C: %w", err)
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
	return t, time.Duration(n), err
}

func billAll(ctx context.Context, a *app.App, plan app.DailyPlan, want int) error {
	done, err := a.Daily.Run(ctx, app.DailyDo{Plan: plan, Cause: app.DailyByHand}, app.Quiet{})
	if err == nil && done.Run.Done != int64(want) {
		err = fmt.Errorf("%d invoices for %d services", done.Run.Done, want)
	}
	return err
}

// halfway is a Progress that stops a run when half of its clients are done.
type halfway struct {
	app.Quiet
	left *int64
	stop func()
}

func (h halfway) Add(n int64) {
	if *h.left -= n; *h.left <= 0 {
		h.stop()
	}
}

// billCut plans a run, stops it in the middle, and does the rest, and tells what all of it took.
func (b *bench) billCut(ctx context.Context, prepared string, due int) (time.Duration, error) {
	path := b.path("cut.db")
	defer removeDatabase(path)
	s, a, err := b.dueOffice(ctx, prepared, path)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	t, err := take(func() error {
		plan, err := a.Daily.Plan(ctx, date.Date{})
		if err != nil {
			return err
		}
		until, stop := context.WithCancel(ctx)
		defer stop()
		left := int64(due / 2)
		half, err := a.Daily.Run(until, app.DailyDo{Plan: plan, Cause: app.DailyByHand}, halfway{left: &left, stop: stop})
		if err != nil || !half.Stopped {
			return fmt.Errorf("it was not stopped: %w", err)
		}
		if plan, err = a.Daily.Plan(ctx, date.Date{}); err != nil {
			return err
		}
		return billAll(ctx, a, plan, due-int(half.Run.Done))
	})
	return t.cpu, err
}

// copyDatabase copies a database that nobody uses.
func copyDatabase(from, to string) error {
	removeDatabase(to)
	db, err := sql.Open("sqlite", from)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec("VACUUM INTO ?", to)
	return err
}

// peakMemory is the most memory that this process had, or 0 where the system does not tell.
func peakMemory() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kb int64
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		return 0
	}
	return kb << 10
}
