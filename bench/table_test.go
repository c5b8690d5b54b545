//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A goal fails on the median of the rounds, and growth is held on the largest size against the smallest.
func TestVerdicts(t *testing.T) {
	line := func(n int, ours, p99 time.Duration, ratios ...float64) *figure {
		return &figure{goal: 1, act: "page", n: n, ours: ours, p99: p99, ratios: ratios}
	}
	for name, c := range map[string]struct {
		figures []*figure
		broken  []string // of the last figure
	}{
		"reached":           {[]*figure{line(10, 10, 20, 1, 2, 9)}, nil},
		"one round is over": {[]*figure{line(10, 10, 20, 9, 9, 1)}, []string{"≤ 8 × C"}},
		"slowest too slow":  {[]*figure{line(10, 10, 31, 1)}, []string{"p99 ≤ 30ns"}},
		"grew":              {[]*figure{line(10, 10, 20, 1), line(1000, 12, 20, 1), line(100, 21, 20, 1), line(10_000, 21, 20, 1)}, []string{"growth ≤ 2"}},
		"did not grow":      {[]*figure{line(10, 10, 20, 1), line(1000, 20, 20, 1)}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			table := &table{}
			for _, f := range c.figures {
				table.add(f).ratio(8).within(30).flat(2)
			}
			table.grow()
			got := c.figures[len(c.figures)-1].broken
			if strings.Join(got, ";") != strings.Join(c.broken, ";") || table.missed() != (len(c.broken) > 0) {
				t.Errorf("broken %v, want %v", got, c.broken)
			}
		})
	}
}

func TestGrowthOfACostPerClient(t *testing.T) {
	table := &table{}
	for _, f := range []*figure{{n: 10, ours: 100}, {n: 100, ours: 1100}} {
		f.perClient = true
		table.add(f).flat(1.25)
	}
	table.grow()
	if f := table.figures[1]; f.growth != 1.1 || len(f.broken) > 0 {
		t.Errorf("growth %v, broken %v", f.growth, f.broken)
	}
}

func TestPercentiles(t *testing.T) {
	var all []taken
	for i := range 200 {
		all = append(all, taken{cpu: time.Duration(200 - i), wall: 7})
	}
	if s := cpuOf(all); s.p50() != 101 || s.p99() != 199 {
		t.Errorf("p50 %d, p99 %d", s.p50(), s.p99())
	}
	if median([]float64{3, 1, 2}) != 2 || median([]int64(nil)) != 0 {
		t.Error("the median is not the middle")
	}
}

func TestTableIsWrittenBetweenTheMarks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "doc.md")
	if err := os.WriteFile(path, []byte("before\n"+beginMark+"old\n"+endMark+"after\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (&table{}).writeTo(path, "10,100", 3); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	if !strings.HasPrefix(text, "before\n"+beginMark+"    bench/run -sizes 10,100 -rounds 3\n") || !strings.HasSuffix(text, endMark+"after\n") || strings.Contains(text, "old") {
		t.Errorf("wrote %q", text)
	}
	if err := os.WriteFile(path, []byte("no marks"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (&table{}).writeTo(path, "10", 3); err == nil {
		t.Error("wrote to a file without marks")
	}
}
