//go:build linux

// Command window measures what only a window on a screen can show: the time to the first list, memory, the time from a key to its picture, what
// an idle window costs, and how long the window's goroutine stops. Each figure stands beside that of a window of the same toolkit that holds
// nothing of the program's, in the same run. It needs Xvfb and xdotool:
//
//	bench/window/run [-sizes 10000,100000] [-rounds 5]
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

var (
	ours     = flag.String("program", "build/clientele", "the program")
	measured = flag.String("measured", "build/clientele-measured", "the program with measured.go built in")
	probe    = flag.String("probe", "build/probe", "the window of the toolkit alone")
	sizes    = flag.String("sizes", "10000,100000", "numbers of clients")
	rounds   = flag.Int("rounds", 5, "how often each is measured")
	dir      = flag.String("dir", "", "where the data is made, and kept for the next run")
	parts    = flag.String("parts", "starts,empty,answers,window,inside", "what of each round")
	profiles = flag.String("profiles", "", "a folder for profiles of the search and of the memory after it")
)

// Where things are in a window that fills the screen.
var (
	everything = region{0, 0, width, height}
	rows       = region{262, 306, 620, 470} // names, companies and addresses in the list
	box        = region{222, 188, 400, 24}  // what is typed into the search
	label      = region{2, 2, 500, 40}      // the probe's
	colour     = region{100, 100, 8, 8}     // of the probe's rectangle
	texts      = region{10, 420, 1260, 370} // the probe's
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench/window:", err)
		os.Exit(1)
	}
}

func run() error {
	scratch, err := os.MkdirTemp("", "clientele-window-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	if *dir == "" {
		*dir = scratch
	}
	fmt.Print("| goal | act | clients | ours | the toolkit alone | ratio (rounds) | wanted | |\n|---|---|---|---|---|---|---|---|\n")
	for _, n := range strings.Split(*sizes, ",") {
		b := &bench{n: n, folder: filepath.Join(*dir, n), scratch: scratch}
		if err := b.measure(); err != nil {
			return fmt.Errorf("%s clients: %w", n, err)
		}
	}
	return nil
}

// bench is what was measured of one number of clients, over all rounds.
type bench struct {
	n, folder, scratch string
	s                  *screen

	first, firstProbe   []float64 // ms
	memory, memoryProbe []float64 // MiB
	idle, idleProbe     []float64 // percent of a core
	caret, caretProbe   []float64 // percent of a core, with the keyboard in a field above a page of texts
	keys                typed
	colours, allTexts   []time.Duration // the probe's answers to a key
	stops               map[string]*stopped
}

func (b *bench) measure() error {
	if err := b.fill(); err != nil {
		return err
	}
	b.stops = map[string]*stopped{}
	for range *rounds {
		// A screen of its own for each round: the server keeps memory of what was drawn.
		fb, err := os.MkdirTemp(b.scratch, "screen-")
		if err != nil {
			return err
		}
		if b.s, err = openScreen(fb); err != nil {
			return err
		}
		err = b.round()
		b.s.close()
		if err != nil {
			return err
		}
	}
	b.report()
	return nil
}

// fill makes the clients, where an earlier run has not.
func (b *bench) fill() error {
	if _, err := os.Stat(b.folder); err == nil {
		return nil
	}
	if err := os.MkdirAll(b.folder, 0o700); err != nil {
		return err
	}
	if out, err := exec.Command(*ours, "--data", b.folder, "demo", "--clients", b.n).CombinedOutput(); err != nil {
		return fmt.Errorf("demo: %w: %s", err, out)
	}
	return nil
}

func (b *bench) round() error {
	all := map[string]func() error{"starts": b.starts, "empty": b.empty, "answers": b.answers, "window": b.window, "inside": b.inside}
	for _, name := range strings.Split(*parts, ",") {
		part, ok := all[name]
		if !ok {
			return fmt.Errorf("there is no part %q", name)
		}
		if err := part(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// starts are some of the program's and of the toolkit's in turn, as one alone is soon hit by what else the machine does.
func (b *bench) starts() error {
	for range 5 {
		p, err := b.s.start(label, 200, b.scratch, nil, *probe)
		if err != nil {
			return err
		}
		b.firstProbe = append(b.firstProbe, ms(p.first))
		p.stop()
		if p, err = b.s.start(rows, 3000, b.scratch, nil, *ours, "--data", b.folder); err != nil {
			return err
		}
		b.first = append(b.first, ms(p.first))
		p.stop()
	}
	return nil
}

// empty is the toolkit's window with one label.
func (b *bench) empty() error {
	p, err := b.s.start(label, 200, b.scratch, nil, *probe)
	if err != nil {
		return err
	}
	b.idleProbe = append(b.idleProbe, p.idle())
	b.memoryProbe = append(b.memoryProbe, p.memory())
	p.stop()
	if p, err = b.s.start(label, 200, b.scratch, nil, *probe, "-caret"); err != nil {
		return err
	}
	defer p.stop()
	b.caretProbe = append(b.caretProbe, p.idle())
	return nil
}

// probeKeys is how many keys the probe is given.
const probeKeys = 30

// answers are the toolkit's to a key: one rectangle, and as many new texts as a page of the list has.
func (b *bench) answers() error {
	for _, a := range []struct {
		texts string
		at    region
		all   *[]time.Duration
	}{{"0", colour, &b.colours}, {"160", texts, &b.allTexts}} {
		p, err := b.s.start(colour, -1, b.scratch, nil, *probe, "-texts", a.texts)
		if err != nil {
			return err
		}
		time.Sleep(time.Second)
		for range probeKeys {
			b.s.rest(a.at)
			took, err := b.s.key("a", a.at, patience)
			if err != nil {
				p.stop()
				return err
			}
			*a.all = append(*a.all, took)
		}
		p.stop()
	}
	return nil
}

// window is the program as people have it.
func (b *bench) window() error {
	p, err := b.s.start(rows, 3000, b.scratch, nil, *ours, "--data", b.folder)
	if err != nil {
		return err
	}
	defer p.stop()
	p.settle()
	b.idle = append(b.idle, p.idle())
	if err := b.s.search(searches, &b.keys); err != nil {
		return err
	}
	b.memory = append(b.memory, p.memory())
	b.caret = append(b.caret, p.idle())
	return nil
}

func (b *bench) report() {
	fmt.Fprintf(os.Stderr, "each round: first %.0f / %.0f ms, memory %.0f / %.0f MiB, idle %.1f / %.1f %%, caret %.1f / %.1f %%\n",
		b.first, b.firstProbe, b.memory, b.memoryProbe, b.idle, b.idleProbe, b.caret, b.caretProbe)
	line := func(goal int, act, ours, alone, ratio, wanted string, ok bool) {
		verdict := "pass"
		if !ok {
			verdict = "**FAIL**"
		}
		fmt.Printf("| %d | %s | %s | %s | %s | %s | %s | %s |\n", goal, act, b.n, ours, alone, ratio, wanted, verdict)
	}
	ratio := mid(b.first) / mid(b.firstProbe)
	line(8, "start to the list on the screen", fmt.Sprintf("%.0f ms", mid(b.first)), fmt.Sprintf("%.0f ms", mid(b.firstProbe)), spread(b.first, b.firstProbe), "≤ 1.5 ×", ratio <= 1.5)
	more := mid(b.memory) - mid(b.memoryProbe)
	line(9, fmt.Sprintf("resident memory after %d searches", searches), fmt.Sprintf("%.0f MiB", mid(b.memory)), fmt.Sprintf("%.0f MiB", mid(b.memoryProbe)), fmt.Sprintf("+ %.0f MiB", more), "≤ + 60 MB", more*1.048576 <= 60)
	p50, p99 := at(b.keys.rows, 50), at(b.keys.rows, 99)
	line(10, "a key typed to its rows on the screen, p50 / p99", fmt.Sprintf("%.0f / %.0f ms", p50, p99),
		fmt.Sprintf("a rectangle %.0f / %.0f ms, 160 new texts %.0f / %.0f ms", at(b.colours, 50), at(b.colours, 99), at(b.allTexts, 50), at(b.allTexts, 99)),
		fmt.Sprintf("%.2f of the texts'", p50/at(b.allTexts, 50)), "≤ 150 / 250 ms", p50 <= 150 && p99 <= 250)
	line(10, "of it, to its letter in the field, p50 / p99", fmt.Sprintf("%.0f / %.0f ms", at(b.keys.letter, 50), at(b.keys.letter, 99)), "", "", "", true)
	for _, act := range stopActs {
		if s := b.stops[act]; s != nil {
			line(11, "longest stops of the window's goroutine, "+act+", p99 / longest", fmt.Sprintf("%.0f / %.0f ms", mid(s.p99), slices.Max(s.longest)), "", "", "p99 ≤ 50 ms", mid(s.p99) <= 50)
		}
	}
	line(13, "processor, idle window", fmt.Sprintf("%.1f %%", mid(b.idle)), fmt.Sprintf("%.1f %%", mid(b.idleProbe)), spread(b.idle, b.idleProbe), "≤ 1.2 ×", mid(b.idle) <= 1.2*mid(b.idleProbe))
	line(13, "processor, the caret in the search", fmt.Sprintf("%.1f %%", mid(b.caret)), fmt.Sprintf("%.1f %%", mid(b.caretProbe)), spread(b.caret, b.caretProbe), "≤ 1.2 ×", mid(b.caret) <= 1.2*mid(b.caretProbe))
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func mid(all []float64) float64 {
	if len(all) == 0 {
		return 0
	}
	s := slices.Clone(all)
	slices.Sort(s)
	return s[len(s)/2]
}

// at is a percentile in ms.
func at(all []time.Duration, percent int) float64 {
	if len(all) == 0 {
		return 0
	}
	s := slices.Clone(all)
	slices.Sort(s)
	return ms(s[(len(s)-1)*percent/100])
}

// spread is the ratio of the medians and those of the rounds.
func spread(a, b []float64) string {
	if len(a) == 0 || len(a) != len(b) {
		return ""
	}
	var each []float64
	for i := range a {
		each = append(each, a[i]/b[i])
	}
	return fmt.Sprintf("%.2f (%.2f–%.2f)", mid(a)/mid(b), slices.Min(each), slices.Max(each))
}
