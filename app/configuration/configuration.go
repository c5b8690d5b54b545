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

	"clientele/app/atomicfile"

	"github.com/BurntSushi/toml"
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

	path string
}

// Open reads the configuration of a data folder, or makes one on the first start.
func Open(folder string) (*Configuration, error) {
	c := &Configuration{path: filepath.Join(folder, Name)}
	b, err := os.ReadFile(c.path)
	switch {
	case os.IsNotExist(err):
		c.Installation, c.MailKey = random(8), random(32)
		return c, c.Save()
	case err != nil:
		return nil, err
	}
	if err := toml.Unmarshal(b, c); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	if _, err := c.Key(); err != nil || c.Installation == "" {
		return nil, fmt.Errorf("%w: its keys are missing", ErrUnreadable)
	}
	// A file that others may read is closed to them: it holds keys.
	if info, err := os.Stat(c.path); err == nil && info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(c.path, 0o600); err != nil {
			return nil, err
		}
	}
	return c, nil
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
