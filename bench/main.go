//go:build unix

// Command bench measures the goals of docs/performance.md through the program's own calls, beside the plain query on the same engine
// and the same statements in C. `make bench` builds the C program and runs it; the flags are:
//
//	-sizes 10000,100000   numbers of clients
//	-rounds 3             how often each act is measured; figures are medians over the rounds
//	-goals 1,3            only these goals
//	-dir DIR              where databases are made, and kept for the next run; a temporary folder otherwise
//	-c PROGRAM            the C program
//	-postfix DIR          where Postfix's package was unpacked
//	-write FILE           writes the table between the marks in FILE
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// heap is about what the program's window keeps. Without it the collector would run several times as often as it does there.
var heap = make([]byte, 24<<20)

// errMissed: a goal was not reached.
var errMissed = errors.New("a goal was missed")

// goals are measured in this order at each size. A goal that is added here has its figures in the table.
var goals = []struct {
	number  int
	measure func(context.Context, *bench) error
}{
	{14, importClients}, // first, as it makes the database that the others use
	{1, firstPage},
	{2, furtherPages},
	{3, search},
	{7, open},
	{21, mails},
	{15, dailyRuns}, // with 16 and 28
	{26, tabs},
	{18, besideImport},
	{19, backups},
	{onServer, sharedOffice},
	{4, overview},   // gives all clients invoices
	{3, paletteKey}, // after them, as it looks for those too
	{5, dashboard},
	{17, savesMoney},
	{26, manyInvoices},
	{20, hurtful},
	{17, saves}, // last, as it changes the database
}

// bench is one run at one size.
type bench struct {
	n       int  // clients
	first   bool // of the sizes
	rounds  int
	dir     string
	program string // in C
	postfix string
	fixture *fixture
	table   *table
}

func run(args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	sizes := flags.String("sizes", "10000,100000", "numbers of clients")
	rounds := flags.Int("rounds", 3, "how often each act is measured")
	only := flags.String("goals", "", "only these goals")
	dir := flags.String("dir", "", "where databases are made and kept")
	program := flags.String("c", "build/bench-csqlite", "the program in C")
	postfix := flags.String("postfix", "build/postfix", "where Postfix's package was unpacked")
	write := flags.String("write", "", "a file to write the table to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	ns, err := numbers(*sizes)
	if err != nil {
		return err
	}
	wanted, err := numbers(*only)
	if err != nil {
		return err
	}
	if _, err := os.Stat(*program); err != nil {
		return fmt.Errorf("the program in C is not there: run bench/run, which builds it (%w)", err)
	}
	if *dir == "" {
		if *dir, err = os.MkdirTemp("", "clientele-bench-"); err != nil {
			return err
		}
		defer os.RemoveAll(*dir)
	}
	t := &table{}
	slices.Sort(ns)
	for i, n := range ns {
		b := &bench{n: n, first: i == 0, rounds: max(1, *rounds), dir: *dir, program: *program, postfix: *postfix, table: t}
		if err := b.run(wanted); err != nil {
			return fmt.Errorf("%d clients: %w", n, err)
		}
	}
	t.grow()
	fmt.Print(t.String())
	if *write != "" {
		if err := t.writeTo(*write, *sizes, *rounds); err != nil {
			return err
		}
	}
	if t.missed() {
		return errMissed
	}
	return nil
}

func (b *bench) run(wanted []int) error {
	ctx := context.Background()
	defer runtime.KeepAlive(heap)
	if !slices.Equal(wanted, []int{onServer}) {
		f, err := openFixture(ctx, b)
		if err != nil {
			return err
		}
		defer f.close()
		b.fixture = f
	}
	for _, g := range goals {
		if len(wanted) > 0 && !slices.Contains(wanted, g.number) {
			continue
		}
		fmt.Fprintf(os.Stderr, "%d clients: goal %d\n", b.n, g.number)
		if err := g.measure(ctx, b); err != nil {
			return fmt.Errorf("goal %d: %w", g.number, err)
		}
	}
	return nil
}

// numbers reads numbers with commas between them.
func numbers(s string) ([]int, error) {
	var ns []int
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q is no number of clients", word)
		}
		ns = append(ns, n)
	}
	return ns, nil
}
