package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"clientele/app/card"
	"clientele/app/i18n"
	"clientele/app/vault"
	"clientele/data"
)

// Cards keeps the cards of clients in the vault (CC-1 to CC-7). Adding one needs no secret; seeing a full number needs the office's CC encryption hash.
//
// What others need of it: a merge gives the card of one client to another one by moveCard, and whatever removes a client calls clearCard, both in their own transaction.
// The client area works with [Cards.As], [Cards.Save] and [Cards.Clear], and never with Reveal.
type Cards struct {
	core
	backups *Backups
}

// The keys of the fields of a card, as errors name them.
const (
	FieldCardNumber = "card_number"
	FieldCardType   = "card_type"
	FieldCardExpiry = "card_expiry"
	FieldCardStart  = "card_start"
	FieldCardIssue  = "card_issue"
)

// CardForms is how a number can be seen, of a stored card.
type CardForms string

// The forms.
const (
	CardSealed CardForms = "sealed" // with the CC encryption hash
	CardOld    CardForms = "old"    // with a hash that was lost, should it be found again
	CardLast4  CardForms = "last4"  // not at all: only the last four digits are kept
)

// StoredCard is what is seen at once of a stored card (CC-1).
type StoredCard struct {
	Stored     bool // the rest is empty where none is
	ID         string
	Type       card.Brand
	Last4      string
	Expiry     card.Month
	Start      card.Month // none where the card bears none
	Issue      string
	Form       CardForms
	ExpiredNow bool
	SavedAt    time.Time
	SavedBy    string
	// Version is that of the card as it was read; Save refuses to overwrite another one.
	Version int64
}

// String names the card without more than may be shown, such as "Visa •••• 4242".
func (c StoredCard) String() string {
	if !c.Stored {
		return ""
	}
	return brandWord(c.Type) + " " + card.Masked(c.Last4)
}

// brandWord is how a brand is called: by its name, but for Other.
func brandWord(b card.Brand) string {
	if b == card.Other {
		return i18n.T("Card")
	}
	return string(b)
}

// As returns the same service on behalf of somebody else, such as a client in the client area, whose name the activity log then has.
func (s *Cards) As(who string) *Cards {
	of := *s
	of.seat = &seat{user: who}
	return &of
}

// Stored reads what may be seen at once of a client's card.
func (s *Cards) Stored(ctx context.Context, clientID int64) (c StoredCard, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) (err error) {
		c, err = storedCard(tx, clientID, s.now())
		return err
	})
	return c, err
}

func storedCard(tx *data.Tx, clientID int64, now time.Time) (StoredCard, error) {
	c, err := tx.Card(clientID)
	if errors.Is(err, data.ErrNotFound) {
		return StoredCard{}, nil
	} else if err != nil {
		return StoredCard{}, err
	}
	got := StoredCard{
		Stored: true, ID: c.UUID, Type: c.Type, Last4: c.Last4, Expiry: c.Expiry(), Start: c.Start(), Issue: c.IssueNo, Form: CardLast4,
		ExpiredNow: c.Expiry().Ended(now), SavedAt: data.Instant(c.UpdatedAt), SavedBy: c.CreatedBy, Version: c.Version,
	}
	if c.KeyID != nil {
		key, err := tx.CardKey()
		if err != nil && !errors.Is(err, data.ErrNotFound) {
			return got, err
		}
		if got.Form = CardOld; key.KeyID == *c.KeyID {
			got.Form = CardSealed
		}
	}
	return got, nil
}

// NewCard is what the form for a card gives, as it was typed.
type NewCard struct {
	// Number is the full number; or the last four digits, where the office keeps no more. Empty leaves the card that is stored, and changes of the rest what is filled in.
	Number card.Text
	// Type is what was chosen; empty is as the number tells.
	Type card.Brand
	// Expiry and Start are months such as 08/29. Start and Issue may be empty.
	Expiry, Start, Issue string
	// Version is that of the card that was seen, or 0 where none was.
	Version int64
}

// readCard is a card that was entered and found in order.
type readCard struct {
	number  card.Number // none where last4 alone was entered
	last4   string
	brand   card.Brand
	expiry  card.Month
	start   card.Month
	issue   string
	keeping bool // the number that is stored
}

// read checks what was entered, or says all that is wrong with it. Nothing that was entered is in the words.
func (n NewCard) read(now time.Time, last4Only bool) (r readCard, err error) {
	var wrong Problems
	note := func(field string, err error) {
		if err != nil {
			wrong.add(field, err.Error())
		}
	}
	r.keeping = strings.TrimSpace(string(n.Number)) == ""
	if n.Type != "" && !n.Type.Valid() {
		wrong.add(FieldCardType, i18n.T("Choose a type of card."))
	}
	r.brand = n.Type
	switch {
	case r.keeping:
	case last4Only:
		var err error
		r.last4, err = card.ParseLast4(string(n.Number))
		note(FieldCardNumber, err)
		if n.Type == "" {
			wrong.add(FieldCardType, i18n.T("Choose a type of card."))
		}
	default:
		var err error
		r.number, err = card.Parse(string(n.Number))
		note(FieldCardNumber, err)
		if r.last4 = r.number.Last4(); n.Type == "" {
			r.brand = r.number.Brand()
		}
	}
	if r.expiry, err = card.ParseMonth(n.Expiry); err != nil || r.keeping && r.expiry.IsZero() {
		note(FieldCardExpiry, err)
	} else {
		note(FieldCardExpiry, card.CheckExpiry(r.expiry, now))
	}
	if r.start, err = card.ParseMonth(n.Start); err != nil {
		note(FieldCardStart, err)
	} else {
		note(FieldCardStart, card.CheckStart(r.start, r.expiry, now))
	}
	r.issue, err = card.ParseIssue(n.Issue)
	note(FieldCardIssue, err)
	return r, wrong.or()
}

// Save stores a card for a client who has none, puts it in the place of the one there is, or, without a number, changes what else the stored card bears (CC-2).
// Conflict: the stored card is not the one that was seen.
func (s *Cards) Save(ctx context.Context, clientID int64, n NewCard) error {
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		r, err := n.read(s.now(), set.CardsLast4Only)
		if err != nil {
			return err
		}
		defer r.number.Wipe()
		client, err := tx.ClientToChange(clientID)
		if err != nil {
			return err
		}
		before, err := tx.Card(clientID)
		had := err == nil
		if err != nil && !errors.Is(err, data.ErrNotFound) {
			return err
		}
		if before.Version != n.Version {
			return data.ErrChanged
		}
		*changes = append(*changes, Change{TopicCard, clientID}, Change{TopicClient, clientID})
		if r.keeping {
			if !had {
				return Problems{{Code: Invalid, Field: FieldCardNumber, Message: card.ErrEmpty.Error()}}
			}
			if r.expiry.IsZero() && r.start.IsZero() && r.issue == "" && r.brand == "" {
				return Problems{{Code: Invalid, Field: FieldCardNumber, Message: card.ErrEmpty.Error()}}
			}
			return s.changeCard(tx, client, before, r)
		}
		after := data.Card{
			UUID: cardID(), ClientID: clientID, Type: r.brand, Last4: r.last4, ExpMonth: r.expiry.Month, ExpYear: r.expiry.Year, IssueNo: r.issue, CreatedBy: s.who(),
		}
		after.SetStart(r.start)
		if !r.number.IsZero() {
			if err := s.seal(tx, &after, r.number); err != nil {
				return err
			}
		}
		action := actCardAdded
		var d difference
		if had {
			action = actCardReplaced
			if _, err := tx.DeleteCard(clientID); err != nil {
				return err
			}
			if err := s.scrubAfter(tx); err != nil {
				return err
			}
		}
		d.card(before, after)
		if err := tx.AddCard(&after); err != nil {
			return err
		}
		return tx.AddActivity(s.entry(action, clientID, nameOf(client), d.String()))
	})
}

// changeCard writes what a card bears besides its number.
func (s *Cards) changeCard(tx *data.Tx, client data.Client, before data.Card, r readCard) error {
	if r.brand != "" && r.brand != before.Type {
		return Problems{{Code: Invalid, Field: FieldCardType, Message: i18n.T("The type belongs to the number: to change it, enter the number again.")}}
	}
	after := before
	if !r.expiry.IsZero() {
		after.ExpMonth, after.ExpYear = r.expiry.Month, r.expiry.Year
	}
	if !r.start.IsZero() {
		after.SetStart(r.start)
	}
	if r.issue != "" {
		after.IssueNo = r.issue
	}
	if err := card.CheckStart(after.Start(), after.Expiry(), s.now()); err != nil {
		return Problems{{Code: Invalid, Field: FieldCardStart, Message: err.Error()}}
	}
	var d difference
	d.card(before, after)
	if len(d.lines) == 0 {
		return nil
	}
	if err := tx.SetCardDates(after); err != nil {
		return err
	}
	return tx.AddActivity(s.entry(actCardChanged, client.ID, nameOf(client), d.String()))
}

// card adds how a card differs from another one, without more than may be shown.
func (d *difference) card(before, after data.Card) {
	name := func(c data.Card) string {
		if c.UUID == "" {
			return ""
		}
		return brandWord(c.Type) + " " + card.Masked(c.Last4)
	}
	d.text(i18n.T("Card"), name(before), name(after))
	d.text(i18n.T("Expiry"), monthText(before.Expiry()), monthText(after.Expiry()))
	d.text(i18n.T("Start"), monthText(before.Start()), monthText(after.Start()))
	d.text(i18n.T("Issue number"), before.IssueNo, after.IssueNo)
}

func monthText(m card.Month) string {
	if m.Month == 0 {
		return ""
	}
	return m.String()
}

// seal puts the sealed number into a card.
func (s *Cards) seal(tx *data.Tx, c *data.Card, n card.Number) error {
	key, r, err := s.ready(tx)
	if err != nil {
		return err
	}
	plain := n.Plain()
	defer clear(plain)
	if c.Sealed, err = r.Seal(bindingOf(key, *c), plain); err != nil {
		return err
	}
	c.KeyID = &key.KeyID
	return nil
}

// bindingOf is what the number of a card is bound to.
func bindingOf(key data.CardKey, c data.Card) vault.Binding {
	return vault.Binding{Vault: key.VaultID, Card: c.UUID, Brand: string(c.Type), Last4: c.Last4}
}

// cardID is a name for a card that no other one ever had.
func cardID() string {
	b := make([]byte, 16)
	rand.Read(b)
	return hex.EncodeToString(b)
}

// Reveal shows the full number of a client's card to somebody who has the hash (CC-4). The caller wipes it. Each try is in the activity log, and wrong ones slow down the
// next.
func (s *Cards) Reveal(ctx context.Context, clientID int64, hash string) (n card.Number, err error) {
	if err := s.may(Revealing); err != nil {
		return n, err
	}
	var c data.Card
	about := s.entry(actCardRevealed, clientID, "", "")
	key := func(tx *data.Tx) (data.CardKey, error) {
		if c, err = tx.Card(clientID); err != nil {
			return data.CardKey{}, err
		}
		if c.KeyID == nil {
			return data.CardKey{}, &Error{Code: NotAllowed, Message: i18n.T("Only the last four digits of this card are kept, so there is no full number to be seen.")}
		}
		keys, err := tx.CardKeys()
		if err != nil {
			return data.CardKey{}, err
		}
		for _, k := range keys {
			if k.KeyID == *c.KeyID {
				return k, nil
			}
		}
		return data.CardKey{}, data.ErrNotFound
	}
	err = s.withHash(ctx, hash, about, key, func(tx *data.Tx, _ *[]Change, k data.CardKey, h vault.Hash) error {
		plain, err := h.Open(bindingOf(k, c), c.Sealed)
		if err == nil {
			defer clear(plain)
			n, err = card.FromPlain(plain)
		}
		if err != nil {
			return &Error{Code: Unavailable, Err: err, Message: i18n.T("The stored number of this card is damaged and cannot be read. Enter the card again.")}
		}
		line := about
		line.Details = card.Masked(c.Last4)
		return tx.AddActivity(line)
	})
	if err != nil {
		n.Wipe()
		return card.Number{}, err
	}
	return n, nil
}

// Clear removes a client's card for good (CC-5): of the sealed number no byte is left in the data file, or beside it. gone is false where that has to wait for somebody who
// reads just now; it is done by itself then.
func (s *Cards) Clear(ctx context.Context, clientID int64) (gone bool, err error) {
	if err := s.may(Deleting); err != nil {
		return false, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if _, err := tx.ClientToChange(clientID); err != nil {
			return err
		}
		had, err := s.clearCard(tx, changes, clientID)
		if err == nil && !had {
			err = &Error{Code: NotFound, Message: i18n.T("No card is stored for this client any more.")}
		}
		return err
	})
	if err != nil {
		return false, err
	}
	pending := true
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		pending, err = tx.ScrubPending()
		return err
	})
	return err == nil && !pending, err
}

// clearCard removes the card of a client within the transaction of another act, such as deleting the client, as Clear does: with its line in the log, and after the
// commit no byte of the sealed number is left. The client must be locked. It tells whether there was a card.
func (c *core) clearCard(tx *data.Tx, changes *[]Change, clientID int64) (had bool, err error) {
	before, err := tx.Card(clientID)
	if errors.Is(err, data.ErrNotFound) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	if _, err := tx.DeleteCard(clientID); err != nil {
		return true, err
	}
	if err := c.scrubAfter(tx); err != nil {
		return true, err
	}
	*changes = append(*changes, Change{TopicCard, clientID}, Change{TopicClient, clientID})
	return true, tx.AddActivity(c.entry(actCardCleared, clientID, "", brandWord(before.Type)+" "+card.Masked(before.Last4)))
}

// moveCard gives the card of one client to another within the transaction of another act, such as a merge. Nothing has to be sealed anew, since a number is bound to its card
// and not to the client, so the hash is not needed. Both clients must be locked. Where the other client has a card too, keep says whether that one stays; the one that does
// not stay is cleared as clearCard does.
func (c *core) moveCard(tx *data.Tx, changes *[]Change, from, to int64, keep bool) error {
	mine, err := tx.Card(from)
	if errors.Is(err, data.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	if _, err := tx.Card(to); err == nil {
		if keep {
			_, err := c.clearCard(tx, changes, from)
			return err
		}
		if _, err := c.clearCard(tx, changes, to); err != nil {
			return err
		}
	} else if !errors.Is(err, data.ErrNotFound) {
		return err
	}
	if _, err := tx.MoveCard(from, to); err != nil {
		return err
	}
	*changes = append(*changes, Change{TopicCard, from}, Change{TopicCard, to}, Change{TopicClient, to})
	return tx.AddActivity(c.entry(actCardMoved, to, "", brandWord(mine.Type)+" "+card.Masked(mine.Last4)+i18n.T(", from client #%d", from)))
}
