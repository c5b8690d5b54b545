// Package document sets invoices and account statements as PDF, for A4 and for Letter, in any script.
//
// It is pure: what stands on the page comes in as plain structs, and the only thing read from outside is the fonts of
// the system, for scripts that the program's own font lacks. The same document on the same machine gives the same
// bytes.
//
// What decides the language of the labels is the Language of the document, which is the client's; what decides how
// money and dates are written is its Locale. All functions are safe for concurrent use.
package document

import (
	"time"

	"clientele/app/i18n"
)

// Paper is a size of paper, and with it the place of the address behind an envelope's window.
type Paper int

// The papers. The zero Paper is A4.
const (
	// A4 has the address where DIN 5008 form B has it.
	A4 Paper = iota
	// Letter has the address where a #10 envelope has its window.
	Letter
)

// PaperFor is the paper that offices in a country (ISO 3166-1 alpha-2, upper case) put in their printers.
func PaperFor(country string) Paper {
	switch country {
	case "US", "CA", "MX", "CL", "CO", "CR", "DO", "GT", "NI", "PA", "PH", "PR", "SV", "VE":
		return Letter
	}
	return A4
}

// Business is who writes the document.
type Business struct {
	// Name is the author that the file names.
	Name string
	// Address is its lines, the country among them where it is wanted.
	Address []string
	// Contact is telephone, mail address, web address, one a line.
	Contact []string
	// TaxID stands in the foot of each page.
	TaxID string
	// Bank is where to pay to, one line each, in the foot of each page.
	Bank []string
	// Logo is a PNG or JPEG file; see CheckLogo. One that cannot be read is left out, as a bill must not wait for it.
	Logo []byte
}

// Party is whom the document is for.
type Party struct {
	// Address is the lines behind the window: name, company, street, town, country.
	Address []string
	// TaxID is printed where it is known, as trade between countries asks for it.
	TaxID string
}

// Detail is a fact beside the address, such as the client's number or the time that a service was given. Both are
// texts in the client's language.
type Detail struct {
	Label, Value string
}

// Style is what all documents have in common.
type Style struct {
	// Language is the BCP 47 tag of the labels' language; an unknown one gives English.
	Language string
	// Locale is how money and dates are written. The zero Locale is that of Language.
	Locale i18n.Locale
	// Written is the time of making that the file names. The zero time is the document's own date.
	Written time.Time
	// Footer is a text of the business's own in the foot of each page.
	Footer string
}

func (s Style) locale() i18n.Locale {
	if s.Locale.Tag != "" {
		return s.Locale
	}
	return i18n.For(s.Language).Locale()
}
