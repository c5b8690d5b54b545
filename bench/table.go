//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"time"
)

// figure is a line of the table: an act at one size.
type figure struct {
	goal          int
	act           string
	n             int
	ours, p99     time.Duration // medians over the rounds of p50 and p99
	plain, c      time.Duration // the same work through database/sql and in C, p50
	beside        time.Duration // what the ratio is to where that is not C, p50
	ratios        []float64     // ours to what the goal is held against, a round each
	against       string        // what that is; empty means C
	wanted        []string      // the goal in words
	broken        []string      // of wanted, what was not reached
	growth        float64       // to the largest size from the smallest, set on the line of the largest; 0 where there is none
	growthAllowed float64       // 0 where growth has no goal
	perClient     bool          // growth is that of the cost of a client, and allowed for each tenfold
}

// ratio holds the median of the ratios against a goal.
func (f *figure) ratio(most float64) *figure {
	against := f.against
	if against == "" {
		against = "C"
	}
	return f.want(fmt.Sprintf("≤ %g × %s", most, against), median(f.ratios) <= most)
}

// within holds the 99th percentile against a goal.
func (f *figure) within(most time.Duration) *figure {
	return f.want(fmt.Sprintf("p99 ≤ %v", most), f.p99 <= most)
}

// want notes a goal and whether it was reached.
func (f *figure) want(words string, reached bool) *figure {
	f.wanted = append(f.wanted, words)
	if !reached {
		f.broken = append(f.broken, words)
	}
	return f
}

// flat allows the cost to grow so many times from the smallest size to the largest.
func (f *figure) flat(times float64) *figure {
	f.growthAllowed = times
	return f
}

type table struct{ figures []*figure }

func (t *table) add(f *figure) *figure {
	t.figures = append(t.figures, f)
	return f
}

// last is the line that was added last.
func (t *table) last() *figure { return t.figures[len(t.figures)-1] }

// grow compares each act at the largest size with itself at the smallest.
func (t *table) grow() {
	for _, f := range t.figures {
		var smallest, largest *figure
		for _, o := range t.figures {
			if o.goal != f.goal || o.act != f.act {
				continue
			}
			if smallest == nil || o.n < smallest.n {
				smallest = o
			}
			if largest == nil || o.n > largest.n {
				largest = o
			}
		}
		if f != largest || smallest == largest || f.growthAllowed == 0 {
			continue
		}
		f.growth = float64(f.ours) / float64(smallest.ours)
		allowed := f.growthAllowed
		if f.perClient {
			tenfolds := math.Log10(float64(f.n) / float64(smallest.n))
			f.growth /= float64(f.n) / float64(smallest.n)
			allowed = math.Pow(allowed, tenfolds)
		}
		f.want(fmt.Sprintf("growth ≤ %.3g", allowed), f.growth <= allowed)
	}
}

func (t *table) missed() bool {
	return slices.ContainsFunc(t.figures, func(f *figure) bool { return len(f.broken) > 0 })
}

// String is the table as Markdown.
func (t *table) String() string {
	var b strings.Builder
	b.WriteString("| goal | act | clients | ours p50 | ours p99 | plain Go | C, or what is named | ratio (rounds) | growth | wanted | |\n")
	b.WriteString("|---|---|---|---|---|---|---|---|---|---|---|\n")
	sorted := slices.Clone(t.figures)
	slices.SortStableFunc(sorted, func(a, b *figure) int { return a.goal - b.goal })
	for _, f := range sorted {
		verdict := "pass"
		if len(f.broken) > 0 {
			verdict = "**FAIL** " + strings.Join(f.broken, ", ")
		}
		held := short(f.c)
		if f.against != "" {
			held = f.against + " " + short(f.beside)
		}
		fmt.Fprintf(&b, "| %d | %s | %d | %s | %s | %s | %s | %s | %s | %s | %s |\n", f.goal, f.act, f.n, short(f.ours), short(f.p99), short(f.plain),
			held, spread(f.ratios), times(f.growth), strings.Join(f.wanted, ", "), verdict)
	}
	return b.String()
}

// short is a time with three figures.
func short(d time.Duration) string {
	switch {
	case d == 0:
		return ""
	case d < time.Second:
		return fmt.Sprintf("%.3g ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.3g s", d.Seconds())
}

func times(x float64) string {
	if x == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f×", x)
}

// spread is the median of the rounds, with the lowest and the highest.
func spread(all []float64) string {
	if len(all) == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f (%.2f–%.2f)", median(all), slices.Min(all), slices.Max(all))
}

// The table's place in a file.
const (
	beginMark = "<!-- table: begin -->\n"
	endMark   = "<!-- table: end -->\n"
)

// writeTo puts the table between the marks in a file.
func (t *table) writeTo(path, sizes string, rounds int) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, ok := bytes.Cut(old, []byte(beginMark))
	_, after, ok2 := bytes.Cut(rest, []byte(endMark))
	if !ok || !ok2 {
		return errors.New(path + " has no marks for the table")
	}
	command := fmt.Sprintf("    bench/run -sizes %s -rounds %d\n\n", sizes, rounds)
	return os.WriteFile(path, slices.Concat(before, []byte(beginMark), []byte(command), []byte(t.String()), []byte(endMark), after), 0o644)
}
