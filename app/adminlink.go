package app

import (
	"context"
	"errors"
	"time"

	"clientele/app/i18n"
	"clientele/data"
)

// linkLife is how long an admin's link to a client's area is good. It is opened at once.
const linkLife = time.Minute

// AdminPath is the page of the client area that an admin's link opens; its secret follows.
const AdminPath = "/as/"

// OpenAs makes the secret of a link by which the admin opens the client area as a client, once and within a minute (SU-1). It is in the activity log.
func (s *ClientArea) OpenAs(ctx context.Context, clientID int64) (secret string, err error) {
	secret, hash := newSecret()
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		c, err := tx.ClientToChange(clientID)
		if err != nil {
			return err
		}
		if c.Status == data.Closed {
			return &Error{Code: NotAllowed, Message: i18n.T("%s is Closed, so nobody can log in to the client area as them. Change the status first.", nameOf(c))}
		}
		if err := tx.InsertLink(data.AdminLink{Hash: hash, ClientID: c.ID, Admin: s.who()}, tx.Now().Add(-linkLife)); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicClient, c.ID})
		return tx.AddActivity(s.entry(actOpenedAs, c.ID, nameOf(c), ""))
	})
	return secret, err
}

// EnterAs begins the session that an admin's link is for, and returns its secret. ErrNoSession: the link was used, its time is over, or it never was one.
func (s *ClientArea) EnterAs(ctx context.Context, link string) (secret string, err error) {
	hash, ok := secretHash(link)
	if !ok {
		return "", ErrNoSession
	}
	secret, session := newSecret()
	err = s.store.Write(ctx, func(tx *data.Tx) error {
		l, err := tx.UseLink(hash)
		if err != nil {
			return err
		}
		if age := tx.Now().Sub(data.Instant(l.CreatedAt)); age < 0 || age >= linkLife {
			return data.ErrNotFound
		}
		c, err := tx.Client(l.ClientID)
		if err != nil {
			return err
		}
		if c.Status == data.Closed {
			return data.ErrNotFound
		}
		if err := s.sweep(tx); err != nil {
			return err
		}
		return tx.InsertSession(data.ClientSession{Hash: session, ClientID: c.ID, Admin: l.Admin})
	})
	if errors.Is(err, data.ErrNotFound) {
		return "", ErrNoSession
	}
	return secret, known(err)
}
