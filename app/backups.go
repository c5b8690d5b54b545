package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"clientele/app/i18n"
	"clientele/data"
)

// backupTime is how the name of a backup tells when it was made, in UTC.
const backupTime = "20060102-150405Z"

// BackupBefore makes a function for data.Options.BackupBefore, which backs the data up into a folder before a newer version changes its form. The change does not
// begin unless the backup was read again and found sound.
func BackupBefore(folder string, now func() time.Time) func(context.Context, *data.Store, int) error {
	return func(ctx context.Context, s *data.Store, version int) error {
		_, err := backup(ctx, s, folder, version, now())
		if errors.Is(err, data.ErrFull) {
			return &Error{Code: Unavailable, Err: err, Message: i18n.T("The disk is full, so the data could not be backed up before this version of Clientele changes its form. Nothing was changed: free some space and start again.")}
		}
		if err != nil {
			return &Error{Code: Unavailable, Err: err, Message: i18n.T("The data could not be backed up before this version of Clientele changes its form, so nothing was changed. Check the folder “%s”, or go on with the older version.", folder)}
		}
		return nil
	}
}

// backup writes a copy of the data, reads it again and gives it its name only then: a file that bears such a name is one that can be restored.
// It returns the path.
func backup(ctx context.Context, s *data.Store, folder string, version int, now time.Time) (path string, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	// The engine would make a file that everybody may read; CreateTemp makes one for its owner alone.
	temp, err := os.CreateTemp(folder, ".clientele-*.tmp")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp.Name())
			_ = os.Remove(temp.Name() + "-journal")
		}
	}()
	if err := temp.Close(); err != nil {
		return "", err
	}
	if err := s.Backup(ctx, temp.Name()); err != nil {
		return "", err
	}
	in, err := data.Inspect(ctx, temp.Name())
	switch {
	case err != nil:
		return "", err
	case len(in.Wrong) > 0:
		return "", fmt.Errorf("the backup is not sound: %s", strings.Join(in.Wrong, "; "))
	case in.Version != version:
		return "", fmt.Errorf("the backup has schema %d, the data %d", in.Version, version)
	}
	if err := durable(temp.Name()); err != nil {
		return "", err
	}
	if path, err = settle(temp.Name(), folder, fmt.Sprintf("clientele-%s-v%02d", now.UTC().Format(backupTime), version)); err != nil {
		return "", err
	}
	_ = durable(folder) // some systems cannot: the file itself is safe, its name may be lost with the power
	return path, nil
}

// settle gives the file its name. One of the same second keeps it, and the later one gets a number.
func settle(temp, folder, name string) (string, error) {
	for n := 1; n < 100; n++ {
		path := filepath.Join(folder, name+".db")
		if n > 1 {
			path = filepath.Join(folder, fmt.Sprintf("%s-%d.db", name, n))
		}
		if _, err := os.Lstat(path); err == nil {
			continue
		}
		return path, os.Rename(temp, path)
	}
	return "", errors.New("too many backups of one second")
}

// durable has the system put a file on the disk.
func durable(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		if f, err = os.Open(path); err != nil { // a folder opens for reading alone
			return err
		}
	}
	return errors.Join(f.Sync(), f.Close())
}
