package app

import (
	"slices"

	"clientele/app/billing"
	"clientele/app/money"
)

// Fill gives a service what a product says: its name, and for the service's cycle its price in a currency. Where there is none for that cycle, it takes the
// shortest cycle that has one; where there is none at all, amounts stay as they are.
func (p ProductOffer) Fill(d ServiceDetails, c money.Currency) ServiceDetails {
	d.ProductID, d.Description, d.Taxed = p.ID, p.Name, p.Taxed
	cycles := append([]billing.Cycle{d.Cycle}, billing.Cycles()...)
	at := slices.IndexFunc(cycles, func(cycle billing.Cycle) bool {
		_, ok := p.Price(c, cycle)
		return ok
	})
	if at < 0 {
		return d
	}
	price, _ := p.Price(c, cycles[at])
	d.Cycle, d.Amount, d.SetupFee = cycles[at], money.New(price.Price, c), money.New(price.SetupFee, c)
	return d
}

// Offered are the products that can be chosen for a service: those that are not retired, and the one that it has.
func Offered(all []ProductOffer, has *int64) []ProductOffer {
	return slices.DeleteFunc(slices.Clone(all), func(p ProductOffer) bool { return p.Retired && (has == nil || *has != p.ID) })
}
