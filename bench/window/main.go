//go:build linux

// Command window measures what only a window on a screen can show: the time to the first list, memory, the time from a key to its picture, and
// what an idle window costs. Each figure stands beside that of an empty window of the same toolkit in the same run. It needs a display, xdotool and xwd:
//
//	packaging/scripts/with-screen bench/window/run [-sizes 10000,100000] [-rounds 5]
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	program = flag.String("program", "build/clientele", "the program")
	probe   = flag.String("probe", "build/probe", "the empty window")
	sizes   = flag.String("sizes", "10000,100000", "numbers of clients")
	rounds  = flag.Int("rounds", 5, "how often each is measured")
	dir     = flag.String("dir", "", "where the data is made, and kept for the next run")
)

// listArea is where the first rows of the list are drawn, and probeArea the probe's label, in a window that fills the screen.
var (
	listArea  = region{260, 330, 600, 300}
	probeArea = region{2, 2, 500, 40}
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench/window:", err)
		os.Exit(1)
	}
}

// running is a program with its window open.
type running struct {
	cmd   *exec.Cmd
	first time.Duration // from its start to the picture
}

// start runs a program and waits for ink in an area.
func start(area region, ink int, name string, args ...string) (*running, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "LANG=en_US.UTF-8", "FYNE_SCALE=1")
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	at, err := until(area, 30*time.Second, func(n int, _ uint64) bool { return n > ink })
	if err != nil {
		cmd.Process.Kill()
		cmd.Wait()
		return nil, fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	return &running{cmd, at.Sub(began)}, nil
}

func (r *running) stop() {
	r.cmd.Process.Signal(os.Interrupt)
	done := make(chan struct{})
	go func() { r.cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		r.cmd.Process.Kill()
		<-done
	}
}

// memory is the resident set in MiB.
func (r *running) memory() float64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", r.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmRSS:" {
			kib, _ := strconv.ParseFloat(f[1], 64)
			return kib / 1024
		}
	}
	return 0
}

// processor is the processor time used so far.
func (r *running) processor() time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", r.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// idle is the share of a core that a window uses while nobody touches it.
func (r *running) idle() float64 {
	const span = 10 * time.Second
	time.Sleep(2 * time.Second) // what the start left to do
	before := r.processor()
	time.Sleep(span)
	return 100 * float64(r.processor()-before) / float64(span)
}

func run() error {
	if *dir == "" {
		d, err := os.MkdirTemp("", "clientele-window-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(d)
		*dir = d
	}
	fmt.Printf("%-9s %-14s %-22s %-20s %-24s %s\n", "clients", "first list", "probe, first picture", "memory / probe", "key to picture p50 p99", "idle / probe")
	for _, s := range strings.Split(*sizes, ",") {
		if err := size(s); err != nil {
			return fmt.Errorf("%s clients: %w", s, err)
		}
	}
	return nil
}

func size(n string) error {
	folder := filepath.Join(*dir, n)
	if _, err := os.Stat(folder); err != nil {
		if err := os.Mkdir(folder, 0o700); err != nil {
			return err
		}
		if out, err := exec.Command(*program, "--data", folder, "demo", "--clients", n).CombinedOutput(); err != nil {
			return fmt.Errorf("demo: %w: %s", err, out)
		}
	}
	var ours, empty, probeMemory, probeIdle, memory, idle []float64
	var keys []time.Duration
	for range *rounds {
		p, err := start(probeArea, 200, *probe)
		if err != nil {
			return err
		}
		empty = append(empty, ms(p.first))
		probeMemory, probeIdle = append(probeMemory, p.memory()), append(probeIdle, p.idle())
		p.stop()
		c, err := start(listArea, 3000, *program, "--data", folder)
		if err != nil {
			return err
		}
		ours = append(ours, ms(c.first))
		idle = append(idle, c.idle())
		took, err := search(c)
		if err != nil {
			c.stop()
			return err
		}
		keys = append(keys, took...)
		memory = append(memory, c.memory())
		c.stop()
	}
	slices.Sort(keys)
	fmt.Printf("%-9s %4.0f ms %4.2f×  %4.0f ms %15s %4.0f / %3.0f MiB %9s %3.0f ms %3.0f ms %8s %4.1f / %3.1f %%\n", n, mid(ours), mid(ours)/mid(empty), mid(empty), "",
		mid(memory), mid(probeMemory), "", ms(keys[len(keys)/2]), ms(keys[len(keys)*99/100]), "", mid(idle), mid(probeIdle))
	return nil
}

// words are typed letter by letter; each letter is one measurement.
var words = []string{"ma", "gar", "ann", "mull", "2026", "ltd", "ber", "zzq", "jo", "smith"}

// search types into the search field and measures how long each letter takes to change the list.
func search(*running) (took []time.Duration, err error) {
	if err := xdotool("key", "ctrl+f"); err != nil {
		return nil, err
	}
	for range 4 {
		for _, w := range words {
			for _, letter := range w {
				_, before, err := look(listArea)
				if err != nil {
					return nil, err
				}
				began := time.Now()
				if err := xdotool("key", "--delay", "0", string(letter)); err != nil {
					return nil, err
				}
				at, err := until(listArea, 2*time.Second, func(_ int, sum uint64) bool { return sum != before })
				if err != nil {
					continue // this letter left the same rows in sight
				}
				took = append(took, at.Sub(began))
			}
			if err := xdotool("key", "ctrl+a", "key", "BackSpace"); err != nil {
				return nil, err
			}
			time.Sleep(300 * time.Millisecond)
		}
	}
	return took, nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func mid(all []float64) float64 {
	s := slices.Clone(all)
	slices.Sort(s)
	return s[len(s)/2]
}
