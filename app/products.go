package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Products keeps what is sold, and the taxes on it.
type Products struct{ core }

// The keys of fields of products and taxes, as errors name them.
const (
	FieldName   = "name"
	FieldPrices = "prices"
	FieldRate   = "rate"
)

// ProductOffer is a product with its prices.
type ProductOffer struct {
	data.Product
	Prices []data.ProductPrice
}

// Price is what a product costs in a currency for a cycle; ok is false where it has no such price.
func (p ProductOffer) Price(c money.Currency, cycle billing.Cycle) (price data.ProductPrice, ok bool) {
	at := slices.IndexFunc(p.Prices, func(x data.ProductPrice) bool { return x.Currency == string(c) && x.Cycle == string(cycle) })
	if at < 0 {
		return data.ProductPrice{}, false
	}
	return p.Prices[at], true
}

// byCurrencyAndCycle orders prices by their currency and then from once to the longest cycle.
func byCurrencyAndCycle(a, b data.ProductPrice) int {
	cycles := billing.Cycles()
	return cmp.Or(cmp.Compare(a.Currency, b.Currency),
		cmp.Compare(slices.Index(cycles, billing.Cycle(a.Cycle)), slices.Index(cycles, billing.Cycle(b.Cycle))))
}

// List reads all products with their prices, by name.
func (s *Products) List(ctx context.Context) (all []ProductOffer, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		ps, err := tx.Products()
		if err != nil {
			return err
		}
		prices, err := tx.ProductPrices(0)
		if err != nil {
			return err
		}
		slices.SortStableFunc(prices, byCurrencyAndCycle)
		all = make([]ProductOffer, len(ps))
		for i, p := range ps {
			all[i].Product = p
			for _, x := range prices {
				if x.ProductID == p.ID {
					all[i].Prices = append(all[i].Prices, x)
				}
			}
		}
		return nil
	})
	return all, err
}

// Save adds a product whose ID is 0, or changes the one that has it. Prices of services that clients have already stay as they are.
func (s *Products) Save(ctx context.Context, p ProductOffer) (id int64, err error) {
	if err := s.may(Configuring); err != nil {
		return 0, err
	}
	var wrong Problems
	p.Name = strings.Join(strings.Fields(p.Name), " ")
	p.Description = strings.Join(strings.Fields(p.Description), " ")
	switch {
	case p.Name == "":
		wrong.add(FieldName, i18n.T("Enter this, please: it is required."))
	case len([]rune(p.Name)) > maxDescription:
		wrong.add(FieldName, i18n.T("This is longer than %d characters.", maxDescription))
	case !printable(p.Name):
		wrong.add(FieldName, i18n.T("This holds characters that cannot be seen."))
	}
	wrong.description(p.Description, false)
	seen := map[[2]string]bool{}
	for _, x := range p.Prices {
		at := [2]string{x.Currency, x.Cycle}
		switch {
		case !money.Currency(x.Currency).Valid() || !billing.Cycle(x.Cycle).Valid():
			wrong.add(FieldPrices, i18n.T("A price has a currency and a cycle."))
		case x.Price < 0 || x.SetupFee < 0:
			wrong.add(FieldPrices, i18n.T("An amount cannot be below zero."))
		case seen[at]:
			wrong.add(FieldPrices, i18n.T("There are two prices in %s for the cycle %s.", x.Currency, billing.Cycle(x.Cycle).Name()))
		}
		seen[at] = true
	}
	if err := wrong.or(); err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		prices := slices.Clone(p.Prices)
		stored := p.Product
		if err := tx.SaveProduct(&stored, prices); err != nil {
			return err
		}
		id = stored.ID
		*changes = append(*changes, Change{Topic: TopicProducts})
		var lines []string
		for _, x := range prices {
			lines = append(lines, billing.Cycle(x.Cycle).Name()+": "+money.New(x.Price, money.Currency(x.Currency)).String())
		}
		return tx.AddActivity(s.entry(actProductSaved, 0, p.Name, strings.Join(lines, "\n")))
	})
	if errors.Is(err, data.ErrDuplicate) {
		return 0, Problems{{Code: Duplicate, Field: FieldName, Message: i18n.T("There is a product with this name already."), Err: err}}
	}
	return id, err
}

// Delete removes a product. NotAllowed: clients have it; retire it then, so that it is no longer offered.
func (s *Products) Delete(ctx context.Context, id int64) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		p, err := tx.Product(id)
		if err != nil {
			return err
		}
		n, err := tx.ProductUse(id)
		if err != nil {
			return err
		}
		if n > 0 {
			return &Error{Code: NotAllowed, Message: i18n.N(n, "One service is of this product, so it stays. Retire it instead: it is no longer offered then.",
				"%d services are of this product, so it stays. Retire it instead: it is no longer offered then.")}
		}
		if err := tx.DeleteProduct(id); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicProducts})
		return tx.AddActivity(s.entry(actProductDeleted, 0, p.Name, ""))
	})
}

// TaxRules lists the taxes by where they hold.
func (s *Products) TaxRules(ctx context.Context) (all []data.TaxRule, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		all, err = tx.TaxRules()
		return err
	})
	return all, err
}

// SaveTaxRule adds a tax whose ID is 0, or changes the one that has it. Published invoices keep theirs.
func (s *Products) SaveTaxRule(ctx context.Context, r data.TaxRule) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	r.Name = strings.Join(strings.Fields(r.Name), " ")
	r.State = strings.Join(strings.Fields(r.State), " ")
	r.Country = strings.ToUpper(strings.TrimSpace(r.Country))
	var wrong Problems
	wrong.country(r.Country)
	rule := taxRules([]data.TaxRule{r})[0]
	if err := rule.Check(); err != nil && len(wrong) == 0 {
		field := FieldRate
		switch {
		case r.Name == "":
			field = FieldName
		case r.State != "" && r.Country == "":
			field = FieldState
		}
		wrong.add(field, err.Error())
	}
	if len([]rune(r.Name)) > maxMethod || !printable(r.Name) {
		wrong.add(FieldName, i18n.T("This is longer than %d characters.", maxMethod))
	}
	if len([]rune(r.State)) > maxMethod || !printable(r.State) {
		wrong.add(FieldState, i18n.T("This is longer than %d characters.", maxMethod))
	}
	if err := wrong.or(); err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if err := tx.SaveTaxRule(&r); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicProducts})
		return tx.AddActivity(s.entry(actTaxRuleSaved, 0, r.Name, strings.TrimSpace(r.Country+" "+r.State+" "+money.Rate(r.Rate).String())))
	})
}

// DeleteTaxRule removes a tax. Published invoices keep theirs.
func (s *Products) DeleteTaxRule(ctx context.Context, id int64) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		rules, err := tx.TaxRules()
		if err != nil {
			return err
		}
		at := slices.IndexFunc(rules, func(r data.TaxRule) bool { return r.ID == id })
		if at < 0 {
			return data.ErrNotFound
		}
		if err := tx.DeleteTaxRule(id); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicProducts})
		return tx.AddActivity(s.entry(actTaxRuleDeleted, 0, rules[at].Name, ""))
	})
}
