package app

import (
	"context"
	"errors"
	"strings"
	"time"

	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/data"
)

// resetLife is how long the link of a reset is good, from when it was asked for (PW-2).
const resetLife = 2 * time.Hour

// RequestReset mails the link of a reset to the client with an address, if there is one who may log in (PW-2). Nobody is told which it was: whoever asks gets
// the same answer before this is even called. from is where the request comes from.
func (s *ClientArea) RequestReset(ctx context.Context, address, from string) error {
	if len(address) > maxSetting {
		return nil
	}
	account := email.Key(strings.TrimSpace(address))
	secret, hash := newSecret()
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		fromHere, err := resetsFrom.count(tx, from)
		if err != nil {
			return err
		}
		forThem, err := resetsOf.count(tx, account)
		if err != nil || !fromHere || !forThem {
			return err
		}
		c, err := tx.ClientByEmail(account)
		if errors.Is(err, data.ErrNotFound) || err == nil && c.Status == data.Closed {
			return nil
		}
		if err != nil {
			return err
		}
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		area := &Mails{core: s.as(i18n.T("client area")), settings: s.settings, documents: s.documents}
		if err := tx.InsertReset(c.ID, hash, tx.Now().Add(resetLife)); err != nil {
			return err
		}
		about := mailAbout{secrets: map[string]string{"pw_reset_url": resetURL(set, secret)}}
		if _, err := area.queueAbout(tx, set, passwordResetValidation, c, about); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicMail, c.ID}, Change{TopicClient, c.ID})
		return tx.AddActivity(area.entry(actResetAsked, c.ID, nameOf(c), i18n.T("From")+": "+from))
	})
}

// ResetPath is the page of the client area that confirms a reset; its secret follows.
const ResetPath = "/reset/"

// resetURL is the link that is mailed. Its beginning is a setting, and never what a visitor says that the site is called.
func resetURL(set Settings, secret string) string {
	return strings.TrimRight(set.ClientAreaURL, "/") + ResetPath + secret
}

// ResetGood tells whether the link of a reset can be used now. It changes nothing, so that a scanner of mails that opens each link does no harm.
func (s *ClientArea) ResetGood(ctx context.Context, secret string) (good bool, err error) {
	hash, ok := secretHash(secret)
	if !ok {
		return false, nil
	}
	err = s.store.Read(ctx, func(tx *data.Tx) error {
		_, _, err := resetOf(tx, hash)
		return err
	})
	if errors.Is(err, data.ErrNotFound) {
		return false, nil
	}
	return err == nil, known(err)
}

func resetOf(tx *data.Tx, hash []byte) (data.PasswordReset, data.Client, error) {
	r, err := tx.Reset(hash)
	if err != nil {
		return r, data.Client{}, err
	}
	c, err := tx.Client(r.ClientID)
	if err == nil && c.Status == data.Closed {
		err = data.ErrNotFound
	}
	return r, c, err
}

// ErrNoReset: the link of a reset was used, its time is over, or it never was one.
var ErrNoReset = errors.New("app: no such reset")

// ConfirmReset sets a random password and mails it (PW-3). All that was open with the old one ends.
func (s *ClientArea) ConfirmReset(ctx context.Context, secret, from string) error {
	err := s.write(ctx, func(tx *data.Tx, _ *[]Change) error {
		within, err := confirmsFrom.count(tx, from)
		if err == nil && !within {
			err = tooManyTries()
		}
		return err
	})
	if err != nil {
		return err
	}
	if good, err := s.ResetGood(ctx, secret); err != nil || !good {
		return errors.Join(err, ErrNoReset)
	}
	password := GeneratePassword()
	hashed, err := hashPassword(ctx, password)
	if err != nil {
		return err
	}
	hash, _ := secretHash(secret)
	area := &Mails{core: s.as(i18n.T("client area")), settings: s.settings, documents: s.documents}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		r, _, err := resetOf(tx, hash)
		if err != nil {
			return err
		}
		if err := tx.UseReset(r.ID); err != nil {
			return err
		}
		c, err := tx.ClientToChange(r.ClientID)
		if err != nil {
			return err
		}
		if c.Status == data.Closed {
			return data.ErrNotFound
		}
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		if err := tx.SetPassword(c.ID, hashed, true, tx.Now().Add(mailedPasswordLife).UnixMilli()); err != nil {
			return err
		}
		if err := tx.ForgetTries(loginsTo.key(c.EmailKey)); err != nil {
			return err
		}
		about := mailAbout{secrets: map[string]string{"client_password": password}}
		if _, err := area.queueAbout(tx, set, passwordResetConfirmation, c, about); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicMail, c.ID}, Change{TopicClient, c.ID})
		return tx.AddActivity(area.entry(actPasswordReset, c.ID, nameOf(c), i18n.T("From")+": "+from))
	})
	if CodeOf(err) == NotFound {
		return ErrNoReset
	}
	return err
}
