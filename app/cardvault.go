package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"

	"clientele/app/configuration"
	"clientele/app/i18n"
	"clientele/app/vault"
	"clientele/data"
)

// VaultState is whether numbers of cards can be sealed here.
type VaultState string

// The states. In all but VaultReady no number can be stored; those that are stored can be seen by whoever has their hash.
const (
	// VaultReady: this desktop and the data have the same key.
	VaultReady VaultState = "ready"
	// VaultUnknown: the data has a key that this desktop does not know yet, as on a further desktop, or where the configuration file was lost.
	VaultUnknown VaultState = "unknown"
	// VaultChanged: the hash was changed on another desktop.
	VaultChanged VaultState = "changed"
	// VaultForeign: the key of this desktop never was one of the data. Somebody may have put it there to read the cards that are stored from then on.
	VaultForeign VaultState = "foreign"
)

// Vault is how the card vault stands.
type Vault struct {
	State VaultState
	// Fingerprint is that of the key in the data, for comparing it with the recovery sheet.
	Fingerprint string
	// HashHere tells that the hash lies in the configuration file of this desktop, so that whoever copies the data folder can read the cards.
	HashHere bool
	Cards    int64 // that are stored
	Sealed   int64 // whose number can be seen with the hash
	Old      int64 // whose number is sealed to a key whose hash was lost
	// Last4Only is the setting that no number is stored.
	Last4Only bool
}

// Start makes the vault where the office has none yet, and sees to it that the configuration file and the data agree: a change of the hash that was interrupted is
// brought to an end. It is called when the data was opened, before anything is shown.
func (s *Cards) Start(ctx context.Context) error {
	if s.store.ReadOnly() {
		return nil
	}
	if err := s.settle(ctx); err != nil {
		return err
	}
	err := s.write(ctx, func(tx *data.Tx, _ *[]Change) error {
		key, err := s.keyOf(tx)
		if err != nil {
			return err
		}
		state, err := s.stateOf(tx, key)
		if err != nil || state != VaultForeign {
			return err
		}
		return tx.AddActivity(s.entry(actCardKeyForeign, 0, "", i18n.T("Expected fingerprint")+": "+fingerprintOf(key)))
	})
	if err != nil {
		return err
	}
	_, err = s.Scrub(ctx)
	return err
}

// keyOf is the key in use. Where the office has none yet, it is made: the hash goes into the configuration file first, and what it is for into the data then, so that nothing is
// ever sealed to a key that nobody has.
func (s *Cards) keyOf(tx *data.Tx) (data.CardKey, error) {
	key, err := tx.CardKey()
	if !errors.Is(err, data.ErrNotFound) {
		return key, err
	}
	made := false
	err = s.config.Update(func(c *configuration.Configuration) error {
		if made = c.Cards.Recipient == ""; made {
			h := vault.NewHash()
			c.Cards = cardsOf(h)
			c.Cards.Hash = h.Hex()
		}
		return nil
	})
	if err != nil {
		return key, err
	}
	mine, err := vault.ParseRecipient(s.config.Vault().Recipient)
	if err != nil {
		return key, &Error{Code: Unavailable, Err: err, Message: i18n.T("The line cc_recipient in the file %s is damaged, so no card can be stored. Put a copy of the file back.", configuration.Name)}
	}
	id := make([]byte, 16)
	rand.Read(id)
	first, err := tx.FirstCardKey(data.CardKey{KeyID: mine.KeyID(), VaultID: hex.EncodeToString(id), Recipient: mine[:]})
	if err != nil {
		return key, err
	}
	if !first && made { // another desktop was faster: its hash is the office's
		err := s.config.Update(func(c *configuration.Configuration) error { c.Cards = configuration.Cards{}; return nil })
		if err != nil {
			return key, err
		}
	}
	return tx.CardKey()
}

// cardsOf is what the configuration file holds besides a hash.
func cardsOf(h vault.Hash) configuration.Cards {
	r := h.Recipient()
	return configuration.Cards{Recipient: r.Hex(), KeyID: r.KeyID()}
}

// stateOf compares the key of this desktop with that of the data.
func (s *Cards) stateOf(tx *data.Tx, key data.CardKey) (VaultState, error) {
	same := func() bool {
		mine, err := vault.ParseRecipient(s.config.Vault().Recipient)
		return err == nil && string(mine[:]) == string(key.Recipient)
	}
	if same() {
		return VaultReady, nil
	}
	// Another program on this desktop may have made the key, or another one, since this one read the file.
	if err := s.config.Refresh(); err != nil {
		return "", err
	}
	here := s.config.Vault().Recipient
	switch {
	case same():
		return VaultReady, nil
	case here == "":
		return VaultUnknown, nil
	}
	mine, err := vault.ParseRecipient(here)
	if err != nil {
		return VaultForeign, nil //nolint:nilerr // what cannot be read is nobody's key
	}
	keys, err := tx.CardKeys()
	if err != nil {
		return "", err
	}
	for _, k := range keys {
		if k.RetiredAt != nil && string(mine[:]) == string(k.Recipient) {
			return VaultChanged, nil
		}
	}
	return VaultForeign, nil
}

// fingerprintOf is how people compare a key.
func fingerprintOf(key data.CardKey) string {
	r, err := vault.RecipientOf(key.Recipient)
	if err != nil {
		return "–"
	}
	return r.Fingerprint()
}

// Vault tells how the vault stands.
func (s *Cards) Vault(ctx context.Context) (v Vault, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		v.Last4Only = set.CardsLast4Only
		all, byKey, err := tx.CardCounts()
		if err != nil {
			return err
		}
		v.Cards = all
		key, err := tx.CardKey()
		if errors.Is(err, data.ErrNotFound) {
			v.State = VaultUnknown
			return nil
		} else if err != nil {
			return err
		}
		for id, n := range byKey {
			if id == key.KeyID {
				v.Sealed += n
			} else {
				v.Old += n
			}
		}
		v.Fingerprint = fingerprintOf(key)
		v.HashHere = s.config.Vault().Hash != ""
		v.State, err = s.stateOf(tx, key)
		return err
	})
	return v, err
}

// ready is the recipient that numbers are sealed to, or says why none can be.
func (s *Cards) ready(tx *data.Tx) (data.CardKey, vault.Recipient, error) {
	key, err := s.keyOf(tx)
	if err != nil {
		return key, vault.Recipient{}, err
	}
	state, err := s.stateOf(tx, key)
	if err != nil {
		return key, vault.Recipient{}, err
	}
	if state != VaultReady {
		return key, vault.Recipient{}, &Error{Code: NotAllowed, Message: state.Words()}
	}
	r, err := vault.RecipientOf(key.Recipient)
	return key, r, err
}

// Words say what a state means and what to do, or are empty where all is well.
func (v VaultState) Words() string {
	switch v {
	case VaultUnknown:
		return i18n.T("This desktop does not know the office's card key yet, so no card number can be stored here. Enter the CC Encryption Hash once in Settings, Cards.")
	case VaultChanged:
		return i18n.T("The CC Encryption Hash was changed on another desktop, so no card number can be stored here. Enter the new one once in Settings, Cards.")
	case VaultForeign:
		return i18n.T("The card key in the configuration file is not the office's: the file was changed, or belongs to other data. No card number is stored until that is cleared up. Compare the fingerprint with the recovery sheet, and enter the CC Encryption Hash in Settings, Cards.")
	}
	return ""
}

// hashGuard counts the tries at the hash.
const hashGuard = "cc hash"

// FieldHash is the key of the field for the hash in errors.
const FieldHash = "cc_encryption_hash"

// readHash reads a hash that was entered, or says what is wrong with it.
func readHash(text string) (vault.Hash, error) {
	h, err := vault.ParseHash(text)
	switch {
	case errors.Is(err, vault.ErrMistyped):
		return h, Problems{{Code: Invalid, Field: FieldHash, Message: i18n.T("There is a slip in it: the last six characters do not fit the rest. Compare it with the recovery sheet.")}}
	case err != nil:
		return h, Problems{{Code: Invalid, Field: FieldHash, Message: i18n.T("The CC Encryption Hash has 64 characters, which are digits and the letters a to f. Blanks and dashes do not matter.")}}
	}
	return h, nil
}

// wrongHash says that a hash is not the one, and how long to wait.
func wrongHash(v verdict, wait string) error {
	words := i18n.T("This is not the CC Encryption Hash.")
	if v == tryTooSoon {
		words = i18n.T("There were too many wrong tries, so this one was not looked at.")
	}
	if wait != "" {
		words += " " + wait
	}
	return Problems{{Code: NotAllowed, Field: FieldHash, Message: words}}
}

// withHash has somebody prove in a transaction that they have the hash of a key, and then does something with it. Each try is in the log, whatever comes of it: what is
// refused is committed as well, so the error is handed on beside the transaction.
func (s *Cards) withHash(ctx context.Context, text string, about data.Activity, key func(*data.Tx) (data.CardKey, error), do func(*data.Tx, *[]Change, data.CardKey, vault.Hash) error) error {
	h, unread := readHash(text)
	if unread == nil {
		defer h.Wipe()
	}
	var refused error
	err := s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		refused = nil
		k, err := key(tx)
		if err != nil {
			return err
		}
		r, err := vault.RecipientOf(k.Recipient)
		if err != nil {
			return err
		}
		no := about
		no.Action = actCardRefused
		if unread != nil {
			refused = unread
			no.Details = i18n.T("What was entered is no hash.")
			return tx.AddActivity(no)
		}
		v, wait, err := s.try(tx, hashGuard, func() bool { return r.Is(h) })
		if err != nil {
			return err
		}
		if v == tryRight {
			return do(tx, changes, k, h)
		}
		words := ""
		if wait > 0 {
			words = guardWords(wait)
		}
		refused = wrongHash(v, words)
		no.Details = i18n.T("The hash was wrong.")
		if v == tryTooSoon {
			no.Details = i18n.T("It was too soon after wrong tries.")
		}
		return tx.AddActivity(no)
	})
	return errors.Join(err, refused)
}

// Adopt has this desktop use the office's key from now on, which somebody who has the hash allows. The hash itself is not kept here.
func (s *Cards) Adopt(ctx context.Context, hash string) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	return s.withHash(ctx, hash, s.entry("", 0, "", ""), (*data.Tx).CardKey, func(tx *data.Tx, changes *[]Change, key data.CardKey, h vault.Hash) error {
		err := s.config.Update(func(c *configuration.Configuration) error {
			if c.Cards.Recipient != h.Recipient().Hex() {
				c.Cards = cardsOf(h)
				c.Cards.Saved = true
			}
			return nil
		})
		if err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicSettings})
		return tx.AddActivity(s.entry(actCardKeyAdopted, 0, "", i18n.T("Fingerprint")+": "+fingerprintOf(key)))
	})
}
