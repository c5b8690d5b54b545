//go:build unix && !linux

package main

import (
	"os"
	"time"
)

// dataSync forces a file's content to the disk, as the engine does at a commit.
func dataSync(f *os.File) error { return f.Sync() }

// threadCPU is not known here.
func threadCPU() time.Duration { return 0 }
