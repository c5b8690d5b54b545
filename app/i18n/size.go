package i18n

import "golang.org/x/text/number"

// FormatBytes writes how large something is for people to read: in the largest unit of which there is a whole one, in steps of 1024, with one digit behind the
// point below ten.
func FormatBytes(n int64) string { return current.Load().FormatBytes(n) }

// FormatBytes is the package's FormatBytes in a printer's language and locale.
func (p *Printer) FormatBytes(n int64) string {
	const step = 1024
	if n < step {
		return p.N(n, "1 byte", "%d bytes")
	}
	value, unit := float64(n), 0
	for units := []string{"KB", "MB", "GB", "TB"}; value >= step && unit < len(units); unit++ {
		value /= step
	}
	digits := 0
	if value < 9.95 {
		digits = 1
	}
	return p.locale.printer().Sprint(number.Decimal(value, number.MaxFractionDigits(digits))) + " " + []string{"", "KB", "MB", "GB", "TB"}[unit]
}
