package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"time"

	"clientele/app/i18n"
	"clientele/data"
)

// WriteTo makes a backup and writes it to a file of the person's choice, which is replaced whole or left as it was. With a passphrase it is encrypted, and nobody
// can read it without. Name of what it returns is the whole path.
func (s *Backups) WriteTo(ctx context.Context, path, passphrase string, p Progress) (b Backup, err error) {
	if !s.Available() {
		return b, s.failed(data.ErrNoBackup)
	}
	if passphrase != "" {
		if err := passphraseProblem(passphrase); err != nil {
			return b, err
		}
	}
	if path, err = filepath.Abs(path); err != nil {
		return b, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p.Step(i18n.T("Backing up"))
	folders := []string{filepath.Dir(path)}
	if home := filepath.Dir(s.restorer.Database); passphrase != "" && home != folders[0] {
		folders = append(folders, home) // the plain copy is made there
	}
	for _, folder := range folders {
		release, err := s.holdFor(ctx, folder)
		if err != nil {
			return b, err
		}
		defer release()
	}
	if b, err = s.writeTo(ctx, path, passphrase, p); err != nil {
		return b, backupFailed(err, path)
	}
	return b, nil
}

// holdFor holds a folder of the person's choice where it is one in which unfinished copies are removed.
func (s *Backups) holdFor(ctx context.Context, folder string) (release func(), err error) {
	switch folder {
	case filepath.Clean(s.folder):
		if release, err = holdBackups(ctx, s.folder); err != nil {
			err = s.failed(err)
		}
		return release, err
	case filepath.Dir(s.restorer.Database):
		return s.restorer.hold(ctx)
	}
	return func() {}, nil
}

func (s *Backups) writeTo(ctx context.Context, path, passphrase string, p Progress) (b Backup, err error) {
	folder := filepath.Dir(path)
	copied := folder
	if passphrase != "" {
		// What is to be encrypted may go to a stick that others get, where what was removed can be found again: nothing plain is ever written there.
		copied = filepath.Dir(s.restorer.Database)
	}
	temp, m, err := copyOut(ctx, s.store, copied, false)
	if err != nil {
		return b, err
	}
	defer func() { _ = os.Remove(temp) }() // it is gone already where it was given its name
	m.Reason, m.Made, m.Verified, m.Encrypted = BackupByHand, s.now().UTC(), s.now().UTC(), passphrase != ""
	if m.Encrypted {
		p.Step(i18n.T("Encrypting"))
		plain := temp
		defer func() { _ = os.Remove(plain) }()
		if temp, err = sealed(ctx, plain, folder, passphrase); err != nil {
			return b, err
		}
	}
	if m.SHA256, m.Size, err = sumOf(ctx, temp); err != nil {
		return b, err
	}
	if err := durable(temp); err != nil {
		return b, err
	}
	if err := os.Rename(temp, path); err != nil {
		return b, err
	}
	_ = durable(folder)
	return Backup{Name: path, Manifest: m, Bytes: m.Size}, nil
}

// sealed encrypts a plain copy, and opens the result again to see that it holds the same.
func sealed(ctx context.Context, plain, folder, passphrase string) (string, error) {
	want, _, err := sumOf(ctx, plain)
	if err != nil {
		return "", err
	}
	path, err := encrypt(ctx, plain, folder, passphrase)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	if err = decrypt(ctx, path, h, passphrase); err == nil && hex.EncodeToString(h.Sum(nil)) != want {
		err = &Error{Code: Unavailable, Message: i18n.T("The encrypted backup could not be read again, so it was not kept. Check the disk.")}
	}
	discardCopy(path, &err)
	return path, err
}

// Verify reads a backup of the folder as a whole and says in words what is wrong with it; nothing means that the data can be restored from it. The list of backups
// tells it from then on.
func (s *Backups) Verify(ctx context.Context, name string, p Progress) (wrong []string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !backupName.MatchString(name) {
		return nil, &Error{Code: NotFound, Message: i18n.T("This backup is no longer there.")}
	}
	path := filepath.Join(s.folder, name)
	p.Step(i18n.T("Reading the backup"))
	release, err := holdBackups(ctx, s.folder)
	if err != nil {
		return nil, s.failed(err)
	}
	defer release()
	m, _ := readManifest(path)
	c, err := lookAt(ctx, path, s.folder, "")
	if err != nil {
		return nil, err
	}
	defer c.discard()
	m.Verified = time.Time{}
	if wrong = c.Wrong; len(wrong) == 0 {
		m = c.Manifest
		m.Verified = s.now().UTC()
	}
	if err := writeManifest(ctx, path, m); err != nil {
		return wrong, s.failed(err)
	}
	s.events.publish(Change{Topic: TopicBackups})
	return wrong, nil
}
