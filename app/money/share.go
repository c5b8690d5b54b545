package money

import "math/bits"

// Split divides m into n parts that differ by at most one minor unit and add up to m; the larger ones come
// first: 10.00 in three is 3.34, 3.33, 3.33. With n below 1 there are no parts.
func (m Money) Split(n int) []Money {
	if n < 1 {
		return nil
	}
	each, rest := m.Minor/int64(n), m.Minor%int64(n)
	parts := make([]Money, n)
	for i := range parts {
		parts[i] = Money{each, m.Currency}
		switch {
		case int64(i) < rest:
			parts[i].Minor++
		case int64(i) < -rest:
			parts[i].Minor--
		}
	}
	return parts
}

// Allocate divides m in proportion to weights; the parts add up to m. What cannot be divided goes to the parts by
// which the running share first passes a whole unit, so each part is less than one minor unit off its exact
// share. Weights below zero, or none above it, are ErrOverflow: there is no such division.
func (m Money) Allocate(weights ...int64) ([]Money, error) {
	var total uint64
	for _, w := range weights {
		if w < 0 {
			return nil, ErrOverflow
		}
		sum, carry := bits.Add64(total, uint64(w), 0)
		if carry != 0 {
			return nil, ErrOverflow
		}
		total = sum
	}
	if total == 0 {
		return nil, ErrOverflow
	}
	parts := make([]Money, len(weights))
	var weight, given uint64
	for i, w := range weights {
		weight += uint64(w)
		hi, lo := bits.Mul64(magnitude(m.Minor), weight)
		upTo, _ := bits.Div64(hi, lo, total) // weight <= total, so the quotient fits
		minor, err := signed(upTo-given, m.Minor < 0)
		if err != nil {
			return nil, err
		}
		parts[i] = Money{minor, m.Currency}
		given = upTo
	}
	return parts, nil
}
