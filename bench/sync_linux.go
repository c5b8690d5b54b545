package main

import (
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// dataSync forces a file's content to the disk, as the engine does at a commit.
func dataSync(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }

// threadCPU is the processor time that this thread has used, to the nanosecond; getrusage knows it to the millisecond.
func threadCPU() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}
