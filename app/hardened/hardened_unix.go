//go:build unix && !linux

package hardened

import "golang.org/x/sys/unix"

// NoCore has no core file written of this process.
func NoCore() error { return unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }

// Private does nothing here: macOS lets other programs into a process only where its signature allows it.
func Private() error { return nil }
