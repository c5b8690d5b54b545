// Package vcard reads address cards: files that end in .vcf, as telephones, mail programs and address books write them.
package vcard

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	govcard "github.com/emersion/go-vcard"

	"clientele/app/i18n"
)

// Card is one person of a file. What a card does not say is empty.
type Card struct {
	FirstName, LastName, Company, Email, Phone string
	Street, Extended, City, Region, Postcode   string
	Country                                    string // as it is written there: a name in any language
}

// Name is how the person is called.
func (c Card) Name() string {
	if name := strings.TrimSpace(c.FirstName + " " + c.LastName); name != "" {
		return name
	}
	return c.Company
}

// The most that is read of one file.
const (
	// MaxBytes is how long a file may be: pictures of people are in it.
	MaxBytes = 64 << 20
	// MaxCards is how many cards it may hold.
	MaxCards = 10_000
)

// What is wrong with a file as a whole, in words for people.
var (
	errNone  = errors.New("no card")
	errBad   = errors.New("cannot be read")
	errLarge = errors.New("too large")
)

// Words says what is wrong with a file that Read refused.
func Words(err error) string {
	switch {
	case errors.Is(err, errNone):
		return i18n.T("There is no address card in this file. A file of address cards ends in .vcf.")
	case errors.Is(err, errLarge):
		return i18n.T("This file holds more than %d address cards, or is very large. Split it.", MaxCards)
	}
	return i18n.T("This file of address cards is damaged. Export it anew from where it came from.")
}

// Read reads all cards of a file, of the versions 2.1 to 4.0. Its error is for Words, or one of reading.
func Read(r io.Reader) ([]Card, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(text) > MaxBytes {
		return nil, errLarge
	}
	text = bytes.TrimPrefix(text, []byte("\xEF\xBB\xBF"))
	if !bytes.Contains(bytes.ToUpper(text[:min(len(text), 4096)]), []byte("BEGIN:VCARD")) {
		return nil, errNone
	}
	decoder := govcard.NewDecoder(bufio.NewReader(bytes.NewReader(text)))
	var all []Card
	for {
		c, err := decoder.Decode()
		switch {
		case errors.Is(err, io.EOF):
			if len(all) == 0 {
				return nil, errNone
			}
			return all, nil
		case err != nil:
			return nil, errors.Join(errBad, err)
		case len(all) == MaxCards:
			return nil, errLarge
		}
		all = append(all, cardOf(c))
	}
}

func cardOf(c govcard.Card) Card {
	text := func(field string) string { return strings.TrimSpace(c.PreferredValue(field)) }
	card := Card{Email: text(govcard.FieldEmail), Phone: strings.TrimPrefix(text(govcard.FieldTelephone), "tel:")}
	card.Company, _, _ = strings.Cut(text(govcard.FieldOrganization), ";") // behind it stand its departments
	if n := c.Name(); n != nil {
		card.FirstName, card.LastName = strings.TrimSpace(n.GivenName), strings.TrimSpace(n.FamilyName)
	}
	if card.FirstName == "" && card.LastName == "" {
		if words := strings.Fields(text(govcard.FieldFormattedName)); len(words) > 0 {
			card.FirstName, card.LastName = strings.Join(words[:len(words)-1], " "), words[len(words)-1]
		}
	}
	if a := c.Address(); a != nil {
		card.Street, card.Extended, card.City, card.Region = a.StreetAddress, a.ExtendedAddress, a.Locality, a.Region
		card.Postcode, card.Country = a.PostalCode, a.Country
	}
	return card
}
