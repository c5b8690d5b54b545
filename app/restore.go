package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"clientele/app/atomicfile"
	"clientele/app/i18n"
	"clientele/data"
)

// A restore is done in two parts. Prepare makes, beside the database, a copy of the backup that was read and found sound, backs up what is there, and writes down that the
// copy is to take its place. Finish does that, while nobody has the data open, as the first thing before it is opened. Whatever stops the program in between, the next start
// finds the old data, or finishes.

// Restorer restores a backup into a data folder. It needs no open store, since the data may be damaged.
type Restorer struct {
	// Database is the SQLite file that is replaced. It need not be there.
	Database string
	// Backups is the folder into which the data that is replaced is backed up.
	Backups string
	Now     func() time.Time
}

// Restore is what is written down of a restore that was prepared.
type Restore struct {
	ID       string    `json:"id"`   // tells it from others
	From     string    `json:"from"` // the name of the backup
	At       time.Time `json:"at"`
	Replaced string    `json:"replaced"` // the backup of what was there before; empty where there was nothing
	Manifest `json:"backup"`
}

func (r *Restorer) coming() string { return r.Database + ".restoring" }

func (r *Restorer) note() string { return r.Database + ".restore.json" }

// restorable is a backup that was copied, decrypted and looked at.
type restorable struct {
	Manifest
	path  string // of the plain copy
	Wrong []string
}

func (c *restorable) discard() {
	_ = os.Remove(c.path)
	_ = os.Remove(c.path + "-journal")
}

// lookAt copies a backup into a folder, opens it by the passphrase where it is encrypted, and looks it over as a whole. What is wrong with it is told in words; an error
// says that it cannot be looked at. Whoever called it discards the copy.
func lookAt(ctx context.Context, path, folder, passphrase string) (c *restorable, err error) {
	c = &restorable{}
	said, have := readManifest(path)
	c.Manifest = said
	if c.Encrypted, err = encryptedFile(path); err != nil {
		return nil, unreadableBackup(err)
	}
	if c.SHA256, c.Size, err = sumOf(ctx, path); err != nil {
		return nil, unreadableBackup(err)
	}
	if have && said.SHA256 != "" && said.SHA256 != c.SHA256 {
		c.Wrong = append(c.Wrong, i18n.T("The file is not the one that was written: it was changed since, or its disk lost a part of it."))
	}
	if c.Encrypted && passphrase == "" {
		return nil, &Error{Code: NotAllowed, Field: FieldPassphrase, Message: i18n.T("This backup is encrypted. Enter its passphrase.")}
	}
	out, err := os.CreateTemp(folder, ".clientele-*.tmp")
	if err != nil {
		return nil, backupFailed(err, folder)
	}
	c.path = out.Name()
	if err = copyPlain(ctx, path, out, c.Encrypted, passphrase); err == nil {
		err = out.Sync()
	}
	err = errors.Join(err, out.Close())
	if err == nil {
		err = c.inspect(ctx)
	}
	if err != nil {
		c.discard()
		if ctx.Err() != nil || CodeOf(err) != "" || errors.Is(err, data.ErrNewer) {
			return nil, err
		}
		return nil, unreadableBackup(err)
	}
	if c.Made.IsZero() {
		if info, err := os.Stat(path); err == nil {
			c.Made = info.ModTime().UTC()
		}
	}
	return c, nil
}

func unreadableBackup(err error) error {
	return &Error{Code: Unavailable, Err: err, Message: i18n.T("This file cannot be read as a backup of Clientele. Nothing was changed.")}
}

func copyPlain(ctx context.Context, path string, out io.Writer, encrypted bool, passphrase string) error {
	if encrypted {
		return decrypt(ctx, path, out, passphrase)
	}
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read
	_, err = io.Copy(out, &stoppable{ctx, in})
	return err
}

// inspect looks the plain copy over: that its pages and references are sound, and that there is nothing in it that the program did not make.
func (c *restorable) inspect(ctx context.Context) error {
	foreign, err := data.CheckSchema(ctx, c.path)
	if err != nil {
		return err
	}
	in, err := data.Inspect(ctx, c.path)
	if err != nil {
		return err
	}
	c.Wrong = append(append(c.Wrong, foreign...), in.Wrong...)
	c.takeFrom(in)
	return nil
}

func (r *Restorer) lock() *flock.Flock {
	return flock.New(r.Database+".restore.lock", flock.SetPermissions(0o600))
}

// hold waits until no other program looks at a backup or restores one into the same place.
func (r *Restorer) hold(ctx context.Context) (release func(), err error) {
	lock := r.lock()
	if _, err := lock.TryLockContext(ctx, holdPause); err != nil {
		return nil, backupFailed(err, filepath.Dir(r.Database))
	}
	return func() { _ = lock.Unlock() }, nil
}

// unfinished lists the copies of backups beside the database.
func (r *Restorer) unfinished() (left []string) {
	folder := filepath.Dir(r.Database)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil // whoever opens the data says what is wrong
	}
	for _, e := range entries {
		if e.Type().IsRegular() && unfinished.MatchString(e.Name()) {
			left = append(left, filepath.Join(folder, e.Name()))
		}
	}
	return left
}

// sweep removes what a program left that was stopped while it looked at a backup, or before a restore was ready. It does nothing while another one is at that.
func (r *Restorer) sweep() {
	left := r.unfinished()
	if _, err := os.Lstat(r.coming()); err == nil {
		left = append(left, r.coming())
	}
	if len(left) == 0 {
		return
	}
	lock := r.lock()
	if alone, err := lock.TryLock(); err != nil || !alone {
		return // they are removed at another start
	}
	defer func() { _ = lock.Unlock() }()
	if _, err := os.Lstat(r.note()); err != nil { // else it became ready meanwhile
		remove(left)
	}
}

// remove removes files. One that cannot be removed is tried again the next time.
func remove(paths []string) {
	for _, path := range paths {
		_ = os.Remove(path)
	}
}

// Look reads a backup as a whole and tells what is in it, and what is wrong with it.
func (r *Restorer) Look(ctx context.Context, path, passphrase string) (Manifest, []string, error) {
	release, err := r.hold(ctx)
	if err != nil {
		return Manifest{}, nil, err
	}
	defer release()
	c, err := lookAt(ctx, path, filepath.Dir(r.Database), passphrase)
	if err != nil {
		return Manifest{}, nil, err
	}
	defer c.discard()
	return c.Manifest, c.Wrong, nil
}

// Prepare gets a restore ready, which Finish then does. present is the store that is open, from which what is there now is backed up; nil means that there is none to
// open, and then the files are kept as they are. Where it fails or is stopped, nothing is changed.
func (r *Restorer) Prepare(ctx context.Context, path, passphrase string, present *data.Store, p Progress) (n Restore, err error) {
	p.Step(i18n.T("Reading the backup"))
	release, err := r.hold(ctx)
	if err != nil {
		return n, err
	}
	defer release()
	c, err := lookAt(ctx, path, filepath.Dir(r.Database), passphrase)
	if err != nil {
		return n, err
	}
	defer c.discard()
	if len(c.Wrong) > 0 {
		return n, &Error{Code: NotAllowed, Message: i18n.T("This backup is not sound, so nothing was changed: %s", c.Wrong[0])}
	}
	n = Restore{ID: rand.Text(), From: filepath.Base(path), At: r.Now().UTC(), Manifest: c.Manifest}
	p.Step(i18n.T("Backing up what is there now"))
	if n.Replaced, err = r.keep(ctx, present); err != nil {
		return n, err
	}
	if err := os.Rename(c.path, r.coming()); err != nil {
		return n, backupFailed(err, filepath.Dir(r.Database))
	}
	_ = durable(filepath.Dir(r.Database))
	err = atomicfile.Write(ctx, r.note(), func(w io.Writer) error { return json.NewEncoder(w).Encode(n) })
	if err != nil {
		_ = os.Remove(r.coming())
		return n, backupFailed(err, filepath.Dir(r.Database))
	}
	return n, nil
}

// keep backs up what is there now, and returns the name of the backup.
func (r *Restorer) keep(ctx context.Context, present *data.Store) (string, error) {
	if present != nil {
		b, err := heldBackup(ctx, present, r.Backups, BackupRestore, true, r.Now())
		if err == nil {
			return filepath.Base(b.Name), nil
		}
		if errors.Is(err, data.ErrFull) || ctx.Err() != nil {
			return "", backupFailed(err, r.Backups)
		}
		// It is damaged, which is why somebody restores. The files are kept as they are.
	}
	if _, err := os.Stat(r.Database); errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	name := fmt.Sprintf("damaged-%s", r.Now().UTC().Format(backupTime))
	release, err := holdBackups(ctx, r.Backups)
	if err != nil {
		return "", backupFailed(err, r.Backups)
	}
	defer release()
	for _, ending := range []string{"", "-wal"} {
		err := copyFile(ctx, r.Database+ending, filepath.Join(r.Backups, name+backupEnding+ending))
		if err != nil && !(ending != "" && errors.Is(err, os.ErrNotExist)) {
			return "", backupFailed(err, r.Backups)
		}
	}
	return name + backupEnding, nil
}

func copyFile(ctx context.Context, from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read
	return atomicfile.Write(ctx, to, func(w io.Writer) error {
		_, err := io.Copy(w, &stoppable{ctx, in})
		return err
	})
}

// Pending reads what is written down of a restore that was prepared and is not noted in the data yet. ok is false where there is none.
func (r *Restorer) Pending() (n Restore, ok bool, err error) {
	raw, err := os.ReadFile(r.note())
	if errors.Is(err, os.ErrNotExist) {
		return n, false, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &n)
	}
	return n, err == nil, err
}

// Finish puts a backup that was prepared in the place of the data. It does nothing where none was prepared, or where that was done. Unavailable: a program has the data open,
// and the old data is still in its place.
func (r *Restorer) Finish(ctx context.Context) error {
	if _, err := os.Lstat(r.note()); err != nil {
		r.sweep()
		return nil
	}
	release, err := r.hold(ctx) // another program that starts at this moment waits for the first one
	if err != nil {
		return err
	}
	defer release()
	remove(r.unfinished())
	if _, err := os.Stat(r.coming()); errors.Is(err, os.ErrNotExist) {
		return nil // it is in its place
	}
	err = data.Release(ctx, r.Database)
	if errors.Is(err, data.ErrBusy) {
		return &Error{Code: Unavailable, Err: err, Message: i18n.T("A backup is to be restored, and another program still has the data open. Close it, and start again.")}
	}
	// Any other error says that what is there is no sound database, which is no reason to keep it in the place of one.
	for _, beside := range []string{"-wal", "-shm", "-journal"} {
		if err := os.Remove(r.Database + beside); err != nil && !errors.Is(err, os.ErrNotExist) {
			return backupFailed(err, filepath.Dir(r.Database))
		}
	}
	if err := os.Rename(r.coming(), r.Database); err != nil {
		return backupFailed(err, filepath.Dir(r.Database))
	}
	_ = durable(filepath.Dir(r.Database))
	return nil
}

// Abandon forgets a restore that was prepared and could not be finished. The old data stays.
func (r *Restorer) Abandon() error {
	if _, err := os.Stat(r.coming()); err != nil {
		return nil //nolint:nilerr // it is in its place already
	}
	return errors.Join(os.Remove(r.note()), os.Remove(r.coming()))
}

// forget removes the note, once the restored data says itself where it came from.
func (r *Restorer) forget() error {
	if err := os.Remove(r.note()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	_ = durable(filepath.Dir(r.Database))
	return nil
}
