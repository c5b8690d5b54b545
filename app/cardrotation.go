package app

import (
	"context"
	"crypto/subtle"
	"errors"
	"strings"

	"clientele/app/card"
	"clientele/app/configuration"
	"clientele/app/i18n"
	"clientele/app/vault"
	"clientele/data"
)

// cardsLease keeps two programs from changing the hash at once, and one that starts from taking a change that is under way for one that was interrupted.
const cardsLease = "cards"

// rotationBatch is how many cards are sealed anew between two looks at whether to stop.
const rotationBatch = 100

// ChangeHash makes another hash and seals every card anew to it (CC-6): all or, whatever happens on the way, none. The old hash opens nothing afterwards. The new one is
// in the configuration file from then on, and is returned for the recovery sheet; the caller wipes it.
//
// The new hash is written into the configuration file first, as the one that is to follow, and takes its place there last. In between the data tells which of the two it
// is; see settle.
func (s *Cards) ChangeHash(ctx context.Context, old string, p Progress) (vault.Hash, error) {
	if err := s.may(Configuring); err != nil {
		return vault.Hash{}, err
	}
	release, err := s.alone(ctx)
	if err != nil {
		return vault.Hash{}, err
	}
	defer release()
	// Whoever is wrong is told before anything is done, and counted.
	err = s.withHash(ctx, old, s.entry(actCardKeyChanged, 0, "", ""), (*data.Tx).CardKey, func(*data.Tx, *[]Change, data.CardKey, vault.Hash) error { return nil })
	if err != nil {
		return vault.Hash{}, err
	}
	h, err := readHash(old)
	if err != nil {
		return vault.Hash{}, err
	}
	defer h.Wipe()
	if err := s.backups.before(ctx, BackupRotation, p); err != nil {
		return vault.Hash{}, err
	}
	next := vault.NewHash()
	if err := s.pend(next); err != nil {
		return vault.Hash{}, err
	}
	err = s.longWrite(ctx, func(tx *data.Tx, changes *[]Change) error {
		key, err := tx.CardKeyToChange()
		if err != nil {
			return err
		}
		if r, err := vault.RecipientOf(key.Recipient); err != nil || !r.Is(h) {
			return errors.Join(err, data.ErrChanged)
		}
		n, err := s.sealAnew(ctx, tx, key, h, next, p)
		if err != nil {
			return err
		}
		if err := s.scrubAfter(tx); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicCard}, Change{Topic: TopicSettings})
		var d difference
		d.text(i18n.T("Fingerprint"), fingerprintOf(key), next.Recipient().Fingerprint())
		return tx.AddActivity(s.entry(actCardKeyChanged, 0, "", d.String()+"\n"+i18n.N(n, "One card sealed anew", "%d cards sealed anew")))
	})
	if err != nil {
		return vault.Hash{}, errors.Join(err, s.unpend(next))
	}
	return next, s.promote(next)
}

// sealAnew replaces the key and seals the cards of the old one to the new one. It tells how many there were.
func (s *Cards) sealAnew(ctx context.Context, tx *data.Tx, key data.CardKey, old, next vault.Hash, p Progress) (n int64, err error) {
	r := next.Recipient()
	after := data.CardKey{KeyID: r.KeyID(), Recipient: r[:]}
	if err := tx.ReplaceCardKey(key, &after, false); err != nil {
		return 0, err
	}
	_, byKey, err := tx.CardCounts()
	if err != nil {
		return 0, err
	}
	p.Step(i18n.T("Sealing cards anew"))
	p.SetTotal(byKey[key.KeyID])
	for at := ""; ; {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		cs, err := tx.CardsOfKey(key.KeyID, at, rotationBatch)
		if err != nil || len(cs) == 0 {
			return n, err
		}
		for _, c := range cs {
			plain, err := old.Open(bindingOf(key, c), c.Sealed)
			if err != nil {
				return n, &Error{Code: NotAllowed, Err: err, Message: i18n.T("The number of the card %s of client #%d is damaged, so the hash was not changed. Enter that card again or clear it, then change the hash.", card.Masked(c.Last4), c.ClientID)}
			}
			sealed, err := r.Seal(bindingOf(after, c), plain)
			clear(plain)
			if err != nil {
				return n, err
			}
			if err := tx.SealCard(c, after.KeyID, sealed); err != nil {
				return n, err
			}
			at = c.UUID
			n++
		}
		p.Add(int64(len(cs)))
	}
}

// NewVault begins a vault with another hash where the old one was lost. The sealed numbers there are stay, should the old hash be found again, or go; the last four digits and
// the dates stay. NotAllowed: the hash is in the configuration file.
func (s *Cards) NewVault(ctx context.Context, keepSealed bool, p Progress) (vault.Hash, error) {
	if err := s.may(Configuring); err != nil {
		return vault.Hash{}, err
	}
	if s.config.Vault().Hash != "" {
		return vault.Hash{}, &Error{Code: NotAllowed, Message: i18n.T("The CC Encryption Hash is not lost: it is in the configuration file. Change it instead, and all cards can still be read.")}
	}
	release, err := s.alone(ctx)
	if err != nil {
		return vault.Hash{}, err
	}
	defer release()
	if err := s.backups.before(ctx, BackupRotation, p); err != nil {
		return vault.Hash{}, err
	}
	next := vault.NewHash()
	if err := s.pend(next); err != nil {
		return vault.Hash{}, err
	}
	err = s.longWrite(ctx, func(tx *data.Tx, changes *[]Change) error {
		key, err := tx.CardKeyToChange()
		if err != nil {
			return err
		}
		r := next.Recipient()
		if err := tx.ReplaceCardKey(key, &data.CardKey{KeyID: r.KeyID(), Recipient: r[:]}, true); err != nil {
			return err
		}
		var d difference
		d.text(i18n.T("Fingerprint"), fingerprintOf(key), r.Fingerprint())
		if !keepSealed {
			n, err := tx.UnsealCards(key.KeyID)
			if err != nil {
				return err
			}
			d.lines = append(d.lines, i18n.N(n, "The number of one card removed", "The numbers of %d cards removed"))
			if err := s.scrubAfter(tx); err != nil {
				return err
			}
		}
		*changes = append(*changes, Change{Topic: TopicCard}, Change{Topic: TopicSettings})
		return tx.AddActivity(s.entry(actCardKeyLost, 0, "", d.String()))
	})
	if err != nil {
		return vault.Hash{}, errors.Join(err, s.unpend(next))
	}
	return next, s.promote(next)
}

// RemoveNumbers removes the sealed numbers of all cards, for an office that keeps the last four digits only from now on. It tells how many there were.
func (s *Cards) RemoveNumbers(ctx context.Context) (n int64, err error) {
	if err := s.may(Configuring); err != nil {
		return 0, err
	}
	err = s.longWrite(ctx, func(tx *data.Tx, changes *[]Change) error {
		if n, err = tx.UnsealCards(""); err != nil || n == 0 {
			return err
		}
		if err := s.scrubAfter(tx); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicCard})
		return tx.AddActivity(s.entry(actCardNumbersRemoved, 0, "", i18n.N(n, "The number of one card removed", "The numbers of %d cards removed")))
	})
	return n, err
}

// alone waits for nobody: where another program changes the hash just now, it says so.
func (s *Cards) alone(ctx context.Context) (release func(), err error) {
	release, ok, err := s.store.Lease(ctx, cardsLease)
	if err == nil && !ok {
		err = &Error{Code: Unavailable, Message: i18n.T("The CC Encryption Hash is being changed by another program just now. Nothing was changed here.")}
	}
	return release, known(err)
}

// pend writes the hash that is to follow into the configuration file.
func (s *Cards) pend(next vault.Hash) error {
	return s.config.Update(func(c *configuration.Configuration) error { c.Cards.PendingHash = next.Hex(); return nil })
}

// unpend takes it back where the data did not follow.
func (s *Cards) unpend(next vault.Hash) error {
	return s.config.Update(func(c *configuration.Configuration) error {
		if c.Cards.PendingHash == next.Hex() {
			c.Cards.PendingHash = ""
		}
		return nil
	})
}

// promote puts the hash that was to follow in its place.
func (s *Cards) promote(next vault.Hash) error {
	return s.config.Update(func(c *configuration.Configuration) error {
		hash := next.Hex()
		c.Cards = cardsOf(next)
		c.Cards.Hash = hash
		return nil
	})
}

// settle brings a change of the hash to an end that the program did not live to end: where the data has the key of the hash that was to follow, that one takes its place;
// where it has not, nothing was changed and the one that was to follow goes.
func (s *Cards) settle(ctx context.Context) error {
	pending := s.config.Vault().PendingHash
	if pending == "" {
		return nil
	}
	release, ok, err := s.store.Lease(ctx, cardsLease)
	if err != nil || !ok { // it is not interrupted but under way
		return known(err)
	}
	defer release()
	next, err := vault.ParseHash(pending)
	if err != nil {
		return &Error{Code: Unavailable, Err: err, Message: i18n.T("The line cc_pending_hash in the file %s is damaged. Put a copy of the file back.", configuration.Name)}
	}
	defer next.Wipe()
	var key data.CardKey
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		key, err = tx.CardKey()
		return err
	})
	if err != nil && CodeOf(err) != NotFound {
		return err
	}
	if r := next.Recipient(); string(r[:]) == string(key.Recipient) {
		return s.promote(next)
	}
	return s.unpend(next)
}

// Hash is the hash from the configuration file, for the recovery sheet; the caller wipes it. NotFound: it was taken off this machine.
func (s *Cards) Hash() (vault.Hash, error) {
	if err := s.may(Configuring); err != nil {
		return vault.Hash{}, err
	}
	text := s.config.Vault().Hash
	if text == "" {
		return vault.Hash{}, &Error{Code: NotFound, Message: i18n.T("The CC Encryption Hash is not on this machine any more. It is on your recovery sheet.")}
	}
	h, err := vault.ParseHash(text)
	if err != nil {
		return h, &Error{Code: Unavailable, Err: err, Message: i18n.T("The line cc_encryption_hash in the file %s is damaged. Put a copy of the file back.", configuration.Name)}
	}
	return h, nil
}

// FieldCheck is the key of the field for the check characters of the recovery sheet in errors.
const FieldCheck = "check"

// TakeHashAway removes the hash from this machine, after somebody has shown by the check characters of the recovery sheet that it is kept elsewhere. From then on whoever copies
// the data folder cannot read the cards.
func (s *Cards) TakeHashAway(ctx context.Context, check string) error {
	h, err := s.Hash()
	if err != nil {
		return err
	}
	defer h.Wipe()
	clean := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(check))
	if subtle.ConstantTimeCompare([]byte(clean), []byte(h.Check())) != 1 {
		return Problems{{Code: Invalid, Field: FieldCheck, Message: i18n.T("These are not the six check characters at the end of the hash on the recovery sheet. The hash is still on this machine.")}}
	}
	hash := h.Hex()
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		key, err := tx.CardKey()
		if err != nil {
			return err
		}
		if r, err := vault.RecipientOf(key.Recipient); err != nil || !r.Is(h) {
			return &Error{Code: NotAllowed, Err: err, Message: VaultForeign.Words()}
		}
		if err := tx.AddActivity(s.entry(actCardHashAway, 0, "", "")); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicSettings}, Change{Topic: TopicCard})
		return s.config.Update(func(c *configuration.Configuration) error {
			if c.Cards.Hash == hash {
				c.Cards.Hash, c.Cards.Saved = "", true
			}
			return nil
		})
	})
}
