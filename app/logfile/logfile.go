// Package logfile is where the program writes what happened, for those who must find out later: one JSON object a line, rotated, read
// by its owner alone.
package logfile

import (
	"io"
	"log/slog"
	"os"
	"regexp"
	"runtime/debug"

	"gopkg.in/natefinch/lumberjack.v2"
)

const (
	megabytes = 5  // size at which a file is put aside
	kept      = 4  // files that are kept besides the present one
	days      = 90 // after which they go
)

// Open makes a logger that appends to a file. The file is made with the first line. Close it when the program ends.
func Open(path string) (*slog.Logger, io.Closer) {
	file := &lumberjack.Logger{Filename: path, MaxSize: megabytes, MaxBackups: kept, MaxAge: days}
	return slog.New(slog.NewJSONHandler(file, &slog.HandlerOptions{ReplaceAttr: withoutSecrets})), file
}

// secretKeys are attributes whose values are never written, whoever logs them.
var secretKeys = map[string]bool{"password": true, "secret": true, "secrets": true, "token": true, "key": true, "mail_key": true, "smtp_password": true}

// passwordInURL is the password of an address such as postgres://name:password@server.
var passwordInURL = regexp.MustCompile(`(://[^\s:/@]*:)[^\s@]+@`)

// withoutSecrets is the net below the rule that no secret is logged in the first place.
func withoutSecrets(_ []string, a slog.Attr) slog.Attr {
	if secretKeys[a.Key] {
		return slog.String(a.Key, "********")
	}
	switch v := a.Value.Any().(type) {
	case string:
		a.Value = slog.StringValue(masked(v))
	case error:
		a.Value = slog.StringValue(masked(v.Error()))
	}
	return a
}

func masked(s string) string { return passwordInURL.ReplaceAllString(s, "$1********@") }

// crashBytes is how large the crash file may have grown before it begins anew.
const crashBytes = 1 << 20

// Crashes has the last words of a program that breaks down appended to a file.
func Crashes(path string) error {
	mode := os.O_CREATE | os.O_WRONLY | os.O_APPEND
	if info, err := os.Stat(path); err == nil && info.Size() > crashBytes { //nolint:gosec // the path is of the data folder, which the admin names
		mode |= os.O_TRUNC
	}
	f, err := os.OpenFile(path, mode, 0o600) //nolint:gosec // as above
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // the runtime keeps a copy of its own
	return debug.SetCrashOutput(f, debug.CrashOptions{})
}
