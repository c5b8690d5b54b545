package app

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// A window and commands may work in the same folder of backups, and each of them may be stopped at any moment. One at a time writes there, and whoever comes next removes what
// was left behind: copies as large as the data, which nobody else would ever find.

// holdPause is between two looks whether the other program has finished.
const holdPause = 50 * time.Millisecond

// unfinished is how files are called before they are given their name, with what the engine puts beside them.
var unfinished = regexp.MustCompile(`^\.(clientele|damaged)-.*\.tmp(-journal)?$`)

// aboutBackup is how manifests are called.
var aboutBackup = regexp.MustCompile(`^clientele-\d{8}-\d{6}Z-v\d+(-\d+)?\.json$`)

// holdBackups waits until no other program writes into a folder of backups, makes the folder where it is not there, and removes what was left unfinished.
func holdBackups(ctx context.Context, folder string) (release func(), err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Clean(folder)+".lock", flock.SetPermissions(0o600)) // beside it: in the folder there are backups alone
	alone, err := lock.TryLockContext(ctx, holdPause)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil || !alone { // a file system without locks, where nobody knows what others are about
		return func() {}, nil //nolint:nilerr // a backup can be made all the same
	}
	sweepBackups(folder)
	return func() { _ = lock.Unlock() }, nil
}

// sweepBackups removes what programs that were stopped left in a folder: unfinished copies, and manifests of backups that were never given their name, or of which
// nothing else is left. What cannot be removed is tried again the next time.
func sweepBackups(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	there := make(map[string]bool, len(entries))
	for _, e := range entries {
		there[e.Name()] = true
	}
	for _, e := range entries {
		of := strings.TrimSuffix(e.Name(), manifestEnding)
		alone := aboutBackup.MatchString(e.Name()) && !there[of+backupEnding] && !there[of+encryptedEnding]
		if e.Type().IsRegular() && (alone || unfinished.MatchString(e.Name())) {
			_ = os.Remove(filepath.Join(folder, e.Name()))
		}
	}
}
