//go:build !linux

package app

import (
	"context"
	"runtime"
)

// systemKeyringThere: Windows and macOS always have a keyring.
func systemKeyringThere(context.Context) bool {
	return runtime.GOOS == "windows" || runtime.GOOS == "darwin"
}
