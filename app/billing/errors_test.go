package billing

import (
	"errors"
	"testing"
)

// Each error has a sentence of its own, also where it comes without one about what was typed.
func TestErrors(t *testing.T) {
	said := map[string]bool{}
	for _, err := range []error{ErrQuantity, ErrDiscount, ErrTaxRule, ErrNumberFormat, ErrAmount, ErrRefused} {
		if s := err.Error(); s == "" || said[s] {
			t.Errorf("%q", s)
		}
		said[err.Error()] = true
	}
	err := error(&LineError{1, ErrAmount})
	if !errors.Is(err, ErrAmount) || errors.Is(err, ErrQuantity) || err.Error() != "Line 2: The amount of a payment is above zero." {
		t.Errorf("%v", err)
	}
}
