package app

import (
	"context"

	"clientele/app/billing"
	"clientele/app/money"
	"clientele/data"
)

// Taxing is how a client's invoices are worked out: in which currency, and with which taxes. It is a value, so that an editor can show totals as
// somebody types.
type Taxing struct {
	Currency money.Currency
	Tax      billing.Tax
	// Discount is the percentage of the client's group, which new lines begin with.
	Discount money.Rate
}

// Totals works out what lines come to. A line that is wrong is a *billing.LineError.
func (t Taxing) Totals(lines []billing.Line) (billing.Totals, error) {
	return billing.Compute(t.Currency, lines, t.Tax)
}

// taxingOf reads how a client's invoices are worked out now. The taxes are those of the place that the invoice is addressed to.
func taxingOf(tx *data.Tx, set Settings, c data.Client) (Taxing, BillingAddress, error) {
	address, err := billingOf(tx, c)
	if err != nil {
		return Taxing{}, address, err
	}
	stored, err := tx.TaxRules()
	if err != nil {
		return Taxing{}, address, err
	}
	t := Taxing{Currency: money.Currency(c.Currency), Tax: billing.Tax{
		Mode: set.TaxMode, Rates: billing.RatesFor(taxRules(stored), address.Country, address.State), Exempt: c.TaxExempt,
	}}
	if c.GroupID != 0 {
		g, err := tx.Group(c.GroupID)
		if err != nil {
			return t, address, err
		}
		t.Discount = money.Rate(g.DiscountBP * 100) // a hundredth of a percent is a hundred ten-thousandths
	}
	return t, address, nil
}

func taxRules(stored []data.TaxRule) []billing.TaxRule {
	rules := make([]billing.TaxRule, len(stored))
	for i, r := range stored {
		rules[i] = billing.TaxRule{Name: r.Name, Country: r.Country, State: r.State, Rate: money.Rate(r.Rate)}
	}
	return rules
}

// billingOf is whose name and address a client's invoices carry now.
func billingOf(tx *data.Tx, c data.Client) (BillingAddress, error) {
	if c.BillingContactID == nil {
		return billingAddress(c, nil), nil
	}
	contact, err := tx.Contact(*c.BillingContactID)
	if err != nil {
		return BillingAddress{}, err
	}
	return billingAddress(c, &contact), nil
}

// Taxing reads how a client's invoices are worked out now.
func (s *Invoices) Taxing(ctx context.Context, clientID int64) (t Taxing, err error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return t, err
	}
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		c, err := tx.Client(clientID)
		if err != nil {
			return err
		}
		t, _, err = taxingOf(tx, set, c)
		return err
	})
	return t, err
}
