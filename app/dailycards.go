package app

import (
	"clientele/app/card"
	"clientele/app/daily"
	"clientele/data"
)

// cardsToTell are the cards that expire in the month after the day of a plan, and of which their clients were not told, by client: of some clients, or of all where
// there are none.
func cardsToTell(tx *data.Tx, b *dailyBooks, clients []int64) (map[int64]*daily.Card, error) {
	if !b.rules.CardNotices {
		return nil, nil
	}
	next := b.today.EndOfMonth().AddDays(1)
	month := card.Month{Year: next.Year(), Month: int(next.Month())}
	expiring, err := tx.ExpiringCards(month)
	if err != nil || len(expiring) == 0 {
		return nil, err
	}
	told, err := tx.CardNotices(expiryOf(month))
	if err != nil {
		return nil, err
	}
	asked := make(map[int64]bool, len(clients))
	for _, id := range clients {
		asked[id] = true
	}
	cards := map[int64]*daily.Card{}
	for _, c := range expiring {
		if !told[c.ClientID] && (len(clients) == 0 || asked[c.ClientID]) {
			cards[c.ClientID] = &daily.Card{Year: month.Year, Month: month.Month}
		}
	}
	return cards, nil
}

// expiryOf is the month of expiry as it is stored with what a client was told.
func expiryOf(m card.Month) int64 { return int64(m.Year*100 + m.Month) }
