// Package configuration is the file beside the data that holds what must be known before the data can be opened, and the keys
// that must not lie in it: a copy of the data alone opens nothing that is sealed.
package configuration

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"clientele/app/atomicfile"

	"github.com/BurntSushi/toml"
	"github.com/gofrs/flock"
)

// Name of the file in the data folder.
const Name = "configuration.toml"

// ErrUnreadable: the file is there but is no configuration.
var ErrUnreadable = errors.New("the configuration file cannot be read")

// Configuration is what the file holds.
type Configuration struct {
	// Installation names this installation among those that share a database. 16 hex digits.
	Installation string `toml:"installation"`
	// DatabaseURL is the postgres:// address of a shared database, or empty for the file in the data folder.
	DatabaseURL string `toml:"database_url,omitempty"`
	// MailKey seals what a waiting mail must not show, such as a new password. 32 bytes as hex.
	MailKey string `toml:"mail_key"`
	// SMTPPassword is the sealed password of the mail server where the system has no keyring. As hex.
	SMTPPassword string `toml:"smtp_password_sealed,omitempty"`
	// DatabasePassword is the sealed password of the shared database where the system has no keyring. As hex.
	DatabasePassword string `toml:"database_password_sealed,omitempty"`
	// Cards are the keys of the card vault.
	Cards
	// Lock is what opens the window of this desktop.
	Lock

	path string
	mu   *sync.Mutex // of what Update changes
}

// Cards are the keys of the card vault, as hex. All are empty until the vault is made.
type Cards struct {
	// Hash is the CC encryption hash: whoever has it can read the stored cards. It is empty once it was taken off this machine.
	Hash string `toml:"cc_encryption_hash,omitempty"`
	// Recipient is the public key, which is all that is needed to store a card.
	Recipient string `toml:"cc_recipient,omitempty"`
	// KeyID names the key.
	KeyID string `toml:"cc_key_id,omitempty"`
	// PendingHash is the hash that is to follow, while all cards are being sealed anew.
	PendingHash string `toml:"cc_pending_hash,omitempty"`
	// Saved tells that somebody proved to have the hash elsewhere.
	Saved bool `toml:"cc_hash_is_saved,omitempty"`
}

// Lock is the passphrase that the window of this desktop is locked with, where it is.
type Lock struct {
	// Passphrase is its Argon2id hash. Without one the window is never locked.
	Passphrase string `toml:"app_lock,omitempty"`
	// Minutes without anybody at the desktop after which the window locks itself; 0 is never.
	Minutes int `toml:"app_lock_minutes,omitempty"`
}

// Open reads the configuration of a data folder, or makes one on the first start.
func Open(folder string) (*Configuration, error) {
	c := &Configuration{path: filepath.Join(folder, Name), mu: &sync.Mutex{}}
	b, err := os.ReadFile(c.path)
	switch {
	case os.IsNotExist(err):
		c.Installation, c.MailKey = random(8), random(32)
		return c, c.Save()
	case err != nil:
		return nil, err
	}
	if err := c.decode(b); err != nil {
		return nil, err
	}
	// A file that others may read is closed to them: it holds keys.
	if info, err := os.Stat(c.path); err == nil && info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(c.path, 0o600); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *Configuration) decode(b []byte) error {
	if err := toml.Unmarshal(b, c); err != nil {
		// The library's own words quote the line that it could not read, which may be a key.
		return fmt.Errorf("%w: it is not in the form that it was written in", ErrUnreadable)
	}
	if _, err := c.Key(); err != nil || c.Installation == "" {
		return fmt.Errorf("%w: its keys are missing", ErrUnreadable)
	}
	return nil
}

// lockWait is how long Update waits for another program that is writing the file.
const lockWait = 10 * time.Second

// Update reads the file anew, changes it and writes it, while no other program does: a window and a command beside it must not put back what the other one has
// just replaced. c is then as the file is. Where change fails, nothing is written.
func (c *Configuration) Update(change func(*Configuration) error) error {
	lock := flock.New(c.path+".lock", flock.SetPermissions(0o600))
	ctx, stop := context.WithTimeout(context.Background(), lockWait)
	defer stop()
	if ok, err := lock.TryLockContext(ctx, lockRetry); err != nil || !ok {
		return fmt.Errorf("lock the configuration: %w", err)
	}
	defer func() { _ = lock.Unlock() }()
	now := &Configuration{path: c.path}
	b, err := os.ReadFile(c.path)
	if err != nil {
		return err
	}
	if err := now.decode(b); err != nil {
		return err
	}
	if err := change(now); err != nil {
		return err
	}
	atomicfile.Sweep(c.path) // what was left half-way holds keys too, perhaps one that is to leave this machine
	if err := now.Save(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.copyFrom(now)
	return nil
}

const lockRetry = 20 * time.Millisecond

// Vault is what the file held of the card vault when it was read or written last.
func (c *Configuration) Vault() Cards {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.Cards
}

// AppLock is what the file held of the lock when it was read or written last.
func (c *Configuration) AppLock() Lock {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.Lock
}

// Refresh reads the file anew, as another program may have written it.
func (c *Configuration) Refresh() error {
	now := &Configuration{path: c.path}
	b, err := os.ReadFile(c.path)
	if err == nil {
		err = now.decode(b)
	}
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.copyFrom(now)
	return nil
}

// copyFrom takes over all that the file holds.
func (c *Configuration) copyFrom(o *Configuration) {
	c.Installation, c.DatabaseURL, c.MailKey, c.SMTPPassword, c.DatabasePassword, c.Cards, c.Lock = o.Installation, o.DatabaseURL, o.MailKey, o.SMTPPassword, o.DatabasePassword, o.Cards, o.Lock
}

// Save writes the file whole, readable by its owner alone.
func (c *Configuration) Save() error {
	return atomicfile.Write(context.Background(), c.path, func(w io.Writer) error {
		if _, err := io.WriteString(w, "# Keep this file to yourself, and keep a copy apart from the data: it holds the keys.\n"); err != nil {
			return err
		}
		return toml.NewEncoder(w).Encode(c)
	})
}

// Key is the key that seals secrets in waiting mails, 32 bytes.
func (c *Configuration) Key() ([]byte, error) {
	key, err := hex.DecodeString(c.MailKey)
	if err == nil && len(key) != 32 {
		err = errors.New("the mail key has not 32 bytes")
	}
	return key, err
}

func random(n int) string {
	b := make([]byte, n)
	rand.Read(b) // never fails: it would end the program
	return hex.EncodeToString(b)
}
