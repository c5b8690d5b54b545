package data

import (
	"fmt"

	"clientele/app/card"
	"clientele/app/vault"
)

// plainCard is how long what is sealed of a number is.
const plainCard = 32

// CheckCards looks whether the rows of cards and of their keys are such as this program writes. It opens nothing, and lists the first that are not.
func (tx *Tx) CheckCards() (wrong []string, err error) {
	const most, page = 20, 500
	keys, err := tx.CardKeys()
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, k := range keys {
		r, err := vault.RecipientOf(k.Recipient)
		if err != nil || r.KeyID() != k.KeyID {
			wrong = append(wrong, fmt.Sprintf("the card key %s is not the key of that name", k.KeyID))
		}
		known[k.KeyID] = true
	}
	for after := ""; ; {
		var cs []Card
		if err := tx.db.Where("card_uuid > ?", after).Order("card_uuid").Limit(page).Find(&cs).Error; err != nil {
			return wrong, err
		}
		for _, c := range cs {
			after = c.UUID
			if words := c.wrong(known); words != "" && len(wrong) < most {
				wrong = append(wrong, fmt.Sprintf("the card of client #%d %s", c.ClientID, words))
			}
		}
		if len(cs) < page {
			return wrong, nil
		}
	}
}

// wrong says what is wrong with a row, or "".
func (c Card) wrong(keys map[string]bool) string {
	month := func(m card.Month) bool { return m.Month >= 1 && m.Month <= 12 && m.Year >= 1990 && m.Year <= 2199 }
	_, badDigits := card.ParseLast4(c.Last4)
	_, badIssue := card.ParseIssue(c.IssueNo)
	switch {
	case !c.Type.Valid():
		return "has a type that there is not"
	case badDigits != nil:
		return "has no last four digits"
	case !month(c.Expiry()) || c.StartYear != nil && !month(c.Start()):
		return "has a month that there is not"
	case badIssue != nil:
		return "has no issue number"
	case c.KeyID != nil && !keys[*c.KeyID]:
		return "is sealed to a key that is not there"
	case c.KeyID != nil && !vault.Shaped(c.Sealed, plainCard):
		return "has a sealed number of another form"
	}
	return ""
}
