package card

// Brand is the type of a card. It is stored under these names, so they are never renamed.
type Brand string

// The brands that are known by their numbers, and Other for the rest.
const (
	Visa       Brand = "Visa"
	Mastercard Brand = "Mastercard"
	Amex       Brand = "American Express"
	Discover   Brand = "Discover"
	Diners     Brand = "Diners Club"
	JCB        Brand = "JCB"
	UnionPay   Brand = "UnionPay"
	Maestro    Brand = "Maestro"
	Other      Brand = "Other"
)

// Brands are all of them, in the order in which they are offered.
func Brands() []Brand {
	return []Brand{Visa, Mastercard, Amex, Discover, Diners, JCB, UnionPay, Maestro, Other}
}

// Valid tells whether it is one of them.
func (b Brand) Valid() bool {
	for _, known := range Brands() {
		if b == known {
			return true
		}
	}
	return false
}

// span is a range of numbers by how they begin.
type span struct {
	from, to int // the first digits
	brand    Brand
}

// spans are the ranges of the brands. A longer beginning is looked at before a shorter one.
var spans = [...][]span{
	6: {{222100, 272099, Mastercard}, {622126, 622925, UnionPay}},
	4: {{3528, 3589, JCB}, {6011, 6011, Discover}},
	3: {{300, 305, Diners}, {309, 309, Diners}, {644, 649, Discover}},
	2: {{34, 34, Amex}, {37, 37, Amex}, {36, 36, Diners}, {38, 39, Diners}, {51, 55, Mastercard}, {62, 62, UnionPay}, {65, 65, Discover}, {50, 50, Maestro}, {56, 58, Maestro}, {60, 69, Maestro}},
	1: {{4, 4, Visa}},
}

// Brand tells by the first digits whose card it is, or Other.
func (n Number) Brand() Brand {
	if n.IsZero() {
		return Other
	}
	for length := len(spans) - 1; length > 0; length-- {
		begin := 0
		for _, c := range n.d.b[:length] {
			begin = begin*10 + int(c-'0')
		}
		for _, s := range spans[length] {
			if begin >= s.from && begin <= s.to {
				return s.brand
			}
		}
	}
	return Other
}
