package billing

import "clientele/app/money"

// Line is one line of an invoice as it is written.
type Line struct {
	Description string
	Quantity    Quantity
	// UnitPrice is the price of 1, with or without tax as Tax.Mode says. It is below zero on a line that deducts.
	UnitPrice money.Money
	Discount  money.Rate // from 0 to 100 %
	Taxed     bool
}

// LineTotal is what a line comes to. Net + Tax = Gross, exactly.
type LineTotal struct {
	// Amount is quantity × price and Discount what goes off it, both in prices as they were written. Discount has the sign of Amount.
	Amount, Discount money.Money
	Net, Tax, Gross  money.Money
	// Taxes are the parts of Tax, one for each of Tax.Rates; there are none on a line that is not taxed.
	Taxes []money.Money
}

// total works out one line in currency c; tax has been checked.
func (l Line) total(c money.Currency, tax Tax) (LineTotal, error) {
	switch {
	case !l.Quantity.Valid():
		return LineTotal{}, ErrQuantity
	case l.Discount < 0 || l.Discount > whole:
		return LineTotal{}, ErrDiscount
	case l.UnitPrice.Currency != c:
		return LineTotal{}, money.ErrCurrencyMismatch
	}
	t := LineTotal{Tax: money.New(0, c)}
	var err error
	if t.Amount, err = l.Quantity.Of(l.UnitPrice); err != nil {
		return LineTotal{}, err
	}
	if t.Discount, err = t.Amount.Percent(l.Discount); err != nil {
		return LineTotal{}, err
	}
	price, err := t.Amount.Sub(t.Discount)
	if err != nil {
		return LineTotal{}, err
	}
	if !l.Taxed {
		t.Net, t.Gross = price, price
		return t, nil
	}
	return t, t.tax(price, tax)
}

// tax divides the price of a taxed line into net, taxes and gross.
func (t *LineTotal) tax(price money.Money, tax Tax) error {
	of := whole
	if tax.Mode == Inclusive {
		of += tax.sum()
	}
	var sum adder
	taxes := make([]money.Money, len(tax.Rates))
	for i, r := range tax.Rates {
		var err error
		if taxes[i], err = price.MulRatio(int64(r.Rate), int64(of)); err != nil {
			return err
		}
		sum.add(&t.Tax, taxes[i])
	}
	t.Net, t.Gross = price, price
	if tax.Mode == Inclusive {
		sum.sub(&t.Net, t.Tax)
	} else {
		sum.add(&t.Gross, t.Tax)
	}
	if tax.Exempt {
		t.Gross, t.Tax = t.Net, money.New(0, price.Currency)
	} else {
		t.Taxes = taxes
	}
	return sum.err
}

// adder adds amounts up and keeps the first error.
type adder struct{ err error }

func (a *adder) add(to *money.Money, m money.Money) {
	if a.err == nil {
		*to, a.err = to.Add(m)
	}
}

func (a *adder) sub(from *money.Money, m money.Money) {
	if a.err == nil {
		*from, a.err = from.Sub(m)
	}
}
