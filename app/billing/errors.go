package billing

import "clientele/app/i18n"

// What can be wrong, to be asked for with errors.Is. The error itself carries a sentence that names what is at fault,
// in the current language. Amounts that do not fit and currencies that do not match are money.ErrOverflow
// and money.ErrCurrencyMismatch.
var (
	ErrQuantity     error = badQuantity
	ErrDiscount     error = badDiscount
	ErrTaxRule      error = badTaxRule
	ErrNumberFormat error = badNumberFormat
	ErrAmount       error = badAmount
	// ErrRefused is an act that the status of an invoice does not allow.
	ErrRefused error = refused
)

type problem int

const (
	badQuantity problem = iota
	badDiscount
	badTaxRule
	badNumberFormat
	badAmount
	refused
)

func (p problem) Error() string {
	switch p {
	case badQuantity:
		return i18n.T("A quantity is above zero and has at most three decimals. For a deduction, give the line a price below zero.")
	case badDiscount:
		return i18n.T("A discount is from 0 to 100 percent.")
	case badTaxRule:
		return i18n.T("A tax has a name and a rate from 0 to 100 percent.")
	case badNumberFormat:
		return i18n.T("This is not a format for invoice numbers.")
	case badAmount:
		return i18n.T("The amount of a payment is above zero.")
	default:
		return i18n.T("The status of this invoice does not allow that.")
	}
}

// fault is a problem with a sentence of its own. The sentence is made when it is asked for, as the language may be
// another by then.
type fault struct {
	problem  problem
	sentence func() string
}

func (e *fault) Error() string { return e.sentence() }
func (e *fault) Unwrap() error { return e.problem }

// LineError says which line of an invoice is at fault.
type LineError struct {
	Line int // its place, from 0
	Err  error
}

func (e *LineError) Error() string { return i18n.T("Line %d: %s", e.Line+1, e.Err.Error()) }

// Unwrap is what is wrong with the line.
func (e *LineError) Unwrap() error { return e.Err }
