package main

import (
	"os"
	"syscall"
)

// dataSync forces a file's content to the disk, as the engine does at a commit.
func dataSync(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }
