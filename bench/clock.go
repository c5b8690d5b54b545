//go:build unix

package main

import (
	"slices"
	"syscall"
	"time"
)

// cpu is the processor time that this process has used on all its threads: the collector's share belongs to what made the garbage.
func cpu() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// taken is what one sample took.
type taken struct{ cpu, wall time.Duration }

// take runs f and tells what it took.
func take(f func() error) (taken, error) {
	wall, start := time.Now(), cpu()
	err := f()
	return taken{cpu() - start, time.Since(wall)}, err
}

// samples are the times of one round.
type samples []time.Duration

func cpuOf(all []taken) samples {
	s := make(samples, len(all))
	for i, t := range all {
		s[i] = t.cpu
	}
	slices.Sort(s)
	return s
}

func wallOf(all []taken) samples {
	s := make(samples, len(all))
	for i, t := range all {
		s[i] = t.wall
	}
	slices.Sort(s)
	return s
}

// at is the time that the given share of the samples, which are sorted, did not exceed.
func (s samples) at(share float64) time.Duration {
	if len(s) == 0 {
		return 0
	}
	return s[min(len(s)-1, int(share*float64(len(s))))]
}

func (s samples) p50() time.Duration { return s.at(0.5) }
func (s samples) p99() time.Duration { return s.at(0.99) }

// median of the rounds' figures.
func median[T int64 | float64 | time.Duration](all []T) T {
	if len(all) == 0 {
		return 0
	}
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2]
}

func duration(rounds []int64) time.Duration { return time.Duration(median(rounds)) }
