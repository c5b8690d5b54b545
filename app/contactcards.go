package app

import (
	"context"
	"os"
	"path/filepath"

	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/importing/vcard"
	"clientele/data"
)

// CardsReport is what an import of address cards came to.
type CardsReport struct {
	Added    []int64  // the contacts' numbers
	Problems []string // why the others did not come in, a line for each
}

// ImportCards adds the people of a file of address cards to a client's contacts, all in one step (IO-1). Those whom the form would not take, and those whose address
// a contact of the client has already, are left out and named. They get no mail before something is ticked.
func (s *Contacts) ImportCards(ctx context.Context, clientID int64, path string) (r CardsReport, err error) {
	f, err := os.Open(path)
	if err != nil {
		return r, &Error{Code: Unavailable, Err: err, Message: i18n.T("“%s” cannot be opened. Check that it is there and that you may read it.", filepath.Base(path))}
	}
	defer func() { _ = f.Close() }() // it was only read
	cards, err := vcard.Read(f)
	if err != nil {
		return r, &Error{Code: Invalid, Err: err, Message: vcard.Words(err)}
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		r = CardsReport{}
		if _, err := tx.ClientToChange(clientID); err != nil {
			return err
		}
		for _, card := range cards {
			id, err := s.addCard(tx, clientID, card)
			if wrong := ProblemsOf(err); wrong != nil {
				r.Problems = append(r.Problems, card.Name()+": "+wrong.Error())
				continue
			} else if err != nil {
				return err
			}
			r.Added = append(r.Added, id)
		}
		if len(r.Added) > 0 {
			*changes = append(*changes, Change{TopicContacts, clientID})
		}
		return nil
	})
	return r, err
}

func (s *Contacts) addCard(tx *data.Tx, clientID int64, card vcard.Card) (int64, error) {
	c, err := detailsOf(card).contact()
	if err != nil {
		return 0, err
	}
	if err := otherAddress(tx, clientID, c.Email, 0); err != nil {
		return 0, err
	}
	c.ClientID = clientID
	if err := tx.InsertContact(&c); err != nil {
		return 0, err
	}
	var d difference
	d.text(FieldLabel(FieldEmail), "", c.Email)
	return c.ID, tx.AddActivity(s.entry(actContactAdded, clientID, contactName(c), d.String()))
}

// detailsOf is a card as the form for a contact takes it. What is too long is cut.
func detailsOf(card vcard.Card) ContactDetails {
	d := ContactDetails{
		FirstName: fit(card.FirstName, importing.FirstName), LastName: fit(card.LastName, importing.LastName), Company: fit(card.Company, importing.CompanyName),
		Email: card.Email, Address1: fit(card.Street, importing.Address1), Address2: fit(card.Extended, importing.Address2), City: fit(card.City, importing.City),
		State: fit(card.Region, importing.State), Postcode: fit(card.Postcode, importing.Postcode), Phone: fit(card.Phone, importing.PhoneNumber),
	}
	if code, ok := i18n.CountryByName(card.Country); ok {
		d.Country = code
	}
	return d
}
