package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/zalando/go-keyring"

	"clientele/app/configuration"
)

const (
	keyringService = "Clientele"
	// keyringPatience is how long the system's keyring may take, which may ask the person to unlock it.
	keyringPatience = 30 * time.Second
	// keyringLook is how long looking for a keyring may take.
	keyringLook = 3 * time.Second
)

// SystemKeyring keeps secrets in the keyring of the operating system: Keychain, Credential Manager, Secret Service. Where there is none, as on a
// Linux server, it is a FileKeyring. One that is there but locked is an error and never a reason to write a secret into a file. It is safe
// for concurrent use.
type SystemKeyring struct {
	installation string
	file         FileKeyring
	patience     time.Duration
	there        func() bool

	mu sync.Mutex // guards the file
}

// NewSystemKeyring makes the keyring of an installation. The system is asked only once something is wanted of it.
func NewSystemKeyring(c *configuration.Configuration) *SystemKeyring {
	return &SystemKeyring{
		installation: c.Installation, file: FileKeyring{c}, patience: keyringPatience,
		there: sync.OnceValue(func() bool {
			ctx, stop := context.WithTimeout(context.Background(), keyringLook)
			defer stop()
			return systemKeyringThere(ctx)
		}),
	}
}

// Get returns a secret from the system, or else from the file, where it was put while the system had no keyring.
func (k *SystemKeyring) Get(name string) (string, error) {
	if k.there() {
		secret, err := within(k.patience, func() (string, error) { return keyring.Get(keyringService, k.account(name)) })
		if err == nil || !errors.Is(err, keyring.ErrNotFound) {
			return secret, err
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.file.Get(name)
}

// Set keeps a secret, and takes it out of where it may have been kept before.
func (k *SystemKeyring) Set(name, secret string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.there() {
		return k.file.Set(name, secret)
	}
	_, err := within(k.patience, func() (string, error) {
		if secret == "" {
			if err := keyring.Delete(keyringService, k.account(name)); !errors.Is(err, keyring.ErrNotFound) {
				return "", err
			}
			return "", nil
		}
		return "", keyring.Set(keyringService, k.account(name), secret)
	})
	if err != nil {
		return err
	}
	if _, err := k.file.Get(name); errors.Is(err, ErrNoSecret) {
		return nil
	}
	return k.file.Set(name, "")
}

// Safe tells whether the system guards the secrets.
func (k *SystemKeyring) Safe() bool { return k.there() }

// account tells installations on one machine apart.
func (k *SystemKeyring) account(name string) string { return name + "@" + k.installation }

// within runs f for as long as patience lasts. The keyrings' own calls cannot be stopped, so one that hangs is left to itself.
func within(patience time.Duration, f func() (string, error)) (string, error) {
	type answer struct {
		secret string
		err    error
	}
	answers := make(chan answer, 1)
	go func() {
		secret, err := f()
		answers <- answer{secret, err}
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case a := <-answers:
		return a.secret, a.err
	case <-timer.C:
		return "", fmt.Errorf("the keyring did not answer within %v", patience)
	}
}
