package billing

import (
	"strings"

	"clientele/app/fold"
	"clientele/app/i18n"
	"clientele/app/money"
)

// TaxRule says that a tax applies to clients of a place.
type TaxRule struct {
	Name    string
	Country string // ISO 3166-1 alpha-2; empty is everywhere
	State   string // as clients have it in their address; empty is the whole country
	Rate    money.Rate
}

// Check tells what is wrong with a rule, as ErrTaxRule: it needs a name, a rate from 0 to 100 %, and a country where it
// has a state.
func (r TaxRule) Check() error {
	switch {
	case strings.TrimSpace(r.Name) == "", !r.taxRate().valid():
		return ErrTaxRule
	case r.place() == noPlace:
		return &fault{badTaxRule, func() string {
			return i18n.T("“%s” is a state without a country. Choose the country that it is in.", r.State)
		}}
	}
	return nil
}

func (r TaxRule) taxRate() TaxRate { return TaxRate{r.Name, r.Rate} }

// place is how narrowly a rule says where it applies.
type place int

const (
	noPlace place = iota // a state of no country
	world
	country
	state
)

func (r TaxRule) place() place {
	switch hasCountry, hasState := fold.Text(r.Country) != "", fold.Text(r.State) != ""; {
	case hasCountry && hasState:
		return state
	case hasCountry:
		return country
	case hasState:
		return noPlace
	}
	return world
}

// RatesFor gives the taxes of a client in a country and state. Rules for the state go before those for the whole country, and
// these before those for everywhere; of the narrowest kind that has any, all rules apply, in their order. So a state can
// have two taxes beside each other, and a rule of 0 % makes an exception of a place. Case and accents do not
// matter. Where no rule fits there is no tax.
func RatesFor(rules []TaxRule, countryCode, stateName string) []TaxRate {
	inCountry, inState := fold.Text(countryCode), fold.Text(stateName)
	var rates []TaxRate
	narrowest := noPlace
	for _, r := range rules {
		at := r.place()
		switch {
		case at < narrowest || at == noPlace,
			at >= country && fold.Text(r.Country) != inCountry,
			at == state && fold.Text(r.State) != inState:
			continue
		case at > narrowest:
			rates, narrowest = nil, at
		}
		rates = append(rates, r.taxRate())
	}
	return rates
}
