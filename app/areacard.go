package app

import (
	"context"
	"errors"

	"clientele/app/i18n"
	"clientele/data"
)

// OwnCard is what a client sees of their stored card, and what the office takes (CA-5).
type OwnCard struct {
	StoredCard
	// Last4Only tells that the office keeps the last four digits alone, so that no more is asked for.
	Last4Only bool
	// Takes tells whether a card can be stored here now.
	Takes bool
}

// Card reads what the visitor may see of their card: never its number.
func (s *ClientArea) Card(ctx context.Context, v Visitor) (c OwnCard, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		if c.StoredCard, err = storedCard(tx, v.Client.ID, s.now()); err != nil {
			return err
		}
		c.Last4Only = set.CardsLast4Only
		c.Takes, err = s.takesCards(tx, set)
		return err
	})
	return c, err
}

// takesCards tells whether a number could be sealed here, or need not be.
func (s *ClientArea) takesCards(tx *data.Tx, set Settings) (bool, error) {
	if set.CardsLast4Only {
		return true, nil
	}
	key, err := tx.CardKey()
	if errors.Is(err, data.ErrNotFound) {
		return true, nil // it is made with the first card
	}
	if err != nil {
		return false, err
	}
	state, err := s.cards.stateOf(tx, key)
	return state == VaultReady, err
}

// SaveCard stores the visitor's card, in the place of the one there is. See Cards.Save.
func (s *ClientArea) SaveCard(ctx context.Context, v Visitor, n NewCard) error {
	return s.cards.As(v.who()).Save(ctx, v.Client.ID, n)
}

// RemoveCard removes the visitor's card for good, as Cards.Clear does. Clients alone can: an admin who looks in as one of them may not be allowed to where they sit.
func (s *ClientArea) RemoveCard(ctx context.Context, v Visitor) error {
	if v.Admin != "" {
		return &Error{Code: NotAllowed, Message: i18n.T("The card is cleared on the client's page, not here.")}
	}
	_, err := s.cards.As(v.who()).Clear(ctx, v.Client.ID)
	return err
}
