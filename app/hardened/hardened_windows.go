package hardened

import "golang.org/x/sys/windows"

// noHeap leaves out the heap of what Windows Error Reporting collects of a program that broke down (WER_FAULT_REPORTING_FLAG_NOHEAP).
const noHeap = 1

// NoCore has none of the memory of this process in the reports of Windows Error Reporting.
func NoCore() error {
	set := windows.NewLazySystemDLL("kernel32.dll").NewProc("WerSetFlags")
	if err := set.Find(); err != nil {
		return err
	}
	if failed, _, _ := set.Call(noHeap); failed != 0 {
		return windows.Errno(failed)
	}
	return nil
}

// Private does nothing here: Windows has no such switch.
func Private() error { return nil }
