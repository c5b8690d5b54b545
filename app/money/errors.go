package money

import "clientele/app/i18n"

// The errors of arithmetic. Their sentences are in the current language.
var (
	ErrOverflow         error = overflow
	ErrCurrencyMismatch error = mismatch
)

// The errors of reading an amount, to be asked for with errors.Is; the error itself carries a sentence that
// names what was typed.
var (
	ErrEmpty        error = empty
	ErrNotAnAmount  error = notAnAmount
	ErrGrouping     error = grouping
	ErrAmbiguous    error = ambiguous
	ErrTooPrecise   error = tooPrecise
	ErrUnknownMoney error = unknownCurrency
)

type problem int

const (
	overflow problem = iota
	mismatch
	empty
	notAnAmount
	grouping
	ambiguous
	tooPrecise
	unknownCurrency
)

func (p problem) Error() string {
	switch p {
	case overflow:
		return i18n.T("This amount is too large to be kept.")
	case mismatch:
		return i18n.T("Amounts in different currencies cannot be added or compared.")
	case empty:
		return i18n.T("Type an amount.")
	case grouping:
		return i18n.T("The groups of digits in this amount do not fit.")
	case ambiguous:
		return i18n.T("This amount can be read in two ways.")
	case tooPrecise:
		return i18n.T("This amount has too many decimals.")
	case unknownCurrency:
		return i18n.T("This currency is not known.")
	default:
		return i18n.T("This is not an amount.")
	}
}

// inputError is a problem with a sentence that names the text at fault. The sentence is made when it is
// asked for, as the language may be another by then.
type inputError struct {
	problem  problem
	sentence func() string
}

func (e *inputError) Error() string { return e.sentence() }
func (e *inputError) Unwrap() error { return e.problem }
