package hardened

import "golang.org/x/sys/unix"

// NoCore has no core file written of this process. A limit of one byte, unlike none at all, also keeps the system from handing one to a collector such as systemd-coredump.
func NoCore() error {
	var now unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &now); err != nil {
		return err
	}
	most := min(now.Max, 1)
	return unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{Cur: most, Max: most})
}

// Private lets no other program of the same user look into the memory of this process. The desktop's services refuse a process like that, so whatever they are asked for at the
// start, such as whether the desktop is dark, has to be asked before.
func Private() error { return unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) }
