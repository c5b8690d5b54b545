package document

import (
	"fmt"
	"strings"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
)

// Mark is what the status of an invoice prints over the page.
type Mark int

// The marks. Unmarked is an invoice to be paid.
const (
	Unmarked Mark = iota
	// Draft runs across every page: a draft is no invoice.
	Draft
	// Paid is a stamp beside the heading.
	Paid
	// Cancelled runs across every page.
	Cancelled
	// Refunded is a stamp beside the heading.
	Refunded
)

// Invoice is all that stands on an invoice. Every amount is in one currency and is printed as it is given: what is
// charged and taxed was decided before. Only the subtotals carried from page to page are added up here.
type Invoice struct {
	Style
	Business Business
	Client   Party
	// Number is empty on a draft.
	Number string
	Mark   Mark
	// Issued and Due are left out where they are no date.
	Issued, Due date.Date
	Details     []Detail
	// Intro stands above the lines.
	Intro string
	Lines []Line
	// Subtotal is the sum of the lines. Discount is what was taken off all of them, positive; zero is left out.
	Subtotal, Discount money.Money
	Taxes              []Tax
	// TaxIncluded says that the amounts of the lines have their tax in them.
	TaxIncluded bool
	Total       money.Money
	// Credit is the credit that was applied, positive; zero is left out.
	Credit   money.Money
	Payments []Payment
	// Off is what is no longer asked for though nobody paid it, positive: what a refund took off, or all where the invoice was cancelled. Zero is left out.
	Off money.Money
	// Balance is what is still to be paid.
	Balance money.Money
	// Notes and Terms stand below the totals.
	Notes, Terms string
}

// Line is one thing that is charged for.
type Line struct {
	// Description may have several lines.
	Description string
	// Quantity is in thousandths: 1500 is one and a half. Zero prints nothing.
	Quantity  int64
	UnitPrice money.Money
	// Discount is left out where it is zero.
	Discount money.Rate
	// TaxRates are those of all taxes on the line.
	TaxRates []money.Rate
	Amount   money.Money
}

// Tax is the sum of one tax at one rate.
type Tax struct {
	Name         string
	Rate         money.Rate
	Base, Amount money.Money
}

// Payment is money received, below zero where it was paid back.
type Payment struct {
	Date   date.Date
	Method string
	Amount money.Money
}

// quantity writes thousandths as the locale has them, without trailing noughts.
func quantity(thousandths int64, l i18n.Locale) string {
	if thousandths == 0 {
		return ""
	}
	l = l.OrDefault()
	sign, n := "", uint64(thousandths)
	if thousandths < 0 {
		sign, n = l.Minus, -n
	}
	s := sign + l.FormatUint(n/1000)
	if fraction := strings.TrimRight(fmt.Sprintf("%03d", n%1000), "0"); fraction != "" {
		s += l.Decimal + l.Digits(fraction)
	}
	return s
}
