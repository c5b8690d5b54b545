package app

import (
	"crypto/rand"
	"slices"
	"strings"

	"clientele/app/card"
	"clientele/app/i18n"
	"clientele/app/importing/whmcs"
	"clientele/data"
)

// payMethod is a way to pay that a client has in WHMCS.
type payMethod struct {
	place int
	order int64 // 0 is the usual one
}

// cardIn is a card on its way in.
type cardIn struct {
	data.Card
	source, order int64
}

// readCards takes of cards what a dump can tell: type, last four digits and expiry. Their numbers are encrypted with a key that is not in the dump, and are not read.
func (r *dumpRun) readCards() error {
	methods := map[int64]payMethod{}
	err := r.each(tblPayMethods, func(row *whmcs.Row) error {
		if place := r.find(row.Int("userid")); place >= 0 && !r.clients[place].here && row.Instant("deleted_at") == 0 {
			methods[row.Int("id")] = payMethod{place, row.Int("order_preference")}
		}
		return nil
	})
	if err != nil {
		return err
	}
	cards := map[int]cardIn{} // by the places of their clients
	err = r.each(tblCards, func(row *whmcs.Row) error {
		m, ok := methods[row.Int("pay_method_id")]
		if !ok || row.Instant("deleted_at") != 0 {
			return nil // of one who was here, or removed in WHMCS
		}
		r.tallies[tblCards].Rows++
		c := r.card(row, m)
		if c.Last4 == "" {
			return nil
		}
		if had, ok := cards[m.place]; ok {
			if had.order <= c.order {
				had, c = c, had
			}
			r.skip(tblCards, had.source, i18n.T("Its client has another card that is used first; one is kept for each client."))
		}
		cards[m.place] = c
		return nil
	})
	if err != nil {
		return err
	}
	return r.storeCards(cards)
}

func (r *dumpRun) card(row *whmcs.Row, m payMethod) cardIn {
	id, last := row.Int("id"), row.Text("last_four")
	expiry := row.Date("expiry_date")
	if len(last) != 4 || strings.Trim(last, "0123456789") != "" || expiry.IsZero() {
		r.skip(tblCards, id, i18n.T("Its last four digits or its expiry cannot be read."))
		return cardIn{}
	}
	return cardIn{data.Card{
		UUID: rand.Text(), ClientID: r.clients[m.place].id, Type: brandOf(row.Text("card_type")), Last4: last, ExpMonth: int(expiry.Month()), ExpYear: expiry.Year(), CreatedBy: "WHMCS",
	}, id, m.order}
}

// brandOf is the brand of a card by what WHMCS calls it; one that is not known is Other.
func brandOf(name string) card.Brand {
	for _, b := range card.Brands() {
		if strings.EqualFold(strings.ReplaceAll(string(b), " ", ""), strings.ReplaceAll(name, " ", "")) {
			return b
		}
	}
	return card.Other
}

func (r *dumpRun) storeCards(cards map[int]cardIn) error {
	places := make([]int, 0, len(cards))
	for place := range cards {
		places = append(places, place)
	}
	slices.Sort(places)
	for part := range slices.Chunk(places, importBatch) {
		batch := make([]data.Card, len(part))
		for i, place := range part {
			batch[i] = cards[place].Card
		}
		r.tallies[tblCards].Imported += int64(len(batch))
		r.report.Cards += int64(len(batch))
		if r.in == nil {
			continue
		}
		if err := r.in.Cards(batch); err != nil {
			return err
		}
	}
	return nil
}
