package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
)

// Backups makes copies of all data that it can be restored from, keeps as many as are of use, and restores them (IO-4). A database that is shared lies on
// a server, whose own tools back it up: see Available.
type Backups struct {
	core
	folder   string
	restorer *Restorer
	mu       sync.Mutex // one backup at a time
}

// Available tells whether backups are made here: not where the data lies on a server.
func (s *Backups) Available() bool { return s.store.Engine() == sqliteEngine }

// sqliteEngine is the engine whose file is backed up here.
const sqliteEngine = "SQLite"

// Folder is where automatic backups lie.
func (s *Backups) Folder() string { return s.folder }

// MakeDaily makes the backup of the day, unless there is a sound one of today, and removes those that are no longer of use. made is false where nothing had to be
// made, and where the data lies on a server.
func (s *Backups) MakeDaily(ctx context.Context, p Progress) (b Backup, made bool, err error) {
	if !s.Available() {
		return b, false, nil
	}
	all, err := listBackups(s.folder)
	if err != nil {
		return b, false, s.failed(err)
	}
	for _, b := range all {
		if b.Reason == BackupDaily && !b.Verified.IsZero() && date.Today(b.Made.Local()) == date.Today(s.now()) {
			return b, false, nil
		}
	}
	b, err = s.make(ctx, BackupDaily, p)
	return b, err == nil, err
}

// Make makes a backup in the folder, which stays until somebody deletes it.
func (s *Backups) Make(ctx context.Context, p Progress) (Backup, error) {
	if !s.Available() {
		return Backup{}, s.failed(data.ErrNoBackup)
	}
	return s.make(ctx, BackupByHand, p)
}

// before makes a backup before an act that could hurt. Where the data lies on a server there is none: its own backups are what the act can be taken back with.
func (s *Backups) before(ctx context.Context, why BackupReason, p Progress) error {
	if !s.Available() || s.folder == "" { // only tests and benches name no folder
		return nil
	}
	_, err := s.make(ctx, why, p)
	return err
}

func (s *Backups) make(ctx context.Context, why BackupReason, p Progress) (Backup, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.Step(i18n.T("Backing up"))
	// Someone waits for one that comes before an act. It is read as a whole all the same; only that its indexes agree with its tables is left to the daily one.
	quick := why != BackupDaily && why != BackupByHand
	release, err := holdBackups(ctx, s.folder)
	if err != nil {
		return Backup{}, s.failed(err)
	}
	defer release()
	b, err := backup(ctx, s.store, s.folder, why, quick, s.now())
	if err != nil {
		return b, s.failed(err)
	}
	b.Name = filepath.Base(b.Name)
	s.tidy()
	s.events.publish(Change{Topic: TopicBackups})
	return b, nil
}

// tidy removes backups that are no longer of use. One that cannot be removed is tried again the next time.
func (s *Backups) tidy() {
	all, err := listBackups(s.folder)
	if err != nil {
		return
	}
	for _, b := range superfluous(all, s.now(), time.Local) {
		if err := s.remove(b.Name); err != nil {
			s.log.Warn("remove a backup", "name", b.Name, "error", err)
		}
	}
}

// remove removes a backup and what is said of it: the manifest last, so that a backup never lies there without.
func (s *Backups) remove(name string) error {
	path := filepath.Join(s.folder, name)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Remove(manifestOf(path)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// List lists the backups in the folder, the newest first.
func (s *Backups) List(context.Context) ([]Backup, error) {
	all, err := listBackups(s.folder)
	if err != nil {
		return nil, s.failed(err)
	}
	return all, nil
}

// Delete removes a backup from the folder for good. The newest one that is sound stays: NotAllowed.
func (s *Backups) Delete(ctx context.Context, name string) error {
	if err := s.may(Deleting); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all, err := s.List(ctx)
	if err != nil {
		return err
	}
	sound := 0
	var it *Backup
	for i, b := range all {
		if !b.Verified.IsZero() {
			sound++
		}
		if b.Name == name {
			it = &all[i]
		}
	}
	switch {
	case it == nil:
		return &Error{Code: NotFound, Message: i18n.T("This backup is no longer there.")}
	case !it.Verified.IsZero() && sound == 1:
		return &Error{Code: NotAllowed, Message: i18n.T("This is the only backup that was found sound. Make another one first.")}
	}
	if err := s.remove(name); err != nil {
		return s.failed(err)
	}
	s.events.publish(Change{Topic: TopicBackups})
	return nil
}

// BackupState is how the backups stand.
type BackupState struct {
	Available bool
	Newest    Backup // the newest one that was found sound; zero where there is none
	Days      int    // how many days ago it was made
	Bytes     int64  // of all backups in the folder
	Count     int
}

// State tells how the backups stand.
func (s *Backups) State(ctx context.Context) (BackupState, error) {
	st := BackupState{Available: s.Available()}
	all, err := s.List(ctx)
	if err != nil || !st.Available {
		return st, err
	}
	for _, b := range all {
		st.Bytes += b.Bytes
		st.Count++
		if st.Newest.Name == "" && !b.Verified.IsZero() {
			st.Newest = b
			st.Days = max(0, date.Today(s.now()).Days()-date.Today(b.Made.In(s.now().Location())).Days())
		}
	}
	return st, nil
}

// failed says why a backup could not be made or read.
func (s *Backups) failed(err error) error { return backupFailed(err, s.folder) }

func backupFailed(err error, place string) error {
	var ours *Error
	switch {
	case errors.As(err, &ours), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, data.ErrNoBackup):
		return &Error{Code: NotAllowed, Err: err, Message: i18n.T("This data lies on a PostgreSQL server. It is backed up there, such as by pg_dump, and not by Clientele.")}
	case errors.Is(err, data.ErrFull):
		return &Error{Code: Unavailable, Err: err, Message: i18n.T("The disk is full, so no backup could be made. Nothing was changed: free some space and try again.")}
	}
	return &Error{Code: Unavailable, Err: err, Message: i18n.T("No backup could be made in “%s”. Nothing was changed. Check who may write there and whether its disk is full.", place)}
}

// Look reads a backup as a whole, and tells what is in it and in words what is wrong with it.
func (s *Backups) Look(ctx context.Context, path, passphrase string) (Manifest, []string, error) {
	if !s.Available() {
		return Manifest{}, nil, s.failed(data.ErrNoBackup)
	}
	return s.restorer.Look(ctx, path, passphrase)
}

// PrepareRestore gets a restore ready. The program has to be started anew for it to be done: see Restorer.
func (s *Backups) PrepareRestore(ctx context.Context, path, passphrase string, p Progress) error {
	if !s.Available() {
		return s.failed(data.ErrNoBackup)
	}
	if err := s.may(Deleting); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.restorer.Prepare(ctx, path, passphrase, s.store, p)
	return err
}
