package billing

import (
	"fmt"

	"clientele/app/money"
)

// TaxMode says whether the prices on lines contain the tax. It is stored as it is.
type TaxMode string

// The modes.
const (
	Exclusive TaxMode = "exclusive" // tax is put on top of the prices
	Inclusive TaxMode = "inclusive" // tax is in the prices
)

// TaxRate is one tax as an invoice shows it.
type TaxRate struct {
	Name string
	Rate money.Rate // from 0 to 100 %
}

// whole is the Rate of everything.
const whole = 100 * money.Rate(10_000)

// Tax is how an invoice is taxed. Several rates stand beside each other, each on the net price; none is on top of
// another.
type Tax struct {
	Mode  TaxMode
	Rates []TaxRate
	// Exempt clients pay no tax. Prices that contain tax are made net for them, by the same rates.
	Exempt bool
}

// TaxTotal is what one tax comes to: Tax is the sum over the taxed lines, Base the sum of their net amounts.
type TaxTotal struct {
	TaxRate
	Base, Tax money.Money
}

// Totals is what an invoice comes to. Subtotal, the net sum, + Tax = Total, exactly, and each is the sum over the
// lines.
type Totals struct {
	Lines                []LineTotal // one for each line, in their order
	Taxes                []TaxTotal  // one for each rate, in their order; none where nothing is taxed
	Subtotal, Tax, Total money.Money
	// Discount is the sum of the discounts, in prices as they were written.
	Discount money.Money
}

// Compute works out an invoice in currency c. Each line is worked out by itself, and the totals are sums of what stands
// on the lines, so that the columns of a printed invoice add up and the order of lines does not matter. On a line,
// these steps are rounded to the minor unit, from the middle away from zero, in this order:
//
//  1. amount = quantity × unit price
//  2. discount = discount rate × amount; price = amount − discount
//  3. for each rate, exclusive: tax = rate × price; inclusive: tax = price × rate ÷ (100 % + the sum of all rates)
//
// Nothing else is rounded. Exclusive, net is the price and gross is net plus the taxes. Inclusive, gross is the price and net is
// gross less the taxes. An exempt client pays the net that others would have, and no tax. A line that is not
// taxed is its price, net and gross.
//
// A line that is not allowed, is in another currency, or comes to more than can be kept is a *LineError, whose cause is
// ErrQuantity, ErrDiscount, money.ErrCurrencyMismatch or money.ErrOverflow. A rate outside 0 to 100 % is
// ErrTaxRule. The total may be below zero: whether such an invoice may be published is not decided here.
func Compute(c money.Currency, lines []Line, tax Tax) (Totals, error) {
	if err := tax.check(); err != nil {
		return Totals{}, err
	}
	nothing := money.New(0, c)
	t := Totals{
		Lines:    make([]LineTotal, len(lines)),
		Subtotal: nothing, Tax: nothing, Total: nothing, Discount: nothing,
	}
	for i, l := range lines {
		line, err := l.total(c, tax)
		if err == nil {
			err = t.add(line, tax.Rates)
		}
		if err != nil {
			return Totals{}, &LineError{i, err}
		}
		t.Lines[i] = line
	}
	return t, nil
}

func (t *Totals) add(line LineTotal, rates []TaxRate) error {
	var sum adder
	sum.add(&t.Subtotal, line.Net)
	sum.add(&t.Tax, line.Tax)
	sum.add(&t.Total, line.Gross)
	sum.add(&t.Discount, line.Discount)
	for i, tax := range line.Taxes {
		if len(t.Taxes) == i {
			nothing := money.New(0, tax.Currency)
			t.Taxes = append(t.Taxes, TaxTotal{rates[i], nothing, nothing})
		}
		sum.add(&t.Taxes[i].Base, line.Net)
		sum.add(&t.Taxes[i].Tax, tax)
	}
	return sum.err
}

func (t Tax) check() error {
	if t.Mode != Exclusive && t.Mode != Inclusive {
		return fmt.Errorf("%q is not a tax mode", string(t.Mode))
	}
	for _, r := range t.Rates {
		if !r.valid() {
			return ErrTaxRule
		}
	}
	return nil
}

func (t Tax) sum() (all money.Rate) {
	for _, r := range t.Rates {
		all += r.Rate
	}
	return all
}

func (r TaxRate) valid() bool { return r.Rate >= 0 && r.Rate <= whole }
