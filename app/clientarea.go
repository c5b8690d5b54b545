package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/data"
)

// ClientArea is what clients do for themselves on the web: log in, see their invoices and files, and keep their contacts and details (CA-2 to CA-5).
// Everything asks for a Visitor, and concerns that visitor's client alone.
type ClientArea struct {
	core
	settings  *SettingsService
	clients   *Clients
	documents *Documents
	files     *Files
	mails     *Mails
	cards     *Cards
}

// Visitor is somebody who is logged in to the client area.
type Visitor struct {
	Client data.Client
	// Admin is who opened the client area as this client; empty where it is the client.
	Admin string
	hash  []byte
}

// MustChange tells that the visitor can only choose an own password: the one they have went by mail, or an admin typed it.
func (v Visitor) MustChange() bool { return v.Client.PasswordMustChange && v.Admin == "" }

// who is how the visitor is called in the activity log.
func (v Visitor) who() string {
	name := strings.TrimSpace(v.Client.FirstName + " " + v.Client.LastName)
	if v.Admin != "" {
		return i18n.T("%s as %s", v.Admin, name)
	}
	return name
}

// as is the same core for acts of somebody else than the admin at this desktop: what a visitor of the client area may do, it decides by itself.
func (c core) as(who string) core {
	c.seat = &seat{user: who}
	return c
}

// How long a session lasts: since somebody came by, and at most. touchEvery is how exactly the former is known.
const (
	sessionIdle = 30 * time.Minute
	sessionLife = 12 * time.Hour
	touchEvery  = time.Minute
)

// What is wrong where somebody is not logged in.
var (
	// ErrNoSession: there is no such session any more.
	ErrNoSession = errors.New("app: not logged in")
	// ErrWrongLogin: address and password do not belong together, or the client may not log in. Which it is, nobody is told.
	ErrWrongLogin = errors.New("app: wrong log-in")
	// ErrPasswordExpired: the password went by mail, and its time is over.
	ErrPasswordExpired = errors.New("app: the mailed password expired")
)

// newSecret makes the secret of a session, a reset or a link: 32 random bytes as they go into a cookie or an address, and their hash as it is stored.
func newSecret() (secret string, hash []byte) {
	b := make([]byte, 32)
	rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b), data.SecretHash(b)
}

// secretHash is the hash of a secret that somebody brought; ok is false where it cannot be one.
func secretHash(secret string) (hash []byte, ok bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(secret)
	if err != nil || len(b) != 32 {
		return nil, false
	}
	return data.SecretHash(b), true
}

// Login logs a client in and returns the secret of the new session. from is where it comes from, such as an IP address. An unknown address, a wrong password and a
// Closed client cost the same and get the same answer.
func (s *ClientArea) Login(ctx context.Context, address, password, from string) (secret string, err error) {
	if len(password) > passwordMax || len(address) > maxSetting {
		return "", ErrWrongLogin
	}
	account := email.Key(strings.TrimSpace(address))
	var client data.Client
	refused := false
	err = s.write(ctx, func(tx *data.Tx, _ *[]Change) error {
		client, refused = data.Client{}, false
		within, err := loginsFrom.count(tx, from)
		if err != nil {
			return err
		}
		if !within {
			return tooManyTries()
		}
		locked := false
		if refused, locked, err = countLogin(tx, account); err != nil || refused {
			return err
		}
		if client, err = tx.ClientByEmail(account); err != nil && !errors.Is(err, data.ErrNotFound) {
			return err
		}
		if !locked {
			return nil
		}
		subject := i18n.T("an unknown address")
		if client.ID != 0 {
			subject = nameOf(client)
		}
		area := s.as(i18n.T("client area"))
		return tx.AddActivity(area.entry(actLoginSlowed, client.ID, subject, i18n.T("From")+": "+from))
	})
	if err != nil {
		return "", err
	}
	if refused {
		return "", tooManyTries()
	}
	hash := client.PasswordHash
	if client.Status == data.Closed {
		hash = ""
	}
	right, again, err := verifyPassword(ctx, password, hash)
	switch {
	case err != nil:
		return "", err
	case !right:
		return "", ErrWrongLogin
	}
	return s.enter(ctx, client, account, password, from, again)
}

// enter begins a session for a client whose password is right.
func (s *ClientArea) enter(ctx context.Context, client data.Client, account, password, from string, again bool) (secret string, err error) {
	better := ""
	if again && client.PasswordExpiresAt == nil {
		if better, err = hashPassword(ctx, password); err != nil {
			return "", err
		}
	}
	secret, hash := newSecret()
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		c, err := tx.ClientToChange(client.ID)
		if errors.Is(err, data.ErrNotFound) || err == nil && (c.PasswordHash != client.PasswordHash || c.Status == data.Closed) {
			return ErrWrongLogin // changed since
		}
		if err != nil {
			return err
		}
		if c.PasswordExpiresAt != nil && !tx.Now().Before(data.Instant(*c.PasswordExpiresAt)) {
			return ErrPasswordExpired
		}
		if better != "" {
			if err := tx.SetPassword(c.ID, better, c.PasswordMustChange, 0); err != nil {
				return err
			}
		}
		if err := tx.ForgetTries(loginsTo.key(account)); err != nil {
			return err
		}
		if err := s.sweep(tx); err != nil {
			return err
		}
		if err := tx.InsertSession(data.ClientSession{Hash: hash, ClientID: c.ID}); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicClient, c.ID})
		theirs := s.as(Visitor{Client: c}.who())
		return tx.AddActivity(theirs.entry(actLoggedIn, c.ID, nameOf(c), i18n.T("From")+": "+from))
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// sweep forgets sessions and counts whose time is over.
func (s *ClientArea) sweep(tx *data.Tx) error {
	if err := tx.EndSessionsBefore(tx.Now().Add(-sessionIdle), tx.Now().Add(-sessionLife)); err != nil {
		return err
	}
	return tx.ForgetTriesBefore(tx.Now().Add(-loginsWindow))
}

// expire forgets all that was good for a while and is so no longer: sessions, resets of passwords, links of admins, and how often something was tried. Each of them is
// refused by its time already; this is for what nobody came back for.
func (s *ClientArea) expire(tx *data.Tx) error {
	return errors.Join(s.sweep(tx), tx.ForgetResets(), tx.ForgetLinks(tx.Now().Add(-linkLife)))
}

// Visit is who the session with this secret belongs to. ErrNoSession: it ended, be it by its time, a new password or because the client was closed.
func (s *ClientArea) Visit(ctx context.Context, secret string) (v Visitor, err error) {
	hash, ok := secretHash(secret)
	if !ok {
		return v, ErrNoSession
	}
	var session data.ClientSession
	err = s.store.Read(ctx, func(tx *data.Tx) error {
		if session, err = tx.Session(hash); err != nil {
			return err
		}
		v.Client, err = tx.Client(session.ClientID)
		return err
	})
	if errors.Is(err, data.ErrNotFound) {
		return v, ErrNoSession
	}
	if err != nil {
		return v, known(err)
	}
	v.Admin, v.hash = session.Admin, hash
	now := s.now()
	seen, began := now.Sub(data.Instant(session.SeenAt)), now.Sub(data.Instant(session.CreatedAt))
	switch {
	case v.Client.Status == data.Closed, seen >= sessionIdle, began >= sessionLife, seen < -touchEvery: // the last: the clock was set back
		return Visitor{}, errors.Join(ErrNoSession, s.end(ctx, hash))
	case seen >= touchEvery:
		return v, s.write(ctx, func(tx *data.Tx, _ *[]Change) error { return tx.TouchSession(hash) })
	}
	return v, nil
}

func (s *ClientArea) end(ctx context.Context, hash []byte) error {
	return s.write(ctx, func(tx *data.Tx, _ *[]Change) error { return tx.EndSession(hash) })
}

// Logout ends the visitor's session.
func (s *ClientArea) Logout(ctx context.Context, v Visitor) error { return s.end(ctx, v.hash) }

// FormToken is what each form of a session carries, so that no other site can send one. It tells nothing of the session's secret.
func FormToken(secret string) string {
	return base64.RawURLEncoding.EncodeToString(data.SecretHash([]byte("form " + secret)))
}
