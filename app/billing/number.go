package billing

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"clientele/app/date"
	"clientele/app/i18n"
)

// NumberFormat makes invoice numbers of one sequence that never begins again, not with a new year either, as each number
// stands once: INV-{year}-{number:5} writes INV-2026-00042. The zero NumberFormat is {number}.
type NumberFormat struct {
	pieces []piece
	source string
}

// piece is text, or a field where field is not empty.
type piece struct {
	text  string
	field string
	width int // least digits of the number
}

// The fields of a format.
const (
	yearField   = "year"
	monthField  = "month"
	numberField = "number"
)

// A format has at most maxFormat characters, and pads to at most maxPadding digits.
const (
	maxFormat  = 40
	maxPadding = 12
)

// ParseNumberFormat reads a format: text with {year} (four digits), {month} (two), and once {number}, or {number:5} where
// it has at least five digits with noughts in front. Blanks around it are dropped. What else is in braces, braces that
// stand alone, and characters that cannot be seen are ErrNumberFormat.
func ParseNumberFormat(s string) (NumberFormat, error) {
	f := NumberFormat{source: strings.TrimSpace(s)}
	if err := checkText(f.source); err != nil {
		return NumberFormat{}, err
	}
	numbers := 0
	for rest := f.source; rest != ""; {
		text, after, found := strings.Cut(rest, "{")
		if strings.Contains(text, "}") {
			return NumberFormat{}, loneBrace()
		}
		if text != "" {
			f.pieces = append(f.pieces, piece{text: text})
		}
		if !found {
			break
		}
		field, next, closed := strings.Cut(after, "}")
		if !closed || strings.Contains(field, "{") {
			return NumberFormat{}, loneBrace()
		}
		p, err := parseField(field)
		if err != nil {
			return NumberFormat{}, err
		}
		if p.field == numberField {
			numbers++
		}
		f.pieces = append(f.pieces, p)
		rest = next
	}
	if numbers != 1 {
		return NumberFormat{}, formatFault(func() string {
			return i18n.T("The format of invoice numbers must contain %s once, so that each invoice has a number of its own.", "{number}")
		})
	}
	return f, nil
}

func checkText(s string) error {
	if utf8.RuneCountInString(s) > maxFormat {
		return formatFault(func() string {
			return i18n.N(maxFormat, "The format of invoice numbers has at most one character.",
				"The format of invoice numbers has at most %d characters.")
		})
	}
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return formatFault(func() string {
			return i18n.T("The format of invoice numbers contains a character that cannot be seen. Type it anew.")
		})
	}
	return nil
}

func parseField(s string) (piece, error) {
	name, width, padded := strings.Cut(s, ":")
	switch {
	case !padded && (name == yearField || name == monthField || name == numberField):
		return piece{field: name}, nil
	case padded && name == numberField:
		n, err := strconv.ParseUint(width, 10, 8)
		if err == nil && n >= 1 && n <= maxPadding && width[0] != '0' {
			return piece{field: name, width: int(n)}, nil
		}
		return piece{}, formatFault(func() string {
			return i18n.T("“%s” does not say to how many digits the number is filled up: from %d to %d.", "{"+s+"}", 1, maxPadding)
		})
	}
	return piece{}, formatFault(func() string {
		return i18n.T("“%s” is not known here. Use %s.", "{"+s+"}", "{year}, {month}, {number}, {number:5}")
	})
}

func loneBrace() error {
	return formatFault(func() string {
		return i18n.T("A brace is missing in the format of invoice numbers. Write it like %s.", "INV-{year}-{number:5}")
	})
}

func formatFault(sentence func() string) error { return &fault{badNumberFormat, sentence} }

// Format writes the invoice number of the n-th invoice, from 1, issued on a day. Digits are 0 to 9 in every locale, and two
// different n never give one text, whatever their days.
func (f NumberFormat) Format(n int64, issued date.Date) string {
	if f.pieces == nil {
		return strconv.FormatInt(n, 10)
	}
	var b strings.Builder
	for _, p := range f.pieces {
		switch p.field {
		case yearField:
			fmt.Fprintf(&b, "%04d", issued.Year())
		case monthField:
			fmt.Fprintf(&b, "%02d", int(issued.Month()))
		case numberField:
			fmt.Fprintf(&b, "%0*d", p.width, n)
		default:
			b.WriteString(p.text)
		}
	}
	return b.String()
}

// String is the format as it is stored and edited.
func (f NumberFormat) String() string {
	if f.pieces == nil {
		return "{" + numberField + "}"
	}
	return f.source
}
