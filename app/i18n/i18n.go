// Package i18n puts the texts, numbers and names that people read into their language.
//
// The English text in the source is the key of its translation. A text without a translation appears in
// English, so a half-translated language is usable.
//
// Language and locale are two things: the language chooses the words, the locale chooses how numbers,
// dates and money are written. An office in Zürich may well read English and write 1’234.50.
//
// All functions are safe for concurrent use.
package i18n

import (
	"fmt"
	"sync"
	"sync/atomic"

	"golang.org/x/text/language"
)

var (
	// changing serialises SetLanguage, SetLocale and Load; readers only load the current printer.
	changing sync.Mutex
	current  atomic.Pointer[Printer]
	// chosenLocale is what SetLocale was given; nil means that the locale follows the language.
	chosenLocale *Locale
)

func init() {
	current.Store(newPrinter(language.English, LocaleFor("en-US")))
}

// SetLanguage makes tag ("de", "pt-BR") the language of all texts from now on. Until SetLocale is called the
// locale follows it. An unknown tag is an error and changes nothing.
func SetLanguage(tag string) error {
	t, err := language.Parse(tag)
	if err != nil || t == language.Und {
		return fmt.Errorf("%q is not a language tag", tag)
	}
	changing.Lock()
	defer changing.Unlock()
	install(t)
	return nil
}

// Language is the BCP 47 tag of the current language.
func Language() string { return current.Load().tag.String() }

// SetLocale chooses how numbers, dates and money are written, whatever the language is.
func SetLocale(l Locale) {
	changing.Lock()
	defer changing.Unlock()
	chosenLocale = &l
	install(current.Load().tag)
}

// CurrentLocale is the locale in which numbers, dates and money are written.
func CurrentLocale() Locale { return current.Load().locale }

// install rebuilds the current printer. The caller holds changing.
func install(t language.Tag) {
	l := LocaleFor(t.String())
	if chosenLocale != nil {
		l = *chosenLocale
	}
	current.Store(newPrinter(t, l))
}

// T translates format, which is the English text with the verbs of package fmt, and fills in args.
// Integers are grouped as the locale groups them ("1,234"); give numbers that are names, such as a year or an
// invoice number, as strings.
func T(format string, args ...any) string {
	if false {
		_ = fmt.Sprintf(format, args...) // lets go vet check the verbs of every caller
	}
	return current.Load().translate(format, args)
}

// Text translates a text that has no verbs and is not written at the place of the call, such as an entry of
// a table of names.
func Text(s string) string { return current.Load().Text(s) }

// N translates a text that counts n things, in the plural form that the language wants for n. The first %d
// of the chosen form stands for n, and every other verb takes the next of args:
//
//	i18n.N(n, "%s has one client", "%s has %d clients", name)
//
// The key of the translation is other.
func N(n int64, one, other string, args ...any) string {
	return current.Load().count(n, one, other, args)
}

// FormatInt writes n as the locale groups it: 1,234,567.
func FormatInt(n int64) string { return current.Load().FormatInt(n) }
