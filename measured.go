//go:build measured

package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// This file is no part of the product: only bench/window builds it in, to see from inside what a screen cannot show.

// init answers a bench that named a socket: "stops" begins to watch the window's goroutine and tells what was seen since the last time,
// "cpu FILE" and "cpu" begin and end a profile, "heap FILE" writes one of the memory,
// "maps FILE" says what is resident.
func init() {
	path := os.Getenv("CLIENTELE_MEASURE")
	if path == "" {
		return
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			for lines := bufio.NewScanner(c); lines.Scan(); {
				fmt.Fprintln(c, answer(strings.Fields(lines.Text())))
			}
			_ = c.Close()
		}
	}()
}

// watched are the waits of what was posted to the window's goroutine.
var watched struct {
	sync.Mutex
	waits   []time.Duration
	running bool
}

func answer(words []string) string {
	if len(words) == 0 {
		return "?"
	}
	switch words[0] {
	case "stops":
		return stops()
	case "cpu":
		if len(words) == 1 {
			pprof.StopCPUProfile()
			return "ok"
		}
		f, err := os.Create(words[1])
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		return fmt.Sprint(err)
	case "maps":
		raw, err := os.ReadFile("/proc/self/smaps")
		if err == nil {
			err = os.WriteFile(words[1], raw, 0o600)
		}
		return fmt.Sprint(err)
	case "heap":
		runtime.GC()
		f, err := os.Create(words[1])
		if err == nil {
			err = pprof.WriteHeapProfile(f)
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return fmt.Sprintf("%v: alive %d KiB, held %d KiB, from the system %d KiB", err, m.HeapAlloc>>10, m.HeapInuse>>10, m.Sys>>10)
	}
	return "?"
}

// stops tells how many posts there were and the median, the 99th percentile and the longest of their waits, in microseconds.
func stops() string {
	watched.Lock()
	defer watched.Unlock()
	if !watched.running {
		watched.running = true
		go watch()
	}
	all := watched.waits
	watched.waits = nil
	if len(all) == 0 {
		return "0 0 0 0"
	}
	slices.Sort(all)
	at := func(percent int) int64 { return all[(len(all)-1)*percent/100].Microseconds() }
	return fmt.Sprintf("%d %d %d %d", len(all), at(50), at(99), at(100))
}

// watch posts to the window's goroutine 5 ms after the last post was answered. One post waits at a time, as the toolkit takes about one of them for
// each picture that it draws. A stop of 100 ms counts as if posts had waited 100, 95, 90 … ms, so that long stops are not seen less often than short ones.
func watch() {
	const every = 5 * time.Millisecond
	answered := make(chan time.Duration)
	for {
		posted := time.Now()
		fyne.Do(func() { answered <- time.Since(posted) })
		wait := <-answered
		watched.Lock()
		for w := wait; w >= 0; w -= every {
			watched.waits = append(watched.waits, w)
		}
		watched.Unlock()
		time.Sleep(every)
	}
}
