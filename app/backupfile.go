package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
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
		b, err := heldBackup(ctx, s, folder, BackupUpdate, false, now())
		if err == nil && b.Schema != version {
			err = fmt.Errorf("the backup has schema %d, the data %d", b.Schema, version)
			_ = os.Remove(b.Name)
			_ = os.Remove(manifestOf(b.Name))
		}
		if errors.Is(err, data.ErrFull) {
			return &Error{Code: Unavailable, Err: err, Message: i18n.T("The disk is full, so the data could not be backed up before this version of Clientele changes its form. Nothing was changed: free some space and start again.")}
		}
		if err != nil {
			return &Error{Code: Unavailable, Err: err, Message: i18n.T("The data could not be backed up before this version of Clientele changes its form, so nothing was changed. Check the folder “%s”, or go on with the older version.", folder)}
		}
		return nil
	}
}

// heldBackup is backup in a folder that nobody else writes into meanwhile.
func heldBackup(ctx context.Context, s *data.Store, folder string, why BackupReason, quick bool, now time.Time) (b Backup, err error) {
	release, err := holdBackups(ctx, folder)
	if err != nil {
		return b, err
	}
	defer release()
	return backup(ctx, s, folder, why, quick, now)
}

// backup writes a copy of the data into a folder that is held, reads it again and gives it its name only then: a file that bears such a name is one that can be restored. Name
// is the whole path. quick looks at every page of the copy, but does not compare its indexes with its tables.
func backup(ctx context.Context, s *data.Store, folder string, why BackupReason, quick bool, now time.Time) (b Backup, err error) {
	temp, m, err := copyOut(ctx, s, folder, quick)
	if err != nil {
		return b, err
	}
	defer discardCopy(temp, &err)
	m.Reason, m.Made, m.Verified = why, now.UTC(), now.UTC()
	if m.SHA256, m.Size, err = sumOf(ctx, temp); err != nil {
		return b, err
	}
	if err := durable(temp); err != nil {
		return b, err
	}
	path, err := freeName(folder, fmt.Sprintf("clientele-%s-v%02d", now.UTC().Format(backupTime), m.Schema), backupEnding)
	if err != nil {
		return b, err
	}
	// What is said of it comes first. Stopped in between, a manifest is left, which the next backup removes, and never a backup of which nothing is known.
	if err := writeManifest(ctx, path, m); err != nil {
		return b, err
	}
	if err := os.Rename(temp, path); err != nil {
		_ = os.Remove(manifestOf(path))
		return b, err
	}
	_ = durable(folder) // some systems cannot: the file itself is safe, its name may be lost with the power
	return Backup{Name: path, Manifest: m, Bytes: m.Size}, nil
}

// copyOut writes a sound copy of the data to a file in a folder that only its owner can read, and tells what is in it.
func copyOut(ctx context.Context, s *data.Store, folder string, quick bool) (path string, m Manifest, err error) {
	// The engine would make a file that everybody may read; CreateTemp makes one for its owner alone.
	temp, err := os.CreateTemp(folder, ".clientele-*.tmp")
	if err != nil {
		return "", m, err
	}
	defer discardCopy(temp.Name(), &err)
	if err := temp.Close(); err != nil {
		return "", m, err
	}
	if err := s.Backup(ctx, temp.Name()); err != nil {
		return "", m, err
	}
	look := data.Inspect
	if quick {
		look = data.InspectQuickly
	}
	in, err := look(ctx, temp.Name())
	if err != nil {
		return "", m, err
	}
	if len(in.Wrong) > 0 {
		return "", m, fmt.Errorf("the backup is not sound: %s", strings.Join(in.Wrong, "; "))
	}
	m.takeFrom(in)
	return temp.Name(), m, nil
}

// discardCopy removes an unfinished copy where err says that it came to nothing.
func discardCopy(path string, err *error) {
	if *err != nil {
		_ = os.Remove(path)
		_ = os.Remove(path + "-journal")
	}
}

// sumOf reads a file and tells the SHA-256 of its contents and its size.
func sumOf(ctx context.Context, path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = f.Close() }() // only read
	h := sha256.New()
	size, err = io.Copy(h, &stoppable{ctx, f})
	return hex.EncodeToString(h.Sum(nil)), size, err
}

// stoppable reads until ctx ends.
type stoppable struct {
	ctx context.Context
	r   io.Reader
}

func (s *stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
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
