package main

import (
	"os"
	"syscall"
	"time"
)

// dataSync forces a file's content to the disk, as the engine does at a commit.
func dataSync(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }

// threadCPU is the processor time that this thread has used.
func threadCPU() time.Duration {
	const thisThread = 1 // RUSAGE_THREAD
	var r syscall.Rusage
	if err := syscall.Getrusage(thisThread, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
