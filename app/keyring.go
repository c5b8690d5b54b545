package app

import (
	"encoding/hex"
	"errors"

	"clientele/app/configuration"
	"clientele/app/seal"
)

// Keyring keeps secrets outside the data: the operating system's own, where there is one.
type Keyring interface {
	// Get returns a secret; ErrNoSecret where none is kept.
	Get(name string) (string, error)
	// Set keeps a secret; an empty one removes it.
	Set(name, secret string) error
	// Safe tells whether the operating system guards the secrets, rather than a file.
	Safe() bool
}

// ErrNoSecret: nothing is kept under that name.
var ErrNoSecret = errors.New("no such secret")

// FileKeyring keeps the passwords of the mail server and of the shared database in the configuration file, for systems without a keyring. They are sealed
// with a key from the same file, which hides them from a glance and no more.
type FileKeyring struct{ Configuration *configuration.Configuration }

// Get opens the password.
func (k FileKeyring) Get(name string) (string, error) {
	kept := *k.place(name)
	if kept == "" {
		return "", ErrNoSecret
	}
	sealed, err := hex.DecodeString(kept)
	if err != nil {
		return "", err
	}
	key, err := k.Configuration.Key()
	if err != nil {
		return "", err
	}
	open, err := seal.Open(key, "keyring "+name, sealed)
	return string(open), err
}

// Set seals and stores the password.
func (k FileKeyring) Set(name, secret string) error {
	return k.Configuration.Update(func(c *configuration.Configuration) error {
		place := placeIn(c, name)
		if *place = ""; secret == "" {
			return nil
		}
		key, err := c.Key()
		if err != nil {
			return err
		}
		*place = hex.EncodeToString(seal.Seal(key, "keyring "+name, []byte(secret)))
		return nil
	})
}

// place is where the configuration has the secret with that name.
func (k FileKeyring) place(name string) *string { return placeIn(k.Configuration, name) }

func placeIn(c *configuration.Configuration, name string) *string {
	if name == databaseSecret {
		return &c.DatabasePassword
	}
	return &c.SMTPPassword
}

// Safe is false: a file is not a keyring.
func (FileKeyring) Safe() bool { return false }

// smtpSecret is the name under which the mail server's password is kept.
const smtpSecret = "smtp"

// MailServer is the mail server of the settings with its password.
func (s *SettingsService) MailServer(set Settings) (MailServer, error) {
	m := MailServer{Host: set.SMTPHost, Port: set.SMTPPort, Security: set.SMTPSecurity, User: set.SMTPUser}
	if m.User == "" {
		return m, nil
	}
	password, err := s.keyring.Get(smtpSecret)
	if errors.Is(err, ErrNoSecret) {
		err = nil
	}
	m.Password = password
	return m, err
}

// SetMailPassword keeps the mail server's password; an empty one removes it.
func (s *SettingsService) SetMailPassword(password string) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	if err := s.keyring.Set(smtpSecret, password); err != nil {
		return err
	}
	s.events.publish(Change{Topic: TopicSettings})
	return nil
}

// HasMailPassword tells whether a password for the mail server is kept, and whether the operating system guards it.
func (s *SettingsService) HasMailPassword() (has, safe bool) {
	p, err := s.keyring.Get(smtpSecret)
	return err == nil && p != "", s.keyring.Safe()
}
